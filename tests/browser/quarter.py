"""A room with three phones and a page of it, and what a test does there by the bot's hand."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

import aiohttp

from sandbox import Group, Person, Room, Server
from sandbox.actions import Action
from sandbox.phones import Page
from sandbox.shapes import Json
from tests.sandbox.conftest import Api

MONDAY = datetime(2026, 11, 30, 9, 0, tzinfo=UTC)
WITHIN_SECONDS = 10
GIVEN = ("bot_kill", "bot_start", "switch", "tour_start", "tour_next", "tour_stop", "clock_to")
STEPS = [{"id": f"s{at}", "title": f"Title {at}", "text": f"Text {at}"} for at in range(7)]
YES_NO = [[{"text": "✅ Je viens", "callback_data": "y"}, {"text": "❌ Non", "callback_data": "n"}]]


@dataclass
class Quarter:
    """What stands while a test runs; `asked` holds the page's calls for what is not the room's."""

    room: Room
    api: Api
    page: Page
    samira: Person
    yusuf: Person
    karim: Person
    group: Group
    asked: list[tuple[str, Json]] = field(default_factory=list)

    async def send(self, chat: int, text: str, **told: object) -> int:
        """Let the bot write; gives the message's number."""
        sent = await self.api.result("sendMessage", chat_id=chat, text=text, **told)
        return int(sent["message_id"])

    async def card(self, chat: int, text: str = "Atelier cuisine", **told: object) -> int:
        """Let the bot send a message with two buttons; gives its number."""
        return await self.send(chat, text, reply_markup={"inline_keyboard": YES_NO}, **told)

    async def heard(self, kind: str = "message") -> Json:
        """Wait for the next update of that kind; those before it are forgotten."""
        async with asyncio.timeout(WITHIN_SECONDS):
            offset = 0
            while True:
                for update in await self.api.result("getUpdates", offset=offset, timeout=5):
                    offset = update["update_id"] + 1
                    if kind in update:
                        await self.api.result("getUpdates", offset=offset)
                        found: Json = update[kind]
                        return found

    def publish_tour(self, at: int | None, pointer: Json | None = None) -> None:
        """Lead the tour to a step."""
        told = {"steps": STEPS, "at": at, "is_over": False, "pointer": pointer}
        self.page.publish("tour", told)

    def publish_quarter(self) -> None:
        """Tell the page all that a demonstration tells it."""
        poster = {"title": "Atelier", "link": f"https://t.me/{self.room.bot.username}?start=e_1"}
        phones = [self.samira.id, self.yusuf.id]
        told = {"title": "Linné", "officer": self.karim.id, "phones": phones}
        told |= {"groups": [self.group.id], "posters": [{**poster, "payload": "e_1"}]}
        self.page.publish("quarter", told)
        self.page.publish("bot", {"alive": True, "starts": 1})
        self.page.publish("switches", {"network": False, "flood": False})
        self.page.publish("moments", {"reminder": "2026-12-04T17:00:00+00:00", "event": None})
        self.page.publish("behind", {"ways": [_way()]})
        self.publish_tour(None)


def _way() -> Json:
    at = MONDAY.isoformat()
    row = {"table": "rsvps", "verb": "insert", "key": "7", "columns": {"answer": [None, "YES"]}}
    steps: list[Any] = [
        {"kind": "kept", "at": at, "text": "kept first", "rows": []},
        {"kind": "rows", "at": at, "text": "one row", "rows": [row]},
    ]
    return {"update_id": 1, "who": "Samira", "what": "Je viens", "at": at, "steps": steps}


@asynccontextmanager
async def opened() -> AsyncIterator[Quarter]:
    """Open the room, its server, its page."""
    room = Room(start=MONDAY)
    asked: list[tuple[str, Json]] = []

    def noting(name: str) -> Action:
        return lambda _room, told: asked.append((name, told))

    actions = {name: noting(name) for name in GIVEN}
    async with (
        Server(room) as server,
        Page(room, actions=actions, language="en") as page,
        aiohttp.ClientSession() as session,
    ):
        api = Api(session, f"{server.api_url}/bot{room.token}")
        samira = room.person("Samira", language_code="fr")
        yusuf = room.person("يوسف", language_code="ar")
        karim = room.person("Karim", language_code="fr")
        group = room.group("Parents", owner=karim)
        group.add(samira)
        group.add_bot(karim)
        for person in (samira, yusuf, karim):
            person.start()
        room.updates.clear()
        yield Quarter(room, api, page, samira, yusuf, karim, group, asked)
