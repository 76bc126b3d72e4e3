"""Reminders on the real bot, on bad days: clocks that jump, stops, changes and a network away.

Each person is reminded once of each moment, of what is still true (reliability.md F17, F18, F45,
F46, F49; K6 of §1.1).
"""

from datetime import UTC, date, datetime, time, timedelta

import pytest

from sandbox import Fault, Person, cut, delay, status
from storage.events import Event
from storage.outbox import OutboxState
from tests.handlers.making import an_event
from tests.house import House, open_house
from tests.journeys.households import (
    SLOW,
    bare_room,
    come,
    inhabited,
    known,
    officer,
    settle,
)
from tests.journeys.sending import (
    arrived,
    at_rest,
    cancel,
    ended,
    eventually,
    move,
    notices,
    owed,
    sends,
)

REMINDER = "🔔"
CANCELLED = "❌ ANNULÉ"
EVE = datetime(2026, 12, 4, 17, 0, tzinfo=UTC)
"""18:00 in Roubaix, the day before the event that begins at 14:00 there."""
STARTS_AT = datetime(2026, 12, 5, 13, 0, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
SPRING, AUTUMN = date(2027, 3, 28), date(2027, 10, 31)


async def guests(house: House, number: int, **fields: object) -> tuple[Event, list[Person]]:
    """Give an event, and people who come to it."""
    await officer(house)
    event = await an_event(house, capacity=None, **fields)
    people = await settle(house, number)
    await come(house, event, people)
    return event, people


def reminded_at(house: House, person: Person) -> list[datetime]:
    """List when a person was reminded, to the minute."""
    return [
        call.at.replace(second=0, microsecond=0)
        for call in sends(house, person.id)
        if call.executed and REMINDER in call.params["text"]
    ]


# ------------------------------------------------------------------------------------- F17, F18


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        (SPRING, [datetime(2027, 3, 27, 17, tzinfo=UTC), datetime(2027, 3, 28, 10, tzinfo=UTC)]),
        (AUTUMN, [datetime(2027, 10, 30, 16, tzinfo=UTC), datetime(2027, 10, 31, 11, tzinfo=UTC)]),
    ],
    ids=["F17 spring", "F18 autumn"],
)
async def test_f17_f18_nights_on_which_the_hour_changes_remind_once_by_the_wall_clock(
    house: House, day: date, expected: list[datetime]
) -> None:
    await house.move_to(expected[0] - timedelta(days=2))
    _, (samira,) = await guests(house, 1, day=day)

    while house.now() < expected[1] + timedelta(hours=2):
        await house.advance(30 * MINUTE)
        await at_rest(house)

    assert reminded_at(house, samira) == expected
    assert await owed(house, "reminder") == {OutboxState.SENT: 2}


# ------------------------------------------------------------------------------------------- K6


async def test_k6_reminder_of_unknown_fate_is_sent_again_once(house: House) -> None:
    _, (samira,) = await guests(house, 1)
    house.room.faults.add(Fault(cut(), method="sendMessage", when="after", chat=samira.id))

    counts = []
    await house.move_to(EVE)
    for wait in (0, 59, 2, 3600):
        await house.advance(timedelta(seconds=wait))
        await at_rest(house)
        counts.append(len(sends(house, samira.id)))

    assert counts == [1, 1, 2, 2]
    assert await owed(house, "reminder") == {OutboxState.UNCERTAIN: 1}


async def test_k6_reminder_of_unknown_fate_near_the_start_is_not_sent_again(
    sqlite_url: str,
) -> None:
    async with open_house(sqlite_url, reminders={"lead_times": ["25m"]}) as house:
        _, (samira,) = await guests(house, 1)
        house.room.faults.add(Fault(cut(), method="sendMessage", when="before", times=1))

        await house.move_to(STARTS_AT - 25 * MINUTE)
        await ended(house)
        await house.advance(10 * MINUTE)
        await at_rest(house)

        assert len(sends(house, samira.id)) == 1
        assert await owed(house, "reminder") == {OutboxState.UNCERTAIN: 1}


# ------------------------------------------------------------------------------------- F45, F46


async def test_f45_reminder_on_its_way_is_followed_by_the_change_and_others_are_up_to_date(
    house: House,
) -> None:
    event, (samira, leila) = await guests(house, 2)
    house.room.faults.add(Fault(delay(0.5), method="sendMessage", chat=samira.id, times=1))
    house.bot.gate.hold(leila.id, EVE + 10 * MINUTE)

    await house.move_to(EVE)
    await house.room.until(lambda: len(sends(house, samira.id)) == 1)
    await move(house, event, location="Salle 2")
    await ended_for(house, samira)
    await house.advance(11 * MINUTE)
    await ended(house)

    stale, told = sends(house, samira.id)
    assert "Espace Linné" in stale.params["text"]
    assert "Salle 2" in told.params["text"]
    assert stale.result["message_id"] < told.result["message_id"]
    assert [text for text in texts_to(house, leila) if "Espace Linné" in text] == []


