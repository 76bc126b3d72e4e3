"""The bot's own messages that show something which may change, and must be edited when it does.

An edit is level-triggered: a card wants version n and shows version m; whoever edits it shows the
present truth and writes n down. Edits that come faster than Telegram allows so become one (K3).
"""

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
    bindparam,
    delete,
    select,
    update,
)
from sqlalchemy.dialects.postgresql import insert

from storage.columns import CATALOGUE, Choice, UtcDateTime
from storage.database import Reader, Topic, Writer
from storage.ids import ChatId, MessageId
from storage.statements import Change, Look


class CardKind(StrEnum):
    """What a card shows."""

    EVENT = "event"
    """An event, to one person, with their own answer."""
    GROUP = "group"
    """An event in a group: counts, never names."""
    BROADCAST = "broadcast"
    """How far a broadcast has come, to the officer who sends it."""


CARDS = Table(
    "cards",
    CATALOGUE,
    Column("chat_id", BigInteger, primary_key=True, autoincrement=False),
    Column("message_id", BigInteger, primary_key=True, autoincrement=False),
    Column("kind", Choice(CardKind), nullable=False),
    Column("subject_id", BigInteger, nullable=False),
    Column("wanted", Integer, nullable=False),
    Column("shown", Integer, nullable=False),
    Column("not_before", UtcDateTime, nullable=False),
    Column("attempts", SmallInteger, nullable=False),
)
Index("ix_cards_subject", CARDS.c.kind, CARDS.c.subject_id, CARDS.c.chat_id)
_stale = CARDS.c.wanted > CARDS.c.shown
Index("ix_cards_stale", CARDS.c.not_before, sqlite_where=_stale, postgresql_where=_stale)


@dataclass(frozen=True, slots=True)
class Card:
    """Message `message_id` of `chat_id` shows the event or broadcast `subject_id`."""

    chat_id: ChatId
    message_id: MessageId
    kind: CardKind
    subject_id: int
    wanted: int
    shown: int
    not_before: datetime
    attempts: int


_one = (CARDS.c.chat_id == bindparam("of_chat"), CARDS.c.message_id == bindparam("of_message"))
_add = insert(CARDS).values(
    chat_id=bindparam("chat_id"),
    message_id=bindparam("message_id"),
    kind=bindparam("kind"),
    subject_id=bindparam("subject_id"),
    wanted=0,
    shown=0,
    not_before=bindparam("not_before"),
    attempts=0,
)
_PUT = Change(
    _add.on_conflict_do_update(
        index_elements=["chat_id", "message_id"],
        set_={"kind": _add.excluded.kind, "subject_id": _add.excluded.subject_id},
    )
)
_FIND = Look(select(CARDS).where(*_one), Card)
_OF_SUBJECT = Look(
    select(CARDS).where(
        CARDS.c.kind == bindparam("of_kind"), CARDS.c.subject_id == bindparam("of_subject")
    ),
    Card,
)
_OF_CHAT = Look(select(CARDS).where(CARDS.c.chat_id == bindparam("of_chat")), Card)
_REMOVE = Change(delete(CARDS).where(*_one))
_REFRESH = Change(
    update(CARDS)
    .where(CARDS.c.kind == bindparam("of_kind"), CARDS.c.subject_id == bindparam("of_subject"))
    .values(wanted=CARDS.c.wanted + 1)
)
_REFRESH_IN_CHAT = Change(
    update(CARDS)
    .where(
        CARDS.c.kind == bindparam("of_kind"),
        CARDS.c.subject_id == bindparam("of_subject"),
        CARDS.c.chat_id == bindparam("of_chat"),
        CARDS.c.message_id != bindparam("besides"),
    )
    .values(wanted=CARDS.c.wanted + 1)
)
_REFRESH_ONE = Change(update(CARDS).where(*_one).values(wanted=CARDS.c.wanted + 1))
_STALE = Look(
    select(CARDS)
    .where(_stale, CARDS.c.not_before <= bindparam("now"))
    .order_by(CARDS.c.not_before)
    .limit(bindparam("most", type_=Integer)),
    Card,
)
_NEXT = Look(
    select(CARDS.c.not_before).where(_stale).order_by(CARDS.c.not_before).limit(1),
    lambda instant: instant,
)
_SHOWN = Change(
    update(CARDS)
    .where(*_one, CARDS.c.shown < bindparam("version"))
    .values(shown=bindparam("version"), attempts=0)
)
_POSTPONE = Change(
    update(CARDS).where(*_one).values(not_before=bindparam("until"), attempts=CARDS.c.attempts + 1)
)
_ERASE_CHAT = Change(delete(CARDS).where(CARDS.c.chat_id == bindparam("of_chat")))


