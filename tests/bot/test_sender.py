"""The sender: what a stop, a crash or a fault of ours leaves behind is decided, never forgotten."""

import asyncio
import time
from contextlib import suppress
from datetime import datetime, timedelta

import pytest
from typing_extensions import override

from bot import app
from bot.carrier import TURN_PATIENCE
from bot.gate import Gate
from bot.sender import Sender
from community.notices import Lane
from sandbox import Fault, Person, raw, status
from storage import outbox
from storage.database import Writer
from storage.errors import ClosedError
from storage.ids import ChatId
from storage.outbox import OutboxState
from tests.clocks import ManualClock, settle
from tests.handlers.making import an_event
from tests.house import House, open_house
from tests.journeys import households, sending
from tests.journeys.households import bare_room, come, inhabited, officer
from tests.journeys.sending import (
    announce,
    arrived,
    at_rest,
    cancel,
    ended,
    notices,
    owed,
    sends,
)
from tests.storage.rows import notice

CANCELLED = "❌ ANNULÉ"
TITLE = "Atelier cuisine"
PATIENCE = timedelta(seconds=10)
NO_NUMBER = raw(b'{"ok": true, "result": {}}')
"""An answer that breaks what nobody expects to break: a message without its number."""


async def guests(house: House, number: int) -> list[Person]:
    """Give people who are owed the cancellation of their event."""
    await officer(house)
    event = await an_event(house, capacity=None)
    people = await households.settle(house, number)
    await come(house, event, people)
    await cancel(house, event)
    return people


def claim_all(writer: Writer, now: datetime) -> int:
    """Claim what is owed as a bot does that is killed right after."""
    return sum(len(outbox.claim(writer, lane=lane, now=now, most=99)) for lane in (1, 2, 3))


async def test_f02_messages_claimed_at_a_crash_are_decided_by_their_promise(
    sqlite_url: str,
) -> None:
    async with bare_room(sqlite_url) as (room, server, settings):
        async with app.standing(settings, room.clock) as bot:
            house = House(room, server, bot, room.person("Karim", id=500_001))
            (samira,) = await guests(house, 1)
            await announce(house, await an_event(house, title="Balade"))
            claimed = await house.write(claim_all, house.now())
        async with inhabited(room, server, settings) as house:
            await ended(house)
            states = {one.chat_id: one.state for one in await notices(house)}
            kinds = await owed(house, "announcement")

    assert claimed == 2, "Samira's cancellation blocks her announcement"
    assert arrived(house, CANCELLED)[samira.id] == 1
    assert kinds == {OutboxState.UNCERTAIN: 1, OutboxState.SENT: 1}
    assert states[ChatId(500_001)] is OutboxState.UNCERTAIN
    assert len(sends(house, 500_001)) == 1, "the card only"


async def test_f13_stop_at_any_moment_leaves_nothing_under_way_and_nothing_in_doubt(
    sqlite_url: str,
) -> None:
    async with bare_room(sqlite_url) as (room, server, settings):
        for turns in range(0, 60, 3):
            async with app.standing(settings, room.clock) as bot:
                house = House(room, server, bot, households.karim(room))
                if turns == 0:
                    await officer(house)
                    people = await households.settle(house, 30)
                    event = await an_event(house, capacity=None)
                    await announce(house, event)
                running = asyncio.create_task(bot.sender.run())
                await settle(turns)
                running.cancel()
                with suppress(asyncio.CancelledError):
                    await running
                await bot.gate.shutdown()
                await bot.sender.finish(PATIENCE)

                states = await owed(house)
                assert not states.keys() & {OutboxState.SENDING, OutboxState.UNCERTAIN}
        async with inhabited(room, server, settings) as house:
            await ended(house)

        assert await sending.states_in(sqlite_url) == {OutboxState.SENT: 31}
    counts = arrived(house, TITLE)
    assert [counts[person.id] for person in people] == [1] * 30


