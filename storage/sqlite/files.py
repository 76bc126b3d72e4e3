"""SQLite's files: how they are opened and checked, and what its errors are in storage's words."""

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path

from storage.errors import BusyError, DamagedError, StorageError, UnreachableError

BUSY_MILLISECONDS = 5_000
"""How long SQLite itself waits for another process's lock (reliability.md F09)."""
STATEMENTS = 512
"""Compiled statements that a connection keeps: more than all modules of this floor have."""

WRITER_PRAGMAS = (
    "PRAGMA journal_mode = WAL",
    "PRAGMA synchronous = FULL",
    "PRAGMA foreign_keys = ON",
    "PRAGMA secure_delete = ON",
)
READER_PRAGMAS = ("PRAGMA query_only = ON",)

_CODES: dict[int, type[StorageError]] = {
    sqlite3.SQLITE_BUSY: BusyError,
    sqlite3.SQLITE_LOCKED: BusyError,
    sqlite3.SQLITE_CORRUPT: DamagedError,
    sqlite3.SQLITE_NOTADB: DamagedError,
    sqlite3.SQLITE_CANTOPEN: UnreachableError,
}


def translated(error: BaseException) -> BaseException:
    """Give storage's own error for those that callers act on, else the error itself."""
    ours = _CODES.get(code_of(error))
    return error if ours is None else ours(str(error))


def code_of(error: BaseException) -> int:
    """Give SQLite's primary code, without its extension; 0 for an error that is not SQLite's."""
    return getattr(error, "sqlite_errorcode", 0) & 0xFF


@contextmanager
def in_our_words() -> Iterator[None]:
    """Raise storage's own errors for SQLite's."""
    try:
        yield
    except sqlite3.DatabaseError as error:
        ours = translated(error)
        if ours is error:
            raise
        raise ours from error


def connect(
    path: Path, pragmas: Sequence[str], *, busy_milliseconds: int = BUSY_MILLISECONDS
) -> sqlite3.Connection:
    """Open a file in autocommit mode, where only our own BEGIN opens a transaction.

    Raises:
        BusyError: others keep it locked.
        DamagedError: it is not a database.
        UnreachableError: it cannot be opened.
    """
    with in_our_words():
        connection = sqlite3.connect(
            path,
            timeout=busy_milliseconds / 1_000,
            isolation_level=None,
            check_same_thread=False,
            cached_statements=STATEMENTS,
        )
        try:
            for pragma in pragmas:
                connection.execute(pragma)
        except BaseException:
            connection.close()
            raise
    return connection


def quick_check(path: Path) -> None:
    """Make sure that a file is a sound database, reading all of it once.

    Raises:
        DamagedError: it is not.
    """
    with looking_at(path) as connection:
        (verdict,) = connection.execute("PRAGMA quick_check(1)").fetchone()
    if verdict != "ok":
        raise DamagedError(verdict)


@contextmanager
def looking_at(path: Path) -> Iterator[sqlite3.Connection]:
    """Give a connection that cannot change the file, closed at the end of the block.

    Raises:
        BusyError: others keep it locked.
        DamagedError: it is not a database.
        UnreachableError: it cannot be opened.
    """
    with in_our_words(), closing(connect(path, READER_PRAGMAS)) as connection:
        yield connection


def copy_into(path: Path, copy: Path) -> None:
    """Write all that is committed in a file into another, which is absent or empty.

    Raises:
        BusyError, DamagedError, UnreachableError: as in `connect`.
    """
    with in_our_words(), closing(connect(path, ())) as connection:
        connection.execute("VACUUM INTO ?", [str(copy)])
