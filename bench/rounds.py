"""Arms in turn, in fresh processes, the order reversed every other round."""

import json
import os
import subprocess
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import Any

ROOT = Path(__file__).parents[1]
OTHERS = ROOT / ".venv-bench" / "bin" / "python"
"""Where the other frameworks live: aiogram refuses our pydantic."""
LONGEST_S = 600
ENVIRONMENT = os.environ | {"PYTHONDONTWRITEBYTECODE": ""}
"""Modules are compiled once and kept, as on any computer where a bot lives."""

Figures = Mapping[str, float]
Arm = Callable[[], Figures]


def in_process(module: str, values: Mapping[str, Any], *, others: bool = False) -> Figures:
    """Run a module in a fresh process, which takes values and gives figures as JSON.

    Raises:
        FileNotFoundError: the other frameworks are not there.
    """
    if others and not OTHERS.exists():
        raise FileNotFoundError(".venv-bench is not there: run `make bench`, which makes it")
    python = str(OTHERS) if others else sys.executable
    done = subprocess.run(
        [python, "-m", module, json.dumps(values)],
        cwd=ROOT,
        env=ENVIRONMENT,
        stdout=subprocess.PIPE,
        text=True,
        check=True,
        timeout=LONGEST_S,
    )
    figures: Figures = json.loads(done.stdout.splitlines()[-1])
    return figures


@dataclass(frozen=True, slots=True)
class Rounds:
    """The figures of each round, by the arm's name."""

    figures: list[dict[str, Figures]]

    def median(self, arm: str, figure: str) -> float:
        """Give the median of an arm's figure."""
        return median(one[arm][figure] for one in self.figures)

    def ratio(self, arm: str, to: str, figure: str) -> float:
        """Give the median of the rounds' ratios of one arm's figure to another's."""
        return median(one[arm][figure] / one[to][figure] for one in self.figures)


def run(arms: Mapping[str, Arm], rounds: int) -> Rounds:
    """Run all arms in each round, and tell on stderr what each gave."""
    figures: list[dict[str, Figures]] = []
    for number in range(rounds):
        order = list(arms)[:: -1 if number % 2 else 1]
        got = {name: _told(number, name, arms[name]) for name in order}
        figures.append(got)
    return Rounds(figures)


def _told(number: int, name: str, arm: Arm) -> Figures:
    figures = arm()
    told = " ".join(f"{key}={value:.4g}" for key, value in figures.items())
    print(f"  round {number + 1}: {name}: {told}", file=sys.stderr, flush=True)
    return figures
