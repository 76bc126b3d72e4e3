"""Links that open something once or for a while: on posters, for officers, for groups.

A link's code is random and only its hash is kept, so a stolen database opens nothing (F58); what
it opens is a row here, never written in the code.
"""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy import (
    BigInteger,
    Column,
    Integer,
    LargeBinary,
    Table,
    bindparam,
    delete,
    insert,
    select,
    update,
)

from storage.columns import CATALOGUE, Choice, UtcDateTime
from storage.database import Reader, Writer
from storage.ids import ResidentId
from storage.statements import Change, Look


class Purpose(StrEnum):
    """What a link opens."""

    EVENT = "event"
    """An event's card."""
    COMMISSION = "commission"
    """A commission to join."""
    OFFICER = "officer"
    """The officers' team."""
    GROUP = "group"
    """Typed in a group: links that group to a commission."""


LINKS = Table(
    "links",
    CATALOGUE,
    Column("code_hash", LargeBinary, primary_key=True),
    Column("purpose", Choice(Purpose), nullable=False),
    Column("target_id", BigInteger),
    Column("created_by", BigInteger),
    Column("expires_at", UtcDateTime, nullable=False),
    Column("uses_left", Integer),
)


@dataclass(frozen=True, slots=True)
class Link:
    """What a code opens: `target_id` is of the purpose's noun; `uses_left` None means any number.

    `created_by` is None for a link printed by the operator's command line.
    """

    code_hash: bytes
    purpose: Purpose
    target_id: int | None
    created_by: ResidentId | None
    expires_at: datetime
    uses_left: int | None


_ADD = Change(insert(LINKS).values({column.name: bindparam(column.name) for column in LINKS.c}))
_FIND = Look(
    select(LINKS).where(
        LINKS.c.code_hash == bindparam("of_hash"),
        LINKS.c.expires_at > bindparam("now"),
        LINKS.c.uses_left.is_(None) | (LINKS.c.uses_left > 0),
    ),
    Link,
)
_IS_OPEN = Look(
    select(LINKS.c.purpose).where(
        LINKS.c.purpose == bindparam("of_purpose"),
        LINKS.c.expires_at > bindparam("now"),
        LINKS.c.uses_left.is_(None) | (LINKS.c.uses_left > 0),
    ),
    Purpose,
)
_USE = Change(
    update(LINKS)
    .where(LINKS.c.code_hash == bindparam("of_hash"), LINKS.c.uses_left > 0)
    .values(uses_left=LINKS.c.uses_left - 1)
)
_OF_AUTHOR = Look(select(LINKS).where(LINKS.c.created_by == bindparam("author_id")), Link)
_ERASE_AUTHOR = Change(
    update(LINKS).where(LINKS.c.created_by == bindparam("author_id")).values(created_by=None)
)
_FORGET = Change(delete(LINKS).where(LINKS.c.expires_at <= bindparam("now")))


def add(writer: Writer, link: Link) -> None:
    """Keep a link."""
    writer.change(
        _ADD,
        code_hash=link.code_hash,
        purpose=link.purpose,
        target_id=link.target_id,
        created_by=link.created_by,
        expires_at=link.expires_at,
        uses_left=link.uses_left,
    )


def find(reader: Reader, code_hash: bytes, *, now: datetime) -> Link | None:
    """Find a link that still opens something, or None: unknown, used up and expired look alike."""
    return reader.first(_FIND, of_hash=code_hash, now=now)


def is_open(reader: Reader, purpose: Purpose, *, now: datetime) -> bool:
    """Whether any link of a purpose still opens something."""
    return reader.first(_IS_OPEN, of_purpose=purpose, now=now) is not None


def use(writer: Writer, code_hash: bytes) -> None:
    """Count one use of a link that may be used a number of times."""
    writer.change(_USE, of_hash=code_hash)


def of_author(reader: Reader, resident_id: ResidentId) -> list[Link]:
    """List the links that a person made, in no order."""
    return reader.all(_OF_AUTHOR, author_id=resident_id)


def erase_author(writer: Writer, resident_id: ResidentId) -> None:
    """Forget who made the links of a person."""
    writer.change(_ERASE_AUTHOR, author_id=resident_id)


def forget(writer: Writer, *, now: datetime) -> int:
    """Delete the expired links; gives how many."""
    return writer.change(_FORGET, now=now)
