"""RSVP actions through `Database.write`."""

import asyncio
import time
from collections.abc import Iterator
from datetime import UTC, datetime

from bench.arms import answer, loop
from bench.arms.answers import Given, answers
from bench.arms.spread import p99_ms
from community import rsvps
from storage.database import Database
from storage.ids import EventId, ResidentId, UpdateId
from storage.rsvps import Answer
from storage.schema import open_database


def run(path: str, said: str, actions: int, callers: int, *, fast: bool) -> dict[str, float]:
    """Give actions a second and the 99th percentile of an action's wait."""
    del said
    return loop.run(_run(path, actions, callers), fast=fast)


async def _run(path: str, actions: int, callers: int) -> dict[str, float]:
    database = await open_database(f"sqlite:///{path}")
    waits: list[float] = []
    given = answers(actions)
    began = time.perf_counter()
    await asyncio.gather(*(_call(database, given, waits) for _ in range(callers)))
    took = time.perf_counter() - began
    await database.close()
    return {"per_s": actions / took, "p99_ms": p99_ms(waits)}


async def _call(database: Database, given: Iterator[Given], waits: list[float]) -> None:
    for one in given:
        began = time.perf_counter()
        await database.write(
            rsvps.answer,
            event_id=EventId(one.event_id),
            resident_id=ResidentId(one.resident_id),
            answer=Answer(one.answer),
            now=datetime.now(UTC),
            cause=UpdateId(one.number),
        )
        waits.append(time.perf_counter() - began)


if __name__ == "__main__":
    answer(run)
