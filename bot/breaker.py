"""A network that fails is left alone, and asked every so often whether it is back (F21, F33)."""

from collections.abc import Awaitable, Callable
from datetime import timedelta

import structlog
from telegram.error import TelegramError

from bot.clock import Clock
from bot.outcomes import Outcome
from community.notices import Lane

UNSENT_IN_A_ROW = 5
"""So many calls that never left: nothing is sent any more (F21)."""
AMBIGUOUS_IN_A_ROW = 3
"""So many of unknown fate: nothing goes in bulk any more, so an outage costs few (reliability §1.2)."""
PROBE_EVERY = timedelta(seconds=15)

_LOG: structlog.typing.FilteringBoundLogger = structlog.get_logger(__name__)


class Breaker:
    """Which lanes are shut, by the outcomes of the last calls; `probe` asks Telegram for anything."""

    def __init__(self, clock: Clock, probe: Callable[[], Awaitable[object]]) -> None:
        self._clock = clock
        self._probe = probe
        self._row: tuple[Outcome, int] = (Outcome.DONE, 0)
        self._shut: Lane | None = None

    def note(self, outcome: Outcome) -> None:
        """Count an outcome."""
        last, number = self._row
        self._row = (outcome, number + 1 if outcome is last else 1)
        if self._row[0] is Outcome.NOT_SENT and self._row[1] >= UNSENT_IN_A_ROW:
            self._shut_from(Lane.TAP)
        elif self._row[0] is Outcome.AMBIGUOUS and self._row[1] >= AMBIGUOUS_IN_A_ROW:
            self._shut_from(Lane.REMINDER)

    def is_shut(self, lane: Lane) -> bool:
        """Whether nothing may be sent in a lane."""
        return self._shut is not None and lane >= self._shut

    @property
    def needs_probe(self) -> bool:
        """Whether any lane is shut and a probe is due."""
        return self._shut is not None

    async def reopen(self) -> None:
        """Ask Telegram every PROBE_EVERY until it answers; then all lanes are free."""
        while self._shut is not None:
            await self._clock.sleep_until(self._clock.now() + PROBE_EVERY)
            try:
                await self._probe()
            except TelegramError:
                continue
            self._shut = None
            self._row = (Outcome.DONE, 0)
            _LOG.info("network_back")

    def _shut_from(self, lane: Lane) -> None:
        if self._shut is None or lane < self._shut:
            self._shut = lane
            _LOG.warning("network_away", lanes_from=lane.name)
