"""The breaker: what opens it, what it shuts, and how it comes back by itself."""

import asyncio
from datetime import datetime, timedelta

import pytest
from telegram.error import RetryAfter, TelegramError

from bot.breaker import AMBIGUOUS_IN_A_ROW, PROBE_EVERY, UNSENT_IN_A_ROW, Breaker
from bot.outcomes import Outcome
from bot.request import AmbiguousError, NotSentError
from community.notices import Lane
from tests.clocks import ManualClock


class Telegram:
    """Answers probes by what is lined up, and notes the pauses."""

    def __init__(self, *answers: TelegramError | None) -> None:
        self.clock = ManualClock()
        self.answers = list(answers)
        self.asked_at: list[datetime] = []
        self.pauses: list[datetime] = []
        self.breaker = Breaker(self.clock, self.probe, self.on_pause)

    async def probe(self) -> None:
        self.asked_at.append(self.clock.now())
        if (error := self.answers.pop(0)) is not None:
            raise error

    async def on_pause(self, until: datetime) -> None:
        self.pauses.append(until)

    def note(self, *outcomes: Outcome) -> None:
        for outcome in outcomes:
            self.breaker.note(outcome)

    def shut(self) -> list[Lane]:
        return [lane for lane in Lane if self.breaker.is_shut(lane)]


@pytest.mark.parametrize(
    ("outcome", "number", "shut"),
    [
        (Outcome.NOT_SENT, UNSENT_IN_A_ROW - 1, []),
        (Outcome.NOT_SENT, UNSENT_IN_A_ROW, list(Lane)),
        (Outcome.AMBIGUOUS, AMBIGUOUS_IN_A_ROW - 1, []),
        (Outcome.AMBIGUOUS, AMBIGUOUS_IN_A_ROW, [Lane.REMINDER, Lane.BROADCAST]),
        (Outcome.GONE, 50, []),
    ],
)
async def test_outcomes_in_a_row_shut_the_lanes_that_they_endanger(
    outcome: Outcome, number: int, shut: list[Lane]
) -> None:
    telegram = Telegram()

    telegram.note(*[outcome] * number)

    assert telegram.shut() == shut
    assert telegram.breaker.needs_probe is bool(shut)


async def test_any_answer_begins_the_rows_anew() -> None:
    telegram = Telegram()

    telegram.note(*[Outcome.AMBIGUOUS] * 2, Outcome.GONE, *[Outcome.AMBIGUOUS] * 2)

    assert telegram.shut() == []


async def test_network_that_fails_in_turns_is_away_too() -> None:
    telegram = Telegram()

    telegram.note(*[Outcome.AMBIGUOUS, Outcome.NOT_SENT] * 3)

    assert telegram.shut() == [Lane.REMINDER, Lane.BROADCAST]


@pytest.mark.parametrize("last", [None, RetryAfter(timedelta(seconds=3))], ids=["yes", "refusal"])
async def test_f21_probe_every_15_s_until_any_answer_frees_all_lanes(
    last: TelegramError | None,
) -> None:
    telegram = Telegram(NotSentError("away"), AmbiguousError("bad gateway"), last)
    began = telegram.clock.now()
    telegram.note(*[Outcome.NOT_SENT] * UNSENT_IN_A_ROW)

    reopening = asyncio.create_task(telegram.breaker.reopen())
    await telegram.clock.pass_by(4 * PROBE_EVERY.total_seconds())
    await reopening

    expected = [began + number * PROBE_EVERY for number in (1, 2, 3)]
    assert telegram.asked_at == expected
    assert telegram.pauses == expected
    assert telegram.shut() == []


async def test_lanes_freed_need_a_new_row_to_be_shut_again() -> None:
    telegram = Telegram(None)
    telegram.note(*[Outcome.AMBIGUOUS] * AMBIGUOUS_IN_A_ROW)
    reopening = asyncio.create_task(telegram.breaker.reopen())
    await telegram.clock.pass_by(PROBE_EVERY.total_seconds())
    await reopening

    telegram.note(Outcome.AMBIGUOUS)

    assert telegram.shut() == []
