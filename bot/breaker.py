"""A network that fails is left alone, and asked every so often whether it is back (F21, F33)."""

from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta

import structlog
from telegram.error import TelegramError

from bot.clock import Clock
from bot.outcomes import Outcome, classify
from community.notices import Lane

UNSENT_IN_A_ROW = 5
"""So many calls that never left: nothing is sent any more (F21)."""
AMBIGUOUS_IN_A_ROW = 3
"""So many of unknown fate: nothing goes in bulk any more, so an outage costs few (§1.2)."""
PROBE_EVERY = timedelta(seconds=15)
AWAY = frozenset({Outcome.NOT_SENT, Outcome.AMBIGUOUS})
"""Outcomes of a network that is away; anything else is an answer, be it a refusal."""

_LOG: structlog.typing.FilteringBoundLogger = structlog.get_logger(__name__)


class Breaker:
    """Which lanes are shut, by the outcomes of the last calls; `probe` asks Telegram for anything.

    `on_pause` hears until when the bulk lanes rest at least, at each pause and each vain probe.
    """

    def __init__(
        self,
        clock: Clock,
        probe: Callable[[], Awaitable[object]],
        on_pause: Callable[[datetime], Awaitable[object]],
    ) -> None:
        self._clock = clock
        self._probe = probe
        self._on_pause = on_pause
        self._unsent = 0
        self._ambiguous = 0
        self._shut: Lane | None = None

    def note(self, outcome: Outcome) -> None:
        """Count an outcome: an answer of Telegram's begins both rows anew."""
        if outcome not in AWAY:
            self._unsent = self._ambiguous = 0
        self._unsent += outcome is Outcome.NOT_SENT
        self._ambiguous += outcome is Outcome.AMBIGUOUS
        if self._unsent >= UNSENT_IN_A_ROW:
            self._shut_from(Lane.TAP)
        if self._ambiguous >= AMBIGUOUS_IN_A_ROW:
            self._shut_from(Lane.REMINDER)

    def is_shut(self, lane: Lane) -> bool:
        """Whether nothing may be sent in a lane."""
        return self._shut is not None and lane >= self._shut

    @property
    def needs_probe(self) -> bool:
        """Whether any lane is shut."""
        return self._shut is not None

    async def reopen(self) -> None:
        """Ask Telegram every PROBE_EVERY until it answers; then all lanes are free."""
        while self._shut is not None:
            until = self._clock.now() + PROBE_EVERY
            await self._on_pause(until)
            await self._clock.sleep_until(until)
            if await self._is_back():
                self._shut = None
                self._unsent = self._ambiguous = 0
                _LOG.info("network_back")

    async def _is_back(self) -> bool:
        try:
            await self._probe()
        except TelegramError as error:
            return classify(error) not in AWAY
        return True

    def _shut_from(self, lane: Lane) -> None:
        if self._shut is None or lane < self._shut:
            self._shut = lane
            _LOG.warning("network_away", lanes_from=lane.name)
