"""The bot of the demonstration, a process of its own: as `palabre run` has it but for its clock.

It reads a line of JSON from stdin, `{"settings": …, "clock": address}`, and follows the clock at
that address. When stdin ends, whoever started it is gone, and it stops too. Nothing but the
demonstration starts this module; `palabre run` knows nothing of it.
"""

import asyncio
import json
import os
import signal
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import click

from bot import logs
from bot.app import serve
from bot.exits import EXPECTED, end_of
from bot.program import secrets_of
from bot.settings import Settings
from sandbox import RemoteClock


def main() -> int:
    """Live until told to stop; gives the exit code."""
    birth: Mapping[str, Any] = json.loads(sys.stdin.readline())
    settings = Settings.model_validate(birth["settings"], context={"folder": Path()})
    logs.configure(hidden=secrets_of(settings))
    try:
        asyncio.run(_live(settings, str(birth["clock"])))
    except EXPECTED as error:
        code, line = end_of(error)
        click.echo(line, err=True)
        return code
    return 0


async def _live(settings: Settings, clock_url: str) -> None:
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
        loop.add_signal_handler(number, stop.set)
    line = sys.stdin.fileno()
    loop.add_reader(line, _heard, line, stop)
    clock = await RemoteClock.connect(clock_url)
    try:
        await serve(settings, clock, stop)
    finally:
        loop.remove_reader(line)
        await clock.close()


def _heard(line: int, stop: asyncio.Event) -> None:
    """Stop when nobody holds the other end any more."""
    if not os.read(line, 1):
        asyncio.get_running_loop().remove_reader(line)
        stop.set()


if __name__ == "__main__":
    sys.exit(main())
