"""What holds on SQLite: one writer, group commit, others' locks, and nothing left behind."""

import asyncio
import sqlite3
import subprocess
import sys
import threading
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, closing, contextmanager
from pathlib import Path

import pytest
from sqlalchemy import String, column, make_url, text

from storage import bookmarks, inbox
from storage.database import Database, Reader, Switchboard, Writer
from storage.errors import BusyError, DamagedError, UnreachableError
from storage.ids import UpdateId
from storage.inbox import Received
from storage.sqlite import BATCH, BUSY_TRIES, SqliteEngine
from storage.sqlite.files import BUSY_MILLISECONDS, quick_check
from storage.statements import Change, Look
from tests.databases import opened
from tests.storage.rows import NOW, resident

DEADLINE_SECONDS = 10
IMPATIENT_MILLISECONDS = 250

HOLD_THE_LOCK = """
import sqlite3, sys
connection = sqlite3.connect(sys.argv[1], isolation_level=None)
connection.execute("BEGIN IMMEDIATE")
connection.execute("DELETE FROM bookmarks")
print("held", flush=True)
sys.stdin.readline()
connection.execute("ROLLBACK")
"""


@pytest.fixture
def path(sqlite_url: str) -> Path:
    return Path(str(make_url(sqlite_url).database))


@asynccontextmanager
async def impatient(path: Path) -> AsyncIterator[Database]:
    """Give a database that waits a quarter of a second for each lock, BUSY_TRIES times."""
    switchboard = Switchboard()
    engine = await SqliteEngine.open(path, switchboard, busy_milliseconds=IMPATIENT_MILLISECONDS)
    database = Database(engine, switchboard)
    try:
        yield database
    finally:
        await database.close()


