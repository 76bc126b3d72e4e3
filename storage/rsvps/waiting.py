"""The waitlist of an event, and the offers that are open."""

from datetime import datetime

from sqlalchemy import and_, bindparam, exists, select, update

from storage.columns import constant
from storage.database import Reader, Writer
from storage.events import EVENTS, EventStatus
from storage.ids import EventId
from storage.outbox import OUTBOX, OutboxState
from storage.residents import RESIDENTS
from storage.rsvps.clauses import OF_EVENT, ONE, PEOPLE, guest
from storage.rsvps.rows import RSVPS, Guest, Rsvp, Standing
from storage.statements import Change, Look

_WAITLIST = Look(
    select(*RESIDENTS.c, *RSVPS.c)
    .select_from(PEOPLE)
    .where(OF_EVENT, RSVPS.c.standing == constant(Standing.WAITING))
    .order_by(RSVPS.c.queued_at, RSVPS.c.resident_id),
    guest,
)
_EXPIRE_OFFERS = Change(
    update(RSVPS)
    .where(
        RSVPS.c.standing.in_([constant(Standing.OFFERED), constant(Standing.WAITING)]),
        RSVPS.c.event_id.in_(select(EVENTS.c.id).where(EVENTS.c.starts_at <= bindparam("now"))),
    )
    .values(standing=Standing.NONE)
)
_is_open = and_(
    RSVPS.c.standing == constant(Standing.OFFERED),
    EVENTS.c.status == constant(EventStatus.SCHEDULED),
    EVENTS.c.starts_at > bindparam("now"),
)
_on_event = RSVPS.join(EVENTS, EVENTS.c.id == RSVPS.c.event_id)
_UNTIMED = Look(
    select(RSVPS)
    .select_from(_on_event)
    .where(
        _is_open,
        RSVPS.c.offer_ends_at.is_(None),
        exists().where(
            OUTBOX.c.resident_id == RSVPS.c.resident_id,
            OUTBOX.c.event_id == RSVPS.c.event_id,
            OUTBOX.c.kind == bindparam("of_kind"),
            OUTBOX.c.state.in_([constant(OutboxState.SENT), constant(OutboxState.UNCERTAIN)]),
            OUTBOX.c.not_before >= RSVPS.c.offered_at,
        ),
    ),
    Rsvp,
)
_ENDING = Look(
    select(RSVPS)
    .select_from(_on_event)
    .where(_is_open, RSVPS.c.offer_ends_at <= bindparam("by"))
    .order_by(RSVPS.c.offer_ends_at, RSVPS.c.resident_id),
    Rsvp,
)
_SET_OFFER_END = Change(
    update(RSVPS)
    .where(*ONE, RSVPS.c.standing == constant(Standing.OFFERED))
    .values(offer_ends_at=bindparam("ends_at"))
)
_FORGET_CALLS = Change(
    update(RSVPS)
    .where(
        OF_EVENT,
        RSVPS.c.standing == constant(Standing.WAITING),
        RSVPS.c.offered_at.is_not(None),
    )
    .values(offered_at=None)
)
_CONTESTED = Look(
    select(RSVPS.c.event_id)
    .join(EVENTS, EVENTS.c.id == RSVPS.c.event_id)
    .where(
        RSVPS.c.standing == constant(Standing.WAITING),
        EVENTS.c.status == constant(EventStatus.SCHEDULED),
        EVENTS.c.starts_at > bindparam("now"),
    )
    .distinct(),
    EventId,
)


def waitlist(reader: Reader, event_id: EventId) -> list[Guest]:
    """List who waits for a seat, first come first; open offers are not in it."""
    return reader.all(_WAITLIST, of_event=event_id)


def end_waiting(writer: Writer, *, now: datetime) -> int:
    """Take everybody off the waitlists of events that have started; gives how many."""
    return writer.change(_EXPIRE_OFFERS, now=now)


def untimed(reader: Reader, *, kind: str, now: datetime) -> list[Rsvp]:
    """List the open offers whose message, of a kind, has left, and that have no end yet."""
    return reader.all(_UNTIMED, of_kind=kind, now=now)


def ending(reader: Reader, *, by: datetime, now: datetime) -> list[Rsvp]:
    """List the open offers that end by an instant, or have ended, the earliest first."""
    return reader.all(_ENDING, by=by, now=now)


def set_offer_end(writer: Writer, rsvp: Rsvp, *, ends_at: datetime) -> None:
    """Set until when an offer is kept."""
    writer.change(
        _SET_OFFER_END, of_event=rsvp.event_id, of_resident=rsvp.resident_id, ends_at=ends_at
    )


def forget_calls(writer: Writer, event_id: EventId) -> None:
    """Forget that those who wait were told of free seats, so that they can be told again."""
    writer.change(_FORGET_CALLS, of_event=event_id)


def contested(reader: Reader, *, now: datetime) -> list[EventId]:
    """List the coming events that somebody waits for, in no order."""
    return reader.all(_CONTESTED, now=now)
