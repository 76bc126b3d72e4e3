"""The statements of each action by the standard library's sqlite3, and a commit, no more."""

import sqlite3
import time
from contextlib import closing

from bench.arms import answer
from bench.arms.said import PRAGMAS, Action, recorded


def run(path: str, said: str, actions: int, callers: int) -> dict[str, float]:
    """Give actions a second, one after the other: callers would only add to it."""
    del callers
    work = recorded(said, actions)
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        for pragma in PRAGMAS:
            connection.execute(f"PRAGMA {pragma}")
        cursor = connection.cursor()
        began = time.perf_counter()
        for one in work:
            _act(cursor, one)
        return {"per_s": actions / (time.perf_counter() - began)}


def _act(cursor: sqlite3.Cursor, said: Action) -> None:
    cursor.execute("BEGIN IMMEDIATE")
    for sql, values in said:
        cursor.execute(sql, values).fetchall()
    cursor.execute("COMMIT")


if __name__ == "__main__":
    answer(run)
