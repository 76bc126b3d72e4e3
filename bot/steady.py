"""The clock as whole microseconds that never go back: sums on them are exact."""

from datetime import UTC, datetime, timedelta
from typing import Final

from bot.clock import Clock

_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND: Final = timedelta(microseconds=1)


class SteadyClock:
    """A clock put back 3 h must not hold us 3 h: it stands still here, then goes on (F16)."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._latest = 0
        self._put_back = 0

    def now(self) -> int:
        """Tell the microsecond."""
        now = (self._clock.now() - _EPOCH) // _MICROSECOND + self._put_back
        if now < self._latest:
            self._put_back += self._latest - now
            now = self._latest
        self._latest = now
        return now

    def inward(self, instant: datetime) -> int:
        """Tell the microsecond of an instant."""
        return (instant - _EPOCH) // _MICROSECOND + self._put_back

    def outward(self, at: int) -> datetime:
        """Tell the instant of a microsecond, as the clock now shows it."""
        return _EPOCH + timedelta(microseconds=at - self._put_back)
