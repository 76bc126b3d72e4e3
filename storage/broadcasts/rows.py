"""The table of broadcasts, and what is read from it."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy import BigInteger, Column, ForeignKey, Table

from storage.columns import CATALOGUE, Choice, RowId, UtcDateTime
from storage.ids import BroadcastId, CommissionId, EventId, ResidentId, UpdateId


class Audience(StrEnum):
    """Who is written to."""

    EVERYONE = "everyone"
    """All residents."""
    COMMISSION = "commission"
    """The members of one commission."""
    SILENT = "silent"
    """Those who were told of the event and have not answered."""


class BroadcastStatus(StrEnum):
    """How far a broadcast has come."""

    DRAFT = "draft"
    """Its officer looks at the preview."""
    HELD = "held"
    """Will leave at `leaves_at`; may still be taken back."""
    SENDING = "sending"
    """The audience is frozen and the messages are leaving."""
    SENT = "sent"
    """Every message has ended one way or the other."""
    CANCELLED = "cancelled"
    """Taken back or stopped."""


BROADCASTS = Table(
    "broadcasts",
    CATALOGUE,
    Column("id", RowId, primary_key=True),
    Column("status", Choice(BroadcastStatus), nullable=False),
    Column("author_id", BigInteger, ForeignKey("residents.id", ondelete="SET NULL")),
    Column(
        "event_id",
        BigInteger,
        ForeignKey("events.id", ondelete="CASCADE"),
        nullable=False,
        index=True,
    ),
    Column("audience", Choice(Audience), nullable=False),
    Column("commission_id", BigInteger, ForeignKey("commissions.id", ondelete="CASCADE")),
    Column("leaves_at", UtcDateTime),
    Column("started_at", UtcDateTime),
    Column("finished_at", UtcDateTime),
    Column("cause", BigInteger, unique=True),
    sqlite_autoincrement=True,
)


@dataclass(frozen=True, slots=True)
class Broadcast:
    """An event told to an audience. `commission_id` is set for Audience.COMMISSION only."""

    id: BroadcastId
    status: BroadcastStatus
    author_id: ResidentId | None
    event_id: EventId
    audience: Audience
    commission_id: CommissionId | None
    leaves_at: datetime | None
    started_at: datetime | None
    finished_at: datetime | None
    cause: UpdateId | None


@dataclass(frozen=True, slots=True)
class Reach:
    """How many people an audience holds, and how many of them a message may reach."""

    people: int
    reachable: int
