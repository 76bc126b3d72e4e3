"""Time that passes, time that jumps, and the ticks that follow it."""

import asyncio
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta

import pytest
from structlog.testing import capture_logs
from typing_extensions import override

from bot.clock import SystemClock, Tick, Ticks
from tests.clocks import ManualClock, settle

HOUR = timedelta(hours=1)
SOON = timedelta(milliseconds=30)
STALL_SECONDS = 1.2
"""By default APScheduler drops a run that is more than a second late (misfire_grace_time)."""


class Work:
    """A tick's work that counts its runs; it ends when let go, and fails when told to."""

    def __init__(self) -> None:
        self.begun = 0
        self.ended = 0
        self.side_by_side = 0
        self.go = asyncio.Event()
        self.go.set()
        self.fails = False
        self._changed = asyncio.Condition()

    async def run(self) -> None:
        self.begun += 1
        self.side_by_side = max(self.side_by_side, self.begun - self.ended)
        await self._tell()
        await self.go.wait()
        self.ended += 1
        await self._tell()
        if self.fails:
            raise RuntimeError("a secret that the log must not hold")

    async def reach(self, *, begun: int = 0, ended: int = 0) -> None:
        """Return once so many runs have begun and ended."""
        async with asyncio.timeout(5), self._changed:
            await self._changed.wait_for(lambda: self.begun >= begun and self.ended >= ended)

    async def _tell(self) -> None:
        async with self._changed:
            self._changed.notify_all()


@asynccontextmanager
async def ticking(
    *work: Work, every: timedelta = HOUR, clock: ManualClock | None = None
) -> AsyncIterator[Ticks]:
    table = [Tick(f"work {n}", every, each.run) for n, each in enumerate(work)]
    ticks = Ticks(table, clock or ManualClock())
    ticks.start()
    try:
        yield ticks
    finally:
        for each in work:
            each.go.set()
        await ticks.stop()


class PutBackClock(SystemClock):
    """The machine's clock, put back 3 h after it was first read."""

    def __init__(self) -> None:
        self.read = 0

    @override
    def now(self) -> datetime:
        self.read += 1
        return super().now() - (timedelta(hours=3) if self.read > 1 else timedelta())


async def test_system_clock_sleep_until_returns_when_the_instant_has_come() -> None:
    clock = SystemClock()
    instant = clock.now() + SOON

    await clock.sleep_until(instant)

    assert instant <= clock.now() < instant + timedelta(seconds=5)


async def test_system_clock_sleep_until_the_past_returns_at_once() -> None:
    clock = SystemClock()

    async with asyncio.timeout(1):
        await clock.sleep_until(clock.now() - HOUR)

    assert clock.now().tzinfo is UTC


async def test_f16_system_clock_put_back_does_not_prolong_a_sleep() -> None:
    clock = PutBackClock()
    asked = datetime.now(UTC)

    async with asyncio.timeout(5):
        await clock.sleep_until(asked + SOON)

    assert clock.now() < asked


async def test_ticks_started_run_at_once_and_then_at_their_interval() -> None:
    work = Work()

    async with ticking(work, every=SOON):
        await work.reach(ended=3)

    assert work.side_by_side == 1


async def test_f11_run_that_a_stall_made_late_runs_all_the_same() -> None:
    work = Work()

    async with ticking(work):
        stalled_until = time.monotonic() + STALL_SECONDS
        while time.monotonic() < stalled_until:
            pass
        await work.reach(ended=1)

    assert work.ended == 1


async def test_ticks_run_due_runs_each_once() -> None:
    first, second = Work(), Work()

    async with ticking(first, second) as ticks:
        await first.reach(ended=1)
        await second.reach(ended=1)
        await ticks.run_due()

    assert (first.ended, second.ended) == (2, 2)


async def test_tick_asked_for_while_under_way_runs_once_more_after_it() -> None:
    work = Work()
    work.go.clear()

    async with ticking(work) as ticks:
        await work.reach(begun=1)
        asked = [asyncio.ensure_future(ticks.run_due()) for _ in range(5)]
        await settle()
        work.go.set()
        await asyncio.gather(*asked)

    assert (work.ended, work.side_by_side) == (2, 1)


async def test_run_due_returns_after_a_run_begun_since() -> None:
    work = Work()
    work.go.clear()

    async with ticking(work) as ticks:
        await work.reach(begun=1)
        asked = asyncio.ensure_future(ticks.run_due())
        await settle()
        work.go.set()
        await asked

        assert work.ended == 2


async def test_tick_that_fails_is_logged_with_a_code_and_runs_again() -> None:
    work = Work()
    work.fails = True

    with capture_logs() as log:
        async with ticking(work) as ticks:
            await work.reach(ended=1)
            await ticks.run_due()

    assert work.ended == 2
    assert [(line["event"], line["tick"]) for line in log] == [("tick_failed", "work 0")] * 2
    assert all(line["code"] and line["exc_info"] for line in log)


async def test_tick_that_fails_keeps_no_other_from_running() -> None:
    broken, sound = Work(), Work()
    broken.fails = True

    with capture_logs():
        async with ticking(broken, sound) as ticks:
            await ticks.run_due()

    assert sound.ended >= 1


async def test_clock_moved_runs_every_tick() -> None:
    clock = ManualClock()
    work = Work()

    async with ticking(work, clock=clock):
        await work.reach(ended=1)
        clock.jump(clock.now() + HOUR)
        await work.reach(ended=2)

    assert work.ended == 2


async def test_ticks_stopped_wait_for_the_run_under_way() -> None:
    work = Work()
    work.go.clear()

    async with ticking(work) as ticks:
        await work.reach(begun=1)
        stopping = asyncio.ensure_future(ticks.stop())
        work.go.set()
        await stopping

        assert work.ended == 1


async def test_ticks_stopping_begin_no_more_runs() -> None:
    stuck, quick = Work(), Work()
    stuck.go.clear()

    async with ticking(stuck, quick, every=SOON) as ticks:
        await quick.reach(ended=2)
        stopping = asyncio.ensure_future(ticks.stop())
        await settle()
        begun = quick.begun
        await asyncio.wait([stopping], timeout=4 * SOON.total_seconds())

        assert quick.begun == begun
        stuck.go.set()
        await stopping


async def test_ticks_stopped_in_haste_cancel_the_run_under_way() -> None:
    work = Work()
    work.go.clear()
    ticks = Ticks([Tick("stuck", HOUR, work.run)], ManualClock())
    ticks.start()
    await work.reach(begun=1)

    with pytest.raises(TimeoutError):
        async with asyncio.timeout(SOON.total_seconds()):
            await ticks.stop()

    assert (work.begun, work.ended) == (1, 0)


async def test_ticks_stopped_run_no_more_when_the_clock_moves() -> None:
    clock = ManualClock()
    work = Work()
    async with ticking(work, clock=clock) as ticks:
        await work.reach(ended=1)
        await ticks.stop()

        clock.jump(clock.now() + HOUR)
        await ticks.stop()

    assert work.begun == 1
