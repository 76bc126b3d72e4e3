"""Urgent things go first, and nobody speaks inside a silence that Telegram has asked for."""

import asyncio
from collections.abc import Awaitable
from datetime import datetime, timedelta

import pytest
from telegram.error import BadRequest, RetryAfter
from telegram.ext import ExtBot
from typing_extensions import override

from bot.gate import Gate, Lane
from bot.request import NotSentError
from tests.bot.square import ANNA, BRUNO, CHLOE, GARDEN, KITCHEN, SECOND, Square
from tests.clocks import settle


class OpenGate(Gate):
    """A gate whose protection is off: the positive control of the tests on silences."""

    @override
    def hold(self, chat_id: int | None, until: datetime) -> None:
        """Forget it."""


# ---------------------------------------------------------------- lanes and order


async def test_gate_with_nothing_waiting_lets_a_call_begin_at_once() -> None:
    square = Square()

    async with asyncio.timeout(1):
        await square.say(ANNA)

    assert square.after() == [0]


async def test_waiters_of_several_lanes_are_granted_by_lane_then_by_arrival() -> None:
    square = Square(per_second=1)
    await square.say(BRUNO)
    arrivals = [
        (Lane.BROADCAST, "e"),
        (Lane.REMINDER, "d"),
        (Lane.TRANSACTION, "b"),
        (Lane.TAP, "a"),
        (Lane.TRANSACTION, "c"),
    ]

    for chat_id, (lane, word) in enumerate(arrivals, start=100):
        square.say(chat_id, lane, word)
        await settle()
    await square.clock.pass_by(10)

    assert square.words() == "abcde"


async def test_waiters_of_one_chat_and_lane_keep_their_order() -> None:
    square = Square()

    for word in "abcdefgh":
        square.say(ANNA, word=word)
    await square.clock.pass_by(10)

    assert square.words() == "abcdefgh"


async def test_tap_overtakes_the_broadcasts_that_wait_for_its_own_chat() -> None:
    square = Square(per_second=1)
    await square.say(CHLOE)
    lanes = [(Lane.BROADCAST, "c"), (Lane.REMINDER, "b"), (Lane.BROADCAST, "d"), (Lane.TAP, "a")]

    for lane, word in lanes:
        square.say(ANNA, lane, word)
        await settle()
    await square.clock.pass_by(10)

    assert square.words() == "abcd"


async def test_newcomer_does_not_overtake_who_is_about_to_wake() -> None:
    square = Square(per_second=1)
    await square.say(CHLOE)
    square.say(BRUNO, word="a")
    await settle()

    async def newcomer() -> None:
        square.clock.jump(square.started_at + 1.5 * SECOND)
        await square.say_now(ANNA, "b")

    late = asyncio.create_task(newcomer())
    await square.clock.pass_by(5)

    assert late.done()
    assert square.words() == "ab"


async def test_chat_that_must_wait_keeps_no_other_chat_waiting() -> None:
    square = Square()

    await square.say_all([ANNA] * 8)
    await square.say_all([BRUNO], Lane.BROADCAST)

    assert square.to(BRUNO) == [0]
    assert len(square.to(ANNA)) == 3


async def test_tap_during_a_broadcast_takes_the_next_place() -> None:
    square = Square()
    await square.say_all(range(100, 400), Lane.BROADCAST)
    await square.clock.pass_by(2.5)

    tap = square.say(ANNA)
    await square.clock.pass_by(0.05)

    assert tap.done()


async def test_answer_to_a_tap_is_never_paced() -> None:
    square = Square(per_second=1)

    for _ in range(50):
        square.say(None, endpoint="answerCallbackQuery")
    await settle()

    assert len(square.begun) == 50


async def test_edit_counts_as_a_message() -> None:
    square = Square()

    for _ in range(10):
        square.say(ANNA, endpoint="editMessageText")
    await settle()

    assert len(square.begun) == 3


# ---------------------------------------------------------------- silences


async def f25(kind: type[Gate]) -> Square:
    """A 429 of 7 s in a private chat, and others who want to speak to it and elsewhere."""
    square = Square(kind)
    await square.flood(ANNA, 7)
    square.say(ANNA, Lane.TRANSACTION, "t")
    square.say(ANNA, Lane.BROADCAST, "b")
    square.say(ANNA, Lane.TRANSACTION, "d", endpoint="deleteMessage")
    square.say(ANNA, Lane.TRANSACTION, "l", endpoint="leaveChat")
    square.say(BRUNO, Lane.BROADCAST, "B")
    square.say(CHLOE, Lane.TAP, "T")
    await square.clock.pass_by(60)
    return square


def inside(square: Square, chat_id: int, seconds: float) -> list[float]:
    """Calls to a chat begun inside the window after its first."""
    return [at for at in square.to(chat_id)[1:] if at < seconds]


