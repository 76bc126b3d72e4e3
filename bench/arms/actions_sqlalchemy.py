"""The statements of each action through SQLAlchemy's asyncio: prebuilt, on one connection."""

import asyncio
import time
from collections.abc import Iterator, Mapping

from sqlalchemy import TextClause, text
from sqlalchemy.ext.asyncio import AsyncEngine

from bench.arms import answer, loop, usual
from bench.arms.said import Action, recorded
from bench.arms.spread import p99_ms

Prebuilt = Mapping[str, TextClause]


def run(path: str, said: str, actions: int, callers: int, *, fast: bool) -> dict[str, float]:
    """Give actions a second and the 99th percentile of an action's wait."""
    return loop.run(_run(path, recorded(said, actions), callers), fast=fast)


async def _run(path: str, work: list[Action], callers: int) -> dict[str, float]:
    engine = usual.engine(path)
    prebuilt = {sql: text(sql) for said in work for sql, _ in said}
    waits: list[float] = []
    given = iter(work)
    began = time.perf_counter()
    await asyncio.gather(*(_call(engine, prebuilt, given, waits) for _ in range(callers)))
    took = time.perf_counter() - began
    await engine.dispose()
    return {"per_s": len(work) / took, "p99_ms": p99_ms(waits)}


async def _call(
    engine: AsyncEngine, prebuilt: Prebuilt, given: Iterator[Action], waits: list[float]
) -> None:
    for said in given:
        began = time.perf_counter()
        async with engine.begin() as connection:
            for sql, values in said:
                result = await connection.execute(prebuilt[sql], values)
                if result.returns_rows:
                    result.all()
        waits.append(time.perf_counter() - began)


if __name__ == "__main__":
    answer(run)
