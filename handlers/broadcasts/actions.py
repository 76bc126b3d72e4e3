"""What a tap does to a broadcast: whole actions, each in one transaction, and how far it is then.

Two taps, or two officers, make one broadcast: a button that comes too late shows how far it is
(F47).
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from community import broadcasts as rules
from community.broadcasts import Progress
from community.events import commission_known
from handlers import buttons
from handlers.rsvps import Sight, look
from handlers.views.broadcasts import MOST_COMMISSIONS, Target
from storage import broadcasts, commissions, holds
from storage.broadcasts import Audience, Broadcast, BroadcastStatus
from storage.commissions import Commission
from storage.database import Reader, Writer
from storage.events import Event
from storage.ids import BroadcastId, CommissionId, EventId, ResidentId, UpdateId


@dataclass(frozen=True, slots=True)
class Stage:
    """How far a broadcast has come; `groups` get the event's card besides.

    `refusal` names the words that say why nothing was done; `is_repeated`: it must be insisted on.
    `held_until` is when the last silence that Telegram asked for ends, or ended (F26).
    """

    progress: Progress
    groups: int
    refusal: str | None = None
    is_repeated: bool = False
    held_until: datetime | None = None


def list_targets(reader: Reader, *, event_id: EventId, now: datetime) -> tuple[Event, list[Target]]:
    """Count whom each commission and everybody would reach, the event's own commission first.

    Raises:
        GoneError, TooLateError: the event is not there, or is not to be announced any more.
    """
    rules.check_announceable(reader, event_id, now=now)
    event = look(reader, event_id=event_id, resident_id=None, now=now).event
    known = sorted(commissions.all_(reader), key=lambda one: one.id != event.commission_id)
    found = [_target(reader, event, commission) for commission in known[:MOST_COMMISSIONS]]
    return event, [*found, _target(reader, event, None)]


def _target(reader: Reader, event: Event, commission: Commission | None) -> Target:
    reach = broadcasts.reach(
        reader,
        audience=Audience.EVERYONE if commission is None else Audience.COMMISSION,
        event_id=event.id,
        commission_id=commission.id if commission is not None else None,
    )
    return Target(commission, reach.reachable)


def draft(
    writer: Writer,
    *,
    tap: buttons.PreviewBroadcast,
    author_id: ResidentId,
    now: datetime,
    cause: UpdateId,
) -> tuple[Stage, Sight]:
    """Begin an announcement; gives how far it is, and the event as somebody silent sees it.

    Raises:
        GoneError, TooLateError: as for `list_targets`; the commission is not there.
    """
    commission_id = None
    if tap.audience is Audience.COMMISSION:
        commission_id = CommissionId(tap.commission_id)
        commission_known(writer, commission_id)
    broadcast = rules.draft(
        writer,
        author_id=author_id,
        event_id=tap.event_id,
        audience=tap.audience,
        commission_id=commission_id,
        cause=cause,
        now=now,
    )
    seen = look(writer, event_id=tap.event_id, resident_id=None, now=now)
    return stage_of(writer, broadcast), seen


def hold(
    writer: Writer, *, tap: buttons.SendBroadcast, hold_for: timedelta, now: datetime
) -> Stage:
    """Hold a draft before it leaves, unless it has left the preview or must be insisted on (F47).

    Raises:
        GoneError, TooLateError: as for `list_targets`.
    """
    broadcast = rules.existing_broadcast(writer, tap.broadcast_id)
    if broadcast.status is not BroadcastStatus.DRAFT:
        return stage_of(writer, broadcast, refusal="broadcasts-toast-under-way")
    if not tap.again and rules.was_out(writer, broadcast, now=now):
        return stage_of(writer, broadcast, is_repeated=True)
    held = rules.hold(writer, broadcast_id=tap.broadcast_id, hold_for=hold_for, again=True, now=now)
    return stage_of(writer, held)


_MOVES: Mapping[Callable[..., Broadcast], frozenset[BroadcastStatus]] = {
    rules.hurry: frozenset({BroadcastStatus.HELD}),
    rules.take_back: frozenset({BroadcastStatus.DRAFT, BroadcastStatus.HELD}),
    rules.stop: frozenset({BroadcastStatus.SENDING}),
}
"""From where each act moves a broadcast on; from elsewhere it comes too late."""


def move_on(
    writer: Writer,
    *,
    broadcast_id: BroadcastId,
    act: Callable[..., Broadcast],
    now: datetime,
) -> Stage:
    """Do one of _MOVES where it still can be; gives how far the broadcast is. Raises GoneError."""
    broadcast = rules.existing_broadcast(writer, broadcast_id)
    if broadcast.status not in _MOVES[act]:
        return stage_of(writer, broadcast, refusal="broadcasts-toast-late")
    return stage_of(writer, act(writer, broadcast_id=broadcast_id, now=now))


def stage_of(
    reader: Reader, broadcast: Broadcast, *, refusal: str | None = None, is_repeated: bool = False
) -> Stage:
    """Tell how far a broadcast is."""
    hold = holds.find(reader, holds.EVERYONE)
    return Stage(
        rules.progress(reader, broadcast),
        len(rules.groups_of(reader, broadcast)),
        refusal,
        is_repeated,
        hold.until if hold is not None else None,
    )
