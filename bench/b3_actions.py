"""B3: answering an event as one whole action, 50 callers at once, each commit on the disk.

Against the standard library's sqlite3 that commits each (one after the other, with nothing in
between: as fast as Python can say them), and against SQLAlchemy's asyncio over aiosqlite, with one
pooled connection and prebuilt statements, as it is usually run and on uvloop. They say the very
statements that our action says, written down beforehand, on the same rows, `synchronous = FULL`;
ours decides and builds its records besides.
"""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path

from bench import rounds, seed
from bench.arms.answers import EVENTS, RESIDENTS
from bench.record import record
from bench.table import Line, Side, alone

CALLERS = 50
CAPACITY = 100
ACTIONS: Mapping[str, int] = {
    "palabre": 20_000,
    "sqlite3": 6_000,
    "sqlalchemy": 1_500,
    "sqlalchemy on uvloop": 1_500,
}
QUICK = 200


def bench(count: int, quick: bool) -> list[Line]:  # noqa: FBT001 - see table.Bench
    """Run the arms; gives the table's lines."""
    actions = {name: QUICK if quick else number for name, number in ACTIONS.items()}
    with seed.folder() as folder:
        template = folder / "template.db"
        with seed.filling(template) as connection:
            seed.add_residents(connection, RESIDENTS)
            starts_at = datetime.now(UTC) + timedelta(days=7)
            seed.add_events(connection, EVENTS, starts_at=starts_at, capacity=CAPACITY)
            seed.add_group_cards(connection, EVENTS)
        record(seed.copy(template, "recorded.db"), actions["sqlite3"], folder / "said")
        got = rounds.run({name: _arm(name, template, actions[name]) for name in ACTIONS}, count)
    return [
        _line(got, "sqlite3", "stdlib sqlite3, a commit each", 1.0, 2.2),
        _line(got, "sqlalchemy", "SQLAlchemy async over aiosqlite", 20, 45),
        _line(got, "sqlalchemy on uvloop", "the same on uvloop", None, None),
    ]


def _arm(name: str, template: Path, actions: int) -> rounds.Arm:
    def arm() -> rounds.Figures:
        path = seed.copy(template, "arm.db")
        values = {
            "path": str(path),
            "said": str(path.with_name("said")),
            "actions": actions,
            "callers": CALLERS,
        }
        if name != "sqlite3":
            values["fast"] = name != "sqlalchemy"
        module = f"bench.arms.actions_{name.split(maxsplit=1)[0]}"
        figures = rounds.in_process(module, values, others=name.startswith("sqlalchemy"))
        for left in path.parent.glob("arm.db*"):
            left.unlink()
        return figures

    return arm


def _line(got: rounds.Rounds, name: str, arms: str, must: float | None, aim: float | None) -> Line:
    ratio = got.ratio("palabre", name, "per_s")
    return Line("B3", "RSVP actions/s, 50 callers", arms, ratio, Side.AT_LEAST, must, aim)


if __name__ == "__main__":
    alone(bench, __doc__)
