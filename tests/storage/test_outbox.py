"""Messages owed."""

from functools import partial
from pathlib import Path

import pytest

from storage import outbox
from storage.database import Database, Writer
from storage.errors import NotFoundError
from storage.ids import BroadcastId, ChatId, EventId, NoticeId, ResidentId
from storage.outbox import Notice, OutboxState
from tests.storage.owed import CHAT, FAST, OTHER, SLOW, claim, owe, states
from tests.storage.plans import plan
from tests.storage.rows import DAY, NOW, SECOND, notice


async def test_empty_outbox_has_nothing_to_send(database: Database) -> None:
    assert await claim(database) == []
    assert await database.read(outbox.next_at, lane=FAST, after=NOW) is None
    assert await database.read(outbox.sending) == []
    assert await database.read(outbox.all_) == []
    assert await database.read(outbox.of_resident, ResidentId(1)) == []
    assert await database.read(outbox.count) == {}
    assert await database.read(outbox.tally, BroadcastId(1)) == {}
    with pytest.raises(NotFoundError):
        await database.read(outbox.get, NoticeId(1))


async def test_message_is_kept_as_it_was_owed(database: Database) -> None:
    await database.write(
        outbox.enqueue,
        kind="moved",
        dedupe_key="chg:1:2:3",
        chat_id=CHAT,
        lane=FAST,
        not_before=NOW,
        expires_at=NOW + DAY,
        silent=True,
        resident_id=ResidentId(3),
        event_id=EventId(4),
        event_version=2,
        broadcast_id=BroadcastId(5),
        facts={"before": "2027-03-01", "ids": [1, 2]},
    )

    (owed,) = await database.read(outbox.all_)
    assert owed == Notice(
        id=owed.id,
        kind="moved",
        dedupe_key="chg:1:2:3",
        chat_id=CHAT,
        resident_id=ResidentId(3),
        event_id=EventId(4),
        event_version=2,
        broadcast_id=BroadcastId(5),
        facts={"before": "2027-03-01", "ids": [1, 2]},
        lane=FAST,
        silent=True,
        not_before=NOW,
        expires_at=NOW + DAY,
        state=OutboxState.PENDING,
        attempts=0,
        claimed_at=None,
        finished_at=None,
        message_id=None,
    )
    assert await database.read(outbox.of_resident, ResidentId(3)) == [owed]


async def test_same_key_is_owed_once_even_after_the_end(database: Database) -> None:
    enqueue = partial(
        outbox.enqueue, kind="moved", dedupe_key="k", lane=FAST, not_before=NOW, expires_at=None
    )
    first = await database.write(lambda writer: enqueue(writer, chat_id=CHAT))
    (owed,) = await database.read(outbox.all_)

    second = await database.write(lambda writer: enqueue(writer, chat_id=OTHER))
    unchanged = await database.read(outbox.all_)
    await database.write(outbox.mark, owed.id, OutboxState.SENT, now=NOW)
    third = await database.write(lambda writer: enqueue(writer, chat_id=CHAT))

    assert (first, second, third) == (True, False, False)
    assert unchanged == [owed]


async def test_cancel_withdraws_one_kind_of_one_event_that_has_not_left(
    database: Database,
) -> None:
    lunch, dinner = EventId(1), EventId(2)

    def owe_all(writer: Writer) -> None:
        notice(writer, "under way", 1, event_id=lunch, kind="reminder")
        outbox.claim(writer, lane=FAST, now=NOW, most=1)
        notice(writer, "waiting", 2, event_id=lunch, kind="reminder", facts={"name": "Ada"})
        notice(writer, "other kind", 3, event_id=lunch, kind="moved")
        notice(writer, "other event", 4, event_id=dinner, kind="reminder")

    await database.write(owe_all)

    cancelled = [
        await database.write(outbox.cancel, event_id=lunch, kind="reminder", now=NOW)
        for _ in range(2)
    ]

    assert cancelled == [1, 0]
    assert await states(database) == {
        "under way": OutboxState.SENDING,
        "waiting": OutboxState.CANCELLED,
        "other kind": OutboxState.PENDING,
        "other event": OutboxState.PENDING,
    }
    ended = {one.dedupe_key: one for one in await database.read(outbox.all_)}["waiting"]
    assert (ended.finished_at, ended.facts) == (NOW, {})


async def test_cancel_key_withdraws_one_message_once(database: Database) -> None:
    await owe(database, "k")
    await owe(database, "other")

    cancelled = [await database.write(outbox.cancel_key, "k", now=NOW) for _ in range(2)]

    assert cancelled == [True, False]
    assert await database.write(outbox.cancel_key, "never owed", now=NOW) is False
    assert await states(database) == {"k": OutboxState.CANCELLED, "other": OutboxState.PENDING}


async def test_cancel_broadcast_withdraws_what_has_not_left(database: Database) -> None:
    one, two = BroadcastId(1), BroadcastId(2)

    def owe_all(writer: Writer) -> None:
        notice(writer, "under way", 1, broadcast_id=one)
        outbox.claim(writer, lane=FAST, now=NOW, most=1)
        notice(writer, "waiting", 2, broadcast_id=one)
        notice(writer, "also waiting", 3, broadcast_id=one)
        notice(writer, "other", 4, broadcast_id=two)

    await database.write(owe_all)

    assert await database.write(outbox.cancel_broadcast, one, now=NOW) == 2

    assert await database.read(outbox.tally, one) == {
        OutboxState.SENDING: 1,
        OutboxState.CANCELLED: 2,
    }
    assert await database.read(outbox.tally, two) == {OutboxState.PENDING: 1}
    assert await database.read(outbox.count) == {
        OutboxState.SENDING: 1,
        OutboxState.CANCELLED: 2,
        OutboxState.PENDING: 1,
    }


