"""The one door to the database: whole actions go in, committed results come out.

An action is a plain function whose first argument is a Reader or a Writer. `Database.write` hands
it whole to the engine, which commits it and only then answers, so nobody ever calls commit. What an
action announces (`Writer.announce`) reaches the listeners after the commit, never before.
"""

from collections.abc import Callable, Iterable, Mapping
from enum import StrEnum
from typing import Any, Concatenate, ParamSpec, Protocol, TypeVar

from storage.errors import ClosedError
from storage.statements import Change, Look, Returning

Values = ParamSpec("Values")
Result = TypeVar("Result")
Record = TypeVar("Record")


class Topic(StrEnum):
    """What a commit may have left for the bot to do."""

    OUTBOX = "outbox"
    """A message is owed."""
    CARDS = "cards"
    """A card shown to people is out of date."""


class Cursor(Protocol):
    """What both drivers' cursors have in common."""

    @property
    def rowcount(self) -> int:
        """How many rows the last statement changed."""

    def execute(self, sql: Any, values: Any = ..., /) -> Any:
        """Run one statement."""

    def executemany(self, sql: Any, values: Any, /) -> Any:
        """Run one statement for each mapping of values."""

    def fetchall(self) -> list[Any]:
        """Give all rows."""

    def fetchone(self) -> Any:
        """Give the next row, or None."""


class Reader:
    """May look: it runs SELECTs on one consistent picture of the database."""

    def __init__(self, cursor: Cursor, dialect: str) -> None:
        self._cursor = cursor
        self._dialect = dialect

    def all(self, look: Look[Record], **values: Any) -> list[Record]:
        """Give every row as a record, in the statement's order; empty when there is none."""
        form = look.form(self._dialect)
        self._cursor.execute(form.sql, form.bind(values))
        return [look.record(form, row) for row in self._cursor.fetchall()]

    def first(self, look: Look[Record], **values: Any) -> Record | None:
        """Give the first row as a record, or None."""
        form = look.form(self._dialect)
        self._cursor.execute(form.sql, form.bind(values))
        rows = self._cursor.fetchall()
        return look.record(form, rows[0]) if rows else None

    def one(self, look: Look[Record], **values: Any) -> Record:
        """Give the row of a statement that always has exactly one, such as a count."""
        record = self.first(look, **values)
        if record is None:
            raise LookupError("the statement gave no row")
        return record


class Writer(Reader):
    """May change: everything it does is committed with its action, or nothing is."""

    def __init__(self, cursor: Cursor, dialect: str) -> None:
        super().__init__(cursor, dialect)
        self.topics: set[Topic] = set()

    def change(self, change: Change, **values: Any) -> int:
        """Run a change; gives the number of rows changed."""
        form = change.form(self._dialect)
        self._cursor.execute(form.sql, form.bind(values))
        return self._cursor.rowcount

    def change_each(self, change: Change, rows: Iterable[Mapping[str, Any]]) -> None:
        """Run a change once for each mapping of values."""
        form = change.form(self._dialect)
        self._cursor.executemany(form.sql, [form.bind(row) for row in rows])

    def returned(self, change: Returning[Record], **values: Any) -> list[Record]:
        """Run a change; gives the records of the rows that it touched, in no order."""
        form = change.form(self._dialect)
        self._cursor.execute(form.sql, form.bind(values))
        return [change.record(form, row) for row in self._cursor.fetchall()]

    def announce(self, topic: Topic) -> None:
        """Tell the listeners of a topic, once the action is committed."""
        self.topics.add(topic)


class Engine(Protocol):
    """Runs whole actions on one kind of database."""

    async def read(self, look: Callable[[Reader], Result]) -> Result:
        """Run a function on a consistent picture."""

    async def write(self, action: Callable[[Writer], Result]) -> Result:
        """Run an action in one transaction; answers after the commit."""

    async def scrub(self) -> None:
        """Wipe what erased rows have left behind in the files that this program controls."""

    async def close(self) -> None:
        """Finish what was handed in, then let go of the database."""


class Switchboard:
    """Who hears of what the commits announce; called on the event loop only."""

    def __init__(self) -> None:
        self._listeners: dict[Topic, list[Callable[[], None]]] = {topic: [] for topic in Topic}

    def listen(self, topic: Topic, listener: Callable[[], None]) -> None:
        """Have `listener` called after each commit that announced `topic`."""
        self._listeners[topic].append(listener)

    def ring(self, topics: Iterable[Topic]) -> None:
        """Call the listeners of each topic once."""
        for topic in topics:
            for listener in self._listeners[topic]:
                listener()


class Database:
    """Runs reads and actions. `listen` is told of what the commits left to do."""

    def __init__(self, engine: Engine, switchboard: Switchboard) -> None:
        self._engine = engine
        self._closed = False
        self.listen = switchboard.listen

    async def read(
        self,
        look: Callable[Concatenate[Reader, Values], Result],
        /,
        *args: Values.args,
        **values: Values.kwargs,
    ) -> Result:
        """Give what a query returns, looked up on one consistent picture.

        Raises:
            ClosedError: `close` was called before.
        """
        self._refuse_when_closed()
        return await self._engine.read(lambda reader: _called(look, reader, *args, **values))

    async def write(
        self,
        action: Callable[Concatenate[Writer, Values], Result],
        /,
        *args: Values.args,
        **values: Values.kwargs,
    ) -> Result:
        """Give what an action returns, once it is committed; an exception leaves no trace of it.

        Cancelling the caller does not cancel the action: it is committed whole or not at all.

        Raises:
            BusyError: others kept the database locked; nothing was changed.
            ClosedError: `close` was called before.
        """
        self._refuse_when_closed()
        return await self._engine.write(lambda writer: _called(action, writer, *args, **values))

    async def scrub(self) -> None:
        """Wipe what erased rows have left behind in the database's own files.

        Raises:
            BusyError: others kept the database locked; something may be left.
            ClosedError: `close` was called before.
        """
        self._refuse_when_closed()
        await self._engine.scrub()

    async def close(self) -> None:
        """Refuse what comes from now on, finish what was handed in, then close."""
        self._closed = True
        await self._engine.close()

    def _refuse_when_closed(self) -> None:
        if self._closed:
            raise ClosedError


def _called(
    function: Callable[Values, Result], /, *args: Values.args, **values: Values.kwargs
) -> Result:
    """Call a function whose outcome a future carries; StopIteration cannot be carried."""
    try:
        return function(*args, **values)
    except StopIteration as error:
        raise RuntimeError("an action let StopIteration through") from error
