"""What has happened is written down even while another program holds the database (F09)."""

import asyncio
import sqlite3
import time
from contextlib import AsyncExitStack, closing
from pathlib import Path

from bot.keeping import BUSY_PAUSE, keep
from storage import holds
from storage.database import Database, Switchboard
from storage.sqlite import SqliteEngine
from tests.clocks import ManualClock
from tests.storage.rows import HOUR, NOW

WAIT_SECONDS = 10.0


async def test_f09_action_is_tried_until_the_database_is_free(sqlite_url: str) -> None:
    path, switchboard, clock = (
        Path(sqlite_url.removeprefix("sqlite:///")),
        Switchboard(),
        ManualClock(),
    )
    database = Database(
        await SqliteEngine.open(path, switchboard, busy_milliseconds=1), switchboard
    )
    async with AsyncExitStack() as stack:
        # Closed whatever happens: its threads would keep a test that fails from ending.
        stack.push_async_callback(database.close)
        with closing(sqlite3.connect(path)) as other:
            other.execute("BEGIN IMMEDIATE")
            keeping = asyncio.create_task(
                keep(database, clock, holds.put, holds.EVERYONE, until=NOW + HOUR)
            )
            deadline = time.monotonic() + WAIT_SECONDS
            while clock.next_instant() is None:
                assert not keeping.done(), "it gave up"
                assert time.monotonic() < deadline, "it never waited"
                await database.read(holds.running, now=NOW)
            other.rollback()

        await clock.pass_by(BUSY_PAUSE.total_seconds())
        await keeping

        assert len(await database.read(holds.running, now=NOW)) == 1
