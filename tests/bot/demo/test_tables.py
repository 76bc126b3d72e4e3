"""What has changed between two looks at a database."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing

import pytest

from bot.demo.tables import picture


@pytest.fixture
def connection() -> Iterator[sqlite3.Connection]:
    """Give a database of two tables."""
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as one:
        one.execute("CREATE TABLE seats (event INTEGER, person INTEGER, guests, "
                    "PRIMARY KEY (event, person))")  # fmt: skip
        one.execute("CREATE TABLE inbox (update_id INTEGER PRIMARY KEY, payload, state)")
        one.execute("INSERT INTO seats VALUES (1, 5, 0), (1, 6, 2)")
        yield one


def test_rows_that_came_changed_and_went_are_told_by_their_key(
    connection: sqlite3.Connection,
) -> None:
    before = picture(connection)
    connection.execute("UPDATE seats SET guests = 2 WHERE person = 5")
    connection.execute("DELETE FROM seats WHERE person = 6")
    connection.execute("INSERT INTO seats VALUES (2, 5, 1)")

    changes = picture(connection).changes_since(before)

    assert {(one.verb, one.key): one.told()["columns"] for one in changes} == {
        ("update", (1, 5)): {"guests": [0, 2]},
        ("insert", (2, 5)): {"event": [None, 2], "person": [None, 5], "guests": [None, 1]},
        ("delete", (1, 6)): {"event": [None, None], "person": [None, None], "guests": [None, None]},
    }
    assert changes[0].told()["key"] == "1 · 5"


def test_nothing_changed_is_nothing_told(connection: sqlite3.Connection) -> None:
    before = picture(connection)

    assert picture(connection).changes_since(before) == []


def test_update_as_telegram_wrote_it_is_never_shown(connection: sqlite3.Connection) -> None:
    before = picture(connection)
    connection.execute("""INSERT INTO inbox VALUES (7, '{"text": "secret"}', 'new')""")

    (change,) = picture(connection).changes_since(before)

    assert change.columns == {"update_id": (None, 7), "state": (None, "new")}
