"""Telegram's pace, enforced: how many messages a second, a chat, a group, and how long to wait.

https://core.telegram.org/bots/faq#my-bot-is-hitting-limits-how-do-i-avoid-this (about 30 messages a
second in all, one a second in one chat with short bursts, 20 a minute in one group). Edits count.
"""

import math
from collections import deque
from dataclasses import dataclass
from datetime import datetime, timedelta

from sandbox.clock import FlowingClock
from sandbox.errors import too_many

COUNTED = ("send", "edit", "copy", "forward", "stopPoll", "pin", "deleteMessage")


@dataclass(frozen=True, slots=True)
class Pace:
    """How much is let through; the defaults are Telegram's published figures."""

    per_second: int = 30
    per_chat_per_second: float = 1.0
    chat_burst: int = 3
    per_group_per_minute: int = 20


class _Window:
    """At most so many in any stretch of so long."""

    def __init__(self, most: int, length: timedelta) -> None:
        self._most = most
        self._length = length
        self._times: deque[datetime] = deque()

    def wait(self, now: datetime, weight: int) -> float:
        """Return how many seconds to wait before so many more; 0 when they may pass."""
        while self._times and self._times[0] <= now - self._length:
            self._times.popleft()
        over = len(self._times) + weight - self._most
        if over <= 0 or not self._times:
            return 0.0
        blocking = self._times[min(over, len(self._times)) - 1]
        return (blocking + self._length - now).total_seconds()

    def take(self, now: datetime, weight: int) -> None:
        """Count so many."""
        self._times.extend([now] * weight)


class _Bucket:
    """A burst, refilled at a steady rate."""

    def __init__(self, rate: float, burst: int) -> None:
        self._rate = rate
        self._burst = burst
        self._level = float(burst)
        self._at: datetime | None = None

    def wait(self, now: datetime, weight: int) -> float:
        """Return how many seconds to wait before so many more; 0 when they may pass."""
        if self._at is not None:
            gained = (now - self._at).total_seconds() * self._rate
            self._level = min(float(self._burst), self._level + max(0.0, gained))
        self._at = now
        missing = min(weight, self._burst) - self._level
        return max(0.0, missing / self._rate)

    def take(self, _now: datetime, weight: int) -> None:
        """Count so many."""
        self._level -= weight


class Flood:
    """Counts what goes out and refuses what goes too fast; off until it is given a pace."""

    def __init__(self, clock: FlowingClock) -> None:
        self._clock = clock
        self._pace: Pace | None = None
        self._all = _Window(0, timedelta(seconds=1))
        self._chats: dict[int | str, _Bucket | _Window] = {}
        self._held: dict[int | str, datetime] = {}

    def enforce(self, pace: Pace | None) -> None:
        """Enforce a pace from now on; None lets everything through."""
        self._pace = pace
        self._chats.clear()
        self._held.clear()
        self._all = _Window(pace.per_second if pace else 0, timedelta(seconds=1))

    def check(self, method: str, chat_id: int | str | None, weight: int = 1) -> None:
        """Count a call.

        Raises:
            Refusal: it comes too early; says after how many seconds it would not.
        """
        if self._pace is None or chat_id is None or not method.startswith(COUNTED):
            return
        now = self._clock.now()
        self._refuse_held(chat_id, now)
        meters = (self._all, self._meter(chat_id, self._pace))
        wait = max(meter.wait(now, weight) for meter in meters)
        if wait > 0:
            seconds = max(1, math.ceil(wait))
            if meters[1].wait(now, weight) > 0:
                self._held[chat_id] = now + timedelta(seconds=seconds)
            raise too_many(seconds)
        for meter in meters:
            meter.take(now, weight)

    def _refuse_held(self, chat_id: int | str, now: datetime) -> None:
        until = self._held.get(chat_id)
        if until is not None and now < until:
            raise too_many(max(1, math.ceil((until - now).total_seconds())))
        self._held.pop(chat_id, None)

    def _meter(self, chat_id: int | str, pace: Pace) -> _Bucket | _Window:
        meter = self._chats.get(chat_id)
        if meter is None:
            in_group = isinstance(chat_id, int) and chat_id < 0
            meter = (
                _Window(pace.per_group_per_minute, timedelta(minutes=1))
                if in_group
                else _Bucket(pace.per_chat_per_second, pace.chat_burst)
            )
            self._chats[chat_id] = meter
        return meter
