"""An RSVP as it is usually written: SQLAlchemy's asyncio over aiosqlite, Core statements.

They are built once, and one pooled connection is what SQLite's single writer makes best; the ORM
would only be slower. The tables are our own.
"""

from datetime import UTC, datetime
from typing import NamedTuple

from sqlalchemy import bindparam, case, column, event, func, select, table
from sqlalchemy.dialects.sqlite import insert
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine
from sqlalchemy.pool import ConnectionPoolEntry

from bench.arms.said import PRAGMAS

PATIENCE_S = 120
WORDS = {"yes": "✅ C'est noté, à bientôt !", "maybe": "🤔 Peut-être.", "no": "Dommage."}
KEYS = {"yes": "✅ Oui", "maybe": "🤔 Peut-être", "no": "❌ Non"}

RESIDENTS = table("residents", *map(column, ("id", "telegram_id", "first_name", "language")))
EVENTS = table(
    "events", *map(column, ("id", "status", "title", "day", "starts", "location", "capacity"))
)
RSVPS = table(
    "rsvps",
    *map(column, ("event_id", "resident_id", "answer", "standing", "guests", "sequence")),
    *map(column, ("answered_at", "cause")),
)
_party = RSVPS.c.guests + 1
_of_event = RSVPS.c.event_id == bindparam("of_event")
RESIDENT = select(RESIDENTS).where(RESIDENTS.c.telegram_id == bindparam("of_person"))
EVENT = select(EVENTS).where(EVENTS.c.id == bindparam("of_event"))
SEATS = select(func.coalesce(func.sum(_party), 0)).where(
    _of_event,
    RSVPS.c.standing == "confirmed",
    RSVPS.c.resident_id != bindparam("of_resident"),
)
COUNTS = select(
    *(func.sum(case((RSVPS.c.answer == answer, 1), else_=0)) for answer in WORDS)
).where(_of_event)
_put = insert(RSVPS).values(
    event_id=bindparam("of_event"),
    resident_id=bindparam("of_resident"),
    answer=bindparam("answer"),
    standing=bindparam("standing"),
    guests=0,
    sequence=1,
    answered_at=bindparam("at"),
    cause=bindparam("cause"),
)
PUT = _put.on_conflict_do_update(
    index_elements=["event_id", "resident_id"],
    set_={name: _put.excluded[name] for name in ("answer", "standing", "answered_at", "cause")},
)


class Screen(NamedTuple):
    """What the tapped message becomes; `keys` are labels with callback_data."""

    text: str
    keys: list[tuple[str, str]]


def engine(path: str) -> AsyncEngine:
    """Open a file with one pooled connection."""
    made = create_async_engine(
        f"sqlite+aiosqlite:///{path}", pool_size=1, max_overflow=0, pool_timeout=PATIENCE_S
    )

    @event.listens_for(made.sync_engine, "connect")
    def set_pragmas(connection: DBAPIConnection, _record: ConnectionPoolEntry) -> None:
        cursor = connection.cursor()
        for pragma in PRAGMAS:
            cursor.execute(f"PRAGMA {pragma}")
        cursor.close()

    return made


async def respond(database: AsyncEngine, data: str, person: int, cause: int) -> Screen:
    """Keep the answer of a tap in one transaction; gives the screen to show."""
    _, event_id, answer, _version = data.split(":")
    async with database.begin() as connection:
        resident = (await connection.execute(RESIDENT, {"of_person": person})).one()
        found = (await connection.execute(EVENT, {"of_event": int(event_id)})).one()
        whose = {"of_event": found.id, "of_resident": resident.id}
        taken = (await connection.execute(SEATS, whose)).scalar_one()
        is_full = found.capacity is not None and taken >= found.capacity
        standing = "none" if answer != "yes" else "waiting" if is_full else "confirmed"
        values = {"answer": answer, "standing": standing, "cause": cause}
        values["at"] = datetime.now(UTC).isoformat(timespec="microseconds")
        await connection.execute(PUT, whose | values)
        counts = (await connection.execute(COUNTS, {"of_event": found.id})).one()
    text = f"{WORDS[answer]}\n<b>{found.title}</b>\n📅 {found.day} 🕑 {found.starts}\n"
    told = " · ".join(f"{KEYS[name]} {count}" for name, count in zip(WORDS, counts, strict=True))
    keys = [(label, f"1ra:{event_id}:{name}:1") for name, label in KEYS.items()]
    return Screen(f"{text}📍 {found.location}\n{told}", keys)
