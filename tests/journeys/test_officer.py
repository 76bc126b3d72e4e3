"""An officer with one minute: one sentence, a few taps, and nobody hears what they should not."""

from datetime import date, time

import pytest

from storage import events
from storage.events import EventStatus
from storage.ids import EventId
from tests.handlers.answering import announcements
from tests.house import House
from tests.journeys.telling import SENTENCE, TITLE, Tale, shown

MOST_TAPS = 8
"""What takes more than a minute on a phone will not be done (product.md)."""
DRAFT = [
    "🆕 Brouillon.",
    f"📝 {TITLE}",
    "📅 SAMEDI 5 DÉCEMBRE 2026 · 🕑 14 h à 16 h",
    "📍 Espace Linné",
    "🪑 12 · 👶 oui · 👥 Parents",
]
MOMENT = "📅 Samedi 5 décembre, 🕑 14 h"


async def opened(house: House) -> Tale:
    """Begin with Karim, who has founded Parents."""
    await house.welcome(house.karim)
    tale = Tale(house)
    await tale.found("👨‍👩‍👧 Parents")
    return tale


async def test_event_is_created_and_announced_in_one_sentence_and_few_taps(house: House) -> None:
    tale, karim = await opened(house), house.karim
    samira, ana = await tale.gather("Samira", "Ana")
    (john,) = await tale.gather("John", language="English")
    await tale.enter("Parents", samira, john)
    tale.sent()
    tale.taps.clear()
    tale.sentences.clear()

    await tale.say(karim, SENTENCE)
    assert karim.newest.text.splitlines() == DRAFT
    await tale.tap(karim, "✅ Créer")
    assert karim.newest.text.splitlines() == ["✅ Créé, personne n'est prévenu.", TITLE, MOMENT]
    assert tale.sent() == {"Karim": 1}
    await tale.tap(karim, "📣 Annoncer")
    assert karim.newest.labels == ["👥 Parents · 2", "🏘 Tous · 4", "↩️ Retour", "🏠"]
    await tale.tap(karim, "👥 Parents · 2")
    preview, steering = karim.received[-2:]
    exact = shown(preview)
    assert steering.text == "👀 2 personnes : 2 joignables. Durée ≈ 1 s."
    await tale.tap(karim, "📤 Envoyer à 2")
    assert steering.text.splitlines()[0] == "⏳ Départ dans 60 s."
    assert announcements(samira) == []
    await tale.tap(karim, "⚡ Maintenant")
    await tale.pass_by(seconds=5)

    assert tale.taps["Karim"] <= MOST_TAPS - 3
    assert tale.sentences["Karim"] == 1
    assert shown(samira.newest) == exact
    assert john.newest.text.splitlines()[1] == "📅 Saturday 5 December  🕑 2 pm to 4 pm"
    assert steering.text.splitlines()[0] == "✅ 2 reçus"
    assert steering.labels == ["📊 Réponses", "🏠"]
    assert ana.newest.text == "👇 Ces boutons restent en bas."
    assert tale.sent() == {"Karim": 1, "Samira": 1, "John": 1}
    assert await tale.has_ended_well()


async def test_announcement_taken_back_reaches_nobody_and_left_alone_leaves(house: House) -> None:
    tale, karim = await opened(house), house.karim
    (samira,) = await tale.gather("Samira")
    await tale.enter("Parents", samira)
    await tale.create()
    tale.sent()

    await tale.tap_all(karim, "📣 Annoncer", "Parents", "📤 Envoyer", "↩️ Annuler")
    await tale.pass_by(seconds=90)
    assert karim.newest.text.splitlines()[0] == "↩️ Annulé. Rien n'est parti."
    assert tale.sent() == {"Karim": 1}

    await tale.say(karim, "/diffuser")
    await tale.tap_all(karim, f"📅 {TITLE}", "Parents", "📤 Envoyer")
    await tale.pass_by(seconds=40)
    assert announcements(samira) == []
    await tale.pass_by(seconds=25)

    assert len(announcements(samira)) == 1
    assert karim.newest.text.splitlines()[0] == "✅ 1 reçu"
    assert tale.sent() == {"Karim": 2, "Samira": 1}


