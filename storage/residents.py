"""People who have agreed to be known: the officers among them too. Nobody is here before consent.

Kept about a person: Telegram's id, a first name of their choice, a language, a role, the notice's
version and the dates of consent, pause and last failure to reach them (reliability.md §5).
A private chat's id is the person's own (https://core.telegram.org/bots/api#chat).
"""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy import (
    BigInteger,
    Column,
    Index,
    Integer,
    String,
    Table,
    bindparam,
    delete,
    func,
    select,
    update,
)
from sqlalchemy.dialects.postgresql import insert

from storage.columns import CATALOGUE, Choice, RowId, UtcDateTime, constant
from storage.database import Reader, Writer
from storage.errors import NotFoundError
from storage.ids import ChatId, ResidentId
from storage.statements import Change, Look, Returning


class Role(StrEnum):
    """What a person may do (the matrix of reliability.md §4)."""

    RESIDENT = "resident"
    """Joins, answers, leaves."""
    FACILITATOR = "facilitator"
    """Is trusted with one commission."""
    OFFICER = "officer"
    """Brings people together: events, announcements, lists."""
    ADMIN = "admin"
    """An officer named in the settings."""


RESIDENTS = Table(
    "residents",
    CATALOGUE,
    Column("id", RowId, primary_key=True),
    Column("telegram_id", BigInteger, nullable=False, unique=True),
    Column("first_name", String(64), nullable=False),
    Column("language", String(8), nullable=False),
    Column("role", Choice(Role), nullable=False),
    Column("notice_version", Integer, nullable=False),
    Column("consented_at", UtcDateTime, nullable=False),
    Column("paused_at", UtcDateTime),
    Column("unreachable_at", UtcDateTime),
    sqlite_autoincrement=True,
)
_of_team = RESIDENTS.c.role.in_([constant(Role.OFFICER), constant(Role.ADMIN)])
Index("ix_residents_team", RESIDENTS.c.id, sqlite_where=_of_team, postgresql_where=_of_team)


@dataclass(frozen=True, slots=True)
class Resident:
    """A person; `paused_at` and `unreachable_at` are None while messages may reach them."""

    id: ResidentId
    telegram_id: int
    first_name: str
    language: str
    role: Role
    notice_version: int
    consented_at: datetime
    paused_at: datetime | None
    unreachable_at: datetime | None

    @property
    def chat_id(self) -> ChatId:
        """The person's private chat with the bot."""
        return ChatId(self.telegram_id)

    @property
    def is_reachable(self) -> bool:
        """Whether a message that they did not ask for may be sent to them."""
        return self.paused_at is None and self.unreachable_at is None


REACHABLE = RESIDENTS.c.paused_at.is_(None) & RESIDENTS.c.unreachable_at.is_(None)
"""The condition of `Resident.is_reachable`, for queries that join residents."""

_by_id = RESIDENTS.c.id == bindparam("of_id")
_ADD = Returning(
    insert(RESIDENTS)
    .values(
        telegram_id=bindparam("telegram_id"),
        first_name=bindparam("first_name"),
        language=bindparam("language"),
        role=bindparam("role"),
        notice_version=bindparam("notice_version"),
        consented_at=bindparam("consented_at"),
    )
    .on_conflict_do_nothing(index_elements=["telegram_id"])
    .returning(*RESIDENTS.c),
    Resident,
)
_GET = Look(select(RESIDENTS).where(_by_id), Resident)
_SPEAKING = Look(
    select(RESIDENTS).where(RESIDENTS.c.telegram_id == bindparam("of_telegram_id")), Resident
)
_TEAM = Look(
    select(RESIDENTS).where(_of_team).order_by(RESIDENTS.c.id),
    Resident,
)
_COUNT = Look(select(func.count()).select_from(RESIDENTS), int)
_COUNT_REACHABLE = Look(select(func.count()).select_from(RESIDENTS).where(REACHABLE), int)
_SET = {
    name: Change(update(RESIDENTS).where(_by_id).values({name: bindparam("to")}))
    for name in ("first_name", "language", "role", "paused_at", "unreachable_at")
}
_REMOVE = Change(delete(RESIDENTS).where(_by_id))


def add(
    writer: Writer,
    *,
    telegram_id: int,
    first_name: str,
    language: str,
    role: Role,
    notice_version: int,
    now: datetime,
) -> Resident:
    """Enter a person who agrees; gives the person as they stand where they are known already."""
    added = writer.returned(
        _ADD,
        telegram_id=telegram_id,
        first_name=first_name,
        language=language,
        role=role,
        notice_version=notice_version,
        consented_at=now,
    )
    return added[0] if added else writer.one(_SPEAKING, of_telegram_id=telegram_id)


def get(reader: Reader, resident_id: ResidentId) -> Resident:
    """Get a person.

    Raises:
        NotFoundError: nobody has this id (any more).
    """
    resident = reader.first(_GET, of_id=resident_id)
    if resident is None:
        raise NotFoundError("resident", resident_id)
    return resident


def find(reader: Reader, resident_id: ResidentId) -> Resident | None:
    """Find a person, or None."""
    return reader.first(_GET, of_id=resident_id)


def find_speaking(reader: Reader, telegram_id: int) -> Resident | None:
    """Find who has this Telegram id, or None for a person who has not agreed to be known."""
    return reader.first(_SPEAKING, of_telegram_id=telegram_id)


def team(reader: Reader) -> list[Resident]:
    """List the officers and admins, first come first."""
    return reader.all(_TEAM)


def count(reader: Reader) -> int:
    """Count everybody."""
    return reader.one(_COUNT)


def count_reachable(reader: Reader) -> int:
    """Count those whom a message that they did not ask for may reach."""
    return reader.one(_COUNT_REACHABLE)


def set_first_name(writer: Writer, resident_id: ResidentId, first_name: str) -> None:
    """Set how a person is called."""
    writer.change(_SET["first_name"], of_id=resident_id, to=first_name)


def set_language(writer: Writer, resident_id: ResidentId, language: str) -> None:
    """Set the language that a person reads."""
    writer.change(_SET["language"], of_id=resident_id, to=language)


def set_role(writer: Writer, resident_id: ResidentId, role: Role) -> None:
    """Set what a person may do."""
    writer.change(_SET["role"], of_id=resident_id, to=role)


def set_paused(writer: Writer, resident_id: ResidentId, at: datetime | None) -> None:
    """Set since when a person wants no message, None for none of that."""
    writer.change(_SET["paused_at"], of_id=resident_id, to=at)


def set_unreachable(writer: Writer, resident_id: ResidentId, at: datetime | None) -> None:
    """Set since when Telegram refuses to deliver to a person, None when it delivers."""
    writer.change(_SET["unreachable_at"], of_id=resident_id, to=at)


def remove(writer: Writer, resident_id: ResidentId) -> None:
    """Delete a person, and with them (by foreign keys) their memberships and RSVPs."""
    writer.change(_REMOVE, of_id=resident_id)
