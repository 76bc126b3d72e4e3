"""Looks into the bot's database from outside, while the bot lives on it; changes nothing."""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Concatenate, ParamSpec, TypeVar

from storage.database import Reader
from storage.sqlite.files import looking_at

Values = ParamSpec("Values")
Result = TypeVar("Result")


class Sight:
    """A connection that cannot change the file."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def version(self) -> int:
        """Give a number that is another after each commit of another program.

        https://sqlite.org/pragma.html#pragma_data_version
        """
        (version,) = self._connection.execute("PRAGMA data_version").fetchone()
        return int(version)

    def look(
        self,
        look: Callable[Concatenate[Reader, Values], Result],
        /,
        *args: Values.args,
        **values: Values.kwargs,
    ) -> Result:
        """Give what a query returns, looked up on one consistent picture."""
        with self.still() as connection:
            return look(Reader(connection.cursor(), "sqlite"), *args, **values)

    def rows(self, sql: str) -> list[tuple[Any, ...]]:
        """Give the rows of a SELECT, as SQLite keeps them."""
        with self.still() as connection:
            return connection.execute(sql).fetchall()

    @contextmanager
    def still(self) -> Iterator[sqlite3.Connection]:
        """Give the connection on one consistent picture."""
        self._connection.execute("BEGIN")
        try:
            yield self._connection
        finally:
            self._connection.execute("ROLLBACK")


@contextmanager
def opened(path: Path) -> Iterator[Sight]:
    """Give a sight of a database that is there."""
    with looking_at(path) as connection:
        yield Sight(connection)