async def test_f25_chat_is_silent_until_its_pause_and_a_half_second_are_over() -> None:
    square = await f25(Gate)

    assert inside(square, ANNA, 7.5) == []
    assert square.to(ANNA)[1] == 7.5
    assert sorted(square.words()) == sorted("tbdlBT")


async def test_f25_with_the_hold_off_calls_begin_inside_the_window() -> None:
    square = await f25(OpenGate)

    assert inside(square, ANNA, 7.5) != []


async def test_f25_bulk_lanes_are_held_and_taps_elsewhere_are_not() -> None:
    square = await f25(Gate)

    assert square.to(BRUNO) == [7]
    assert square.to(CHLOE) == [0]


async def test_f25_waiter_already_in_line_keeps_the_silence_too() -> None:
    square = Square()
    await square.say_all([ANNA] * 4, Lane.TRANSACTION)

    await square.flood(None, 1)
    square.gate.hold(ANNA, square.started_at + 9 * SECOND)
    await square.clock.pass_by(20)

    assert [at for at in square.to(ANNA) if at > 0] == [9]


async def test_f25_flood_is_raised_to_the_caller_and_reported_to_be_kept() -> None:
    square = Square()

    await square.flood(ANNA, 7)

    assert square.held == [
        (ANNA, square.started_at + 7.5 * SECOND),
        (None, square.started_at + 7 * SECOND),
    ]


async def test_flood_outside_any_chat_holds_the_bulk_lanes() -> None:
    square = Square()

    with pytest.raises(RetryAfter):
        await square.say(None, answer=RetryAfter(SECOND), endpoint="sendPoll")

    assert square.held == [(None, square.started_at + SECOND)]


async def test_f26_holds_restored_after_a_restart_are_kept() -> None:
    square = Square()
    hour = square.started_at + 3600 * SECOND

    square.gate.hold(ANNA, hour)
    square.gate.hold(None, hour)
    await square.say_all([ANNA], Lane.TRANSACTION)
    await square.say_all([BRUNO], Lane.REMINDER)
    await square.clock.pass_by(3599)
    before = list(square.begun)
    await square.clock.pass_by(1)

    assert before == []
    assert {call.chat_id for call in square.begun} == {ANNA, BRUNO}
    assert square.held == []


async def test_f26_held_until_tells_when_it_goes_on() -> None:
    square = Square()
    hour = square.started_at + 3600 * SECOND

    square.gate.hold(None, hour)

    assert square.gate.held_until(ANNA, Lane.BROADCAST) == hour
    assert square.gate.held_until(ANNA, Lane.TRANSACTION) is None
    await square.clock.pass_by(3600)
    assert square.gate.held_until(ANNA, Lane.BROADCAST) is None


async def test_hold_is_never_shortened_by_another() -> None:
    square = Square()

    square.gate.hold(ANNA, square.started_at + 9 * SECOND)
    square.gate.hold(ANNA, square.started_at + 2 * SECOND)

    assert square.gate.held_until(ANNA, Lane.TAP) == square.started_at + 9 * SECOND


async def test_f27_flood_in_one_group_holds_that_group_only() -> None:
    square = Square()

    await square.flood(GARDEN, 20)
    await square.say_all([GARDEN], Lane.TRANSACTION)
    await square.say_all([KITCHEN, ANNA], Lane.BROADCAST)
    await square.clock.pass_by(30)

    assert square.to(GARDEN) == [0, 20.5]
    assert max(square.to(KITCHEN) + square.to(ANNA)) < 0.1
    assert square.held == [(GARDEN, square.started_at + 20.5 * SECOND)]


async def test_read_passes_while_its_chat_is_silent() -> None:
    square = Square()
    await square.flood(ANNA, 7)

    square.say(ANNA, endpoint="getChat", word="r")
    await settle()

    assert square.words() == "r"


async def test_tap_to_a_chat_silent_for_long_is_refused_at_once() -> None:
    square = Square()
    square.gate.hold(ANNA, square.started_at + 60 * SECOND)

    with pytest.raises(RetryAfter) as refusal:
        await square.say(ANNA)

    assert refusal.value.retry_after == 60 * SECOND
    assert square.begun == []


async def test_tap_in_line_is_sent_away_when_a_long_silence_begins() -> None:
    square = Square()
    await square.say_all([ANNA] * 3)
    waiting = square.say(ANNA)
    await settle()

    square.gate.hold(ANNA, square.started_at + 60 * SECOND)

    with pytest.raises(RetryAfter):
        await waiting


