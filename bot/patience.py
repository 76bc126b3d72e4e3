"""Calling Telegram for as long as the network is away; only a refusal ends it (F21, F34)."""

from collections.abc import Awaitable, Callable
from datetime import timedelta
from typing import TypeVar

import structlog
from telegram.error import TelegramError

from bot.clock import Clock
from bot.logs import kinds
from bot.outcomes import Outcome, classify, retry_after

Result = TypeVar("Result")

CONFIRM_AFTER = timedelta(seconds=2)
"""A refusal of the token is confirmed by a second call after this: a proxy can fake one."""
LONGEST_BACKOFF = timedelta(seconds=30)
PASSING = frozenset({Outcome.NOT_SENT, Outcome.AMBIGUOUS, Outcome.HOLD, Outcome.CONFLICT})
"""What time may mend; anything else would be answered alike for ever."""
_MOST_DOUBLINGS = 5

_LOG: structlog.typing.FilteringBoundLogger = structlog.get_logger(__name__)


class TokenRefusedError(Exception):
    """Telegram refuses the token, again and again."""


async def persist(clock: Clock, call: Callable[[], Awaitable[Result]]) -> Result:
    """Make a call until it succeeds; gives its result. It must be one that may be made twice.

    Raises:
        TokenRefusedError: Telegram refuses the token twice.
        TelegramError: Telegram refuses the call, and would refuse it again.
    """
    failures = 0
    while True:
        try:
            return await confirmed(clock, call)
        except TelegramError as error:
            outcome = classify(error)
            if outcome not in PASSING:
                raise
            _LOG.warning("waiting_for_telegram", outcome=outcome.name, fault=kinds(error))
            await clock.sleep_until(clock.now() + _pause(error, outcome, failures))
            failures = min(failures + 1, _MOST_DOUBLINGS)


async def confirmed(clock: Clock, call: Callable[[], Awaitable[Result]]) -> Result:
    """Make a call, a second time where the token is refused; gives its result.

    Raises:
        TokenRefusedError: Telegram refuses the token twice.
        TelegramError: the call failed otherwise.
    """
    try:
        return await call()
    except TelegramError as error:
        if classify(error) is not Outcome.AUTH:
            raise
    await clock.sleep_until(clock.now() + CONFIRM_AFTER)
    try:
        return await call()
    except TelegramError as error:
        if classify(error) is not Outcome.AUTH:
            raise
        raise TokenRefusedError from error


def _pause(error: TelegramError, outcome: Outcome, failures: int) -> timedelta:
    if outcome is Outcome.HOLD:
        return retry_after(error)
    return min(timedelta(seconds=2**failures), LONGEST_BACKOFF)
