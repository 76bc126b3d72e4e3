"""One person who floods the bot is warned once, then not heard for a minute.

The bucket is reliability.md's (F54).
"""

from collections import OrderedDict
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import Enum, auto

BURST = 30
"""Updates at once; a person who navigates stays far below."""
PER_SECOND = 1.0
"""60 a minute."""
SILENCE = timedelta(seconds=60)
MOST_PEOPLE = 10_000
"""People remembered; the one who has been quiet longest is forgotten first."""


class Verdict(Enum):
    """What to do with an update."""

    HEAR = auto()
    """Handle it."""
    WARN = auto()
    """Drop it and tell the person, once."""
    DROP = auto()
    """Drop it in silence."""


@dataclass(slots=True)
class _Bucket:
    left: float
    at: datetime
    deaf_until: datetime | None = None

    def is_deaf(self, now: datetime) -> bool:
        """Whether a silence runs; one from a clock that was put back since does not (F16)."""
        return self.deaf_until is not None and self.deaf_until - SILENCE <= now < self.deaf_until


class Floods:
    """Who may be heard, by a bucket of BURST a person that fills by PER_SECOND."""

    def __init__(self) -> None:
        self._buckets: OrderedDict[int, _Bucket] = OrderedDict()

    def judge(self, telegram_id: int, now: datetime) -> Verdict:
        """Count an update of a person; gives what to do with it."""
        bucket = self._buckets.setdefault(telegram_id, _Bucket(BURST, now))
        self._buckets.move_to_end(telegram_id)
        if len(self._buckets) > MOST_PEOPLE:
            self._buckets.popitem(last=False)
        if bucket.is_deaf(now):
            return Verdict.DROP
        passed = max(0.0, (now - bucket.at).total_seconds())
        bucket.left = min(BURST, bucket.left + passed * PER_SECOND)
        bucket.at = now
        if bucket.left < 1:
            bucket.deaf_until = now + SILENCE
            return Verdict.WARN
        bucket.left -= 1
        return Verdict.HEAR
