"""SQLite: one connection that writes, a few that only look, each on a thread that aiosqlite owns.

Whole actions wait in a queue; the writing thread commits together those that have gathered, each in
its own SAVEPOINT, so that one fsync serves many. SQLite before 3.51.3 has a rare WAL-reset
corruption when two connections write or checkpoint at the same instant
(https://sqlite.org/wal.html#walresetbug): here one connection writes and checkpoints, the others
are `query_only`.
"""

import asyncio
import sqlite3
from abc import ABC, abstractmethod
from collections import deque
from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any, TypeVar

import aiosqlite
from typing_extensions import override

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
"""Actions committed (or reads done) together at most: beyond it one waits longer for no gain."""
BUSY_TRIES = 3
"""How often a transaction waits that long before its actions are refused (reliability.md F09)."""
READERS = 2
"""Connections that look: one a core of the machine that performance.md measures on."""
ROWS_A_FETCH = 64


@dataclass
class _Handed:
    """Work that waits for its thread, and where its outcome goes."""

    work: Callable[[Any], Any]
    future: asyncio.Future[Any]
    result: Any = None
    error: BaseException | None = None

    def answer(self) -> None:
        """Give the outcome, unless whoever waited has left: what was committed stands."""
        if self.future.done():
            return
        if self.error is not None:
            self.future.set_exception(self.error)
        else:
            self.future.set_result(self.result)


class _Connection(aiosqlite.Connection, ABC):
    """aiosqlite's thread and queue, with types; the thread takes together what has gathered.

    To wake a thread costs as much as a short query, so it is called once for all that is handed
    in until it comes (docs/performance.md).
    """

    def __init__(self, connector: Callable[[], sqlite3.Connection]) -> None:
        super().__init__(connector, ROWS_A_FETCH)
        self._loop = asyncio.get_running_loop()
        self._waiting: deque[_Handed] = deque()
        self._is_called = False

    async def run(self, work: Callable[..., Result], *values: Any) -> Result:
        """Run a function on this connection's thread, alone."""
        hop: Callable[..., Awaitable[Result]] = self._execute
        return await hop(work, *values)

    def hand(self, work: Callable[[Any], Result]) -> asyncio.Future[Result]:
        """Queue what is done with a Reader or a Writer; the future gives its outcome."""
        future: asyncio.Future[Result] = self._loop.create_future()
        self._waiting.append(_Handed(work, future))
        if not self._is_called:
            self._is_called = True
            self._tx.put_nowait((None, self._work_off))
        return future

    def _work_off(self) -> None:
        # What is handed in from here on calls again: it may come too late for the count.
        self._is_called = False
        for _ in range(0, len(self._waiting), BATCH):
            self._settle([self._waiting.popleft() for _ in range(min(BATCH, len(self._waiting)))])

    @abstractmethod
    def _settle(self, batch: list[_Handed]) -> None:
        """Do a batch's work on this thread, and have it answered on the loop's."""

    def _refuse(self, batch: list[_Handed], error: BaseException) -> None:
        """Have a whole batch fail, with nothing of it done."""
        for handed in batch:
            handed.error = translated(error)
        if self._conn.in_transaction:
            with suppress(sqlite3.Error):
                self._conn.execute("ROLLBACK")

    @staticmethod
    def _answer(batch: list[_Handed]) -> None:
        for handed in batch:
            handed.answer()


class _WritingConnection(_Connection):
    """Takes whole actions, which are committed together, and answers after the commit."""

    def __init__(self, path: Path, switchboard: Switchboard, busy_milliseconds: int) -> None:
        super().__init__(
            partial(connect, path, WRITER_PRAGMAS, busy_milliseconds=busy_milliseconds)
        )
        self._switchboard = switchboard

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

    @override
    def _settle(self, batch: list[_Handed]) -> None:
        topics: set[Topic] = set()
        try:
            topics = self._commit(batch)
        except BaseException as error:  # noqa: BLE001 - it is carried to whoever handed an action in
            self._refuse(batch, error)
        self._loop.call_soon_threadsafe(self._answer_and_ring, batch, topics)

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
            handed.result = handed.work(writer)
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

    def _answer_and_ring(self, batch: list[_Handed], topics: set[Topic]) -> None:
        self._answer(batch)
        self._switchboard.ring(topics)


class _LookingConnection(_Connection):
    """Takes reads, which look together on one consistent picture."""

    def __init__(self, path: Path) -> None:
        super().__init__(partial(connect, path, READER_PRAGMAS))
        self._is_looking = False

    @property
    def load(self) -> int:
        """How many wait for a thread that is at work; 0 for one that can begin at once."""
        return 1 + len(self._waiting) if self._is_looking else 0

    @override
    def _settle(self, batch: list[_Handed]) -> None:
        self._is_looking = True
        cursor = self._conn.cursor()
        try:
            cursor.execute("BEGIN")
            for handed in batch:
                self._look(cursor, handed)
            cursor.execute("COMMIT")
        except BaseException as error:  # noqa: BLE001 - it is carried to whoever handed a read in
            self._refuse(batch, error)
        self._is_looking = False
        self._loop.call_soon_threadsafe(self._answer, batch)

    @staticmethod
    def _look(cursor: sqlite3.Cursor, handed: _Handed) -> None:
        try:
            handed.result = handed.work(Reader(cursor, "sqlite"))
        except BaseException as error:  # noqa: BLE001 - as above: the others of the batch go on
            handed.error = translated(error)


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
        """Run a read on the connection that comes to it first, with those that have gathered."""
        idlest = min(self._looking, key=lambda connection: connection.load)
        return await idlest.hand(look)

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
