"""A room with its server, and a plain HTTP client that speaks to it as any bot would."""

from collections.abc import AsyncIterator
from typing import Any

import aiohttp
import pytest

from sandbox import Person, Room, Server


class Api:
    """Calls methods over real HTTP."""

    def __init__(self, session: aiohttp.ClientSession, base: str) -> None:
        self.session = session
        self.base = base

    async def call(self, method: str, **params: object) -> dict[str, Any]:
        async with self.session.post(f"{self.base}/{method}", json=params) as response:
            body: dict[str, Any] = await response.json()
            assert response.status == body.get("error_code", 200)
            return body

    async def result(self, method: str, **params: object) -> Any:  # noqa: ANN401 — each method has a result of its own
        body = await self.call(method, **params)
        assert body["ok"], body
        return body["result"]

    async def refusal(self, method: str, **params: object) -> tuple[int, str]:
        body = await self.call(method, **params)
        assert not body["ok"], body
        return body["error_code"], body["description"]


@pytest.fixture
def room() -> Room:
    return Room()


@pytest.fixture
async def server(room: Room) -> AsyncIterator[Server]:
    async with Server(room) as running:
        yield running


@pytest.fixture
async def api(room: Room, server: Server) -> AsyncIterator[Api]:
    async with aiohttp.ClientSession() as session:
        yield Api(session, f"{server.api_url}/bot{room.token}")


@pytest.fixture
def samira(room: Room) -> Person:
    person = room.person("Samira", language_code="fr")
    person.start()
    room.updates.clear()
    return person
