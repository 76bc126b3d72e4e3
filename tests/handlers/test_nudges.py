"""Reminding the silent, over HTTP: once more to those who have not answered, to nobody else."""

from datetime import timedelta

from community import rsvps
from sandbox import Message, Person
from storage.ids import UpdateId
from storage.rsvps import Answer
from tests.handlers.answering import TITLE, announced, invited, is_announcement, resident_of
from tests.handlers.making import an_event
from tests.house import House

QUESTION = "🔔 Vous n'avez pas encore répondu."


async def nudged(house: House, number: int) -> Message:
    """Have Karim nudge the silent; gives the preview."""
    karim = house.karim
    await house.say(karim, "/presences")
    await house.tap(karim, f"📅 {TITLE}")
    await house.tap(karim, f"🔔 Relancer les {number}")
    preview = karim.received[-2]
    await house.tap(karim, f"📤 Envoyer à {number}")
    await house.tap(karim, "⚡ Maintenant")
    return preview


def nudges(person: Person) -> list[Message]:
    return [message for message in person.received if QUESTION in message.text]


async def test_nudge_reaches_the_silent_only(house: House) -> None:
    await house.welcome(house.karim)
    event = await an_event(house)
    samira, leila = await house.join("Samira"), await house.join("Leila")
    await announced(house, event)
    for person in (samira, leila):
        await person.sees(is_announcement)
    await house.room.quiet()
    await house.tap(leila, "❌ Non")
    ali = await invited(house, "Ali", event)

    preview = await nudged(house, 2)

    got = await samira.sees(QUESTION)
    assert preview.text == got.text
    assert nudges(leila) == []
    assert nudges(ali) == []


async def test_nudge_owed_does_not_reach_who_has_answered_meanwhile(house: House) -> None:
    await house.welcome(house.karim)
    event = await an_event(house)
    samira = await house.join("Samira")
    await announced(house, event)
    await samira.sees(is_announcement)
    await house.room.quiet()
    until = house.now() + timedelta(minutes=5)
    house.bot.gate.hold(samira.id, until)
    await nudged(house, 2)

    await house.write(
        rsvps.answer,
        event_id=event.id,
        resident_id=(await resident_of(house, samira)).id,
        answer=Answer.NO,
        now=house.now(),
        cause=UpdateId(30_000_000_000),
    )
    await house.advance(timedelta(minutes=6))

    await house.karim.sees("✅ 1 reçu · 1 non envoyé")
    assert nudges(samira) == []
