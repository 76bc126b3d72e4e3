"""Owing messages, withdrawing them and forgetting them."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, delete, update
from sqlalchemy.dialects.postgresql import insert

from storage.database import Topic, Writer
from storage.ids import BroadcastId, ChatId, EventId, NoticeId, ResidentId
from storage.outbox.rows import ENDED, OPEN, OUTBOX, PENDING, OutboxState
from storage.statements import Change

_ENQUEUE = Change(
    insert(OUTBOX)
    .values(
        kind=bindparam("kind"),
        dedupe_key=bindparam("dedupe_key"),
        chat_id=bindparam("chat_id"),
        resident_id=bindparam("resident_id"),
        event_id=bindparam("event_id"),
        event_version=bindparam("event_version"),
        broadcast_id=bindparam("broadcast_id"),
        facts=bindparam("facts"),
        lane=bindparam("lane"),
        silent=bindparam("silent"),
        not_before=bindparam("not_before"),
        expires_at=bindparam("expires_at"),
        state=OutboxState.PENDING,
        attempts=0,
    )
    .on_conflict_do_nothing(index_elements=["dedupe_key"])
)
_CANCEL = Change(
    update(OUTBOX)
    .where(
        OUTBOX.c.event_id == bindparam("of_event"),
        OUTBOX.c.kind == bindparam("of_kind"),
        PENDING,
    )
    .values(state=OutboxState.CANCELLED, **ENDED)
)
_CANCEL_KEY = Change(
    update(OUTBOX)
    .where(OUTBOX.c.dedupe_key == bindparam("of_key"), PENDING)
    .values(state=OutboxState.CANCELLED, **ENDED)
)
_CANCEL_BROADCAST = Change(
    update(OUTBOX)
    .where(OUTBOX.c.broadcast_id == bindparam("of_broadcast"), PENDING)
    .values(state=OutboxState.CANCELLED, **ENDED)
)
_SKIP_CHAT = Change(
    update(OUTBOX)
    .where(OUTBOX.c.chat_id == bindparam("of_chat"), OPEN, PENDING)
    .values(state=OutboxState.SKIPPED, **ENDED)
)
_ERASE_CHAT = Change(delete(OUTBOX).where(OUTBOX.c.chat_id == bindparam("of_chat")))
_ERASE_ID = Change(delete(OUTBOX).where(OUTBOX.c.id == bindparam("of_id")))
_MOVE_CHAT = Change(
    update(OUTBOX)
    .where(OUTBOX.c.chat_id == bindparam("of_chat"))
    .values(chat_id=bindparam("to_chat"))
)
_FORGET = Change(delete(OUTBOX).where(~OPEN, OUTBOX.c.finished_at < bindparam("before")))


def enqueue(
    writer: Writer,
    *,
    kind: str,
    dedupe_key: str,
    chat_id: ChatId,
    lane: int,
    not_before: datetime,
    expires_at: datetime | None,
    silent: bool = False,
    resident_id: ResidentId | None = None,
    event_id: EventId | None = None,
    event_version: int | None = None,
    broadcast_id: BroadcastId | None = None,
    facts: Mapping[str, Any] | None = None,
) -> bool:
    """Owe a message; False where the same key was owed before, and nothing changes then."""
    added = writer.change(
        _ENQUEUE,
        kind=kind,
        dedupe_key=dedupe_key,
        chat_id=chat_id,
        resident_id=resident_id,
        event_id=event_id,
        event_version=event_version,
        broadcast_id=broadcast_id,
        facts=facts or {},
        lane=lane,
        silent=silent,
        not_before=not_before,
        expires_at=expires_at,
    )
    writer.announce(Topic.OUTBOX)
    return added == 1


def cancel(writer: Writer, *, event_id: EventId, kind: str, now: datetime) -> int:
    """Withdraw an event's messages of a kind that have not left; gives how many."""
    return writer.change(_CANCEL, of_event=event_id, of_kind=kind, now=now)


def cancel_key(writer: Writer, dedupe_key: str, *, now: datetime) -> bool:
    """Withdraw one message; False where it has left or was never owed."""
    return writer.change(_CANCEL_KEY, of_key=dedupe_key, now=now) == 1


def cancel_broadcast(writer: Writer, broadcast_id: BroadcastId, *, now: datetime) -> int:
    """Withdraw what a broadcast has not sent yet; gives how many."""
    return writer.change(_CANCEL_BROADCAST, of_broadcast=broadcast_id, now=now)


def skip_chat(writer: Writer, chat_id: ChatId, *, now: datetime) -> int:
    """Skip all that a chat is owed; gives how many."""
    return writer.change(_SKIP_CHAT, of_chat=chat_id, now=now)


def erase(writer: Writer, notice_id: NoticeId) -> None:
    """Delete one message, its key included."""
    writer.change(_ERASE_ID, of_id=notice_id)


def erase_chat(writer: Writer, chat_id: ChatId) -> int:
    """Delete all that a chat was ever owed; gives how many."""
    return writer.change(_ERASE_CHAT, of_chat=chat_id)


def move_chat(writer: Writer, chat_id: ChatId, *, to: ChatId) -> None:
    """Follow a group that has become a supergroup."""
    writer.change(_MOVE_CHAT, of_chat=chat_id, to_chat=to)


def forget(writer: Writer, *, before: datetime) -> int:
    """Delete the messages that ended before an instant; gives how many."""
    return writer.change(_FORGET, before=before)
