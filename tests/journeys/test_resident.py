"""A resident, from the poster to a seat, in French and in English, and what a lost person gets."""

import pytest

from sandbox import Person
from storage import commissions, residents, rsvps
from storage.links import Purpose
from storage.rsvps import Seats
from tests.handlers.making import a_commission, an_event
from tests.house import House
from tests.journeys.telling import TITLE, Tale

LOST = "Je ne sais pas faire cela."
PHONE = "☎️ Une question ? Appelez le 03 20 00 00 00."
THREE = ["📅 Agenda", "🙋 Mes inscriptions", "🏠"]
MENU = [["📅 Agenda", "🙋 Mes inscriptions"], ["🌍 Langue", "☎️ Aide"]]


async def joined(house: House, person: Person) -> list[str]:
    """Name the commissions that a person is in."""
    resident = await house.read(residents.find_speaking, person.id)
    assert resident is not None
    return [one.name for one in await house.read(commissions.of_resident, resident.id)]


async def test_resident_goes_from_the_poster_to_a_seat_for_three(house: House) -> None:
    event, tale = await an_event(house, childcare=True), Tale(house)
    code = await house.link(Purpose.EVENT, event.id)
    samira = house.room.person("Samira", language_code="fr")
    tale.sent()

    samira.start(code)
    asked = await samira.sees("🌍 Votre langue ? · Your language?")
    assert [len(row) for row in asked.rows] == [2]
    await tale.tap(samira, "Français")
    assert asked.text.splitlines() == [
        "👋 Bonjour. Je suis le robot des habitants de Roubaix.",
        "Je vous dis les rendez-vous du quartier. C'est gratuit.",
        "🔒 Je garde : votre prénom, votre langue, vos inscriptions.",
        "Je ne garde pas votre numéro. Vous pouvez tout effacer.",
    ]
    assert asked.labels == ["✅ D'accord", "❌ Non merci", "🔒 En savoir plus"]
    assert await house.read(residents.find_speaking, samira.id) is None
    await tale.tap(samira, "✅ D'accord")
    assert (asked.text, asked.labels) == ("Votre prénom ?", ["Samira", "✏️ Un autre"])
    await tale.tap(samira, "Samira")
    assert asked.text.splitlines() == [
        f"🏘 {TITLE}",
        "📅 Samedi 5 décembre  🕑 14 h à 16 h",
        "📍 Espace Linné",
        "👶 Garde d'enfants : oui   🪑 Reste 12 places",
    ]
    assert samira.reply_keyboard == MENU

    await tale.tap(samira, "✅ Je viens")
    first = "✅ C'est noté, Samira. Vous avez 1 place. Vous venez avec quelqu'un ?"
    assert asked.text.splitlines()[0] == first
    assert asked.labels == ["Non, moi", "+1", "+2", "+3", "＋", "↩️ Annuler", "🏠"]
    await tale.tap(samira, "+2")
    assert asked.text.splitlines()[0] == "✅ 3 places : vous + 2 personnes."
    assert "📅 Samedi 5 décembre, 🕑 14 h" in asked.text
    assert asked.text.endswith("🔔 Je vous le rappelle.")
    assert asked.labels[:2] == ["✏️ Changer", "❌ Je ne viens plus"]
    assert asked.labels[2:] == ["🗓 Calendrier", "📍 Chemin", "🏠"]

    assert tale.taps["Samira"] == 5
    assert tale.sent() == {"Samira": 2}
    assert await house.read(rsvps.seats, event.id, now=house.now()) == Seats(3, 0, 0)


async def test_visitor_who_reads_english_is_led_in_english_to_a_group(house: House) -> None:
    parents, tale = await a_commission(house, "Parents"), Tale(house)
    code = await house.link(Purpose.COMMISSION, parents.id)
    john = house.room.person("John", language_code="en")
    tale.sent()

    john.start(code)
    await john.sees("Your language?")
    await tale.tap_all(john, "English", "✅ I agree", "John")

    opened = john.find("✅ You are in Parents.")
    assert opened.labels == ["↩️ Back", "🏠"]
    assert await joined(house, john) == ["Parents"]
    await tale.tap(john, "↩️ Back")
    await tale.tap(john, "Parents")
    await tale.tap(john, "✅ Done")
    assert opened.text == "You are in no group."
    assert await joined(house, john) == []
    assert tale.sent() == {"John": 2}


