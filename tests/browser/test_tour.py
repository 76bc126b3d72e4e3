"""The guided tour, followed on the real page to its end: the bot is the real one, in a process."""

from pathlib import Path

import pytest
from playwright.async_api import Browser, expect

from bot.demo import promises
from bot.demo.steps import STEPS
from tests.browser.following import follow, staged
from tests.browser.window import window

pytestmark = pytest.mark.asyncio(loop_scope="session")


@pytest.mark.parametrize("language", ["fr", "en"])
async def test_tour_is_followed_to_its_end_by_touching_what_it_points_at(
    chromium: Browser, tmp_path: Path, language: str
) -> None:
    seen: list[str] = []

    async def look(step: str) -> None:
        seen.append(step)

    async with (
        staged(tmp_path / "demo", language=language) as stage,
        window(chromium, stage.url) as shown,
    ):
        await follow(stage, shown, look)

        await expect(shown.tab.locator("#tour-title")).to_be_visible()
        promises.check_erased(stage.tour.scene)
        promises.check_seats(stage.tour.scene, stage.room)
    assert seen == [step.id for step in STEPS]
