"""A database whose actions are run one after the other, without an event loop, and its crashes."""

import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import Concatenate, ParamSpec, Protocol, TypeVar

from storage import postgresql
from storage.columns import CATALOGUE
from storage.database import Cursor, Writer
from storage.sqlite.files import connect

Values = ParamSpec("Values")
Result = TypeVar("Result")

# What is kept is looked at through the same system that wrote it: nothing waits for the disk.
_PRAGMAS = ("PRAGMA journal_mode = WAL", "PRAGMA synchronous = OFF", "PRAGMA foreign_keys = ON")
_TABLES = [table.name for table in reversed(CATALOGUE.sorted_tables)]


class Connection(Protocol):
    """What both drivers' connections have in common."""

    def cursor(self) -> Cursor:
        """Give a cursor."""

    def close(self) -> None:
        """Let go; what is not committed is not done."""


class CrashError(Exception):
    """The process was killed."""


class Room:
    """Runs whole actions in transactions of its own."""

    def __init__(self, connect_to: Callable[[], Connection], dialect: str, begin: str) -> None:
        self._connect, self._dialect, self._begin = connect_to, dialect, begin
        self._connection = connect_to()

    def run(
        self,
        action: Callable[Concatenate[Writer, Values], Result],
        /,
        *args: Values.args,
        **values: Values.kwargs,
    ) -> Result:
        """Run an action and commit it; an exception leaves no trace of it."""
        cursor = self._connection.cursor()
        cursor.execute(self._begin)
        try:
            result = action(Writer(cursor, self._dialect), *args, **values)
        except BaseException:
            cursor.execute("ROLLBACK")
            raise
        cursor.execute("COMMIT")
        return result

    def crash(
        self,
        action: Callable[Concatenate[Writer, Values], Result],
        /,
        *args: Values.args,
        **values: Values.kwargs,
    ) -> None:
        """Run an action, be killed before it is committed, and start again."""
        cursor = self._connection.cursor()
        cursor.execute(self._begin)
        action(Writer(cursor, self._dialect), *args, **values)
        self.restart()

    def restart(self) -> None:
        """Start again on the same database."""
        self._connection.close()
        self._connection = self._connect()

    def close(self) -> None:
        """Let go of the database."""
        self._connection.close()


def sqlite_room(path: Path) -> Room:
    """Open a migrated SQLite file."""

    def connect_to() -> sqlite3.Connection:
        return connect(path, _PRAGMAS)

    return Room(connect_to, "sqlite", "BEGIN IMMEDIATE")


def postgresql_room(url: str) -> Room:
    """Open a migrated PostgreSQL database, emptied of what others left."""
    room = Room(lambda: postgresql.connect(url), "postgresql", "BEGIN ISOLATION LEVEL SERIALIZABLE")
    cursor = room._connection.cursor()  # noqa: SLF001 - the room's own module
    cursor.execute(f"TRUNCATE {', '.join(_TABLES)} RESTART IDENTITY CASCADE")
    return room
