"""What pending reminders cost at a start when each is an APScheduler job in memory."""

import asyncio
import time
from datetime import UTC, datetime, timedelta

from apscheduler.schedulers.asyncio import AsyncIOScheduler

from bench.arms import answer
from bench.arms.memory import resident_mb


async def remind(event_id: int) -> None:
    """Do nothing: none is due."""


def run(pending: int) -> dict[str, float]:
    """Give the seconds until the scheduler runs, and the megabytes that it took."""
    return asyncio.run(_run(pending))


async def _run(pending: int) -> dict[str, float]:
    before = resident_mb()
    began = time.perf_counter()
    scheduler = AsyncIOScheduler(timezone=UTC)
    due_at = datetime.now(UTC) + timedelta(days=7)
    for number in range(pending):
        at = due_at + timedelta(seconds=number)
        scheduler.add_job(remind, "date", run_date=at, args=[number])
    scheduler.start()
    took = time.perf_counter() - began
    memory = resident_mb() - before
    scheduler.shutdown(wait=False)
    await asyncio.sleep(0)
    return {"start_s": took, "memory_mb": memory}


if __name__ == "__main__":
    answer(run)
