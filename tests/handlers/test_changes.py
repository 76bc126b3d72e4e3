"""Creating, moving and cancelling events, and what people concerned are told, over HTTP."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import pytest

from community import team
from handlers.buttons import CancelNow, ConfirmChange, KeepEvent, ManageEvent
from sandbox import Message, Person
from storage import events as event_rows
from storage import outbox, prompts, reminders, residents
from storage.database import Writer
from storage.events import Event, EventStatus
from storage.ids import ChatId, EventId
from storage.outbox import OutboxState
from tests.handlers.making import a_commission, an_event
from tests.house import House

HOLD = timedelta(seconds=61)
SENTENCE = "Atelier cuisine samedi 14h espace Linné 12 places garde"


async def managing(house: House, event: Event) -> Message:
    """Have Karim, who is known, open an event's settings; gives what he sees."""
    await house.say(house.karim, "/agenda")
    await house.tap(house.karim, "📅 Atelier cuisine")
    await house.karim.tap_data(ManageEvent(event.id).pack()).answered()
    await house.rest()
    return house.karim.newest


async def coming(house: House, name: str = "Samira") -> Person:
    """Give a resident who comes to Saturday's event."""
    person = await house.join(name)
    await house.say(person, "/agenda")
    await house.tap(person, "📅 Atelier cuisine")
    await house.tap(person, "✅")
    return person


async def previewing(house: House, event: Event, pictogram: str, answer: str) -> str:
    """Have Karim change a field up to the preview; gives what he reads."""
    await managing(house, event)
    await house.tap(house.karim, "✏️ Changer")
    await house.tap(house.karim, pictogram)
    await house.say(house.karim, answer)
    return house.karim.newest.text


async def cancelling(house: House, event: Event, reason: str | None = None) -> str:
    """Have Karim cancel an event up to the moment to take it back; gives what he reads."""
    await managing(house, event)
    await house.tap(house.karim, "❌ Annuler")
    if reason is None:
        await house.tap(house.karim, "❌ Sans raison")
    else:
        await house.say(house.karim, reason)
    await house.tap(house.karim, "❌ Annuler et dire")
    return house.karim.newest.text


async def now_is(house: House, event: Event) -> Event:
    return await house.read(event_rows.get, event.id)


def _appoint(writer: Writer, telegram_id: int, now: datetime) -> None:
    """Make somebody who is known an officer."""
    resident = residents.find_speaking(writer, telegram_id)
    assert resident is not None
    team.appoint(writer, resident_id=resident.id, appointed_by=None, now=now)


@pytest.fixture
async def event(house: House) -> Event:
    """Give an event of the agenda, with Karim known."""
    await house.welcome(house.karim)
    return await an_event(house)


async def test_create_puts_the_draft_into_the_agenda_and_tells_nobody(house: House) -> None:
    samira = await house.join("Samira")
    await house.welcome(house.karim)
    await house.say(house.karim, SENTENCE)
    before = len(samira.received)

    await house.tap(house.karim, "✅ Créer")

    assert house.karim.newest.text.startswith("✅ Créé, personne n'est prévenu.")
    assert house.karim.newest.labels == ["📣 Annoncer", "🔗 Lien", "⚙️ Gérer", "🏠"]
    created = await house.read(event_rows.get, EventId(1))
    assert created.status is EventStatus.SCHEDULED
    assert len(await house.read(reminders.of_event, created.id)) == 2
    assert len(samira.received) == before
    assert await house.read(outbox.all_) == []


async def test_create_of_a_draft_that_lacks_something_says_what(house: House) -> None:
    await house.welcome(house.karim)
    await house.say(house.karim, "Atelier cuisine samedi 14h")
    await house.tap(house.karim, "↩️")

    answer = await house.tap(house.karim, "✅ Créer")

    assert answer.text == "Il manque le lieu. Touchez 📍."
    assert (await house.read(event_rows.get, EventId(1))).status is EventStatus.DRAFT


async def test_overview_counts_who_comes(house: House, event: Event) -> None:
    await coming(house)

    screen = await managing(house, event)

    assert screen.text.splitlines() == [
        "🏘 Atelier cuisine",
        "📅 Samedi 5 décembre  🕑 14 h à 16 h",
        "📍 Espace Linné",
        "🪑 Reste 11 places",
        "✅ 1 · 🤔 0 · ⏳ 0 · ❌ 0",
    ]


