"""What SQLite plans to do for an action: which indexes it searches and what it reads whole."""

import re
import sqlite3
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from storage.database import Writer
from storage.sqlite.files import WRITER_PRAGMAS, connect

_FILL = """
WITH RECURSIVE numbers(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM numbers WHERE n < 100000)
INSERT INTO {table} SELECT {values} FROM numbers
"""
_LONG_AGO = "'2027-01-01T00:00:00.000000+00:00'"
_VALUES = {
    # One message in ten is still owed, of each lane alike; the rest have been sent.
    """outbox(kind, dedupe_key, chat_id, resident_id, event_id, broadcast_id, facts, lane, silent,
              not_before, expires_at, state, attempts, finished_at)""": f"""
        'moved', 'key:' || n, n / 3, n / 3, n % 50, n % 9, '{{}}', 1 + n % 3, 0,
        {_LONG_AGO}, {_LONG_AGO}, CASE n % 10 WHEN 0 THEN 'pending' ELSE 'sent' END, 0, {_LONG_AGO}
    """,
    "inbox(update_id, chat_id, payload, received_at, state, tries)": f"""
        n, n / 3, '', {_LONG_AGO}, CASE n % 1000 WHEN 0 THEN 'new' ELSE 'done' END, 0
    """,
    "reminders(event_id, lead_time, due_at, fired_at)": f"""
        n, '2h', {_LONG_AGO}, CASE n % 1000 WHEN 0 THEN NULL ELSE {_LONG_AGO} END
    """,
    "cards(chat_id, message_id, kind, subject_id, wanted, shown, not_before, attempts)": f"""
        n / 3, n, 'event', n % 50, CASE n % 1000 WHEN 0 THEN 2 ELSE 1 END, 1, {_LONG_AGO}, 0
    """,
}


def fill(path: Path) -> None:
    """Write 100 000 rows into each table that grows, without the rows that they belong to."""
    with closing(sqlite3.connect(path)) as connection, connection:
        for table, values in _VALUES.items():
            connection.execute(_FILL.format(table=table, values=values))


@dataclass(frozen=True)
class Plan:
    """The indexes searched, in order, and the steps that read or sort more than they need."""

    indexes: list[str]
    wasteful: list[str]


class _Recording:
    """A cursor that notes what it runs: with its values apart, as SQLite plans it."""

    def __init__(self, cursor: sqlite3.Cursor) -> None:
        self.ran: list[tuple[str, Any]] = []
        self._cursor = cursor
        self.fetchall = cursor.fetchall
        self.fetchone = cursor.fetchone

    @property
    def rowcount(self) -> int:
        return self._cursor.rowcount

    def execute(self, sql: str, values: Any = (), /) -> None:  # noqa: ANN401 - as the driver's
        self.ran.append((sql, values))
        self._cursor.execute(sql, values)

    def executemany(self, sql: str, values: Any, /) -> None:  # noqa: ANN401 - as the driver's
        for one in values:
            self.execute(sql, one)


def plan(path: Path, action: Callable[[Writer], object]) -> Plan:
    """Run an action, take it back, and give the plan of its statements."""
    with closing(connect(path, WRITER_PRAGMAS)) as connection:
        connection.execute("BEGIN")
        cursor = _Recording(connection.cursor())
        action(Writer(cursor, "sqlite"))
        connection.execute("ROLLBACK")
        steps = [
            str(step)
            for sql, values in cursor.ran
            for *_, step in connection.execute(f"EXPLAIN QUERY PLAN {sql}", values)
        ]
    searched = [re.search(r"SEARCH .* INDEX (\w+)", step) for step in steps]
    return Plan(
        indexes=[found[1] for found in searched if found],
        wasteful=[step for step in steps if "SCAN" in step or "TEMP B-TREE" in step],
    )
