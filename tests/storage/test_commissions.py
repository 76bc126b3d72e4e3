"""Commissions and who belongs to which."""

import pytest

from storage import commissions, residents
from storage.commissions import Commission, Membership, Option
from storage.database import Database, Writer
from storage.errors import DuplicateError, NotFoundError
from storage.ids import CommissionId, UpdateId
from tests.storage.rows import HOUR, NOW, commission, crowd

NONE_SUCH = CommissionId(999)


def found(writer: Writer, name: str, cause: int | None) -> Commission:
    return commissions.add(
        writer,
        name=name,
        name_folded=name.casefold(),
        pictogram="🌱",
        now=NOW,
        cause=None if cause is None else UpdateId(cause),
    )


async def test_without_any_the_lists_are_empty(database: Database) -> None:
    (ada,) = await database.write(crowd, 1)

    assert await database.read(commissions.all_) == []
    assert await database.read(commissions.options, ada.id) == []
    assert await database.read(commissions.of_resident, ada.id) == []
    assert await database.read(commissions.count_members, NONE_SUCH) == 0
    assert await database.read(commissions.count_reachable, NONE_SUCH) == 0
    assert await database.read(commissions.find, NONE_SUCH) is None
    with pytest.raises(NotFoundError):
        await database.read(commissions.get, NONE_SUCH)


async def test_add_with_the_same_cause_gives_the_same_commission(database: Database) -> None:
    garden = await database.write(found, "Jardin", 5)

    again = await database.write(found, "Jardin", 5)

    assert again == garden == await database.read(commissions.get, garden.id)
    assert await database.read(commissions.all_) == [garden]


@pytest.mark.parametrize("causes", [(5, 6), (None, None), (5, None)])
async def test_add_of_a_name_that_another_has_is_refused(
    database: Database, causes: tuple[int | None, int | None]
) -> None:
    garden = await database.write(found, "Jardin", causes[0])

    with pytest.raises(DuplicateError):
        await database.write(found, "JARDIN", causes[1])

    assert await database.read(commissions.all_) == [garden]


async def test_membership_is_entered_once_and_left_once(database: Database) -> None:
    (ada,) = await database.write(crowd, 1)
    garden = await database.write(commission)

    entered = [
        await database.write(commissions.add_member, garden.id, ada.id, now=NOW) for _ in range(2)
    ]
    counted = await database.read(commissions.count_members, garden.id)
    left = [await database.write(commissions.remove_member, garden.id, ada.id) for _ in range(2)]

    assert entered == [True, False]
    assert counted == 1
    assert left == [True, False]
    assert await database.read(commissions.count_members, garden.id) == 0


async def test_options_and_memberships_are_those_of_the_person_oldest_first(
    database: Database,
) -> None:
    ada, bob = await database.write(crowd, 2)
    garden, music, cooking = [
        await database.write(commission, name) for name in ("Jardin", "Musique", "Cuisine")
    ]
    for one in (cooking, garden):
        await database.write(commissions.add_member, one.id, ada.id, now=NOW)
    await database.write(commissions.add_member, music.id, bob.id, now=NOW)

    options = await database.read(commissions.options, ada.id)

    assert options == [
        Option(garden, is_member=True),
        Option(music, is_member=False),
        Option(cooking, is_member=True),
    ]
    assert await database.read(commissions.of_resident, ada.id) == [garden, cooking]


async def test_count_reachable_leaves_paused_and_unreachable_members_out(
    database: Database,
) -> None:
    ada, bob, eve = await database.write(crowd, 3)
    garden = await database.write(commission)
    for person in (ada, bob, eve):
        await database.write(commissions.add_member, garden.id, person.id, now=NOW)

    await database.write(residents.set_paused, ada.id, NOW)
    await database.write(residents.set_unreachable, bob.id, NOW)

    assert await database.read(commissions.count_members, garden.id) == 3
    assert await database.read(commissions.count_reachable, garden.id) == 1


async def test_commission_is_found_by_the_update_that_founded_it(database: Database) -> None:
    garden = await database.write(found, "Jardin", 5)
    await database.write(found, "Musique", None)

    assert await database.read(commissions.find_caused, UpdateId(5)) == garden
    assert await database.read(commissions.find_caused, UpdateId(6)) is None


async def test_memberships_tell_since_when_oldest_commission_first(database: Database) -> None:
    ada, bob = await database.write(crowd, 2)
    garden, music = [await database.write(commission, name) for name in ("Jardin", "Musique")]
    await database.write(commissions.add_member, music.id, ada.id, now=NOW)
    await database.write(commissions.add_member, garden.id, ada.id, now=NOW + HOUR)
    await database.write(commissions.add_member, garden.id, bob.id, now=NOW)

    memberships = await database.read(commissions.memberships, ada.id)

    assert memberships == [
        Membership(garden.id, ada.id, NOW + HOUR),
        Membership(music.id, ada.id, NOW),
    ]