async def test_each_key_of_the_permanent_keyboard_opens_its_screen(house: House) -> None:
    tale = Tale(house)
    (samira,) = await tale.gather("Samira")
    tale.sent()

    seen = []
    for key in [key for row in MENU for key in row]:
        await tale.say(samira, key)
        seen.append(samira.newest.text.splitlines()[0])

    assert seen == [
        "📅 Pas de rendez-vous pour le moment.",
        "🙋 Vous n'avez pas d'inscription.",
        "🌍 Votre langue ?",
        PHONE,
    ]
    assert tale.sent() == {"Samira": 4}


async def test_language_is_changed_with_the_keyboard_and_back(house: House) -> None:
    tale = Tale(house)
    (samira,) = await tale.gather("Samira")
    await tale.say(samira, "/langue")
    tale.sent()

    told = await tale.tap(samira, "English")
    english = samira.reply_keyboard
    await tale.say(samira, "🌍 Language")
    await tale.tap(samira, "Français")

    assert told.text == "✅ I write to you in English."
    assert english == [["📅 Agenda", "🙋 My sign-ups"], ["🌍 Language", "☎️ Help"]]
    assert samira.reply_keyboard == MENU
    assert tale.sent() == {"Samira": 3}


async def test_what_is_not_understood_gets_three_buttons_and_the_telephone(house: House) -> None:
    tale = Tale(house)
    (samira,) = await tale.gather("Samira")
    tale.sent()

    await tale.say(samira, "Où est le chat de ma voisine ?")
    await tale.say(samira, "/nimporte")
    await tale.say(samira, "é" * 4_000 + "\u202e\x00")
    for send in (samira.send_voice, samira.send_photo):
        send(b"\x00")
        await house.rest()

    answers = samira.received[-5:]
    assert {one.text for one in answers} == {f"{LOST}\n{PHONE}"}
    assert all(one.labels == THREE for one in answers)
    assert tale.sent() == {"Samira": 5}


async def test_stop_and_resume_are_one_word_and_one_tap(house: House) -> None:
    event, tale = await an_event(house), Tale(house)
    (samira,) = await tale.gather("Samira")
    tale.sent()

    await tale.say(samira, "Stop !")
    paused = samira.newest
    lines = paused.text.splitlines()
    labels = paused.labels
    told = await tale.tap(samira, "🔔 Reprendre")

    assert lines[0] == "⏸ Je ne vous écris plus."
    assert labels == ["🔔 Reprendre", "🔒 Mes données", "🏠"]
    assert told.text == "🔔 Je vous écris à nouveau."
    assert tale.sent() == {"Samira": 1}
    assert event.id == 1


async def test_question_that_is_walked_away_from_takes_no_later_text(house: House) -> None:
    tale = Tale(house)
    (samira,) = await tale.gather("Samira")
    await tale.say(samira, "/donnees")
    await tale.tap(samira, "✏️ Prénom")
    assert samira.find("✏️ Écrivez votre prénom.").labels == ["↩️ Retour"]

    await tale.say(samira, "📅 Agenda")
    await tale.say(samira, "Je viens avec mon fils")

    kept = await house.read(residents.find_speaking, samira.id)
    assert kept is not None
    assert kept.first_name == "Samira"
    assert samira.newest.text.startswith(LOST)


@pytest.mark.parametrize("way_out", ["/agenda", "🙋 Mes inscriptions", "/aide"])
async def test_newcomer_who_looks_around_first_is_still_asked_their_name(
    house: House, way_out: str
) -> None:
    tale = Tale(house)
    samira = house.room.person("S@mira77")
    samira.start()
    await samira.sees("🌍")
    await tale.tap_all(samira, "Français", "✅ D'accord", "✏️ Un autre")

    await tale.say(samira, way_out)
    await tale.say(samira, "Samira")

    kept = await house.read(residents.find_speaking, samira.id)
    assert kept is not None
    assert kept.first_name == "Samira"
    assert samira.reply_keyboard == MENU
