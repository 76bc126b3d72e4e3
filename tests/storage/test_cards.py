"""The bot's own messages that must be edited when what they show changes."""

from functools import partial
from pathlib import Path

import pytest

from storage import cards
from storage.cards import Card, CardKind
from storage.database import Database, Topic
from storage.ids import ChatId, MessageId
from tests.storage.plans import plan
from tests.storage.rows import HOUR, NOW, SECOND

CHAT, OTHER = ChatId(-5), ChatId(6)
MESSAGE = MessageId(3)


async def put(
    database: Database,
    chat: ChatId = CHAT,
    message: int = MESSAGE,
    kind: CardKind = CardKind.EVENT,
    subject: int = 1,
) -> None:
    await database.write(
        cards.put, chat, MessageId(message), kind=kind, subject_id=subject, now=NOW
    )


async def look(database: Database) -> Card:
    card = await database.read(cards.find, CHAT, MESSAGE)
    assert card is not None
    return card


async def test_message_that_shows_nothing_is_no_card(database: Database) -> None:
    assert await database.read(cards.find, CHAT, MESSAGE) is None
    assert await database.read(cards.of_subject, CardKind.EVENT, 1) == []
    assert await database.read(cards.of_chat, CHAT) == []
    assert await database.read(cards.stale, now=NOW, most=10) == []
    assert await database.read(cards.next_at) is None


async def test_card_just_put_shows_the_present_truth(database: Database) -> None:
    await put(database)

    assert await look(database) == Card(CHAT, MESSAGE, CardKind.EVENT, 1, 0, 0, NOW, 0)
    assert await database.read(cards.next_at) is None


async def test_put_again_shows_another_subject_in_the_same_message(database: Database) -> None:
    await put(database)

    await put(database, kind=CardKind.BROADCAST, subject=9)

    assert await database.read(cards.of_subject, CardKind.EVENT, 1) == []
    assert await database.read(cards.of_subject, CardKind.BROADCAST, 9) == [await look(database)]


async def test_refresh_makes_the_cards_of_one_subject_stale(database: Database) -> None:
    await put(database)
    await put(database, OTHER)
    await put(database, message=4, subject=2)
    await put(database, message=5, kind=CardKind.GROUP)

    await database.write(cards.refresh, CardKind.EVENT, 1)

    stale = await database.read(cards.stale, now=NOW, most=10)
    assert {(card.chat_id, card.message_id) for card in stale} == {
        (CHAT, MESSAGE),
        (OTHER, MESSAGE),
    }
    assert await database.read(cards.next_at) == NOW


async def test_refresh_in_chat_spares_others_and_the_message_that_shows_it(
    database: Database,
) -> None:
    for chat, message in ((CHAT, 3), (CHAT, 4), (CHAT, 5), (OTHER, 3)):
        await put(database, chat, message)
    await put(database, CHAT, 6, subject=2)
    await put(database, CHAT, 7, kind=CardKind.BROADCAST)

    await database.write(cards.refresh_in_chat, CardKind.EVENT, 1, CHAT, besides=MessageId(4))
    spared = await database.read(cards.stale, now=NOW, most=10)
    await database.write(cards.refresh_in_chat, CardKind.EVENT, 1, CHAT, besides=None)

    stale = await database.read(cards.stale, now=NOW, most=10)
    assert {(card.chat_id, card.message_id) for card in spared} == {(CHAT, 3), (CHAT, 5)}
    assert {(card.chat_id, card.message_id) for card in stale} == {(CHAT, 3), (CHAT, 4), (CHAT, 5)}


async def test_refresh_is_announced_where_there_is_a_card_only(database: Database) -> None:
    rung: list[int] = []
    database.listen(Topic.CARDS, lambda: rung.append(1))

    await database.write(cards.refresh, CardKind.EVENT, 1)
    without = len(rung)
    await put(database)
    await database.write(cards.refresh, CardKind.EVENT, 1)

    assert (without, len(rung)) == (0, 1)


