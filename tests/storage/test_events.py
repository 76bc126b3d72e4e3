"""Events, from draft to cancelled."""

from datetime import date, time

import pytest

from storage import events
from storage.database import Database
from storage.errors import NotFoundError
from storage.events import EventStatus
from storage.ids import EventId, UpdateId
from tests.storage.rows import DAY, HOUR, NOW, SECOND, commission, crowd, event

NONE_SUCH = EventId(999)


async def test_without_any_the_lists_are_empty(database: Database) -> None:
    (ada,) = await database.write(crowd, 1)

    assert await database.read(events.upcoming, now=NOW) == []
    assert await database.read(events.organized, ada.id) == []
    assert await database.read(events.cancelling, now=NOW) == []
    assert await database.read(events.starting, after=NOW, until=NOW + DAY) == []
    assert await database.read(events.latest_draft, ada.id) is None
    assert await database.read(events.find, NONE_SUCH) is None
    with pytest.raises(NotFoundError):
        await database.read(events.get, NONE_SUCH)


async def test_draft_of_the_same_cause_is_the_same_row(database: Database) -> None:
    (ada,) = await database.write(crowd, 1)
    made = [
        await database.write(events.add_draft, organizer_id=ada.id, now=NOW, cause=UpdateId(cause))
        for cause in (5, 5, 6)
    ]

    first, again, other = made
    assert first == again
    assert other.id != first.id
    assert (first.status, first.version, first.childcare) == (EventStatus.DRAFT, 1, False)
    assert (first.organizer_id, first.created_at, first.title) == (ada.id, NOW, None)


async def test_drafts_without_cause_are_each_their_own(database: Database) -> None:
    (ada,) = await database.write(crowd, 1)

    one, two = [
        await database.write(events.add_draft, organizer_id=ada.id, now=NOW, cause=None)
        for _ in range(2)
    ]

    assert one.id != two.id
    assert await database.read(events.latest_draft, ada.id) == two


async def test_set_fields_keeps_what_is_not_named(database: Database) -> None:
    (ada,) = await database.write(crowd, 1)
    garden = await database.write(commission)
    draft = await database.write(events.add_draft, organizer_id=ada.id, now=NOW, cause=None)
    await database.write(
        events.set_fields,
        draft,
        version=1,
        title="Atelier « cuisine »",
        commission_id=garden.id,
        day=date(2027, 10, 31),
        starts=time(2, 30),
        ends=time(23, 59),
        fold=1,
        starts_at=NOW,
        ends_at=NOW + HOUR,
        capacity=12,
        childcare=True,
    )
    before = await database.read(events.get, draft.id)

    after = await database.write(events.set_fields, before, version=2, location="Linné", ends=None)

    assert after == await database.read(events.get, draft.id)
    assert (after.version, after.location, after.ends) == (2, "Linné", None)
    assert (after.title, after.commission_id) == ("Atelier « cuisine »", garden.id)
    assert (after.day, after.starts, after.fold) == (date(2027, 10, 31), time(2, 30), 1)
    assert (after.starts_at, after.ends_at) == (NOW, NOW + HOUR)
    assert (after.capacity, after.childcare) == (12, True)


async def test_set_fields_of_a_field_that_is_none_is_an_error(database: Database) -> None:
    (ada,) = await database.write(crowd, 1)
    draft = await database.write(events.add_draft, organizer_id=ada.id, now=NOW, cause=None)

    with pytest.raises(TypeError, match="titel"):
        await database.write(events.set_fields, draft, version=2, titel="Repas")

    assert await database.read(events.get, draft.id) == draft


async def test_each_step_of_an_event_is_made_once(database: Database) -> None:
    (ada,) = await database.write(crowd, 1)
    draft = await database.write(events.add_draft, organizer_id=ada.id, now=NOW, cause=None)

    early = await database.write(events.set_cancelled, draft.id)
    scheduled = [await database.write(events.set_scheduled, draft.id) for _ in range(2)]
    thrown_away = await database.write(events.remove_draft, draft.id)
    cancelled = [await database.write(events.set_cancelled, draft.id) for _ in range(2)]

    assert early is False
    assert scheduled == [True, False]
    assert thrown_away is False
    assert cancelled == [True, False]
    after = await database.read(events.get, draft.id)
    assert (after.status, after.version) == (EventStatus.CANCELLED, 2)


async def test_remove_draft_deletes_it_once(database: Database) -> None:
    (ada,) = await database.write(crowd, 1)
    draft = await database.write(events.add_draft, organizer_id=ada.id, now=NOW, cause=None)

    removed = [await database.write(events.remove_draft, draft.id) for _ in range(2)]

    assert removed == [True, False]
    assert await database.read(events.find, draft.id) is None


async def test_cancelling_lists_what_takes_effect_now_earliest_first(database: Database) -> None:
    (ada,) = await database.write(crowd, 1)
    late, early, kept, later = [await database.write(event, ada) for _ in range(4)]
    instants = ((late, NOW), (early, NOW - HOUR), (kept, NOW), (later, NOW + SECOND))
    for one, at in instants:
        assert await database.write(events.set_cancelling, one.id, at=at, reason="pluie")

    await database.write(events.set_cancelling, kept.id, at=None, reason=None)

    decided = await database.read(events.cancelling, now=NOW)
    assert [one.id for one in decided] == [early.id, late.id]
    assert decided[0].cancel_reason == "pluie"
    assert await database.write(events.set_cancelled, early.id)
    after = await database.read(events.get, early.id)
    assert (after.cancel_at, after.cancel_reason) == (None, "pluie")
    assert not await database.write(events.set_cancelling, early.id, at=NOW, reason=None)


async def test_upcoming_is_the_agenda_until_the_end_soonest_first(database: Database) -> None:
    (ada,) = await database.write(crowd, 1)
    later = await database.write(event, ada, starts_at=NOW + 2 * DAY)
    sooner = await database.write(event, ada, starts_at=NOW + DAY)
    running = await database.write(event, ada, starts_at=NOW - HOUR, ends_at=NOW + SECOND)
    await database.write(event, ada, starts_at=NOW - HOUR, ends_at=NOW)
    cancelled = await database.write(event, ada)
    await database.write(events.set_cancelled, cancelled.id)
    await database.write(events.add_draft, organizer_id=ada.id, now=NOW, cause=None)

    assert await database.read(events.upcoming, now=NOW) == [running, sooner, later]
    assert await database.read(events.upcoming, now=NOW, most=1) == [running]


async def test_starting_holds_its_end_and_not_its_beginning(database: Database) -> None:
    (ada,) = await database.write(crowd, 1)
    at_end, inside, _, _ = [
        await database.write(event, ada, starts_at=at)
        for at in (NOW + DAY, NOW + HOUR, NOW, NOW + DAY + SECOND)
    ]

    starting = await database.read(events.starting, after=NOW, until=NOW + DAY)

    assert starting == [inside, at_end]


async def test_organized_lists_one_persons_events_oldest_first(database: Database) -> None:
    ada, bob = await database.write(crowd, 2)
    first = await database.write(event, ada, starts_at=NOW + 2 * DAY)
    await database.write(event, bob)
    second = await database.write(events.add_draft, organizer_id=ada.id, now=NOW, cause=None)

    assert await database.read(events.organized, ada.id) == [first, second]
    assert await database.read(events.latest_draft, ada.id) == second
    assert await database.read(events.latest_draft, bob.id) is None