async def test_each_thing_is_asked_in_turn_and_doubts_are_told_in_words(house: House) -> None:
    tale, karim = await opened(house), house.karim
    tale.sent()
    answers = [
        ("/nouveau", "🆕 Écrivez le rendez-vous en une phrase."),
        ("Fête", "📅 Quel jour ? Exemple : samedi, ou 5 décembre"),
        ("lundi 5 décembre", "❓ « lundi 5 décembre » : cela ne va pas ensemble."),
        ("bientôt", "❓ « bientôt » n'est pas assez précis."),
        ("samedi 5 décembre", "🕑 À quelle heure ? Exemple : 14 h à 16 h"),
        ("16h à 14h", "❓ « 16h à 14h » : la fin est avant le début."),
        ("14h à 16h", "📍 Dans quel lieu ?"),
        ("x" * 300, "Ce nom de lieu est trop long. Écrivez un nom plus court."),
        ("Espace Linné", "🆕 Brouillon."),
    ]

    told = []
    for typed, _ in answers:
        await tale.say(karim, typed)
        told.append(karim.newest.text.splitlines()[0])

    assert told == [line for _, line in answers]
    assert karim.newest.text.splitlines()[1:] == [
        "📝 Fête",
        "📅 SAMEDI 5 DÉCEMBRE 2026 · 🕑 14 h à 16 h",
        "📍 Espace Linné",
        "🪑 sans limite · 👶 non · 👥 Tous",
    ]
    assert tale.sent() == {"Karim": len(answers)}
    assert (await tale.event()).status is EventStatus.DRAFT


async def test_each_field_of_a_draft_is_changed_and_left_as_it_is(house: House) -> None:
    tale, karim = await opened(house), house.karim
    await tale.say(karim, SENTENCE)

    for pictogram in "📝📅🕑📍🪑👶👥":
        await tale.tap(karim, pictogram)
        assert len(karim.newest.text.splitlines()) == 1
        await tale.tap(karim, "↩️ Retour")
        assert karim.newest.text.splitlines() == DRAFT
    for pictogram, typed in (("📝", "Bal"), ("📅", "dimanche"), ("🕑", "10h"), ("📍", "Mairie")):
        await tale.tap(karim, pictogram)
        await tale.say(karim, typed)
    for pictogram, label in (("🪑", "♾ Sans limite"), ("👶", "❌ Non"), ("👥", "🏘 Tous")):
        await tale.tap_all(karim, pictogram, label)

    draft = await tale.event()
    assert (draft.title, draft.day, draft.location) == ("Bal", date(2026, 12, 6), "Mairie")
    assert (draft.starts, draft.capacity) == (time(10), None)
    assert (draft.childcare, draft.commission_id) == (False, None)
    assert draft.status is EventStatus.DRAFT


async def test_two_drafts_do_not_mix(house: House) -> None:
    tale, karim = await opened(house), house.karim
    await tale.say(karim, SENTENCE)
    first = karim.newest
    await tale.say(karim, "Bal")
    assert karim.newest.text.startswith("📅 Quel jour ?")

    await tale.tap(karim, "🗑", first)
    await tale.say(karim, "dimanche")
    await tale.say(karim, "20h")
    await tale.say(karim, "Mairie")
    await tale.tap(karim, "✅ Créer")

    (event,) = await house.read(events.upcoming, now=house.now())
    assert (event.id, event.title, event.day) == (2, "Bal", date(2026, 12, 6))
    assert await house.read(events.find, EventId(1)) is None


async def test_old_draft_throws_nothing_away_that_is_in_the_agenda(house: House) -> None:
    tale, karim = await opened(house), house.karim
    await tale.say(karim, SENTENCE)
    old = karim.newest
    await tale.tap(karim, "🪑")
    await tale.say(karim, "8")
    newer = karim.newest
    await tale.tap(karim, "↩️ Retour", old)
    await tale.tap(karim, "✅ Créer", newer)

    told = await tale.tap(karim, "🗑", old)

    assert told.text == "Cela a changé. Regardez à nouveau."
    assert (await tale.event()).status is EventStatus.SCHEDULED


@pytest.mark.parametrize("way_out", ["/agenda", "🙋 Mes inscriptions", "/equipe"])
async def test_question_that_an_officer_walks_away_from_takes_no_later_sentence(
    house: House, way_out: str
) -> None:
    tale, karim = await opened(house), house.karim
    await tale.say(karim, "Bal dimanche 20h")
    assert karim.newest.text == "📍 Dans quel lieu ?"

    await tale.say(karim, way_out)
    await tale.say(karim, SENTENCE)

    assert karim.newest.text.splitlines() == DRAFT


