"""Updates received from Telegram."""

from functools import partial
from pathlib import Path

from storage import inbox
from storage.database import Database
from storage.ids import ChatId, UpdateId
from storage.inbox import InboxRow, InboxState, Received
from tests.storage.plans import plan
from tests.storage.rows import DAY, NOW, SECOND

CHAT, OTHER = ChatId(7), ChatId(8)


def update(number: int, chat: ChatId | None = CHAT) -> Received:
    return Received(UpdateId(number), chat, f'{{"update_id":{number}}}')


def erased(number: int, state: InboxState, tries: int = 0) -> InboxRow:
    return InboxRow(UpdateId(number), None, "", NOW, state, tries)


async def test_empty_inbox_has_nothing_to_do(database: Database) -> None:
    assert await database.read(inbox.undone) == []
    assert await database.read(inbox.count_new) == 0
    assert await database.read(inbox.poll_offset) is None
    assert await database.read(inbox.find, UpdateId(1)) is None
    assert await database.write(inbox.add, [], now=NOW) == []


async def test_add_gives_the_new_rows_in_the_batchs_order_f36(database: Database) -> None:
    await database.write(inbox.add, [update(2)], now=NOW)

    added = await database.write(
        inbox.add, [update(3, None), update(2), update(1), update(3)], now=NOW + DAY, offset=4
    )

    assert added == [
        InboxRow(UpdateId(3), None, '{"update_id":3}', NOW + DAY, InboxState.NEW, 0),
        InboxRow(UpdateId(1), CHAT, '{"update_id":1}', NOW + DAY, InboxState.NEW, 0),
    ]
    assert [row.update_id for row in await database.read(inbox.undone)] == [1, 2, 3]
    assert await database.read(inbox.poll_offset) == 4


async def test_update_id_that_jumps_down_is_kept_and_so_is_the_offset_f38(
    database: Database,
) -> None:
    await database.write(inbox.add, [update(900_000_000)], now=NOW, offset=900_000_001)

    added = await database.write(inbox.add, [update(12)], now=NOW, offset=13)

    assert [row.update_id for row in added] == [12]
    assert await database.read(inbox.poll_offset) == 13


async def test_undone_is_given_a_page_at_a_time(database: Database) -> None:
    await database.write(inbox.add, [update(number) for number in (0, 1, 2)], now=NOW)

    first = await database.read(inbox.undone, most=2)
    rest = await database.read(inbox.undone, after=first[-1].update_id, most=2)

    assert [row.update_id for row in first] == [0, 1]
    assert [row.update_id for row in rest] == [2]


async def test_add_without_offset_leaves_it(database: Database) -> None:
    await database.write(inbox.add, [update(1)], now=NOW, offset=2)

    await database.write(inbox.add, [update(7)], now=NOW)

    assert await database.read(inbox.poll_offset) == 2


async def test_finished_update_keeps_its_id_alone_and_is_known_again_f36(
    database: Database,
) -> None:
    await database.write(inbox.add, [update(1), update(2), update(3)], now=NOW)

    await database.write(inbox.mark_done, UpdateId(1))
    await database.write(inbox.mark_dead, UpdateId(2))

    assert await database.read(inbox.find, UpdateId(1)) == erased(1, InboxState.DONE)
    assert await database.read(inbox.find, UpdateId(2)) == erased(2, InboxState.DEAD)
    assert await database.read(inbox.count_new) == 1
    assert await database.write(inbox.add, [update(1), update(2)], now=NOW) == []


async def test_mark_tried_counts(database: Database) -> None:
    await database.write(inbox.add, [update(1), update(2)], now=NOW)

    for _ in range(2):
        await database.write(inbox.mark_tried, UpdateId(1))

    assert [row.tries for row in await database.read(inbox.undone)] == [2, 0]


async def test_erase_chat_spares_the_update_in_hand_and_other_chats_f51(
    database: Database,
) -> None:
    updates = [update(1), update(2), update(3, OTHER), update(4, None)]
    await database.write(inbox.add, updates, now=NOW)

    await database.write(inbox.erase_chat, CHAT, but=UpdateId(2))

    assert await database.read(inbox.find, UpdateId(1)) == erased(1, InboxState.DONE)
    assert [row.update_id for row in await database.read(inbox.undone)] == [2, 3, 4]


async def test_of_chat_lists_what_waits_from_one_chat_in_order(database: Database) -> None:
    updates = [update(4), update(1), update(2), update(3, OTHER)]
    await database.write(inbox.add, updates, now=NOW)

    await database.write(inbox.mark_done, UpdateId(2))

    assert [row.update_id for row in await database.read(inbox.of_chat, CHAT)] == [1, 4]
    assert await database.read(inbox.of_chat, ChatId(999)) == []


async def test_forget_deletes_what_was_finished_before_an_instant(database: Database) -> None:
    await database.write(inbox.add, [update(1), update(2)], now=NOW)
    await database.write(inbox.add, [update(3)], now=NOW + SECOND)
    for number in (1, 3):
        await database.write(inbox.mark_done, UpdateId(number))

    forgotten = [await database.write(inbox.forget, before=NOW + SECOND) for _ in range(2)]

    assert forgotten == [1, 0]
    assert await database.read(inbox.find, UpdateId(1)) is None
    assert await database.read(inbox.find, UpdateId(2)) is not None
    assert await database.read(inbox.find, UpdateId(3)) is not None


def test_what_is_undone_is_found_among_100_000_rows_by_its_own_index(crowded_file: Path) -> None:
    """The index holds new updates only, so reading all of it is reading what is asked for."""
    assert plan(crowded_file, inbox.undone).wasteful == []
    asked = (
        inbox.count_new,
        partial(inbox.erase_chat, chat_id=CHAT, but=UpdateId(0)),
    )

    for action in asked:
        assert plan(crowded_file, action).wasteful == ["SCAN inbox USING INDEX ix_inbox_new"]
