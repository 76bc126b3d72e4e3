"""The quarter of the demonstration: a room, a real bot in it, and how the story is told.

The bot, its database and HTTP are real; Telegram is the sandbox's. The database lies in a folder
that goes away at the end.
"""

import asyncio
import secrets
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from bot.app import live, standing
from bot.house import House
from bot.settings import Settings
from handlers.words import Words, words_for
from sandbox import Message, Person, Room, Server
from storage import events
from storage.database import Database
from storage.events import Event
from storage.ids import EventId

MONDAY = datetime(2026, 11, 30, 9, 0, tzinfo=UTC)
"""When the story begins; its event is on Saturday the 5th of December."""
OFFICER_ID = 500_001
THOUGHT = timedelta(seconds=5)
"""What a person takes between two acts, so that no chat is faster than Telegram allows."""
PACE = 1000
"""Messages a second: nobody watches the gate here."""


@dataclass(frozen=True, slots=True)
class People:
    """Who is in the story: an officer and three residents, one of whom reads English."""

    karim: Person
    samira: Person
    ana: Person
    yusuf: Person

    @property
    def residents(self) -> tuple[Person, Person, Person]:
        """The three who are no officer."""
        return self.samira, self.ana, self.yusuf


@dataclass(frozen=True, slots=True)
class Quarter:
    """The room with the bot in it, and where the story is told."""

    room: Room
    house: House
    words: Words
    tell: Callable[[str], None]
    people: People
    album: dict[str, list[tuple[str, Message]]] = field(default_factory=dict)

    @property
    def database(self) -> Database:
        """The bot's database."""
        return self.house.services.database

    async def event(self) -> Event:
        """Get the event of the story, the first of its database."""
        return await self.database.read(events.get, EventId(1))

    def keep(self, name: str, person: Person, message: Message) -> None:
        """Keep what a phone shows, for the picture of that name."""
        self.album.setdefault(name, []).append(
            (person.user.first_name, replace(message, body=dict(message.body)))
        )

    def step(self, title: str) -> None:
        """Tell what happens next."""
        self.tell(f"\n▶ {title}")

    def show(self, person: Person, message: Message) -> None:
        """Tell what a person's phone shows."""
        name = person.user.first_name
        self.tell("\n".join(f"    {name:>7} │ {line}" for line in message.text.splitlines()))
        for row in message.rows:
            self.tell(f"    {'':>7} │ " + "  ".join(f"[{key.label}]" for key in row))

    async def tap(self, person: Person, key: str) -> Message:
        """Have a person tap the button of a locale's key; gives what their phone shows then."""
        return await self.tap_label(person, words_of(person)(key))

    async def tap_label(self, person: Person, label: str) -> Message:
        """Have a person tap the button that contains a label; gives what their phone shows then."""
        await person.sees(lambda message: message.key(label) is not None)
        self.tell(f"    {person.user.first_name:>7} ▸ [{label}]")
        return await self._act(person, lambda: person.tap(label))

    async def say(self, person: Person, text: str) -> Message:
        """Have a person write; gives what their phone shows then."""
        self.tell(f"    {person.user.first_name:>7} ▸ {text}")
        return await self._act(person, lambda: person.say(text))

    async def move_to(self, instant: datetime) -> None:
        """Move the quarter's clock, and let the bot do what is due."""
        local = instant.astimezone(self.house.services.premises.zone)
        self.tell(f"    {'clock':>7} ▸ {local:%A %d %B %H:%M}")
        await self.room.move_to(instant)
        await self.house.ticks.run_due()
        await self.room.quiet()

    async def _act(self, person: Person, act: Callable[[], object]) -> Message:
        await self.room.advance(THOUGHT)
        glance = person.glance()
        act()
        message = await person.sees(lambda _: True, after=glance)
        await self.room.quiet()
        message = person.find(lambda _: True, after=glance)
        self.show(person, message)
        return message


@asynccontextmanager
async def open_quarter(tell: Callable[[str], None], language: str) -> AsyncIterator[Quarter]:
    """Give a bot that lives in a room, on a database that goes away at the end."""
    token = f"{7_000_000_000 + secrets.randbelow(10**6)}:{secrets.token_urlsafe(26)}"
    room = Room(token=token, start=MONDAY)
    stop = asyncio.Event()
    with TemporaryDirectory(prefix="palabre-demo-") as folder:
        async with Server(room) as server:
            settings = _settings(room, server, Path(folder))
            async with standing(settings, room.clock) as house:
                life = asyncio.create_task(live(house, stop))
                try:
                    yield Quarter(room, house, words_for(language), tell, _people(room, language))
                finally:
                    stop.set()
                    await life


def _settings(room: Room, server: Server, folder: Path) -> Settings:
    values = {
        "telegram": {"token": room.token, "api_url": server.api_url},
        "database": {"url": f"sqlite:///{folder / 'palabre.db'}"},
        "community": {"name": "Roubaix", "contact_phone": "03 20 00 00 00"},
        "people": {"admins": [OFFICER_ID]},
        "limits": {"messages_per_second": PACE, "messages_per_minute_group": PACE},
    }
    return Settings.model_validate(values, context={"folder": folder})


def words_of(person: Person) -> Words:
    """Give the words of the language that a person's phone speaks."""
    return words_for(person.user.language_code or "fr")


def _people(room: Room, language: str) -> People:
    return People(
        karim=room.person("Karim", language_code=language, id=OFFICER_ID),
        samira=room.person("Samira", language_code="fr"),
        ana=room.person("Ana", language_code="en"),
        yusuf=room.person("Yusuf", language_code="fr"),
    )
