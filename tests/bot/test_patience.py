"""Calling for as long as the network is away, by a clock moved by hand."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import timedelta

import pytest
from telegram.error import BadRequest, InvalidToken, RetryAfter, TelegramError

from bot.patience import TokenRefusedError, confirmed, persist
from bot.request import AmbiguousError, NotSentError
from tests.clocks import MIDDAY, ManualClock

AWAY = NotSentError("away")
UNKNOWN = AmbiguousError("cut")
REFUSED = InvalidToken
DONE = "done"


class Script:
    """A call that fails as told, then succeeds; notes the seconds at which it was made."""

    def __init__(self, clock: ManualClock, *failures: TelegramError) -> None:
        self._clock = clock
        self._failures = list(failures)
        self.made_at: list[float] = []

    async def __call__(self) -> str:
        self.made_at.append((self._clock.now() - MIDDAY).total_seconds())
        if self._failures:
            raise self._failures.pop(0)
        return DONE


async def lived(clock: ManualClock, call: Callable[[], Awaitable[str]]) -> str:
    """Persist in a call while an hour passes."""
    passing = clock.pass_by(3600)
    task = asyncio.create_task(persist(clock, call))
    await passing
    return await task


async def test_f21_call_is_made_again_at_growing_intervals_until_it_succeeds() -> None:
    clock = ManualClock()
    call = Script(clock, *[AWAY] * 8)

    result = await lived(clock, call)

    assert result == DONE
    assert call.made_at == [0, 1, 3, 7, 15, 31, 61, 91, 121]


async def test_call_of_unknown_fate_is_made_again() -> None:
    clock = ManualClock()
    call = Script(clock, UNKNOWN)

    assert await lived(clock, call) == DONE


async def test_pause_that_telegram_asks_for_is_kept() -> None:
    clock = ManualClock()
    call = Script(clock, RetryAfter(timedelta(seconds=40)))

    await lived(clock, call)

    assert call.made_at == [0, 40]


async def test_f34_token_refused_twice_within_5_seconds_ends_it() -> None:
    clock = ManualClock()
    call = Script(clock, REFUSED("401"), REFUSED("404"))

    with pytest.raises(TokenRefusedError):
        await lived(clock, call)

    assert call.made_at == [0, 2]


async def test_f34_token_refused_once_by_a_proxy_does_not_end_it() -> None:
    clock = ManualClock()
    call = Script(clock, REFUSED("401"), AWAY, REFUSED("401"))

    result = await lived(clock, call)

    assert result == DONE
    assert call.made_at == [0, 2, 3, 5]


async def test_call_that_telegram_refuses_is_not_made_again() -> None:
    clock = ManualClock()
    call = Script(clock, BadRequest("bad webhook"))

    with pytest.raises(BadRequest):
        await lived(clock, call)

    assert call.made_at == [0]


async def test_confirmed_call_does_not_wait_for_a_network_that_is_away() -> None:
    clock = ManualClock()

    with pytest.raises(NotSentError):
        await confirmed(clock, Script(clock, AWAY))
