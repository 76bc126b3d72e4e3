"""When it is full: a number, an offer to the next who fits, and never a seat sold twice (R3)."""

from datetime import timedelta

from sandbox import Person
from storage import rsvps
from storage.links import Purpose
from storage.rsvps import Seats
from tests.handlers.answering import change
from tests.handlers.making import an_event
from tests.house import House
from tests.journeys.households import bare_room, come, inhabited, officer, settle
from tests.journeys.telling import TITLE, Tale

HELD = 11
"""Minutes, longer than a seat is kept for who gave it up (R6)."""
OFFER = "🎉 Une place pour vous !"


async def crowd(house: House, *names: str, **fields: object) -> tuple[Tale, list[Person]]:
    """Give a story with Saturday's event of one seat, and people with its card before them."""
    event = await an_event(house, **({"capacity": 1} | fields))
    people = []
    for name in names:
        code = await house.link(Purpose.EVENT, event.id)
        people.append(await house.join(name, payload=code))
    tale = Tale(house)
    tale.sent()
    return tale, people


def offers(person: Person) -> list[str]:
    """List the offers that a person has before them."""
    return [one.text for one in person.received if one.text.startswith(OFFER)]


async def seats(tale: Tale) -> Seats:
    """Count the event's seats."""
    return await tale.house.read(rsvps.seats, (await tale.event()).id, now=tale.house.now())


async def test_who_comes_too_late_is_told_their_number_and_that_it_is_no_seat(
    house: House,
) -> None:
    tale, (samira, ana, yusuf) = await crowd(house, "Samira", "Ana", "Yusuf")
    for person in (samira, ana, yusuf):
        await tale.tap(person, "✅ Je viens")
    card = yusuf.find(TITLE)
    asked, answers = card.text.splitlines(), card.labels
    await tale.tap(yusuf, "⏳ Oui")

    assert asked == [
        "😕 C'est complet. Voulez-vous attendre ?",
        "⏳ Vous êtes numéro 2. Vous n'avez PAS encore de place.",
        f"{TITLE} · 📅 Samedi 5 décembre, 🕑 14 h",
    ]
    assert answers == ["⏳ Oui", "❌ Non"]
    assert card.text.splitlines()[0] == "⏳ Vous êtes numéro 2. Vous n'avez PAS encore de place."
    assert card.labels == ["↩️ Quitter la liste", "✏️ Changer", "📍 Chemin", "🏠"]
    assert await seats(tale) == Seats(1, 0, 0)
    assert tale.sent() == {}

    await tale.tap(ana, "❌ Non")
    await tale.say(yusuf, "/inscriptions")
    await tale.tap(yusuf, f"⏳ {TITLE}")
    assert yusuf.newest.text.startswith("⏳ Vous êtes numéro 1.")


async def test_seat_given_up_is_offered_in_order_after_ten_minutes(house: House) -> None:
    tale, (samira, ana, yusuf) = await crowd(house, "Samira", "Ana", "Yusuf")
    for person in (samira, ana, yusuf):
        await tale.tap(person, "✅ Je viens")
    await tale.say(samira, "/inscriptions")
    await tale.tap_all(samira, f"✅ {TITLE}", "❌ Je ne viens plus")
    thanks = samira.newest
    assert thanks.text.startswith("Merci de me le dire. Votre place va à une autre personne.")
    tale.sent()

    await tale.pass_by(minutes=5)
    assert tale.sent() == {}
    await tale.pass_by(minutes=HELD)
    assert tale.sent() == {"Ana": 1}
    assert offers(ana)
    assert not offers(yusuf)
    assert await seats(tale) == Seats(0, 1, 0)

    await tale.tap(ana, "❌ Non", ana.newest)
    await tale.pass_by(minutes=HELD)
    assert tale.sent() == {"Yusuf": 1}
    await tale.tap(yusuf, "✅ Je prends")

    assert yusuf.newest.text.startswith("✅ C'est noté, Yusuf. Vous avez 1 place.")
    assert await seats(tale) == Seats(1, 0, 0)
    assert tale.sent() == {}
    assert await tale.has_ended_well()


async def test_seat_taken_back_in_time_is_offered_to_nobody(house: House) -> None:
    tale, (samira, ana) = await crowd(house, "Samira", "Ana")
    await tale.tap(samira, "✅ Je viens")
    await tale.tap(ana, "✅ Je viens")
    await tale.say(samira, "/inscriptions")
    await tale.tap_all(samira, f"✅ {TITLE}", "❌ Je ne viens plus")
    tale.sent()

    await tale.tap(samira, "↩️ Annuler")
    await tale.pass_by(minutes=HELD)

    assert tale.sent() == {}
    assert not offers(ana)
    assert await seats(tale) == Seats(1, 0, 0)


