"""Reminders that fall due in one second, through Palabre's own ticks, gate and sender.

Only Telegram is missing: a call works for a millisecond instead.
"""

import asyncio
import itertools
from collections.abc import Mapping
from typing import Any

from typing_extensions import override

from bench.arms import answer, loop
from bench.arms.stall import watched, work
from bot.clock import SystemClock, Ticks
from bot.gate import Gate
from bot.house import premises_of
from bot.request import AiohttpRequest
from bot.sender import Sender
from bot.settings import Settings
from bot.ticks import table
from handlers.premises import Services
from handlers.words import languages
from storage import outbox
from storage.outbox import OutboxState
from storage.schema import open_database

WORK_S = 0.001
LONGEST_S = 120
OFTEN_S = 0.1
USUAL = 30
FAST = 1_000
SETTINGS = {"quiet_hours": {"start": "00:00", "end": "00:00"}}


class Works(AiohttpRequest):
    """Answers each call after a millisecond of work."""

    numbers = itertools.count(1)

    @override
    async def call(
        self, method: str, parameters: Mapping[str, object], *, read_timeout: float | None = None
    ) -> Any:
        work(WORK_S)
        return {"message_id": next(self.numbers)}


def run(path: str, rush: int) -> dict[str, float]:
    """Give the reminders that were not sent and the loop's longest pause."""
    return loop.run(_run(path, rush), fast=True)


async def _run(path: str, rush: int) -> dict[str, float]:
    clock, request = SystemClock(), Works("1:bench")
    database = await open_database(f"sqlite:///{path}")
    premises = premises_of(Settings.model_validate(SETTINGS), "bench_bot")
    assert languages()  # the house has its words before it lives
    services = Services(database, clock.now, premises, lambda *_: asyncio.sleep(0))
    gate = Gate(clock, on_hold=lambda *_: asyncio.sleep(0), messages_per_second=FAST)
    sender = Sender(request, gate, services, clock, messages_per_second=USUAL)
    ticks = Ticks(table(services), clock)
    ticks.start()
    sending = asyncio.create_task(sender.run())
    sent = 0
    async with watched() as stall, asyncio.timeout(LONGEST_S):
        while sent < rush:
            await asyncio.sleep(OFTEN_S)
            counts = await database.read(outbox.count)
            sent = counts.get(OutboxState.SENT, 0)
    sending.cancel()
    await asyncio.gather(sending, return_exceptions=True)
    await ticks.stop()
    await database.close()
    return {"missed": rush - sent, "busy_ms": stall.busy_ms, "late_ms": stall.late_ms}


if __name__ == "__main__":
    answer(run)
