"""One bot in one town: both started, warmed up, measured from outside, and stopped."""

import json
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from bench import rounds, seed

PEOPLE = 3_000
EVENTS = 20
CAPACITY = 500
ENDS_WITHIN_S = 30
TICKS_A_S = os.sysconf("SC_CLK_TCK")
SETTINGS = """
[telegram]
token = "{token}"
api_url = "{api_url}"
[database]
url = "sqlite:///{name}"
[limits]
messages_per_second = 1000000
messages_per_minute_group = 1000000
"""

Place = Mapping[str, Any]
Start = Callable[[Place, Path], list[str]]
"""Takes where Telegram is and the database; gives the bot's command."""


@dataclass(frozen=True, slots=True)
class Visit:
    """How a bot is measured; `wants_edit`: a tap is over when its card was edited too."""

    for_s: float
    warm_up_s: float
    under_way: int
    latency_s: float
    wants_edit: bool = True


def palabre(place: Place, path: Path) -> list[str]:
    """Run Palabre as its operators do."""
    config = path.with_name("config.toml")
    config.write_text(
        SETTINGS.format(token=place["token"], api_url=place["api_url"], name=path.name)
    )
    return [sys.executable, "-m", "bot", "run", "--config", str(config)]


def other(module: str, **values: object) -> Start:
    """Run another bot, in the environment of the others."""

    def start(place: Place, path: Path) -> list[str]:
        told = {"token": place["token"], "api_url": place["api_url"], "path": str(path)}
        return [str(rounds.OTHERS), "-m", f"bench.arms.{module}", json.dumps(told | values)]

    return start


def visit(start: Start, how: Visit, *, people: int = PEOPLE) -> rounds.Figures:
    """Have a town tap on a bot; gives taps a second and the bot's milliseconds of CPU a tap."""
    with seed.folder() as folder, _town(how.latency_s, people) as town:
        place = json.loads(_line(town))
        path = folder / "arm.db"
        _fill(path, place)
        with _running(start(place, path)) as bot:
            _tap(town, how, how.warm_up_s)
            cpu = _cpu_s(bot.pid)
            figures = _tap(town, how, how.for_s)
            cpu = _cpu_s(bot.pid) - cpu
    return figures | {"cpu_ms": cpu / figures["taps"] * 1_000}


def _fill(path: Path, place: Place) -> None:
    people, groups = place["people"], place["groups"]
    with seed.filling(path) as connection:
        seed.add_residents(connection, len(people))
        starts_at = datetime.now(UTC) + timedelta(days=10)
        seed.add_events(connection, len(groups), starts_at=starts_at, capacity=CAPACITY)
        events = len(groups)
        cards = [("event", at % events + 1, *message) for at, message in enumerate(people)]
        cards += [("group", at + 1, *message) for at, message in enumerate(groups)]
        seed.add_cards(connection, cards)


def _tap(town: subprocess.Popen[str], how: Visit, for_s: float) -> dict[str, float]:
    wanted = {"for_s": for_s, "under_way": how.under_way, "wants_edit": how.wants_edit}
    assert town.stdin is not None
    town.stdin.write(json.dumps(wanted) + "\n")
    town.stdin.flush()
    figures: dict[str, float] = json.loads(_line(town))
    return figures


def _line(town: subprocess.Popen[str]) -> str:
    assert town.stdout is not None
    line = town.stdout.readline()
    assert line, "the town has ended: BENCH_LOUD=1 shows what the bot says of it"
    return line


@contextmanager
def _town(latency_s: float, people: int) -> Iterator[subprocess.Popen[str]]:
    wanted = {"people": people, "events": EVENTS, "latency_s": latency_s}
    with subprocess.Popen(
        [sys.executable, "-m", "bench.town", json.dumps(wanted)],
        cwd=rounds.ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as town:
        try:
            yield town
        finally:
            town.kill()


@contextmanager
def _running(command: list[str]) -> Iterator[subprocess.Popen[bytes]]:
    with subprocess.Popen(
        command, cwd=rounds.ROOT, stdout=subprocess.DEVNULL, stderr=_errors()
    ) as bot:
        try:
            yield bot
        finally:
            bot.send_signal(signal.SIGTERM)
            try:
                bot.wait(ENDS_WITHIN_S)
            except subprocess.TimeoutExpired:
                bot.kill()


def _errors() -> int | None:
    """Where a bot's complaints go: nowhere, unless BENCH_LOUD is set."""
    return None if os.environ.get("BENCH_LOUD") else subprocess.DEVNULL


def _cpu_s(pid: int) -> float:
    """Read the CPU seconds that a process has used, all its threads together."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / TICKS_A_S
