"""Answering an event, over HTTP: one tap registers, and every screen tells the truth."""

from datetime import timedelta

from handlers import buttons
from storage.links import Purpose
from storage.rsvps import Answer, Seats
from tests.handlers.answering import TITLE, invited, kept, seats
from tests.handlers.making import an_event
from tests.house import House


async def test_yes_is_noted_at_once_and_guests_are_asked_in_the_same_message(house: House) -> None:
    event = await an_event(house)
    samira = await invited(house, "Samira", event)
    shown = samira.find(TITLE)
    assert shown.text.splitlines()[1:] == [
        "📅 Samedi 5 décembre  🕑 14 h à 16 h",
        "📍 Espace Linné",
        "🪑 Reste 12 places",
    ]
    assert [[key.label for key in row] for row in shown.rows] == [
        ["✅ Je viens", "❌ Non"],
        ["🤔 Peut-être"],
        ["📍 Chemin", "☎️ Question"],
        ["🏠"],
    ]

    await house.tap(samira, "✅ Je viens")

    assert samira.find(TITLE) is shown
    question = "✅ C'est noté, Samira. Vous avez 1 place. Vous venez avec quelqu'un ?"
    assert shown.text.startswith(question)
    assert shown.labels == ["Non, moi", "+1", "+2", "+3", "＋", "↩️ Annuler", "🏠"]
    assert await seats(house, event) == Seats(1, 0, 0)


async def test_guests_make_a_larger_party_and_a_stable_card(house: House) -> None:
    event = await an_event(house)
    samira = await invited(house, "Samira", event)
    await house.tap(samira, "✅ Je viens")

    await house.tap(samira, "+2")

    card = samira.find(TITLE)
    assert card.text.splitlines() == [
        "✅ 3 places : vous + 2 personnes.",
        TITLE,
        "📅 Samedi 5 décembre, 🕑 14 h",
        "📍 Espace Linné",
        "🔔 Je vous le rappelle.",
    ]
    assert card.labels == [
        "✏️ Changer",
        "❌ Je ne viens plus",
        "🗓 Calendrier",
        "📍 Chemin",
        "🏠",
    ]
    assert await seats(house, event) == Seats(3, 0, 0)


async def test_more_guests_are_one_tap_away(house: House) -> None:
    event = await an_event(house)
    samira = await invited(house, "Samira", event)
    await house.tap(samira, "✅ Je viens")

    await house.tap(samira, "＋")
    labels = samira.find(TITLE).labels
    await house.tap(samira, "+7")

    assert labels == ["Juste moi", *(f"+{number}" for number in range(1, 10)), "↩️ Retour"]
    assert await seats(house, event) == Seats(8, 0, 0)


async def test_guests_that_do_not_fit_are_neither_offered_nor_kept(house: House) -> None:
    event = await an_event(house, capacity=2)
    samira = await invited(house, "Samira", event)
    await house.tap(samira, "✅ Je viens")
    offered = samira.find(TITLE).labels

    forged = buttons.SetGuests(event.id, 4).pack()
    told = await samira.tap_data(forged, samira.find(TITLE)).answered()
    await house.room.quiet()

    assert offered == ["Non, moi", "+1", "↩️ Annuler", "🏠"]
    assert (told.text, told.show_alert) == (
        "😕 Il reste une place pour une personne avec vous.",
        True,
    )
    assert await seats(house, event) == Seats(1, 0, 0)


async def test_undo_of_a_yes_leaves_no_answer(house: House) -> None:
    event = await an_event(house)
    samira = await invited(house, "Samira", event)
    await house.tap(samira, "✅ Je viens")

    await house.tap(samira, "↩️ Annuler")

    assert await kept(house, samira, event) is None
    assert samira.find(TITLE).key("✅ Je viens") is not None


async def test_double_tap_keeps_one_answer_and_the_question_f42(house: House) -> None:
    event = await an_event(house)
    samira = await invited(house, "Samira", event)
    first = samira.tap("✅ Je viens")
    await first.answered()

    told = await samira.tap_again(first).answered()
    await house.room.quiet()

    assert (told.text, told.show_alert) == ("✅ C'est déjà noté.", False)
    rsvp = await kept(house, samira, event)
    assert rsvp is not None
    assert rsvp.sequence == 1
    assert "Vous venez avec quelqu'un ?" in samira.find(TITLE).text


async def test_old_yes_button_shows_what_is_noted(house: House) -> None:
    event = await an_event(house)
    samira = await invited(house, "Samira", event)
    first = samira.tap("✅ Je viens")
    await first.answered()
    await house.tap(samira, "+2")
    await house.advance(timedelta(minutes=1))

    told = await samira.tap_again(first).answered()
    await house.room.quiet()

    assert told.text == "✅ C'est déjà noté."
    assert samira.find(TITLE).text.startswith("✅ 3 places")


async def test_last_seat_goes_to_one_and_the_other_waits_f43(house: House) -> None:
    event = await an_event(house, capacity=1)
    samira = await invited(house, "Samira", event)
    leila = await invited(house, "Leila", event)

    taps = [samira.tap("✅ Je viens"), leila.tap("✅ Je viens")]
    for tap in taps:
        await tap.answered()
    await house.room.quiet()

    texts = sorted(person.find(TITLE).text for person in (samira, leila))
    assert "Vous avez 1 place." in texts[0]
    assert texts[1].splitlines()[:2] == [
        "😕 C'est complet. Voulez-vous attendre ?",
        "⏳ Vous êtes numéro 1. Vous n'avez PAS encore de place.",
    ]
    assert await seats(house, event) == Seats(1, 0, 0)


