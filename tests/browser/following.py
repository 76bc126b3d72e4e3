"""Somebody who follows the guided tour on the page: touches whatever it points at."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress
from pathlib import Path

from bot.demo import home, opening
from bot.demo.stage import Stage
from tests.browser.window import Window

MOVES_ON_SECONDS = 5.0
"""A touch that has moved nothing on by then is made again, as a person would."""
MOST_TOUCHES = 90
POINTED = ".pointed:visible"

Look = Callable[[str], Awaitable[None]]


@asynccontextmanager
async def staged(folder: Path, *, language: str = "fr") -> AsyncIterator[Stage]:
    """Give the demonstration itself: its page, its quarter, and the real bot in a process."""
    complaints: list[str] = []
    with home.opened(folder, language=language) as house:
        async with opening.opened(house, port=0, complain=complaints.append) as stage:
            running = asyncio.create_task(stage.run())
            try:
                yield stage
            finally:
                running.cancel()
                await asyncio.wait({running})
    assert complaints == []


async def follow(stage: Stage, window: Window, look: Look) -> None:
    """Follow the tour to its end; `look` is called with each step's name when it is over."""
    await window.tab.locator("#tour-button").click()
    await stage.room.until(lambda: stage.tour.step is not None)
    for _ in range(MOST_TOUCHES):
        step = stage.tour.step
        if step is None:
            return
        await _touch(stage, window)
        if stage.tour.step is not step:
            await look(step.id)
    raise AssertionError(f"the tour is still at {stage.tour.step} after {MOST_TOUCHES} touches")


async def _touch(stage: Stage, window: Window) -> None:
    """Touch what is pointed at, if anything is, and wait until the tour points elsewhere."""
    before = (stage.tour.at, stage.tour.pointer)
    if stage.tour.pointer is not None:
        await window.tab.locator(POINTED).first.click()
    with suppress(AssertionError):
        await stage.room.until(
            lambda: (stage.tour.at, stage.tour.pointer) != before, MOVES_ON_SECONDS
        )
