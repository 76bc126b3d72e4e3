"""Events, from draft to cancelled. The truth about when is the local day and hours.

`starts_at` and `ends_at` (UTC) are computed from the local hours when these are set, for sorting
and for reminders; a draft may lack any field but its organizer.
"""

from dataclasses import dataclass
from datetime import date, datetime, time
from enum import StrEnum
from typing import Any

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Date,
    ForeignKey,
    Index,
    Integer,
    SmallInteger,
    String,
    Table,
    Time,
    bindparam,
    delete,
    select,
    update,
)
from sqlalchemy.dialects.postgresql import insert

from storage.columns import CATALOGUE, Choice, RowId, UtcDateTime, constant
from storage.database import Reader, Writer
from storage.errors import NotFoundError
from storage.ids import CommissionId, EventId, ResidentId, UpdateId
from storage.statements import Change, Look, Returning


class EventStatus(StrEnum):
    """Where an event stands (RFC 5545 and schema.org have the same three)."""

    DRAFT = "draft"
    """Only its organizer sees it."""
    SCHEDULED = "scheduled"
    """It is in the agenda and takes answers."""
    CANCELLED = "cancelled"
    """It will not take place."""


EVENTS = Table(
    "events",
    CATALOGUE,
    Column("id", RowId, primary_key=True),
    Column("status", Choice(EventStatus), nullable=False),
    Column("version", Integer, nullable=False),
    Column("organizer_id", BigInteger, ForeignKey("residents.id", ondelete="SET NULL")),
    Column("commission_id", BigInteger, ForeignKey("commissions.id", ondelete="SET NULL")),
    Column("title", String(120)),
    Column("day", Date),
    Column("starts", Time),
    Column("ends", Time),
    Column("fold", SmallInteger, nullable=False),
    Column("starts_at", UtcDateTime),
    Column("ends_at", UtcDateTime),
    Column("location", String(120)),
    Column("capacity", Integer),
    Column("childcare", Boolean, nullable=False),
    Column("cancel_at", UtcDateTime),
    Column("cancel_reason", String(300)),
    Column("created_at", UtcDateTime, nullable=False),
    Column("cause", BigInteger, unique=True),
    sqlite_autoincrement=True,
)
Index("ix_events_starts_at", EVENTS.c.status, EVENTS.c.starts_at)
Index("ix_events_organizer_id", EVENTS.c.organizer_id)
Index("ix_events_commission_id", EVENTS.c.commission_id)


@dataclass(frozen=True, slots=True)
class Event:
    """A gathering. `day`, `starts`, `ends` are local wall time; `capacity` None means no limit.

    `commission_id` None: for everybody. `version` grows with each change that people are told of.
    `fold` says which, where the start is an hour that the autumn change repeats: 0 first, 1 second.
    `cancel_at`: its cancellation is decided and takes effect then, unless taken back before.
    """

    id: EventId
    status: EventStatus
    version: int
    organizer_id: ResidentId | None
    commission_id: CommissionId | None
    title: str | None
    day: date | None
    starts: time | None
    ends: time | None
    fold: int
    starts_at: datetime | None
    ends_at: datetime | None
    location: str | None
    capacity: int | None
    childcare: bool
    cancel_at: datetime | None
    cancel_reason: str | None
    created_at: datetime
    cause: UpdateId | None


