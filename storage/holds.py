"""Silences that Telegram has asked for (429), kept so that a restart does not break them.

`EVERYONE` (0, never a chat's id) stands for the bulk lanes as a whole.
"""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import BigInteger, Column, Table, bindparam, delete, select
from sqlalchemy.dialects.postgresql import insert

from storage.columns import CATALOGUE, UtcDateTime
from storage.database import Reader, Writer
from storage.ids import ChatId
from storage.statements import Change, Look

EVERYONE = ChatId(0)

HOLDS = Table(
    "holds",
    CATALOGUE,
    Column("chat_id", BigInteger, primary_key=True, autoincrement=False),
    Column("until", UtcDateTime, nullable=False),
)


@dataclass(frozen=True, slots=True)
class Hold:
    """Nothing may be sent to `chat_id` before `until`."""

    chat_id: ChatId
    until: datetime


_add = insert(HOLDS).values(chat_id=bindparam("chat_id"), until=bindparam("until"))
_PUT = Change(
    _add.on_conflict_do_update(index_elements=["chat_id"], set_={"until": _add.excluded.until})
)
_FIND = Look(select(HOLDS).where(HOLDS.c.chat_id == bindparam("of_chat")), Hold)
_RUNNING = Look(select(HOLDS).where(HOLDS.c.until > bindparam("now")), Hold)
_REMOVE = Change(delete(HOLDS).where(HOLDS.c.chat_id == bindparam("of_chat")))
_FORGET = Change(delete(HOLDS).where(HOLDS.c.until <= bindparam("now")))


def put(writer: Writer, chat_id: ChatId, *, until: datetime) -> None:
    """Keep a silence, in place of an earlier one of the same chat."""
    writer.change(_PUT, chat_id=chat_id, until=until)


def find(reader: Reader, chat_id: ChatId) -> Hold | None:
    """Find the last silence of a chat, over or not, or None."""
    return reader.first(_FIND, of_chat=chat_id)


def remove(writer: Writer, chat_id: ChatId) -> None:
    """Forget a chat's silence."""
    writer.change(_REMOVE, of_chat=chat_id)


def running(reader: Reader, *, now: datetime) -> list[Hold]:
    """List the silences that are not over, in no order."""
    return reader.all(_RUNNING, now=now)


def forget(writer: Writer, *, now: datetime) -> int:
    """Delete the silences that are over; gives how many."""
    return writer.change(_FORGET, now=now)
