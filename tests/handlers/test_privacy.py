"""A person's data over HTTP: shown, copied, corrected, erased; the receipt is all that is left."""

import json
from pathlib import Path

import pytest

from community import commissions
from sandbox import Person
from storage import commissions as commission_rows
from storage import inbox, outbox, prompts
from storage import residents as people
from storage.ids import ChatId
from storage.residents import Resident
from tests.handlers.making import a_commission
from tests.handlers.test_welcome import CANARY, remains
from tests.house import House


async def known(house: House, person: Person) -> Resident | None:
    return await house.read(people.find_speaking, person.id)


@pytest.mark.parametrize("way", ["/donnees", "tap"])
async def test_data_are_shown(house: House, way: str) -> None:
    samira = await house.join("Samira")

    if way == "tap":
        await house.say(samira, "/start")
        await house.tap(samira, "🔒 Mes données")
    else:
        await house.say(samira, way)

    assert samira.newest.text.startswith("🔒 Je garde :\nPrénom : Samira. Langue : Français.")
    assert samira.newest.labels == ["⬇️ Une copie", "✏️ Prénom", "🗑 Tout effacer", "🏠"]


async def test_copy_is_a_json_document_of_every_row(house: House) -> None:
    samira = await house.join("Samira")
    await house.say(samira, "/donnees")

    told = await house.tap(samira, "⬇️ Une copie")

    document = samira.newest.body["document"]
    content = json.loads(house.room.files.to_download(document["file_id"]).content)
    assert told.text == "Je vous envoie la copie."
    assert document["file_name"] == "mes-donnees.json"
    assert content["resident"]["first_name"] == "Samira"
    assert content["resident"]["telegram_id"] == samira.id


async def test_name_is_corrected_from_the_data(house: House) -> None:
    samira = await house.join("Samira")
    await house.say(samira, "/donnees")

    await house.tap(samira, "✏️ Prénom")
    await house.say(samira, "Sam")

    assert samira.newest.text.startswith("🔒 Je garde :\nPrénom : Sam.")
    assert await house.read(prompts.find, ChatId(samira.id), now=house.now()) is None
    assert sum(bool(message.reply_rows) for message in samira.received) == 1


async def test_quit_leaves_the_commission(house: House) -> None:
    samira = await house.join("Samira")
    parents = await a_commission(house, "👨‍👩‍👧 Parents")
    resident = await known(house, samira)
    assert resident is not None
    await house.write(
        commissions.join, commission_id=parents.id, resident_id=resident.id, now=house.now()
    )
    await house.say(samira, "/donnees")

    await house.tap(samira, "🚪 Quitter Parents")

    assert await house.read(commission_rows.of_resident, resident.id) == []
    assert "👥 Groupes : aucun." in samira.newest.text


async def test_erase_tells_the_consequences_first_and_may_be_left(house: House) -> None:
    samira = await house.join("Samira")
    await house.say(samira, "/donnees")

    await house.tap(samira, "🗑 Tout effacer")
    asked = samira.newest.text
    await house.tap(samira, "↩️ Non, garder")

    assert "On ne peut pas revenir en arrière." in asked
    assert samira.newest.text.startswith("🔒 Je garde :")
    assert await known(house, samira) is not None


async def erase(house: House, person: Person) -> None:
    await house.say(person, "/donnees")
    await house.tap(person, "🗑 Tout effacer")
    await house.tap(person, "🗑 Oui, effacer")


async def test_erase_gives_a_receipt_and_leaves_nothing(house: House, tmp_path: Path) -> None:
    person = await house.join(CANARY, id=987_654_321)

    await erase(house, person)
    receipt = await person.sees("Reçu numéro")
    await house.rest()

    assert person.find("✅ Tout est effacé. Je ne garde plus rien.").rows == []
    assert receipt.rows == []
    assert await known(house, person) is None
    assert await house.read(inbox.count_new) == 0
    assert [one for one in await house.read(outbox.all_) if one.chat_id == person.id] == []
    assert remains(tmp_path, CANARY) == []


async def test_erase_speaks_the_persons_language(house: House) -> None:
    john = await house.join("John", language="English")

    await house.say(john, "/donnees")
    await house.tap(john, "🗑 Erase everything")
    await house.tap(john, "🗑 Yes, erase")

    assert (await john.sees("✅ Everything is erased. Receipt number")).rows == []


async def test_erase_tapped_twice_says_the_same_f42(house: House) -> None:
    samira = await house.join("Samira")
    await house.say(samira, "/donnees")
    await house.tap(samira, "🗑 Tout effacer")

    tap = samira.tap("🗑 Oui, effacer")
    again = samira.tap_again(tap)
    await tap.answered()
    await again.answered()
    await house.rest()

    receipts = [message for message in samira.received if "Reçu numéro" in message.text]
    assert len(receipts) == 1
    assert samira.find(lambda message: "Je ne garde plus rien" in message.text).edits > 0


async def test_erased_person_is_a_visitor_again(house: House) -> None:
    samira = await house.join("Samira")
    await erase(house, samira)

    await house.say(samira, "📅 Agenda")

    assert await known(house, samira) is None
    assert samira.newest.text.startswith(("🌍", "📅"))


async def test_erased_officer_loses_the_officers_commands(house: House) -> None:
    await house.welcome(house.karim)

    await erase(house, house.karim)

    listed = [one["command"] for one in house.room.profile.commands_for(house.karim.id, "fr")]
    assert "nouveau" not in listed