async def test_fault_of_ours_in_a_cancellation_is_settled_by_another_try(house: House) -> None:
    house.room.faults.add(Fault(NO_NUMBER, method="sendMessage", times=1))

    (samira,) = await guests(house, 1)
    await at_rest(house)
    await house.advance(timedelta(seconds=61))
    await ended(house)

    assert len(sends(house, samira.id)) == 2
    assert await owed(house) == {OutboxState.SENT: 1}


async def test_fault_of_ours_in_an_announcement_is_counted_as_uncertain(house: House) -> None:
    await officer(house)
    (samira,) = await households.settle(house, 1)
    fault = Fault(NO_NUMBER, method="sendMessage", chat=samira.id)

    await announce(house, await an_event(house), fault)
    await ended(house)
    await house.karim.sees("1 incertain")

    assert len(sends(house, samira.id)) == 1
    assert await owed(house) == {OutboxState.SENT: 1, OutboxState.UNCERTAIN: 1}


@pytest.mark.parametrize("kind", ["reminder", "of a newer program"])
async def test_message_that_cannot_be_worded_keeps_no_other_back(house: House, kind: str) -> None:
    people = await households.settle(house, 1)
    earlier = house.now() - timedelta(hours=1)
    await house.write(lambda writer: notice(writer, "k", kind=kind, not_before=earlier))

    event = await an_event(house)
    await come(house, event, people)
    await cancel(house, event)
    await house.room.until(lambda: arrived(house, CANCELLED)[people[0].id] == 1)
    await house.advance(timedelta(seconds=61))
    await ended(house)

    assert (await owed(house, kind)) == {OutboxState.FAILED: 1}


async def test_sender_that_loses_its_database_dies_with_the_fault(sqlite_url: str) -> None:
    async with (
        bare_room(sqlite_url) as (room, _, settings),
        app.standing(settings, room.clock) as bot,
    ):
        running = asyncio.create_task(bot.sender.run())
        await settle()
        await bot.services.database.close()

        await room.advance(timedelta(minutes=2))

        with pytest.raises(ClosedError):
            await asyncio.wait_for(running, 5)
        await bot.sender.finish(PATIENCE)


class CountingClock(ManualClock):
    """Counts how often it is looked at."""

    looks = 0

    @override
    def now(self) -> datetime:
        self.looks += 1
        return super().now()


async def test_due_messages_that_may_not_leave_do_not_make_the_sender_spin(
    sqlite_url: str,
) -> None:
    async def keep_nothing(_chat_id: int | None, _until: datetime) -> None:
        """Keep no hold."""

    async with (
        bare_room(sqlite_url) as (room, _, settings),
        app.standing(settings, room.clock) as bot,
    ):
        clock = CountingClock()
        gate = Gate(clock, on_hold=keep_nothing)
        until = clock.now() + timedelta(hours=1)
        gate.hold(None, until)
        await bot.services.database.write(
            outbox.enqueue,
            kind="announcement",
            dedupe_key="k",
            chat_id=ChatId(1),
            lane=Lane.BROADCAST,
            not_before=clock.now() - timedelta(hours=1),
            expires_at=None,
        )
        sender = Sender(bot.request, gate, bot.services, clock, messages_per_second=30)
        running = asyncio.create_task(sender.run())
        seen = [await _looks_after_reads(bot, clock) for _ in range(3)]
        running.cancel()
        await asyncio.gather(running, return_exceptions=True)
        await sender.finish(PATIENCE)

    assert seen[1] == seen[2]


async def _looks_after_reads(bot: app.House, clock: CountingClock) -> int:
    for _ in range(50):
        await bot.services.database.read(outbox.count)
    return clock.looks


async def test_claimed_message_whose_lane_is_held_meanwhile_is_owed_again_at_once(
    sqlite_url: str,
) -> None:
    async with open_house(sqlite_url, limits=dict(households.SLOW)) as house:
        await officer(house)
        people = await households.settle(house, 20)
        flood = Fault(status(429, retry_after=3600), method="sendMessage", chat=people[0].id)

        await announce(house, await an_event(house), flood)
        await house.room.until(lambda: flood.struck == 1)
        began = time.monotonic()
        await at_rest(house)

        assert time.monotonic() - began < TURN_PATIENCE.total_seconds() - 2
        assert OutboxState.SENDING not in await owed(house)
