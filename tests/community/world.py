"""People, commissions and events that the community's tests start from, and all rows as they stand.

Each function is an action or a look: `await database.write(resident, 1)`.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from itertools import count
from zoneinfo import ZoneInfo

from sqlalchemy import select

from community import changes, commissions, events, rsvps, welcome
from community.lead_times import LeadTime, parse
from community.reminders import Policy
from community.rsvps import Place
from storage import events as event_rows
from storage import outbox
from storage import residents as people
from storage import rsvps as answer_rows
from storage.columns import CATALOGUE
from storage.commissions import Commission
from storage.database import Reader, Writer
from storage.events import Event
from storage.ids import CommissionId, EventId, ResidentId, UpdateId
from storage.outbox import Notice, OutboxState
from storage.residents import Resident, Role
from storage.rsvps import Answer, Rsvp
from storage.statements import Look

ZONE = ZoneInfo("Europe/Paris")
NOW = datetime(2027, 3, 1, 12, tzinfo=UTC)
"""A Monday, 13:00 in Roubaix."""
SECOND = timedelta(seconds=1)
MINUTE = timedelta(minutes=1)
HOUR = timedelta(hours=1)
DAY = timedelta(days=1)
HOLD = timedelta(seconds=60)
FIRST_TELEGRAM_ID = 881_000

_updates = count(1_000)


def update() -> UpdateId:
    """Give the id of an update that nobody has sent before."""
    return UpdateId(next(_updates))


def policy(
    *leads: str, quiet_from: time = time(20), quiet_to: time = time(8), zone: ZoneInfo = ZONE
) -> Policy:
    """Give the settings of reminders, the default ones unless said otherwise."""
    told = leads or ("7d@18:00", "1d@18:00", "2h")
    read: Sequence[LeadTime] = [parse(lead) for lead in told]
    return Policy(tuple(read), quiet_from, quiet_to, zone)


POLICY = policy()


def resident(writer: Writer, number: int, role: Role = Role.RESIDENT) -> Resident:
    """Enter person `number`."""
    entered = welcome.consent(
        writer,
        telegram_id=FIRST_TELEGRAM_ID + number,
        name=f"Samira {number}",
        language="fr",
        admins=(),
        now=NOW,
    )
    people.set_role(writer, entered.id, role)
    return people.get(writer, entered.id)


def crowd(writer: Writer, size: int) -> list[Resident]:
    """Enter persons 1 to `size`."""
    return [resident(writer, number) for number in range(1, size + 1)]


def officer(writer: Writer, number: int = 900) -> Resident:
    """Enter an officer."""
    return resident(writer, number, Role.OFFICER)


def commission(writer: Writer, founder: Resident, name: str = "Parents") -> Commission:
    """Found a commission."""
    return commissions.found(writer, text=name, founder_id=founder.id, now=NOW, cause=update())


def draft(
    writer: Writer,
    organizer: Resident,
    *,
    starts_at: datetime = NOW + 5 * DAY,
    ends: time | None = None,
    capacity: int | None = None,
    commission_id: CommissionId | None = None,
    now: datetime = NOW,
) -> Event:
    """Begin an event that lacks nothing."""
    local = starts_at.astimezone(ZONE)
    fields = {
        "title": "Atelier cuisine",
        "day": local.date(),
        "starts": local.time(),
        "ends": ends,
        "location": "Espace Linné",
        "capacity": capacity,
        "commission_id": commission_id,
    }
    return events.begin(
        writer, organizer_id=organizer.id, fields=fields, zone=ZONE, now=now, cause=update()
    )


def event(
    writer: Writer,
    organizer: Resident,
    *,
    starts_at: datetime = NOW + 5 * DAY,
    capacity: int | None = None,
    commission_id: CommissionId | None = None,
    now: datetime = NOW,
    rules: Policy = POLICY,
) -> Event:
    """Put an event into the agenda: in five days, for two hours, unless said otherwise."""
    begun = draft(
        writer,
        organizer,
        starts_at=starts_at,
        capacity=capacity,
        commission_id=commission_id,
        now=now,
    )
    return changes.create(writer, event_id=begun.id, author_id=organizer.id, policy=rules, now=now)


def change(writer: Writer, gathering: Event, /, *, now: datetime = NOW, **fields: object) -> Event:
    """Change fields of an event of the agenda, as its organizer."""
    assert gathering.organizer_id is not None
    return changes.change(
        writer,
        event_id=gathering.id,
        fields=fields,
        seen_version=fresh_event(writer, gathering.id).version,
        author_id=gathering.organizer_id,
        policy=POLICY,
        hold_for=HOLD,
        now=now,
    )


def say(
    writer: Writer,
    event_id: EventId,
    resident_id: ResidentId,
    answer: Answer = Answer.YES,
    *,
    guests: int = 0,
    now: datetime = NOW,
    cause: UpdateId | None = None,
) -> Place:
    """Answer an event, by a new update unless `cause` names one; guests if there are."""
    place = rsvps.answer(
        writer,
        event_id=event_id,
        resident_id=resident_id,
        answer=answer,
        now=now,
        cause=update() if cause is None else cause,
    )
    if not guests:
        return place
    return rsvps.set_guests(
        writer,
        event_id=event_id,
        resident_id=resident_id,
        guests=guests,
        now=now,
        cause=update(),
    )


@dataclass(frozen=True)
class Full:
    """An event whose `capacity` seats `seated` have, one each, and that `waiting` wait for."""

    event: Event
    officer: Resident
    seated: list[Resident]
    waiting: list[Resident]


def full(writer: Writer, *, capacity: int = 2, waiting: int = 2) -> Full:
    """Fill an event, and let people wait for it a second after one another."""
    organizer = officer(writer)
    gathering = event(writer, organizer, capacity=capacity)
    everybody = crowd(writer, capacity + waiting)
    for delay, person in enumerate(everybody):
        say(writer, gathering.id, person.id, now=NOW + delay * SECOND)
    return Full(gathering, organizer, everybody[:capacity], everybody[capacity:])


def rsvp(reader: Reader, event_id: EventId, person: Resident) -> Rsvp:
    """Give a person's answer, which is there."""
    found = answer_rows.find(reader, event_id, person.id)
    assert found is not None
    return found


