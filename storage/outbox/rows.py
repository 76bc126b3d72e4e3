"""The table of messages owed, and one message read from it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Index,
    Integer,
    SmallInteger,
    String,
    Table,
    bindparam,
    literal,
)

from storage.columns import CATALOGUE, Choice, Facts, RowId, UtcDateTime, constant
from storage.ids import BroadcastId, ChatId, EventId, MessageId, NoticeId, ResidentId


class OutboxState(StrEnum):
    """Where a message stands."""

    PENDING = "pending"
    """Owed; leaves when its time has come."""
    SENDING = "sending"
    """Claimed: a request may be under way."""
    SENT = "sent"
    """Telegram has it."""
    FAILED = "failed"
    """Telegram refuses it, whatever we do."""
    EXPIRED = "expired"
    """Too late to be of use."""
    CANCELLED = "cancelled"
    """No longer true before it left."""
    SKIPPED = "skipped"
    """Its reader cannot or does not want to be reached."""
    UNCERTAIN = "uncertain"
    """Perhaps received, perhaps not; not sent again by itself."""


OUTBOX = Table(
    "outbox",
    CATALOGUE,
    Column("id", RowId, primary_key=True),
    Column("kind", String(24), nullable=False),
    Column("dedupe_key", String(200), nullable=False, unique=True),
    Column("chat_id", BigInteger, nullable=False),
    Column("resident_id", BigInteger),
    Column("event_id", BigInteger),
    Column("event_version", Integer),
    Column("broadcast_id", BigInteger),
    Column("facts", Facts, nullable=False),
    Column("lane", SmallInteger, nullable=False),
    Column("silent", Boolean, nullable=False),
    Column("not_before", UtcDateTime, nullable=False),
    Column("expires_at", UtcDateTime),
    Column("state", Choice(OutboxState), nullable=False),
    Column("attempts", SmallInteger, nullable=False),
    Column("claimed_at", UtcDateTime),
    Column("finished_at", UtcDateTime),
    Column("message_id", BigInteger),
)
PENDING = OUTBOX.c.state == constant(OutboxState.PENDING)
SENDING = OUTBOX.c.state == constant(OutboxState.SENDING)
OPEN_STATES = [constant(OutboxState.PENDING), constant(OutboxState.SENDING)]
OPEN = OUTBOX.c.state.in_(OPEN_STATES)
Index(
    "ix_outbox_due",
    OUTBOX.c.lane,
    OUTBOX.c.not_before,
    OUTBOX.c.id,
    sqlite_where=PENDING,
    postgresql_where=PENDING,
)
Index("ix_outbox_open", OUTBOX.c.chat_id, OUTBOX.c.id, sqlite_where=OPEN, postgresql_where=OPEN)
Index("ix_outbox_sending", OUTBOX.c.id, sqlite_where=SENDING, postgresql_where=SENDING)
Index("ix_outbox_event", OUTBOX.c.event_id)
Index("ix_outbox_broadcast", OUTBOX.c.broadcast_id, OUTBOX.c.state)
Index("ix_outbox_chat_id", OUTBOX.c.chat_id)
Index("ix_outbox_resident", OUTBOX.c.resident_id)


@dataclass(frozen=True, slots=True)
class Notice:
    """One message owed to a chat. `facts` holds plain values; rows are named by their ids."""

    id: NoticeId
    kind: str
    dedupe_key: str
    chat_id: ChatId
    resident_id: ResidentId | None
    event_id: EventId | None
    event_version: int | None
    broadcast_id: BroadcastId | None
    facts: Mapping[str, Any]
    lane: int
    silent: bool
    not_before: datetime
    expires_at: datetime | None
    state: OutboxState
    attempts: int
    claimed_at: datetime | None
    finished_at: datetime | None
    message_id: MessageId | None


ENDED = {"finished_at": bindparam("now"), "facts": literal({}, Facts)}
"""What every end writes: when, and no facts any more (reliability.md §1.1)."""