async def test_family_of_three_waits_while_the_next_that_fits_passes(house: House) -> None:
    tale, (samira, ana, yusuf) = await crowd(house, "Samira", "Ana", "Yusuf", capacity=3)
    await tale.tap_all(samira, "✅ Je viens", "+2")
    await tale.tap_all(ana, "✅ Je viens", "⏳ Oui", "✏️ Changer", "+2")
    assert ana.find(TITLE).text.splitlines()[1] == "🪑 Vous attendez 3 places."
    await tale.tap_all(yusuf, "✅ Je viens", "⏳ Oui")
    tale.sent()

    await tale.tap_all(samira, "✏️ Changer", "+1")
    await tale.pass_by(minutes=HELD)

    assert tale.sent() == {"Yusuf": 1}
    assert not offers(ana)
    assert await seats(tale) == Seats(2, 1, 0)


async def test_more_seats_are_offered_at_once_and_an_offer_ends_with_the_start(
    house: House,
) -> None:
    tale, (samira, ana) = await crowd(house, "Samira", "Ana")
    await tale.tap(samira, "✅ Je viens")
    await tale.tap(ana, "✅ Je viens")
    await change(house, await tale.event(), capacity=2)
    await tale.pass_by(seconds=5)
    assert tale.sent() == {"Ana": 1}
    offer = ana.newest

    start = (await tale.event()).starts_at
    assert start is not None
    await tale.move_to(start + timedelta(minutes=1))
    told = await tale.tap(ana, "✅ Je prends", offer)

    assert told.text == "Trop tard : le rendez-vous a commencé."
    assert offer.text.splitlines()[0] == "🕑 Le rendez-vous a commencé."
    assert await seats(tale) == Seats(1, 0, 0)


async def test_offer_that_nobody_answers_in_time_goes_on_and_both_are_told(house: House) -> None:
    tale, (samira, ana, yusuf) = await crowd(house, "Samira", "Ana", "Yusuf")
    for person in (samira, ana, yusuf):
        await tale.tap(person, "✅ Je viens")
    await tale.tap(samira, "↩️ Annuler")
    await tale.pass_by(seconds=6)
    asked = ana.find(OFFER).text.splitlines()[1]
    tale.sent()

    await tale.pass_by(hours=25)

    assert asked == "⏰ Répondez avant : Mardi 1er décembre, 10 h 15."
    assert tale.sent() == {"Ana": 1, "Yusuf": 1}
    assert ana.newest.text.splitlines()[:2] == [
        "⏳ Vous n'avez pas répondu. La place va à une autre personne.",
        "⏳ Vous êtes numéro 1. Vous n'avez PAS encore de place.",
    ]
    await tale.tap(yusuf, "✅ Je prends")
    assert yusuf.newest.text.startswith("✅ C'est noté, Yusuf. Vous avez 1 place.")


async def test_on_the_day_who_answers_first_has_the_free_seat(house: House) -> None:
    tale, (samira, ana, yusuf) = await crowd(house, "Samira", "Ana", "Yusuf")
    for person in (samira, ana, yusuf):
        await tale.tap(person, "✅ Je viens")
    start = (await tale.event()).starts_at
    assert start is not None
    await tale.move_to(start - timedelta(hours=1))
    tale.sent()
    await tale.say(samira, "/inscriptions")
    await tale.tap_all(samira, f"✅ {TITLE}", "❌ Je ne viens plus")
    await tale.pass_by(seconds=6)

    told = tale.sent()
    first_line = ana.newest.text.splitlines()[0]
    await tale.tap(yusuf, "✅ Je prends")
    await tale.tap(ana, "✅ Je prends")

    assert {name: told[name] for name in ("Ana", "Yusuf")} == {"Ana": 1, "Yusuf": 1}
    assert first_line == "🪑 Une place est libre. Le premier qui répond a la place."
    assert yusuf.newest.text.startswith("✅ C'est noté, Yusuf. Vous avez 1 place.")
    assert ana.newest.text.startswith("⏳ Vous êtes numéro 1.")
    assert await seats(tale) == Seats(1, 0, 0)


async def test_f50_offer_that_ended_while_the_bot_was_off_is_kept_two_hours_more(
    sqlite_url: str,
) -> None:
    async with bare_room(sqlite_url) as (room, server, settings):
        async with inhabited(room, server, settings) as house:
            await officer(house)
            event = await an_event(house, capacity=1)
            first, second, third = await settle(house, 3)
            await come(house, event, [first])
            for person in (second, third):
                await house.advance(timedelta(seconds=1))
                await come(house, event, [person])
            await change(house, event, capacity=2)
            offer = await second.sees(OFFER)
            await house.advance(timedelta(seconds=6))
            await house.rest()
        told = offer.text.splitlines()[1]
        await room.advance(timedelta(hours=30))

        async with inhabited(room, server, settings) as house:
            await house.rest()
            kept = offer.text.splitlines()[1]
            before = len(third.received)
            await house.advance(timedelta(hours=2, minutes=1))
            await third.sees(OFFER)
            await house.rest()

    assert told == "⏰ Répondez avant : Mardi 1er décembre, 10 h 15."
    assert kept.startswith("⏰ Répondez avant : Mardi 1er décembre, 18 h")
    assert before == 0
    assert "⏳ Vous êtes numéro 1." in offer.text
