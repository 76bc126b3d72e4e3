"""What changes for everybody concerned: an event is created, moved, cancelled.

The change, the new reminders and what is owed to each person stand in one transaction, so nobody
is told of what did not happen, and nothing happens that nobody is told of (F04, F46).
"""

from collections.abc import Collection, Mapping
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from community import broadcasts as announcing
from community import notices, reminders, rsvps, texts
from community.errors import ChangedError, InvalidInputError, TooLateError
from community.events import REQUIRED, checked, commission_known, existing, lacking
from community.notices import Kind
from community.reminders import Policy
from storage import cards, events, journal, outbox
from storage import rsvps as answers
from storage.cards import CardKind
from storage.database import Reader, Writer
from storage.events import Event, EventStatus
from storage.ids import EventId, ResidentId
from storage.residents import Resident

MOST_REASON = 200
MOVING = frozenset({"day", "starts", "ends", "fold", "location"})
"""Fields whose change people must hear of; the others only show on the cards."""
_WITHDRAWN = (
    Kind.OFFER,
    Kind.FREE_SEATS,
    Kind.OFFER_PASSED,
    Kind.CONFIRMATION,
    Kind.ANNOUNCEMENT,
    Kind.NUDGE,
    Kind.MOVED,
    Kind.GROUP_CARD,
)
"""What is withdrawn when an event is cancelled, besides its reminders."""


def create(
    writer: Writer, *, event_id: EventId, author_id: ResidentId, policy: Policy, now: datetime
) -> Event:
    """Put a draft into the agenda and plan its reminders; nobody is told. Twice is as once.

    Raises:
        GoneError: it was thrown away.
        InvalidInputError: something is lacking (its field, "lacking"), or its start has passed.
    """
    draft = existing(writer, event_id)
    if draft.status is not EventStatus.DRAFT:
        return draft
    for name in lacking(draft):
        raise InvalidInputError(name, "lacking")
    if draft.starts_at is None or draft.starts_at <= now:
        raise InvalidInputError("hours", "past")
    events.set_scheduled(writer, event_id)
    event = events.get(writer, event_id)
    reminders.set_plan(writer, event=event, policy=policy, now=now)
    _note(writer, "create", event_id, author_id, now)
    return event


def preview(
    reader: Reader,
    *,
    event_id: EventId,
    fields: Mapping[str, Any],
    zone: ZoneInfo,
    now: datetime,
) -> tuple[dict[str, Any], int]:
    """Check a change; gives all that it sets, and how many people will be told.

    Raises:
        GoneError, TooLateError: the event is not there, has started, or is cancelled.
        ChangedError: it is a draft, which is changed otherwise.
        InvalidInputError: naming the field and the reason.
    """
    event = changeable(reader, event_id, now=now)
    values = _checked(event, fields, zone=zone, now=now)
    told = concerned(reader, event_id) if _news(event, values) & MOVING else []
    return values, len(told)


def concerned(reader: Reader, event_id: EventId) -> list[Resident]:
    """List who is told of a change: all who said yes or maybe, wait or have an offer, if reachable.

    A person who paused hears of it too; one who has blocked the bot cannot.
    """
    return [one for one in answers.concerned(reader, event_id) if one.unreachable_at is None]


def change(
    writer: Writer,
    *,
    event_id: EventId,
    fields: Mapping[str, Any],
    seen_version: int,
    author_id: ResidentId,
    policy: Policy,
    hold_for: timedelta,
    now: datetime,
) -> Event:
    """Change an event of the agenda; gives it. Those concerned hear of a move after `hold_for`.

    A further change within that time replaces the message, so people hear once. What stands so
    already is not changed again, whichever version was seen.

    Raises:
        GoneError, TooLateError, InvalidInputError: as for `preview`; GoneError for an unknown
            commission too.
        ChangedError: it is a draft, or another officer changed it meanwhile (F53).
    """
    event = changeable(writer, event_id, now=now)
    if fields.get("commission_id") is not None:
        commission_known(writer, fields["commission_id"])
    values = _checked(event, fields, zone=policy.zone, now=now)
    news = _news(event, values)
    if not news:
        return event
    if event.version != seen_version:
        raise ChangedError
    changed = events.set_fields(writer, event, version=event.version + 1, **values)
    if news & MOVING:
        reminders.set_plan(writer, event=changed, policy=policy, now=now)
        _tell(writer, Kind.MOVED, changed, now=now, not_before=now + hold_for, news=news & MOVING)
    _refresh_cards(writer, event_id)
    rsvps.offer_seats(writer, event=changed, now=now)
    _note(writer, "change", event_id, author_id, now)
    return changed


