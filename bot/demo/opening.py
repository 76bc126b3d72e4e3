"""Opens the stage: the quarter gets its past, the servers and the page stand, the bot lives."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from pathlib import Path
from typing import Any

from bot.demo import sight as sights
from bot.demo.behind import Behind
from bot.demo.home import Home
from bot.demo.keeper import Keeper
from bot.demo.plan import KARIM, MONDAY, plan
from bot.demo.quarter import come_back, furnish
from bot.demo.scene import Scene
from bot.demo.seed import sow
from bot.demo.stage import USUAL, Stage
from bot.demo.tour import Tour
from bot.house import premises_of
from bot.settings import Settings
from handlers.words import words_for
from sandbox import ClockChannel, Room, Server
from sandbox.phones import Page
from storage import bookmarks, residents
from storage.ids import EventId
from storage.schema import open_database

USERNAME = "palabre_demo_bot"
CALLS_KEPT = 20_000


@asynccontextmanager
async def opened(home: Home, *, port: int, complain: Callable[[str], None]) -> AsyncIterator[Stage]:
    """Give a stage on which a bot lives in a quarter that has a past, shown on a page.

    Raises:
        OSError: the port is taken.
        BotEndedError: the bot has ended at once.
    """
    room = Room(token=home.token, username=USERNAME, start=MONDAY, seed=home.seed)
    room.ledger.limit(CALLS_KEPT)
    room.flood.enforce(USUAL)
    thought = plan(home.seed, language=home.language)
    cast = furnish(room, thought, language=home.language, seed=home.seed)
    async with AsyncExitStack() as stack:
        server = await stack.enter_async_context(Server(room))
        stage = Stage(room, server, cast, home.language)
        page = Page(room, port=port, actions=stage.actions, language=home.language)
        await stack.enter_async_context(page)
        channel = await stack.enter_async_context(ClockChannel(room))
        values = settings_values(home, server.api_url)
        await _settle(stage, home, Settings.model_validate(values, context={"folder": Path()}))
        stage.keeper = Keeper(home, {"settings": values, "clock": channel.url}, stage.notice)
        stack.callback(lambda: home.stop_at(room.clock.now()))
        stack.push_async_callback(stage.keeper.stop)
        stage.tell, stage.complain = page.publish, complain
        await _raise_curtain(stage, home, stack)
        stage.url = page.url
        yield stage


def settings_values(home: Home, api_url: str) -> dict[str, Any]:
    """Give the settings of the bot, by section; none comes from a file or the environment."""
    return {
        "telegram": {"token": home.token, "api_url": api_url},
        "database": {"url": f"sqlite:///{home.database.resolve()}"},
        "community": {
            "name": "Roubaix",
            "contact_phone": "03 20 00 00 00",
            "default_language": home.language,
        },
        "people": {"admins": [KARIM]},
    }


async def _settle(stage: Stage, home: Home, settings: Settings) -> None:
    """Give the quarter its past: write it, or go on where a kept database stopped."""
    database = await open_database(settings.database.url)
    try:
        await database.write(bookmarks.put_owner, home.bot_id)
        if await database.read(residents.count):
            with sights.opened(home.database) as sight:
                come_back(stage.room, sight, stage.cast, home.stopped_at())
            return
        following = await database.write(
            sow,
            plan=plan(home.seed, language=home.language),
            premises=premises_of(settings, USERNAME),
            group=stage.cast.place,
            language=home.language,
            seed=home.seed,
        )
        stage.room.number_from(following)
    finally:
        await database.close()


async def _raise_curtain(stage: Stage, home: Home, stack: AsyncExitStack) -> None:
    """Have the bot live, and begin to watch it."""
    stage.sight = stack.enter_context(sights.opened(home.database))
    scene = Scene(stage.sight, stage.room, stage.cast, home.language, EventId(0))
    stage.tour = Tour(scene, lambda told: stage.tell("tour", told))
    stage.tell_all()
    await stage.start_bot()
    for person in stage.cast.phones:
        if scene.resident(person) is not None:
            person.start()
    await stage.rest()
    behind = Behind(
        stack.enter_context(sights.opened(home.database)),
        stage.room,
        words_for(home.language),
        lambda told: stage.tell("behind", told),
    )
    stage.works = [asyncio.create_task(work) for work in (stage.watch(), behind.run())]
    for work in stage.works:
        stack.push_async_callback(_cancelled, work)


async def _cancelled(task: asyncio.Task[None]) -> None:
    """End a task; raises what it has died of."""
    task.cancel()
    await asyncio.wait({task})
    if not task.cancelled():
        task.result()