async def test_skip_chat_skips_what_waits_and_not_what_is_under_way_f28(
    database: Database,
) -> None:
    await owe(database, "under way")
    await claim(database)
    await owe(database, "waiting", lane=SLOW, not_before=NOW + DAY)
    await owe(database, "other", OTHER)

    skipped = [await database.write(outbox.skip_chat, CHAT, now=NOW) for _ in range(2)]

    assert skipped == [1, 0]
    assert await states(database) == {
        "under way": OutboxState.SENDING,
        "waiting": OutboxState.SKIPPED,
        "other": OutboxState.PENDING,
    }


async def test_erase_deletes_one_message_with_its_key(database: Database) -> None:
    owed = await owe(database, "k")
    await owe(database, "other")

    await database.write(outbox.erase, owed.id)

    assert list(await states(database)) == ["other"]
    assert (await owe(database, "k")).id != owed.id


async def test_erase_chat_deletes_all_that_it_was_owed_whatever_the_state_f51(
    database: Database,
) -> None:
    sent = await owe(database, "sent")
    await database.write(outbox.mark, sent.id, OutboxState.SENT, now=NOW)
    under_way = await owe(database, "under way")
    await claim(database)
    await owe(database, "waiting")
    await owe(database, "other", OTHER)

    assert await database.write(outbox.erase_chat, CHAT) == 3

    await database.write(outbox.mark, under_way.id, OutboxState.SENT, now=NOW)
    assert await states(database) == {"other": OutboxState.PENDING}


async def test_move_chat_takes_all_that_it_is_owed_along_f31(database: Database) -> None:
    await owe(database, "k", -5)
    await owe(database, "other", OTHER)

    for _ in range(2):
        await database.write(outbox.move_chat, ChatId(-5), to=ChatId(-1005))

    chats = {one.dedupe_key: one.chat_id for one in await database.read(outbox.all_)}
    assert chats == {"k": -1005, "other": OTHER}


async def test_forget_deletes_what_ended_before_an_instant_and_never_what_is_open(
    database: Database,
) -> None:
    await owe(database, "open", 1, not_before=NOW - DAY)
    await owe(database, "under way", 2)
    await database.write(outbox.claim, lane=FAST, now=NOW - DAY, most=9)
    for chat, (key, ended_at) in enumerate({"old": NOW - SECOND, "young": NOW}.items(), start=3):
        owed = await owe(database, key, chat)
        await database.write(outbox.mark, owed.id, OutboxState.SENT, now=ended_at)

    assert await database.write(outbox.forget, before=NOW) == 1

    assert set(await states(database)) == {"open", "under way", "young"}


@pytest.mark.parametrize(
    ("action", "indexes"),
    [
        (partial(outbox.claim, lane=1, now=NOW, most=1), ["ix_outbox_due", "ix_outbox_open"]),
        (partial(outbox.claim, lane=2, now=NOW, most=1), ["ix_outbox_due", "ix_outbox_open"]),
        (partial(outbox.claim, lane=3, now=NOW, most=1), ["ix_outbox_due", "ix_outbox_open"]),
        (partial(outbox.next_at, lane=1, after=NOW), ["ix_outbox_due"]),
        (partial(outbox.skip_chat, chat_id=CHAT, now=NOW), ["ix_outbox_open"]),
        (partial(outbox.erase_chat, chat_id=CHAT), ["ix_outbox_chat_id"]),
        (partial(outbox.move_chat, chat_id=CHAT, to=OTHER), ["ix_outbox_chat_id"]),
        (partial(outbox.cancel, event_id=EventId(7), kind="moved", now=NOW), ["ix_outbox_event"]),
        (
            partial(outbox.cancel_broadcast, broadcast_id=BroadcastId(7), now=NOW),
            ["ix_outbox_broadcast"],
        ),
        (partial(outbox.tally, broadcast_id=BroadcastId(7)), ["ix_outbox_broadcast"]),
        (partial(outbox.of_resident, resident_id=ResidentId(7)), ["ix_outbox_resident"]),
    ],
    ids=lambda given: given.func.__name__ if isinstance(given, partial) else "",
)
def test_messages_are_found_among_100_000_by_an_index(
    crowded_file: Path, action: partial[object], indexes: list[str]
) -> None:
    planned = plan(crowded_file, action)

    assert (planned.indexes, planned.wasteful) == (indexes, [])


def test_messages_under_way_are_found_among_100_000_by_their_own_index(crowded_file: Path) -> None:
    """The index holds nothing else, so reading all of it is reading what is asked for."""
    planned = plan(crowded_file, outbox.sending)

    assert planned.wasteful == ["SCAN outbox USING INDEX ix_outbox_sending"]


def test_what_expires_is_sought_among_what_waits_only(crowded_file: Path) -> None:
    planned = plan(crowded_file, partial(outbox.expire, now=NOW))

    assert planned.wasteful == ["SCAN outbox USING INDEX ix_outbox_due"]
