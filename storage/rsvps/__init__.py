"""Answers to events, the seats that they take, and the waitlist."""

from datetime import datetime
from typing import Any

from sqlalchemy import (
    ColumnElement,
    ScalarSelect,
    bindparam,
    case,
    delete,
    func,
    select,
)
from sqlalchemy.dialects.postgresql import insert

from storage.columns import constant
from storage.database import Reader, Writer
from storage.events import EVENTS, Event, EventStatus
from storage.ids import EventId, ResidentId
from storage.outbox import OUTBOX, OutboxState
from storage.residents import RESIDENTS, Resident
from storage.rsvps.clauses import OF_EVENT, ONE, PEOPLE, guest
from storage.rsvps.rows import RSVPS, Answer, Counts, Engagement, Guest, Rsvp, Seats, Standing
from storage.rsvps.waiting import (
    contested,
    end_waiting,
    ending,
    forget_calls,
    set_offer_end,
    untimed,
    waitlist,
)
from storage.statements import Change, Look

__all__ = [
    "RSVPS",
    "SILENT",
    "Answer",
    "Counts",
    "Engagement",
    "Guest",
    "Rsvp",
    "Seats",
    "Standing",
    "concerned",
    "contested",
    "counts",
    "end_waiting",
    "ending",
    "engagements",
    "find",
    "forget_calls",
    "of_resident",
    "put",
    "remove",
    "roster",
    "seats",
    "set_offer_end",
    "silent",
    "untimed",
    "waitlist",
]

_party = RSVPS.c.guests + 1


def _seats_of(*conditions: ColumnElement[bool]) -> ScalarSelect[int]:
    """Add up the parties of an event: each sum reads its own part of ix_rsvps_counted."""
    taken = func.coalesce(func.sum(_party), 0)
    return select(taken).where(OF_EVENT, *conditions).scalar_subquery()


def _sum(condition: ColumnElement[bool], value: ColumnElement[int] | int) -> ColumnElement[int]:
    return func.coalesce(func.sum(case((condition, value), else_=0)), 0)


_add = insert(RSVPS).values({column.name: bindparam(column.name) for column in RSVPS.c})
_PUT = Change(
    _add.on_conflict_do_update(
        index_elements=["event_id", "resident_id"],
        set_={
            name: _add.excluded[name]
            for name in (
                "answer",
                "standing",
                "guests",
                "queued_at",
                "offered_at",
                "offer_ends_at",
                "held_until",
                "sequence",
                "answered_at",
                "cause",
            )
        },
    )
)
_FIND = Look(select(RSVPS).where(*ONE), Rsvp)
_REMOVE = Change(delete(RSVPS).where(*ONE))
_SEATS = Look(
    select(
        _seats_of(RSVPS.c.standing == constant(Standing.CONFIRMED)),
        _seats_of(RSVPS.c.standing == constant(Standing.OFFERED)),
        _seats_of(
            RSVPS.c.standing == constant(Standing.NONE), RSVPS.c.held_until > bindparam("now")
        ),
    ),
    lambda confirmed, offered, held: Seats(int(confirmed), int(offered), int(held)),
)
_COUNTS = Look(
    select(
        _sum(RSVPS.c.standing == constant(Standing.CONFIRMED), 1),
        _sum(RSVPS.c.standing == constant(Standing.CONFIRMED), _party),
        _sum(RSVPS.c.answer == constant(Answer.MAYBE), 1),
        _sum(RSVPS.c.answer == constant(Answer.NO), 1),
        _sum(RSVPS.c.standing == constant(Standing.WAITING), 1),
        _sum(RSVPS.c.standing == constant(Standing.OFFERED), 1),
    ).where(OF_EVENT),
    lambda *numbers: Counts(*(int(number) for number in numbers)),
)
_ROSTER = Look(
    select(*RESIDENTS.c, *RSVPS.c)
    .select_from(PEOPLE)
    .where(OF_EVENT)
    .order_by(RSVPS.c.answered_at, RSVPS.c.resident_id),
    guest,
)
_OF_RESIDENT = Look(
    select(RSVPS).where(RSVPS.c.resident_id == bindparam("of_resident")).order_by(RSVPS.c.event_id),
    Rsvp,
)
_EVENT_WIDTH = len(EVENTS.c)


