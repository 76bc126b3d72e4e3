"""The one door to the database: what it promises on both kinds."""

import asyncio
import sqlite3
import threading

import psycopg
import pytest
from sqlalchemy import Integer, column, text

from storage import bookmarks, groups, residents, rsvps
from storage.database import Database, Reader, Topic, Writer
from storage.errors import ClosedError
from storage.ids import ChatId, CommissionId, EventId, ResidentId
from storage.postgresql import CONNECTIONS
from storage.rsvps import Standing
from storage.statements import Look
from tests.databases import opened
from tests.storage.rows import NOW, answer, crowd, event

DEADLINE_SECONDS = 10


class RefusedError(Exception):
    """What an action of these tests raises."""


def put(writer: Writer, name: str) -> str:
    bookmarks.put(writer, name, 1)
    return name


def put_and_refuse(writer: Writer, name: str) -> None:
    bookmarks.put(writer, name, 1)
    writer.announce(Topic.OUTBOX)
    raise RefusedError(name)


def put_and_break_a_rule(writer: Writer, name: str) -> None:
    bookmarks.put(writer, name, 1)
    groups.put(writer, ChatId(1), CommissionId(999), invite_link=None, now=NOW)


def count_up(writer: Writer) -> int:
    number = (bookmarks.find(writer, "number") or 0) + 1
    bookmarks.put(writer, "number", number)
    return number


def take_seat(writer: Writer, event_id: EventId, resident_id: ResidentId) -> Standing:
    free = rsvps.seats(writer, event_id, now=NOW).taken == 0
    standing = Standing.CONFIRMED if free else Standing.WAITING
    answer(writer, event_id, resident_id, standing)
    return standing


def find_all(reader: Reader, *names: str) -> list[bool]:
    return [bookmarks.find(reader, name) is not None for name in names]


async def test_result_is_given_and_read_back(database: Database) -> None:
    assert await database.write(put, "a") == "a"
    assert await database.read(find_all, "a", "b") == [True, False]


async def test_action_that_raises_leaves_no_trace_and_its_mates_stand(database: Database) -> None:
    first, refused, last = await asyncio.gather(
        database.write(put, "first"),
        database.write(put_and_refuse, "refused"),
        database.write(put, "last"),
        return_exceptions=True,
    )

    assert (first, last) == ("first", "last")
    assert isinstance(refused, RefusedError)
    assert await database.read(find_all, "first", "refused", "last") == [True, False, True]


async def test_action_that_the_database_refuses_leaves_no_trace_and_its_mates_stand(
    database: Database,
) -> None:
    first, refused, last = await asyncio.gather(
        database.write(put, "first"),
        database.write(put_and_break_a_rule, "refused"),
        database.write(put, "last"),
        return_exceptions=True,
    )

    assert (first, last) == ("first", "last")
    assert isinstance(refused, sqlite3.IntegrityError | psycopg.IntegrityError)
    assert await database.read(find_all, "first", "refused", "last") == [True, False, True]


async def test_action_that_runs_out_of_items_is_an_error_and_not_a_caller_that_waits_for_ever(
    database: Database,
) -> None:
    """A future cannot carry StopIteration."""
    nothing: list[int] = []

    async with asyncio.timeout(DEADLINE_SECONDS):
        with pytest.raises(RuntimeError, match="StopIteration"):
            await database.write(lambda _: next(iter(nothing)))
        with pytest.raises(RuntimeError, match="StopIteration"):
            await database.read(lambda _: next(iter(nothing)))


async def test_actions_side_by_side_end_as_if_one_after_the_other(database: Database) -> None:
    numbers = await asyncio.gather(*(database.write(count_up) for _ in range(40)))

    assert sorted(numbers) == list(range(1, 41))
    assert await database.read(bookmarks.find, "number") == 40


async def test_last_seat_is_taken_once_f43(database: Database) -> None:
    people = await database.write(crowd, 8)
    lunch = await database.write(event, people[0])

    standings = await asyncio.gather(
        *(database.write(take_seat, lunch.id, person.id) for person in people)
    )

    assert sorted(standings) == [Standing.CONFIRMED] + [Standing.WAITING] * 7
    assert (await database.read(rsvps.seats, lunch.id, now=NOW)).confirmed == 1


async def test_cancelled_caller_leaves_the_action_committed_whole_f14(database: Database) -> None:
    entered, released = threading.Event(), threading.Event()
    committed = asyncio.Event()
    database.listen(Topic.CARDS, committed.set)

    def slow(writer: Writer) -> None:
        bookmarks.put(writer, "before", 1)
        entered.set()
        released.wait(DEADLINE_SECONDS)
        bookmarks.put(writer, "after", 1)
        writer.announce(Topic.CARDS)

    caller = asyncio.create_task(database.write(slow))
    await asyncio.to_thread(entered.wait, DEADLINE_SECONDS)
    caller.cancel()
    with pytest.raises(asyncio.CancelledError):
        await caller
    at_cancellation = await database.read(find_all, "before", "after")
    released.set()
    await asyncio.wait_for(committed.wait(), DEADLINE_SECONDS)

    assert at_cancellation == [False, False]
    assert await database.read(find_all, "before", "after") == [True, True]
    assert await database.write(put, "next") == "next"


