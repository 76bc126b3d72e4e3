"""When an event's people are to be reminded: one row for each event and lead time.

A row is a date, never a scheduled job, so a crash leaves nothing to rebuild. Who is reminded is
looked up when it fires.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import (
    BigInteger,
    Column,
    ForeignKey,
    Index,
    Integer,
    String,
    Table,
    bindparam,
    delete,
    select,
    update,
)
from sqlalchemy.dialects.postgresql import insert

from storage.columns import CATALOGUE, UtcDateTime
from storage.database import Reader, Writer
from storage.events import EVENTS
from storage.ids import EventId
from storage.statements import Change, Look

REMINDERS = Table(
    "reminders",
    CATALOGUE,
    Column("event_id", BigInteger, ForeignKey("events.id", ondelete="CASCADE"), primary_key=True),
    Column("lead_time", String(16), primary_key=True),
    Column("due_at", UtcDateTime, nullable=False),
    Column("fired_at", UtcDateTime),
)
_unfired = REMINDERS.c.fired_at.is_(None)
Index(
    "ix_reminders_due",
    REMINDERS.c.due_at,
    REMINDERS.c.event_id,
    sqlite_where=_unfired,
    postgresql_where=_unfired,
)


@dataclass(frozen=True, slots=True)
class Reminder:
    """At `due_at`, who comes to `event_id` is reminded, `lead_time` ahead (as in settings)."""

    event_id: EventId
    lead_time: str
    due_at: datetime
    fired_at: datetime | None


_ADD = Change(
    insert(REMINDERS)
    .values(
        event_id=bindparam("event_id"),
        lead_time=bindparam("lead_time"),
        due_at=bindparam("due_at"),
    )
    .on_conflict_do_nothing()
)
_REMOVE_ALL = Change(delete(REMINDERS).where(REMINDERS.c.event_id == bindparam("of_event")))
_OF_EVENT = Look(
    select(REMINDERS)
    .where(REMINDERS.c.event_id == bindparam("of_event"))
    .order_by(REMINDERS.c.due_at),
    Reminder,
)
_DUE = Look(
    select(REMINDERS)
    .where(_unfired, REMINDERS.c.due_at <= bindparam("now"))
    .order_by(REMINDERS.c.due_at, REMINDERS.c.event_id)
    .limit(bindparam("most", type_=Integer)),
    Reminder,
)
_DUE_NEAR = Look(
    select(REMINDERS)
    .join(EVENTS, EVENTS.c.id == REMINDERS.c.event_id)
    .where(
        _unfired,
        REMINDERS.c.due_at <= bindparam("now"),
        EVENTS.c.starts_at < bindparam("before"),
    )
    .order_by(REMINDERS.c.due_at, REMINDERS.c.event_id)
    .limit(bindparam("most", type_=Integer)),
    Reminder,
)
_MARK_FIRED = Change(
    update(REMINDERS)
    .where(
        REMINDERS.c.event_id == bindparam("of_event"),
        REMINDERS.c.lead_time == bindparam("of_lead_time"),
        _unfired,
    )
    .values(fired_at=bindparam("now"))
)


def put_plan(writer: Writer, event_id: EventId, plan: Iterable[tuple[str, datetime]]) -> None:
    """Set when an event reminds, (lead time, due_at) each, in place of the earlier plan."""
    writer.change(_REMOVE_ALL, of_event=event_id)
    for lead_time, due_at in plan:
        writer.change(_ADD, event_id=event_id, lead_time=lead_time, due_at=due_at)


def remove_plan(writer: Writer, event_id: EventId) -> None:
    """Have an event remind nobody any more."""
    writer.change(_REMOVE_ALL, of_event=event_id)


def of_event(reader: Reader, event_id: EventId) -> list[Reminder]:
    """List an event's reminders, fired ones too, earliest first."""
    return reader.all(_OF_EVENT, of_event=event_id)


def due(
    reader: Reader, *, now: datetime, most: int, before: datetime | None = None
) -> list[Reminder]:
    """List reminders whose time has come and that have not fired, earliest first.

    With `before`, only those of events that start earlier than that.
    """
    if before is None:
        return reader.all(_DUE, now=now, most=most)
    return reader.all(_DUE_NEAR, now=now, most=most, before=before)


def mark_fired(writer: Writer, reminder: Reminder, *, now: datetime) -> bool:
    """Note that a reminder has fired; False where it had before."""
    fired = writer.change(
        _MARK_FIRED, of_event=reminder.event_id, of_lead_time=reminder.lead_time, now=now
    )
    return fired == 1
