"""What holds on PostgreSQL: serial order, lost connections, others' locks."""

import asyncio
import threading
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, closing, contextmanager
from typing import Any

import psycopg
import pytest
from psycopg.errors import InFailedSqlTransaction, SerializationFailure
from sqlalchemy import Boolean, String, column, text

from storage import bookmarks, groups, outbox, residents, rsvps
from storage.database import Database, Switchboard, Writer
from storage.errors import BusyError, UnreachableError
from storage.ids import ChatId, CommissionId, EventId, ResidentId
from storage.postgresql import TRIES, PostgresqlEngine
from storage.rsvps import Standing
from storage.statements import Look
from tests.databases import opened
from tests.postgresql import Server
from tests.storage.rows import NOW, answer, crowd, event, notice

pytestmark = pytest.mark.postgresql

DEADLINE_SECONDS = 10
IMPATIENT_MILLISECONDS = 100

END_OWN_CONNECTION = Look(
    text("SELECT pg_terminate_backend(pg_backend_pid())").columns(column("ended", Boolean)), bool
)
PLACE_OF_OUTBOX = Look(text("SELECT ctid::text FROM outbox").columns(column("at", String)), str)


@contextmanager
def connection_of_our_own(url: str) -> Iterator[psycopg.Connection[Any]]:
    with closing(psycopg.connect(url.replace("+psycopg", ""), autocommit=True)) as connection:
        yield connection


@asynccontextmanager
async def impatient(url: str) -> AsyncIterator[Database]:
    """Give a database that waits a tenth of a second for each lock."""
    switchboard = Switchboard()
    engine = await PostgresqlEngine.open(url, switchboard, busy_milliseconds=IMPATIENT_MILLISECONDS)
    database = Database(engine, switchboard)
    try:
        yield database
    finally:
        await database.close()


class SeatTaking:
    """Two actions that both look before either writes, on their first run."""

    def __init__(self) -> None:
        self.runs = 0
        self._both_have_looked = threading.Barrier(2)
        self._met = threading.local()

    def act(self, writer: Writer, event_id: EventId, resident_id: ResidentId) -> Standing:
        free = rsvps.seats(writer, event_id, now=NOW).taken == 0
        self.runs += 1
        if not getattr(self._met, "once", False):
            self._met.once = True
            self._both_have_looked.wait(DEADLINE_SECONDS)
        standing = Standing.CONFIRMED if free else Standing.WAITING
        answer(writer, event_id, resident_id, standing)
        return standing


async def test_two_who_look_before_either_takes_the_last_seat_are_put_in_order_f43(
    postgresql_url: str,
) -> None:
    taking = SeatTaking()
    async with opened(postgresql_url) as database:
        ada, bob = await database.write(crowd, 2)
        lunch = await database.write(event, ada)

        standings = await asyncio.gather(
            *(database.write(taking.act, lunch.id, person.id) for person in (ada, bob))
        )

        seats = await database.read(rsvps.seats, lunch.id, now=NOW)
    assert sorted(standings) == [Standing.CONFIRMED, Standing.WAITING]
    assert seats.confirmed == 1
    assert taking.runs == 3


async def test_without_serial_order_both_would_take_the_last_seat(postgresql_url: str) -> None:
    """The control: what the server's own default does with the same two."""
    taking = SeatTaking()
    async with opened(postgresql_url) as database:
        ada, bob = await database.write(crowd, 2)
        lunch = await database.write(event, ada)

        def take(resident_id: ResidentId) -> None:
            with connection_of_our_own(postgresql_url) as connection, connection.transaction():
                writer = Writer(connection.cursor(), "postgresql")
                taking.act(writer, lunch.id, resident_id)

        await asyncio.gather(*(asyncio.to_thread(take, person.id) for person in (ada, bob)))

        seats = await database.read(rsvps.seats, lunch.id, now=NOW)
    assert seats.confirmed == 2


async def test_action_that_never_finds_its_place_is_refused(postgresql_url: str) -> None:
    runs: list[int] = []

    def conflict(writer: Writer) -> None:
        bookmarks.put(writer, "a", 1)
        runs.append(1)
        raise SerializationFailure

    async with opened(postgresql_url) as database:
        with pytest.raises(BusyError):
            await database.write(conflict)

        found = await database.read(bookmarks.find, "a")
    assert len(runs) == TRIES
    assert found is None


async def test_connections_that_the_server_ended_are_replaced(postgresql_url: str) -> None:
    async with opened(postgresql_url) as database:
        await asyncio.gather(*(database.write(bookmarks.put, f"{n}", n) for n in range(20)))
        with connection_of_our_own(postgresql_url) as connection:
            connection.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                " WHERE datname = current_database() AND pid <> pg_backend_pid()"
            )

        wrote = await asyncio.gather(
            *(database.write(bookmarks.put, f"{n}", n + 1) for n in range(20)),
            *(database.read(bookmarks.find, "0") for _ in range(20)),
        )

        assert wrote[:20] == [None] * 20
        assert await database.read(bookmarks.find, "19") == 20


