"""All rows of the bot's database at one instant, and what has changed between two of them."""

import sqlite3
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

HIDDEN = {
    ("inbox", "payload"),
    ("links", "code_hash"),
    ("outbox", "dedupe_key"),
    ("prompts", "before"),
    ("prompts", "facts"),
}
"""Columns that are not shown: what only machines read, and what may open something."""
LEFT_OUT = {"alembic_version", "bookmarks"}
"""Tables that say nothing of what people did."""
_TABLES = "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"

Value = str | int | float | bytes | None
Key = tuple[Value, ...]
Row = Mapping[str, Value]
Rows = Mapping[Key, tuple[Any, ...]]


@dataclass(frozen=True, slots=True)
class Table:
    """A table's columns and the places of those that are its key."""

    name: str
    columns: tuple[str, ...]
    key: tuple[int, ...]

    def row(self, values: tuple[Any, ...]) -> dict[str, Value]:
        """Give a row by its columns."""
        return dict(zip(self.columns, values, strict=True))


@dataclass(frozen=True, slots=True)
class Change:
    """One row that came, changed or went; `columns` holds (old, new) of those that differ."""

    table: str
    verb: str
    key: Key
    columns: Mapping[str, tuple[Value, Value]]
    old: Row
    new: Row

    @property
    def row(self) -> Row:
        """The row as it now is, or was last."""
        return self.new or self.old

    def told(self) -> dict[str, object]:
        """Give the change as the page draws it."""
        return {
            "table": self.table,
            "verb": self.verb,
            "key": " · ".join("…" if isinstance(part, bytes) else str(part) for part in self.key),
            "columns": {name: list(pair) for name, pair in self.columns.items()},
        }

    def without(self, columns: set[str] | None) -> "Change":
        """Give the change without the values of some columns, or (None) of all."""
        kept = {
            name: (None, None) if columns is None or name in columns else pair
            for name, pair in self.columns.items()
        }
        return replace(self, columns=kept)


class Picture:
    """What all tables hold at one instant."""

    def __init__(self, rows: Mapping[str, tuple[Table, Rows]]) -> None:
        self._rows = rows

    def changes_since(self, before: "Picture") -> list[Change]:
        """List what is not as it was: what came and changed, table by table, and what went."""
        return [
            change
            for name, (table, rows) in self._rows.items()
            for change in _changes(table, before.rows_of(name), rows)
        ]

    @property
    def tables(self) -> tuple[str, ...]:
        """The names of the tables."""
        return tuple(self._rows)

    def rows_of(self, table: str) -> Rows:
        """Give a table's rows by their keys; none of a table that is not there."""
        return self._rows[table][1] if table in self._rows else {}

    def dicts_of(self, table: str) -> list[dict[str, Value]]:
        """Give a table's rows by their columns, in no order."""
        described, rows = self._rows[table]
        return [described.row(values) for values in rows.values()]


def picture(connection: sqlite3.Connection) -> Picture:
    """Take a picture of a database."""
    names = [name for (name,) in connection.execute(_TABLES) if name not in LEFT_OUT]
    return Picture({name: _read(connection, name) for name in names})


def _read(connection: sqlite3.Connection, name: str) -> tuple[Table, Rows]:
    infos = connection.execute(f"PRAGMA table_info({name})").fetchall()
    key = tuple(place for place, info in enumerate(infos) if info[5])
    table = Table(name, tuple(info[1] for info in infos), key)
    found = connection.execute(f"SELECT * FROM {name}")  # noqa: S608 - a name that SQLite gave
    return table, {tuple(row[place] for place in key): row for row in found}


def _changes(table: Table, before: Rows, after: Rows) -> Iterator[Change]:
    for key, values in after.items():
        known = before.get(key)
        if known is None:
            yield _change(table, "insert", key, {}, table.row(values))
        elif known != values:
            yield _change(table, "update", key, table.row(known), table.row(values))
    for key in before.keys() - after.keys():
        yield _change(table, "delete", key, table.row(before[key]), {})


def _change(table: Table, verb: str, key: Key, old: Row, new: Row) -> Change:
    """Tell a change; of a row that went, only which columns it had."""
    shown = {
        name: (None, None) if verb == "delete" else (old.get(name), new.get(name))
        for name in table.columns
        if (table.name, name) not in HIDDEN and old.get(name) != new.get(name)
    }
    return Change(table.name, verb, key, shown, old, new)
