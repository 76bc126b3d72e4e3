"""Events that change while messages about them leave: cards and last words are true (F45, F46)."""

from datetime import timedelta

from sandbox import Fault, cut, delay, hang
from storage import cards
from storage.cards import CardKind
from storage.outbox import OutboxState
from tests.handlers.making import an_event
from tests.house import House
from tests.journeys.households import come, impatient, officer, settle
from tests.journeys.sending import (
    announce,
    at_rest,
    cancel,
    ended,
    linked,
    move,
    owed,
    sends,
)

CANCELLED = "❌ ANNULÉ"


# ------------------------------------------------------------------------------------ F45, F46


async def test_f45_change_while_an_announcement_is_on_its_way_is_shown_on_its_card(
    house: House,
) -> None:
    await officer(house)
    event = await an_event(house)
    (samira,) = await settle(house, 1)
    house.room.faults.add(Fault(delay(0.5), method="sendMessage", chat=samira.id))

    await announce(house, event)
    await house.room.until(lambda: len(sends(house, samira.id)) == 1)
    await move(house, event, location="Salle 2")
    await ended(house)
    card = await samira.sees("Salle 2")

    assert "Espace Linné" in sends(house, samira.id)[0].params["text"]
    assert len(samira.received) == 1
    edits = house.room.ledger.calls("editMessageText", chat=samira.id)
    assert len(edits) == 1
    assert card.id == samira.received[0].id


async def test_f45_unchanged_announcement_is_never_edited(house: House) -> None:
    await officer(house)
    people = await settle(house, 5)
    event = await an_event(house)
    await move(house, event, location="Salle 2")

    await announce(house, event)
    await ended(house)
    await house.room.quiet()

    edited = {call.chat_id for call in house.room.ledger.calls("editMessageText")}
    assert not edited & {person.id for person in people}


async def test_f45_answer_while_the_groups_card_is_on_its_way_is_counted_there(
    house: House,
) -> None:
    await officer(house)
    group = await linked(house, "Groupe")
    event = await an_event(house)
    (samira,) = await settle(house, 1)
    house.room.faults.add(Fault(delay(0.5), method="sendMessage", chat=group.id))

    await announce(house, event)
    await house.room.until(lambda: len(sends(house, group.id)) == 1)
    await come(house, event, [samira])
    await group.sees("🪑 Reste 11 places")

    assert "🪑 Reste 12 places" in sends(house, group.id)[0].params["text"]


async def test_f46_offer_that_waits_for_a_retry_never_follows_the_cancellation(
    house: House,
) -> None:
    event = await an_event(house, capacity=1)
    samira, leila = await settle(house, 2)
    await come(house, event, [samira])
    await come(house, event, [leila])
    house.room.faults.add(Fault(cut(), method="sendMessage", when="after", chat=leila.id, times=1))
    await move(house, event, capacity=2)
    await house.room.until(lambda: len(sends(house, leila.id)) == 1)
    await at_rest(house)
    assert (await owed(house, "offer"))[OutboxState.PENDING] == 1

    await cancel(house, event)
    await house.advance(timedelta(minutes=30))
    await ended(house)

    assert CANCELLED in sends(house, leila.id)[-1].params["text"]
    assert len(sends(house, leila.id)) == 2


async def test_f46_offer_in_flight_at_the_cancellation_is_not_sent_again(
    sqlite_url: str,
) -> None:
    async with impatient(sqlite_url) as house:
        event = await an_event(house, capacity=1)
        samira, leila = await settle(house, 2)
        await come(house, event, [samira])
        await come(house, event, [leila])
        house.room.faults.add(Fault(hang(), method="sendMessage", chat=leila.id, times=1))
        await move(house, event, capacity=2)
        await house.room.until(lambda: len(sends(house, leila.id)) == 1)

        await cancel(house, event)
        await at_rest(house)
        await house.advance(timedelta(minutes=30))
        await ended(house)

        texts = [call.params["text"] for call in sends(house, leila.id)]
        assert [CANCELLED in text for text in texts] == [False, True]
        assert await house.read(cards.of_subject, CardKind.BROADCAST, 1) == []
