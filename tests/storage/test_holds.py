"""Silences that Telegram asked for."""

from storage import holds
from storage.database import Database
from storage.holds import EVERYONE, Hold
from storage.ids import ChatId
from tests.storage.rows import HOUR, NOW, SECOND

CHAT = ChatId(-1001234567890)


async def test_running_without_any_gives_nothing(database: Database) -> None:
    assert await database.read(holds.running, now=NOW) == []


async def test_hold_runs_until_its_instant_and_not_at_it(database: Database) -> None:
    until = NOW + HOUR

    await database.write(holds.put, CHAT, until=until)

    assert await database.read(holds.running, now=until - SECOND) == [Hold(CHAT, until)]
    assert await database.read(holds.running, now=until) == []


async def test_put_again_replaces_the_hold_of_that_chat_only(database: Database) -> None:
    await database.write(holds.put, CHAT, until=NOW + HOUR)
    await database.write(holds.put, EVERYONE, until=NOW + HOUR)

    await database.write(holds.put, CHAT, until=NOW + 2 * HOUR)

    running = await database.read(holds.running, now=NOW)
    assert set(running) == {Hold(CHAT, NOW + 2 * HOUR), Hold(EVERYONE, NOW + HOUR)}


async def test_forget_deletes_what_is_over_and_counts_it(database: Database) -> None:
    await database.write(holds.put, CHAT, until=NOW)
    await database.write(holds.put, EVERYONE, until=NOW + HOUR)

    forgotten = await database.write(holds.forget, now=NOW)

    assert forgotten == 1
    assert await database.read(holds.running, now=NOW - HOUR) == [Hold(EVERYONE, NOW + HOUR)]
    assert await database.write(holds.forget, now=NOW) == 0


async def test_hold_is_found_when_it_is_over_too_until_it_is_removed(database: Database) -> None:
    await database.write(holds.put, CHAT, until=NOW - HOUR)
    await database.write(holds.put, EVERYONE, until=NOW)

    found = await database.read(holds.find, CHAT)
    for _ in range(2):
        await database.write(holds.remove, CHAT)

    assert found == Hold(CHAT, NOW - HOUR)
    assert await database.read(holds.find, CHAT) is None
    assert await database.read(holds.find, EVERYONE) == Hold(EVERYONE, NOW)
