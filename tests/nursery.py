"""Bots that can be killed: each a process, forked from one that has imported the whole house.

A fresh interpreter takes more than a second to import the bot; a fork takes some milliseconds, so a
test can afford hundreds of kills. The child is the bot as `palabre run` has it: `serve` with a real
SIGTERM, a real database file and real HTTP; only its clock is the room's. Its log goes to a file.
"""

import asyncio
import gc
import json
import os
import signal
import subprocess
import sys
import traceback
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import uvloop

from bot import logs
from bot.app import serve
from bot.exits import EXPECTED, end_of
from bot.program import secrets_of
from bot.settings import Settings
from sandbox import RemoteClock

GONE_WITHIN_SECONDS = 20.0
"""A bot told to stop may take 15 s (reliability.md F13)."""
ROOT = Path(__file__).resolve().parents[1]


class Nursery:
    """Starts bots, ends them, and tells how they ended; it outlives the test that asks."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self._process = process

    def start(self, values: Mapping[str, Any], *, clock_url: str, log: Path) -> int:
        """Start a bot by the sections of a settings file; return its process id, at once."""
        return self._ask({"settings": values, "clock": clock_url, "log": str(log)})

    async def kill(self, pid: int) -> None:
        """Kill a bot as `kill -9` does, and wait until nothing is left of it.

        Raises:
            AssertionError: it had ended by itself before.
        """
        os.kill(pid, signal.SIGKILL)
        code = await self.ended(pid)
        assert code == -signal.SIGKILL, f"the bot had ended before, by {code}"

    async def terminate(self, pid: int) -> int:
        """Ask a bot to stop, as systemd does, and wait until it has; return its exit code."""
        os.kill(pid, signal.SIGTERM)
        return await self.ended(pid)

    async def ended(self, pid: int) -> int:
        """Wait until a bot has ended; return its exit code, negative for a signal.

        Raises:
            TimeoutError: it lives on.
        """
        loop, is_gone = asyncio.get_running_loop(), asyncio.Event()
        watch = os.pidfd_open(pid)
        loop.add_reader(watch, is_gone.set)
        try:
            async with asyncio.timeout(GONE_WITHIN_SECONDS):
                await is_gone.wait()
        finally:
            loop.remove_reader(watch)
            os.close(watch)
        return self._ask({"reap": pid})

    def _ask(self, request: Mapping[str, Any]) -> int:
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(json.dumps(request) + "\n")
        self._process.stdin.flush()
        return int(self._process.stdout.readline())


@contextmanager
def open_nursery(folder: Path) -> Iterator[Nursery]:
    """Give a nursery whose bots keep their locks in a folder; at the end none of them lives."""
    with subprocess.Popen(
        (sys.executable, "-m", "tests.nursery"),
        cwd=ROOT,
        env=os.environ | {"XDG_STATE_HOME": str(folder)},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        yield Nursery(process)


def _nurse() -> None:
    """Fork and reap, a request a line and a number an answer, until the test closes the line."""
    gc.freeze()
    born: set[int] = set()
    for line in sys.stdin:
        request = json.loads(line)
        if "reap" in request:
            answer = _reap(request["reap"])
            born.discard(request["reap"])
        else:
            answer = _fork(request)
            born.add(answer)
        sys.stdout.write(f"{answer}\n")
        sys.stdout.flush()
    for pid in born:
        os.kill(pid, signal.SIGKILL)


def _fork(request: Mapping[str, Any]) -> int:
    pid = os.fork()
    if pid == 0:
        _born(request)
    return pid


def _reap(pid: int) -> int:
    _, status = os.waitpid(pid, 0)
    return os.waitstatus_to_exitcode(status)


def _born(request: Mapping[str, Any]) -> None:
    """Be a bot from here on; ends the process."""
    code = 1
    try:
        log = os.open(request["log"], os.O_WRONLY | os.O_CREAT | os.O_APPEND, mode=0o600)
        os.dup2(log, sys.stdout.fileno())
        os.dup2(log, sys.stderr.fileno())
        code = _life(request)
    except BaseException:  # noqa: BLE001 - a child that breaks must not go on as a second nursery
        traceback.print_exc()
    finally:
        sys.stderr.flush()
        os._exit(code)


def _life(request: Mapping[str, Any]) -> int:
    settings = Settings.model_validate(request["settings"], context={"folder": Path()})
    logs.configure(hidden=secrets_of(settings))
    try:
        with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
            runner.run(_live(settings, request["clock"]))
    except EXPECTED as error:
        code, line = end_of(error)
        sys.stderr.write(f"{line}\n")
        return code
    return 0


async def _live(settings: Settings, clock_url: str) -> None:
    stop = asyncio.Event()
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, stop.set)
    clock = await RemoteClock.connect(clock_url)
    await serve(settings, clock, stop)
    await clock.close()


if __name__ == "__main__":
    _nurse()
