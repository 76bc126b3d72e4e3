"""A whole bot in a room: the real application, receiver, sender and ticks, over HTTP.

Nothing is faked but Telegram and the clock, which is the room's and is moved by hand.
"""

import asyncio
import secrets
import shutil
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Concatenate, ParamSpec, TypeVar

import pytest
import pytest_asyncio

from bot import app
from bot.settings import Settings
from community import codes
from community.team import INVITATION_LIFETIME
from sandbox import Answer, Message, Person, Room, Server
from storage import inbox
from storage.database import Database, Reader, Writer
from storage.links import Purpose

Values = ParamSpec("Values")
Result = TypeVar("Result")

MONDAY_MORNING = datetime(2026, 11, 30, 9, 0, tzinfo=UTC)
"""When a house opens: 10:00 in Roubaix, a Monday; Saturday is the 5th of December."""
KARIM_ID = 500_001
"""The admin named in the settings."""


BETWEEN_TWO_ACTS = timedelta(seconds=5)
"""What a person takes to read; one chat gets a message a second in the long run (bot/pace.py)."""
REST_SECONDS = 20.0


@dataclass
class House:
    """A living bot, its room, and Karim, who is named in the settings."""

    room: Room
    server: Server
    bot: app.House
    karim: Person

    @property
    def database(self) -> Database:
        """The bot's database."""
        return self.bot.services.database

    def now(self) -> datetime:
        """The room's instant."""
        return self.room.clock.now()

    async def read(
        self,
        look: Callable[Concatenate[Reader, Values], Result],
        /,
        *args: Values.args,
        **values: Values.kwargs,
    ) -> Result:
        """Look into the database."""
        return await self.database.read(look, *args, **values)

    async def write(
        self,
        action: Callable[Concatenate[Writer, Values], Result],
        /,
        *args: Values.args,
        **values: Values.kwargs,
    ) -> Result:
        """Do something that no person in the room does."""
        return await self.database.write(action, *args, **values)

    async def advance(self, by: timedelta) -> None:
        """Move the clock, and have the ticks run that are due."""
        await self.room.advance(by)
        await self.bot.ticks.run_due()

    async def move_to(self, instant: datetime) -> None:
        """Move the clock to an instant, and have the ticks run that are due."""
        await self.room.move_to(instant)
        await self.bot.ticks.run_due()

    async def join(
        self,
        name: str,
        *,
        language: str = "Français",
        payload: str = "",
        language_code: str = "",
        id: int | None = None,  # noqa: A002 - Telegram's own word
    ) -> Person:
        """Bring in a resident who presses START, chooses a language, agrees, keeps the name."""
        person = self.room.person(name, language_code=language_code, id=id)
        await self.welcome(person, language=language, payload=payload)
        return person

    async def welcome(
        self, person: Person, *, language: str = "Français", payload: str = ""
    ) -> None:
        """Lead a person through the first contact."""
        person.start(payload)
        await person.sees(lambda message: message.key(language) is not None)
        await self.tap(person, language)
        await self.tap(person, "✅")
        await self.tap(person, person.user.first_name)

    async def tap(self, person: Person, label: str, message: Message | None = None) -> Answer:
        """Tap a button and wait until its tap is answered and all is quiet; gives the answer."""
        await self.room.advance(BETWEEN_TWO_ACTS)
        answer = await person.tap(label, message).answered()
        await self.rest()
        return answer

    async def say(self, person: Person, text: str) -> None:
        """Write to the bot and wait until all is quiet."""
        await self.room.advance(BETWEEN_TWO_ACTS)
        person.say(text)
        await self.rest()

    async def rest(self) -> None:
        """Wait until every update is handled and nothing more is called."""
        await self.room.quiet()
        deadline = time.monotonic() + REST_SECONDS
        while await self.read(inbox.count_new):
            assert time.monotonic() < deadline, "updates that are never done"
            await self.room.quiet()

    async def link(self, purpose: Purpose, target_id: int | None) -> str:
        """Make a link's code as an officer's share button does."""
        code = codes.new_link_code()
        await self.write(
            codes.keep,
            code,
            purpose,
            target_id=target_id,
            created_by=None,
            expires_at=self.now() + INVITATION_LIFETIME,
            uses=None,
        )
        return code


def settings_for(room: Room, server: Server, url: str, **sections: dict[str, object]) -> Settings:
    """Give settings for a bot in a room; `sections` replace the defaults of a house."""
    values: dict[str, dict[str, object]] = {
        "telegram": {"token": room.token, "api_url": server.api_url},
        "database": {"url": url},
        "community": {"name": "Roubaix", "contact_phone": "03 20 00 00 00"},
        "people": {"admins": [KARIM_ID]},
        "limits": {"messages_per_second": 1000, "messages_per_minute_group": 1000},
    }
    return Settings.model_validate(values | sections, context={"folder": Path()})


def new_room() -> Room:
    """Give a room with a token of its own: houses side by side do not lock each other out."""
    token = f"{7_000_000_000 + secrets.randbelow(999_999)}:{secrets.token_urlsafe(26)}"
    return Room(token=token, start=MONDAY_MORNING)


@asynccontextmanager
async def living(room: Room, settings: Settings) -> AsyncIterator[app.House]:
    """Give a bot that lives in a room until the end of the block."""
    stop = asyncio.Event()
    async with app.standing(settings, room.clock) as house:
        life = asyncio.create_task(app.live(house, stop))
        try:
            yield house
        finally:
            stop.set()
            await life


@asynccontextmanager
async def open_house(url: str, **sections: dict[str, object]) -> AsyncIterator[House]:
    """Give a whole house on a migrated database."""
    room = new_room()
    async with Server(room) as server:
        settings = settings_for(room, server, url, **sections)
        async with living(room, settings) as bot:
            karim = room.person("Karim", language_code="fr", id=KARIM_ID)
            yield House(room, server, bot, karim)


@pytest.fixture(scope="session")
def house_template(sqlite_template: Path) -> Path:
    """Give the migrated file that houses are opened on."""
    return sqlite_template


@pytest_asyncio.fixture
async def house(house_template: Path, tmp_path: Path) -> AsyncIterator[House]:
    """Give a living bot on a database of the test's own."""
    path = shutil.copy(house_template, tmp_path / "palabre.db")
    async with open_house(f"sqlite:///{path}") as one:
        yield one
