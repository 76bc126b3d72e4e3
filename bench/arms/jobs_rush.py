"""Reminders that fall due in one second, each an APScheduler job that works for a millisecond."""

import asyncio
import logging
from datetime import UTC, datetime, timedelta

from apscheduler.events import EVENT_JOB_EXECUTED, EVENT_JOB_MISSED, JobEvent
from apscheduler.schedulers.asyncio import AsyncIOScheduler

from bench.arms import answer
from bench.arms.stall import watched, work

WORK_S = 0.001
LONGEST_S = 120


async def remind() -> None:
    """Work."""
    work(WORK_S)


def run(rush: int) -> dict[str, float]:
    """Give the jobs that were missed and the loop's longest pause."""
    return asyncio.run(_run(rush))


async def _run(rush: int) -> dict[str, float]:
    logging.disable()  # it tells of each job that it misses
    scheduler = AsyncIOScheduler(timezone=UTC)
    ended: list[int] = []
    over = asyncio.Event()

    def note(event: JobEvent) -> None:
        ended.append(event.code)
        if len(ended) == rush:
            over.set()

    scheduler.add_listener(note, EVENT_JOB_EXECUTED | EVENT_JOB_MISSED)
    scheduler.start()
    begins = datetime.now(UTC) + timedelta(seconds=4)
    for number in range(rush):
        at = begins + timedelta(seconds=number / rush)
        scheduler.add_job(remind, "date", run_date=at)
    async with watched() as stall:
        await asyncio.wait_for(over.wait(), LONGEST_S)
    scheduler.shutdown(wait=False)
    return {
        "missed": ended.count(EVENT_JOB_MISSED),
        "busy_ms": stall.busy_ms,
        "late_ms": stall.late_ms,
    }


if __name__ == "__main__":
    answer(run)