def _engagement(*columns: Any) -> Engagement:
    return Engagement(
        Event(*columns[:_EVENT_WIDTH]),
        Rsvp(*columns[_EVENT_WIDTH:]),
    )


_ENGAGEMENTS = Look(
    select(*EVENTS.c, *RSVPS.c)
    .select_from(RSVPS.join(EVENTS, EVENTS.c.id == RSVPS.c.event_id))
    .where(
        RSVPS.c.resident_id == bindparam("of_resident"),
        EVENTS.c.status == constant(EventStatus.SCHEDULED),
        EVENTS.c.ends_at > bindparam("now"),
        RSVPS.c.answer != constant(Answer.NO),
    )
    .order_by(EVENTS.c.starts_at, EVENTS.c.id),
    _engagement,
)
_told = (
    select(OUTBOX.c.resident_id)
    .where(
        OUTBOX.c.event_id == bindparam("of_event"),
        OUTBOX.c.broadcast_id.is_not(None),
        OUTBOX.c.state.in_([constant(OutboxState.SENT), constant(OutboxState.UNCERTAIN)]),
    )
    .distinct()
)
_answered = select(RSVPS.c.resident_id).where(OF_EVENT)
SILENT = RESIDENTS.c.id.in_(_told) & RESIDENTS.c.id.not_in(_answered)
"""The condition « was told of event `of_event` and has not answered », on residents."""
_SILENT = Look(select(RESIDENTS).where(SILENT).order_by(RESIDENTS.c.id), Resident)
_CONCERNED = Look(
    select(RESIDENTS)
    .where(
        RESIDENTS.c.id.in_(
            select(RSVPS.c.resident_id).where(OF_EVENT, RSVPS.c.answer != constant(Answer.NO))
        )
    )
    .order_by(RESIDENTS.c.id),
    Resident,
)


def find(reader: Reader, event_id: EventId, resident_id: ResidentId) -> Rsvp | None:
    """Find a person's answer to an event, or None while they are silent."""
    return reader.first(_FIND, of_event=event_id, of_resident=resident_id)


def put(writer: Writer, rsvp: Rsvp) -> None:
    """Keep an answer, in place of the person's earlier one."""
    writer.change(
        _PUT,
        event_id=rsvp.event_id,
        resident_id=rsvp.resident_id,
        answer=rsvp.answer,
        standing=rsvp.standing,
        guests=rsvp.guests,
        queued_at=rsvp.queued_at,
        offered_at=rsvp.offered_at,
        offer_ends_at=rsvp.offer_ends_at,
        held_until=rsvp.held_until,
        sequence=rsvp.sequence,
        answered_at=rsvp.answered_at,
        cause=rsvp.cause,
    )


def remove(writer: Writer, event_id: EventId, resident_id: ResidentId) -> bool:
    """Take an answer back, as if it had never been given; False where there is none."""
    return writer.change(_REMOVE, of_event=event_id, of_resident=resident_id) == 1


def seats(reader: Reader, event_id: EventId, *, now: datetime) -> Seats:
    """Count an event's seats by what takes them at an instant."""
    return reader.one(_SEATS, of_event=event_id, now=now)


def counts(reader: Reader, event_id: EventId) -> Counts:
    """Count an event's answers."""
    return reader.one(_COUNTS, of_event=event_id)


def roster(reader: Reader, event_id: EventId) -> list[Guest]:
    """List everybody who answered, whatever they answered, earliest answer first."""
    return reader.all(_ROSTER, of_event=event_id)


def of_resident(reader: Reader, resident_id: ResidentId) -> list[Rsvp]:
    """List all answers of a person, oldest event first."""
    return reader.all(_OF_RESIDENT, of_resident=resident_id)


def engagements(reader: Reader, resident_id: ResidentId, *, now: datetime) -> list[Engagement]:
    """List the coming events that a person said yes or maybe to, soonest first."""
    return reader.all(_ENGAGEMENTS, of_resident=resident_id, now=now)


def silent(reader: Reader, event_id: EventId) -> list[Resident]:
    """List who was told of an event and has not answered, paused and unreachable people too."""
    return reader.all(_SILENT, of_event=event_id)


def concerned(reader: Reader, event_id: EventId) -> list[Resident]:
    """List who must hear of a change: yes, maybe, waiting and offered."""
    return reader.all(_CONCERNED, of_event=event_id)
