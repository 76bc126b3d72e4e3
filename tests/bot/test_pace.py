"""The pace that Telegram allows is kept, and made full use of."""

import asyncio
import gc
from collections import Counter, defaultdict
from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.gate import Gate, Lane
from bot.pace import PACED, ChatPace
from bot.request import AiohttpRequest
from sandbox.flood import Pace
from sandbox.room import Room
from sandbox.server import Server
from tests.bot.square import ANNA, BRUNO, CHLOE, GARDEN, KITCHEN, SECOND, Square
from tests.clocks import settle


def most_within(instants: list[float], span: float) -> int:
    """Count the most instants in any half-open stretch of `span` seconds."""
    return max(
        (sum(start <= other < start + span for other in instants) for start in instants), default=0
    )


def assert_within_limits(square: Square, per_second: int, per_minute_group: int) -> None:
    """Check every limit of performance.md on what began, with no regard to how it was paced."""
    by_chat = defaultdict(list)
    for at, call in zip(square.after(), square.begun, strict=True):
        by_chat[call.chat_id].append(at)

    assert most_within(square.after(), 1) <= per_second
    for chat_id, instants in by_chat.items():
        for seconds in range(1, 8):
            assert most_within(instants, seconds) <= 2 + seconds
        if chat_id is not None and chat_id < 0:
            assert most_within(instants, 60) <= per_minute_group


async def test_b5_broadcast_rides_at_the_cap_for_a_minute_without_a_violation() -> None:
    square = Square()
    people = iter(range(100, 10_000))

    async def worker() -> None:
        for chat_id in people:
            await square.say(chat_id, Lane.BROADCAST)

    workers = [asyncio.create_task(worker()) for _ in range(8)]
    await square.clock.pass_by(60)
    for each in workers:
        each.cancel()
    await asyncio.gather(*workers, return_exceptions=True)

    assert len(square.begun) >= 0.97 * 30 * 60
    assert_within_limits(square, 30, 18)


async def test_sleeper_that_wakes_late_each_time_keeps_the_pace() -> None:
    square = Square()
    await square.say_all(range(100, 1000), Lane.BROADCAST)
    end = square.started_at + 10 * SECOND

    while (stop := square.clock.next_instant()) is not None and stop < end:
        square.clock.jump(stop + timedelta(milliseconds=4))
        await settle()

    assert len(square.begun) >= 0.97 * 30 * 10
    assert_within_limits(square, 30, 18)


async def test_f27_group_gets_no_more_than_its_messages_a_minute() -> None:
    square = Square()

    await square.say_all([GARDEN] * 60)
    await square.clock.pass_by(59)
    first_minute = len(square.begun)
    await square.clock.pass_by(60)

    assert (first_minute, len(square.begun)) == (18, 36)
    assert_within_limits(square, 30, 18)


@given(
    arrivals=st.lists(
        st.tuples(
            st.floats(0, 3).map(lambda seconds: round(seconds, 3)),
            st.sampled_from([ANNA, BRUNO, CHLOE, GARDEN, KITCHEN]),
            st.sampled_from(Lane),
        ),
        max_size=40,
    ),
    per_second=st.integers(1, 6),
    per_minute_group=st.integers(1, 20),
)
@settings(max_examples=60, deadline=None)
def test_any_arrivals_keep_every_limit_and_all_get_through(
    arrivals: list[tuple[float, int, Lane]], per_second: int, per_minute_group: int
) -> None:
    async def story() -> Square:
        square = Square(per_second=per_second, per_minute_group=per_minute_group)
        for gap, chat_id, lane in arrivals:
            await square.clock.pass_by(gap)
            square.say(chat_id, lane)
        await square.clock.pass_by(3600)
        return square

    square = asyncio.run(story())

    assert Counter(call.chat_id for call in square.begun) == Counter(to for _, to, _ in arrivals)
    assert_within_limits(square, per_second, per_minute_group)


def remembered() -> int:
    """Count the chats whose pace is still in memory."""
    gc.collect()
    return sum(isinstance(thing, ChatPace) for thing in gc.get_objects())


async def test_chats_at_rest_are_forgotten_at_the_next_message() -> None:
    square = Square(per_second=1000)
    await square.say_all([*range(100, 600), GARDEN])
    busy = remembered()

    await square.clock.pass_by(61)
    await square.say(ANNA)

    assert busy >= 501
    assert remembered() <= busy - 501 + 1


# ---------------------------------------------------------------- under a server that enforces it


WORKERS = 8
STEP = timedelta(milliseconds=5)


async def broadcast(room: Room, per_second: int, seconds: int) -> None:
    """Send to many people, eight calls at once, for some seconds of the room's clock."""
    people = [room.person(f"P{number}") for number in range(400)]
    for person in people:
        person.start()
    room.clock.freeze()
    gate = Gate(room.clock, on_hold=_forget, messages_per_second=per_second)
    waiting = 0
    async with Server(room) as server, AiohttpRequest(room.token, server.api_url) as request:

        async def worker(chats: list[int]) -> None:
            nonlocal waiting
            for chat_id in chats:
                waiting += 1
                async with gate.turn(chat_id, Lane.BROADCAST, "sendMessage"):
                    waiting -= 1
                    await request.call("sendMessage", {"chat_id": chat_id, "text": "Bonjour"})

        ids = [person.id for person in people]
        workers = [asyncio.ensure_future(worker(ids[n::WORKERS])) for n in range(WORKERS)]
        for _ in range(seconds * SECOND // STEP):
            await settle()
            async with asyncio.timeout(5):
                while waiting + sum(each.done() for each in workers) < WORKERS:
                    await settle(1)
            room.clock.advance(STEP)
        await gate.shutdown()
        await asyncio.gather(*workers, return_exceptions=True)


async def _forget(_chat_id: int | None, _until: object) -> None:
    """Keep no hold."""


def refused(room: Room) -> int:
    """Count the calls that Telegram refused as too many."""
    answers = [call.response or {} for call in room.ledger.calls("sendMessage")]
    return sum(answer.get("error_code") == 429 for answer in answers)


async def test_b5_broadcast_at_the_cap_draws_no_429_from_a_server_that_enforces_it() -> None:
    room = Room()
    room.flood.enforce(Pace())

    await broadcast(room, per_second=30, seconds=3)

    assert refused(room) == 0
    assert len(room.ledger.calls("sendMessage")) >= 0.97 * 30 * 3


async def test_b5_broadcast_faster_than_the_cap_draws_a_429() -> None:
    room = Room()
    room.flood.enforce(Pace())

    await broadcast(room, per_second=60, seconds=3)

    assert refused(room) > 0


@pytest.mark.parametrize("method", ["answerCallbackQuery", "getMe", "getChat", "setMyCommands"])
def test_call_that_puts_no_message_is_not_paced(method: str) -> None:
    assert method not in PACED


@pytest.mark.parametrize("method", ["sendMessage", "editMessageText", "copyMessage", "stopPoll"])
def test_call_that_puts_or_changes_a_message_is_paced(method: str) -> None:
    assert method in PACED
