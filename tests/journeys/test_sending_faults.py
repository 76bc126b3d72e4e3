"""What goes wrong on the way to Telegram, on the real bot: each message ends as its kind promises.

D and L are duplicates and losses, counted by what Telegram has executed (reliability.md §1.1, §2).
"""

from collections.abc import AsyncIterator
from datetime import timedelta
from typing import Literal

import pytest
import pytest_asyncio

from sandbox import Fault, cut, cut_midway, delay, hang, raw, status
from sandbox.faults import Outcome
from storage.outbox import OutboxState
from tests.handlers.making import an_event
from tests.house import House, open_house
from tests.journeys.households import SLOW, impatient, officer, settle
from tests.journeys.sending import (
    announce,
    arrived,
    at_rest,
    bulk_hold,
    cancelled_for,
    ended,
    eventually,
    notices,
    once_each,
    owed,
    sends,
)

CANCELLED = "❌ ANNULÉ"
TITLE = "Atelier cuisine"
SECOND = timedelta(seconds=1)
MINUTE = timedelta(minutes=1)
PROBE = timedelta(seconds=16)
BAD_ANSWERS = pytest.mark.parametrize(
    "answer",
    [status(502), status(500), raw(b"<html>oops</html>", 502, "text/html"), raw(b"{", 200)],
    ids=["502 JSON", "500 JSON", "502 HTML", "broken JSON"],
)


@pytest_asyncio.fixture
async def slow_house(sqlite_url: str) -> AsyncIterator[House]:
    """Give a house that sends as fast as Telegram allows, 8 messages at once."""
    async with open_house(sqlite_url, limits=dict(SLOW)) as one:
        yield one


# ----------------------------------------------------------------------------------- F21, F33


async def test_f21_refused_network_is_left_alone_and_asked_every_15_s(slow_house: House) -> None:
    house = slow_house
    await house.room.quiet()
    await house.server.refuse()
    people = await cancelled_for(house, 12)
    await eventually(house, lambda: bulk_hold(house), "a pause")
    await eventually(house, lambda: _none_under_way(house), "all owed again")
    house.room.ledger.clear()

    await house.server.accept()
    await house.advance(12 * SECOND)
    early = sends(house)
    await house.advance(4 * SECOND)
    await house.room.until(lambda: len(house.room.ledger.calls("getMe")) == 1)
    await house.advance(2 * MINUTE)
    await ended(house)

    assert early == []
    assert once_each(house, people, CANCELLED)
    assert {one.attempts for one in await notices(house)} == {1}


async def _none_under_way(house: House) -> bool:
    return OutboxState.SENDING not in await owed(house)


@BAD_ANSWERS
async def test_f33_one_bad_answer_is_a_message_of_unknown_fate(
    house: House, answer: Outcome
) -> None:
    house.room.faults.add(Fault(answer, method="sendMessage", times=1))

    (samira,) = await cancelled_for(house, 1)
    await at_rest(house)
    before = arrived(house, CANCELLED)[samira.id]
    await house.advance(MINUTE)
    await ended(house)

    assert before == 0
    assert arrived(house, CANCELLED)[samira.id] == 1


async def test_f33_outage_stops_what_goes_in_bulk_and_it_resumes_alone(slow_house: House) -> None:
    house = slow_house
    await officer(house)
    event = await an_event(house, capacity=None)
    people = await settle(house, 60)
    outage = Fault(status(502), method="sendMessage")

    card = await announce(house, event, outage, Fault(status(502), method="getMe"))
    await eventually(house, lambda: bulk_hold(house), "a pause")
    await eventually(house, lambda: _none_under_way(house), "all decided")
    await house.karim.sees("⏸ reprise à 10:0")
    uncertain = (await owed(house, "announcement"))[OutboxState.UNCERTAIN]
    await house.advance(PROBE)
    await house.room.until(lambda: len(house.room.ledger.calls("getMe")) >= 2)
    still = (await owed(house, "announcement"))[OutboxState.UNCERTAIN]
    house.room.faults.clear()
    await house.advance(PROBE)
    await ended(house)
    await house.advance(2 * SECOND)
    await house.karim.sees(f"{uncertain} incertains")

    assert outage.struck == uncertain == still <= 3 * 8
    assert card.text.startswith(f"✅ {61 - uncertain} reçus · {uncertain} incertains")
    assert max(arrived(house, TITLE)[person.id] for person in people) == 1


# ------------------------------------------------------------------------------- F22, F23, F24


UNKNOWN = pytest.mark.parametrize(
    ("then", "when"),
    [
        (delay(2.0), "after"),
        (hang(), "before"),
        (cut(), "before"),
        (cut(), "after"),
        (cut_midway(), "after"),
    ],
    ids=["F22 late answer", "F23 no answer", "F24 cut before", "F24 cut after", "F24 cut midway"],
)


@UNKNOWN
async def test_f22_f23_f24_cancellation_of_unknown_fate_comes_again(
    sqlite_url: str, then: Outcome, when: Literal["before", "after"]
) -> None:
    async with impatient(sqlite_url) as house:
        fault = house.room.faults.add(_first(then, when))

        (samira,) = await cancelled_for(house, 1)
        await eventually(house, lambda: _postponed(house), "a retry")
        at_first = arrived(house, CANCELLED)[samira.id]
        await house.advance(59 * SECOND)
        early = len(sends(house, samira.id))
        await house.advance(2 * SECOND)
        await ended(house)

        assert fault.struck == 1
        assert (at_first, early) == (1 if when == "after" else 0, 1)
        assert arrived(house, CANCELLED)[samira.id] == at_first + 1
        assert await owed(house) == {OutboxState.SENT: 1}


def _first(then: Outcome, when: Literal["before", "after"], chat: int | None = None) -> Fault:
    return Fault(then, method="sendMessage", when=when, times=1, chat=chat)


async def _postponed(house: House) -> bool:
    (one,) = [one for one in await notices(house) if one.kind == "cancelled"]
    return one.state is OutboxState.PENDING and one.attempts == 1 and one.not_before > house.now()


@UNKNOWN
async def test_f22_f23_f24_announcement_of_unknown_fate_never_comes_twice(
    sqlite_url: str, then: Outcome, when: Literal["before", "after"]
) -> None:
    async with impatient(sqlite_url) as house:
        await officer(house)
        event = await an_event(house)
        (samira,) = await settle(house, 1)
        house.room.faults.add(_first(then, when, samira.id))

        card = await announce(house, event)
        await ended(house)
        await house.advance(timedelta(hours=1))
        await house.karim.sees("1 incertain")

        assert len(sends(house, samira.id)) == 1
        assert card.text.startswith("✅ 1 reçu · 1 incertain")


async def test_f22_cancellation_is_tried_four_times_then_counted_as_uncertain(
    house: House,
) -> None:
    house.room.faults.add(Fault(cut(), method="sendMessage", when="after"))

    (samira,) = await cancelled_for(house, 1)
    at = []
    for wait in (0, 60, 300, 900, 3600):
        await house.advance(timedelta(seconds=wait))
        await at_rest(house)
        at.append(len(sends(house, samira.id)))

    assert at == [1, 2, 3, 4, 4]
    assert await owed(house) == {OutboxState.UNCERTAIN: 1}
