"""The room's clock, in this process and in another."""

import asyncio
from datetime import UTC, datetime, timedelta

import pytest

from sandbox import ClockChannel, RemoteClock, Room, RoomClock

NOON = datetime(2027, 3, 28, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)


def test_clock_flows_from_start_and_stands_when_frozen() -> None:
    clock = RoomClock(NOON)

    first, second = clock.now(), clock.now()
    clock.freeze()
    clock.to(NOON)

    assert NOON <= first <= second < NOON + HOUR
    assert clock.now() == NOON
    clock.advance(-HOUR)
    assert clock.now() == NOON - HOUR
    clock.thaw()
    assert clock.now() >= NOON - HOUR


async def test_clock_sleeper_wakes_on_jump() -> None:
    clock = RoomClock(NOON)
    clock.freeze()
    sleeper = asyncio.create_task(clock.sleep_until(NOON + HOUR))
    await asyncio.wait([sleeper], timeout=0.01)
    slept = not sleeper.done()

    clock.advance(HOUR)

    assert slept
    await asyncio.wait_for(sleeper, 1)


async def test_clock_sleeper_not_yet_due_sleeps_on() -> None:
    clock = RoomClock(NOON)
    clock.freeze()
    sleeper = asyncio.create_task(clock.sleep_until(NOON + HOUR))

    clock.advance(HOUR / 2)
    done, _ = await asyncio.wait([sleeper], timeout=0.01)
    sleeper.cancel()

    assert not done


async def test_clock_sleeper_wakes_by_flow() -> None:
    clock = RoomClock()

    async with asyncio.timeout(5):
        await clock.sleep_until(clock.now() + timedelta(milliseconds=20))


def test_clock_listeners_called_after_each_jump() -> None:
    clock = RoomClock()
    clock.freeze()
    clock.to(NOON)
    heard: list[datetime] = []
    clock.on_move(lambda: heard.append(clock.now()))

    clock.advance(HOUR)
    clock.to(NOON)

    assert heard == [NOON + HOUR, NOON]


async def test_remote_clock_hears_of_jump_before_advance_returns() -> None:
    room = Room()
    room.clock.freeze()
    room.clock.to(NOON)
    async with ClockChannel(room) as channel:
        remote = await RemoteClock.connect(channel.url)
        heard: list[datetime] = []
        remote.on_move(lambda: heard.append(remote.now()))

        await room.advance(HOUR)
        await room.move_to(NOON)
        await remote.close()

    assert heard == [NOON + HOUR, NOON]
    assert remote.frozen


async def test_remote_clock_flows_with_the_room() -> None:
    room = Room(start=NOON)
    async with ClockChannel(room) as channel:
        remote = await RemoteClock.connect(channel.url)

        apart = abs((remote.now() - room.clock.now()).total_seconds())
        await remote.close()

    assert apart < 1


async def test_room_advance_after_follower_left_returns() -> None:
    room = Room(start=NOON)
    async with ClockChannel(room) as channel:
        remote = await RemoteClock.connect(channel.url)
        await remote.close()

        async with asyncio.timeout(5):
            await room.advance(HOUR)


async def test_remote_clock_nobody_there_refused() -> None:
    with pytest.raises(OSError, match=r"."):
        await RemoteClock.connect("tcp://127.0.0.1:9")


async def test_room_advance_waits_for_a_slow_follower() -> None:
    room = Room()
    async with ClockChannel(room) as channel:
        host, port = channel.url.removeprefix("tcp://").split(":")
        reader, writer = await asyncio.open_connection(host, int(port))
        await reader.readline()

        moving = asyncio.create_task(room.advance(HOUR))
        await reader.readline()
        early, _ = await asyncio.wait([moving], timeout=0.05)
        writer.write(b"1\n")
        async with asyncio.timeout(5):
            await moving
        writer.close()

    assert not early
