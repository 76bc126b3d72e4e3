"""Claims of 30 due messages, one after the other, each committed."""

import asyncio
import time
from datetime import UTC, datetime
from statistics import median

from bench.arms import answer
from community.notices import Lane
from storage import outbox
from storage.schema import open_database

MOST = 30
CLAIMS = 40


def run(path: str) -> dict[str, float]:
    """Give the median of a claim, in milliseconds."""
    return asyncio.run(_run(path))


async def _run(path: str) -> dict[str, float]:
    database = await open_database(f"sqlite:///{path}")
    took: list[float] = []
    for _ in range(CLAIMS):
        began = time.perf_counter()
        claimed = await database.write(
            outbox.claim, lane=Lane.REMINDER, now=datetime.now(UTC), most=MOST
        )
        took.append(time.perf_counter() - began)
        assert len(claimed) == MOST
    await database.close()
    return {"claim_ms": median(took) * 1_000}


if __name__ == "__main__":
    answer(run)
