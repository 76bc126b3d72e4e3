"""When an event's people are to be reminded."""

from functools import partial
from pathlib import Path

from storage import events, reminders
from storage.database import Database
from storage.ids import EventId
from storage.reminders import Reminder
from tests.storage.plans import plan
from tests.storage.rows import DAY, HOUR, NOW, SECOND, crowd, event


async def two_events(database: Database) -> tuple[EventId, EventId]:
    (ada,) = await database.write(crowd, 1)
    one, two = [await database.write(event, ada) for _ in range(2)]
    return one.id, two.id


async def test_event_without_a_plan_reminds_nobody(database: Database) -> None:
    lunch, _ = await two_events(database)

    assert await database.read(reminders.of_event, lunch) == []
    assert await database.read(reminders.due, now=NOW, most=10) == []


async def test_plan_takes_the_place_of_the_earlier_one(database: Database) -> None:
    lunch, dinner = await two_events(database)
    await database.write(reminders.put_plan, lunch, [("7d@18:00", NOW), ("2h", NOW + HOUR)])
    await database.write(reminders.put_plan, dinner, [("2h", NOW)])

    await database.write(reminders.put_plan, lunch, [("2h", NOW + DAY), ("1d@18:00", NOW)])

    assert await database.read(reminders.of_event, lunch) == [
        Reminder(lunch, "1d@18:00", NOW, None),
        Reminder(lunch, "2h", NOW + DAY, None),
    ]
    assert await database.read(reminders.of_event, dinner) == [Reminder(dinner, "2h", NOW, None)]


async def test_plan_that_names_a_lead_time_twice_keeps_the_first(database: Database) -> None:
    lunch, _ = await two_events(database)

    await database.write(reminders.put_plan, lunch, [("2h", NOW), ("2h", NOW + HOUR)])

    assert await database.read(reminders.of_event, lunch) == [Reminder(lunch, "2h", NOW, None)]


async def test_due_are_the_unfired_whose_time_has_come_earliest_first(database: Database) -> None:
    lunch, dinner = await two_events(database)
    await database.write(
        reminders.put_plan, lunch, [("2h", NOW), ("1h", NOW + SECOND), ("9h", NOW - HOUR)]
    )
    await database.write(reminders.put_plan, dinner, [("2h", NOW - SECOND)])

    due = await database.read(reminders.due, now=NOW, most=10)

    assert [(one.event_id, one.lead_time) for one in due] == [
        (lunch, "9h"),
        (dinner, "2h"),
        (lunch, "2h"),
    ]
    assert await database.read(reminders.due, now=NOW, most=1) == due[:1]


async def test_reminder_fires_once(database: Database) -> None:
    lunch, _ = await two_events(database)
    await database.write(reminders.put_plan, lunch, [("2h", NOW)])
    (reminder,) = await database.read(reminders.due, now=NOW, most=10)

    fired = [await database.write(reminders.mark_fired, reminder, now=NOW) for _ in range(2)]

    assert fired == [True, False]
    assert await database.read(reminders.due, now=NOW + DAY, most=10) == []
    assert await database.read(reminders.of_event, lunch) == [Reminder(lunch, "2h", NOW, NOW)]


async def test_remove_plan_takes_one_events_reminders_away(database: Database) -> None:
    lunch, dinner = await two_events(database)
    for one in (lunch, dinner):
        await database.write(reminders.put_plan, one, [("2h", NOW)])

    await database.write(reminders.remove_plan, lunch)

    assert [one.event_id for one in await database.read(reminders.due, now=NOW, most=9)] == [dinner]


async def test_plan_goes_with_its_event(database: Database) -> None:
    (ada,) = await database.write(crowd, 1)
    draft = await database.write(events.add_draft, organizer_id=ada.id, now=NOW, cause=None)
    await database.write(reminders.put_plan, draft.id, [("2h", NOW)])

    await database.write(events.remove_draft, draft.id)

    assert await database.read(reminders.due, now=NOW, most=10) == []


def test_due_reminders_are_found_among_100_000_by_an_index(crowded_file: Path) -> None:
    planned = plan(crowded_file, partial(reminders.due, now=NOW, most=30))

    assert (planned.indexes, planned.wasteful) == (["ix_reminders_due"], [])