async def test_many_changes_are_shown_by_one_edit(database: Database) -> None:
    await put(database)
    for _ in range(3):
        await database.write(cards.refresh, CardKind.EVENT, 1)
    (card,) = await database.read(cards.stale, now=NOW, most=10)

    await database.write(cards.mark_shown, card)

    assert await database.read(cards.stale, now=NOW, most=10) == []
    shown = await look(database)
    assert (shown.wanted, shown.shown) == (3, 3)


async def test_change_during_an_edit_leaves_the_card_stale(database: Database) -> None:
    await put(database)
    await database.write(cards.refresh, CardKind.EVENT, 1)
    (card,) = await database.read(cards.stale, now=NOW, most=10)
    await database.write(cards.refresh, CardKind.EVENT, 1)

    await database.write(cards.mark_shown, card)

    (again,) = await database.read(cards.stale, now=NOW, most=10)
    assert (again.wanted, again.shown) == (2, 1)


async def test_edit_that_ends_late_does_not_undo_a_later_one(database: Database) -> None:
    await put(database)
    await database.write(cards.refresh, CardKind.EVENT, 1)
    (old,) = await database.read(cards.stale, now=NOW, most=10)
    await database.write(cards.refresh, CardKind.EVENT, 1)
    (new,) = await database.read(cards.stale, now=NOW, most=10)
    await database.write(cards.mark_shown, new)

    await database.write(cards.mark_shown, old)

    assert await database.read(cards.stale, now=NOW, most=10) == []


async def test_postponed_card_waits_and_counts_until_it_is_shown(database: Database) -> None:
    await put(database)
    await database.write(cards.refresh, CardKind.EVENT, 1)
    (card,) = await database.read(cards.stale, now=NOW, most=10)

    await database.write(cards.postpone, card, until=NOW + HOUR)

    assert await database.read(cards.stale, now=NOW + HOUR - SECOND, most=10) == []
    assert await database.read(cards.next_at) == NOW + HOUR
    (due,) = await database.read(cards.stale, now=NOW + HOUR, most=10)
    assert due.attempts == 1
    await database.write(cards.mark_shown, due)
    assert (await look(database)).attempts == 0


async def test_stale_gives_those_that_wait_longest_and_no_more_than_asked(
    database: Database,
) -> None:
    for message in (1, 2, 3):
        await put(database, message=message)
    await database.write(cards.refresh, CardKind.EVENT, 1)
    waiting = {card.message_id: card for card in await database.read(cards.of_chat, CHAT)}
    for message, hours in ((1, 2), (2, 1), (3, 3)):
        await database.write(cards.postpone, waiting[MessageId(message)], until=NOW + hours * HOUR)

    stale = await database.read(cards.stale, now=NOW + 3 * HOUR, most=2)

    assert [card.message_id for card in stale] == [2, 1]


async def test_cards_are_forgotten_one_by_one_and_by_chat(database: Database) -> None:
    await put(database, message=1)
    await put(database, message=2)
    await put(database, OTHER, message=4)

    await database.write(cards.remove, CHAT, MessageId(1))
    one_by_one = await database.read(cards.of_chat, CHAT)
    await database.write(cards.erase_chat, CHAT)

    assert {card.message_id for card in one_by_one} == {2}
    assert await database.read(cards.of_chat, CHAT) == []
    assert len(await database.read(cards.of_chat, OTHER)) == 1


@pytest.mark.parametrize(
    ("action", "index"),
    [
        (partial(cards.stale, now=NOW, most=30), "ix_cards_stale"),
        (partial(cards.of_subject, kind=CardKind.EVENT, subject_id=4), "ix_cards_subject"),
        (
            partial(
                cards.refresh_in_chat,
                kind=CardKind.EVENT,
                subject_id=7,
                chat_id=OTHER,
                besides=None,
            ),
            "ix_cards_subject",
        ),
        (partial(cards.refresh, kind=CardKind.EVENT, subject_id=4), "ix_cards_subject"),
    ],
    ids=["stale", "of_subject", "refresh_in_chat", "refresh"],
)
def test_cards_are_found_among_100_000_by_an_index(
    crowded_file: Path, action: partial[object], index: str
) -> None:
    planned = plan(crowded_file, action)

    assert (planned.indexes, planned.wasteful) == ([index], [])