async def test_move_and_cancellation_are_told_once_to_those_concerned(house: House) -> None:
    tale, karim = await opened(house), house.karim
    samira, ana, silent = await tale.gather("Samira", "Ana", "Zoé")
    await tale.enter("Parents", samira, ana, silent)
    await tale.create()
    await tale.announce("Parents")
    await tale.tap(samira, "✅ Je viens")
    await tale.tap(ana, "🤔 Peut-être")
    old = samira.newest
    tale.sent()

    await tale.say(karim, "/agenda")
    await tale.tap_all(karim, f"📅 {TITLE}", "⚙️ Gérer", "✏️ Changer", "🕑")
    await tale.say(karim, "15h à 17h")
    assert karim.newest.text.splitlines() == [
        "🕑 14 h à 16 h → 🕑 15 h à 17 h",
        "2 personnes seront prévenues.",
    ]
    await tale.tap(karim, "✅ Changer et dire")
    await tale.pass_by(seconds=61)
    assert tale.sent() == {"Karim": 2, "Samira": 1, "Ana": 1}
    assert samira.newest.text.splitlines()[0] == "🔔 Ce rendez-vous a changé. Nouvelle heure."
    assert "🕑 15 h" in old.text
    assert "🕑 15 h à 17 h" in silent.newest.text

    await tale.tap(karim, "❌ Annuler")
    await tale.say(karim, "La salle est fermée.")
    await tale.tap(karim, "❌ Annuler et dire")
    assert karim.newest.text.splitlines()[0] == "⏳ Annulation dans 60 s."
    await tale.tap(karim, "↩️ Garder")
    await tale.pass_by(seconds=90)
    assert tale.sent() == {"Karim": 1}
    await tale.tap(karim, "❌ Annuler")
    await tale.tap_all(karim, "❌ Sans raison", "❌ Annuler et dire", "⚡ Maintenant")
    await tale.pass_by(seconds=5)

    assert samira.newest.text.splitlines()[0] == f"❌ ANNULÉ : {TITLE}"
    assert old.text.splitlines()[0] == "❌ ANNULÉ"
    assert silent.newest.text.splitlines()[0] == "❌ ANNULÉ"
    assert tale.sent() == {"Samira": 1, "Ana": 1}
    told = await samira.tap_data("1ra:1:yes:1", old).answered()
    assert told.text == "Ce rendez-vous est annulé."
    assert (await tale.event()).status is EventStatus.CANCELLED
    assert await tale.has_ended_well()


async def test_officer_sees_who_comes_and_reminds_only_the_silent(house: House) -> None:
    tale, karim = await opened(house), house.karim
    samira, ana, silent, other = await tale.gather("Samira", "Ana", "Zoé", "Yusuf")
    await tale.enter("Parents", samira, ana, silent, other)
    await tale.create()
    await tale.announce("Parents")
    await tale.tap_all(samira, "✅ Je viens", "+2")
    await tale.tap(ana, "❌ Non")
    tale.sent()

    await tale.tap(karim, "📊 Réponses")
    assert karim.newest.text.splitlines() == [
        TITLE,
        MOMENT,
        "✅ 1 inscription = 3 places · 🤔 0 · ⏳ 0 · ❌ 1 · 🔕 sans réponse 2",
    ]
    assert karim.newest.labels == ["👀 Noms", "🔔 Relancer les 2", "⚙️ Gérer", "🏠"]
    await tale.tap(karim, "👀 Noms")
    assert [line for line in karim.newest.text.splitlines()[2:] if line] == [
        "✅ Viennent : 3 places",
        "Samira (3)",
        "❌ Ne viennent pas : 1",
        "Ana",
        "🔕 Sans réponse : 2",
        "Zoé",
        "Yusuf",
    ]
    await tale.tap_all(karim, "↩️ Retour", "🔔 Relancer les 2", "📤 Envoyer à 2", "⚡ Maintenant")
    await tale.pass_by(seconds=5)

    assert silent.newest.text.startswith("🔔 Vous n'avez pas encore répondu.")
    assert tale.sent() == {"Karim": 1, "Zoé": 1, "Yusuf": 1}
    await tale.tap(silent, "✅ Je viens")
    assert silent.newest.text.startswith("✅ C'est noté, Zoé.")
