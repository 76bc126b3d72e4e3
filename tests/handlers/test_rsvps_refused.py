"""Old buttons, closed events and forged taps, over HTTP: nothing is kept, the truth is shown."""

from datetime import date, datetime

from community import changes
from handlers import buttons
from storage import events
from storage.database import Writer
from storage.events import Event
from storage.ids import EventId, ResidentId
from storage.rsvps import Seats
from tests.handlers.answering import TITLE, change, invited, kept, seats
from tests.handlers.making import an_event
from tests.house import House


async def test_button_older_than_the_event_registers_nothing_f40(house: House) -> None:
    event = await an_event(house)
    samira = await invited(house, "Samira", event)
    old = samira.holding("✅ Je viens").key("✅ Je viens")
    assert old is not None
    await change(house, event, day=date(2026, 12, 6))

    told = await samira.tap_data(old.callback_data or "", samira.find(TITLE)).answered()
    await house.room.quiet()

    assert (told.text, told.show_alert) == ("Le rendez-vous a changé. Regardez.", False)
    assert await kept(house, samira, event) is None
    assert "📅 Dimanche 6 décembre" in samira.find(TITLE).text
    await house.tap(samira, "✅ Je viens")
    assert await seats(house, event) == Seats(1, 0, 0)


async def test_tap_on_a_deleted_message_answers_in_a_new_one_f40(house: House) -> None:
    event = await an_event(house)
    samira = await invited(house, "Samira", event)
    card = samira.find(TITLE)
    samira.delete(card)

    await house.tap(samira, "✅ Je viens", card)

    assert "C'est noté, Samira" in samira.find(TITLE).text
    assert samira.find(TITLE) is not card


async def test_cancelled_event_takes_no_answer_and_says_so_f40(house: House) -> None:
    event = await an_event(house)
    samira = await invited(house, "Samira", event)
    card = samira.find(TITLE)
    old = card.key("✅ Je viens")
    assert old is not None
    await house.write(changes.cancel, event_id=event.id, now=house.now())

    told = await samira.tap_data(old.callback_data or "", card).answered()
    await house.room.quiet()

    assert (told.text, told.show_alert) == ("Ce rendez-vous est annulé.", True)
    assert card.text.startswith("❌ ANNULÉ")
    assert card.labels == ["📅 Agenda", "🏠"]
    assert await kept(house, samira, event) is None


async def test_started_event_tells_what_was_noted_without_answering_buttons(house: House) -> None:
    event = await an_event(house)
    samira = await invited(house, "Samira", event)
    await house.tap(samira, "✅ Je viens")
    await house.move_to(datetime.fromisoformat("2026-12-05T13:00:00+00:00"))

    told = await house.tap(samira, "+1")

    assert (told.text, told.show_alert) == ("Trop tard : le rendez-vous a commencé.", True)
    card = samira.find("🕑 Le rendez-vous a commencé.")
    assert card.text.splitlines()[1] == "✅ 1 place : vous."
    assert card.labels == ["📍 Chemin", "🏠", "📅 Agenda"]


async def test_guests_of_somebody_who_does_not_come_are_refused(house: House) -> None:
    event = await an_event(house)
    samira = await invited(house, "Samira", event)

    forged = buttons.SetGuests(event.id, 2).pack()
    told = await samira.tap_data(forged, samira.find(TITLE)).answered()

    assert told.text == "Dites d'abord si vous venez."
    assert await kept(house, samira, event) is None


async def test_event_that_is_not_there_or_a_draft_is_gone(house: House) -> None:
    event = await an_event(house)
    samira = await invited(house, "Samira", event)
    draft = await house.write(_draft, house.now())

    for event_id in (EventId(999), draft.id):
        forged = buttons.OpenEvent(event_id).pack()
        told = await samira.tap_data(forged, samira.find(TITLE)).answered()
        assert (told.text, told.show_alert) == ("Cela n'existe plus.", True)


def _draft(writer: Writer, now: datetime) -> Event:
    return events.add_draft(writer, organizer_id=ResidentId(1), now=now, cause=None)
