"""The time that the house lives by, and the table of ticks: what runs, and how often.

One Clock owns now, sleep and moves; pace, holds and ticks all read it. Truth is a row with a
date (architecture.md, law 5): a tick looks for what is due and drains it inside its own run, so
nothing is planned in memory and nothing is lost with it. A one-shot job that re-arms itself for a
past time is skipped by APScheduler (performance.md, "Measured"): ticks come at an interval only.
"""

import asyncio
import time
from collections.abc import Awaitable, Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Protocol

import structlog
from apscheduler.schedulers.asyncio import AsyncIOScheduler
from typing_extensions import override

from bot.logs import fault_code

_LOG: structlog.typing.FilteringBoundLogger = structlog.get_logger(__name__)

LONGEST_NAP_S = 60.0
"""A machine's clock put forward is noticed by a sleeper within this many seconds."""

PUT_BACK_S = 1.0
"""More time left than was slept for, by this much: the machine's clock was put back."""


class Clock(Protocol):
    """What time it is, and how to wait for another."""

    def now(self) -> datetime:
        """Tell the instant: aware, UTC."""
        ...

    async def sleep_until(self, instant: datetime) -> None:
        """Return when `now()` has reached `instant`, at once if it has."""
        ...

    def on_move(self, listener: Callable[[], None]) -> None:
        """Call `listener` after each jump of this clock."""
        ...


class SystemClock(Clock):
    """The machine's clock. It never jumps by itself, so it never calls a listener."""

    @override
    def now(self) -> datetime:
        return datetime.now(UTC)

    @override
    async def sleep_until(self, instant: datetime) -> None:
        """Return when `now()` has reached `instant`, at once if it has.

        When the machine's clock is put back meanwhile (F16), it returns once the time that was
        left has passed: whoever waits looks at the clock again.
        """
        ends = time.monotonic() + (instant - self.now()).total_seconds()
        while (left := (instant - self.now()).total_seconds()) > 0:
            if left > ends - time.monotonic() + PUT_BACK_S:
                return
            await asyncio.sleep(min(left, LONGEST_NAP_S))

    @override
    def on_move(self, listener: Callable[[], None]) -> None:
        """Do nothing: this clock does not jump."""


@dataclass(frozen=True)
class Tick:
    """A line of the table: `run` drains what is due, at start and then every `every`."""

    name: str
    every: timedelta
    run: Callable[[], Awaitable[None]]


class _Turns:
    """The runs of one tick, never two at once."""

    def __init__(self, tick: Tick) -> None:
        self.tick = tick
        self._under_way = asyncio.Lock()
        self._asked = False

    async def run(self) -> None:
        """Run the tick; asked for while it runs, once more after it, however often asked."""
        self._asked = True
        async with self._under_way:
            if self._asked:
                self._asked = False
                await self._attempt()

    async def settled(self) -> None:
        """Return when no run is under way."""
        async with self._under_way:
            pass

    async def _attempt(self) -> None:
        # The one `except Exception` of the program: a tick that fails must come round again.
        try:
            await self.tick.run()
        except Exception:
            _LOG.exception("tick_failed", tick=self.tick.name, code=fault_code())


class Ticks:
    """The table of ticks at work: each at its interval, and all of them when the clock moves."""

    def __init__(self, ticks: Iterable[Tick], clock: Clock) -> None:
        self._turns = [_Turns(tick) for tick in ticks]
        self._moves: set[asyncio.Task[None]] = set()
        self._scheduler = AsyncIOScheduler(
            timezone=UTC,
            # A late run still runs, once: nothing is dropped after a stall (F11).
            job_defaults={"max_instances": 1, "coalesce": True, "misfire_grace_time": None},
        )
        clock.on_move(self._on_move)

    def start(self) -> None:
        """Run every tick now, then each at its interval. Called inside the running loop."""
        for turns in self._turns:
            self._scheduler.add_job(
                turns.run,
                "interval",
                seconds=turns.tick.every.total_seconds(),
                name=turns.tick.name,
                next_run_time=datetime.now(UTC),
            )
        self._scheduler.start()

    async def run_due(self) -> None:
        """Run every tick, side by side; return when a run begun after this call has ended."""
        await asyncio.gather(*(turns.run() for turns in self._turns))

    async def stop(self) -> None:
        """Begin no more runs; return when those under way have ended.

        Cancelled meanwhile (a limit put around it), it cancels them.
        """
        if not self._scheduler.running:
            return
        self._scheduler.pause()
        # A run just handed to the loop has not asked for its turn yet: let it, to wait for it.
        await asyncio.sleep(0)
        try:
            await asyncio.gather(*(turns.settled() for turns in self._turns), *self._moves)
        finally:
            self._scheduler.shutdown(wait=False)
        # The scheduler ends in a callback of the loop: let it.
        await asyncio.sleep(0)

    def _on_move(self) -> None:
        if self._scheduler.running:
            move = asyncio.get_running_loop().create_task(self.run_due())
            self._moves.add(move)
            move.add_done_callback(self._moves.discard)
