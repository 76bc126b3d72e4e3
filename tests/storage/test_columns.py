"""The kinds of columns, as both databases keep them."""

from datetime import UTC, datetime, timedelta, timezone

import pytest

from storage import events, holds, prompts, reminders
from storage.columns import Choice, constant
from storage.database import Database
from storage.events import EventStatus
from storage.ids import ChatId, EventId
from storage.statements import DIALECTS
from tests.storage.rows import HOUR, NOW, crowd, event

PARIS_SUMMER = timezone(timedelta(hours=2))


async def test_naive_instant_is_refused_as_a_value_and_as_a_condition(database: Database) -> None:
    naive = datetime(2027, 3, 1, 12)  # noqa: DTZ001 - what is refused

    with pytest.raises(ValueError, match="needs its zone"):
        await database.write(holds.put, ChatId(1), until=naive)
    with pytest.raises(ValueError, match="needs its zone"):
        await database.read(holds.running, now=naive)

    assert await database.read(holds.running, now=NOW - HOUR) == []


async def test_instant_of_another_zone_comes_back_as_the_same_instant_in_utc(
    database: Database,
) -> None:
    until = datetime(2027, 7, 1, 0, 30, 0, 123456, tzinfo=PARIS_SUMMER)

    await database.write(holds.put, ChatId(1), until=until)

    (hold,) = await database.read(holds.running, now=NOW)
    assert hold.until == until
    assert hold.until.isoformat() == "2027-06-30T22:30:00.123456+00:00"


async def test_instants_are_ordered_across_seconds_that_are_whole_and_not(
    database: Database,
) -> None:
    """Text order is time order on SQLite only if every instant is written at the same width."""
    (ada,) = await database.write(crowd, 1)
    lunch = await database.write(event, ada)
    instants = [NOW + timedelta(microseconds=number) for number in (1, 0, 999_999, 1_000_000)]

    await database.write(
        reminders.put_plan, lunch.id, [(str(at), one) for at, one in enumerate(instants)]
    )

    planned = await database.read(reminders.of_event, lunch.id)
    assert [one.due_at for one in planned] == sorted(instants)
    due = await database.read(reminders.due, now=NOW + timedelta(microseconds=1), most=9)
    assert len(due) == 2


@pytest.mark.parametrize("dialect", ["sqlite", "postgresql"])
def test_choice_takes_its_own_members_only(dialect: str) -> None:
    column: Choice[EventStatus] = Choice(EventStatus)

    kept = column.process_bind_param(EventStatus.DRAFT, DIALECTS[dialect])

    assert kept == "draft"
    assert column.process_bind_param(None, DIALECTS[dialect]) is None
    assert column.process_result_value("draft", DIALECTS[dialect]) is EventStatus.DRAFT
    with pytest.raises(ValueError, match="gone"):
        column.process_result_value("gone", DIALECTS[dialect])


async def test_choice_comes_back_as_the_member(database: Database) -> None:
    (ada,) = await database.write(crowd, 1)

    draft = await database.write(events.add_draft, organizer_id=ada.id, now=NOW, cause=None)

    assert draft.status is EventStatus.DRAFT
    assert draft.childcare is False


def test_constant_is_written_into_the_statement() -> None:
    assert str(constant(EventStatus.DRAFT)) == "'draft'"


async def test_facts_come_back_as_they_went_in(database: Database) -> None:
    facts = {"été": "« 12 »", "emoji": "👩‍👩‍👧", "ids": [EventId(1), -(2**60)], "none": None}

    await database.write(
        prompts.put, ChatId(1), kind="day", facts=facts, expires_at=datetime.max.replace(tzinfo=UTC)
    )

    found = await database.read(prompts.find, ChatId(1), now=NOW)
    assert found is not None
    assert found.facts == facts
