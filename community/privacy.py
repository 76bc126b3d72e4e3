"""A person's data: all of it shown, all of it erased at once with a receipt (reliability.md §5)."""

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime, time, timedelta

from community import codes, notices
from community.events import existing
from community.notices import Kind
from community.rsvps import offer_seats
from community.team import forget_requests
from storage import (
    broadcasts,
    cards,
    commissions,
    events,
    holds,
    inbox,
    journal,
    links,
    outbox,
    prompts,
    residents,
    rsvps,
)
from storage.broadcasts import Broadcast
from storage.cards import Card, CardKind
from storage.commissions import Commission, Membership
from storage.database import Reader, Writer
from storage.errors import NotFoundError
from storage.events import Event, EventStatus
from storage.holds import Hold
from storage.ids import EventId, ResidentId, UpdateId
from storage.inbox import InboxRow
from storage.journal import Entry
from storage.links import Link
from storage.outbox import Notice
from storage.prompts import Question
from storage.residents import Resident
from storage.rsvps import Rsvp

Row = (
    Resident
    | Membership
    | Commission
    | Rsvp
    | Event
    | Broadcast
    | Notice
    | Card
    | Link
    | Entry
    | InboxRow
    | Question
    | Hold
)
"""Every record that may speak of a person."""
Plain = dict[str, object]
"""A record as JSON takes it: texts, numbers, booleans, None, and mappings of them."""
RECEIPT_LIFETIME = timedelta(hours=24)
"""The receipt is tried for a day; then its row, the last with the chat's id, goes too (K11)."""


@dataclass(frozen=True, slots=True)
class Belongings:
    """What is kept about a person, to be read by them."""

    resident: Resident
    commissions: list[Commission]
    rsvps: list[Rsvp]


def belongings(reader: Reader, resident_id: ResidentId) -> Belongings:
    """Look up what is kept about a person.

    Raises:
        NotFoundError: nobody has this id (any more).
    """
    return Belongings(
        residents.get(reader, resident_id),
        commissions.of_resident(reader, resident_id),
        rsvps.of_resident(reader, resident_id),
    )


def document(
    reader: Reader, resident_id: ResidentId, *, now: datetime
) -> dict[str, str | Plain | list[Plain]]:
    """Give every row about a person as plain values, ready for JSON.

    Raises:
        NotFoundError: nobody has this id (any more).
    """
    resident = residents.get(reader, resident_id)
    silence = holds.find(reader, resident.chat_id)
    parts: Mapping[str, Sequence[Row]] = {
        "commissions": commissions.of_resident(reader, resident_id),
        "memberships": commissions.memberships(reader, resident_id),
        "rsvps": rsvps.of_resident(reader, resident_id),
        "events": events.organized(reader, resident_id),
        "broadcasts": broadcasts.of_author(reader, resident_id),
        "messages": outbox.of_resident(reader, resident_id),
        "cards": cards.of_chat(reader, resident.chat_id),
        "links": links.of_author(reader, resident_id),
        "journal": journal.of_actor(reader, resident_id),
        "updates": inbox.of_chat(reader, resident.chat_id),
        "questions": prompts.of_chat(reader, resident.chat_id),
        "silence": [silence] if silence is not None else [],
    }
    lists = {name: [_plain(row) for row in rows] for name, rows in parts.items()}
    return {"made_at": now.isoformat(), "resident": _plain(resident), **lists}


def _plain(row: Row) -> Plain:
    """Turn a record into texts, numbers and booleans."""
    return {name: _plain_value(value) for name, value in asdict(row).items()}


def _plain_value(value: object) -> object:
    if value is None or isinstance(value, bool | int | Mapping):
        return value
    if isinstance(value, datetime | time):
        return value.isoformat()
    return value.hex() if isinstance(value, bytes) else str(value)


def erase(writer: Writer, *, resident_id: ResidentId, cause: UpdateId, now: datetime) -> str | None:
    """Erase all about a person; gives the receipt's number, None where they were gone already.

    Their seats go to those who wait. What remains is the receipt, owed for a day: not before
    Telegram lets a message into their chat again, whose silence is forgotten too.
    """
    try:
        resident = residents.get(writer, resident_id)
    except NotFoundError:
        return None
    answered = [rsvp.event_id for rsvp in rsvps.of_resident(writer, resident_id)]
    silence = holds.find(writer, resident.chat_id)
    _erase_rows(writer, resident, cause=cause, now=now)
    for event_id in answered:
        _pass_on(writer, event_id, now=now)
    number = secrets.token_hex(4).upper()
    notices.owe(
        writer,
        Kind.ERASURE_RECEIPT,
        key=f"era:{codes.hash_code(number).hex()}",
        chat_id=resident.chat_id,
        now=now,
        not_before=silence.until if silence is not None else None,
        expires_at=now + RECEIPT_LIFETIME,
        facts={"number": number, "language": resident.language},
    )
    journal.add(writer, at=now, actor_id=None, verb="erase", noun="resident", noun_id=None)
    return number


def _erase_rows(writer: Writer, resident: Resident, *, cause: UpdateId, now: datetime) -> None:
    for event in events.organized(writer, resident.id):
        if event.status is EventStatus.DRAFT:
            events.remove_draft(writer, event.id)
    forget_requests(writer, resident_id=resident.id, now=now)
    links.erase_author(writer, resident.id)
    journal.erase_actor(writer, resident.id)
    outbox.erase_chat(writer, resident.chat_id)
    inbox.erase_chat(writer, resident.chat_id, but=cause)
    prompts.clear(writer, resident.chat_id)
    cards.erase_chat(writer, resident.chat_id)
    holds.remove(writer, resident.chat_id)
    residents.remove(writer, resident.id)


def _pass_on(writer: Writer, event_id: EventId, *, now: datetime) -> None:
    cards.refresh(writer, CardKind.GROUP, event_id)
    offer_seats(writer, event=existing(writer, event_id), now=now)
