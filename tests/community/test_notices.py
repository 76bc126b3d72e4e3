"""What the bot may owe: each kind has its promise, each key its message."""

from dataclasses import fields

import pytest
from hypothesis import given
from hypothesis import strategies as st

from community import notices
from community.notices import DELIVERY, MOST_KEY, Kind, Lane, Promise, short_key
from storage import outbox
from storage.database import Database, Writer
from storage.ids import ChatId
from storage.outbox import OutboxState
from tests.community.world import HOUR, NOW, owed, rows


def _owe(writer: Writer, key: str, kind: Kind = Kind.MOVED) -> bool:
    return notices.owe(writer, kind, key=key, chat_id=ChatId(5), now=NOW, expires_at=NOW + HOUR)


@pytest.mark.parametrize("kind", Kind)
def test_kind_has_one_delivery(kind: Kind) -> None:
    delivery = DELIVERY[kind]

    assert len(fields(delivery)) == 3
    assert delivery.lane is not Lane.TAP
    assert bool(delivery.backoff) == (delivery.promise is Promise.AT_LEAST_ONCE)


def test_broadcasts_go_at_most_once_after_everything_else() -> None:
    bulk = {kind for kind, delivery in DELIVERY.items() if delivery.lane is Lane.BROADCAST}

    assert bulk == {Kind.ANNOUNCEMENT, Kind.NUDGE, Kind.OUTAGE_NOTICE}
    assert all(DELIVERY[kind].promise is Promise.AT_MOST_ONCE for kind in bulk)


@given(st.text(max_size=600))
def test_short_key_fits_and_is_the_key_where_that_fits(key: str) -> None:
    short = short_key(key.encode("utf-8", "replace").decode())

    assert len(short) <= MOST_KEY
    if len(key) <= MOST_KEY:
        assert short == key.encode("utf-8", "replace").decode()


def test_long_keys_that_begin_alike_stay_apart() -> None:
    keys = {short_key("rem:" + "7:" * 300 + str(number)) for number in range(1_000)}

    assert len(keys) == 1_000


async def test_same_long_key_owed_twice_makes_one_message(database: Database) -> None:
    key = "k" * 5_000

    first = await database.write(_owe, key)
    second = await database.write(_owe, key)
    other = await database.write(_owe, key + "x")

    assert (first, second, other) == (True, False, True)
    assert len(await database.read(owed)) == 2


async def test_expiry_ends_what_is_late_and_leaves_no_trace_of_a_receipt(
    database: Database,
) -> None:
    await database.write(_owe, "late")
    await database.write(_owe, "receipt", Kind.ERASURE_RECEIPT)

    early = await database.write(notices.expire, now=NOW)
    ended = await database.write(notices.expire, now=NOW + HOUR)

    left = await database.read(outbox.all_)
    assert (early, ended) == (0, 2)
    assert [(one.dedupe_key, one.state) for one in left] == [("late", OutboxState.EXPIRED)]
    assert "receipt" not in repr(await database.read(rows))
