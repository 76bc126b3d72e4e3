"""What tests of sending ask for: many residents at once, a network of bad will, and what arrived.

Duplicates and losses are counted in the room's ledger, by what Telegram has executed.
"""

import asyncio
import time
from collections import Counter
from collections.abc import AsyncIterator, Awaitable, Callable, Collection, Iterable
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from itertools import count

from bot import app
from bot.house import bot_of, build, gate_of
from bot.request import AiohttpRequest
from bot.sender import LANES
from bot.settings import Settings
from community import broadcasts, changes, rsvps
from sandbox import Fault, Message, Person, Room, Server
from sandbox.ledger import Call
from storage import cards, holds, outbox, residents
from storage.broadcasts import Audience
from storage.cards import CardKind
from storage.database import Reader, Writer
from storage.events import Event
from storage.holds import Hold
from storage.ids import ChatId, MessageId, ResidentId, UpdateId
from storage.outbox import Notice, OutboxState
from storage.residents import Resident, Role
from storage.rsvps import Answer
from storage.schema import open_database
from tests.house import KARIM_ID, House, living, new_room, settings_for

SLOW = {"messages_per_second": 30, "messages_per_minute_group": 18}
"""Limits as Telegram's, so that W is 8."""
PATIENCE_SECONDS = 0.5
"""What an impatient bot waits for an answer."""
WAIT_SECONDS = 20.0
FIRST_STRANGER = 900_000_000
_causes = count(40_000_000_000)
"""Far above what a room numbers its updates with."""
_LONG_AGO = datetime(1970, 1, 1, tzinfo=UTC)
_OPEN = {OutboxState.PENDING, OutboxState.SENDING}


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
        yield House(room, server, bot, _karim(room))


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
                yield House(room, server, house, _karim(room))
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


def _karim(room: Room) -> Person:
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


# ----------------------------------------------------------------------------------------- acts


async def cancel(house: House, event: Event) -> None:
    """Cancel an event now: K5 to all who come."""
    await house.write(changes.cancel, event_id=event.id, now=house.now())


async def move(house: House, event: Event, **fields: object) -> None:
    """Move an event and tell it at once: K5 to all who come."""
    officer = (await house.read(residents.team))[0]
    await house.write(
        changes.change,
        event_id=event.id,
        fields=fields,
        seen_version=event.version,
        author_id=officer.id,
        policy=house.bot.services.premises.policy,
        hold_for=timedelta(),
        now=house.now(),
    )


async def announce(house: House, event: Event, *faults: Fault) -> Message:
    """Have Karim announce an event to all, now, among faults; gives what shows how far it is."""
    karim = await officer(house)
    told = {"chat_id": house.karim.id, "text": "…"}
    sent = await house.bot.request.call("sendMessage", told)
    for fault in faults:
        house.room.faults.add(fault)
    await house.write(_announce, event, karim.id, sent["message_id"], house)
    return house.karim.newest


def _announce(
    writer: Writer, event: Event, officer_id: ResidentId, message_id: MessageId, house: House
) -> None:
    now = house.now()
    draft = broadcasts.draft(
        writer,
        author_id=officer_id,
        event_id=event.id,
        audience=Audience.EVERYONE,
        commission_id=None,
        cause=UpdateId(next(_causes)),
        now=now,
    )
    cards.put(
        writer,
        ChatId(house.karim.id),
        message_id,
        kind=CardKind.BROADCAST,
        subject_id=draft.id,
        now=now,
    )
    broadcasts.hold(writer, broadcast_id=draft.id, hold_for=timedelta(), again=True, now=now)
    broadcasts.hurry(writer, broadcast_id=draft.id, now=now)


# ------------------------------------------------------------------------------- what became of it


def sends(house: House, chat_id: int | None = None) -> list[Call]:
    """List the requests to send, begun, to a chat or to all."""
    return house.room.ledger.calls("sendMessage", chat=chat_id)


def arrived(house: House, text: str) -> Counter[int | str | None]:
    """Count, by chat, the messages with a text that Telegram has executed."""
    return Counter(
        call.chat_id for call in sends(house) if call.executed and text in call.params["text"]
    )


async def states_in(url: str) -> Counter[OutboxState]:
    """Count the messages of a database by how they stand, while no bot lives."""
    database = await open_database(url)
    try:
        return Counter(await database.read(outbox.count))
    finally:
        await database.close()


async def owed(house: House, kind: str | None = None) -> Counter[OutboxState]:
    """Count the messages owed, of a kind or all, by how they stand."""
    return Counter(one.state for one in await notices(house) if kind in (None, one.kind))


async def notices(house: House) -> list[Notice]:
    """List all messages owed, whatever their state."""
    found: list[Notice] = await house.read(outbox.all_)
    return found


async def bulk_hold(house: House) -> Hold | None:
    """Give the silence of the bulk lanes as it is kept, over or not."""
    found: Hold | None = await house.read(holds.find, holds.EVERYONE)
    return found


async def eventually(
    house: House, holds_: Callable[[], Awaitable[object]], what: str = "the condition"
) -> None:
    """Wait until what is looked up in the database is so."""
    deadline = time.monotonic() + WAIT_SECONDS
    while not await holds_():
        assert time.monotonic() < deadline, f"not within {WAIT_SECONDS} s: {what}"
        await house.room.changed.wait(0.02)


async def at_rest(house: House) -> None:
    """Wait until nothing is under way, and nothing that may leave now waits."""

    async def nothing_due() -> bool:
        waits = await house.read(_has_due, house.now())
        return not waits and not house.room.ledger.under_way

    await eventually(house, nothing_due, "nothing due")
    await house.room.quiet(WAIT_SECONDS)


def _has_due(reader: Reader, now: datetime) -> bool:
    hold = holds.find(reader, holds.EVERYONE)
    lanes = LANES[:1] if hold is not None and hold.until > now else LANES
    next_at = [outbox.next_at(reader, lane=lane, after=_LONG_AGO) for lane in lanes]
    return bool(outbox.sending(reader)) or any(at is not None and at <= now for at in next_at)


async def ended(house: House) -> None:
    """Wait until every message owed has ended."""

    async def none_open() -> bool:
        return not (await house.read(outbox.count)).keys() & _OPEN

    await eventually(house, none_open, "every message ended")