async def test_cancelled_caller_leaves_an_action_that_still_waits_to_be_run_f14(
    database: Database,
) -> None:
    released, committed = threading.Event(), asyncio.Event()
    database.listen(Topic.CARDS, committed.set)

    def block(_: Writer) -> None:
        released.wait(DEADLINE_SECONDS)

    def act(writer: Writer) -> None:
        put(writer, "late")
        writer.announce(Topic.CARDS)

    before = [asyncio.ensure_future(database.write(block)) for _ in range(CONNECTIONS)]
    waiting = asyncio.ensure_future(database.write(act))
    asyncio.get_running_loop().call_soon(waiting.cancel)
    with pytest.raises(asyncio.CancelledError):
        await waiting
    released.set()
    await asyncio.gather(*before)
    await asyncio.wait_for(committed.wait(), DEADLINE_SECONDS)

    assert await database.read(find_all, "late") == [True]


async def test_read_looks_at_one_picture_whatever_is_committed_meanwhile(
    database: Database,
) -> None:
    looked, changed = threading.Event(), threading.Event()

    def look_twice(reader: Reader) -> list[int]:
        before = residents.count(reader)
        looked.set()
        changed.wait(DEADLINE_SECONDS)
        return [before, residents.count(reader)]

    reading = asyncio.create_task(database.read(look_twice))
    await asyncio.to_thread(looked.wait, DEADLINE_SECONDS)
    await database.write(crowd, 3)
    changed.set()

    assert await reading == [0, 0]
    assert await database.read(residents.count) == 3


def test_reader_has_nothing_to_change_with() -> None:
    changing = {"change", "change_each", "returned", "announce"}

    assert changing <= set(dir(Writer))
    assert not changing & set(dir(Reader))


async def test_statement_that_changes_through_a_reader_is_refused_by_the_database(
    database: Database,
) -> None:
    smuggled = Look(
        text("INSERT INTO bookmarks VALUES ('smuggled', 1) RETURNING value").columns(
            column("value", Integer)
        ),
        int,
    )

    with pytest.raises((sqlite3.OperationalError, psycopg.errors.ReadOnlySqlTransaction)):
        await database.read(lambda reader: reader.all(smuggled))

    assert await database.read(find_all, "smuggled") == [False]
    assert await database.write(lambda writer: writer.all(smuggled)) == [1]


async def test_read_that_raises_leaves_the_connection_good(database: Database) -> None:
    def refuse(_: Reader) -> None:
        raise RefusedError

    for _ in range(5):
        with pytest.raises(RefusedError):
            await database.read(refuse)

    assert await database.read(residents.count) == 0


async def test_statement_of_one_row_that_gives_none_is_an_error(database: Database) -> None:
    empty = Look(text("SELECT 1 WHERE 1 = 0").columns(column("one", Integer)), int)

    with pytest.raises(LookupError):
        await database.read(lambda reader: reader.one(empty))


async def test_listener_is_called_after_the_commit_with_what_held_only(
    database: Database,
) -> None:
    heard: list[str] = []
    database.listen(Topic.OUTBOX, lambda: heard.append("outbox"))
    database.listen(Topic.CARDS, lambda: heard.append("cards"))

    def announce(writer: Writer) -> list[str]:
        writer.announce(Topic.CARDS)
        writer.announce(Topic.CARDS)
        return list(heard)

    heard_inside = await database.write(announce)
    with pytest.raises(RefusedError):
        await database.write(put_and_refuse, "refused")

    assert heard_inside == []
    assert heard == ["cards"]


async def test_actions_that_wait_when_it_closes_are_committed(
    database: Database, database_url: str
) -> None:
    names = [f"name {number}" for number in range(150)]

    *answers, _ = await asyncio.gather(
        *(database.write(put, name) for name in names), database.close()
    )

    async with opened(database_url) as again:
        found = await again.read(find_all, *names)
    assert answers == names
    assert all(found)


async def test_closed_database_says_so_at_once(database: Database) -> None:
    await database.close()
    await database.close()

    async with asyncio.timeout(DEADLINE_SECONDS):
        for asked in (database.read(residents.count), database.write(put, "a"), database.scrub()):
            with pytest.raises(ClosedError):
                await asked


async def test_what_comes_while_it_closes_is_refused_and_does_not_wait_for_ever(
    database: Database,
) -> None:
    async with asyncio.timeout(DEADLINE_SECONDS):
        _, wrote, read = await asyncio.gather(
            database.close(),
            database.write(put, "late"),
            database.read(residents.count),
            return_exceptions=True,
        )

    assert isinstance(wrote, ClosedError)
    assert isinstance(read, ClosedError)
