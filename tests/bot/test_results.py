"""What is kept of a send's outcome, on both databases."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.desk import Letter, state_of
from bot.results import keep_end, keep_gone, keep_hold, keep_sent, recover, retry_of
from community.notices import DELIVERY, Kind, Promise
from handlers.views.view import Subject, View
from storage import cards, events, holds, outbox, residents
from storage.cards import CardKind
from storage.database import Database, Writer
from storage.ids import MessageId, NoticeId
from storage.outbox import Notice, OutboxState
from tests.storage.rows import DAY, HOUR, NOW, event, notice, resident

MESSAGE = MessageId(7)


def claimed(writer: Writer, /, kind: str = "moved", **fields: object) -> Notice:
    """Owe a message of an event, and claim it."""
    known = residents.find_speaking(writer, 1001)
    person = known or resident(writer, 1)
    gathering = event(writer, person)
    values = {"kind": kind, "event_id": gathering.id, "resident_id": person.id}
    notice(writer, "k", person.chat_id, **(values | fields))
    (one,) = outbox.claim(writer, lane=1, now=NOW, most=1)
    return one


def letter(writer: Writer, kind: CardKind = CardKind.EVENT) -> Letter:
    owed = claimed(writer)
    view = View("…", (), Subject(kind, owed.event_id or 0))
    return Letter(owed, view, state=state_of(writer, view, owed.resident_id))


async def stale(database: Database) -> int:
    return len(await database.read(cards.stale, now=NOW + DAY, most=9))


@pytest.mark.parametrize("kind", [CardKind.EVENT, CardKind.GROUP])
async def test_card_of_what_has_not_changed_is_not_edited(
    database: Database, kind: CardKind
) -> None:
    sent = await database.write(letter, kind)

    await database.write(keep_sent, sent, message_id=MESSAGE, now=NOW)

    assert len(await database.read(cards.of_chat, sent.notice.chat_id)) == 1
    assert await stale(database) == 0


async def test_card_of_what_changed_on_its_way_is_edited_and_no_other(
    database: Database,
) -> None:
    sent = await database.write(letter)
    assert sent.notice.event_id is not None
    gathering = await database.read(events.get, sent.notice.event_id)
    other = replace(sent, notice=replace(sent.notice, id=NoticeId(99)))
    await database.write(
        cards.put,
        sent.notice.chat_id,
        MessageId(6),
        kind=CardKind.EVENT,
        subject_id=gathering.id,
        now=NOW,
    )
    await database.write(events.set_fields, gathering, version=2, location="Salle 2")

    await database.write(keep_sent, sent, message_id=MESSAGE, now=NOW)
    await database.write(keep_sent, other, message_id=MessageId(8), now=NOW)

    (one,) = await database.read(cards.stale, now=NOW + DAY, most=9)
    assert one.message_id == MESSAGE


async def test_f51_message_erased_on_its_way_leaves_no_card(database: Database) -> None:
    sent = await database.write(letter)
    await database.write(outbox.erase_chat, sent.notice.chat_id)

    await database.write(keep_sent, sent, message_id=MESSAGE, now=NOW)

    assert await database.read(cards.of_chat, sent.notice.chat_id) == []


async def test_k11_receipt_of_erasure_goes_with_its_end(database: Database) -> None:
    owed = await database.write(claimed, "erasure_receipt")

    await database.write(keep_end, owed, OutboxState.SENT, now=NOW)

    assert await database.read(outbox.all_) == []


async def test_f28_gone_skips_and_marks_in_one_transaction(database: Database) -> None:
    owed = await database.write(claimed)
    await database.write(lambda writer: notice(writer, "later", owed.chat_id))

    await database.write(keep_gone, owed, now=NOW)

    states = [one.state for one in await database.read(outbox.all_)]
    assert states == [OutboxState.SKIPPED] * 2
    marked = await database.read(residents.find_speaking, owed.chat_id)
    assert marked is not None
    assert marked.unreachable_at == NOW


async def test_f26_hold_is_never_shortened(database: Database) -> None:
    for until in (NOW + HOUR, NOW + timedelta(seconds=5)):
        await database.write(keep_hold, holds.EVERYONE, until=until)

    hold = await database.read(holds.find, holds.EVERYONE)
    assert hold is not None
    assert hold.until == NOW + HOUR


@pytest.mark.parametrize("kind", list(Kind))
async def test_retries_after_an_unknown_outcome_are_those_of_the_kind(
    database: Database, kind: Kind
) -> None:
    owed = await database.write(claimed, kind)
    waits = DELIVERY[kind].backoff
    expected = [*waits, None] if DELIVERY[kind].promise is Promise.AT_LEAST_ONCE else [None]

    found = []
    for attempts in range(1, len(expected) + 1):
        tried = replace(owed, attempts=attempts)
        retry_at = await database.write(retry_of, tried, now=NOW)
        found.append(retry_at - NOW if retry_at is not None else None)

    assert found == expected


@pytest.mark.parametrize(("minutes", "again"), [(31, True), (30, False), (5, False)])
async def test_k6_reminder_is_tried_again_only_while_the_start_is_far(
    database: Database, minutes: int, *, again: bool
) -> None:
    owed = await database.write(claimed, "reminder")

    now = NOW + DAY - timedelta(minutes=minutes)

    assert (await database.write(retry_of, owed, now=now) is not None) is again


@pytest.mark.parametrize(
    ("kind", "state"),
    [
        ("cancelled", OutboxState.PENDING),
        ("announcement", OutboxState.UNCERTAIN),
        ("of a newer program", OutboxState.UNCERTAIN),
    ],
)
async def test_f02_what_a_crash_left_under_way_is_decided_by_its_promise(
    database: Database, kind: str, state: OutboxState
) -> None:
    await database.write(claimed, kind)

    left = await database.write(recover, now=NOW)

    (one,) = await database.read(outbox.all_)
    assert (left, one.state, one.attempts) == (1, state, 1)
