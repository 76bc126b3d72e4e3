"""The outbox as its tests see it: messages are named by their keys."""

from datetime import datetime

from storage import outbox
from storage.database import Database
from storage.ids import ChatId
from storage.outbox import Notice, OutboxState
from tests.storage.rows import NOW, notice

CHAT, OTHER = ChatId(1), ChatId(2)
SLOW, FAST = 3, 1


async def owe(
    database: Database,
    key: str,
    chat: int = CHAT,
    *,
    lane: int = FAST,
    not_before: datetime = NOW,
    expires_at: datetime | None = None,
) -> Notice:
    return await database.write(
        lambda writer: notice(
            writer, key, chat, lane=lane, not_before=not_before, expires_at=expires_at
        )
    )


async def claim(database: Database, lane: int = FAST, most: int = 10) -> list[str]:
    claimed = await database.write(outbox.claim, lane=lane, now=NOW, most=most)
    return [one.dedupe_key for one in claimed]


async def states(database: Database) -> dict[str, OutboxState]:
    return {one.dedupe_key: one.state for one in await database.read(outbox.all_)}
