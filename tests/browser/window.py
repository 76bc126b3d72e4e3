"""A browser window on the page: opened in light or dark, wide or narrow; its faults are noted."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Literal
from urllib.parse import urlsplit

from playwright.async_api import Browser, ConsoleMessage, Locator, Page, expect

WIDE = (1500, 900)
NARROW = (400, 800)
WITHIN_MS = 10_000
expect.set_options(timeout=WITHIN_MS)
Scheme = Literal["light", "dark"]


class Window:
    """One open window."""

    def __init__(self, tab: Page) -> None:
        self.tab = tab
        self.faults: list[str] = []
        tab.on("console", self._said)
        tab.on("pageerror", lambda error: self.faults.append(str(error)))
        tab.on("request", lambda request: self._asked(request.url))

    def phone(self, chat: int) -> Locator:
        """Find the phone of a chat."""
        return self.tab.locator(f"#panel-{chat}")

    def control(self, name: str) -> Locator:
        """Find one of the page's own controls."""
        return self.tab.locator(f'[data-control="{name}"]')

    async def focused(self) -> str:
        """Give the label or the text of what has the focus."""
        script = "document.activeElement.ariaLabel || document.activeElement.textContent.trim()"
        return str(await self.tab.evaluate(script))

    def _said(self, message: ConsoleMessage) -> None:
        if message.type in {"error", "warning"}:
            self.faults.append(message.text)

    def _asked(self, address: str) -> None:
        host = urlsplit(address).hostname
        if host not in {"127.0.0.1", None}:  # blob: and data: name none
            self.faults.append(f"a request off loopback: {address}")


@asynccontextmanager
async def window(
    browser: Browser,
    url: str,
    size: tuple[int, int] = WIDE,
    scheme: Scheme = "light",
) -> AsyncIterator[Window]:
    """Open the page; at the end, it must have thrown and asked for nothing wrong."""
    width, height = size
    context = await browser.new_context(
        viewport={"width": width, "height": height}, color_scheme=scheme, reduced_motion="reduce"
    )
    context.set_default_timeout(WITHIN_MS)
    shown = Window(await context.new_page())
    await shown.tab.goto(url)
    await shown.tab.locator("html[data-ready]").wait_for()
    try:
        yield shown
    finally:
        await context.close()
    assert shown.faults == []
