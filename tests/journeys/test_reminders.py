"""Reminders: each once, in the person's language, never at night, to those who may come (R6)."""

from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

import pytest

from sandbox import Message, Person
from storage.links import Purpose
from tests.handlers.answering import TITLE, invited
from tests.handlers.making import an_event
from tests.house import House
from tests.journeys.telling import Tale

PARIS = ZoneInfo("Europe/Paris")
NEXT_SATURDAY = date(2026, 12, 12)
WEEK_BEFORE = datetime(2026, 12, 5, 18, 0, 5, tzinfo=PARIS)
EVE = datetime(2026, 12, 11, 18, 0, 5, tzinfo=PARIS)
TWO_HOURS = datetime(2026, 12, 12, 12, 0, 5, tzinfo=PARIS)
NIGHT = datetime(2026, 12, 12, 7, 55, tzinfo=PARIS)
NOON = datetime(2026, 12, 12, 13, 55, tzinfo=PARIS)


def reminders(person: Person) -> list[Message]:
    """List the reminders that a person was sent."""
    return [one for one in person.received if one.text.startswith("🔔")]


async def test_three_reminders_reach_yes_and_maybe_once_each_in_their_language(
    house: House,
) -> None:
    event = await an_event(house, day=NEXT_SATURDAY)
    samira = await invited(house, "Samira", event)
    john = await invited(house, "John", event, language="English")
    ana, zoe = [await invited(house, name, event) for name in ("Ana", "Zoé")]
    tale = Tale(house)
    await tale.tap_all(samira, "✅ Je viens", "+1")
    await tale.tap(john, "🤔 Maybe")
    await tale.tap(ana, "❌ Non")
    tale.sent()

    counts = []
    for instant in (WEEK_BEFORE, EVE, NIGHT, TWO_HOURS, NOON):
        await tale.move_to(instant.astimezone(UTC))
        counts.append(tale.sent())

    both = {"Samira": 1, "John": 1}
    assert counts == [both, both, {}, both, {}]
    assert [one.text.splitlines()[0] for one in reminders(samira)] == [
        f"🔔 Dans 7 jours : 🏘 {TITLE}",
        f"🔔 Demain : 🏘 {TITLE}",
        f"🔔 Dans 2 heures : 🏘 {TITLE}",
    ]
    assert [one.silent for one in reminders(samira)] == [True, False, False]
    assert reminders(samira)[-1].text.splitlines()[-1] == "✅ 2 places : vous + 1 personne."
    assert reminders(samira)[-1].labels == ["✅ Oui", "❌ Je ne peux plus", "📍 Chemin"]
    assert [one.text.splitlines()[-1] for one in reminders(john)] == [
        "🤔 You said: maybe. Are you coming?"
    ] * 3
    assert not reminders(ana)
    assert not reminders(zoe)
    assert await tale.has_ended_well()


async def test_morning_event_is_told_the_evening_before_and_never_at_night(house: House) -> None:
    event = await an_event(house, day=NEXT_SATURDAY, starts=time(9), ends=time(11))
    samira, tale = await invited(house, "Samira", event), Tale(house)
    await tale.tap(samira, "✅ Je viens")
    await tale.move_to(WEEK_BEFORE.astimezone(UTC))
    tale.sent()

    await tale.move_to(EVE.astimezone(UTC))
    assert tale.sent() == {"Samira": 1}
    for hour in (20, 23):
        await tale.move_to(EVE.replace(hour=hour).astimezone(UTC))
    for hour in (7, 8):
        await tale.move_to(NIGHT.replace(hour=hour, minute=1).astimezone(UTC))

    assert tale.sent() == {}
    assert len(reminders(samira)) == 2


async def test_two_events_of_a_day_make_one_reminder_in_the_evening(house: House) -> None:
    cooking = await an_event(house, day=NEXT_SATURDAY)
    walk = await an_event(house, title="Balade", day=NEXT_SATURDAY, starts=time(17), ends=time(18))
    samira, tale = await invited(house, "Samira", cooking), Tale(house)
    await tale.tap(samira, "✅ Je viens")
    await tale.say(samira, f"/start {await house.link(Purpose.EVENT, walk.id)}")
    await tale.tap(samira, "✅ Je viens")
    tale.sent()

    await tale.move_to(EVE.astimezone(UTC))

    (told,) = reminders(samira)[-1:]
    assert tale.sent() == {"Samira": 1}
    assert told.text.splitlines() == [
        "🔔 Vos rendez-vous :",
        f"Demain · 📅 Samedi 12 décembre, 🕑 14 h · {TITLE}",
        "Demain · 📅 Samedi 12 décembre, 🕑 17 h · Balade",
    ]
    assert told.labels == [f"📅 {TITLE}", "📅 Balade", "🏠"]


@pytest.mark.parametrize("leaves", ["stop", "❌ Je ne viens plus", "block"])
async def test_who_leaves_is_not_reminded(house: House, leaves: str) -> None:
    event = await an_event(house, day=NEXT_SATURDAY)
    samira, tale = await invited(house, "Samira", event), Tale(house)
    await tale.tap_all(samira, "✅ Je viens", "Non, moi")
    if leaves == "stop":
        await tale.say(samira, "stop")
    elif leaves == "block":
        samira.block()
        await house.rest()
    else:
        await tale.tap(samira, leaves)
    tale.sent()

    for instant in (WEEK_BEFORE, EVE, TWO_HOURS):
        await tale.move_to(instant.astimezone(UTC))

    assert tale.sent() == {}
    assert not reminders(samira)


async def test_reminder_answered_no_gives_the_seat_back_and_may_be_undone(house: House) -> None:
    event = await an_event(house, day=NEXT_SATURDAY)
    samira, tale = await invited(house, "Samira", event), Tale(house)
    await tale.tap(samira, "✅ Je viens")
    await tale.move_to(EVE.astimezone(UTC))
    tale.sent()

    told = reminders(samira)[-1]
    await tale.tap(samira, "❌ Je ne peux plus", told)
    lines, labels = told.text.splitlines(), told.labels
    await tale.tap(samira, "↩️ Annuler", told)

    assert lines[0] == "Merci de me le dire. Votre place va à une autre personne."
    assert labels == ["↩️ Annuler", "🏠"]
    assert told.text.startswith("✅ C'est noté, Samira. Vous avez 1 place.")
    assert tale.sent() == {}