async def test_change_is_previewed_with_how_many_hear_of_it(house: House, event: Event) -> None:
    await coming(house)

    text = await previewing(house, event, "📅", "dimanche")

    assert text.splitlines() == [
        "📅 Samedi 5 décembre → 📅 Dimanche 6 décembre",
        "1 personne sera prévenue.",
    ]
    assert await now_is(house, event) == event


async def test_change_confirmed_tells_those_concerned_after_the_hold(
    house: House, event: Event
) -> None:
    samira = await coming(house)
    await previewing(house, event, "📅", "dimanche")

    await house.tap(house.karim, "✅ Changer et dire")
    held = samira.find("").text
    await house.advance(HOLD)

    told = await samira.sees("🔔 Ce rendez-vous a changé. Nouveau jour.")
    assert "📅 DIMANCHE 6 DÉCEMBRE 2026 · 🕑 14 h à 16 h" in told.text
    assert "✅ 1 place : vous." in told.text
    assert told.labels[:2] == ["✅ Je viens", "❌ Je ne peux plus"]
    assert "changé" not in held
    assert (await now_is(house, event)).day == date(2026, 12, 6)


async def test_move_replaces_the_reminders(house: House, event: Event) -> None:
    await coming(house)
    await previewing(house, event, "📅", "12/12")

    await house.tap(house.karim, "✅ Changer et dire")

    planned = [reminder.due_at for reminder in await house.read(reminders.of_event, event.id)]
    assert planned[-1] == datetime(2026, 12, 12, 11, tzinfo=UTC)
    assert all(due_at.date() > date(2026, 12, 4) for due_at in planned)


async def test_answer_to_a_move_is_taken_with_its_version(house: House, event: Event) -> None:
    samira = await coming(house)
    await previewing(house, event, "📍", "Salle des fêtes")
    await house.tap(house.karim, "✅ Changer et dire")
    await house.advance(HOLD)
    told = await samira.sees("Nouveau lieu.")

    await house.tap(samira, "❌ Je ne peux plus", told)

    screen = await managing(house, event)
    assert "✅ 0 · 🤔 0 · ⏳ 0 · ❌ 1" in screen.text


async def test_change_that_people_need_not_hear_of_tells_nobody(house: House, event: Event) -> None:
    await coming(house)

    text = await previewing(house, event, "📝", "Atelier couture")
    await house.tap(house.karim, "✅ Changer")

    assert text.endswith("Personne ne sera prévenu.")
    assert (await now_is(house, event)).title == "Atelier couture"
    assert await house.read(outbox.all_) == []


async def test_second_change_within_the_hold_is_told_once(house: House, event: Event) -> None:
    samira = await coming(house)
    await previewing(house, event, "📅", "dimanche")
    await house.tap(house.karim, "✅ Changer et dire")
    await house.karim.tap_data(ManageEvent(event.id).pack()).answered()
    await house.rest()
    await house.tap(house.karim, "✏️ Changer")
    await house.tap(house.karim, "🕑")
    await house.say(house.karim, "10h-12h")
    await house.tap(house.karim, "✅ Changer et dire")

    await house.advance(HOLD)

    told = await samira.sees("🔔 Ce rendez-vous a changé.")
    await house.rest()
    assert "📅 DIMANCHE 6 DÉCEMBRE 2026 · 🕑 10 h à 12 h" in told.text
    assert sum("a changé" in message.text for message in samira.received) == 1


@pytest.mark.parametrize(
    ("pictogram", "label", "changed"),
    [
        ("🪑", "♾ Sans limite", {"capacity": None}),
        ("👶", "✅ Oui", {"childcare": True}),
        ("👥", "👥 Parents", {"commission_id": 1}),
    ],
)
async def test_fields_with_choices_are_changed_by_tapping(
    house: House, event: Event, pictogram: str, label: str, changed: dict[str, Any]
) -> None:
    await a_commission(house, "Parents")
    await managing(house, event)
    await house.tap(house.karim, "✏️ Changer")
    await house.tap(house.karim, pictogram)

    await house.tap(house.karim, label)
    await house.tap(house.karim, "✅ Changer")

    assert await now_is(house, event) == replace(event, version=event.version + 1, **changed)


async def test_change_to_what_is_already_changes_nothing(house: House, event: Event) -> None:
    await previewing(house, event, "🕑", "14h-16h")

    assert "✏️ Changer" in house.karim.newest.labels
    assert (await now_is(house, event)).version == event.version


