"""PostgreSQL 15 or newer: the same whole actions, SERIALIZABLE, each on one of a few threads.

An action that the server refuses for the sake of serial order is run again from its beginning, and
so is one whose connection broke before its commit was asked for; nothing of the refused run is
left. One session advisory lock says that a bot lives on the database (F69); it ends with its
connection, so a killed bot does not keep the next one out.
"""

import asyncio
import random
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from typing import Any, TypeVar

import psycopg
from psycopg.errors import (
    DeadlockDetected,
    InFailedSqlTransaction,
    LockNotAvailable,
    SerializationFailure,
)

from storage.database import Cursor, Reader, Switchboard, Writer
from storage.errors import BusyError, UnreachableError

Result = TypeVar("Result")
Hand = TypeVar("Hand", bound=Reader)

CONNECTIONS = 4
"""Threads, and so connections: more only conflict with one another on two cores."""
TRIES = 50
"""Runs of one action before it is refused; each waits a little longer, 3 s in all."""
LONGEST_PAUSE_SECONDS = 0.1
BUSY_MILLISECONDS = 15_000
"""How long an action waits for another program's lock before it is refused (reliability.md F09)."""
BOT_LOCK = 0x50414C41
"""The advisory lock's number: "PALA" in ASCII, so that an operator recognises it in pg_locks."""
PERSONAL = ("residents", "memberships", "rsvps", "inbox", "outbox", "prompts", "cards", "links")
"""The tables that hold something about a person."""


class _BrokenError(Exception):
    """The connection was lost before a commit was asked for: nothing is left of the run."""


def connect(url: str) -> psycopg.Connection[Any]:
    """Connect to the database of a settings' address, in autocommit mode.

    Raises:
        UnreachableError: the server does not answer or does not let us in.
    """
    try:
        return psycopg.connect(
            url.replace("postgresql+psycopg://", "postgresql://", 1), autocommit=True
        )
    except psycopg.OperationalError as error:
        raise UnreachableError(str(error)) from error


class PostgresqlEngine:
    """A small pool of threads, each with a connection of its own."""

    def __init__(self, url: str, switchboard: Switchboard, busy_milliseconds: int) -> None:
        self._url = url
        self._busy_milliseconds = busy_milliseconds
        self._switchboard = switchboard
        self._pool = ThreadPoolExecutor(CONNECTIONS, thread_name_prefix="postgresql")
        self._own = threading.local()
        self._open: list[psycopg.Connection[Any]] = []

    @classmethod
    async def open(
        cls, url: str, switchboard: Switchboard, *, busy_milliseconds: int = BUSY_MILLISECONDS
    ) -> "PostgresqlEngine":
        """Connect to a migrated database.

        Raises:
            UnreachableError: the server does not answer or does not let us in.
        """
        engine = cls(url, switchboard, busy_milliseconds)
        await engine.read(lambda _: None)
        return engine

    async def read(self, look: Callable[[Reader], Result]) -> Result:
        """Run a read on one snapshot."""
        return await self._run(self._look, look)

    async def write(self, action: Callable[[Writer], Result]) -> Result:
        """Run an action, again if the server asks so; answers after the commit."""
        return await asyncio.shield(self._run(self._act, asyncio.get_running_loop(), action))

    async def scrub(self) -> None:
        """Let the server reclaim the erased rows' space; its own log is the operator's to keep."""
        await self._run(self._vacuum)

    async def close(self) -> None:
        """Finish what was handed in, then close every connection."""
        await asyncio.to_thread(self._pool.shutdown)
        for connection in self._open:
            connection.close()

    def _run(self, work: Callable[..., Result], *values: Any) -> asyncio.Future[Result]:
        """Have a function run on one of the threads."""
        return asyncio.get_running_loop().run_in_executor(self._pool, work, *values)

    def _look(self, look: Callable[[Reader], Result]) -> Result:
        return self._repeated("REPEATABLE READ READ ONLY", Reader, look)

    def _act(self, loop: asyncio.AbstractEventLoop, action: Callable[[Writer], Result]) -> Result:
        result, topics = self._repeated(
            "SERIALIZABLE", Writer, lambda writer: (action(writer), writer.topics)
        )
        loop.call_soon_threadsafe(self._switchboard.ring, topics)
        return result

    def _repeated(
        self, mode: str, make: Callable[[Cursor, str], Hand], action: Callable[[Hand], Result]
    ) -> Result:
        """Run a function in a transaction, again while the server asks for it."""
        for run in range(TRIES):
            with (
                suppress(SerializationFailure, DeadlockDetected, _BrokenError),
                self._transaction(mode) as cursor,
            ):
                return action(make(cursor, "postgresql"))
            time.sleep(random.uniform(0, min(LONGEST_PAUSE_SECONDS, 0.002 * 2**run)))  # noqa: S311 - no secret
        raise BusyError("too many actions on the same rows")

    @contextmanager
    def _transaction(self, mode: str) -> Iterator[psycopg.Cursor[Any]]:
        """Give a cursor in a transaction that is committed at the end of the block."""
        connection = self._connection()
        with connection.cursor() as cursor:
            try:
                cursor.execute(f"BEGIN ISOLATION LEVEL {mode}")
                yield cursor
            except BaseException as error:
                with suppress(psycopg.OperationalError):
                    cursor.execute("ROLLBACK")
                if connection.closed:
                    raise _BrokenError from error
                if isinstance(error, LockNotAvailable):
                    raise BusyError(str(error)) from error
                raise
            _commit(connection, cursor)

    def _connection(self) -> psycopg.Connection[Any]:
        """Give this thread's connection, a new one where the old one broke."""
        connection: psycopg.Connection[Any] | None = getattr(self._own, "connection", None)
        if connection is None or connection.closed:
            connection = connect(self._url)
            connection.execute(f"SET lock_timeout = {self._busy_milliseconds}")
            self._own.connection = connection
            self._open.append(connection)
        return connection

    def _vacuum(self) -> None:
        self._connection().execute(f"VACUUM {', '.join(PERSONAL)}")


def _commit(connection: psycopg.Connection[Any], cursor: psycopg.Cursor[Any]) -> None:
    """Commit, or say that nothing was committed; only a broken connection leaves it open."""
    try:
        cursor.execute("COMMIT")
    except psycopg.OperationalError as error:
        if connection.closed:
            raise UnreachableError("lost during a commit, which may have taken place") from error
        raise
    if cursor.statusmessage != "COMMIT":  # so the server says that it rolled back instead
        raise InFailedSqlTransaction("an action went on after an error of the database")


class BotLock:
    """The session advisory lock that says a bot lives on this database."""

    def __init__(self, url: str) -> None:
        """Take the lock; raises BusyError where another session holds it."""
        self._connection = connect(url)
        row = self._connection.execute("SELECT pg_try_advisory_lock(%s)", [BOT_LOCK]).fetchone()
        if row is None or not row[0]:
            self._connection.close()
            raise BusyError("another bot lives on this database")

    def release(self) -> None:
        """Let another bot in: at once, for the server ends a session some time after its close."""
        # A connection that is broken has let go already.
        with suppress(psycopg.OperationalError):
            self._connection.execute("SELECT pg_advisory_unlock(%s)", [BOT_LOCK])
        self._connection.close()
