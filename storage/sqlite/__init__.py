"""SQLite: one connection that writes, a few that only look, each on a thread that aiosqlite owns.

Whole actions wait in a queue; the writing thread commits together those that have gathered, each in
its own SAVEPOINT, so that one fsync serves many. SQLite before 3.51.3 has a rare WAL-reset
corruption when two connections write or checkpoint at the same instant
(https://sqlite.org/wal.html#walresetbug): here one connection writes and checkpoints, the others
are `query_only`.
"""

import asyncio
import sqlite3
from collections import deque
from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any, TypeVar

import aiosqlite

from storage.database import Reader, Switchboard, Topic, Writer
from storage.errors import BusyError
from storage.sqlite.files import (
    BUSY_MILLISECONDS,
    READER_PRAGMAS,
    WRITER_PRAGMAS,
    code_of,
    connect,
    in_our_words,
    translated,
)

Result = TypeVar("Result")

BATCH = 64
"""Actions committed together at most: beyond it one action's wait grows and the gain does not."""
BUSY_TRIES = 3
"""How often a transaction waits that long before its actions are refused (reliability.md F09)."""
READERS = 2
"""Connections that look: one a core of the machine that performance.md measures on."""
ROWS_A_FETCH = 64


@dataclass
class _Handed:
    """An action that waits, and where its outcome goes."""

    action: Callable[[Writer], Any]
    future: asyncio.Future[Any]
    result: Any = None
    error: BaseException | None = None


class _Connection(aiosqlite.Connection):
    """aiosqlite's thread and queue, with types."""

    def __init__(self, connector: Callable[[], sqlite3.Connection]) -> None:
        super().__init__(connector, ROWS_A_FETCH)

    async def run(self, work: Callable[..., Result], *values: Any) -> Result:
        """Run a function on this connection's thread."""
        hop: Callable[..., Awaitable[Result]] = self._execute
        return await hop(work, *values)


class _WritingConnection(_Connection):
    """Takes whole actions, which are committed together."""

    def __init__(self, path: Path, switchboard: Switchboard, busy_milliseconds: int) -> None:
        super().__init__(
            partial(connect, path, WRITER_PRAGMAS, busy_milliseconds=busy_milliseconds)
        )
        self._waiting: deque[_Handed] = deque()
        self._switchboard = switchboard
        self._loop = asyncio.get_running_loop()

    def hand(self, action: Callable[[Writer], Result]) -> asyncio.Future[Result]:
        """Queue an action; the future is answered after the commit."""
        future: asyncio.Future[Result] = self._loop.create_future()
        self._waiting.append(_Handed(action, future))
        self._tx.put_nowait((None, self._commit_waiting))
        return future

    def scrub(self) -> None:
        """Write the file anew, then cut the write-ahead log to nothing; on this thread only.

        `secure_delete` alone is not enough: when SQLite moves rows from page to page it leaves
        copies behind, which now and then outlive the rows.
        """
        with in_our_words():
            self._conn.execute("VACUUM")
            busy, *_ = self._conn.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
        if busy:
            raise BusyError("somebody who reads needs the write-ahead log")

    def _commit_waiting(self) -> None:
        batch = [self._waiting.popleft() for _ in range(min(BATCH, len(self._waiting)))]
        if not batch:
            return
        topics: set[Topic] = set()
        try:
            topics = self._commit(batch)
        except BaseException as error:  # noqa: BLE001 - it is carried to whoever handed an action in
            for handed in batch:
                handed.error = translated(error)
            if self._conn.in_transaction:
                with suppress(sqlite3.Error):
                    self._conn.execute("ROLLBACK")
        self._loop.call_soon_threadsafe(self._answer, batch, topics)

    def _commit(self, batch: list[_Handed]) -> set[Topic]:
        """Run a batch in one transaction; gives what the actions that held have announced."""
        cursor = self._conn.cursor()
        self._begin(cursor)
        topics = set().union(*[self._run_action(cursor, handed) for handed in batch])
        cursor.execute("COMMIT")
        return topics

    def _run_action(self, cursor: sqlite3.Cursor, handed: _Handed) -> set[Topic]:
        """Run one action in its own SAVEPOINT; gives what it announces, nothing where it failed."""
        cursor.execute("SAVEPOINT action")
        writer = Writer(cursor, "sqlite")
        try:
            handed.result = handed.action(writer)
        except BaseException as error:
            if not self._conn.in_transaction:  # SQLite gave it up as a whole: a full disk
                raise
            handed.error = translated(error)
            cursor.execute("ROLLBACK TO action")
            writer.topics.clear()
        cursor.execute("RELEASE action")
        return writer.topics

    def _begin(self, cursor: sqlite3.Cursor) -> None:
        """Take the write lock, waiting BUSY_TRIES times as long as SQLite waits by itself."""
        for remaining in reversed(range(BUSY_TRIES)):
            try:
                cursor.execute("BEGIN IMMEDIATE")
            except sqlite3.OperationalError as error:
                if code_of(error) != sqlite3.SQLITE_BUSY or not remaining:
                    raise
            else:
                return

    def _answer(self, batch: list[_Handed], topics: set[Topic]) -> None:
        for handed in batch:
            if handed.future.done():
                continue  # its caller was cancelled; the action stands all the same
            if handed.error is not None:
                handed.future.set_exception(handed.error)
            else:
                handed.future.set_result(handed.result)
        self._switchboard.ring(topics)


