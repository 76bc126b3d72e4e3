"""Answering from a group's card, over HTTP: counts there, what is personal in private."""

from datetime import timedelta

import pytest_asyncio

from community import changes, events
from handlers import buttons
from sandbox import Message, Person
from sandbox.groups import Group
from storage import groups, residents
from storage.events import Event
from storage.ids import ChatId
from storage.rsvps import Answer, Seats
from tests.handlers.answering import TITLE, announced, invited, kept, resident_of, seats
from tests.handlers.making import a_commission, an_event
from tests.house import House


@pytest_asyncio.fixture
async def group(house: House) -> Group:
    """Give the linked group of a commission."""
    commission = await a_commission(house, "👪 Parents")
    place = house.room.group("Parents", supergroup=True)
    chat_id = ChatId(place.id)
    await house.write(groups.put, chat_id, commission.id, invite_link=None, now=house.now())
    place.add_bot()
    await house.room.quiet()
    return place


async def posted(house: House, group: Group, event: Event) -> Message:
    """Have an event announced to everybody; gives the group's card."""
    await announced(house, event)
    return await group.sees(TITLE)


async def member(house: House, group: Group, name: str) -> Person:
    person = await house.join(name)
    group.add(person)
    return person


async def test_group_card_shows_counts_and_never_names(house: House, group: Group) -> None:
    event = await an_event(house)
    samira = await invited(house, "Samira", event)
    await house.tap(samira, "✅ Je viens")

    card = await posted(house, group, event)

    assert card.text.splitlines()[-1] == "✅ 1 · 🤔 0 · ⏳ 0"
    assert card.labels == ["✅ Je viens", "❌ Non"]
    assert "Samira" not in card.text


async def test_known_resident_is_noted_and_written_to_in_private(
    house: House, group: Group
) -> None:
    event = await an_event(house)
    samira = await member(house, group, "Samira")
    card = await posted(house, group, event)
    await samira.sees(TITLE)

    told = await house.tap(samira, "✅ Je viens", card)

    assert (told.text, told.show_alert) == ("✅ C'est noté. Je vous écris en privé.", True)
    await samira.sees("✅ C'est noté, Samira. Vous avez 1 place.")
    await group.sees("✅ 1 · 🤔 0 · ⏳ 0")
    assert await seats(house, event) == Seats(1, 0, 0)
    assert not [message for message in group.received if "Samira" in message.text]


async def test_double_tap_in_a_group_makes_one_confirmation_f42(house: House, group: Group) -> None:
    event = await an_event(house)
    samira = await member(house, group, "Samira")
    card = await posted(house, group, event)
    first = samira.tap("✅ Je viens", card)
    await first.answered()

    told = await samira.tap_again(first).answered()
    await samira.sees("C'est noté, Samira")
    await house.room.quiet()

    assert told.text == "✅ C'est déjà noté."
    assert len([one for one in samira.received if "C'est noté" in one.text]) == 1


async def test_full_event_says_that_a_tap_waits(house: House, group: Group) -> None:
    event = await an_event(house, capacity=1)
    await house.tap(await invited(house, "Leila", event), "✅ Je viens")
    samira = await member(house, group, "Samira")
    card = await posted(house, group, event)

    told = await house.tap(samira, "✅ Je viens", card)

    assert told.text.startswith("⏳ C'est complet. Vous êtes sur la liste.")
    await samira.sees("⏳ Vous êtes numéro 1. Vous n'avez PAS encore de place.")
    await group.sees("✅ 1 · 🤔 0 · ⏳ 1")


async def test_unknown_person_is_led_to_the_event_and_nothing_of_them_is_kept(
    house: House, group: Group
) -> None:
    event = await an_event(house)
    card = await posted(house, group, event)
    stranger = house.room.person("Leila")
    group.add(stranger)

    told = await house.tap(stranger, "✅ Je viens", card)

    assert await house.read(residents.find_speaking, stranger.id) is None
    assert await seats(house, event) == Seats(0, 0, 0)
    opened, _, payload = told.url.partition("?start=")
    assert opened == "https://t.me/palabre_test_bot"
    await house.welcome(stranger, payload=payload)
    assert stranger.find(TITLE).key("✅ Je viens") is not None


async def test_link_made_for_a_tap_lives_a_day(house: House) -> None:
    event = await an_event(house)
    code = await house.write(events.invite, event_id=event.id, now=house.now())
    await house.advance(timedelta(days=1, seconds=1))
    leila = house.room.person("Leila")

    await house.welcome(leila, payload=code)

    assert not [one for one in leila.received if TITLE in one.text]


async def test_resident_who_blocked_the_bot_is_noted_and_led_back(
    house: House, group: Group
) -> None:
    event = await an_event(house)
    samira = await member(house, group, "Samira")
    card = await posted(house, group, event)
    await samira.sees(TITLE)
    samira.block()
    await house.room.quiet()

    told = await house.tap(samira, "✅ Je viens", card)

    assert "?start=" in told.url
    rsvp = await kept(house, samira, event)
    assert rsvp is not None
    assert rsvp.answer is Answer.YES


async def test_cancelled_event_takes_no_answer_in_a_group_f40(house: House, group: Group) -> None:
    event = await an_event(house)
    samira = await member(house, group, "Samira")
    stranger = house.room.person("Leila")
    group.add(stranger)
    card = await posted(house, group, event)
    data = buttons.AnswerInGroup(event.id, Answer.YES).pack()
    await house.write(changes.cancel, event_id=event.id, now=house.now())
    await group.sees("❌ ANNULÉ")

    answers = [await one.tap_data(data, card).answered() for one in (samira, stranger)]

    assert [one.text for one in answers] == ["Ce rendez-vous est annulé."] * 2
    assert card.labels == []
    assert await kept(house, samira, event) is None


async def test_forged_tap_does_not_turn_the_groups_card_into_a_persons_f57(
    house: House, group: Group
) -> None:
    event = await an_event(house)
    samira = await member(house, group, "Samira")
    card = await posted(house, group, event)
    before = card.text

    for forged in (
        buttons.AnswerEvent(event.id, Answer.YES, event.version),
        buttons.OpenEvent(event.id),
        buttons.OpenRsvps(),
    ):
        told = await samira.tap_data(forged.pack(), card).answered()
        assert told.text == "Ce bouton n'est plus valable."

    await house.room.quiet()
    assert card.text == before
    assert await kept(house, samira, event) is None
    assert (await resident_of(house, samira)).first_name not in card.text
