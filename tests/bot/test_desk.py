"""What leaves is worded for its reader, or ends without leaving."""

from datetime import timedelta

import pytest

from bot.desk import Letter, word
from community import residents as rules
from storage import residents
from storage.database import Writer
from storage.ids import ResidentId
from storage.outbox import Notice, OutboxState
from tests.handlers.making import an_event
from tests.house import House
from tests.journeys.households import known, officer, settle
from tests.storage.rows import notice

HOUR = timedelta(hours=1)


async def lettered(house: House, **fields: object) -> Letter:
    """Give the letter of an announcement to the one resident, owed from in an hour on."""
    await officer(house)
    (samira,) = await settle(house, 1)
    event = await an_event(house)
    resident = await known(house, samira.id)
    values = {"resident_id": resident.id, "event_id": event.id} | fields
    owed = await house.write(_owe, house, resident.chat_id, values)
    (letter,) = await house.read(word, [owed], house.bot.services.premises, house.now())
    return letter


def _owe(writer: Writer, house: House, chat_id: int, values: dict[str, object]) -> Notice:
    usual = {"kind": "announcement", "lane": 3, "not_before": house.now() + HOUR}
    return notice(writer, "k", chat_id, **(usual | values))


async def test_announcement_is_worded_with_what_its_card_depends_on(house: House) -> None:
    letter = await lettered(house)

    assert letter.view is not None
    assert "Espace Linné" in letter.view.text
    assert letter.state is not None


async def test_message_that_is_too_late_expires(house: House) -> None:
    letter = await lettered(house, expires_at=house.now())

    assert (letter.view, letter.ends) == (None, OutboxState.EXPIRED)


async def test_f51_message_to_somebody_erased_is_withdrawn(house: House) -> None:
    letter = await lettered(house, resident_id=ResidentId(999))

    assert (letter.view, letter.ends) == (None, OutboxState.CANCELLED)


@pytest.mark.parametrize(
    ("lane", "is_paused", "ends"),
    [(3, True, OutboxState.SKIPPED), (2, True, OutboxState.SKIPPED), (1, True, None)],
)
async def test_pause_keeps_back_what_is_not_about_ones_own_seats(
    house: House, lane: int, *, is_paused: bool, ends: OutboxState | None
) -> None:
    letter = await lettered(house, lane=lane)
    resident_id = letter.notice.resident_id
    assert resident_id is not None
    if is_paused:
        await house.write(rules.pause, resident_id=resident_id, now=house.now())

    (again,) = await house.read(word, [letter.notice], house.bot.services.premises, house.now())

    assert (again.ends if again.view is None else None) is ends


async def test_f28_message_to_somebody_out_of_reach_is_skipped(house: House) -> None:
    letter = await lettered(house)
    assert letter.notice.resident_id is not None
    await house.write(residents.set_unreachable, letter.notice.resident_id, house.now())

    (again,) = await house.read(word, [letter.notice], house.bot.services.premises, house.now())

    assert (again.view, again.ends) == (None, OutboxState.SKIPPED)
