"""Statements written once in SQLAlchemy Core and compiled once for each database.

SQLAlchemy spends most of a short query's time in rediscovering how to run it. A Look or a Change
keeps that answer (the text, how each value goes in, how each column comes out), so the same Core
statement serves SQLite and PostgreSQL at close to the driver's own speed.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cached_property
from typing import Any, Generic, TypeVar

from sqlalchemy import Dialect
from sqlalchemy.dialects.sqlite.pysqlite import SQLiteDialect_pysqlite
from sqlalchemy.engine import make_url
from sqlalchemy.sql import ClauseElement
from sqlalchemy.sql.base import ReadOnlyColumnCollection
from sqlalchemy.types import TypeEngine

Record = TypeVar("Record")
Converter = Callable[[Any], Any]

# Both drivers take values by name, so one mapping serves both.
DIALECTS: Mapping[str, Dialect] = {
    "sqlite": SQLiteDialect_pysqlite(paramstyle="named"),
    "postgresql": make_url("postgresql+psycopg://").get_dialect()(),
}


class Form:
    """A statement's text in one dialect, with the converters of its values and columns."""

    def __init__(
        self, clause: ClauseElement, columns: Iterable[TypeEngine[Any]], dialect: Dialect
    ) -> None:
        compiled: Any = clause.compile(dialect=dialect)
        self.sql = str(compiled)
        kinds = {name: bound.type for name, bound in compiled.binds.items()}
        binders = {
            name: binder
            for name, kind in kinds.items()
            if (binder := kind.dialect_impl(dialect).bind_processor(dialect)) is not None
        }
        self._wanted = {name for name, bound in compiled.binds.items() if bound.required}
        self._literals = {
            name: binders[name](value) if name in binders else value
            for name, value in compiled.params.items()
            if name not in self._wanted
        }
        self._binders = [(name, bind) for name, bind in binders.items() if name in self._wanted]
        converters = [
            kind.dialect_impl(dialect).result_processor(dialect, None) for kind in columns
        ]
        self._converters = [
            (place, convert) for place, convert in enumerate(converters) if convert is not None
        ]

    def bind(self, values: Mapping[str, Any]) -> dict[str, Any]:
        """Convert values for the driver and add the statement's own literals.

        Raises:
            TypeError: a value is missing, which must never become NULL, or unknown.
        """
        if values.keys() != self._wanted:
            raise TypeError(f"wanted {sorted(self._wanted)}, given {sorted(values)}")
        bound = {**self._literals, **values}
        for name, bind in self._binders:
            bound[name] = bind(values[name])
        return bound

    def convert(self, row: Sequence[Any]) -> Sequence[Any]:
        """Convert a driver's row into the columns' Python values."""
        if not self._converters:
            return row
        values = list(row)
        for place, convert in self._converters:
            value = values[place]
            if value is not None:  # NULL is None in every column, and most columns may be NULL
                values[place] = convert(value)
        return values


class Statement(Generic[Record]):
    """A Core statement and what each of its rows becomes."""

    def __init__(
        self, clause: ClauseElement, make: Callable[..., Record], columns: Iterable[Any] = ()
    ) -> None:
        self._clause = clause
        self._columns = [column.type for column in columns]
        self._make = make

    @cached_property
    def sqlite(self) -> Form:
        """The statement for SQLite."""
        return Form(self._clause, self._columns, DIALECTS["sqlite"])

    @cached_property
    def postgresql(self) -> Form:
        """The statement for PostgreSQL."""
        return Form(self._clause, self._columns, DIALECTS["postgresql"])

    def form(self, dialect: str) -> Form:
        """Give the statement's form in a dialect, compiled at the first call."""
        return self.sqlite if dialect == "sqlite" else self.postgresql

    def record(self, form: Form, row: Sequence[Any]) -> Record:
        """Build the record of one driver's row."""
        return self._make(*form.convert(row))


class Look(Statement[Record]):
    """A SELECT: a Reader may run it. Each row becomes `make(*columns)`."""

    def __init__(self, select: Any, make: Callable[..., Record]) -> None:
        columns: ReadOnlyColumnCollection[str, Any] = select.selected_columns
        super().__init__(select, make, columns)


class Change(Statement[None]):
    """An INSERT, UPDATE or DELETE that gives the number of rows changed: only a Writer runs it."""

    def __init__(self, clause: ClauseElement) -> None:
        super().__init__(clause, lambda: None)


class Returning(Statement[Record]):
    """A change with a RETURNING clause: only a Writer runs it, and its rows become records."""

    def __init__(self, clause: Any, make: Callable[..., Record]) -> None:
        super().__init__(clause, make, clause.exported_columns)
