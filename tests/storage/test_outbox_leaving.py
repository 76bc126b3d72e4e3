"""Messages that leave: one at a time, in order, by lanes."""

import pytest

from storage import outbox
from storage.database import Database, Topic, Writer
from storage.ids import MessageId
from storage.outbox import OutboxState
from tests.storage.owed import FAST, OTHER, SLOW, claim, owe, states
from tests.storage.rows import DAY, HOUR, NOW, SECOND, notice


async def test_claim_takes_what_is_due_oldest_first_and_no_more_than_asked(
    database: Database,
) -> None:
    await owe(database, "later", 1, not_before=NOW - SECOND)
    await owe(database, "sooner", 2, not_before=NOW - HOUR)
    await owe(database, "now", 3, not_before=NOW)
    await owe(database, "not yet", 4, not_before=NOW + SECOND)

    first = await claim(database, most=2)
    second = await claim(database, most=2)

    assert first == ["sooner", "later"]
    assert second == ["now"]
    assert await database.read(outbox.next_at, lane=FAST, after=NOW) == NOW + SECOND


async def test_claimed_message_says_when_and_how_often(database: Database) -> None:
    owed = await owe(database, "k")

    (claimed,) = await database.write(outbox.claim, lane=FAST, now=NOW + HOUR, most=1)

    assert (claimed.state, claimed.attempts) == (OutboxState.SENDING, 1)
    assert claimed.claimed_at == NOW + HOUR
    assert await database.read(outbox.sending) == [claimed]
    assert await database.read(outbox.get, owed.id) == claimed


async def test_chat_gets_one_message_at_a_time_in_the_order_owed(database: Database) -> None:
    for key in ("a", "b", "c"):
        await owe(database, key)
    await owe(database, "elsewhere", OTHER)

    first = await claim(database)
    while_under_way = await claim(database)
    for one in await database.read(outbox.sending):
        await database.write(outbox.mark, one.id, OutboxState.SENT, now=NOW)
    second = await claim(database)

    assert first == ["a", "elsewhere"]
    assert while_under_way == []
    assert second == ["b"]


async def test_order_of_a_chat_is_that_of_owing_even_where_a_later_one_was_due_before(
    database: Database,
) -> None:
    await owe(database, "owed first", not_before=NOW)
    await owe(database, "due first", not_before=NOW - HOUR)

    assert await claim(database) == ["owed first"]


async def test_lane_gives_its_own_messages_only(database: Database) -> None:
    await owe(database, "slow", 1, lane=SLOW)
    await owe(database, "fast", 2, lane=FAST)

    assert await claim(database, FAST) == ["fast"]
    assert await database.read(outbox.next_at, lane=FAST, after=NOW) is None
    assert await claim(database, SLOW) == ["slow"]


async def test_fast_message_does_not_wait_behind_a_slow_one_of_its_chat(
    database: Database,
) -> None:
    await owe(database, "slow", lane=SLOW)
    await owe(database, "fast", lane=FAST)

    assert await claim(database, FAST) == ["fast"]
    assert await claim(database, SLOW) == []


async def test_slow_message_waits_behind_a_fast_one_of_its_chat(database: Database) -> None:
    await owe(database, "fast", lane=FAST)
    await owe(database, "slow", lane=SLOW)

    assert await claim(database, SLOW) == []


async def test_message_held_for_later_does_not_block_its_chat(database: Database) -> None:
    held = await owe(database, "held")
    await claim(database)
    await owe(database, "next")
    blocked = await claim(database)

    await database.write(outbox.postpone, held.id, until=NOW + HOUR, counted=False)

    assert blocked == []
    assert await claim(database) == ["next"]


@pytest.mark.parametrize(("counted", "attempts"), [(True, 1), (False, 0)])
async def test_postponed_message_is_owed_again_and_counts_where_told(
    database: Database, attempts: int, *, counted: bool
) -> None:
    owed = await owe(database, "k")
    await claim(database)

    await database.write(outbox.postpone, owed.id, until=NOW + HOUR, counted=counted)

    again = await database.read(outbox.get, owed.id)
    assert (again.state, again.attempts) == (OutboxState.PENDING, attempts)
    assert await database.read(outbox.next_at, lane=FAST, after=NOW) == NOW + HOUR


async def test_postpone_leaves_a_message_that_is_not_under_way(database: Database) -> None:
    owed = await owe(database, "k")
    await database.write(outbox.mark, owed.id, OutboxState.SENT, now=NOW)
    ended = await database.read(outbox.get, owed.id)

    await database.write(outbox.postpone, owed.id, until=NOW + HOUR, counted=True)

    assert await database.read(outbox.get, owed.id) == ended


async def test_mark_notes_the_end_and_erases_the_facts(database: Database) -> None:
    owed = await database.write(lambda writer: notice(writer, "k", facts={"name": "Ada"}))
    await claim(database)

    await database.write(
        outbox.mark, owed.id, OutboxState.SENT, now=NOW + SECOND, message_id=MessageId(77)
    )

    sent = await database.read(outbox.get, owed.id)
    assert (sent.state, sent.finished_at) == (OutboxState.SENT, NOW + SECOND)
    assert (sent.message_id, sent.facts) == (77, {})


async def test_expire_ends_what_is_too_late(database: Database) -> None:
    await owe(database, "late", 1, expires_at=NOW)
    await owe(database, "in time", 2, expires_at=NOW + SECOND)
    await owe(database, "for ever", 3)

    expired = [await database.write(outbox.expire, now=NOW) for _ in range(2)]

    assert expired == [1, 0]
    assert await states(database) == {
        "late": OutboxState.EXPIRED,
        "in time": OutboxState.PENDING,
        "for ever": OutboxState.PENDING,
    }


async def test_erase_expired_deletes_one_kind_that_is_too_late(database: Database) -> None:
    def owe_all(writer: Writer) -> None:
        receipt = {"kind": "receipt", "expires_at": NOW}
        notice(writer, "under way", 1, **receipt)
        outbox.claim(writer, lane=FAST, now=NOW, most=1)
        notice(writer, "late", 2, **receipt)
        notice(writer, "in time", 3, kind="receipt", expires_at=NOW + SECOND)
        notice(writer, "other kind", 4, kind="moved", expires_at=NOW)

    await database.write(owe_all)

    erased = [await database.write(outbox.erase_expired, kind="receipt", now=NOW) for _ in range(2)]

    assert erased == [1, 0]
    assert set(await states(database)) == {"under way", "in time", "other kind"}


async def test_pending_lists_what_a_lane_owes_earliest_due_first(database: Database) -> None:
    await owe(database, "under way", 1)
    await claim(database)
    await owe(database, "later", 1, not_before=NOW + DAY)
    await owe(database, "sooner", 1)
    await owe(database, "slow", 2, lane=SLOW)

    pending = await database.read(outbox.pending, lane=FAST)

    assert [one.dedupe_key for one in pending] == ["sooner", "later"]


async def test_what_changes_the_queue_wakes_the_sender(database: Database) -> None:
    rung: list[int] = []
    database.listen(Topic.OUTBOX, lambda: rung.append(1))

    owed = await owe(database, "k")
    await claim(database)
    await database.write(outbox.postpone, owed.id, until=NOW, counted=True)
    await claim(database)
    await database.write(outbox.mark, owed.id, OutboxState.SENT, now=NOW)

    assert len(rung) == 3
