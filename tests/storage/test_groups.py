"""Telegram groups linked to commissions."""

from storage import groups
from storage.database import Database
from storage.groups import Group
from storage.ids import ChatId
from tests.storage.rows import HOUR, NOW, commission

CHAT, OTHER, SUPER = ChatId(-10), ChatId(-20), ChatId(-1009999999999)


async def test_find_of_an_unknown_group_gives_none(database: Database) -> None:
    assert await database.read(groups.find, CHAT) is None
    assert await database.read(groups.living) == []


async def test_put_again_links_the_group_to_the_later_commission_and_finds_it_alive(
    database: Database,
) -> None:
    garden = await database.write(commission, "Jardin")
    music = await database.write(commission, "Musique")
    await database.write(groups.put, CHAT, garden.id, invite_link="https://t.me/+a", now=NOW)
    await database.write(groups.set_lost, CHAT, NOW)

    await database.write(groups.put, CHAT, music.id, invite_link=None, now=NOW + HOUR)

    assert await database.read(groups.find, CHAT) == Group(CHAT, music.id, None, NOW + HOUR, None)
    assert await database.read(groups.of_commission, garden.id) == []


async def test_lists_hold_the_living_first_linked_first(database: Database) -> None:
    garden = await database.write(commission)
    for chat, linked_at in ((CHAT, NOW + HOUR), (OTHER, NOW), (SUPER, NOW)):
        await database.write(groups.put, chat, garden.id, invite_link=None, now=linked_at)

    await database.write(groups.set_lost, SUPER, NOW)

    for listed in (
        await database.read(groups.living),
        await database.read(groups.of_commission, garden.id),
    ):
        assert [group.chat_id for group in listed] == [OTHER, CHAT]
    lost = await database.read(groups.find, SUPER)
    assert lost is not None
    assert lost.lost_at == NOW


async def test_invite_link_is_set_and_taken_away(database: Database) -> None:
    garden = await database.write(commission)
    await database.write(groups.put, CHAT, garden.id, invite_link=None, now=NOW)

    await database.write(groups.set_invite_link, CHAT, "https://t.me/+b")
    linked = await database.read(groups.find, CHAT)
    await database.write(groups.set_invite_link, CHAT, None)

    assert linked == Group(CHAT, garden.id, "https://t.me/+b", NOW, None)
    assert await database.read(groups.find, CHAT) == Group(CHAT, garden.id, None, NOW, None)


async def test_move_follows_a_group_once_f31(database: Database) -> None:
    garden = await database.write(commission)
    await database.write(groups.put, CHAT, garden.id, invite_link=None, now=NOW)

    moved = [await database.write(groups.move, CHAT, to=SUPER) for _ in range(2)]

    assert moved == [True, False]
    assert await database.read(groups.find, CHAT) is None
    assert await database.read(groups.living) == [Group(SUPER, garden.id, None, NOW, None)]


async def test_move_to_a_group_that_is_linked_already_leaves_that_one_f31(
    database: Database,
) -> None:
    garden = await database.write(commission)
    for chat in (CHAT, SUPER):
        await database.write(groups.put, chat, garden.id, invite_link=str(chat), now=NOW)

    assert await database.write(groups.move, CHAT, to=SUPER) is False

    assert await database.read(groups.living) == [Group(SUPER, garden.id, str(SUPER), NOW, None)]
