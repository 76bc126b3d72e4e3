"""`palabre demo` as people call it: the tour by script, and the page until Ctrl-C."""

import asyncio
import os
import pty
import re
import select
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from bot.demo import script
from bot.demo.steps import STEPS
from handlers.words import words_for
from tests.bot.demo.making import playing

ROOT = Path(__file__).parents[3]
PLAYS_WITHIN_SECONDS = 100
RISES_WITHIN_SECONDS = 60.0
REAL = {
    "PALABRE_TELEGRAM__TOKEN": "12345678:" + 35 * "R",
    "PALABRE_DATABASE__URL": "sqlite:////nowhere/real.db",
    "PALABRE_NO_SUCH_SETTING": "1",
}
"""What a machine may have set on which a real bot lives."""


def ran(folder: Path, *words: str) -> subprocess.CompletedProcess[str]:
    """Run the demonstration without a terminal, in an environment of a real bot's."""
    return subprocess.run(
        (sys.executable, "-m", "bot", "demo", *words),
        cwd=ROOT,
        env=os.environ | REAL | {"TMPDIR": str(folder)},
        capture_output=True,
        text=True,
        timeout=PLAYS_WITHIN_SECONDS,
        check=False,
    )


@dataclass
class Shown:
    """A demonstration on a terminal, its address and the folder that it makes its own in."""

    process: subprocess.Popen[bytes]
    terminal: int
    folder: Path
    text: str = ""

    def read_until(self, pattern: str) -> re.Match[str]:
        """Read what the terminal shows until it matches."""
        deadline = time.monotonic() + RISES_WITHIN_SECONDS
        while (found := re.search(pattern, self.text)) is None:
            ready, _, _ = select.select([self.terminal], [], [], deadline - time.monotonic())
            assert ready, self.text
            self.text += os.read(self.terminal, 4096).decode()
        return found

    def children(self) -> list[int]:
        """List the processes that it has begun."""
        listed = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children")
        return [int(pid) for pid in listed.read_text(encoding="ascii").split()]


@contextmanager
def shown(folder: Path, *words: str) -> Iterator[Shown]:
    """Give a demonstration that a person looks at; what is left of it at the end is killed."""
    terminal, side = pty.openpty()
    process = subprocess.Popen(
        (sys.executable, "-m", "bot", "demo", "--no-browser", *words),
        cwd=ROOT,
        env=os.environ | REAL | {"TMPDIR": str(folder)},
        stdout=side,
        stderr=side,
        stdin=subprocess.DEVNULL,
    )
    os.close(side)
    try:
        yield Shown(process, terminal, folder)
    finally:
        process.kill()
        process.wait()
        os.close(terminal)


def is_there(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


def test_demo_without_a_terminal_plays_the_tour_and_leaves_nothing(tmp_path: Path) -> None:
    played = ran(tmp_path)

    assert played.returncode == 0, played.stderr
    assert "Everything happened as promised" in played.stdout
    words = words_for("fr")
    titles = [words(step.title) for step in STEPS]
    assert re.findall(r"▶ (.+)", played.stdout)[:8] == [
        *titles[:3],
        words("demo-kill"),
        *titles[3:],
    ]
    assert list(tmp_path.iterdir()) == []


async def test_tour_in_english_is_kept_and_played_again(tmp_path: Path) -> None:
    told: list[str] = []

    for _ in range(2):
        async with playing(tmp_path, language="en") as played:
            await script.play(played.stage, told.append)

    assert [line for line in told if "as promised" in line] == 2 * [
        "\n▶ Everything happened as promised"
    ]


async def test_promise_that_does_not_hold_is_an_error() -> None:
    def tell(line: str) -> None:
        if line == f"\n▶ {words_for('fr')('demo-tour-answer')}":
            raise AssertionError("stopped by the listener")

    async with playing() as played:
        with pytest.raises(AssertionError, match="stopped by the listener"):
            await script.play(played.stage, tell)


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_signal_ends_page_and_bot_and_leaves_nothing(
    tmp_path: Path, number: signal.Signals
) -> None:
    with shown(tmp_path, "--port", "0") as one:
        address = one.read_until(r"http://127\.0\.0\.1:(\d+)/")
        children = one.children()
        with socket.create_connection(("127.0.0.1", int(address[1]))):
            pass
        one.process.send_signal(number)
        code = one.process.wait(RISES_WITHIN_SECONDS)

    assert code == 0, one.text
    assert len(one.text.splitlines()) == 1
    assert len(children) == 1
    assert not is_there(children[0])
    assert list(tmp_path.iterdir()) == []


def test_page_that_is_killed_takes_its_bot_with_it(tmp_path: Path) -> None:
    with shown(tmp_path, "--port", "0") as one:
        one.read_until("http://")
        (bot,) = one.children()
        watch = os.pidfd_open(bot)
        one.process.kill()
        one.process.wait()
        asyncio.run(_ended(watch))

    assert one.process.returncode == -signal.SIGKILL


async def _ended(watch: int) -> None:
    """Wait until a process has ended, by its descriptor."""
    gone, loop = asyncio.Event(), asyncio.get_running_loop()
    loop.add_reader(watch, gone.set)
    async with asyncio.timeout(RISES_WITHIN_SECONDS):
        await gone.wait()
    loop.remove_reader(watch)
    os.close(watch)


def test_port_that_is_taken_is_told_in_one_line(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        with shown(tmp_path, "--port", str(port)) as one:
            line = one.read_until(r".*\n")[0].strip()
            code = one.process.wait(RISES_WITHIN_SECONDS)

    assert (code, line) == (2, f"--port {port}: another program listens there")
    assert list(tmp_path.iterdir()) == []


def test_folder_of_somebody_else_is_refused_in_one_line(tmp_path: Path) -> None:
    folder = tmp_path / "real"
    folder.mkdir()
    (folder / "palabre.db").write_bytes(b"a real one")

    done = ran(tmp_path, "--keep", str(folder))

    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == f"{folder}: is not empty, and no demonstration has made it\n"
    assert [one.name for one in folder.iterdir()] == ["palabre.db"]


@pytest.mark.parametrize("words", [("--host", "0.0.0.0"), ("--language", "de"), ("--port", "x")])  # noqa: S104
def test_wish_that_cannot_be_is_refused(tmp_path: Path, words: tuple[str, ...]) -> None:
    done = ran(tmp_path, *words)

    assert (done.returncode, done.stdout) == (2, "")


def test_run_knows_nothing_of_the_demonstration() -> None:
    program = "import sys, bot.program; print(*sys.modules)"

    done = subprocess.run(
        (sys.executable, "-c", program), cwd=ROOT, capture_output=True, text=True, check=True
    )

    loaded = done.stdout.split()
    assert "bot.app" in loaded
    assert not [one for one in loaded if one.startswith(("bot.demo", "sandbox"))]
