"""How long the loop stands still: a heart that should beat every millisecond, and its longest pause."""

import asyncio
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass

BEAT_S = 0.001


@dataclass
class Stall:
    """The longest pause so far, in milliseconds beyond the beat."""

    longest_ms: float = 0.0


@asynccontextmanager
async def watched() -> AsyncIterator[Stall]:
    """Watch the loop during the block."""
    stall = Stall()

    async def beat() -> None:
        while True:
            began = time.perf_counter()
            await asyncio.sleep(BEAT_S)
            late = time.perf_counter() - began - BEAT_S
            stall.longest_ms = max(stall.longest_ms, late * 1_000)

    heart = asyncio.create_task(beat())
    try:
        yield stall
    finally:
        heart.cancel()


def work(for_s: float) -> None:
    """Keep the processor busy."""
    ends = time.perf_counter() + for_s
    while time.perf_counter() < ends:
        pass