_by_id = EVENTS.c.id == bindparam("of_id")
_scheduled = EVENTS.c.status == constant(EventStatus.SCHEDULED)
_ADD = Returning(
    insert(EVENTS)
    .values(
        status=EventStatus.DRAFT,
        version=1,
        organizer_id=bindparam("organizer_id"),
        childcare=False,
        fold=0,
        created_at=bindparam("created_at"),
        cause=bindparam("cause"),
    )
    .on_conflict_do_nothing(index_elements=["cause"])
    .returning(*EVENTS.c),
    Event,
)
_BY_CAUSE = Look(select(EVENTS).where(EVENTS.c.cause == bindparam("of_cause")), Event)
_GET = Look(select(EVENTS).where(_by_id), Event)
FIELDS = (
    "commission_id",
    "title",
    "day",
    "starts",
    "ends",
    "fold",
    "starts_at",
    "ends_at",
    "location",
    "capacity",
    "childcare",
)
"""What an organizer sets; the rest follows from acts."""
_SET_FIELDS = Change(
    update(EVENTS)
    .where(_by_id)
    .values({name: bindparam(name) for name in FIELDS} | {"version": bindparam("version")})
)
_SET_STATUS = Change(
    update(EVENTS)
    .where(_by_id, EVENTS.c.status == bindparam("from_status"))
    .values(status=bindparam("to_status"))
)
_CANCEL = Change(
    update(EVENTS)
    .where(_by_id, _scheduled)
    .values(
        status=EventStatus.CANCELLED,
        cancel_at=None,
        version=EVENTS.c.version + 1,
    )
)
_SET_CANCEL = Change(
    update(EVENTS)
    .where(_by_id, _scheduled)
    .values(cancel_at=bindparam("at"), cancel_reason=bindparam("reason"))
)
_CANCELLING = Look(
    select(EVENTS)
    .where(_scheduled, EVENTS.c.cancel_at <= bindparam("now"))
    .order_by(EVENTS.c.cancel_at),
    Event,
)
_REMOVE_DRAFT = Change(delete(EVENTS).where(_by_id, EVENTS.c.status == constant(EventStatus.DRAFT)))
_UPCOMING = Look(
    select(EVENTS)
    .where(_scheduled, EVENTS.c.ends_at > bindparam("now"))
    .order_by(EVENTS.c.starts_at, EVENTS.c.id)
    .limit(bindparam("most", type_=Integer)),
    Event,
)
_LATEST_DRAFT = Look(
    select(EVENTS)
    .where(
        EVENTS.c.organizer_id == bindparam("of_organizer"),
        EVENTS.c.status == constant(EventStatus.DRAFT),
    )
    .order_by(EVENTS.c.id.desc())
    .limit(1),
    Event,
)
_ORGANIZED = Look(
    select(EVENTS).where(EVENTS.c.organizer_id == bindparam("of_organizer")).order_by(EVENTS.c.id),
    Event,
)
_STARTING = Look(
    select(EVENTS)
    .where(
        _scheduled,
        EVENTS.c.starts_at > bindparam("after"),
        EVENTS.c.starts_at <= bindparam("until"),
    )
    .order_by(EVENTS.c.starts_at, EVENTS.c.id),
    Event,
)


def add_draft(
    writer: Writer, *, organizer_id: ResidentId, now: datetime, cause: UpdateId | None
) -> Event:
    """Begin an event; the same cause gives the draft that it began before."""
    added = writer.returned(_ADD, organizer_id=organizer_id, created_at=now, cause=cause)
    return added[0] if added else writer.one(_BY_CAUSE, of_cause=cause)


def get(reader: Reader, event_id: EventId) -> Event:
    """Get an event, whatever its status.

    Raises:
        NotFoundError: there is none with this id.
    """
    event = reader.first(_GET, of_id=event_id)
    if event is None:
        raise NotFoundError("event", event_id)
    return event


def find(reader: Reader, event_id: EventId) -> Event | None:
    """Find an event, whatever its status, or None."""
    return reader.first(_GET, of_id=event_id)


def set_fields(writer: Writer, event: Event, /, *, version: int, **fields: Any) -> Event:
    """Set some of FIELDS, and the version that they make; gives the event as it now is."""
    values = {name: getattr(event, name) for name in FIELDS} | fields
    writer.change(_SET_FIELDS, of_id=event.id, version=version, **values)
    return get(writer, event.id)


def set_scheduled(writer: Writer, event_id: EventId) -> bool:
    """Put a draft into the agenda; False where it is none."""
    changed = writer.change(
        _SET_STATUS,
        of_id=event_id,
        from_status=EventStatus.DRAFT,
        to_status=EventStatus.SCHEDULED,
    )
    return changed == 1


def set_cancelling(
    writer: Writer, event_id: EventId, *, at: datetime | None, reason: str | None
) -> bool:
    """Set when and why an event will be cancelled, None: not at all; False outside the agenda."""
    return writer.change(_SET_CANCEL, of_id=event_id, at=at, reason=reason) == 1


def cancelling(reader: Reader, *, now: datetime) -> list[Event]:
    """List the events whose cancellation now takes effect, earliest first."""
    return reader.all(_CANCELLING, now=now)


def set_cancelled(writer: Writer, event_id: EventId) -> bool:
    """Cancel an event of the agenda; False where it is not there."""
    return writer.change(_CANCEL, of_id=event_id) == 1


def remove_draft(writer: Writer, event_id: EventId) -> bool:
    """Throw a draft away; False where it is none."""
    return writer.change(_REMOVE_DRAFT, of_id=event_id) == 1


def upcoming(reader: Reader, *, now: datetime, most: int = 1000) -> list[Event]:
    """List the agenda: what has not ended, soonest first."""
    return reader.all(_UPCOMING, now=now, most=most)


def latest_draft(reader: Reader, organizer_id: ResidentId) -> Event | None:
    """Find the draft that an officer began last, or None."""
    return reader.first(_LATEST_DRAFT, of_organizer=organizer_id)


def organized(reader: Reader, resident_id: ResidentId) -> list[Event]:
    """List what a person has organized, oldest first."""
    return reader.all(_ORGANIZED, of_organizer=resident_id)


def starting(reader: Reader, *, after: datetime, until: datetime) -> list[Event]:
    """List the agenda's events that start in (after, until], soonest first."""
    return reader.all(_STARTING, after=after, until=until)
