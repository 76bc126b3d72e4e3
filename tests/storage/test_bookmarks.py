"""What the bot notes about itself."""

import pytest

from storage import bookmarks
from storage.database import Database
from storage.errors import OtherBotError


async def test_find_before_any_put_gives_none(database: Database) -> None:
    assert await database.read(bookmarks.find, "offset") is None


async def test_put_twice_keeps_the_later_value_of_that_name_only(database: Database) -> None:
    await database.write(bookmarks.put, "offset", 2**40)
    await database.write(bookmarks.put, "other", 1)

    await database.write(bookmarks.put, "offset", 7)

    assert await database.read(bookmarks.find, "offset") == 7
    assert await database.read(bookmarks.find, "other") == 1


async def test_put_owner_of_the_same_bot_again_changes_nothing(database: Database) -> None:
    await database.write(bookmarks.put_owner, 42)

    await database.write(bookmarks.put_owner, 42)

    assert await database.read(bookmarks.find, bookmarks.OWNER) == 42


async def test_put_owner_of_another_bot_is_refused_f70(database: Database) -> None:
    await database.write(bookmarks.put_owner, 42)

    with pytest.raises(OtherBotError) as refusal:
        await database.write(bookmarks.put_owner, 43)

    assert refusal.value.owner == 42
    assert await database.read(bookmarks.find, bookmarks.OWNER) == 42
