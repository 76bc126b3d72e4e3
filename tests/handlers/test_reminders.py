"""Reminders, over HTTP: to those who come or may come, in their language, with two answers."""

from datetime import UTC, date, datetime, time, timedelta

from community import changes, rsvps
from storage.ids import UpdateId
from storage.links import Purpose
from storage.rsvps import Answer, Seats
from tests.handlers.answering import TITLE, change, invited, resident_of, seats
from tests.handlers.making import an_event
from tests.house import House

EVE = datetime(2026, 12, 4, 17, 0, tzinfo=UTC)
"""18:00 in Roubaix, the day before."""
TWO_HOURS_BEFORE = datetime(2026, 12, 5, 11, 0, tzinfo=UTC)


async def test_reminder_of_the_eve_says_tomorrow_and_the_seats(house: House) -> None:
    event = await an_event(house)
    samira = await invited(house, "Samira", event)
    await house.tap(samira, "✅ Je viens")
    await house.tap(samira, "+2")

    await house.move_to(EVE)

    reminder = await samira.sees("🔔 Demain :")
    assert reminder.text.splitlines() == [
        f"🔔 Demain : 🏘 {TITLE}",
        "📅 Samedi 5 décembre  🕑 14 h à 16 h",
        "📍 Espace Linné",
        "✅ 3 places : vous + 2 personnes.",
    ]
    assert reminder.labels == ["✅ Oui", "❌ Je ne peux plus", "📍 Chemin"]


async def test_reminder_two_hours_before_says_so_in_the_readers_language(house: House) -> None:
    event = await an_event(house)
    john = await invited(house, "John", event, language="English")
    await house.tap(john, "🤔 Maybe")

    await house.move_to(TWO_HOURS_BEFORE)

    reminder = await john.sees("🔔 In 2 hours:")
    assert "🤔 You said: maybe. Are you coming?" in reminder.text


async def test_yes_to_a_reminder_keeps_what_is_noted(house: House) -> None:
    event = await an_event(house)
    samira = await invited(house, "Samira", event)
    await house.tap(samira, "✅ Je viens")
    await house.move_to(EVE)
    reminder = await samira.sees("🔔 Demain :")

    told = await house.tap(samira, "✅ Oui", reminder)

    assert told.text == "✅ C'est déjà noté."
    assert reminder.text.startswith("✅ 1 place : vous.")


async def test_no_to_a_reminder_gives_the_seat_up_and_may_be_undone(house: House) -> None:
    event = await an_event(house)
    samira = await invited(house, "Samira", event)
    await house.tap(samira, "✅ Je viens")
    await house.move_to(EVE)
    reminder = await samira.sees("🔔 Demain :")

    await house.tap(samira, "❌ Je ne peux plus", reminder)
    held = await seats(house, event)
    await house.tap(samira, "↩️ Annuler", reminder)

    assert held == Seats(0, 0, 1)
    assert await seats(house, event) == Seats(1, 0, 0)


async def test_reminder_goes_to_nobody_who_does_not_come_or_only_waits(house: House) -> None:
    event = await an_event(house, capacity=1)
    people = [await invited(house, name, event) for name in ("Samira", "Leila", "Ali")]
    await house.tap(people[0], "✅ Je viens")
    await house.tap(people[1], "✅ Je viens")
    await house.tap(people[2], "❌ Non")

    await house.move_to(EVE)
    await people[0].sees("🔔 Demain :")
    await house.room.quiet()

    for person in people[1:]:
        assert not [one for one in person.received if "🔔 Demain" in one.text]


async def test_reminder_owed_is_not_sent_once_the_person_no_longer_comes(house: House) -> None:
    event = await an_event(house)
    samira = await invited(house, "Samira", event)
    leila = await invited(house, "Leila", event)
    await house.tap(samira, "✅ Je viens")
    await house.tap(leila, "✅ Je viens")
    until = EVE + timedelta(minutes=30)
    house.bot.gate.hold(samira.id, until)

    await house.move_to(EVE)
    await leila.sees("🔔 Demain :")
    await house.write(
        rsvps.answer,
        event_id=event.id,
        resident_id=(await resident_of(house, samira)).id,
        answer=Answer.NO,
        now=house.now(),
        cause=UpdateId(30_000_000_000),
    )
    await house.move_to(until + timedelta(minutes=1))
    await house.room.quiet()

    assert not [one for one in samira.received if "🔔 Demain" in one.text]


async def test_two_events_of_one_day_make_one_reminder(house: House) -> None:
    cooking = await an_event(house)
    walk = await an_event(house, title="Balade", starts=time(17), ends=time(18))
    samira = await invited(house, "Samira", cooking)
    await house.tap(samira, "✅ Je viens")
    await house.say(samira, f"/start {await house.link(Purpose.EVENT, walk.id)}")
    await house.tap(samira, "🤔 Peut-être")

    await house.move_to(EVE)

    reminder = await samira.sees("🔔 Vos rendez-vous :")
    assert reminder.text.splitlines()[1:] == [
        f"Demain · 📅 Samedi 5 décembre, 🕑 14 h · {TITLE}",
        "Demain · 📅 Samedi 5 décembre, 🕑 17 h · Balade",
    ]
    assert reminder.labels == [f"📅 {TITLE}", "📅 Balade", "🏠"]
    await house.tap(samira, f"📅 {TITLE}", reminder)
    assert reminder.text.startswith("✅ 1 place : vous.")


async def test_reminder_tells_the_event_as_it_now_is(house: House) -> None:
    event = await an_event(house)
    samira = await invited(house, "Samira", event)
    await house.tap(samira, "✅ Je viens")
    moved = await change(house, event, day=date(2026, 12, 6), location="Maison du projet")

    await house.move_to(EVE + timedelta(days=1))

    reminder = await samira.sees("🔔 Demain :")
    assert "📅 Dimanche 6 décembre" in reminder.text
    assert "📍 Maison du projet" in reminder.text
    assert moved.version == 2


async def test_cancelled_event_reminds_nobody(house: House) -> None:
    event = await an_event(house)
    samira = await invited(house, "Samira", event)
    await house.tap(samira, "✅ Je viens")
    await house.write(changes.cancel, event_id=event.id, now=house.now())

    await house.move_to(EVE)
    await house.room.quiet()

    assert not [one for one in samira.received if "🔔 Demain" in one.text]
