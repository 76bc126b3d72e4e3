"""The composition root: a bot is built, lives until it is told to stop, and stops cleanly.

Order of a start: locks, database, token, whose database it is. Only then does anything begin: what
a crash has left under way, then what is new. Order of an end: the doors, those who work, the
database, the locks.
"""

import asyncio
from collections.abc import AsyncIterator, Coroutine, Iterator, Sequence
from contextlib import AsyncExitStack, asynccontextmanager, contextmanager, suppress
from datetime import timedelta

import structlog

from bot import stalls
from bot.clock import Clock
from bot.house import House, bot_of, build, gate_of
from bot.lock import database_lock, held, postgresql_lock, token_lock
from bot.logs import kinds, places
from bot.patience import persist
from bot.request import AiohttpRequest
from bot.settings import Settings
from community import rsvps, team
from handlers import commands
from storage import bookmarks
from storage.schema import open_database

__all__ = ["PATIENCE", "House", "live", "serve", "standing"]

PATIENCE = timedelta(seconds=10)
"""What is under way at a stop may take so long to end (F13)."""

_LOG: structlog.typing.FilteringBoundLogger = structlog.get_logger(__name__)


async def serve(settings: Settings, clock: Clock, stop: asyncio.Event) -> None:
    """Build a bot and live until `stop` is set, which may come before the bot stands.

    Raises:
        SecondInstanceError, StorageError, TokenRefusedError: as `standing` and `live`.
    """
    async with AsyncExitStack() as stack:
        arriving = asyncio.create_task(stack.enter_async_context(standing(settings, clock)))
        stopping = asyncio.create_task(stop.wait())
        try:
            await asyncio.wait({arriving, stopping}, return_when=asyncio.FIRST_COMPLETED)
            house = arriving.result() if arriving.done() else None
        finally:
            await _cancel([arriving, stopping])
        if house is not None:
            await live(house, stop)


@asynccontextmanager
async def standing(settings: Settings, clock: Clock) -> AsyncIterator[House]:
    """Give a bot that stands and has sent nothing; at the end everything is closed.

    Raises:
        SecondInstanceError: another bot has this database or this token.
        StorageError: the database is damaged, newer, or another bot's.
        TokenRefusedError: Telegram knows no bot by this token.
    """
    async with AsyncExitStack() as stack:
        stack.enter_context(_alone(settings))
        database = await open_database(settings.database.url)
        stack.push_async_callback(database.close)
        gate = await gate_of(settings, database, clock)
        token = settings.telegram.token.get_secret_value()
        request = AiohttpRequest(token, settings.telegram.api_url)
        bot = bot_of(settings, request, gate)
        stack.push_async_callback(bot.shutdown)
        await persist(clock, bot.initialize)
        await database.write(bookmarks.put_owner, bot.id)
        await database.write(team.name_admins, telegram_ids=settings.people.admins)
        await database.write(rsvps.give_grace, now=clock.now())
        yield await build(settings, clock, database, request=request, gate=gate, bot=bot)


async def live(house: House, stop: asyncio.Event) -> None:
    """Live until `stop` is set, then end what is under way within PATIENCE.

    A part of the house that dies ends the life of all, with its error.

    Raises:
        TokenRefusedError: Telegram refuses the token for a minute.
    """
    works: list[asyncio.Task[object]] = []
    async with AsyncExitStack() as stack:
        stack.push_async_callback(_end, house, works)
        await house.receiver.resume()
        if house.settings.http_address is not None:
            # aiohttp's server takes time to import, and a bot that polls mostly serves nothing.
            from bot import http  # noqa: PLC0415

            await stack.enter_async_context(http.serving(house.settings, house.receiver))
        # Who writes is heard first: the others begin with what can wait a moment.
        vital = _begun(_receive(house), house.sender.run(), house.editor.run(), stop.wait())
        works += [*vital, _greeting(house), *_begun(stalls.watch())]
        house.ticks.start()
        _LOG.info("living", mode=house.settings.telegram.mode)
        ended, _ = await asyncio.wait(vital, return_when=asyncio.FIRST_COMPLETED)
    for work in ended:
        work.result()


@contextmanager
def _alone(settings: Settings) -> Iterator[None]:
    """Hold the locks that say that a bot lives here (F69)."""
    token = token_lock(settings.telegram.token.get_secret_value())
    path = settings.database.sqlite_path
    if path is not None:
        with held(token, database_lock(path)):
            yield
    else:
        with held(token), postgresql_lock(settings.database.url):
            yield


def _begun(*works: Coroutine[object, object, object]) -> list[asyncio.Task[object]]:
    return [asyncio.create_task(work) for work in works]


async def _receive(house: House) -> None:
    """Poll, or have Telegram call the webhook, until cancelled."""
    if house.settings.telegram.mode == "polling":
        await house.receiver.poll()
    else:
        from bot import http  # noqa: PLC0415 - see above

        await persist(house.clock, lambda: http.ask_for_calls(house.settings, house.request))
        await house.receiver.listen()


def _greeting(house: House) -> asyncio.Task[object]:
    """Begin to list the commands in Telegram's menu; the bot works without it."""

    def greeted(task: asyncio.Task[object]) -> None:
        if not task.cancelled() and (error := task.exception()) is not None:
            _LOG.error("commands_not_listed", fault=kinds(error), at=places(error))

    bot, services = house.application.bot, house.services
    (task,) = _begun(persist(house.clock, lambda: commands.publish(bot, services)))
    task.add_done_callback(greeted)
    return task


async def _end(house: House, works: list[asyncio.Task[object]]) -> None:
    """Take nothing new, let what is under way end, and send back those who wait for their turn."""
    await _cancel(works)
    await house.gate.shutdown()
    await asyncio.gather(
        _stop_ticks(house),
        house.handling.finish(PATIENCE),
        house.sender.finish(PATIENCE),
        house.editor.finish(PATIENCE),
    )


async def _stop_ticks(house: House) -> None:
    with suppress(TimeoutError):
        async with asyncio.timeout(PATIENCE.total_seconds()):
            await house.ticks.stop()


async def _cancel(tasks: Sequence[asyncio.Task[object]]) -> None:
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)