def texts_to(house: House, person: Person) -> list[str]:
    return [call.params["text"] for call in sends(house, person.id) if call.executed]


async def ended_for(house: House, person: Person) -> None:
    async def is_so() -> bool:
        mine = [one for one in await notices(house) if one.chat_id == person.id]
        return all(one.state is OutboxState.SENT for one in mine)

    await eventually(house, is_so, "all sent")


async def test_f46_cancellation_is_the_last_word_in_every_chat(sqlite_url: str) -> None:
    async with open_house(sqlite_url, limits=dict(SLOW)) as house:
        event, people = await guests(house, 40)
        house.room.faults.add(
            Fault(cut(), method="sendMessage", when="after", probability=0.2, seed=7, times=8)
        )

        await house.move_to(EVE)
        await house.room.until(lambda: len(sends(house)) >= 10)
        await cancel(house, event)
        for wait in (1, 6, 16):
            await house.advance(wait * MINUTE)
            await at_rest(house)

        last = [texts_to(house, person)[-1] for person in people]
        assert [CANCELLED in text for text in last] == [True] * len(people)
        reminded = arrived(house, REMINDER)
        assert 0 < len(reminded) < len(people)
        assert max(reminded.values()) == 1


async def test_f46_reminder_that_waits_for_a_retry_never_follows_the_cancellation(
    house: House,
) -> None:
    event, (samira,) = await guests(house, 1)
    house.room.faults.add(Fault(status(502), method="sendMessage", when="after", times=1))
    await house.move_to(EVE)
    await at_rest(house)
    waits = (await owed(house, "reminder"))[OutboxState.PENDING]

    await cancel(house, event)
    await house.advance(2 * MINUTE)
    await ended(house)

    assert waits == 1
    assert [CANCELLED in text for text in texts_to(house, samira)] == [False, True]


# ------------------------------------------------------------------------------------------ F49


@pytest.mark.parametrize(
    ("back_at", "number"),
    [
        (STARTS_AT - timedelta(hours=5), 1),
        (STARTS_AT - timedelta(hours=2, minutes=30), 0),
        (STARTS_AT - timedelta(minutes=45), 1),
        (STARTS_AT - timedelta(minutes=10), 0),
        (STARTS_AT + timedelta(minutes=10), 0),
    ],
    ids=["5 h before", "too near for the eve's", "both missed: one", "too near", "begun"],
)
async def test_f49_reminders_missed_by_a_stop_come_once_if_of_use(
    sqlite_url: str, back_at: datetime, number: int
) -> None:
    async with bare_room(sqlite_url) as (room, server, settings):
        async with inhabited(room, server, settings) as house:
            _, (samira,) = await guests(house, 1)
            await house.move_to(EVE - MINUTE)
        await room.move_to(back_at)
        room.ledger.clear()

        async with inhabited(room, server, settings) as house:
            await house.advance(timedelta(seconds=6))
            await at_rest(house)

            assert len(texts_to(house, samira)) == number


async def test_f49_missed_reminder_waits_for_the_morning(sqlite_url: str) -> None:
    async with bare_room(sqlite_url) as (room, server, settings):
        async with inhabited(room, server, settings) as house:
            _, (samira,) = await guests(house, 1, starts=time(21), ends=time(22))
            await house.move_to(EVE - MINUTE)
        await room.move_to(EVE + timedelta(hours=5))
        room.ledger.clear()

        async with inhabited(room, server, settings) as house:
            for _ in range(8):
                await house.advance(timedelta(hours=1))
                await at_rest(house)
            by_night = len(texts_to(house, samira))
            await house.advance(timedelta(hours=1))
            await at_rest(house)
            (call,) = sends(house, samira.id)

            assert by_night == 0
            assert time(8) <= call.at.astimezone(house.bot.services.premises.zone).time() < time(9)


async def test_f49_message_that_can_wait_does_not_ring_at_night(house: House) -> None:
    event, (samira, leila) = await guests(house, 2)
    full = await an_event(house, title="Balade", capacity=1)
    await come(house, full, [samira])
    await come(house, full, [leila])
    await house.move_to(datetime(2026, 12, 1, 22, tzinfo=UTC))

    await move(house, full, capacity=2)
    await cancel(house, event)
    await ended(house)

    silent = {
        "Balade" in call.params["text"]: call.params["disable_notification"]
        for call in sends(house, leila.id)
    }
    assert silent == {True: True, False: False}
    assert (await known(house, leila.id)).unreachable_at is None
