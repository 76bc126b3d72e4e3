"""What tests of faults need: handlers that break, a writing thread that stands still, and waits."""

import asyncio
import sqlite3
import threading
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any

from telegram import Update
from telegram.ext import MessageHandler, filters

from bot.handling import Handling
from handlers.context import Context
from storage import inbox
from storage.database import Database, Writer
from storage.ids import UpdateId
from storage.inbox import InboxRow, InboxState
from tests.house import House

PATIENCE_S = 10.0
Breaks = Callable[[Context], Awaitable[Any]]


def breaking(house: House, word: str, breaks: Breaks) -> None:
    """Have every text with a word handled by a function of the test's own, before all others."""

    async def on_text(update: Update, context: Context) -> None:
        await context.meet(update)
        await breaks(context)

    handler: MessageHandler[Context, Any] = MessageHandler(filters.Regex(word), on_text)
    house.bot.application.handlers[0].insert(0, handler)


@asynccontextmanager
async def writing_stopped(database: Database) -> AsyncIterator[None]:
    """Keep the writing thread from its next action until the end of the block."""
    begun, released = threading.Event(), threading.Event()

    def hold(_: Writer) -> None:
        begun.set()
        released.wait(PATIENCE_S)

    holding = asyncio.ensure_future(database.write(hold))
    await asyncio.to_thread(begun.wait, PATIENCE_S)
    try:
        yield
    finally:
        released.set()
        await holding


def restarted(house: House) -> Handling:
    """Give what handles updates after a restart: it remembers nothing."""
    return Handling(house.bot.application, house.bot.services, house.room.clock)


async def a_round_trip(house: House) -> None:
    """Wait as long as a call takes: whoever was about to call has done so."""
    await house.bot.application.bot.get_me()


async def as_time_passes(house: House, condition: Callable[[], bool], step: timedelta) -> None:
    """Move the clock step by step until a condition holds: whoever pauses goes on."""
    deadline = time.monotonic() + PATIENCE_S
    while not condition():
        assert time.monotonic() < deadline, "what never comes, however late it is"
        await house.advance(step)
        await a_round_trip(house)


async def handled(house: House) -> None:
    """Let time pass until every update is handled: one chat gets a message a second."""
    deadline = time.monotonic() + 3 * PATIENCE_S
    await house.room.until(lambda: len(house.room.updates) == 0)
    while await house.read(inbox.count_new):
        assert time.monotonic() < deadline, "updates that are never done"
        await house.advance(timedelta(seconds=1))
        await a_round_trip(house)


async def undone(house: House, number: int) -> list[InboxRow]:
    """Wait until so many updates are kept and not finished; gives them."""
    deadline = time.monotonic() + PATIENCE_S
    while len(rows := await house.read(inbox.undone)) < number:
        assert time.monotonic() < deadline, "updates that are never kept"
    return rows


async def ended(house: House, update_id: UpdateId, state: InboxState) -> None:
    """Wait until an update has ended so."""
    deadline = time.monotonic() + PATIENCE_S
    while (row := await house.read(inbox.find, update_id)) is None or row.state is not state:
        assert time.monotonic() < deadline, f"an update that is never {state}"


async def last_update(house: House) -> UpdateId:
    """Give the number of the last update that was polled."""
    offset = await house.read(inbox.poll_offset)
    assert offset is not None
    return UpdateId(offset - 1)


def statement(path: Path, sql: str) -> None:
    """Run a statement from outside, as another program on the machine could."""
    connection = sqlite3.connect(path)
    try:
        with connection:
            connection.execute(sql)
    finally:
        connection.close()
