"""What the bot last asked a chat, so that the next text there is read as its answer.

An update that is handled again after a crash, or because its answer did not reach Telegram, must be
read as it was at first (F05). So the question that it answered stands for that one update on.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import BigInteger, Column, String, Table, bindparam, delete, select
from sqlalchemy.dialects.postgresql import insert

from storage.columns import CATALOGUE, Facts, UtcDateTime
from storage.database import Reader, Writer
from storage.ids import ChatId, UpdateId
from storage.statements import Change, Look

PROMPTS = Table(
    "prompts",
    CATALOGUE,
    Column("chat_id", BigInteger, primary_key=True, autoincrement=False),
    Column("kind", String(32), nullable=False),
    Column("facts", Facts, nullable=False),
    Column("expires_at", UtcDateTime, nullable=False),
    Column("cause", BigInteger),
    Column("before", Facts),
)
NOTHING = ""
"""The kind of what is asked where the last question is answered."""


@dataclass(frozen=True, slots=True)
class Prompt:
    """A question of `kind` about the rows named in `facts`, void after `expires_at`."""

    chat_id: ChatId
    kind: str
    facts: Mapping[str, Any]
    expires_at: datetime


@dataclass(frozen=True, slots=True)
class Question:
    """A question, the update that made it stand, and what that update itself answered."""

    chat_id: ChatId
    kind: str
    facts: Mapping[str, Any]
    expires_at: datetime
    cause: UpdateId | None
    before: Mapping[str, Any] | None


_add = insert(PROMPTS).values({column.name: bindparam(column.name) for column in PROMPTS.c})
_PUT = Change(
    _add.on_conflict_do_update(
        index_elements=["chat_id"],
        set_={
            name: _add.excluded[name] for name in ("kind", "facts", "expires_at", "cause", "before")
        },
    )
)
_FIND = Look(
    select(PROMPTS).where(
        PROMPTS.c.chat_id == bindparam("of_chat"), PROMPTS.c.expires_at > bindparam("now")
    ),
    Question,
)
_OF_CHAT = Look(select(PROMPTS).where(PROMPTS.c.chat_id == bindparam("of_chat")), Question)
_CLEAR = Change(delete(PROMPTS).where(PROMPTS.c.chat_id == bindparam("of_chat")))
_FORGET = Change(delete(PROMPTS).where(PROMPTS.c.expires_at <= bindparam("now")))


def put(
    writer: Writer,
    chat_id: ChatId,
    *,
    kind: str,
    facts: Mapping[str, Any],
    expires_at: datetime,
    cause: UpdateId | None = None,
    before: Prompt | None = None,
) -> None:
    """Note what a chat is asked, in place of what it was asked before.

    `cause` is the update that leads to it, and `before` the question that this update met.
    """
    writer.change(
        _PUT,
        chat_id=chat_id,
        kind=kind,
        facts=facts,
        expires_at=expires_at,
        cause=cause,
        before={"kind": before.kind, "facts": before.facts} if before is not None else None,
    )


def answer(writer: Writer, prompt: Prompt, *, cause: UpdateId) -> None:
    """Note that an update has answered a question, which then stands for that update alone."""
    put(
        writer,
        prompt.chat_id,
        kind=NOTHING,
        facts={},
        expires_at=prompt.expires_at,
        cause=cause,
        before=prompt,
    )


def find(
    reader: Reader, chat_id: ChatId, *, now: datetime, cause: UpdateId | None = None
) -> Prompt | None:
    """Find what a chat is asked, or None; for an update that comes again, what it met at first."""
    row = reader.first(_FIND, of_chat=chat_id, now=now)
    if row is None:
        return None
    if cause is not None and row.cause == cause:
        return Prompt(chat_id, expires_at=row.expires_at, **row.before) if row.before else None
    is_asked = row.kind != NOTHING
    return Prompt(chat_id, row.kind, row.facts, row.expires_at) if is_asked else None


def of_chat(reader: Reader, chat_id: ChatId) -> list[Question]:
    """List what is kept of a chat's questions, void ones too: one at most."""
    return reader.all(_OF_CHAT, of_chat=chat_id)


def clear(writer: Writer, chat_id: ChatId) -> None:
    """Forget what a chat was asked; nothing happens where nothing was."""
    writer.change(_CLEAR, of_chat=chat_id)


def forget(writer: Writer, *, now: datetime) -> int:
    """Delete the questions that are void; gives how many."""
    return writer.change(_FORGET, now=now)
