"""Rows that many tests start from. Each function is an action: `database.write(resident, 1)`."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

from storage import commissions, events, outbox, residents, rsvps
from storage.commissions import Commission
from storage.database import Writer
from storage.events import Event
from storage.ids import BroadcastId, ChatId, EventId, ResidentId
from storage.outbox import Notice, OutboxState
from storage.residents import Resident, Role
from storage.rsvps import Answer, Rsvp, Standing

NOW = datetime(2027, 3, 1, 12, tzinfo=UTC)
SECOND = timedelta(seconds=1)
HOUR = timedelta(hours=1)
DAY = timedelta(days=1)


def resident(writer: Writer, number: int, role: Role = Role.RESIDENT) -> Resident:
    """Enter person `number`, whose Telegram id is 1000 more."""
    return residents.add(
        writer,
        telegram_id=1000 + number,
        first_name=f"Person {number}",
        language="fr",
        role=role,
        notice_version=1,
        now=NOW,
    )


def crowd(writer: Writer, size: int) -> list[Resident]:
    """Enter persons 1 to `size`."""
    return [resident(writer, number) for number in range(1, size + 1)]


def commission(writer: Writer, name: str = "Jardin") -> Commission:
    """Found a commission."""
    return commissions.add(
        writer, name=name, name_folded=name.casefold(), pictogram="🌱", now=NOW, cause=None
    )


def event(writer: Writer, organizer: Resident, /, **fields: Any) -> Event:  # noqa: ANN401 - any column
    """Put an event into the agenda: in a day, for two hours, unless `fields` say otherwise."""
    starts_at = fields.get("starts_at", NOW + DAY)
    draft = events.add_draft(writer, organizer_id=organizer.id, now=NOW, cause=None)
    plain = {"title": "Repas", "starts_at": starts_at, "ends_at": starts_at + 2 * HOUR}
    events.set_fields(writer, draft, version=1, **(plain | fields))
    events.set_scheduled(writer, draft.id)
    return events.get(writer, draft.id)


def notice(writer: Writer, key: str, chat: int = 1, /, **fields: Any) -> Notice:  # noqa: ANN401 - any column
    """Owe a message of lane 1, from NOW on, unless `fields` say otherwise; gives it."""
    plain: dict[str, Any] = {"kind": "moved", "lane": 1, "not_before": NOW, "expires_at": None}
    outbox.enqueue(writer, dedupe_key=key, chat_id=ChatId(chat), **(plain | fields))
    return next(one for one in outbox.all_(writer) if one.dedupe_key == key)


def answer(
    writer: Writer,
    event_id: EventId,
    resident_id: ResidentId,
    standing: Standing = Standing.CONFIRMED,
    /,
    **fields: Any,  # noqa: ANN401 - any column
) -> Rsvp:
    """Keep a yes of one person without guests, unless `fields` say otherwise; gives it."""
    plain = Rsvp(
        event_id=event_id,
        resident_id=resident_id,
        answer=Answer.YES,
        standing=standing,
        guests=0,
        queued_at=None,
        offered_at=None,
        offer_ends_at=None,
        held_until=None,
        sequence=1,
        answered_at=NOW,
        cause=None,
    )
    rsvp = replace(plain, **fields)
    rsvps.put(writer, rsvp)
    return rsvp


def told(
    writer: Writer, event_id: EventId, person: Resident, state: OutboxState = OutboxState.SENT
) -> None:
    """Note that a broadcast about an event ended so for a person."""
    owed = notice(
        writer,
        f"told:{event_id}:{person.id}",
        person.chat_id,
        resident_id=person.id,
        event_id=event_id,
        broadcast_id=BroadcastId(1),
    )
    outbox.mark(writer, owed.id, state, now=NOW)