@contextmanager
def other_program_writing(path: Path) -> Iterator["subprocess.Popen[str]"]:
    """Have another process hold the write lock, until it is told a line or the block ends."""
    with subprocess.Popen(
        [sys.executable, "-c", HOLD_THE_LOCK, path],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as other:
        assert other.stdout is not None
        assert other.stdout.readline() == "held\n"
        try:
            yield other
        finally:
            other.kill()


def release(other: "subprocess.Popen[str]") -> None:
    assert other.stdin is not None
    other.stdin.write("\n")
    other.stdin.flush()


def put(writer: Writer, name: str) -> None:
    bookmarks.put(writer, name, 1)


def kept(path: Path) -> int:
    """Count the bookmarks that are committed, through a connection of our own."""
    with closing(sqlite3.connect(path)) as connection:
        (number,) = connection.execute("SELECT count(*) FROM bookmarks").fetchone()
    return int(number)


def pragma(name: str) -> Look[str]:
    return Look(text(f"PRAGMA {name}").columns(column("value", String)), str)


# ------------------------------------------------------------------ how it is opened


@pytest.mark.parametrize(
    ("name", "value"),
    [("journal_mode", "wal"), ("synchronous", "2"), ("foreign_keys", "1"), ("secure_delete", "1")],
)
async def test_writer_is_durable_and_strict_f07(sqlite_url: str, name: str, value: str) -> None:
    async with opened(sqlite_url) as database:
        found = await database.write(lambda writer: writer.one(pragma(name)))

    assert found == value


async def test_readers_are_query_only(sqlite_url: str) -> None:
    async with opened(sqlite_url) as database:
        found = await database.read(lambda reader: reader.one(pragma("query_only")))

    assert found == "1"


async def test_close_ends_the_threads_and_the_log(sqlite_url: str, path: Path) -> None:
    before = set(threading.enumerate())
    async with opened(sqlite_url) as database:
        await database.write(resident, 1)
        started = set(threading.enumerate()) - before
        beside = {one.name for one in path.parent.iterdir()}

    for thread in started:
        await asyncio.to_thread(thread.join, DEADLINE_SECONDS)
    assert len(started) == 3
    assert not any(thread.is_alive() for thread in started)
    assert beside == {"palabre.db", "palabre.db-wal", "palabre.db-shm"}
    assert [one.name for one in path.parent.iterdir()] == ["palabre.db"]


@pytest.mark.parametrize(
    ("content", "error"), [(b"no database" * 100, DamagedError), (None, UnreachableError)]
)
async def test_open_that_fails_leaves_no_thread(
    tmp_path: Path, content: bytes | None, error: type[Exception]
) -> None:
    path = tmp_path / "missing" / "palabre.db" if content is None else tmp_path / "palabre.db"
    if content is not None:
        path.write_bytes(content)
    before = set(threading.enumerate())

    with pytest.raises(error):
        await SqliteEngine.open(path, Switchboard())

    for thread in set(threading.enumerate()) - before:
        await asyncio.to_thread(thread.join, DEADLINE_SECONDS)
        assert not thread.is_alive()


def test_quick_check_of_a_sound_file_says_nothing(path: Path) -> None:
    quick_check(path)


def test_quick_check_of_a_file_with_a_broken_page_is_refused_f10(path: Path) -> None:
    with path.open("r+b") as file:
        file.seek(4096 * 3)
        file.write(b"\xff" * 4096 * 3)

    with pytest.raises(DamagedError):
        quick_check(path)


# ------------------------------------------------------------------ group commit


async def test_actions_that_wait_are_committed_together_and_at_most_a_batch(
    sqlite_url: str, path: Path
) -> None:
    seen: list[int] = []
    released = threading.Event()

    def block(_: Writer) -> None:
        released.wait(DEADLINE_SECONDS)

    def look_from_outside(writer: Writer, name: str) -> None:
        seen.append(kept(path))
        put(writer, name)

    async with opened(sqlite_url) as database:
        waiting = [asyncio.ensure_future(database.write(block))] + [
            asyncio.ensure_future(database.write(look_from_outside, str(number)))
            for number in range(BATCH + 2)
        ]
        asyncio.get_running_loop().call_soon(released.set)
        await asyncio.gather(*waiting)

    # The first batch may be the blocking action alone, or hold some of those behind it.
    assert seen[0] == 0
    assert seen == sorted(seen)
    assert len(set(seen)) in {2, 3}
    assert max(seen.count(number) for number in set(seen)) <= BATCH


async def test_actions_handed_in_before_the_close_are_all_done(sqlite_url: str, path: Path) -> None:
    number = 2 * BATCH + 1

    async with opened(sqlite_url) as database:
        await asyncio.gather(
            *(database.write(put, str(at)) for at in range(number)), database.close()
        )

    assert kept(path) == number


async def test_result_is_given_after_the_commit_and_not_before(sqlite_url: str, path: Path) -> None:
    async with opened(sqlite_url) as database:
        for number in range(1, 4):
            await database.write(put, str(number))
            assert kept(path) == number


# ------------------------------------------------------------------ reads


async def test_reads_that_wait_are_all_answered_and_one_that_fails_fails_alone(
    sqlite_url: str,
) -> None:
    def look(reader: Reader, number: int) -> int | None:
        if number == 1:
            raise LookupError(number)
        return bookmarks.find(reader, "kept")

    async with opened(sqlite_url) as database:
        await database.write(put, "kept")
        outcomes = await asyncio.gather(
            *(database.read(look, number) for number in range(2 * BATCH)), return_exceptions=True
        )

    assert isinstance(outcomes.pop(1), LookupError)
    assert outcomes == [1] * (2 * BATCH - 1)


async def test_read_that_takes_long_holds_no_later_one_up(sqlite_url: str) -> None:
    begun, released = asyncio.Event(), threading.Event()
    loop = asyncio.get_running_loop()

    def look_long(_: Reader) -> bool:
        loop.call_soon_threadsafe(begun.set)
        return released.wait(DEADLINE_SECONDS)

    async with opened(sqlite_url) as database:
        long = asyncio.ensure_future(database.read(look_long))
        await begun.wait()
        await asyncio.gather(*(database.read(bookmarks.find, "none") for _ in range(3)))
        released.set()

        assert await long


# ------------------------------------------------------------------ what is in the way


async def test_disk_that_is_full_refuses_and_leaves_nothing_half_done_f08(
    sqlite_url: str,
) -> None:
    pages = Change(text("PRAGMA max_page_count = 1"))  # never less than the file has

    def fill(writer: Writer) -> None:
        put(writer, "half")
        for number in range(1000):
            received = [Received(UpdateId(number), None, "x" * 10_000)]
            inbox.add(writer, received, now=NOW)

    async with opened(sqlite_url) as database:
        await database.write(lambda writer: writer.change(pages))
        outcomes = await asyncio.gather(
            database.write(put, "first"),
            database.write(fill),
            database.write(put, "last"),
            return_exceptions=True,
        )
        marks = await database.read(
            lambda reader: [bookmarks.find(reader, name) for name in ("first", "half", "last")]
        )
        received = await database.read(inbox.count_new)

    assert isinstance(outcomes[1], sqlite3.OperationalError)
    assert received == 0
    assert marks[1] is None
    assert [mark is not None for mark in (marks[0], marks[2])] == [
        outcome is None for outcome in (outcomes[0], outcomes[2])
    ]


# ------------------------------------------------------------------ other processes' locks


def test_patience_outlasts_ten_seconds_f09() -> None:
    assert BUSY_TRIES * BUSY_MILLISECONDS > 10_000


async def test_lock_that_another_process_lets_go_is_waited_for_f09(path: Path) -> None:
    async with impatient(path) as database:
        with other_program_writing(path) as other:
            asyncio.get_running_loop().call_later(
                IMPATIENT_MILLISECONDS * 1.5 / 1000, release, other
            )

            await database.write(put, "patient")

        assert kept(path) == 1


async def test_lock_that_another_process_keeps_is_refused_and_nothing_changed_f09(
    path: Path,
) -> None:
    async with impatient(path) as database:
        await database.write(put, "before")
        with other_program_writing(path):
            outcomes = await asyncio.gather(
                database.write(put, "one"), database.write(put, "two"), return_exceptions=True
            )
            meanwhile = await database.read(lambda reader: bookmarks.find(reader, "before"))

        assert all(isinstance(outcome, BusyError) for outcome in outcomes)
        assert meanwhile == 1
        assert kept(path) == 1
        await database.write(put, "after")
        assert kept(path) == 2
