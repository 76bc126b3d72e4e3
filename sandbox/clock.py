"""The room's time: it flows as real time does, and jumps when told to.

Everything that Telegram dates or lets expire in the room is dated by this clock. A bot in the
same process may be given the very object; a bot elsewhere follows it with `RemoteClock`.
"""

import asyncio
import json
import math
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Self

from sandbox.signals import Signal

Listener = Callable[[], None]


class FlowingClock:
    """An instant that flows or stands still, and tells its listeners when it is moved."""

    def __init__(self, start: datetime | None = None) -> None:
        self._base = start or datetime.now(UTC)
        self._since = time.monotonic()
        self._frozen = False
        self._listeners: list[Listener] = []
        self._moved = Signal()

    @property
    def frozen(self) -> bool:
        """Tell whether time stands still."""
        return self._frozen

    def now(self) -> datetime:
        """Return the present instant, aware, in UTC."""
        if self._frozen:
            return self._base
        return self._base + timedelta(seconds=time.monotonic() - self._since)

    def timestamp(self) -> int:
        """Return the present instant in whole seconds since 1970, as messages are dated."""
        return math.floor(self.now().timestamp())

    async def sleep_until(self, instant: datetime) -> None:
        """Return as soon as the instant has come, by flowing or by a jump."""
        while (left := (instant - self.now()).total_seconds()) > 0:
            await self._moved.wait(None if self._frozen else left)
        await asyncio.sleep(0)

    def on_move(self, listener: Listener) -> None:
        """Call the listener after each jump."""
        self._listeners.append(listener)

    def _set(self, instant: datetime, *, frozen: bool) -> None:
        self._base = instant
        self._since = time.monotonic()
        self._frozen = frozen
        self._moved.ring()
        for listener in list(self._listeners):
            listener()


class RoomClock(FlowingClock):
    """The clock that the room's master moves by hand."""

    def advance(self, by: timedelta) -> None:
        """Jump by a duration, backwards when it is negative."""
        self._set(self.now() + by, frozen=self._frozen)

    def to(self, instant: datetime) -> None:
        """Jump to an instant."""
        self._set(instant, frozen=self._frozen)

    def freeze(self) -> None:
        """Stop the flow; jumps still move it."""
        self._set(self.now(), frozen=True)

    def thaw(self) -> None:
        """Let time flow again."""
        self._set(self.now(), frozen=False)


class RemoteClock(FlowingClock):
    """The room's clock, followed from another process; flows on by itself if the room is gone."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        super().__init__()
        self._reader = reader
        self._writer = writer
        self._task: asyncio.Task[None] | None = None

    @classmethod
    async def connect(cls, url: str) -> Self:
        """Join the channel at an address such as tcp://127.0.0.1:4000; return the clock, in time.

        Raises:
            OSError: nobody serves a clock there.
        """
        host, _, port = url.removeprefix("tcp://").rpartition(":")
        clock = cls(*await asyncio.open_connection(host, int(port)))
        await clock._take(await clock._reader.readline())
        clock._task = asyncio.create_task(clock._follow())
        return clock

    async def close(self) -> None:
        """Leave the channel; time flows on from where it is."""
        if self._task:
            self._task.cancel()
            await asyncio.gather(self._task, return_exceptions=True)
        self._writer.close()

    async def _follow(self) -> None:
        while line := await self._reader.readline():
            await self._take(line)

    async def _take(self, line: bytes) -> None:
        told = json.loads(line)
        self._set(datetime.fromisoformat(told["now"]), frozen=told["frozen"])
        await asyncio.sleep(0)  # those who slept wake before the jump is acknowledged
        self._writer.write(f"{told['move']}\n".encode())
