"""How long the loop stands still: a heart that should beat every millisecond."""

import asyncio
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass

BEAT_S = 0.001


@dataclass
class Stall:
    """The longest so far between two beats, in milliseconds.

    `late_ms`: beyond the beat, by the clock. `busy_ms`: the loop's own thread at work, which other
    processes cannot lengthen.
    """

    late_ms: float = 0.0
    busy_ms: float = 0.0


@asynccontextmanager
async def watched() -> AsyncIterator[Stall]:
    """Watch the loop during the block."""
    stall = Stall()

    async def beat() -> None:
        while True:
            began, worked = time.perf_counter(), time.thread_time()
            await asyncio.sleep(BEAT_S)
            late = time.perf_counter() - began - BEAT_S
            stall.late_ms = max(stall.late_ms, late * 1_000)
            stall.busy_ms = max(stall.busy_ms, (time.thread_time() - worked) * 1_000)

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
