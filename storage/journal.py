"""The audit journal: who did what to which row, and when; never a name, never what was written."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import BigInteger, Column, String, Table, bindparam, insert, select, update

from storage.columns import CATALOGUE, RowId, UtcDateTime
from storage.database import Reader, Writer
from storage.ids import ResidentId
from storage.statements import Change, Look

JOURNAL = Table(
    "journal",
    CATALOGUE,
    Column("id", RowId, primary_key=True),
    Column("at", UtcDateTime, nullable=False),
    Column("actor_id", BigInteger),
    Column("verb", String(24), nullable=False),
    Column("noun", String(24), nullable=False),
    Column("noun_id", BigInteger),
)


@dataclass(frozen=True, slots=True)
class Entry:
    """At `at`, resident `actor_id` (None: the bot or the operator) did `verb` to `noun`."""

    id: int
    at: datetime
    actor_id: ResidentId | None
    verb: str
    noun: str
    noun_id: int | None


_ADD = Change(
    insert(JOURNAL).values(
        at=bindparam("at"),
        actor_id=bindparam("actor_id"),
        verb=bindparam("verb"),
        noun=bindparam("noun"),
        noun_id=bindparam("noun_id"),
    )
)
_OF_NOUN = Look(
    select(JOURNAL).where(JOURNAL.c.noun == bindparam("noun")).order_by(JOURNAL.c.id), Entry
)


_of_actor = JOURNAL.c.actor_id == bindparam("of_actor")
_about_actor = (JOURNAL.c.noun == "resident") & (JOURNAL.c.noun_id == bindparam("of_actor"))
_OF_ACTOR = Look(select(JOURNAL).where(_of_actor | _about_actor).order_by(JOURNAL.c.id), Entry)
_ERASE_ACTOR = Change(update(JOURNAL).where(_of_actor).values(actor_id=None))
_ERASE_SUBJECT = Change(update(JOURNAL).where(_about_actor).values(noun_id=None))


def add(
    writer: Writer,
    *,
    at: datetime,
    actor_id: ResidentId | None,
    verb: str,
    noun: str,
    noun_id: int | None = None,
) -> None:
    """Add a line."""
    writer.change(_ADD, at=at, actor_id=actor_id, verb=verb, noun=noun, noun_id=noun_id)


def of_actor(reader: Reader, resident_id: ResidentId) -> list[Entry]:
    """List what a person did, and what was done to them, oldest first."""
    return reader.all(_OF_ACTOR, of_actor=resident_id)


def erase_actor(writer: Writer, resident_id: ResidentId) -> None:
    """Forget who did what a person did, and to whom what was done to them."""
    writer.change(_ERASE_ACTOR, of_actor=resident_id)
    writer.change(_ERASE_SUBJECT, of_actor=resident_id)


def of_noun(reader: Reader, noun: str) -> list[Entry]:
    """List a noun's lines, oldest first."""
    return reader.all(_OF_NOUN, noun=noun)