async def test_connection_lost_inside_an_action_runs_it_again_with_one_effect(
    postgresql_url: str,
) -> None:
    runs: list[int] = []

    def count_up(writer: Writer) -> None:
        runs.append(1)
        bookmarks.put(writer, "number", (bookmarks.find(writer, "number") or 0) + 1)
        if len(runs) == 1:
            writer.one(END_OWN_CONNECTION)

    async with opened(postgresql_url) as database:
        await database.write(count_up)

        found = await database.read(bookmarks.find, "number")
    assert (len(runs), found) == (2, 1)


async def test_connection_lost_inside_a_commit_is_told_and_not_run_again(
    postgresql_url: str,
) -> None:
    """Nobody knows then whether the commit took place."""
    with connection_of_our_own(postgresql_url) as connection:
        connection.execute(
            "CREATE FUNCTION cut() RETURNS trigger LANGUAGE plpgsql AS"
            " $$ BEGIN PERFORM pg_terminate_backend(pg_backend_pid()); RETURN NULL; END $$"
        )
        connection.execute(
            "CREATE CONSTRAINT TRIGGER cut AFTER INSERT ON bookmarks"
            " DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION cut()"
        )
    runs: list[int] = []

    def put(writer: Writer) -> None:
        runs.append(1)
        bookmarks.put(writer, "a", 1)

    async with opened(postgresql_url) as database:
        with pytest.raises(UnreachableError):
            await database.write(put)

        assert len(runs) == 1
        assert await database.read(residents.count) == 0


async def test_action_that_goes_on_after_the_database_refused_it_is_never_called_committed(
    postgresql_url: str,
) -> None:
    """The server answers such a COMMIT with a rollback, and without an error."""

    def swallow(writer: Writer) -> str:
        try:
            groups.put(writer, ChatId(1), CommissionId(9), invite_link=None, now=NOW)
        except psycopg.IntegrityError:
            return "all is well"
        raise AssertionError

    async with opened(postgresql_url) as database:
        with pytest.raises(InFailedSqlTransaction):
            await database.write(swallow)

        assert await database.read(residents.count) == 0


async def test_lock_that_another_program_keeps_is_refused_and_nothing_changed_f09(
    postgresql_url: str,
) -> None:
    async with impatient(postgresql_url) as database:
        with connection_of_our_own(postgresql_url) as other, other.transaction():
            other.execute("LOCK TABLE bookmarks")
            with pytest.raises(BusyError):
                await database.write(bookmarks.put, "a", 1)

        assert await database.read(bookmarks.find, "a") is None
        await database.write(bookmarks.put, "a", 2)
        assert await database.read(bookmarks.find, "a") == 2


async def test_server_that_is_not_there_is_told(postgresql_server: Server) -> None:
    with pytest.raises(UnreachableError):
        async with opened(postgresql_server.url("never_made")):
            pass


async def test_close_ends_the_threads_and_the_connections(postgresql_url: str) -> None:
    before = set(threading.enumerate())
    async with opened(postgresql_url) as database:
        await asyncio.gather(*(database.read(residents.count) for _ in range(20)))
        started = {one for one in threading.enumerate() if one.name.startswith("postgresql")}

    assert started - before
    assert not any(thread.is_alive() for thread in started)
    with connection_of_our_own(postgresql_url) as connection:
        assert connections(connection) == 0


def connections(connection: psycopg.Connection[Any]) -> int:
    """Count the others' connections, looking again while some of them are still ending."""
    count = (
        "SELECT count(*) FROM pg_stat_activity"
        " WHERE datname = current_database() AND pid <> pg_backend_pid()"
    )
    found = (connection.execute(count).fetchall()[0][0] for _ in range(1000))
    return next((0 for number in found if number == 0), 1)


@pytest.mark.parametrize(("scrubbed", "place"), [(True, "(0,1)"), (False, "(0,2)")])
async def test_scrub_gives_the_place_of_an_erased_row_free(
    postgresql_url: str, place: str, *, scrubbed: bool
) -> None:
    async with opened(postgresql_url) as database:
        first = await database.write(lambda writer: notice(writer, "first"))
        await database.write(outbox.erase, first.id)

        if scrubbed:
            await database.scrub()

        await database.write(lambda writer: notice(writer, "second"))
        found = await database.read(lambda reader: reader.all(PLACE_OF_OUTBOX))
    assert found == [place]


async def test_claim_reads_no_row_in_vain_among_many(postgresql_url: str) -> None:
    fill = (
        "INSERT INTO outbox(kind, dedupe_key, chat_id, facts, lane, silent, not_before, state,"
        " attempts) SELECT 'moved', 'key:' || n, n / 3, '{}', 1 + n % 3, false, '2027-01-01Z',"
        " CASE n % 10 WHEN 0 THEN 'pending' ELSE 'sent' END, 0 FROM generate_series(1, 30000) n"
    )
    reads = Look(
        text(
            "SELECT seq_scan, idx_scan FROM pg_stat_xact_user_tables WHERE relname = 'outbox'"
        ).columns(column("seq_scan"), column("idx_scan")),
        lambda whole, by_index: (whole, by_index > 0),
    )

    def claim(writer: Writer) -> list[tuple[int, bool]]:
        for lane in (1, 2, 3):
            assert len(outbox.claim(writer, lane=lane, now=NOW, most=30)) == 30
        return writer.all(reads)

    with connection_of_our_own(postgresql_url) as connection:
        connection.execute(fill)
        connection.execute("ANALYZE outbox")
    async with opened(postgresql_url) as database:
        assert await database.write(claim) == [(0, True)]
