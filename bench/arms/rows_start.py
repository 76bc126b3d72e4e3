"""What pending reminders cost at a start when each is a row: a look for those that are due."""

import asyncio
import time
from datetime import UTC, datetime

from bench.arms import answer
from bench.arms.memory import resident_mb
from bot.house import premises_of
from bot.settings import Settings
from community import reminders
from storage.schema import open_database


def run(path: str) -> dict[str, float]:
    """Give the seconds until the first tick is over, and the megabytes that it took."""
    return asyncio.run(_run(path))


async def _run(path: str) -> dict[str, float]:
    policy = premises_of(Settings.model_validate({}), "bench_bot").policy
    database = await open_database(f"sqlite:///{path}")
    before = resident_mb()
    began = time.perf_counter()
    await database.write(reminders.fire_due, policy=policy, now=datetime.now(UTC))
    took = time.perf_counter() - began
    memory = resident_mb() - before
    await database.close()
    return {"start_s": took, "memory_mb": memory}


if __name__ == "__main__":
    answer(run)
