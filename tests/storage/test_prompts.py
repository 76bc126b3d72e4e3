"""What the bot last asked a chat."""

from storage import prompts
from storage.database import Database
from storage.ids import ChatId, UpdateId
from storage.prompts import Prompt
from tests.storage.rows import HOUR, NOW, SECOND

CHAT, OTHER = ChatId(1), ChatId(2)


async def test_find_without_a_question_gives_none(database: Database) -> None:
    assert await database.read(prompts.find, CHAT, now=NOW) is None


async def test_question_stands_until_it_expires(database: Database) -> None:
    facts = {"event_id": 3, "words": "été « 12 »", "nested": [1, None, True]}
    expires_at = NOW + HOUR

    await database.write(prompts.put, CHAT, kind="title", facts=facts, expires_at=expires_at)

    found = await database.read(prompts.find, CHAT, now=expires_at - SECOND)
    assert found == Prompt(CHAT, "title", facts, expires_at)
    assert await database.read(prompts.find, CHAT, now=expires_at) is None
    assert await database.read(prompts.find, OTHER, now=NOW) is None


async def test_put_again_replaces_the_question(database: Database) -> None:
    await database.write(
        prompts.put, CHAT, kind="title", facts={"event_id": 3}, expires_at=NOW + HOUR
    )

    await database.write(prompts.put, CHAT, kind="day", facts={}, expires_at=NOW + 2 * HOUR)

    found = await database.read(prompts.find, CHAT, now=NOW)
    assert found == Prompt(CHAT, "day", {}, NOW + 2 * HOUR)


async def test_clear_forgets_one_chats_question_and_may_be_repeated(database: Database) -> None:
    for chat in (CHAT, OTHER):
        await database.write(prompts.put, chat, kind="day", facts={}, expires_at=NOW + HOUR)

    await database.write(prompts.clear, CHAT)
    await database.write(prompts.clear, CHAT)

    assert await database.read(prompts.find, CHAT, now=NOW) is None
    assert await database.read(prompts.find, OTHER, now=NOW) is not None


async def test_forget_deletes_the_void_and_counts_them(database: Database) -> None:
    await database.write(prompts.put, CHAT, kind="day", facts={}, expires_at=NOW)
    await database.write(prompts.put, OTHER, kind="day", facts={}, expires_at=NOW + HOUR)

    assert await database.write(prompts.forget, now=NOW) == 1

    assert await database.read(prompts.find, CHAT, now=NOW - HOUR) is None
    assert await database.read(prompts.find, OTHER, now=NOW) is not None


async def test_f05_answered_question_stands_for_the_update_that_answered_it(
    database: Database,
) -> None:
    await database.write(
        prompts.put, CHAT, kind="day", facts={"event_id": 3}, expires_at=NOW + HOUR
    )
    asked = await database.read(prompts.find, CHAT, now=NOW, cause=UpdateId(7))
    assert asked is not None

    await database.write(prompts.answer, asked, cause=UpdateId(7))

    assert await database.read(prompts.find, CHAT, now=NOW) is None
    assert await database.read(prompts.find, CHAT, now=NOW, cause=UpdateId(8)) is None
    assert await database.read(prompts.find, CHAT, now=NOW, cause=UpdateId(7)) == asked


async def test_f05_question_that_an_update_led_to_is_not_answered_by_it(
    database: Database,
) -> None:
    await database.write(
        prompts.put, CHAT, kind="title", facts={}, expires_at=NOW + HOUR, cause=UpdateId(7)
    )

    assert await database.read(prompts.find, CHAT, now=NOW, cause=UpdateId(7)) is None
    assert await database.read(prompts.find, CHAT, now=NOW, cause=UpdateId(8)) is not None