class _LookingConnection(_Connection):
    """Runs reads, on one consistent picture each."""

    def __init__(self, path: Path) -> None:
        super().__init__(partial(connect, path, READER_PRAGMAS))
        self.waiting = 0

    async def look(self, look: Callable[[Reader], Result]) -> Result:
        """Run a read on this connection's thread."""
        self.waiting += 1
        try:
            return await self.run(self._look, look)
        finally:
            self.waiting -= 1

    def _look(self, look: Callable[[Reader], Result]) -> Result:
        with in_our_words():
            cursor = self._conn.cursor()
            cursor.execute("BEGIN")
            try:
                return look(Reader(cursor, "sqlite"))
            finally:
                cursor.execute("COMMIT")


class SqliteEngine:
    """One writing thread and READERS looking threads over one file."""

    def __init__(self, writing: _WritingConnection, looking: list[_LookingConnection]) -> None:
        self._writing = writing
        self._looking = looking

    @classmethod
    async def open(
        cls, path: Path, switchboard: Switchboard, *, busy_milliseconds: int = BUSY_MILLISECONDS
    ) -> "SqliteEngine":
        """Open a migrated file.

        Raises:
            BusyError: others keep it locked.
            DamagedError: it is not a database.
            UnreachableError: it cannot be opened.
        """
        writing = _WritingConnection(path, switchboard, busy_milliseconds)
        looking = [_LookingConnection(path) for _ in range(READERS)]
        engine = cls(writing, looking)
        try:
            for connection in (writing, *looking):
                await connection
        except BaseException:
            await engine.close()
            raise
        return engine

    async def read(self, look: Callable[[Reader], Result]) -> Result:
        """Run a read on the connection that fewest wait for."""
        idlest = min(self._looking, key=lambda connection: connection.waiting)
        return await idlest.look(look)

    async def write(self, action: Callable[[Writer], Result]) -> Result:
        """Run an action with those that have gathered; answers after their commit."""
        return await self._writing.hand(action)

    async def scrub(self) -> None:
        """Write the file anew without what was erased, and cut the write-ahead log to nothing.

        Actions wait meanwhile: about a second where there are 100 000 residents.

        Raises:
            BusyError: others keep the file locked; what was erased may still be in it.
        """
        await self._writing.run(self._writing.scrub)

    async def close(self) -> None:
        """Finish what was handed in, then close; the last to close checkpoints the log."""
        for connection in self._looking:
            await connection.close()
        await self._writing.close()
