"""What the bot last asked a chat, so that the next text there is read as its answer."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import BigInteger, Column, String, Table, bindparam, delete, select
from sqlalchemy.dialects.postgresql import insert

from storage.columns import CATALOGUE, Facts, UtcDateTime
from storage.database import Reader, Writer
from storage.ids import ChatId
from storage.statements import Change, Look

PROMPTS = Table(
    "prompts",
    CATALOGUE,
    Column("chat_id", BigInteger, primary_key=True, autoincrement=False),
    Column("kind", String(32), nullable=False),
    Column("facts", Facts, nullable=False),
    Column("expires_at", UtcDateTime, nullable=False),
)


@dataclass(frozen=True, slots=True)
class Prompt:
    """A question of `kind` about the rows named in `facts`, void after `expires_at`."""

    chat_id: ChatId
    kind: str
    facts: Mapping[str, Any]
    expires_at: datetime


_add = insert(PROMPTS).values(
    chat_id=bindparam("chat_id"),
    kind=bindparam("kind"),
    facts=bindparam("facts"),
    expires_at=bindparam("expires_at"),
)
_PUT = Change(
    _add.on_conflict_do_update(
        index_elements=["chat_id"],
        set_={
            "kind": _add.excluded.kind,
            "facts": _add.excluded.facts,
            "expires_at": _add.excluded.expires_at,
        },
    )
)
_FIND = Look(
    select(PROMPTS).where(
        PROMPTS.c.chat_id == bindparam("of_chat"), PROMPTS.c.expires_at > bindparam("now")
    ),
    Prompt,
)
_CLEAR = Change(delete(PROMPTS).where(PROMPTS.c.chat_id == bindparam("of_chat")))
_FORGET = Change(delete(PROMPTS).where(PROMPTS.c.expires_at <= bindparam("now")))


def put(
    writer: Writer,
    chat_id: ChatId,
    *,
    kind: str,
    facts: Mapping[str, Any],
    expires_at: datetime,
) -> None:
    """Note what a chat is asked, in place of what it was asked before."""
    writer.change(_PUT, chat_id=chat_id, kind=kind, facts=facts, expires_at=expires_at)


def find(reader: Reader, chat_id: ChatId, *, now: datetime) -> Prompt | None:
    """Find what a chat is asked, or None."""
    return reader.first(_FIND, of_chat=chat_id, now=now)


def clear(writer: Writer, chat_id: ChatId) -> None:
    """Forget what a chat was asked; nothing happens where nothing was."""
    writer.change(_CLEAR, of_chat=chat_id)


def forget(writer: Writer, *, now: datetime) -> int:
    """Delete the questions that are void; gives how many."""
    return writer.change(_FORGET, now=now)