async def test_who_waits_stays_on_the_list_or_leaves_it(house: House) -> None:
    event = await an_event(house, capacity=1)
    await house.tap(await invited(house, "Samira", event), "✅ Je viens")
    leila = await invited(house, "Leila", event)
    await house.tap(leila, "✅ Je viens")

    await house.tap(leila, "⏳ Oui")
    waiting = leila.find(TITLE).text.splitlines()[0]
    labels = leila.find(TITLE).labels
    await house.tap(leila, "↩️ Quitter la liste")

    assert waiting == "⏳ Vous êtes numéro 1. Vous n'avez PAS encore de place."
    assert labels == ["↩️ Quitter la liste", "✏️ Changer", "📍 Chemin", "🏠"]
    assert await kept(house, leila, event) is None
    assert "🪑 Complet" in leila.find(TITLE).text


async def test_seat_given_up_is_kept_for_an_undo_then_offered(house: House) -> None:
    event = await an_event(house, capacity=1)
    samira = await invited(house, "Samira", event)
    leila = await invited(house, "Leila", event)
    await house.tap(samira, "✅ Je viens")
    await house.tap(leila, "✅ Je viens")
    await house.tap(samira, "🏠")
    await house.tap(samira, "🙋 Mes inscriptions")
    await house.tap(samira, "✅ Atelier cuisine")

    await house.tap(samira, "❌ Je ne viens plus")
    thanks = samira.find(TITLE)
    assert thanks.text.startswith("Merci de me le dire. Votre place va à une autre personne.")
    assert thanks.labels == ["↩️ Annuler", "🏠"]
    await house.advance(timedelta(minutes=11))

    await leila.sees("🎉 Une place pour vous !")
    await house.rest()
    offer = leila.find("🎉 Une place pour vous !")
    assert offer.labels[:2] == ["✅ Je prends", "❌ Non"]
    await house.tap(leila, "✅ Je prends")
    assert "C'est noté, Leila. Vous avez 1 place." in leila.find(TITLE).text
    assert await seats(house, event) == Seats(1, 0, 0)


async def test_every_card_of_a_person_tells_the_answer_given_on_one_of_them(house: House) -> None:
    event = await an_event(house, capacity=2)
    samira = await invited(house, "Samira", event)
    first = samira.find(TITLE)
    await house.say(samira, "/agenda")
    await house.tap(samira, TITLE)
    second = samira.find(TITLE)

    told = []
    for label, on in (("✅ Je viens", first), ("↩️", first), ("❌ Non", second)):
        await house.tap(samira, label, on)
        await house.rest()
        told.append([one.text.splitlines()[0] for one in (first, second)])

    noted = "✅ C'est noté, Samira. Vous avez 1 place. Vous venez avec quelqu'un ?"
    assert first.id != second.id
    assert told == [
        [noted, "✅ 1 place : vous."],
        ["🏘 Atelier cuisine", "🏘 Atelier cuisine"],
        ["❌ C'est noté : vous ne venez pas.", "❌ C'est noté : vous ne venez pas."],
    ]


async def test_older_card_of_who_waited_tells_of_the_offer(house: House) -> None:
    event = await an_event(house, capacity=1)
    samira = await invited(house, "Samira", event)
    leila = await invited(house, "Leila", event)
    await house.tap(samira, "✅ Je viens")
    await house.tap(leila, "✅ Je viens")
    waiting = leila.find(TITLE)
    await house.tap(samira, "↩️")

    offer = await leila.sees("🎉 Une place pour vous !")
    await house.rest()

    assert offer.id != waiting.id
    assert "🎉 Une place pour vous !" in waiting.text


async def test_undo_of_a_no_gives_the_whole_party_its_seats_back(house: House) -> None:
    event = await an_event(house, capacity=3)
    samira = await invited(house, "Samira", event)
    await house.tap(samira, "✅ Je viens")
    await house.tap(samira, "+2")
    await house.tap(samira, "❌ Je ne viens plus")

    await house.tap(samira, "↩️ Annuler")

    assert samira.find(TITLE).text.startswith("✅ 3 places : vous + 2 personnes.")


async def test_no_and_maybe_are_noted(house: House) -> None:
    event = await an_event(house)
    samira = await invited(house, "Samira", event)

    await house.tap(samira, "🤔 Peut-être")
    maybe = samira.find(TITLE).text.splitlines()
    await house.tap(samira, "❌ Non")

    assert maybe[:2] == ["🤔 C'est noté : peut-être.", "Vous n'avez pas de place réservée."]
    assert samira.find(TITLE).text.startswith("❌ C'est noté : vous ne venez pas.")
    rsvp = await kept(house, samira, event)
    assert rsvp is not None
    assert rsvp.answer is Answer.NO


async def test_only_an_officer_may_manage(house: House) -> None:
    event = await an_event(house)
    samira = await invited(house, "Samira", event)
    code = await house.link(Purpose.EVENT, event.id)

    await house.welcome(house.karim, payload=code)

    assert samira.find(TITLE).key("⚙️ Gérer") is None
    assert house.karim.find(TITLE).key("⚙️ Gérer") is not None


async def test_english_reader_answers_in_english(house: House) -> None:
    event = await an_event(house)
    john = await invited(house, "John", event, language="English")

    await house.tap(john, "✅ I am coming")

    assert john.find(TITLE).text.startswith("✅ Noted, John. You have 1 seat.")
