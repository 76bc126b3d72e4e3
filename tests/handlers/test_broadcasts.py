"""Announcing an event, over HTTP: for whom, the exact preview, a minute, progress, the end."""

from datetime import timedelta

from community import changes, commissions, residents
from handlers import buttons
from sandbox import Message, Person
from sandbox.faults import Fault, status
from storage import broadcasts
from storage.broadcasts import Audience, BroadcastStatus
from storage.events import Event
from storage.ids import BroadcastId
from tests.handlers.answering import (
    TITLE,
    announced,
    announcements,
    invited,
    is_announcement,
    resident_of,
)
from tests.handlers.making import a_commission, an_event
from tests.house import House

HOLD = timedelta(seconds=60)


async def officer(house: House) -> Person:
    await house.welcome(house.karim)
    return house.karim


async def previewed(house: House, event: Event, audience: str = "🏘 Tous") -> tuple[Message, ...]:
    """Have Karim look at an announcement; gives the preview, and what steers it."""
    karim = house.karim
    await house.say(karim, "/diffuser")
    await house.tap(karim, f"📅 {event.title}")
    await house.tap(karim, audience)
    return karim.received[-2], karim.received[-1]


async def latest(house: House, event: Event) -> broadcasts.Broadcast:
    return (await house.read(broadcasts.of_event, event.id))[-1]


async def test_audiences_are_offered_with_those_who_can_be_reached(house: House) -> None:
    health = await a_commission(house, "🩺 Santé")
    parents = await a_commission(house, "👪 Parents")
    karim = await officer(house)
    await an_event(house, commission_id=parents.id)
    people = [await house.join(name) for name in ("Samira", "Leila")]
    for person, commission in ((people[0], parents), (people[1], parents), (people[1], health)):
        resident = await resident_of(house, person)
        await house.write(
            commissions.join,
            commission_id=commission.id,
            resident_id=resident.id,
            now=house.now(),
        )
    paused = (await resident_of(house, people[0])).id
    await house.write(residents.pause, resident_id=paused, now=house.now())

    await house.say(karim, "/diffuser")
    await house.tap(karim, f"📅 {TITLE}")

    assert karim.newest.text.startswith("Pour qui ?")
    assert karim.newest.labels[:3] == ["👥 Parents · 1", "👥 Santé · 1", "🏘 Tous · 3"]


async def test_preview_is_exactly_what_people_get_and_nothing_has_left(house: House) -> None:
    await officer(house)
    event = await an_event(house, childcare=True)
    samira = await house.join("Samira")
    before = len(samira.received)

    preview, steering = await previewed(house, event)

    assert steering.text == "👀 2 personnes : 2 joignables. Durée ≈ 1 s."
    assert steering.labels == ["📤 Envoyer à 2", "✖️"]
    assert len(samira.received) == before
    seen = (preview.text, preview.body["reply_markup"])
    await house.tap(house.karim, "📤 Envoyer à 2")
    await house.tap(house.karim, "⚡ Maintenant")
    got = await samira.sees(is_announcement)
    assert (got.text, got.body["reply_markup"]) == seen
    assert got.labels == [
        "✅ Je viens",
        "❌ Non",
        "🤔 Peut-être",
        "📍 Chemin",
        "🔕 Moins de messages",
    ]


async def test_broadcast_is_held_then_leaves_and_is_counted_in_place(house: House) -> None:
    await officer(house)
    event = await an_event(house)
    samira = await house.join("Samira")
    _, steering = await previewed(house, event)

    await house.tap(house.karim, "📤 Envoyer")
    held = steering.text
    labels = steering.labels
    await house.advance(HOLD - timedelta(seconds=5))
    early = announcements(samira)
    await house.advance(timedelta(seconds=6))
    await house.karim.sees("✅ 2 reçus")

    assert held.startswith("⏳ Départ dans 60 s.")
    assert labels == ["↩️ Annuler", "⚡ Maintenant"]
    assert early == []
    assert samira.newest.text.endswith("🪑 Reste 12 places")
    assert steering.text.startswith("✅ 2 reçus")
    assert steering.labels == ["📊 Réponses", "🏠"]


async def test_taken_back_broadcast_never_leaves(house: House) -> None:
    await officer(house)
    event = await an_event(house)
    samira = await house.join("Samira")
    _, steering = await previewed(house, event)
    await house.tap(house.karim, "📤 Envoyer")

    await house.tap(house.karim, "↩️ Annuler", steering)
    await house.advance(HOLD)
    await house.room.quiet()

    assert steering.text.startswith("↩️ Annulé. Rien n'est parti.")
    assert not announcements(samira)


async def test_double_tap_makes_one_broadcast_f47(house: House) -> None:
    await officer(house)
    event = await an_event(house)
    samira = await house.join("Samira")
    await previewed(house, event)
    first = house.karim.tap("📤 Envoyer")
    await first.answered()

    told = await house.karim.tap_again(first).answered()
    await house.advance(HOLD + timedelta(seconds=1))
    await samira.sees(is_announcement)
    await house.room.quiet()

    assert told.text == "C'est déjà en cours."
    assert len(announcements(samira)) == 1


