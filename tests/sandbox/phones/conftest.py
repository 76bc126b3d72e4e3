"""A page of a room, and a reader of its live stream."""

import asyncio
import json
from collections.abc import AsyncIterator, Callable
from typing import Any

import aiohttp
import pytest

from sandbox import Room
from sandbox.actions import Action
from sandbox.phones import Page
from sandbox.shapes import Json

WITHIN_SECONDS = 10


def _refused(_room: Room, _told: Json) -> None:
    raise AssertionError("the bot is dead already")


ADDED: dict[str, Action] = {"echo": lambda _room, told: told, "refuse": _refused}


class Stream:
    """Reads server-sent events."""

    def __init__(self, response: aiohttp.ClientResponse) -> None:
        self.response = response

    async def next(self) -> tuple[str, Any]:
        told: dict[str, str] = {}
        while line := (await self.response.content.readline()).decode():
            if line == "\n" and "data" in told:
                return told["event"], json.loads(told["data"])
            name, _, value = line.rstrip("\n").partition(": ")
            told[name] = value
        raise EOFError

    async def event(self, name: str, wanted: Callable[[Any], bool] = lambda _told: True) -> Any:  # noqa: ANN401 — each event has data of its own
        async with asyncio.timeout(WITHIN_SECONDS):
            while True:
                found, told = await self.next()
                if found == name and wanted(told):
                    return told


@pytest.fixture
async def page(room: Room) -> AsyncIterator[Page]:
    async with Page(room, actions=ADDED, language="fr") as running:
        yield running


@pytest.fixture
async def browser(page: Page) -> AsyncIterator[aiohttp.ClientSession]:
    async with aiohttp.ClientSession(base_url=page.url) as session:
        yield session


@pytest.fixture
async def stream(browser: aiohttp.ClientSession) -> AsyncIterator[Stream]:
    """A page that has been told all that stood when it opened."""
    async with browser.get("/live") as response:
        opened = Stream(response)
        await opened.event("calls")
        yield opened
