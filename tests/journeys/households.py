"""Houses for tests of sending: many residents at once, and bots that stop, restart or hurry."""

import asyncio
from collections.abc import AsyncIterator, Collection, Iterable
from contextlib import asynccontextmanager
from datetime import timedelta
from itertools import count

from bot import app
from bot.house import bot_of, build, gate_of
from bot.request import AiohttpRequest
from bot.settings import Settings
from community import rsvps
from sandbox import Person, Room, Server
from storage import residents
from storage.database import Reader, Writer
from storage.events import Event
from storage.ids import ChatId, UpdateId
from storage.residents import Resident, Role
from storage.rsvps import Answer
from storage.schema import open_database
from tests.house import KARIM_ID, House, living, new_room, settings_for

SLOW = {"messages_per_second": 30, "messages_per_minute_group": 18}
"""Limits as Telegram's, so that W is 8."""
PATIENCE_SECONDS = 0.5
"""What an impatient bot waits for an answer."""
FIRST_STRANGER = 900_000_000
_causes = count(40_000_000_000)
"""Far above what a room numbers its updates with."""


# --------------------------------------------------------------------------------------- houses


@asynccontextmanager
async def bare_room(
    url: str, **sections: dict[str, object]
) -> AsyncIterator[tuple[Room, Server, Settings]]:
    """Give a room without a bot, and the settings of one on a migrated database."""
    room = new_room()
    async with Server(room) as server:
        yield room, server, settings_for(room, server, url, **sections)


@asynccontextmanager
async def inhabited(room: Room, server: Server, settings: Settings) -> AsyncIterator[House]:
    """Give a house in a room; when the block ends its bot stops, as for a restart."""
    async with living(room, settings) as bot:
        yield House(room, server, bot, karim(room))


@asynccontextmanager
async def impatient(url: str, **sections: dict[str, object]) -> AsyncIterator[House]:
    """Give a house whose bot waits PATIENCE_SECONDS for an answer."""
    async with bare_room(url, **sections) as (room, server, settings):
        database = await open_database(settings.database.url)
        gate = await gate_of(settings, database, room.clock)
        request = AiohttpRequest(
            room.token, server.api_url, read_timeout=timedelta(seconds=PATIENCE_SECONDS)
        )
        bot = bot_of(settings, request, gate)
        await bot.initialize()
        house = await build(settings, room.clock, database, request=request, gate=gate, bot=bot)
        try:
            async with _alive(house):
                yield House(room, server, house, karim(room))
        finally:
            await bot.shutdown()
            await database.close()


@asynccontextmanager
async def _alive(house: app.House) -> AsyncIterator[None]:
    stop = asyncio.Event()
    life = asyncio.create_task(app.live(house, stop))
    try:
        yield
    finally:
        stop.set()
        await life


def karim(room: Room) -> Person:
    """Give Karim, whom the settings name, and bring him in on the first call."""
    return room.people.get(KARIM_ID) or room.person("Karim", language_code="fr", id=KARIM_ID)


# --------------------------------------------------------------------------------------- people


async def settle(house: House, number: int, *, role: Role = Role.RESIDENT) -> list[Person]:
    """Bring in residents who have agreed to everything, without the taps."""
    people = [house.room.person(f"Person {one}", language_code="fr") for one in range(number)]
    for person in people:
        person.private.started = True
    await house.write(_enter, [person.id for person in people], role, house)
    return people


async def officer(house: House) -> Resident:
    """Bring Karim in, without the taps, on the first call; gives who he is to the bot."""
    if await house.read(residents.find_speaking, ChatId(house.karim.id)) is None:
        house.karim.private.started = True
        await house.write(_enter, [house.karim.id], Role.ADMIN, house)
    return await known(house, house.karim.id)


async def strangers(house: House, number: int, *, start: int = 0) -> list[int]:
    """Enter residents whom Telegram does not know; gives their ids there."""
    ids = list(range(FIRST_STRANGER + start, FIRST_STRANGER + start + number))
    await house.write(_enter, ids, Role.RESIDENT, house)
    return ids


def _enter(writer: Writer, telegram_ids: Iterable[int], role: Role, house: House) -> None:
    for telegram_id in telegram_ids:
        residents.add(
            writer,
            telegram_id=telegram_id,
            first_name=f"Person {telegram_id}",
            language="fr",
            role=role,
            notice_version=1,
            now=house.now(),
        )


async def known(house: House, chat_id: int) -> Resident:
    """Give who a chat's person is to the bot."""
    resident = await house.read(residents.find_speaking, ChatId(chat_id))
    assert resident is not None
    return resident


async def unreachable(house: House, chat_ids: Iterable[int]) -> list[int]:
    """List those of some chats who are marked out of reach."""
    return await house.read(_unreachable, list(chat_ids))


def _unreachable(reader: Reader, chat_ids: Iterable[int]) -> list[int]:
    people = [residents.find_speaking(reader, chat_id) for chat_id in chat_ids]
    return [one.telegram_id for one in people if one is not None and one.unreachable_at]


async def come(house: House, event: Event, people: Collection[Person]) -> None:
    """Have people say that they come, without the taps."""
    await house.write(_come, event, [person.id for person in people], house)


def _come(writer: Writer, event: Event, chat_ids: Iterable[int], house: House) -> None:
    for chat_id in chat_ids:
        resident = residents.find_speaking(writer, ChatId(chat_id))
        assert resident is not None
        rsvps.answer(
            writer,
            event_id=event.id,
            resident_id=resident.id,
            answer=Answer.YES,
            now=house.now(),
            cause=UpdateId(next(_causes)),
        )