async def test_repetition_within_a_day_is_asked_about_f47(house: House) -> None:
    await officer(house)
    event = await an_event(house)
    samira = await house.join("Samira")
    await announced(house, event)
    await samira.sees(is_announcement)
    _, steering = await previewed(house, event)

    await house.tap(house.karim, "📤 Envoyer")
    asked = steering.text
    held = (await latest(house, event)).status
    await house.tap(house.karim, "📤 Envoyer quand même", steering)

    assert asked.startswith("Ce message est déjà parti aux mêmes personnes")
    assert held is BroadcastStatus.DRAFT
    assert steering.text.startswith("⏳ Départ dans 60 s.")


async def test_button_that_comes_too_late_shows_how_far_it_is(house: House) -> None:
    karim = await officer(house)
    event = await an_event(house)
    await house.join("Samira")
    _, steering = await previewed(house, event)
    await house.tap(karim, "📤 Envoyer")
    back = steering.key("↩️ Annuler")
    assert back is not None
    await house.tap(karim, "⚡ Maintenant", steering)
    await karim.sees("✅ 2 reçus")

    for forged in (
        back.callback_data or "",
        buttons.HurryBroadcast((await latest(house, event)).id).pack(),
        buttons.StopBroadcast((await latest(house, event)).id).pack(),
    ):
        told = await karim.tap_data(forged, steering).answered()
        assert told.text == "C'est trop tard pour ce bouton. Regardez."

    await house.room.quiet()
    assert steering.text.startswith("✅ 2 reçus")


async def test_stopped_broadcast_says_what_was_not_sent(house: House) -> None:
    karim = await officer(house)
    event = await an_event(house)
    await house.join("Samira")
    _, steering = await previewed(house, event)
    await house.tap(karim, "📤 Envoyer")
    house.bot.gate.hold(None, house.now() + timedelta(minutes=5))
    await house.tap(karim, "⚡ Maintenant", steering)
    sending = steering.text
    assert steering.labels == ["⏸ Arrêter"]

    await house.tap(karim, "⏸ Arrêter", steering)
    await house.advance(timedelta(minutes=6))
    await house.room.quiet()

    assert sending.startswith("📤 0 / 2 · reste ≈ 1 s")
    assert steering.text.startswith("⏸ Arrêté. ✅ 0 reçu · 2 non envoyés")


async def test_uncertain_messages_are_counted_and_not_sent_again(house: House) -> None:
    karim = await officer(house)
    event = await an_event(house)
    samira = await house.join("Samira")
    _, steering = await previewed(house, event)
    house.room.faults.add(Fault(status(502), method="sendMessage", chat=samira.id))

    await house.tap(karim, "📤 Envoyer")
    await house.tap(karim, "⚡ Maintenant", steering)

    await karim.sees("1 incertain")
    await house.room.quiet()
    assert steering.text.startswith("✅ 1 reçu · 1 incertain")


async def test_who_has_answered_already_reads_where_they_stand(house: House) -> None:
    event = await an_event(house)
    samira = await invited(house, "Samira", event)
    await house.tap(samira, "✅ Je viens")
    await house.tap(samira, "+1")
    leila = await house.join("Leila")

    await announced(house, event)

    await leila.sees("🪑 Reste 10 places")
    assert len([one for one in samira.received if "✅ 2 places" in one.text]) == 2


async def test_cancelled_event_cannot_be_announced(house: House) -> None:
    karim = await officer(house)
    event = await an_event(house)
    _, steering = await previewed(house, event)
    await house.write(changes.cancel, event_id=event.id, now=house.now())

    told = await house.tap(karim, "📤 Envoyer", steering)

    assert (told.text, told.show_alert) == ("Ce rendez-vous est annulé.", True)
    assert (await latest(house, event)).status is BroadcastStatus.DRAFT


async def test_resident_cannot_reach_any_broadcast_button_f59(house: House) -> None:
    event = await an_event(house)
    samira = await invited(house, "Samira", event)
    card = samira.find(TITLE)

    for forged in (
        buttons.Announce(event.id),
        buttons.PreviewBroadcast(event.id, Audience.EVERYONE, 0),
        buttons.SendBroadcast(BroadcastId(1), again=True),
    ):
        await samira.tap_data(forged.pack(), card).answered()
    await house.room.quiet()

    assert await house.read(broadcasts.of_event, event.id) == []


async def test_preview_for_a_commission_that_is_not_there_is_gone(house: House) -> None:
    karim = await officer(house)
    event = await an_event(house)
    await house.say(karim, "/diffuser")

    forged = buttons.PreviewBroadcast(event.id, Audience.COMMISSION, 99)
    told = await karim.tap_data(forged.pack(), karim.newest).answered()

    assert told.text == "Cela n'existe plus."


async def test_fewer_messages_leads_to_the_groups_and_to_the_pause(house: House) -> None:
    event = await an_event(house)
    samira = await house.join("Samira")
    await announced(house, event)
    card = await samira.sees(is_announcement)

    await house.tap(samira, "🔕 Moins de messages", card)
    offered = card.labels
    await house.tap(samira, "⏸ Ne plus m'écrire", card)

    assert offered == ["👥 Les groupes", "⏸ Ne plus m'écrire", "↩️ Retour", "🏠"]
    assert (await resident_of(house, samira)).paused_at is not None
    assert card.text.startswith("⏸ Je ne vous écris plus.")
