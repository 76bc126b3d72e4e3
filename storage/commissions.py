"""Commissions, the quarter's working groups, and who belongs to which."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import (
    BigInteger,
    Column,
    ForeignKey,
    Index,
    String,
    Table,
    Text,
    bindparam,
    delete,
    func,
    select,
)
from sqlalchemy.dialects.postgresql import insert

from storage.columns import CATALOGUE, RowId, UtcDateTime
from storage.database import Reader, Writer
from storage.errors import DuplicateError, NotFoundError
from storage.ids import CommissionId, ResidentId, UpdateId
from storage.residents import REACHABLE, RESIDENTS
from storage.statements import Change, Look, Returning

COMMISSIONS = Table(
    "commissions",
    CATALOGUE,
    Column("id", RowId, primary_key=True),
    Column("name", String(64), nullable=False),
    Column("name_folded", Text, nullable=False, unique=True),  # folding may lengthen
    Column("pictogram", String(16), nullable=False),
    Column("created_at", UtcDateTime, nullable=False),
    Column("cause", BigInteger, unique=True),
    sqlite_autoincrement=True,
)
MEMBERSHIPS = Table(
    "memberships",
    CATALOGUE,
    Column(
        "commission_id",
        BigInteger,
        ForeignKey("commissions.id", ondelete="CASCADE"),
        primary_key=True,
    ),
    Column(
        "resident_id",
        BigInteger,
        ForeignKey("residents.id", ondelete="CASCADE"),
        primary_key=True,
    ),
    Column("joined_at", UtcDateTime, nullable=False),
)
Index("ix_memberships_resident_id", MEMBERSHIPS.c.resident_id)


@dataclass(frozen=True, slots=True)
class Commission:
    """A working group: its name as people write it, and the pictogram before it."""

    id: CommissionId
    name: str
    pictogram: str


@dataclass(frozen=True, slots=True)
class Membership:
    """A person belongs to a commission since `joined_at`."""

    commission_id: CommissionId
    resident_id: ResidentId
    joined_at: datetime


@dataclass(frozen=True, slots=True)
class Option:
    """A commission, and whether the person who looks belongs to it."""

    commission: Commission
    is_member: bool


_columns = (COMMISSIONS.c.id, COMMISSIONS.c.name, COMMISSIONS.c.pictogram)
_ADD = Returning(
    insert(COMMISSIONS)
    .values(
        name=bindparam("name"),
        name_folded=bindparam("name_folded"),
        pictogram=bindparam("pictogram"),
        created_at=bindparam("created_at"),
        cause=bindparam("cause"),
    )
    .on_conflict_do_nothing()
    .returning(*_columns),
    Commission,
)
_BY_CAUSE = Look(select(*_columns).where(COMMISSIONS.c.cause == bindparam("of_cause")), Commission)
_GET = Look(select(*_columns).where(COMMISSIONS.c.id == bindparam("of_id")), Commission)
_ALL = Look(select(*_columns).order_by(COMMISSIONS.c.id), Commission)
_OPTIONS = Look(
    select(*_columns, MEMBERSHIPS.c.resident_id.is_not(None))
    .outerjoin(
        MEMBERSHIPS,
        (MEMBERSHIPS.c.commission_id == COMMISSIONS.c.id)
        & (MEMBERSHIPS.c.resident_id == bindparam("of_resident")),
    )
    .order_by(COMMISSIONS.c.id),
    lambda id_, name, pictogram, belongs: Option(Commission(id_, name, pictogram), bool(belongs)),
)
_ADD_MEMBER = Change(
    insert(MEMBERSHIPS)
    .values(
        commission_id=bindparam("commission_id"),
        resident_id=bindparam("resident_id"),
        joined_at=bindparam("joined_at"),
    )
    .on_conflict_do_nothing()
)
_REMOVE_MEMBER = Change(
    delete(MEMBERSHIPS).where(
        MEMBERSHIPS.c.commission_id == bindparam("of_commission"),
        MEMBERSHIPS.c.resident_id == bindparam("of_resident"),
    )
)
_OF_RESIDENT = Look(
    select(*_columns)
    .join(MEMBERSHIPS, MEMBERSHIPS.c.commission_id == COMMISSIONS.c.id)
    .where(MEMBERSHIPS.c.resident_id == bindparam("of_resident"))
    .order_by(COMMISSIONS.c.id),
    Commission,
)
_MEMBERSHIPS = Look(
    select(MEMBERSHIPS)
    .where(MEMBERSHIPS.c.resident_id == bindparam("of_resident"))
    .order_by(MEMBERSHIPS.c.commission_id),
    Membership,
)
_COUNT = Look(
    select(func.count())
    .select_from(MEMBERSHIPS)
    .where(MEMBERSHIPS.c.commission_id == bindparam("of_commission")),
    int,
)
_COUNT_REACHABLE = Look(
    select(func.count())
    .select_from(MEMBERSHIPS)
    .join(RESIDENTS, RESIDENTS.c.id == MEMBERSHIPS.c.resident_id)
    .where(MEMBERSHIPS.c.commission_id == bindparam("of_commission"), REACHABLE),
    int,
)


def add(
    writer: Writer,
    *,
    name: str,
    name_folded: str,
    pictogram: str,
    now: datetime,
    cause: UpdateId | None = None,
) -> Commission:
    """Found a commission; the same cause gives the one that it founded before.

    Raises:
        DuplicateError: another commission has this name, case and accents folded.
    """
    added = writer.returned(
        _ADD,
        name=name,
        name_folded=name_folded,
        pictogram=pictogram,
        created_at=now,
        cause=cause,
    )
    known = added[0] if added else writer.first(_BY_CAUSE, of_cause=cause)
    if known is None:
        raise DuplicateError("commission")
    return known


def get(reader: Reader, commission_id: CommissionId) -> Commission:
    """Get a commission.

    Raises:
        NotFoundError: there is none with this id.
    """
    commission = reader.first(_GET, of_id=commission_id)
    if commission is None:
        raise NotFoundError("commission", commission_id)
    return commission


def find(reader: Reader, commission_id: CommissionId) -> Commission | None:
    """Find a commission, or None."""
    return reader.first(_GET, of_id=commission_id)


def find_caused(reader: Reader, cause: UpdateId) -> Commission | None:
    """Find the commission that an update has founded, or None."""
    return reader.first(_BY_CAUSE, of_cause=cause)


def all_(reader: Reader) -> list[Commission]:
    """List the commissions, oldest first."""
    return reader.all(_ALL)


def options(reader: Reader, resident_id: ResidentId) -> list[Option]:
    """List the commissions, oldest first, each with whether a person belongs to it."""
    return reader.all(_OPTIONS, of_resident=resident_id)


def add_member(
    writer: Writer, commission_id: CommissionId, resident_id: ResidentId, *, now: datetime
) -> bool:
    """Enter a person; False where they were in already."""
    added = writer.change(
        _ADD_MEMBER, commission_id=commission_id, resident_id=resident_id, joined_at=now
    )
    return added == 1


def remove_member(writer: Writer, commission_id: CommissionId, resident_id: ResidentId) -> bool:
    """Take a person out; False where they were not in."""
    removed = writer.change(_REMOVE_MEMBER, of_commission=commission_id, of_resident=resident_id)
    return removed == 1


def of_resident(reader: Reader, resident_id: ResidentId) -> list[Commission]:
    """List the commissions that a person belongs to, oldest commission first."""
    return reader.all(_OF_RESIDENT, of_resident=resident_id)


def memberships(reader: Reader, resident_id: ResidentId) -> list[Membership]:
    """List what a person belongs to and since when, oldest commission first."""
    return reader.all(_MEMBERSHIPS, of_resident=resident_id)


def count_members(reader: Reader, commission_id: CommissionId) -> int:
    """Count a commission's members."""
    return reader.one(_COUNT, of_commission=commission_id)


def count_reachable(reader: Reader, commission_id: CommissionId) -> int:
    """Count the members whom a message that they did not ask for may reach."""
    return reader.one(_COUNT_REACHABLE, of_commission=commission_id)
