"""What one RSVP action says to the database, so that other arms say exactly the same."""

import json
import sqlite3
from collections.abc import Mapping
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Self

from typing_extensions import override

from bench.arms.answers import answers
from community import rsvps
from storage.database import Writer
from storage.ids import EventId, ResidentId, UpdateId
from storage.rsvps import Answer


class Recorder(sqlite3.Cursor):
    """Runs statements and remembers them with their values."""

    said: list[tuple[str, Mapping[str, Any]]]

    @override
    def execute(self, sql: str, values: Any = (), /) -> Self:
        self.said.append((sql, values))
        return super().execute(sql, values)


def record(path: Path, actions: int, into: Path) -> None:
    """Do actions on a file and write down, a line of JSON each, what they have said to it."""
    with (
        closing(sqlite3.connect(path, isolation_level=None)) as connection,
        into.open("w") as lines,
    ):
        connection.execute("PRAGMA synchronous = OFF")
        connection.execute("BEGIN")
        cursor = connection.cursor(Recorder)
        for one in answers(actions):
            cursor.said = []
            rsvps.answer(
                Writer(cursor, "sqlite"),
                event_id=EventId(one.event_id),
                resident_id=ResidentId(one.resident_id),
                answer=Answer(one.answer),
                now=datetime.now(UTC),
                cause=UpdateId(one.number),
            )
            lines.write(json.dumps(cursor.said) + "\n")
        connection.execute("COMMIT")