async def test_f44_capacity_below_the_seats_taken_is_warned_of_and_removes_nobody(
    house: House, event: Event
) -> None:
    await coming(house, "Samira")
    await coming(house, "Inès")

    text = await previewing(house, event, "🪑", "1")
    await house.tap(house.karim, "✅ Changer")

    assert "⚠️ 2 places sont déjà prises. Personne n'est retiré." in text
    assert "✅ 2 ·" in house.karim.newest.text


async def test_f19_move_to_an_hour_that_comes_twice_asks_which(house: House, event: Event) -> None:
    await previewing(house, event, "📅", "31 octobre 2027")
    await house.tap(house.karim, "✅ Changer")
    await house.karim.tap_data(ManageEvent(event.id).pack()).answered()
    await house.rest()
    await house.tap(house.karim, "✏️ Changer")
    await house.tap(house.karim, "🕑")
    await house.say(house.karim, "02h30")
    assert "la 1re fois" in house.karim.newest.text

    await house.tap(house.karim, "2️⃣ 2e fois")
    await house.tap(house.karim, "✅ Changer")

    moved = await now_is(house, event)
    assert moved.starts == time(2, 30)
    assert moved.starts_at == datetime(2027, 10, 31, 1, 30, tzinfo=UTC)


async def test_f53_change_that_another_officer_overtook_is_previewed_again(
    house: House, event: Event
) -> None:
    leila = await house.join("Leïla")
    await house.write(_appoint, leila.id, house.now())
    await previewing(house, event, "📍", "Salle des fêtes")
    await leila.tap_data(ManageEvent(event.id).pack(), leila.newest).answered()
    await house.rest()
    await house.tap(leila, "✏️ Changer")
    await house.tap(leila, "🕑")
    await house.say(leila, "10h-12h")
    await house.tap(leila, "✅ Changer")

    await house.tap(house.karim, "✅ Changer")

    assert house.karim.newest.text.splitlines()[:2] == [
        "⚠️ Cela a changé. Regardez à nouveau.",
        "📍 Espace Linné → 📍 Salle des fêtes",
    ]
    assert (await now_is(house, event)).location == "Espace Linné"
    await house.tap(house.karim, "✅ Changer")
    changed = await now_is(house, event)
    assert (changed.location, changed.starts) == ("Salle des fêtes", time(10))


async def test_f42_change_confirmed_twice_is_as_once(house: House, event: Event) -> None:
    await previewing(house, event, "📍", "Salle des fêtes")
    tap = house.karim.tap("✅ Changer")
    await tap.answered()

    await house.karim.tap_again(tap).answered()
    await house.rest()

    assert (await now_is(house, event)).version == event.version + 1
    assert "📍 Salle des fêtes" in house.karim.newest.text


async def test_preview_confirms_itself_and_no_later_one(house: House, event: Event) -> None:
    await previewing(house, event, "📍", "Salle des fêtes")
    first = house.karim.newest
    await previewing(house, event, "📝", "Atelier couture")

    await house.tap(house.karim, "✅ Changer", first)

    assert (await now_is(house, event)) == event


async def test_f57_forged_confirmation_changes_nothing(house: House, event: Event) -> None:
    forged = ConfirmChange(event.id, event.version, 1)

    await house.karim.tap_data(forged.pack()).answered()
    await house.rest()

    assert (await now_is(house, event)) == event


async def test_event_that_has_started_is_not_changed(house: House, event: Event) -> None:
    await house.move_to(datetime(2026, 12, 5, 12, 50, tzinfo=UTC))
    await managing(house, event)
    await house.tap(house.karim, "✏️ Changer")
    await house.tap(house.karim, "📍")
    await house.move_to(datetime(2026, 12, 5, 13, 30, tzinfo=UTC))

    await house.say(house.karim, "Salle des fêtes")

    assert house.karim.newest.text == "Trop tard : le rendez-vous a commencé."
    assert await house.read(prompts.find, ChatId(house.karim.id), now=house.now()) is None


async def test_cancellation_is_previewed_with_its_reason(house: House, event: Event) -> None:
    await coming(house)
    await managing(house, event)
    await house.tap(house.karim, "❌ Annuler")

    await house.say(house.karim, "Il pleut <b>trop</b>")

    assert house.karim.newest.text.splitlines() == [
        "❌ Annuler « Atelier cuisine » ?",
        "📅 Samedi 5 décembre",
        "Raison : Il pleut <b>trop</b>",
        "1 personne sera prévenue.",
    ]
    assert (await now_is(house, event)).cancel_at is None


