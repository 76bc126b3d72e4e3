"""Databases to measure on: migrated as the bot's are, filled by SQL, told by small numbers.

Resident n has Telegram id FIRST_PERSON + n and answers event n modulo the number of events.
"""

import shutil
import sqlite3
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

from storage.schema import migrate

FIRST_PERSON = 1_000_000
NUMBERS = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < :count) "


@contextmanager
def folder() -> Iterator[Path]:
    """Give a folder on the disk, gone at the end of the block."""
    with tempfile.TemporaryDirectory(prefix="palabre-bench-") as name:
        yield Path(name)


def text(instant: datetime) -> str:
    """Write an instant as the database does."""
    return instant.astimezone(UTC).isoformat(timespec="microseconds")


@contextmanager
def filling(path: Path) -> Iterator[sqlite3.Connection]:
    """Give a connection to a migrated file, made where it is not there; committed at the end."""
    migrate(f"sqlite:///{path}")
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA synchronous = OFF")
        yield connection
        connection.commit()


def add_residents(connection: sqlite3.Connection, count: int) -> None:
    """Add residents 1 to `count`."""
    connection.execute(
        NUMBERS + "INSERT INTO residents (id, telegram_id, first_name, language, role,"
        " notice_version, consented_at)"
        " SELECT i, :first + i, 'Inès', 'fr', 'resident', 1, :now FROM n",
        {"count": count, "first": FIRST_PERSON, "now": text(datetime.now(UTC))},
    )


def add_events(
    connection: sqlite3.Connection, count: int, *, starts_at: datetime, capacity: int | None
) -> None:
    """Add scheduled events 1 to `count`, which last two hours."""
    connection.execute(
        NUMBERS + "INSERT INTO events (id, status, version, title, day, starts, ends, fold,"
        " starts_at, ends_at, location, capacity, childcare, created_at)"
        " SELECT i, 'scheduled', 1, 'Atelier cuisine n° ' || i, :day, :starts, :ends, 0,"
        " :starts_at, :ends_at, 'Espace Linné', :capacity, 1, :now FROM n",
        {
            "count": count,
            "day": starts_at.date().isoformat(),
            "starts": starts_at.strftime("%H:%M:%S.%f"),
            "ends": (starts_at + timedelta(hours=2)).strftime("%H:%M:%S.%f"),
            "starts_at": text(starts_at),
            "ends_at": text(starts_at + timedelta(hours=2)),
            "capacity": capacity,
            "now": text(datetime.now(UTC)),
        },
    )


def add_group_cards(connection: sqlite3.Connection, events: int) -> None:
    """Have each event shown by a message of its own in a group."""
    add_cards(connection, [("group", event, -5_000 - event, 1) for event in range(1, events + 1)])


def add_cards(connection: sqlite3.Connection, cards: Iterable[tuple[str, int, int, int]]) -> None:
    """Note what messages show: (kind, event, chat, message) each."""
    connection.executemany(
        "INSERT INTO cards (kind, subject_id, chat_id, message_id, wanted, shown, not_before,"
        f" attempts) VALUES (?, ?, ?, ?, 0, 0, '{text(datetime.now(UTC))}', 0)",
        cards,
    )


def add_owed(connection: sqlite3.Connection, count: int, *, due: int) -> None:
    """Owe messages, one to each of as many chats: the first `due` of them now, the others later."""
    now = datetime.now(UTC)
    connection.execute(
        NUMBERS + "INSERT INTO outbox (id, kind, dedupe_key, chat_id, resident_id, event_id, facts,"
        " lane, silent, not_before, state, attempts)"
        " SELECT i, 'reminder', 'rem:' || i, i, i, i % 100, '{}', 2, 0,"
        " CASE WHEN i <= :due THEN :now ELSE :later END, 'pending', 0 FROM n",
        {"count": count, "due": due, "now": text(now), "later": text(now + timedelta(days=7))},
    )


def add_answers(connection: sqlite3.Connection, count: int) -> None:
    """Have resident n come to event n, for 1 to `count`."""
    connection.execute(
        NUMBERS + "INSERT INTO rsvps (event_id, resident_id, answer, standing, guests, sequence,"
        " answered_at) SELECT i, i, 'yes', 'confirmed', 0, 1, :now FROM n",
        {"count": count, "now": text(datetime.now(UTC))},
    )


def add_reminders(connection: sqlite3.Connection, count: int, *, due_at: datetime) -> None:
    """Have events 1 to `count` remind their people, spread over the second from `due_at`."""
    connection.executemany(
        "INSERT INTO reminders (event_id, lead_time, due_at) VALUES (?, '2h', ?)",
        (
            (number, text(due_at + timedelta(seconds=number / count)))
            for number in range(1, count + 1)
        ),
    )


def copy(path: Path, name: str) -> Path:
    """Copy a file beside itself; gives the copy."""
    return Path(shutil.copy(path, path.with_name(name)))
