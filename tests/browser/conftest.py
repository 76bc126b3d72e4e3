"""One browser for the session; a fresh room, page and window for each test."""

from collections.abc import AsyncIterator

import pytest_asyncio
from playwright.async_api import Browser, async_playwright

from tests.browser.chromium import absent, arguments, installed
from tests.browser.quarter import Quarter, opened
from tests.browser.window import Window, window


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def chromium() -> AsyncIterator[Browser]:
    """Give the session's browser."""
    program = installed()
    if program is None:
        absent()
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=program, args=arguments())
        yield browser
        await browser.close()


@pytest_asyncio.fixture(loop_scope="session")
async def quarter(chromium: Browser) -> AsyncIterator[Quarter]:
    """Give a room with a page."""
    del chromium  # without a browser there is nothing to open a room for
    async with opened() as made:
        yield made


@pytest_asyncio.fixture(loop_scope="session")
async def wide(chromium: Browser, quarter: Quarter) -> AsyncIterator[Window]:
    """Give a window that shows the phones side by side."""
    async with window(chromium, quarter.page.url) as shown:
        yield shown
