"""Receiving: what an update is read for before anything is built of it, and what is heard of it."""

import asyncio
import json
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any, TypeVar

import pytest
from hypothesis import given
from hypothesis import strategies as st
from structlog.testing import capture_logs

from bot import app, updates
from bot.receiver import Receiver
from sandbox import Fault, Room, Server, status
from storage import inbox
from storage.database import Database, Reader, Switchboard, Writer
from storage.errors import BusyError
from storage.ids import ChatId, UpdateId
from storage.inbox import Received
from tests.house import House, new_room, settings_for

NOW = datetime(2026, 12, 1, 12, tzinfo=UTC)
PATIENCE_S = 10.0
TRIES = 5
Result = TypeVar("Result")
NAMES = st.sampled_from(["from", "chat", "id", "message", "date", "data", "message_id", "x"])
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(NAMES, inner, max_size=4),
    max_leaves=12,
)
PARTS = st.sampled_from(["message", "callback_query", "my_chat_member", "edited_message"])


def message(**fields: Any) -> dict[str, Any]:  # noqa: ANN401 - as Telegram writes it
    return {"update_id": 1, "message": {"chat": {"id": 7}, "from": {"id": 7}, **fields}}


@given(PARTS, JSON)
def test_whatever_comes_is_kept_and_read_without_an_error(part: str, content: object) -> None:
    update = {"update_id": 1, part: content}

    kept = updates.received(update)

    assert kept.update_id == 1
    assert kept.payload.isascii()
    assert json.loads(kept.payload)["update_id"] == 1
    assert updates.counts_at(update, NOW) <= NOW
    assert updates.sender_of(update) is None or isinstance(updates.sender_of(update), int)


def test_f55_half_a_pair_of_surrogates_and_nul_fit_into_any_database() -> None:
    kept = updates.received(message(text="a\ud83d\x00b"))

    assert kept.payload.encode("utf-8")
    assert "\x00" not in kept.payload
    assert json.loads(kept.payload)["message"]["text"] == "a\ud83d\x00b"


def test_tap_belongs_to_its_person_and_keeps_nothing_of_what_the_message_says() -> None:
    update = {
        "update_id": 1,
        "callback_query": {
            "from": {"id": 7},
            "data": "1h",
            "message": {"message_id": 3, "chat": {"id": -9}, "date": 5, "text": "CANARY"},
        },
    }

    kept = updates.received(update)

    assert kept.chat_id == 7
    assert "CANARY" not in kept.payload
    assert updates.sender_of(update) == 7


@pytest.mark.parametrize(
    ("ago", "counts"),
    [
        (timedelta(hours=6), timedelta(hours=6)),
        (timedelta(seconds=30), timedelta()),
        (timedelta(hours=-1), timedelta()),
    ],
    ids=["waited", "fresh", "future"],
)
def test_f54_update_counts_when_it_was_written_if_it_waited(
    ago: timedelta, counts: timedelta
) -> None:
    update = message(date=int((NOW - ago).timestamp()))

    assert updates.counts_at(update, NOW) == NOW - counts


async def test_f37_resume_hands_over_more_than_a_page_in_order_and_all_of_it(house: House) -> None:
    samira = await house.join("Samira")
    number = inbox.A_PAGE + 3
    waiting = [
        Received(UpdateId(10**9 + n), ChatId(900_000 + n), json.dumps({"update_id": 10**9 + n}))
        for n in range(number)
    ]
    await house.write(inbox.add, waiting, now=house.now())

    handed = await house.bot.receiver.resume()
    await house.rest()

    assert handed == number
    assert samira.received


class Occupied:
    """An engine whose writes others keep from beginning, as long as they hold the database."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self.is_held = False
        self.refused = 0

    async def read(self, look: Callable[[Reader], Result]) -> Result:
        return await self._database.read(look)

    async def write(self, action: Callable[[Writer], Result]) -> Result:
        if self.is_held:
            self.refused += 1
            raise BusyError("locked")
        return await self._database.write(action)

    async def scrub(self) -> None:
        await self._database.scrub()

    async def close(self) -> None:
        await self._database.close()


def is_listening(room: Room) -> bool:
    """Whether a long poll is open: the first one after a start is short."""
    polls = room.ledger.calls("getUpdates")
    return bool(polls) and polls[-1].under_way and int(polls[-1].params["timeout"]) > 0


async def test_f09_batch_waits_at_telegram_until_the_database_is_free(sqlite_url: str) -> None:
    room = new_room()
    async with Server(room) as server:
        settings = settings_for(room, server, sqlite_url)
        async with app.standing(settings, room.clock) as bot:
            engine = Occupied(bot.services.database)
            services = replace(bot.services, database=Database(engine, Switchboard()))
            receiver = Receiver(bot.request, services, bot.handling, room.clock)
            polling = asyncio.create_task(receiver.poll())
            await room.until(lambda: is_listening(room))

            engine.is_held = True
            room.person("Samira").start()
            async with asyncio.timeout(PATIENCE_S):
                while engine.refused < TRIES and not polling.done():
                    await room.advance(timedelta(seconds=1))
                    await bot.application.bot.get_me()
            waiting = len(room.updates)
            engine.is_held = False
            await room.advance(timedelta(seconds=1))
            await room.until(lambda: not room.updates or polling.done())
            polling.cancel()
            await asyncio.gather(polling, return_exceptions=True)
            await bot.handling.finish(timedelta(seconds=PATIENCE_S))

    assert (engine.refused, waiting) == (TRIES, 1)
    assert polling.cancelled()
    assert len(room.updates) == 0


async def test_f25_poll_that_is_told_to_wait_waits_as_long_as_it_is_told(house: House) -> None:
    samira = await house.join("Samira")
    house.room.faults.add(Fault(status(429, retry_after=300), method="getUpdates"))
    with capture_logs() as logs:
        samira.say("/aide")
        await house.room.until(lambda: any(line["event"] == "poll_failed" for line in logs))
    house.room.faults.clear()
    seen = samira.glance()
    samira.say("/agenda")
    await house.room.advance(timedelta(seconds=290))
    waiting = len(house.room.updates)
    await house.room.advance(timedelta(seconds=11))
    await samira.sees("Pas de rendez-vous", after=seen)

    assert waiting >= 1


async def test_f31_conflict_with_a_webhook_deletes_it_and_goes_on(house: House) -> None:
    samira = await house.join("Samira")
    seen = samira.glance()
    house.room.webhook.url = "https://elsewhere.example"
    house.room.updates.arrived.ring()

    samira.say("/agenda")
    await samira.sees("Pas de rendez-vous", after=seen)

    assert house.room.webhook.url == ""