def standings(reader: Reader, event_id: EventId, people: Sequence[Resident]) -> list[str]:
    """Give how each person stands with an event; "silent" without an answer."""
    found = [answer_rows.find(reader, event_id, one.id) for one in people]
    return [str(one.standing) if one is not None else "silent" for one in found]


def owed(reader: Reader, kind: str | None = None, person: Resident | None = None) -> list[Notice]:
    """List the messages that wait to leave, of a kind, or to a person."""
    return [
        notice
        for notice in outbox.all_(reader)
        if notice.state is OutboxState.PENDING
        and kind in {None, notice.kind}
        and (person is None or notice.chat_id == person.chat_id)
    ]


def sent(writer: Writer, *, now: datetime = NOW) -> list[Notice]:
    """Let all that is due leave, and arrive; gives it."""
    due = [
        notice
        for lane in range(1, 4)
        for notice in outbox.pending(writer, lane=lane)
        if notice.not_before <= now
    ]
    for notice in due:
        outbox.mark(writer, notice.id, OutboxState.SENT, now=now)
    return due


def fresh_event(reader: Reader, event_id: EventId) -> Event:
    """Give an event as it now stands."""
    return event_rows.get(reader, event_id)


Rows = dict[str, list[tuple[object, ...]]]


def _row(*columns: object) -> tuple[object, ...]:
    return columns


_EVERYTHING = {table.name: Look(select(table), _row) for table in CATALOGUE.sorted_tables}


def rows(reader: Reader) -> Rows:
    """Give every row of every table, in no order that means anything."""
    return {name: sorted(reader.all(look), key=repr) for name, look in _EVERYTHING.items()}