def put(
    writer: Writer,
    chat_id: ChatId,
    message_id: MessageId,
    *,
    kind: CardKind,
    subject_id: int,
    now: datetime,
) -> None:
    """Note what a message shows, in place of what it showed before."""
    writer.change(
        _PUT,
        chat_id=chat_id,
        message_id=message_id,
        kind=kind,
        subject_id=subject_id,
        not_before=now,
    )


def find(reader: Reader, chat_id: ChatId, message_id: MessageId) -> Card | None:
    """Find what a message shows, or None."""
    return reader.first(_FIND, of_chat=chat_id, of_message=message_id)


def of_subject(reader: Reader, kind: CardKind, subject_id: int) -> list[Card]:
    """List the messages that show an event or a broadcast, in no order."""
    return reader.all(_OF_SUBJECT, of_kind=kind, of_subject=subject_id)


def of_chat(reader: Reader, chat_id: ChatId) -> list[Card]:
    """List the messages of a chat that show something, in no order."""
    return reader.all(_OF_CHAT, of_chat=chat_id)


def remove(writer: Writer, chat_id: ChatId, message_id: MessageId) -> None:
    """Forget that a message shows anything."""
    writer.change(_REMOVE, of_chat=chat_id, of_message=message_id)


def refresh(writer: Writer, kind: CardKind, subject_id: int) -> None:
    """Have every card of a subject show its present state."""
    if writer.change(_REFRESH, of_kind=kind, of_subject=subject_id):
        writer.announce(Topic.CARDS)


def refresh_in_chat(
    writer: Writer,
    kind: CardKind,
    subject_id: int,
    chat_id: ChatId,
    *,
    besides: MessageId | None,
) -> None:
    """Have every card of a subject in one chat show its present state, but for one."""
    found = writer.change(
        _REFRESH_IN_CHAT,
        of_kind=kind,
        of_subject=subject_id,
        of_chat=chat_id,
        besides=besides or 0,
    )
    if found:
        writer.announce(Topic.CARDS)


def refresh_one(writer: Writer, chat_id: ChatId, message_id: MessageId) -> None:
    """Have one card show its subject's present state."""
    if writer.change(_REFRESH_ONE, of_chat=chat_id, of_message=message_id):
        writer.announce(Topic.CARDS)


def stale(reader: Reader, *, now: datetime, most: int) -> list[Card]:
    """List cards to edit now, those that have waited longest first."""
    return reader.all(_STALE, now=now, most=most)


def next_at(reader: Reader) -> datetime | None:
    """Find when the next stale card may be edited; None when none is stale."""
    return reader.first(_NEXT)


def mark_shown(writer: Writer, card: Card) -> None:
    """Note that a card shows the version that it wanted when it was looked up."""
    writer.change(_SHOWN, of_chat=card.chat_id, of_message=card.message_id, version=card.wanted)


def postpone(writer: Writer, card: Card, *, until: datetime) -> None:
    """Try a card again at an instant."""
    writer.change(_POSTPONE, of_chat=card.chat_id, of_message=card.message_id, until=until)


def erase_chat(writer: Writer, chat_id: ChatId) -> None:
    """Forget the cards of a chat."""
    writer.change(_ERASE_CHAT, of_chat=chat_id)
