"""The table of answers, and what is read from it."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy import BigInteger, Column, ForeignKey, Index, Integer, SmallInteger, Table

from storage.columns import CATALOGUE, Choice, UtcDateTime, constant
from storage.events import Event
from storage.ids import EventId, ResidentId, UpdateId
from storage.residents import Resident


class Answer(StrEnum):
    """What a person answered (RFC 5545 PARTSTAT; no row is NEEDS-ACTION)."""

    YES = "yes"
    """Comes, or wants to come and waits for a seat."""
    MAYBE = "maybe"
    """Does not know yet; takes no seat."""
    NO = "no"
    """Does not come."""


class Standing(StrEnum):
    """What a person's answer holds of the event's seats."""

    NONE = "none"
    """No seat, and does not wait for one."""
    CONFIRMED = "confirmed"
    """Seats for the whole party."""
    WAITING = "waiting"
    """On the waitlist."""
    OFFERED = "offered"
    """Seats are kept for the party until it answers."""


RSVPS = Table(
    "rsvps",
    CATALOGUE,
    Column("event_id", BigInteger, ForeignKey("events.id", ondelete="CASCADE"), primary_key=True),
    Column(
        "resident_id",
        BigInteger,
        ForeignKey("residents.id", ondelete="CASCADE"),
        primary_key=True,
    ),
    Column("answer", Choice(Answer), nullable=False),
    Column("standing", Choice(Standing), nullable=False),
    Column("guests", SmallInteger, nullable=False),
    Column("queued_at", UtcDateTime),
    Column("offered_at", UtcDateTime),
    Column("offer_ends_at", UtcDateTime),
    Column("held_until", UtcDateTime),
    Column("sequence", Integer, nullable=False),
    Column("answered_at", UtcDateTime, nullable=False),
    Column("cause", BigInteger),
)
Index("ix_rsvps_resident_id", RSVPS.c.resident_id)
_waiting = RSVPS.c.standing == constant(Standing.WAITING)
Index(
    "ix_rsvps_waiting",
    RSVPS.c.event_id,
    RSVPS.c.queued_at,
    RSVPS.c.resident_id,
    sqlite_where=_waiting,
    postgresql_where=_waiting,
)
# Seats and answers are counted at each answer, without reading the rows themselves.
Index(
    "ix_rsvps_counted",
    RSVPS.c.event_id,
    RSVPS.c.standing,
    RSVPS.c.answer,
    RSVPS.c.held_until,
    RSVPS.c.guests,
)


@dataclass(frozen=True, slots=True)
class Rsvp:
    """One person's answer. `guests` come along, so the party is `guests + 1`.

    `queued_at` orders the waitlist. `offered_at`: when seats were offered, or who waits was told
    that some are free. `offer_ends_at`: until when an offer is kept, None until its message has
    left. `held_until`: seats given up, kept for an undo until then. `sequence` grows with each
    change and names it in dedupe keys; `cause` is the update that made it.
    """

    event_id: EventId
    resident_id: ResidentId
    answer: Answer
    standing: Standing
    guests: int
    queued_at: datetime | None
    offered_at: datetime | None
    offer_ends_at: datetime | None
    held_until: datetime | None
    sequence: int
    answered_at: datetime
    cause: UpdateId | None

    @property
    def party(self) -> int:
        """How many people come, the person included."""
        return self.guests + 1


@dataclass(frozen=True, slots=True)
class Seats:
    """Seats of one event by what takes them; `held` are given up but kept for an undo."""

    confirmed: int
    offered: int
    held: int

    @property
    def taken(self) -> int:
        """Seats that nobody else may have at this instant."""
        return self.confirmed + self.offered + self.held


@dataclass(frozen=True, slots=True)
class Counts:
    """How an event is answered: parties by answer, people for those who come or wait."""

    parties: int
    headcount: int
    maybe: int
    no: int
    waiting: int
    offered: int


@dataclass(frozen=True, slots=True)
class Guest:
    """One line of a roster: a person and their answer."""

    resident: Resident
    rsvp: Rsvp


@dataclass(frozen=True, slots=True)
class Engagement:
    """One line of « my RSVPs »: an event and the person's answer to it."""

    event: Event
    rsvp: Rsvp
