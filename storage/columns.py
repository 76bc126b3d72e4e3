"""The kinds of columns, and the catalogue in which every table is entered.

Instants are aware datetimes in UTC: `TIMESTAMPTZ` on PostgreSQL, fixed-width ISO 8601 text on
SQLite, so that text order is time order and a person can read the file.
"""

import json
from collections.abc import Mapping
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any, Generic, TypeVar

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    DateTime,
    Dialect,
    Integer,
    MetaData,
    String,
    Text,
    literal_column,
)
from sqlalchemy.types import TypeDecorator, TypeEngine

CATALOGUE = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)

# SQLite numbers its rows only where the type is exactly INTEGER (64 bits there).
RowId = BigInteger().with_variant(Integer, "sqlite")

Option = TypeVar("Option", bound=StrEnum)


class UtcDateTime(TypeDecorator[datetime]):
    """An instant: takes aware datetimes only, gives aware datetimes in UTC."""

    impl = DateTime
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        """Give text to SQLite and TIMESTAMPTZ to PostgreSQL."""
        if dialect.name == "sqlite":
            return dialect.type_descriptor(String(32))
        return dialect.type_descriptor(DateTime(timezone=True))

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> Any:
        """Turn an aware datetime into what is kept; raises ValueError for a naive one."""
        if value is None:
            return None
        if value.tzinfo is None:
            message = "an instant needs its zone"
            raise ValueError(message)
        instant = value if value.tzinfo is UTC else value.astimezone(UTC)
        return instant.isoformat(timespec="microseconds") if dialect.name == "sqlite" else instant

    def process_result_value(self, value: Any, dialect: Dialect) -> datetime | None:
        """Turn what the database keeps into an aware datetime in UTC."""
        if value is None:
            return None
        return datetime.fromisoformat(value) if dialect.name == "sqlite" else value.astimezone(UTC)


class Choice(TypeDecorator[Option], Generic[Option]):
    """One member of an enumeration, kept under its value."""

    impl = String
    cache_ok = True

    def __init__(self, options: type[Option]) -> None:
        super().__init__(16)
        self.options = options

    def process_bind_param(self, value: Option | None, dialect: Dialect) -> str | None:
        """Turn a member into its value; raises ValueError for anything else."""
        del dialect
        return None if value is None else self.options(value).value

    def process_result_value(self, value: Any, dialect: Dialect) -> Option | None:
        """Turn a value into its member."""
        del dialect
        return None if value is None else self.options(value)


def constant(option: StrEnum) -> ColumnElement[Any]:
    """Write a member into a statement's own text, where an index's condition needs it."""
    return literal_column(f"'{option.value}'", String)


class Facts(TypeDecorator[Mapping[str, Any]]):
    """A small document of plain values (ids, numbers, dates as text), kept as JSON text."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: Mapping[str, Any] | None, dialect: Dialect) -> str | None:
        """Turn a mapping into JSON text."""
        del dialect
        if value is None:
            return None
        return json.dumps(value, ensure_ascii=False, separators=(",", ":"))

    def process_result_value(self, value: Any, dialect: Dialect) -> Mapping[str, Any] | None:
        """Turn JSON text into a mapping."""
        del dialect
        return None if value is None else json.loads(value)
