"""Linking a group by a code typed there, following it, losing it; unknown ones are left (F72)."""

import re
from datetime import timedelta

import pytest

from sandbox.groups import Group
from storage import groups as group_rows
from storage import prompts
from storage.commissions import Commission
from storage.ids import ChatId
from tests.handlers.making import a_commission
from tests.house import House

PASTED = "https://t.me/+AbCdEf123456"


async def a_code(house: House, name: str = "Parents") -> str:
    """Have Karim, who is known, ask for a code to link a group; gives what he is to type."""
    await house.say(house.karim, "/groupes")
    await house.tap(house.karim, f"⚙️ {name}")
    await house.tap(house.karim, "💬 Relier un groupe")
    found = re.search(r"/lier@\S+ \S+", house.karim.newest.text)
    assert found is not None
    return found[0]


async def a_linked_group(house: House, *, admin: bool = False) -> tuple[Group, Commission]:
    """Give a group that is linked to Parents, and the commission."""
    parents = await a_commission(house, "Parents")
    await house.welcome(house.karim)
    typed = await a_code(house)
    group = house.room.group("Les parents", owner=house.karim)
    group.add_bot(by=house.karim, admin=admin)
    await house.rest()
    house.karim.say(typed, group)
    await house.rest()
    return group, parents


def is_in(house: House, group: Group) -> bool:
    return group.room_chat.holds(house.room.bot.id)


async def kept(house: House, group: Group) -> group_rows.Group | None:
    return await house.read(group_rows.find, ChatId(group.id))


async def test_code_typed_in_a_group_links_it_and_names_nobody(house: House) -> None:
    group, parents = await a_linked_group(house, admin=True)

    linked = await kept(house, group)

    assert group.newest.text == "✅ Ce groupe est relié à Parents."
    assert linked is not None
    assert linked.commission_id == parents.id
    assert linked.invite_link in group.room_chat.links
    assert house.karim.find("✅ Un groupe Telegram est relié à Parents.").text.count("\n") == 0


async def test_open_the_group_is_its_invite_link(house: House) -> None:
    group, _ = await a_linked_group(house, admin=True)
    samira = await house.join("Samira")
    await house.say(samira, "/groupes")
    await house.tap(samira, "Parents")
    await house.tap(samira, "✅ Fini")

    samira.join(samira.tap("💬 Ouvrir le groupe").url)

    assert group.holds(samira)


async def test_group_without_rights_has_its_link_asked_of_the_officer(house: House) -> None:
    group, _ = await a_linked_group(house)

    await house.karim.sees("Copiez le lien d'invitation du groupe")
    await house.say(house.karim, PASTED)

    linked = await kept(house, group)
    assert linked is not None
    assert linked.invite_link == PASTED
    assert house.karim.newest.text.startswith("✅ Le lien du groupe est noté.")


async def test_other_text_is_refused_once_and_then_read_as_usual(house: House) -> None:
    group, _ = await a_linked_group(house)

    await house.say(house.karim, "https://example.org/+AbCdEf123456")

    assert house.karim.newest.text.startswith("Ce n'est pas le lien d'un groupe.")
    assert await house.read(prompts.find, ChatId(house.karim.id), now=house.now()) is None
    await house.tap(house.karim, "🔗 Donner le lien")
    await house.say(house.karim, PASTED)
    linked = await kept(house, group)
    assert linked is not None
    assert linked.invite_link == PASTED


async def test_code_rides_in_the_link_that_adds_the_bot(house: House) -> None:
    await a_commission(house, "Parents")
    await house.welcome(house.karim)
    code = (await a_code(house)).split()[-1]
    assert house.karim.tap("➕ Ajouter au groupe").url.endswith(f"?startgroup={code}")
    group = house.room.group("Les parents", owner=house.karim)
    group.add_bot(by=house.karim)

    house.karim.say(f"/start@{house.room.bot.username} {code}", group)
    await house.rest()

    assert await kept(house, group) is not None


async def test_f72_unknown_group_is_left_at_once_and_not_kept(house: House) -> None:
    await a_commission(house, "Parents")
    group = house.room.group("Inconnus")

    group.add_bot()
    await house.rest()

    assert not is_in(house, group)
    assert group.received == []
    assert await house.read(group_rows.living) == []


async def test_f72_code_that_has_expired_links_nothing(house: House) -> None:
    await a_commission(house, "Parents")
    await house.welcome(house.karim)
    typed = await a_code(house)
    group = house.room.group("Les parents", owner=house.karim)
    group.add_bot(by=house.karim)
    await house.rest()
    await house.advance(timedelta(minutes=16))

    house.karim.say(typed, group)
    await house.rest()

    assert group.newest.text.startswith("Ce code ne marche pas.")
    assert not is_in(house, group)
    assert await kept(house, group) is None


async def test_f72_code_links_one_group_only(house: House) -> None:
    group, _ = await a_linked_group(house)
    used = next(message.text for message in group.messages if "/lier" in message.text)
    await a_code(house)
    other = house.room.group("Les autres", owner=house.karim)
    other.add_bot(by=house.karim)
    await house.rest()

    house.karim.say(used, other)
    await house.rest()

    assert await kept(house, other) is None
    assert "Parents" not in other.newest.text


async def test_f71_code_of_an_anonymous_sender_links_nothing(house: House) -> None:
    await a_commission(house, "Parents")
    await house.welcome(house.karim)
    typed = await a_code(house)
    group = house.room.group("Les parents", owner=house.karim)
    group.add_bot(by=house.karim)
    await house.rest()

    group.say_anonymously(typed)
    group.say_as_channel(typed)
    await house.rest()

    assert await kept(house, group) is None
    assert group.received == []


async def test_command_for_another_bot_is_not_heard(house: House) -> None:
    await a_commission(house, "Parents")
    await house.welcome(house.karim)
    code = (await a_code(house)).split()[-1]
    group = house.room.group("Les parents", owner=house.karim)
    group.add_bot(by=house.karim, admin=True)
    await house.rest()

    house.karim.say(f"/lier@another_bot {code}", group)
    await house.rest()

    assert await kept(house, group) is None


@pytest.mark.parametrize("told", [True, False])
async def test_f31_group_that_becomes_a_supergroup_is_followed(house: House, *, told: bool) -> None:
    group, parents = await a_linked_group(house)
    old_id = group.id

    group.migrate(told=told)
    if not told:
        group.room_chat.members.pop(house.room.bot.id)
        group.add_bot(by=house.karim)
    await house.rest()

    followed = await kept(house, group)
    assert followed is not None
    assert (followed.commission_id, followed.lost_at) == (parents.id, None)
    assert await house.read(group_rows.find, ChatId(old_id)) is None
    assert is_in(house, group)


async def test_f29_group_that_removes_the_bot_is_told_to_the_officers(house: House) -> None:
    group, _ = await a_linked_group(house)

    group.remove_bot(by=house.karim)
    await house.rest()

    lost = await kept(house, group)
    assert lost is not None
    assert lost.lost_at is not None
    told = await house.karim.sees("Je ne suis plus dans le groupe Telegram de Parents.")
    assert told.key("💬 Relier un groupe") is not None


async def test_f72_lost_group_that_adds_the_bot_again_is_left(house: House) -> None:
    group, _ = await a_linked_group(house)
    group.remove_bot(by=house.karim)
    await house.rest()
    await house.advance(timedelta(minutes=16))

    group.add_bot(by=house.karim)
    await house.rest()

    assert not is_in(house, group)
