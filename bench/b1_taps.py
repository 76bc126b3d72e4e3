"""B1: full taps a second through the whole product, Telegram's API taking 50 ms a call.

A tap: update in, kept, who speaks, the RSVP in one transaction on the disk, the tap answered, the
person's card edited, the event's card in the group edited when its turn comes (20 events, so 20 hot
cards). Against bots as their tutorials write them, on the same database file: update in, RSVP in
one transaction, answer, one edit; nothing kept, no group's card. Telegram and its people live in a
process of their own. Flood control is off and `limits.*` are raised; 300 taps are under way at any
time, by 3 000 people in turn.
"""

from collections.abc import Mapping

from bench import rounds, street
from bench.street import Visit
from bench.table import Line, Side, alone

USUAL = Visit(for_s=6, warm_up_s=2, under_way=300, latency_s=0.05)
QUICK = Visit(for_s=0.5, warm_up_s=0.5, under_way=20, latency_s=0.01)
QUICK_PEOPLE = 60
SIDE_BY_SIDE = 256


def bench(count: int, quick: bool) -> list[Line]:  # noqa: FBT001 - see table.Bench
    """Run the arms; gives the table's lines."""
    how, people = (QUICK, QUICK_PEOPLE) if quick else (USUAL, street.PEOPLE)
    bots: Mapping[str, street.Start] = {
        "palabre": street.palabre,
        "ptb": street.other("bot_ptb", side_by_side=SIDE_BY_SIDE, fast=False),
        "ptb on uvloop": street.other("bot_ptb", side_by_side=SIDE_BY_SIDE, fast=True),
        "aiogram": street.other("bot_aiogram", fast=False),
        "aiogram on uvloop": street.other("bot_aiogram", fast=True),
    }
    got = rounds.run({name: _arm(bots[name], how, people) for name in bots}, count)
    return [
        _line(got, "ptb", "PTB, concurrent_updates=256, SQLAlchemy async", 8, 16),
        _line(got, "ptb on uvloop", "the same on uvloop", None, None),
        _line(got, "aiogram", "aiogram, SQLAlchemy async", 6, 12),
        _line(got, "aiogram on uvloop", "the same on uvloop", None, None),
    ]


def _arm(start: street.Start, how: Visit, people: int) -> rounds.Arm:
    return lambda: street.visit(start, how, people=people)


def _line(got: rounds.Rounds, name: str, arms: str, must: float | None, aim: float | None) -> Line:
    ratio = got.ratio("palabre", name, "per_s")
    what = "full taps/s, 50 ms API, no flood control"
    return Line("B1", what, arms, ratio, Side.AT_LEAST, must, aim)


if __name__ == "__main__":
    alone(bench, __doc__)
