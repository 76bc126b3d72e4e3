"""How often an update was tried, and what its next try waits for (reliability.md §1.2, K1, F09)."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from telegram.error import TelegramError

from bot.outcomes import Outcome, retry_after
from storage.errors import BusyError, UnreachableError

MOST_TRIES = 3
"""A handler that fails so often is given up (F12)."""
REPLY_AGAIN_AFTER = timedelta(seconds=3)
"""A reply of unknown fate is repeated once (K1). Not after 60 s: the chat's order would wait."""
BUSY_PAUSE = timedelta(seconds=1)
TOLD_AFTER = timedelta(seconds=30)
"""A person hears that the database is in the way only after this (F09)."""
LONGEST_PAUSE = timedelta(seconds=60)
"""The network's absence is waited for in steps of 1, 2, 4 … up to this (NOT_SENT)."""
_MOST_DOUBLINGS = 6

DATABASE_AWAY = (BusyError, UnreachableError)
"""What time mends: others hold the database, or its server is away."""
AWAY = frozenset({Outcome.NOT_SENT, Outcome.HOLD, Outcome.AUTH, Outcome.CONFLICT})
"""What time or the operator mends: nothing has failed, and no try is counted (F21, F34)."""


@dataclass(frozen=True, slots=True)
class Tries:
    """How often an update was tried, by what was in the way."""

    failed: int
    is_ambiguous: bool = False
    unsent: int = 0
    busy_since: datetime | None = None
    is_told: bool = False

    def busy(self, now: datetime) -> "Tries":
        """Give the tries after one more that the database was in the way of."""
        return self if self.busy_since is not None else replace(self, busy_since=now)

    def must_tell(self, now: datetime) -> bool:
        """Whether it is time to tell the person that the database is in the way."""
        waited = now - self.busy_since if self.busy_since is not None else timedelta()
        return waited >= TOLD_AFTER and not self.is_told

    def told(self) -> "Tries":
        """Give the tries once the person was told."""
        return replace(self, is_told=True)

    def unsent_again(self) -> "Tries":
        """Give the tries after one more whose answer never left."""
        return replace(self, unsent=min(self.unsent + 1, _MOST_DOUBLINGS))

    def ambiguous(self) -> "Tries":
        """Give the tries after an answer of unknown fate."""
        return replace(self, is_ambiguous=True)

    def failed_again(self) -> "Tries":
        """Give the tries after one more failure of ours."""
        return replace(self, failed=self.failed + 1)

    def pause_after(self, outcome: Outcome, error: TelegramError) -> timedelta:
        """Give how long to wait for Telegram."""
        if outcome is Outcome.HOLD:
            return retry_after(error)
        return min(timedelta(seconds=2**self.unsent), LONGEST_PAUSE)
