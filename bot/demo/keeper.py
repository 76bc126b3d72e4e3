"""Keeps the bot: starts its process, kills it for real, and notices when it ends by itself."""

import asyncio
import json
import os
import signal
import sys
from asyncio.subprocess import DEVNULL, PIPE, Process
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, BinaryIO

from bot.config import PREFIX
from bot.demo.home import Home

CHILD = (sys.executable, "-m", "bot.demo.child")
STOPS_WITHIN_SECONDS = 15.0
"""A bot told to stop takes less (reliability.md F13); then it is killed."""

Listener = Callable[[], None]


class Keeper:
    """Has one bot live at a time, in the process group of whoever started the demonstration.

    `listener` is called when it starts and when it ends; `has_failed` tells that it ended unasked.
    """

    def __init__(self, home: Home, birth: Mapping[str, Any], listener: Listener) -> None:
        self.starts = 0
        self.has_failed = False
        self._home = home
        self._birth = birth
        self._listener = listener
        self._process: Process | None = None
        self._watch: asyncio.Task[None] | None = None
        self._is_told_to_end = False

    @property
    def is_alive(self) -> bool:
        """Whether a bot lives."""
        return self._process is not None

    @property
    def pid(self) -> int | None:
        """Give the number of the bot's process; None while none lives."""
        return None if self._process is None else self._process.pid

    async def start(self) -> None:
        """Start the bot, and return as soon as it is told how to live.

        Raises:
            AssertionError: it lives.
        """
        if self._process is not None:
            raise AssertionError("the bot lives already")
        with _appending(self._home.log) as log:
            process = await asyncio.create_subprocess_exec(
                *CHILD, stdin=PIPE, stdout=DEVNULL, stderr=log, env=self._environ()
            )
        self._process = process
        self._is_told_to_end = self.has_failed = False
        self.starts += 1
        self._watch = asyncio.create_task(self._until_ended(process))
        if process.stdin is not None:
            process.stdin.write(json.dumps(self._birth).encode() + b"\n")
        self._listener()

    async def kill(self) -> None:
        """Kill the bot as `kill -9` does, and wait until nothing is left of it.

        Raises:
            AssertionError: none lives.
        """
        if self._process is None:
            raise AssertionError("no bot lives")
        await self._end(self._process, signal.SIGKILL)

    async def stop(self) -> None:
        """Have the bot stop in good order, or by force where it takes too long."""
        if self._process is None:
            return
        try:
            async with asyncio.timeout(STOPS_WITHIN_SECONDS):
                await self._end(self._process, signal.SIGTERM)
        except TimeoutError:
            if self._process is not None:
                await self._end(self._process, signal.SIGKILL)

    def last_words(self) -> str:
        """Give the last line that the bot has written, empty where it wrote none."""
        lines = self._home.log.read_text(encoding="utf-8", errors="replace").splitlines()
        return lines[-1] if lines else ""

    async def _end(self, process: Process, number: int) -> None:
        self._is_told_to_end = True
        if process.returncode is None:
            process.send_signal(number)
        if self._watch is not None:
            await asyncio.shield(self._watch)

    async def _until_ended(self, process: Process) -> None:
        code = await process.wait()
        self.has_failed = code != 0 and not self._is_told_to_end
        if process.stdin is not None:
            process.stdin.close()
        self._process = None
        self._listener()

    def _environ(self) -> dict[str, str]:
        """Give the bot's environment: no setting of a real bot, and locks in a folder of ours."""
        kept = {name: value for name, value in os.environ.items() if not name.startswith(PREFIX)}
        return kept | {"XDG_STATE_HOME": str(self._home.folder)}


def _appending(path: Path) -> BinaryIO:
    """Open a log that its owner alone may read."""
    return os.fdopen(os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, mode=0o600), "ab")
