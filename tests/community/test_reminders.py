"""Reminders as they fire: to whom, once each, merged, late ones too if they are of use (F49)."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta

import pytest

from community import changes, reminders, residents
from community.notices import MOST_KEY, Kind
from storage import events as event_rows
from storage import outbox
from storage import reminders as rows_of
from storage import residents as people
from storage.database import Database, Writer
from storage.events import Event
from storage.ids import EventId
from storage.outbox import Notice, OutboxState
from storage.residents import Resident
from storage.rsvps import Answer
from tests.community.world import (
    DAY,
    HOUR,
    MINUTE,
    NOW,
    POLICY,
    SECOND,
    ZONE,
    change,
    crowd,
    event,
    officer,
    owed,
    policy,
    resident,
    rows,
    say,
    sent,
)

SATURDAY = date(2027, 3, 6)
START = datetime(2027, 3, 6, 13, tzinfo=UTC)
EVE = datetime(2027, 3, 5, 17, tzinfo=UTC)
MORNING = datetime(2027, 3, 6, 7, tzinfo=UTC)
"""The end of the quiet hours before START."""


def _scene(writer: Writer, starts: Sequence[datetime] = (START,)) -> tuple[Resident, list[Event]]:
    """Give a person who said yes to an event at each instant."""
    organizer, person = officer(writer), resident(writer, 1)
    gatherings = [event(writer, organizer, starts_at=starts_at) for starts_at in starts]
    for gathering in gatherings:
        say(writer, gathering.id, person.id)
    return person, gatherings


async def _fire(database: Database, now: datetime) -> list[Notice]:
    """Fire what is due, and give the reminders that are owed and have not left."""
    await database.write(reminders.fire_due, policy=POLICY, now=now)
    return await database.read(owed, Kind.REMINDER)


async def test_reminder_reaches_who_has_a_seat_or_may_come(database: Database) -> None:
    def scene(writer: Writer) -> list[Resident]:
        gathering = event(writer, officer(writer), starts_at=START, capacity=1)
        everybody = crowd(writer, 7)
        comes, waits, maybe, declines, paused, blocked, _ = everybody
        for number, (person, answer) in enumerate(
            [
                (comes, Answer.YES),
                (waits, Answer.YES),
                (maybe, Answer.MAYBE),
                (declines, Answer.NO),
                (paused, Answer.MAYBE),
                (blocked, Answer.MAYBE),
            ]
        ):
            say(writer, gathering.id, person.id, answer, now=NOW + number * SECOND)
        residents.pause(writer, resident_id=paused.id, now=NOW)
        people.set_unreachable(writer, blocked.id, NOW)
        return [comes, maybe]

    reminded = await database.write(scene)

    owed_now = await _fire(database, EVE)
    assert [one.resident_id for one in owed_now] == [person.id for person in reminded]


async def test_each_reminder_fires_once(database: Database) -> None:
    await database.write(_scene)

    fired = [
        await database.write(reminders.fire_due, policy=POLICY, now=now)
        for now in (EVE - SECOND, EVE, EVE, EVE + MINUTE, START - 2 * HOUR, START - 2 * HOUR, START)
    ]

    assert fired == [0, 1, 0, 0, 1, 0, 0]


async def test_week_before_is_silent_and_the_eve_rings(database: Database) -> None:
    await database.write(_scene, [START + 7 * DAY])

    week = await _fire(database, EVE + DAY)
    await database.write(sent, now=EVE + DAY)
    eve = await _fire(database, EVE + 7 * DAY)

    assert [one.silent for one in week] == [True]
    assert [one.silent for one in eve] == [False]
    assert [one.expires_at for one in eve] == [START + 7 * DAY]


async def test_two_events_of_a_day_make_one_message(database: Database) -> None:
    later = START + 3 * HOUR
    _, (second, first) = await database.write(_scene, [later, START])

    (told,) = await _fire(database, EVE)

    assert told.facts["event_ids"] == [first.id, second.id]
    assert told.event_id == first.id
    assert told.expires_at == later


async def test_merged_keys_fit_and_stay_apart(database: Database) -> None:
    starts = [START + number * MINUTE for number in range(12)]

    def scene(writer: Writer) -> None:
        organizer = officer(writer)
        for starts_at in starts:
            gathering = event(writer, organizer, starts_at=starts_at)
            for person in crowd(writer, 3):
                say(writer, gathering.id, person.id)

    await database.write(scene)

    told = await _fire(database, EVE)

    assert len({one.dedupe_key for one in told}) == len(told) == 3
    assert all(len(one.dedupe_key) <= MOST_KEY for one in told)


# --------------------------------------------------------------------------------------- late


@pytest.mark.parametrize(
    ("back_at", "told"),
    [
        # The eve was missed: it goes if the start is three hours away and the hour is not quiet.
        (EVE + 2 * HOUR - SECOND, ["1d@18:00"]),
        (MORNING, ["1d@18:00"]),
        (START - 3 * HOUR, ["1d@18:00"]),
        (START - 3 * HOUR + SECOND, []),
        # Both were missed: one merged reminder, up to a quarter of an hour before the start.
        (START - 2 * HOUR, ["2h"]),
        (START - 15 * MINUTE, ["2h"]),
        (START - 15 * MINUTE + SECOND, []),
        (START, []),
        (START + DAY, []),
    ],
)
async def test_f49_missed_reminders_go_once_if_they_are_of_use(
    database: Database, back_at: datetime, told: list[str]
) -> None:
    await database.write(_scene)

    owed_now = await _fire(database, back_at)

    assert [one.facts["lead_time"] for one in owed_now] == told
    assert not await database.write(reminders.fire_due, policy=POLICY, now=back_at)


@pytest.mark.parametrize(
    ("back_at", "people"),
    [
        (START - 3 * HOUR + SECOND, None),  # the one of two hours before is still to come
        (START - 15 * MINUTE, None),
        (START - 15 * MINUTE + SECOND, 1),
        (START + DAY, 1),
    ],
)
async def test_f49_officers_hear_once_how_many_were_not_reminded(
    database: Database, back_at: datetime, people: int | None
) -> None:
    await database.write(_scene)

    for _ in range(2):
        await _fire(database, back_at)

    told = [one.facts["people"] for one in await database.read(owed, Kind.REMINDER_MISSED)]
    assert told == ([] if people is None else [people])


async def test_f49_officers_do_not_hear_of_an_event_that_nobody_comes_to(
    database: Database,
) -> None:
    person, (gathering,) = await database.write(_scene)
    await database.write(say, gathering.id, person.id, Answer.NO)

    await _fire(database, START + HOUR)

    assert await database.read(owed, Kind.REMINDER_MISSED) == []


async def test_reminders_that_wait_for_the_morning_hide_no_nearer_one(database: Database) -> None:
    night = EVE + 3 * HOUR
    far, near = [START + 2 * DAY] * (reminders.MOST_A_RUN + 1), night + 3 * HOUR

    def scene(writer: Writer) -> None:
        organizer, person = officer(writer), resident(writer, 1)
        for starts_at in (*far, near):
            gathering = event(writer, organizer, starts_at=starts_at)
            if starts_at == near:
                say(writer, gathering.id, person.id)

    await database.write(scene)

    assert len(await _fire(database, night)) == 1


async def test_f49_reminder_missed_in_the_evening_waits_for_the_morning(
    database: Database,
) -> None:
    await database.write(_scene, [START + 5 * HOUR])

    night = await _fire(database, EVE + 3 * HOUR)
    morning = await _fire(database, MORNING)

    assert not night
    assert [one.facts["lead_time"] for one in morning] == ["1d@18:00"]


async def test_f49_event_less_than_twelve_hours_away_reminds_in_quiet_hours(
    database: Database,
) -> None:
    await database.write(_scene, [MORNING + HOUR])

    before = await _fire(database, MORNING - 11 * HOUR - SECOND)
    after = await _fire(database, MORNING - 11 * HOUR + SECOND)

    assert (len(before), len(after)) == (0, 1)


async def test_f49_eve_missed_does_not_replace_the_hours_before(database: Database) -> None:
    await database.write(_scene)

    await _fire(database, START - 4 * HOUR)
    told = await _fire(database, START - 2 * HOUR)

    assert [one.facts["lead_time"] for one in told] == ["1d@18:00", "2h"]


# ---------------------------------------------------------------------------- moved, cancelled


async def test_f45_event_that_moves_has_its_reminders_planned_afresh(database: Database) -> None:
    _, (gathering,) = await database.write(_scene)
    await _fire(database, EVE)

    await database.write(change, gathering, day=SATURDAY + 7 * timedelta(days=1), now=EVE + SECOND)

    planned = await database.read(rows_of.of_event, gathering.id)
    assert not await database.read(owed, Kind.REMINDER)
    assert [(one.due_at, one.fired_at) for one in planned] == [
        (EVE + DAY, None),
        (EVE + 7 * DAY, None),
        (START + 7 * DAY - 2 * HOUR, None),
    ]


async def test_f46_cancelled_event_reminds_nobody(database: Database) -> None:
    _, (gathering,) = await database.write(_scene)
    await _fire(database, EVE)

    await database.write(changes.cancel, event_id=gathering.id, now=EVE + SECOND)
    later = await _fire(database, START - 2 * HOUR)

    assert not later
    assert not await database.read(rows_of.of_event, gathering.id)


@pytest.mark.parametrize("gone", [0, 1])
async def test_f46_merged_reminder_loses_the_cancelled_event_and_keeps_the_other(
    database: Database, gone: int
) -> None:
    person, gatherings = await database.write(_scene, [START, START + 3 * HOUR])
    await _fire(database, EVE)

    await database.write(changes.cancel, event_id=gatherings[gone].id, now=EVE + SECOND)

    (left,) = await database.read(owed, Kind.REMINDER)
    stays = gatherings[1 - gone]
    assert left.facts["event_ids"] == [stays.id]
    assert (left.event_id, left.expires_at) == (stays.id, stays.starts_at)
    assert left.resident_id == person.id


async def test_f46_merged_reminder_of_two_cancelled_events_is_gone(database: Database) -> None:
    _, gatherings = await database.write(_scene, [START, START + HOUR, START + 3 * HOUR])
    await _fire(database, EVE)

    for gathering in gatherings:
        await database.write(changes.cancel, event_id=gathering.id, now=EVE + SECOND)

    assert not await database.read(owed, Kind.REMINDER)


async def test_withdrawing_twice_is_as_once(database: Database) -> None:
    _, gatherings = await database.write(_scene, [START, START + 3 * HOUR])
    await _fire(database, EVE)
    await database.write(reminders.withdraw, event_id=gatherings[0].id, now=EVE)
    before = await database.read(rows)

    await database.write(reminders.withdraw, event_id=gatherings[0].id, now=EVE)

    assert await database.read(rows) == before


async def test_reminder_left_of_a_cancelled_event_tells_nobody(database: Database) -> None:
    def scene(writer: Writer) -> EventId:
        gathering = event(writer, officer(writer), starts_at=START)
        say(writer, gathering.id, resident(writer, 1).id)
        rows_of.put_plan(writer, gathering.id, [("2h", EVE)])
        event_rows.set_cancelled(writer, gathering.id)
        return gathering.id

    event_id = await database.write(scene)

    assert not await _fire(database, EVE)
    assert all(one.fired_at for one in await database.read(rows_of.of_event, event_id))


# ----------------------------------------------------------------------------- the clock's nights


@pytest.mark.parametrize("day", [date(2027, 3, 28), date(2027, 10, 31)])
async def test_f17_f18_each_reminder_around_the_nights_comes_exactly_once(
    database: Database, day: date
) -> None:
    starts_at = datetime.combine(day, time(14), tzinfo=ZONE).astimezone(UTC)
    await database.write(_scene, [starts_at])

    fired: list[tuple[datetime, int]] = []
    instant = starts_at - 8 * DAY
    while instant <= starts_at:
        told = await database.write(reminders.fire_due, policy=POLICY, now=instant)
        fired += [(instant.astimezone(ZONE), told)] if told else []
        instant += 30 * MINUTE

    assert [(f"{at:%d %H:%M}", told) for at, told in fired] == [
        (f"{day - timedelta(days=7):%d} 18:00", 1),
        (f"{day - timedelta(days=1):%d} 18:00", 1),
        (f"{day:%d} 12:00", 1),
    ]


async def test_other_settings_remind_otherwise(database: Database) -> None:
    rules = policy("30m")

    def scene(writer: Writer) -> None:
        gathering = event(writer, officer(writer), starts_at=START, rules=rules)
        say(writer, gathering.id, resident(writer, 1).id)

    await database.write(scene)

    early = await database.write(reminders.fire_due, policy=rules, now=START - 31 * MINUTE)
    due = await database.write(reminders.fire_due, policy=rules, now=START - 30 * MINUTE)

    sent_ones = [one for one in await database.read(outbox.all_) if one.kind == Kind.REMINDER]
    assert (early, due) == (0, 1)
    assert [one.state for one in sent_ones] == [OutboxState.PENDING]
