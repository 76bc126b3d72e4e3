"""Updates received from Telegram, kept before they are confirmed to it and until they are handled.

A row that is done keeps its update_id alone, so that the same update is known when it comes again:
after an idle week update_id may go down (https://core.telegram.org/bots/api#update), so an update
is known by membership, never by being lower than the last one.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy import (
    BigInteger,
    Column,
    Index,
    Integer,
    SmallInteger,
    Table,
    Text,
    bindparam,
    delete,
    func,
    select,
    update,
)
from sqlalchemy.dialects.postgresql import insert

from storage import bookmarks
from storage.columns import CATALOGUE, Choice, UtcDateTime, constant
from storage.database import Reader, Writer
from storage.ids import ChatId, UpdateId
from storage.statements import Change, Look, Returning

A_PAGE = 500
"""Rows read at once, so that many that wait are never all in memory."""
OFFSET = "poll_offset"
"""The bookmark of the first update that Telegram has not been told is received."""


class InboxState(StrEnum):
    """Where an update stands."""

    NEW = "new"
    """Kept; its handler has not finished."""
    DONE = "done"
    """Handled; only its id is left."""
    DEAD = "dead"
    """Its handler failed every time; given up, its content erased."""


INBOX = Table(
    "inbox",
    CATALOGUE,
    Column("update_id", BigInteger, primary_key=True, autoincrement=False),
    Column("chat_id", BigInteger),
    Column("payload", Text, nullable=False),
    Column("received_at", UtcDateTime, nullable=False),
    Column("state", Choice(InboxState), nullable=False),
    Column("tries", SmallInteger, nullable=False),
)
_new = INBOX.c.state == constant(InboxState.NEW)
Index("ix_inbox_new", INBOX.c.update_id, sqlite_where=_new, postgresql_where=_new)
Index("ix_inbox_received_at", INBOX.c.received_at)


@dataclass(frozen=True, slots=True)
class Received:
    """An update as Telegram wrote it (JSON text) and the chat whose order it belongs to."""

    update_id: UpdateId
    chat_id: ChatId | None
    payload: str


@dataclass(frozen=True, slots=True)
class InboxRow:
    """A kept update; `tries` counts the handlings that failed."""

    update_id: UpdateId
    chat_id: ChatId | None
    payload: str
    received_at: datetime
    state: InboxState
    tries: int


_ADD = Returning(
    insert(INBOX)
    .values(
        update_id=bindparam("update_id"),
        chat_id=bindparam("chat_id"),
        payload=bindparam("payload"),
        received_at=bindparam("received_at"),
        state=InboxState.NEW,
        tries=0,
    )
    .on_conflict_do_nothing(index_elements=["update_id"])
    .returning(*INBOX.c),
    InboxRow,
)
_UNDONE = Look(
    select(INBOX)
    .where(_new, INBOX.c.update_id > bindparam("after_id"))
    .order_by(INBOX.c.update_id)
    .limit(bindparam("most", type_=Integer)),
    InboxRow,
)
_FIND = Look(select(INBOX).where(INBOX.c.update_id == bindparam("of_id")), InboxRow)
_OF_CHAT = Look(
    select(INBOX).where(_new, INBOX.c.chat_id == bindparam("of_chat")).order_by(INBOX.c.update_id),
    InboxRow,
)
_FINISH = Change(
    update(INBOX)
    .where(INBOX.c.update_id == bindparam("of_id"))
    .values(state=bindparam("to_state"), chat_id=None, payload="")
)
_TRIED = Change(
    update(INBOX).where(INBOX.c.update_id == bindparam("of_id")).values(tries=INBOX.c.tries + 1)
)
_ERASE_CHAT = Change(
    update(INBOX)
    .where(_new, INBOX.c.chat_id == bindparam("of_chat"), INBOX.c.update_id != bindparam("but_id"))
    .values(state=InboxState.DONE, chat_id=None, payload="")
)
_FORGET = Change(
    delete(INBOX).where(
        INBOX.c.state != constant(InboxState.NEW), INBOX.c.received_at < bindparam("before")
    )
)
_COUNT_NEW = Look(select(func.count()).where(_new), int)


def add(
    writer: Writer, received: Sequence[Received], *, now: datetime, offset: int | None = None
) -> list[InboxRow]:
    """Keep a batch and the offset to poll from next; gives the rows that were not there already."""
    kept = [
        row
        for one in received
        for row in writer.returned(
            _ADD,
            update_id=one.update_id,
            chat_id=one.chat_id,
            payload=one.payload,
            received_at=now,
        )
    ]
    if offset is not None:
        bookmarks.put(writer, OFFSET, offset)
    return kept


def poll_offset(reader: Reader) -> int | None:
    """Find the offset to poll from, None before the first batch."""
    return bookmarks.find(reader, OFFSET)


def undone(reader: Reader, *, after: UpdateId | None = None, most: int = A_PAGE) -> list[InboxRow]:
    """List a page of the updates whose handling has not finished, in their order.

    `after` is the last of the page before; ids count up from 0
    (https://core.telegram.org/bots/api#update).
    """
    return reader.all(_UNDONE, after_id=-1 if after is None else after, most=most)


def find(reader: Reader, update_id: UpdateId) -> InboxRow | None:
    """Find an update, or None."""
    return reader.first(_FIND, of_id=update_id)


def of_chat(reader: Reader, chat_id: ChatId) -> list[InboxRow]:
    """List a chat's updates whose handling has not finished, in their order."""
    return reader.all(_OF_CHAT, of_chat=chat_id)


def count_new(reader: Reader) -> int:
    """Count the updates whose handling has not finished."""
    return reader.one(_COUNT_NEW)


def mark_done(writer: Writer, update_id: UpdateId) -> None:
    """Note that an update is handled, and erase all of it but its id."""
    writer.change(_FINISH, of_id=update_id, to_state=InboxState.DONE)


def mark_dead(writer: Writer, update_id: UpdateId) -> None:
    """Give an update up, and erase all of it but its id."""
    writer.change(_FINISH, of_id=update_id, to_state=InboxState.DEAD)


def mark_tried(writer: Writer, update_id: UpdateId) -> None:
    """Count one failed handling."""
    writer.change(_TRIED, of_id=update_id)


def erase_chat(writer: Writer, chat_id: ChatId, *, but: UpdateId) -> None:
    """Erase what waits from a chat, except the update that is being handled."""
    writer.change(_ERASE_CHAT, of_chat=chat_id, but_id=but)


def forget(writer: Writer, *, before: datetime) -> int:
    """Delete the finished rows received before an instant; gives how many."""
    return writer.change(_FORGET, before=before)
