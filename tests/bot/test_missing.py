"""Unknown chats: a person who left, or our own mistake (F30)."""

from datetime import timedelta
from itertools import count

from bot.missing import MOST, WINDOW, Missing, keep_mistake
from storage import holds, outbox, residents
from storage.database import Database
from storage.ids import ChatId, NoticeId
from storage.outbox import Notice, OutboxState
from storage.residents import Role
from tests.storage.rows import HOUR, NOW, notice, resident

_ids = count(1)


def lost(chat: int) -> Notice:
    """Give a message to a chat that Telegram does not know."""
    return Notice(
        id=NoticeId(next(_ids)),
        kind="announcement",
        dedupe_key=f"k{chat}",
        chat_id=ChatId(chat),
        resident_id=None,
        event_id=None,
        event_version=None,
        broadcast_id=None,
        facts={},
        lane=3,
        silent=False,
        not_before=NOW,
        expires_at=None,
        state=OutboxState.SENDING,
        attempts=1,
        claimed_at=NOW,
        finished_at=None,
        message_id=None,
    )


def lose(missing: Missing, *chats: int) -> None:
    for chat in chats:
        missing.lose(lost(chat))


def chats_of(notices: list[Notice]) -> list[int]:
    return [one.chat_id for one in notices]


def test_one_unknown_chat_is_decided_once_another_was_reached() -> None:
    missing = Missing()
    lose(missing, 1)

    assert chats_of(missing.reach(ChatId(2))) == [1]
    assert missing.reach(ChatId(3)) == []


def test_chat_that_is_known_after_all_is_in_doubt_no_more() -> None:
    missing = Missing()
    lose(missing, 1)

    assert missing.reach(ChatId(1)) == []


def test_single_unknown_chat_is_decided_at_rest() -> None:
    missing = Missing()
    lose(missing, 1)

    assert chats_of(missing.rest()) == [1]


def test_several_unknown_chats_stay_in_doubt_where_nobody_was_ever_reached() -> None:
    missing = Missing()
    lose(missing, 1, 2)

    assert missing.rest() == []
    assert chats_of(missing.reach(ChatId(3))) == [1, 2]


def test_several_unknown_chats_after_a_known_one_are_decided_at_rest() -> None:
    missing = Missing()
    missing.reach(ChatId(9))
    lose(missing, 1, 2)

    assert chats_of(missing.rest()) == [1, 2]


def test_unknown_chats_in_a_row_are_suspicious_and_nothing_is_decided() -> None:
    missing = Missing()
    missing.reach(ChatId(999))
    lose(missing, *range(MOST - 1))
    before = missing.is_suspicious
    lose(missing, MOST)

    assert (before, missing.is_suspicious) == (False, True)
    assert missing.rest() == []


def test_same_chat_again_and_again_is_one() -> None:
    missing = Missing()
    lose(missing, *[1] * (2 * MOST))

    assert not missing.is_suspicious


def test_a_fifth_of_the_last_hundred_is_suspicious_too() -> None:
    missing = Missing()
    for chat in range(MOST + 1):
        missing.reach(ChatId(1000 + chat))
        missing.reach(ChatId(2000 + chat))
        before = missing.is_suspicious
        lose(missing, chat)

    assert (before, missing.is_suspicious) == (False, True)


def test_what_is_older_than_the_last_hundred_is_forgotten() -> None:
    missing = Missing()
    for chat in range(MOST + 5):
        lose(missing, chat)
        for other in range(WINDOW // MOST):
            missing.reach(ChatId(10_000 + 100 * chat + other))

    assert not missing.is_suspicious
    assert len(missing.unknown()) < MOST


async def test_mistake_is_kept_owed_held_told_and_undone(database: Database) -> None:
    person = await database.write(resident, 1)
    officer = await database.write(resident, 2, Role.OFFICER)
    await database.write(residents.set_unreachable, person.id, NOW)
    await database.write(lambda writer: notice(writer, "k", person.chat_id))
    (claimed,) = await database.write(outbox.claim, lane=1, now=NOW, most=1)

    for _ in range(2):
        await database.write(
            keep_mistake, claimed, unknown={person.chat_id}, until=NOW + HOUR, now=NOW
        )

    again, alert = await database.read(outbox.all_)
    assert (again.state, again.not_before, again.attempts) == (
        OutboxState.PENDING,
        NOW + HOUR,
        0,
    )
    assert (alert.kind, alert.chat_id) == ("mistake_alert", officer.chat_id)
    assert (await database.read(residents.get, person.id)).unreachable_at is None
    hold = await database.read(holds.find, holds.EVERYONE)
    assert hold is not None
    assert hold.until - NOW == timedelta(hours=1)