def decide_cancel(
    writer: Writer,
    *,
    event_id: EventId,
    reason: str | None,
    hold_for: timedelta,
    now: datetime,
) -> Event:
    """Decide to cancel an event; it takes effect after `hold_for` unless taken back. Gives it.

    Deciding again changes the reason, never the moment.

    Raises:
        GoneError, TooLateError, ChangedError: as for `preview`.
        InvalidInputError: the reason is empty or too long.
    """
    event = changeable(writer, event_id, now=now)
    told = texts.line(reason, field="reason", most=MOST_REASON) if reason is not None else None
    events.set_cancelling(writer, event_id, at=event.cancel_at or now + hold_for, reason=told)
    return events.get(writer, event_id)


def keep(writer: Writer, *, event_id: EventId) -> Event:
    """Take a decided cancellation back; gives the event.

    Raises:
        GoneError: the event is not there.
        TooLateError: it is cancelled.
    """
    event = existing(writer, event_id)
    if event.status is EventStatus.CANCELLED:
        raise TooLateError("cancelled")
    events.set_cancelling(writer, event_id, at=None, reason=None)
    return events.get(writer, event_id)


def cancel(writer: Writer, *, event_id: EventId, now: datetime) -> Event:
    """Cancel an event now and owe it to everybody concerned; gives it. Twice is as once.

    What was owed about it and has not left is withdrawn, so that the last word that each person
    gets is the cancellation (F46).

    Raises:
        GoneError: the event is not there.
    """
    event = existing(writer, event_id)
    if not events.set_cancelled(writer, event_id):
        return event
    cancelled = events.get(writer, event_id)
    reminders.withdraw(writer, event_id=event_id, now=now)
    for kind in _WITHDRAWN:
        outbox.cancel(writer, event_id=event_id, kind=kind, now=now)
    announcing.withdraw(writer, event_id=event_id, now=now)
    _tell(writer, Kind.CANCELLED, cancelled, now=now, not_before=now)
    _refresh_cards(writer, event_id)
    _note(writer, "cancel", event_id, None, now)
    return cancelled


def cancel_decided(writer: Writer, *, now: datetime) -> int:
    """Cancel the events whose time to take it back is over; gives how many."""
    decided = events.cancelling(writer, now=now)
    for event in decided:
        cancel(writer, event_id=event.id, now=now)
    return len(decided)


def changeable(reader: Reader, event_id: EventId, *, now: datetime) -> Event:
    """Get an event of the agenda that can still be changed.

    Raises:
        GoneError, TooLateError: the event is not there, has started, or is cancelled.
        ChangedError: it is still a draft.
    """
    event = existing(reader, event_id)
    if event.status is EventStatus.CANCELLED:
        raise TooLateError("cancelled")
    if event.status is EventStatus.DRAFT:
        raise ChangedError
    if event.starts_at is None or event.starts_at <= now:
        raise TooLateError("started")
    return event


def _checked(
    event: Event, fields: Mapping[str, Any], *, zone: ZoneInfo, now: datetime
) -> dict[str, Any]:
    """Check new values of an event of the agenda; gives all that they set.

    Raises:
        InvalidInputError: as `checked`, or the event would lack something.
    """
    for name in REQUIRED:
        if name in fields and fields[name] is None:
            raise InvalidInputError(name, "lacking")
    return checked(event, fields, zone=zone, now=now)


def _news(event: Event, values: Mapping[str, Any]) -> set[str]:
    """Name the fields whose values are not those that stand."""
    return {name for name, value in values.items() if getattr(event, name) != value}


def _tell(
    writer: Writer,
    kind: Kind,
    event: Event,
    *,
    now: datetime,
    not_before: datetime,
    news: Collection[str] = (),
) -> None:
    """Owe a change to everybody concerned; it replaces older ones that have not left.

    `news` names the fields that are new; not told where an older message is replaced, whose reader
    would miss what was new in that.
    """
    replaced = outbox.cancel(writer, event_id=event.id, kind=kind, now=now)
    facts = {"news": [] if replaced else sorted(news)}
    for resident in concerned(writer, event.id):
        notices.owe(
            writer,
            kind,
            key=f"chg:{event.id}:{event.version}:{resident.id}",
            chat_id=resident.chat_id,
            now=now,
            not_before=not_before,
            expires_at=event.ends_at,
            resident_id=resident.id,
            event_id=event.id,
            event_version=event.version,
            facts=facts,
        )


def _refresh_cards(writer: Writer, event_id: EventId) -> None:
    cards.refresh(writer, CardKind.EVENT, event_id)
    cards.refresh(writer, CardKind.GROUP, event_id)


def _note(
    writer: Writer, verb: str, event_id: EventId, actor_id: ResidentId | None, now: datetime
) -> None:
    journal.add(writer, at=now, actor_id=actor_id, verb=verb, noun="event", noun_id=event_id)
