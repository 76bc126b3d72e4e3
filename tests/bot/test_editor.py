"""The editor: cards come to show the present truth, whatever stands in the way (K3)."""

from datetime import timedelta

import pytest

from sandbox import Fault, Message, Person, cut, delay, status
from sandbox.faults import Outcome
from storage import cards, events
from storage.cards import Card, CardKind
from storage.events import Event
from storage.ids import ChatId
from storage.outbox import OutboxState
from tests.handlers.making import an_event
from tests.house import House
from tests.journeys.households import come, known, officer, settle
from tests.journeys.sending import (
    announce,
    arrived,
    at_rest,
    ended,
    eventually,
    move,
    owed,
)

EDIT = "editMessageText"
MINUTE = timedelta(minutes=1)


async def shown(house: House) -> tuple[Event, Person, Message]:
    """Give an event, a person who was told of it, and their card."""
    await officer(house)
    event = await an_event(house)
    (samira,) = await settle(house, 1)
    await announce(house, event)
    await ended(house)
    card = await samira.sees("Espace Linné")
    await house.advance(timedelta(seconds=2))
    await house.karim.sees("✅ 2 reçus")
    return event, samira, card


async def card_of(house: House, person: Person) -> list[Card]:
    found: list[Card] = await house.read(cards.of_chat, ChatId(person.id))
    return found


async def fresh(house: House, person: Person) -> None:
    """Wait until a person's cards are up to date, or gone."""

    async def is_so() -> bool:
        return all(card.shown >= card.wanted for card in await card_of(house, person))

    await eventually(house, is_so, "cards up to date")


async def struck(house: House, fault: Fault, number: int) -> None:
    await house.room.until(lambda: fault.struck == number)


def edits(house: House, person: Person) -> int:
    return len(house.room.ledger.calls(EDIT, chat=person.id))


@pytest.mark.parametrize(
    "then",
    [status(502), status(401), status(409), cut(), status(429, retry_after=2)],
    ids=["502", "F34 401", "409", "F24 cut", "F25 429"],
)
async def test_edit_that_fails_for_a_while_is_made_in_the_end(house: House, then: Outcome) -> None:
    event, samira, card = await shown(house)
    fault = house.room.faults.add(Fault(then, method=EDIT, chat=samira.id, times=3))

    await move(house, event, location="Salle 2")
    for number in range(1, 4):
        await struck(house, fault, number)
        await house.room.quiet()
        await house.advance(MINUTE)
    await samira.sees("Salle 2")
    await fresh(house, samira)

    assert "Salle 2" in card.text
    assert edits(house, samira) == 4


async def test_many_changes_while_a_chat_is_silent_make_one_edit_with_the_last_state(
    house: House,
) -> None:
    event, samira, card = await shown(house)
    house.bot.gate.hold(samira.id, house.now() + 10 * MINUTE)
    await house.room.quiet()

    for number in range(2, 7):
        changed = await house.read(events.get, event.id)
        await move(house, changed, location=f"Salle {number}")
    await house.room.quiet()
    during = edits(house, samira)
    await house.advance(11 * MINUTE)
    await samira.sees("Salle 6")
    await fresh(house, samira)

    assert (during, edits(house, samira)) == (0, 1)
    assert "Salle 6" in card.text


async def test_answer_given_while_an_older_edit_is_on_its_way_is_what_the_card_shows(
    house: House,
) -> None:
    event, samira, card = await shown(house)
    late = house.room.faults.add(Fault(delay(0.3), method=EDIT, chat=samira.id, nth=1))
    await house.write(cards.refresh, CardKind.EVENT, event.id)
    await struck(house, late, 1)

    await samira.tap("✅ Je viens", card).answered()
    await samira.sees("✅ 1 place : vous.")
    await fresh(house, samira)
    await house.room.quiet()

    first, second = house.room.ledger.calls(EDIT, chat=samira.id)[:2]
    assert first.done_seconds is not None
    assert second.done_seconds is not None
    assert first.done_seconds > second.done_seconds
    assert "✅ 1 place : vous." in card.text


async def test_f35_edit_refused_for_its_content_goes_once_more_as_plain_text(
    house: House,
) -> None:
    event, samira, card = await shown(house)
    words = "Bad Request: can't parse entities: unsupported start tag"
    house.room.faults.add(Fault(status(400, words), method=EDIT, chat=samira.id, times=1))

    await move(house, event, location="Salle 2")
    await samira.sees("Salle 2")
    await fresh(house, samira)

    assert edits(house, samira) == 2
    assert "<b>" not in card.text
    assert card.labels


async def test_f28_edit_for_a_person_who_blocked_the_bot_marks_them(house: House) -> None:
    event, samira, _ = await shown(house)
    await come(house, event, [samira])
    samira.private.blocked = True
    house.bot.gate.hold(house.karim.id, house.now() + MINUTE)

    await house.write(cards.refresh, cards.CardKind.EVENT, event.id)
    await house.room.until(lambda: edits(house, samira) == 1)
    await at_rest(house)

    assert await card_of(house, samira) == []
    assert (await known(house, samira.id)).unreachable_at is not None


async def test_card_whose_message_is_gone_is_forgotten_and_its_reader_is_not(
    house: House,
) -> None:
    event, samira, _ = await shown(house)
    words = "Bad Request: message to edit not found"
    house.room.faults.add(Fault(status(400, words), method=EDIT, chat=samira.id))

    await move(house, event, location="Salle 2")
    await house.room.until(lambda: edits(house, samira) == 1)
    await at_rest(house)

    assert await card_of(house, samira) == []
    assert (await known(house, samira.id)).unreachable_at is None
    assert await owed(house, "announcement") == {OutboxState.SENT: 2}
    assert arrived(house, "Espace Linné")[samira.id] == 1
