"""B7: reminders as rows with a date, against a job each in memory (APScheduler).

How long a claim of 30 due messages takes among a million others against among ten thousand; what
100 000 pending reminders cost at a start, in time and in memory; and 3 000 that fall due in one
second, each 1 ms of work for the loop: how many are missed, and how long the loop is kept at most:
by its own work (CPU of its thread between two beats of a heart), and by all else too (the pause as
a clock sees it, the machine's other processes included).
"""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path

from bench import rounds, seed
from bench.table import Line, Side, alone

FEW, MANY = 10_000, 1_000_000
DUE = 1_500
PENDING = 100_000
RUSH = 3_000


def bench(count: int, quick: bool) -> list[Line]:  # noqa: FBT001 - see table.Bench
    """Run the arms; gives the table's lines."""
    few, many, pending, rush = (DUE, 2 * DUE, 300, 100) if quick else (FEW, MANY, PENDING, RUSH)
    with seed.folder() as folder:
        claims = rounds.run(
            {str(rows): _claims(_outbox(folder, rows)) for rows in (few, many)}, count
        )
        starts = rounds.run(_starts(folder, pending), count)
        rushes = rounds.run(_rushes(folder, rush), count)
    return [*_claim_lines(claims, few, many), *_start_lines(starts), *_rush_lines(rushes)]


def _claim_lines(got: rounds.Rounds, few: int, many: int) -> list[Line]:
    ratio = got.ratio(str(many), str(few), "claim_ms")
    arms = "the same among 10 000"
    return [Line("B7", "claim of 30 due among 1 000 000", arms, ratio, Side.AT_MOST, 1.3, 1.1)]


def _start_lines(got: rounds.Rounds) -> list[Line]:
    what, arms = "100 000 pending reminders: {}", "APScheduler, a job each in memory"
    start, memory = (got.ratio("rows", "jobs", figure) for figure in ("start_s", "memory_mb"))
    return [
        Line("B7", what.format("start-up"), arms, start, Side.AT_MOST, 0.01, 0.01),
        Line("B7", what.format("memory"), arms, memory, Side.AT_MOST, 0.05, 0.05),
    ]


def _rush_lines(got: rounds.Rounds) -> list[Line]:
    what = "3 000 due in one second, 1 ms each: {}"
    jobs = got.median("jobs", "missed")
    told = f"APScheduler missed {jobs:.0f}"
    missed, busy, late = (got.median("rows", name) for name in ("missed", "busy_ms", "late_ms"))
    return [
        Line("B7", what.format("missed"), told, missed, Side.AT_MOST, 0, 0, "messages"),
        Line("B7", what.format("loop's longest work"), "-", busy, Side.AT_MOST, 20, 10, "ms"),
        Line("B7", what.format("loop's longest pause"), "-", late, Side.AT_MOST, unit="ms"),
    ]


def _outbox(folder: Path, rows: int) -> Path:
    path = folder / f"outbox-{rows}.db"
    with seed.filling(path) as connection:
        seed.add_owed(connection, rows, due=DUE)
    return path


def _claims(template: Path) -> rounds.Arm:
    def arm() -> rounds.Figures:
        path = seed.copy(template, "arm.db")
        return rounds.in_process("bench.arms.rows_claim", {"path": str(path)})

    return arm


def _starts(folder: Path, pending: int) -> Mapping[str, rounds.Arm]:
    path = folder / "pending.db"
    with seed.filling(path) as connection:
        starts_at = datetime.now(UTC) + timedelta(days=30)
        seed.add_events(connection, pending, starts_at=starts_at, capacity=None)
        seed.add_reminders(connection, pending, due_at=starts_at - timedelta(days=7))
    return {
        "rows": lambda: rounds.in_process("bench.arms.rows_start", {"path": str(path)}),
        "jobs": lambda: rounds.in_process("bench.arms.jobs_start", {"pending": pending}),
    }


def _rushes(folder: Path, rush: int) -> Mapping[str, rounds.Arm]:
    template = folder / "rush.db"

    def rows() -> rounds.Figures:
        template.unlink(missing_ok=True)
        with seed.filling(template) as connection:
            now = datetime.now(UTC)
            seed.add_residents(connection, rush)
            seed.add_events(connection, rush, starts_at=now + timedelta(hours=2), capacity=None)
            seed.add_answers(connection, rush)
            seed.add_reminders(connection, rush, due_at=now + timedelta(seconds=3))
        values = {"path": str(template), "rush": rush}
        return rounds.in_process("bench.arms.rows_rush", values)

    return {
        "rows": rows,
        "jobs": lambda: rounds.in_process("bench.arms.jobs_rush", {"rush": rush}),
    }


if __name__ == "__main__":
    alone(bench, __doc__)
