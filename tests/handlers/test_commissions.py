"""Joining and leaving commissions by tapping, and what officers do with them, over HTTP."""

from handlers.buttons import FoundCommission
from sandbox.faults import Fault, cut
from storage import commissions as commission_rows
from storage import events as event_rows
from storage import prompts
from storage.ids import ChatId, EventId
from storage.links import Purpose
from tests.handlers.making import a_commission
from tests.house import House


async def test_groupes_lists_what_there_is_to_join(house: House) -> None:
    await a_commission(house, "👨‍👩‍👧 Parents")
    await a_commission(house, "🩺 Santé")
    samira = await house.join("Samira")

    await house.say(samira, "/groupes")

    assert samira.newest.text == "👥 Les groupes du quartier."
    assert samira.newest.labels == ["▫️ 👨‍👩‍👧 Parents", "▫️ 🩺 Santé", "✅ Fini"]


async def test_groupes_without_any_says_so(house: House) -> None:
    samira = await house.join("Samira")

    await house.say(samira, "/groupes")

    assert samira.newest.text == "👥 Il n'y a pas encore de groupe."


async def test_tap_joins_and_edits_the_list_in_place(house: House) -> None:
    parents = await a_commission(house, "Parents")
    samira = await house.join("Samira")
    await house.say(samira, "/groupes")
    screens = len(samira.received)

    await house.tap(samira, "▫️ 👥 Parents")

    assert samira.newest.labels == ["☑️ 👥 Parents", "✅ Fini"]
    assert len(samira.received) == screens
    assert await house.read(commission_rows.count_members, parents.id) == 1


async def test_f42_join_tapped_twice_is_as_once(house: House) -> None:
    parents = await a_commission(house, "Parents")
    samira = await house.join("Samira")
    await house.say(samira, "/groupes")
    tap = samira.tap("▫️ 👥 Parents")
    await tap.answered()

    await samira.tap_again(tap).answered()
    await house.rest()

    assert samira.newest.labels == ["☑️ 👥 Parents", "✅ Fini"]
    assert await house.read(commission_rows.count_members, parents.id) == 1


async def test_second_tap_leaves_again(house: House) -> None:
    parents = await a_commission(house, "Parents")
    samira = await house.join("Samira")
    await house.say(samira, "/groupes")
    await house.tap(samira, "▫️ 👥 Parents")

    await house.tap(samira, "☑️ 👥 Parents")

    assert samira.newest.labels == ["▫️ 👥 Parents", "✅ Fini"]
    assert await house.read(commission_rows.count_members, parents.id) == 0


async def test_done_tells_what_the_person_is_in_and_leads_back(house: House) -> None:
    await a_commission(house, "Parents")
    samira = await house.join("Samira")
    await house.say(samira, "/groupes")
    await house.tap(samira, "▫️ 👥 Parents")

    await house.tap(samira, "✅ Fini")

    assert samira.newest.text == "✅ Vous êtes dans Parents."
    await house.tap(samira, "↩️")
    assert samira.newest.labels == ["☑️ 👥 Parents", "✅ Fini"]


async def test_link_to_a_commission_joins_it_and_tells_so(house: House) -> None:
    parents = await a_commission(house, "Parents")
    code = await house.link(Purpose.COMMISSION, parents.id)

    samira = await house.join("Samira", payload=code)

    assert samira.find("✅ Vous êtes dans Parents.").labels == ["↩️ Retour", "🏠"]
    assert await house.read(commission_rows.count_members, parents.id) == 1


async def test_officer_founds_a_commission_by_its_name(house: House) -> None:
    await house.welcome(house.karim)
    await house.say(house.karim, "/groupes")
    await house.tap(house.karim, "➕ Nouveau groupe")

    await house.say(house.karim, "🩺 Santé")

    assert house.karim.newest.text.splitlines()[:2] == ["⚙️ 🩺 Santé", "👥 Personne pour le moment"]
    [founded] = await house.read(commission_rows.all_)
    assert (founded.pictogram, founded.name) == ("🩺", "Santé")


async def test_name_that_is_taken_is_told_and_asked_again(house: House) -> None:
    await a_commission(house, "Santé")
    await house.welcome(house.karim)
    await house.say(house.karim, "/groupes")
    await house.tap(house.karim, "➕ Nouveau groupe")

    await house.say(house.karim, "sante")

    assert house.karim.newest.text == "Ce nom existe déjà. Écrivez un autre nom."
    await house.say(house.karim, "Jardin")
    assert "⚙️ 👥 Jardin" in house.karim.newest.text


async def test_way_back_from_the_question_forgets_it(house: House) -> None:
    await house.welcome(house.karim)
    await house.say(house.karim, "/groupes")
    await house.tap(house.karim, "➕ Nouveau groupe")

    await house.tap(house.karim, "↩️")

    asked = await house.read(prompts.find, ChatId(house.karim.id), now=house.now())
    assert asked is None


async def test_f56_name_with_markup_is_shown_as_it_was_typed(house: House) -> None:
    await house.welcome(house.karim)
    await house.say(house.karim, "/groupes")
    await house.tap(house.karim, "➕ Nouveau groupe")

    await house.say(house.karim, "<b>A & B</b>")

    assert house.karim.newest.text.startswith("⚙️ 👥 <b>A & B</b>\n")
    assert house.karim.newest.entities == []


async def test_officer_shares_a_link_that_joins(house: House) -> None:
    parents = await a_commission(house, "Parents")
    await house.welcome(house.karim)
    await house.say(house.karim, "/groupes")
    await house.tap(house.karim, "⚙️ Parents")

    await house.tap(house.karim, "🔗 Lien")

    address = house.karim.newest.text.splitlines()[-1]
    samira = await house.join("Samira", payload=address.partition("start=")[2])
    assert samira.find("✅ Vous êtes dans Parents.").labels == ["↩️ Retour", "🏠"]
    assert await house.read(commission_rows.count_members, parents.id) == 1


async def test_f59_resident_cannot_found_by_a_forged_button(house: House) -> None:
    samira = await house.join("Samira")
    await house.say(samira, "/groupes")

    await samira.tap_data(FoundCommission().pack()).answered()
    await house.say(samira, "Jardin")

    assert await house.read(prompts.find, ChatId(samira.id), now=house.now()) is None
    assert await house.read(commission_rows.all_) == []


async def test_f22_name_whose_reply_is_lost_founds_once_and_begins_no_draft(house: House) -> None:
    await house.welcome(house.karim)
    await house.say(house.karim, "/groupes")
    await house.tap(house.karim, "➕ Nouveau groupe")
    house.room.faults.add(Fault(cut(), method="sendMessage", times=1))

    await house.say(house.karim, "Jardin")
    await house.karim.sees("⚙️ 👥 Jardin")

    assert [one.name for one in await house.read(commission_rows.all_)] == ["Jardin"]
    assert await house.read(event_rows.find, EventId(1)) is None
