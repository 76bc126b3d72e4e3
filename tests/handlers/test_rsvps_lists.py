"""One's own answers, and who comes, over HTTP."""

from datetime import date, time

from handlers import buttons
from sandbox import Message, Person
from storage.rsvps import Answer
from tests.handlers.answering import TITLE, announced, invited
from tests.handlers.making import an_event
from tests.house import House


async def officer(house: House) -> Person:
    await house.welcome(house.karim)
    return house.karim


async def roster_of(house: House) -> Message:
    await house.say(house.karim, "/presences")
    await house.tap(house.karim, "📅 Atelier cuisine")
    return house.karim.newest


async def test_ones_own_answers_are_listed_with_their_state(house: House) -> None:
    first = await an_event(house)
    full = await an_event(house, title="Couture", day=date(2026, 12, 6), capacity=1)
    maybe = await an_event(house, title="Balade", day=date(2026, 12, 7), starts=time(9, 30))
    await house.tap(await invited(house, "Leila", full), "✅ Je viens")
    samira = await invited(house, "Samira", first)
    card = samira.find(TITLE)
    for event, answer in ((first, Answer.YES), (full, Answer.YES), (maybe, Answer.MAYBE)):
        forged = buttons.AnswerEvent(event.id, answer, event.version)
        await samira.tap_data(forged.pack(), card).answered()
    await house.room.quiet()

    await house.say(samira, "🙋 Mes inscriptions")

    assert samira.newest.text.splitlines() == [
        "🙋 Mes inscriptions",
        "✅ 1 place · 📅 Samedi 5 décembre, 🕑 14 h · Atelier cuisine",
        "⏳ En attente · 📅 Dimanche 6 décembre, 🕑 14 h · Couture",
        "🤔 Peut-être · 📅 Lundi 7 décembre, 🕑 9 h 30 · Balade",
    ]
    assert samira.newest.labels == ["✅ Atelier cuisine", "⏳ Couture", "🤔 Balade", "🏠"]
    await house.tap(samira, "⏳ Couture")
    assert samira.newest.text.startswith("⏳ Vous êtes numéro 1.")


async def test_no_answer_leads_to_the_agenda(house: House) -> None:
    samira = await house.join("Samira")

    await house.say(samira, "/inscriptions")

    assert samira.newest.text == "🙋 Vous n'avez pas d'inscription."
    assert samira.newest.labels == ["📅 Agenda", "🏠"]


async def test_roster_counts_answers_and_the_silent(house: House) -> None:
    event = await an_event(house)
    await officer(house)
    people = [await invited(house, name, event) for name in ("Samira", "Leila", "Ali", "Zoé")]
    await announced(house, event)
    await house.karim.sees(TITLE)
    await house.room.quiet()
    await house.tap(people[0], "✅ Je viens")
    await house.tap(people[0], "+2")
    await house.tap(people[1], "❌ Non")
    await house.tap(people[2], "🤔 Peut-être")

    roster = await roster_of(house)

    assert roster.text.splitlines()[-1] == (
        "✅ 1 inscription = 3 places · 🤔 1 · ⏳ 0 · ❌ 1 · 🔕 sans réponse 2"
    )
    assert roster.labels == ["👀 Noms", "🔔 Relancer les 2", "⚙️ Gérer", "🏠"]


async def test_names_are_listed_by_answer_with_a_flag_for_who_cannot_be_reached(
    house: House,
) -> None:
    event = await an_event(house, capacity=3)
    await officer(house)
    samira = await invited(house, "Samira", event)
    await house.tap(samira, "✅ Je viens")
    await house.tap(samira, "+2")
    ali = await invited(house, "<b>Ali", event)
    await house.tap(ali, "✅ Je viens")
    ali.block()
    await house.room.quiet()

    await roster_of(house)
    await house.tap(house.karim, "👀 Noms")

    assert house.karim.newest.text.splitlines() == [
        TITLE,
        "📅 Samedi 5 décembre, 🕑 14 h",
        "⛔ = ne reçoit pas mes messages",
        "",
        "✅ Viennent : 3 places",
        "Samira (3)",
        "",
        "⏳ Liste d'attente : 1",
        "<b>Ali (1) ⛔",
    ]


async def test_names_are_for_officers_only_f59(house: House) -> None:
    event = await an_event(house)
    samira = await invited(house, "Samira", event)
    card = samira.find(TITLE)

    for forged in (buttons.OpenNames(event.id), buttons.OpenRoster(event.id)):
        await samira.tap_data(forged.pack(), card).answered()
    await house.say(samira, "/presences")

    assert not [one for one in samira.received if "inscription =" in one.text]
    assert samira.newest.text.startswith("Je ne sais pas faire cela.")


async def test_choice_without_events_leads_to_a_new_one(house: House) -> None:
    karim = await officer(house)

    await house.say(karim, "/presences")

    assert karim.newest.text == "Il n'y a pas de rendez-vous dans l'agenda."
    assert karim.newest.labels == ["🆕 Un rendez-vous", "🏠"]


async def test_choice_of_many_events_shows_the_soonest(house: House) -> None:
    karim = await officer(house)
    for day in range(1, 9):
        await an_event(house, title=f"Atelier {day}", day=date(2026, 12, day))

    await house.say(karim, "/diffuser")

    assert len(karim.newest.text.splitlines()) == 8
    assert karim.newest.text.endswith("… et 2 autres dans l'agenda")
    assert karim.newest.labels == [f"📅 Atelier {day}" for day in range(1, 7)] + ["🏠"]
