"""B10: from the start of the process to its first getUpdates, with 100 000 residents.

Against a process that merely imports what most bots import of telegram.ext, SQLAlchemy, APScheduler
and pydantic (the names that they use: pydantic alone imports nothing by itself). The sandbox plays
Telegram in this process and tells when the call came.
"""

import asyncio
import sys
import time
from collections.abc import Mapping
from pathlib import Path

from bench import rounds, seed
from bench.table import Line, Side, alone
from sandbox import Room, Server

RESIDENTS = 100_000
QUICK = 1_000
LONGEST_S = 60.0
IMPORTS = """
from telegram.ext import Application, CallbackQueryHandler
from sqlalchemy import Column, MetaData, Table, create_engine, select
from apscheduler.schedulers.asyncio import AsyncIOScheduler
from pydantic import BaseModel
import os
os._exit(0)
"""
SETTINGS = """
[telegram]
token = "{token}"
api_url = "{api_url}"
[database]
url = "sqlite:///arm.db"
"""


def bench(count: int, quick: bool) -> list[Line]:  # noqa: FBT001 - see table.Bench
    """Run the arms; gives the table's line."""
    with seed.folder() as folder:
        template = folder / "template.db"
        with seed.filling(template) as connection:
            seed.add_residents(connection, QUICK if quick else RESIDENTS)
        arms: Mapping[str, rounds.Arm] = {
            "palabre": lambda: asyncio.run(_started(template)),
            "imports": lambda: asyncio.run(_imported()),
        }
        # A first start compiles the modules that have changed, and a bot is changed once a month.
        asyncio.run(_started(template))
        got = rounds.run(arms, count)
    return [
        Line(
            "B10",
            "start → first getUpdates, 100 000 residents",
            "importing telegram.ext, SQLAlchemy, APScheduler, pydantic",
            got.ratio("palabre", "imports", "start_s"),
            Side.AT_MOST,
            1.5,
            1.2,
        )
    ]


async def _started(template: Path) -> rounds.Figures:
    """Start the bot on a copy, wait for its first poll, and stop it."""
    folder = seed.copy(template, "arm.db").parent
    room = Room()
    async with Server(room) as server:
        config = folder / "config.toml"
        config.write_text(SETTINGS.format(token=room.token, api_url=server.api_url))
        began = time.monotonic()
        process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", "bot", "run", "--config", str(config)),
            cwd=rounds.ROOT,
            env=rounds.ENVIRONMENT,
            stdout=asyncio.subprocess.DEVNULL,
            stderr=asyncio.subprocess.DEVNULL,
        )
        try:
            await room.until(lambda: bool(room.ledger.calls("getUpdates")), LONGEST_S)
        finally:
            process.terminate()
            await process.wait()
    return {"start_s": room.ledger.calls("getUpdates")[0].seconds - began}


async def _imported() -> rounds.Figures:
    began = time.monotonic()
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-c", IMPORTS, env=rounds.ENVIRONMENT
    )
    assert await process.wait() == 0
    return {"start_s": time.monotonic() - began}


if __name__ == "__main__":
    alone(bench, __doc__)
