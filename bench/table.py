"""One line a comparison: the ratio, the floor that it must reach, the aim, and the verdict."""

import argparse
import sys
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import StrEnum

COLUMNS = ("id", "what", "arms", "ratio", "must", "aim", "verdict")


TIMES = "\N{MULTIPLICATION SIGN}"


class Side(StrEnum):
    """On which side of a budget the good figures are."""

    AT_LEAST = "≥"
    AT_MOST = "≤"

    def reaches(self, figure: float, bound: float) -> bool:
        """Whether a figure is on the good side of a bound."""
        return figure >= bound if self is Side.AT_LEAST else figure <= bound


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the table; `figure` is a ratio (unit TIMES) or an absolute figure.

    Without `must` and `aim` it has no budget and is there to be known.
    """

    id: str
    what: str
    arms: str
    figure: float
    side: Side
    must: float | None = None
    aim: float | None = None
    unit: str = TIMES

    @property
    def verdict(self) -> str:
        """Tell how far it reaches; a line without a budget is there to be known."""
        if self.must is None or self.aim is None:
            return "-"
        if self.side.reaches(self.figure, self.aim):
            return "aim"
        return "must" if self.side.reaches(self.figure, self.must) else "MISSED"

    def cells(self) -> tuple[str, ...]:
        """Give the line's cells in the order of COLUMNS."""
        bounds = [
            "-" if bound is None else f"{self.side} {bound:g} {self.unit}"
            for bound in (self.must, self.aim)
        ]
        return (
            self.id,
            self.what,
            self.arms,
            f"{self.figure:.3g} {self.unit}",
            *bounds,
            self.verdict,
        )


def show(lines: Iterable[Line]) -> None:
    """Print the table."""
    for cells in (COLUMNS, ("---",) * len(COLUMNS), *(line.cells() for line in lines)):
        print("| " + " | ".join(cells) + " |")


Bench = Callable[[int, bool], list[Line]]
"""Takes the number of rounds and whether to be quick; gives the lines."""


def alone(bench: Bench, doc: str | None) -> None:
    """Run one script from the command line."""
    rounds, quick = arguments(doc)
    show(bench(rounds, quick))


def arguments(doc: str | None) -> tuple[int, bool]:
    """Read the number of rounds and whether to be quick."""
    parser = argparse.ArgumentParser(description=doc, prog=sys.argv[0])
    parser.add_argument("--rounds", type=int, default=3, help="how often each arm runs (3)")
    parser.add_argument(
        "--quick", action="store_true", help="one small round, to see that it works; no figure"
    )
    chosen = parser.parse_args()
    return (1 if chosen.quick else chosen.rounds), chosen.quick
