"""A clock moved by hand."""

import asyncio
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from heapq import heappop, heappush
from itertools import count

from typing_extensions import override

from bot.clock import Clock

MIDDAY = datetime(2027, 3, 1, 12, tzinfo=UTC)


class ManualClock(Clock):
    """Stands still until it is moved; sleepers wake in the order of their instants."""

    def __init__(self, now: datetime = MIDDAY) -> None:
        self._now = now
        self._sleepers: list[tuple[datetime, int, asyncio.Future[None]]] = []
        self._listeners: list[Callable[[], None]] = []
        self._order = count()

    @override
    def now(self) -> datetime:
        return self._now

    @override
    async def sleep_until(self, instant: datetime) -> None:
        if self._now < instant:
            awoken = asyncio.get_running_loop().create_future()
            heappush(self._sleepers, (instant, next(self._order), awoken))
            await awoken

    @override
    def on_move(self, listener: Callable[[], None]) -> None:
        self._listeners.append(listener)

    def next_instant(self) -> datetime | None:
        """Tell when the first sleeper wants to wake, or None."""
        while self._sleepers and self._sleepers[0][2].done():
            heappop(self._sleepers)
        return self._sleepers[0][0] if self._sleepers else None

    def jump(self, instant: datetime) -> None:
        """Stand at `instant`, before or after, wake whoever is due and tell the listeners."""
        self._now = instant
        self._wake()
        for listener in self._listeners:
            listener()

    async def pass_to(self, instant: datetime) -> None:
        """Let time pass up to `instant`, stopping at each sleeper's own instant."""
        await settle()
        while (stop := self.next_instant()) is not None and stop <= instant:
            self._now = max(self._now, stop)
            self._wake()
            await settle()
        self._now = instant

    async def pass_by(self, seconds: float) -> None:
        """Let `seconds` pass, stopping at each sleeper's own instant."""
        await self.pass_to(self._now + timedelta(seconds=seconds))

    def _wake(self) -> None:
        while (stop := self.next_instant()) is not None and stop <= self._now:
            heappop(self._sleepers)[2].set_result(None)


async def settle(turns: int = 20) -> None:
    """Let the tasks of the loop run on, `turns` turns of the loop, to where they wait."""
    loop = asyncio.get_running_loop()
    for _ in range(turns):
        turn = loop.create_future()
        loop.call_soon(turn.set_result, None)
        await turn