async def test_clock_put_back_prolongs_neither_pace_nor_silence() -> None:
    square = Square()
    await square.say_all([ANNA] * 3)
    square.gate.hold(BRUNO, square.started_at + 10 * SECOND)
    put_back = square.started_at - timedelta(hours=3)

    square.clock.jump(put_back)
    await square.say_all([ANNA, BRUNO], Lane.TRANSACTION)
    await square.clock.pass_to(put_back + 10 * SECOND)

    assert [(call.at - put_back) // SECOND for call in square.begun[3:]] == [1, 10]


# ---------------------------------------------------------------- waiters who go


async def test_waiter_cancelled_in_line_leaves_the_place_to_the_next() -> None:
    square = Square(per_second=1)
    await square.say(CHLOE)
    first, _ = square.say(ANNA, word="a"), square.say(BRUNO, word="b")
    await settle()

    first.cancel()
    await square.clock.pass_by(1.5)

    assert square.words() == "b"


async def test_waiter_cancelled_once_granted_gives_the_place_back() -> None:
    square = Square(per_second=1)
    await square.say(CHLOE)
    first, _ = square.say(ANNA, word="a"), square.say(BRUNO, word="b")
    await settle()

    square.clock.jump(square.started_at + 1.5 * SECOND)
    # Any hold has the gate look who may go: the grant is made now, the waiter has yet to wake.
    square.gate.hold(CHLOE, square.started_at)
    first.cancel()
    await settle()

    assert square.words() == "b"


async def test_gate_shut_down_sends_the_waiters_away_unsent() -> None:
    square = Square(per_second=1)
    await square.say(CHLOE)
    waiting = square.say(ANNA)
    await settle()

    await square.gate.shutdown()

    with pytest.raises(NotSentError):
        await waiting


async def test_gate_at_rest_keeps_no_task() -> None:
    square = Square()
    await square.say_all([ANNA] * 5)

    await square.clock.pass_by(10)

    assert asyncio.all_tasks() == {asyncio.current_task()}
    assert square.clock.next_instant() is None


# ---------------------------------------------------------------- under python-telegram-bot


class Telegram:
    """Answers calls with what it was told to, then with True."""

    def __init__(self, square: Square, *answers: Exception) -> None:
        self.square = square
        self.answers = list(answers)
        self.called_at: list[float] = []

    async def call(self, *_args: object, **_options: object) -> bool:
        at = self.square.clock.now() - self.square.started_at
        self.called_at.append(at.total_seconds())
        if self.answers:
            raise self.answers.pop(0)
        return True

    def send(self, lane: Lane | None, chat_id: object = ANNA) -> Awaitable[object]:
        """Send as ExtBot does."""
        return self.square.gate.process_request(
            self.call, (), {}, "sendMessage", {"chat_id": chat_id}, lane
        )


async def ended(square: Square, call: Awaitable[object], seconds: float) -> asyncio.Task[object]:
    """Begin a call and let time pass."""
    task = asyncio.ensure_future(call)
    await square.clock.pass_by(seconds)
    assert isinstance(task, asyncio.Task)
    return task


async def test_tap_refused_for_a_short_while_is_sent_again_once() -> None:
    square = Square()
    telegram = Telegram(square, RetryAfter(3 * SECOND))

    task = await ended(square, telegram.send(None), 5)

    assert task.result() is True
    assert telegram.called_at == [0, 3.5]


async def test_tap_refused_twice_is_told_so_and_the_second_hold_kept() -> None:
    square = Square()
    telegram = Telegram(square, RetryAfter(3 * SECOND), RetryAfter(4 * SECOND))

    task = await ended(square, telegram.send(Lane.TAP), 5)

    assert isinstance(task.exception(), RetryAfter)
    assert square.gate.held_until(ANNA, Lane.TAP) == square.started_at + 8 * SECOND


@pytest.mark.parametrize(
    ("lane", "answer"),
    [
        (Lane.TAP, RetryAfter(6 * SECOND)),
        (Lane.TRANSACTION, RetryAfter(SECOND)),
        (Lane.TAP, BadRequest("Bad Request: chat not found")),
    ],
    ids=["long pause", "not a tap", "not a pause"],
)
async def test_any_other_refusal_is_not_tried_again(lane: Lane, answer: Exception) -> None:
    square = Square()
    telegram = Telegram(square, answer)

    task = await ended(square, telegram.send(lane), 60)

    assert task.exception() is answer
    assert telegram.called_at == [0]


async def test_public_name_of_a_chat_is_paced_with_the_whole_bot_only() -> None:
    square = Square()
    telegram = Telegram(square)

    for _ in range(10):
        await telegram.send(Lane.TAP, "@jardin")

    assert telegram.called_at == [0] * 10


async def test_gate_serves_as_the_rate_limiter_of_a_bot() -> None:
    square = Square()

    bot = ExtBot("123456:test", rate_limiter=square.gate)

    assert bot.rate_limiter is square.gate
    await square.gate.initialize()
