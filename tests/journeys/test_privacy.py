"""What is kept is shown, copied, corrected, erased with a receipt; a refusal keeps nothing."""

import json
from pathlib import Path

from sandbox import Person
from storage import outbox, residents
from storage.links import Purpose
from storage.residents import Resident
from tests.handlers.answering import TITLE, announced, invited
from tests.handlers.making import a_commission, an_event
from tests.house import House
from tests.journeys.telling import Tale

CANARY = "Zénobie-Canari"
CANARY_ID = 987_654_321_012


async def known(house: House, person: Person) -> Resident | None:
    """Find who a person is to the bot."""
    return await house.read(residents.find_speaking, person.id)


def traces(folder: Path) -> list[str]:
    """Name the files of a database, its log included, that hold the name or the id."""
    needles = (CANARY.encode(), str(CANARY_ID).encode(), CANARY_ID.to_bytes(6, "big"))
    return [
        path.name
        for path in folder.glob("palabre.db*")
        if any(needle in path.read_bytes() for needle in needles)
    ]


async def test_no_thank_you_shows_the_event_and_keeps_nothing(house: House, tmp_path: Path) -> None:
    event = await an_event(house)
    code, tale = await house.link(Purpose.EVENT, event.id), Tale(house)
    zenobie = house.room.person(CANARY, id=CANARY_ID)
    zenobie.start(code)
    await zenobie.sees("🌍")

    await tale.tap_all(zenobie, "Français", "🔒 En savoir plus")
    assert len(zenobie.newest.text.splitlines()) == 7
    await tale.tap(zenobie, "❌ Non merci")

    assert zenobie.newest.text.splitlines() == [
        "D'accord. Je ne garde rien.",
        "Voici quand même le rendez-vous :",
        f"🏘 {TITLE}",
        "📅 Samedi 5 décembre  🕑 14 h à 16 h",
        "📍 Espace Linné",
        "🪑 Reste 12 places",
        "☎️ Une question ? Appelez le 03 20 00 00 00.",
    ]
    assert zenobie.newest.labels == ["↩️ Retour"]
    assert await known(house, zenobie) is None
    assert traces(tmp_path) == []
    assert tale.sent() == {CANARY: 1}


async def test_data_is_shown_copied_and_corrected(house: House) -> None:
    parents, event = await a_commission(house, "Parents"), await an_event(house)
    samira, tale = await invited(house, "Samira", event), Tale(house)
    await tale.tap_all(samira, "✅ Je viens", "+1")
    await tale.enter(parents.name, samira)
    tale.sent()

    await tale.say(samira, "/donnees")
    shown = samira.newest
    assert shown.text.splitlines() == [
        "🔒 Je garde :",
        "Prénom : Samira. Langue : Français.",
        f"Code Telegram, pour vous écrire : {samira.id}.",
        "👥 Groupes : Parents.",
        f"✅ {TITLE}, Samedi 5 décembre",
        "Votre accord : Lundi 30 novembre 2026, texte 1. La copie dit tout.",
    ]
    assert shown.labels == [
        "⬇️ Une copie",
        "✏️ Prénom",
        "🚪 Quitter Parents",
        "🗑 Tout effacer",
        "🏠",
    ]
    told = await tale.tap(samira, "⬇️ Une copie")
    document = house.room.files.to_download(samira.newest.body["document"]["file_id"])
    rows = json.loads(document.content)
    await tale.tap_all(samira, "🚪 Quitter Parents", "✏️ Prénom")
    await tale.say(samira, "Sam")

    assert told.text == "Je vous envoie la copie."
    assert "Samira" in json.dumps(rows, ensure_ascii=False)
    assert samira.newest.text.splitlines()[1] == "Prénom : Sam. Langue : Français."
    assert samira.newest.text.splitlines()[3] == "👥 Groupes : aucun."
    assert tale.sent() == {"Samira": 3}


async def test_erased_person_gets_a_receipt_and_nothing_more_and_may_come_back(
    house: House, tmp_path: Path
) -> None:
    event = await an_event(house)
    zenobie = await house.join(
        CANARY, id=CANARY_ID, payload=await house.link(Purpose.EVENT, event.id)
    )
    tale = Tale(house)
    await tale.tap(zenobie, "✅ Je viens")
    await tale.say(zenobie, "/donnees")
    await tale.tap(zenobie, "🗑 Tout effacer")
    assert zenobie.newest.text.splitlines() == [
        "🗑 Tout effacer ?",
        "Vos places vont à d'autres personnes. Je ne vous écris plus.",
        "On ne peut pas revenir en arrière.",
    ]
    tale.sent()

    await tale.tap(zenobie, "↩️ Non, garder")
    await tale.tap_all(zenobie, "🗑 Tout effacer", "🗑 Oui, effacer")
    await tale.pass_by(seconds=2)

    receipt = zenobie.newest
    assert receipt.text.startswith("✅ Tout est effacé. Reçu numéro ")
    assert zenobie.find("Pour revenir : /start").text.startswith("✅ Tout est effacé.")
    assert tale.sent() == {CANARY: 1}
    assert await known(house, zenobie) is None
    await announced(house, event)
    await tale.pass_by(days=4)
    assert tale.sent() == {}
    assert [one for one in await house.read(outbox.all_) if one.chat_id == zenobie.id] == []
    assert traces(tmp_path) == []

    await house.welcome(zenobie)
    assert zenobie.find("📅 Les rendez-vous du quartier.").labels == [f"📅 {TITLE}", "🏠"]
    await tale.tap(zenobie, f"📅 {TITLE}")
    assert zenobie.find(TITLE).labels[:2] == ["✅ Je viens", "❌ Non"]