async def test_cancellation_now_tells_everybody_concerned_why(house: House, event: Event) -> None:
    samira = await coming(house)
    text = await cancelling(house, event, "Il pleut <b>trop</b>")
    assert "⏳ Annulation dans 60 s." in text

    await house.tap(house.karim, "⚡ Maintenant")

    told = await samira.sees("❌ ANNULÉ : Atelier cuisine")
    assert "📅 SAMEDI 5 DÉCEMBRE 2026 · 🕑 14 h à 16 h" in told.text
    assert "Raison : Il pleut <b>trop</b>" in told.text
    assert house.karim.newest.text.endswith("1 personne est prévenue.")


async def test_cancellation_takes_effect_by_itself_after_the_hold(
    house: House, event: Event
) -> None:
    samira = await coming(house)
    await cancelling(house, event)
    assert not any("ANNULÉ" in message.text for message in samira.received)

    await house.advance(HOLD)

    assert "Raison" not in (await samira.sees("❌ ANNULÉ : Atelier cuisine")).text
    await house.karim.sees(lambda message: message.text.startswith("❌ ANNULÉ"))
    assert (await now_is(house, event)).status is EventStatus.CANCELLED


async def test_f46_cancelled_event_has_no_reminder_left(house: House, event: Event) -> None:
    samira = await coming(house)
    await cancelling(house, event)
    await house.tap(house.karim, "⚡ Maintenant")
    await samira.sees("❌ ANNULÉ")

    await house.advance(timedelta(days=6))
    await house.rest()

    about = [message.text for message in samira.received if "Atelier cuisine" in message.text]
    assert about[-1].startswith("❌ ANNULÉ : Atelier cuisine")
    states = [notice.state for notice in await house.read(outbox.all_)]
    assert states == [OutboxState.SENT]


async def test_cancellation_taken_back_tells_nobody(house: House, event: Event) -> None:
    samira = await coming(house)
    await cancelling(house, event)

    await house.tap(house.karim, "↩️ Garder")
    await house.advance(HOLD)
    await house.rest()

    assert (await now_is(house, event)).status is EventStatus.SCHEDULED
    assert not any("ANNULÉ" in message.text for message in samira.received)
    assert "✏️ Changer" in house.karim.newest.labels


async def test_old_now_button_does_not_cancel_an_event_that_was_kept(
    house: House, event: Event
) -> None:
    await cancelling(house, event)
    await house.tap(house.karim, "↩️ Garder")

    await house.karim.tap_data(CancelNow(event.id).pack()).answered()
    await house.rest()

    assert (await now_is(house, event)).status is EventStatus.SCHEDULED


async def test_keeping_a_cancelled_event_is_too_late(house: House, event: Event) -> None:
    await cancelling(house, event)
    await house.tap(house.karim, "⚡ Maintenant")

    answer = await house.karim.tap_data(KeepEvent(event.id).pack()).answered()
    await house.rest()

    assert answer.text == "Ce rendez-vous est annulé."
    assert (await now_is(house, event)).status is EventStatus.CANCELLED


async def test_f42_cancellation_tapped_twice_is_as_once(house: House, event: Event) -> None:
    await managing(house, event)
    await house.tap(house.karim, "❌ Annuler")
    await house.tap(house.karim, "❌ Sans raison")
    tap = house.karim.tap("❌ Annuler et dire")
    await tap.answered()
    decided = (await now_is(house, event)).cancel_at

    await house.advance(timedelta(seconds=30))
    await house.karim.tap_again(tap).answered()
    await house.rest()

    assert decided is not None
    assert (await now_is(house, event)).cancel_at == decided
    assert "⏳ Annulation dans 30 s." in house.karim.newest.text


async def test_reason_that_is_too_long_is_told_and_asked_again(house: House, event: Event) -> None:
    await managing(house, event)
    await house.tap(house.karim, "❌ Annuler")

    await house.say(house.karim, "x" * 500)
    assert house.karim.newest.text.startswith("Cette raison est trop longue.")
    await house.say(house.karim, "Il pleut")

    assert "Raison : Il pleut" in house.karim.newest.text


async def test_old_card_of_a_moved_event_shows_the_present_truth(
    house: House, event: Event
) -> None:
    samira = await coming(house)
    card = samira.newest
    await previewing(house, event, "📅", "dimanche")

    await house.tap(house.karim, "✅ Changer et dire")

    shown = await samira.sees("Dimanche 6 décembre")
    assert shown.id == card.id
