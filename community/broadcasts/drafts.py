"""Beginning a broadcast, and deciding that it leaves, after a moment to take it back."""

from datetime import datetime, timedelta

from community.broadcasts.leaving import end, group_key, launch, note
from community.broadcasts.progress import check_announceable, existing_broadcast, groups_of
from community.errors import ChangedError, RepeatedError
from community.events import commission_known
from storage import broadcasts, outbox
from storage.broadcasts import Audience, Broadcast, BroadcastStatus
from storage.database import Reader, Writer
from storage.ids import BroadcastId, CommissionId, EventId, ResidentId, UpdateId

REPEAT_WITHIN = timedelta(hours=24)
"""The same to the same people within this time is asked about first (F47)."""


def draft(
    writer: Writer,
    *,
    author_id: ResidentId,
    event_id: EventId,
    audience: Audience,
    commission_id: CommissionId | None,
    cause: UpdateId,
    now: datetime,
) -> Broadcast:
    """Begin an announcement, to look at; nothing leaves. The same cause begins it once.

    Raises:
        GoneError: the event or the commission is not there.
        TooLateError: the event is over or cancelled, or is about to be.
    """
    check_announceable(writer, event_id, now=now)
    if commission_id is not None:
        commission_known(writer, commission_id)
    return broadcasts.add_draft(
        writer,
        author_id=author_id,
        event_id=event_id,
        audience=audience,
        commission_id=commission_id,
        cause=cause,
    )


def hold(
    writer: Writer,
    *,
    broadcast_id: BroadcastId,
    hold_for: timedelta,
    again: bool,
    now: datetime,
) -> Broadcast:
    """Let a draft leave after `hold_for`; gives it.

    Raises:
        ChangedError: it is a draft no longer: somebody was faster.
        RepeatedError: the same went out within a day, and `again` does not insist.
        GoneError, TooLateError: it, or its event, is not there; the event as for `draft`.
    """
    broadcast = existing_broadcast(writer, broadcast_id)
    check_announceable(writer, broadcast.event_id, now=now)
    if broadcast.status is not BroadcastStatus.DRAFT:
        raise ChangedError
    if not again and was_out(writer, broadcast, now=now):
        raise RepeatedError
    broadcasts.set_status(
        writer,
        broadcast_id,
        from_=BroadcastStatus.DRAFT,
        to=BroadcastStatus.HELD,
        leaves_at=now + hold_for,
    )
    note(writer, "hold", broadcast, now)
    return broadcasts.get(writer, broadcast_id)


def hurry(writer: Writer, *, broadcast_id: BroadcastId, now: datetime) -> Broadcast:
    """Let a held broadcast leave now; gives it.

    Raises:
        GoneError: it is not there.
        ChangedError: it is not held.
    """
    broadcast = existing_broadcast(writer, broadcast_id)
    if broadcast.status is not BroadcastStatus.HELD:
        raise ChangedError
    launch(writer, broadcast=broadcast, now=now)
    return broadcasts.get(writer, broadcast_id)


def take_back(writer: Writer, *, broadcast_id: BroadcastId, now: datetime) -> Broadcast:
    """Take a draft or a held broadcast back; gives it.

    Raises:
        GoneError: it is not there.
        ChangedError: it leaves already, or has left.
    """
    broadcast = existing_broadcast(writer, broadcast_id)
    if broadcast.status is BroadcastStatus.CANCELLED:
        return broadcast
    if broadcast.status not in {BroadcastStatus.DRAFT, BroadcastStatus.HELD}:
        raise ChangedError
    end(writer, broadcast, BroadcastStatus.CANCELLED, now=now)
    return broadcasts.get(writer, broadcast_id)


def stop(writer: Writer, *, broadcast_id: BroadcastId, now: datetime) -> Broadcast:
    """Stop a broadcast that is leaving: what has not left will not; gives it.

    Raises:
        GoneError: it is not there.
        ChangedError: it has not begun to leave, or has left.
    """
    broadcast = existing_broadcast(writer, broadcast_id)
    if broadcast.status is BroadcastStatus.CANCELLED:
        return broadcast
    if broadcast.status is not BroadcastStatus.SENDING:
        raise ChangedError
    outbox.cancel_broadcast(writer, broadcast_id, now=now)
    for group in groups_of(writer, broadcast):
        outbox.cancel_key(writer, group_key(broadcast, group), now=now)
    end(writer, broadcast, BroadcastStatus.CANCELLED, now=now)
    return broadcasts.get(writer, broadcast_id)


def was_out(reader: Reader, broadcast: Broadcast, *, now: datetime) -> bool:
    """Whether the same event went to the same audience within REPEAT_WITHIN, or is about to."""
    return any(
        (other.status is BroadcastStatus.HELD or other.started_at is not None)
        and (other.audience, other.commission_id) == (broadcast.audience, broadcast.commission_id)
        and other.leaves_at is not None
        and now - other.leaves_at < REPEAT_WITHIN
        for other in broadcasts.of_event(reader, broadcast.event_id)
    )
