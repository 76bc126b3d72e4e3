"""People who have agreed to be known."""

from pathlib import Path

import pytest

from storage import commissions, events, residents, rsvps
from storage.database import Database, Writer
from storage.errors import NotFoundError
from storage.ids import ChatId, ResidentId
from storage.residents import Resident, Role
from tests.storage.plans import plan
from tests.storage.rows import DAY, NOW, answer, commission, crowd, event, resident

NOBODY = ResidentId(999)


async def test_add_gives_the_person_as_entered(database: Database) -> None:
    ada = await database.write(resident, 1)

    assert ada == Resident(ada.id, 1001, "Person 1", "fr", Role.RESIDENT, 1, NOW, None, None)
    assert ada.chat_id == ChatId(1001)
    assert await database.read(residents.get, ada.id) == ada


async def test_add_again_gives_the_person_as_they_stand(database: Database) -> None:
    ada = await database.write(resident, 1)
    await database.write(residents.set_first_name, ada.id, "Ada")

    again = await database.write(resident, 1, Role.ADMIN)

    assert again == await database.read(residents.get, ada.id)
    assert (again.first_name, again.role) == ("Ada", Role.RESIDENT)
    assert await database.read(residents.count) == 1


async def test_telegram_ids_beyond_32_bits_are_kept(database: Database) -> None:
    """https://core.telegram.org/bots/api#user: at most 52 significant bits."""
    number = 2**52 - 1001

    ada = await database.write(resident, number)

    assert await database.read(residents.find_speaking, 2**52 - 1) == ada


async def test_lookups_of_nobody(database: Database) -> None:
    with pytest.raises(NotFoundError) as refusal:
        await database.read(residents.get, NOBODY)

    assert (refusal.value.noun, refusal.value.key) == ("resident", NOBODY)
    assert await database.read(residents.find, NOBODY) is None
    assert await database.read(residents.find_speaking, 1) is None


async def test_setters_change_one_person_and_nothing_else(database: Database) -> None:
    ada, bob = await database.write(crowd, 2)

    await database.write(residents.set_first_name, ada.id, "Zoé")
    await database.write(residents.set_language, ada.id, "en")
    await database.write(residents.set_role, ada.id, Role.OFFICER)
    await database.write(residents.set_paused, ada.id, NOW + DAY)
    await database.write(residents.set_unreachable, ada.id, NOW)

    assert await database.read(residents.get, ada.id) == Resident(
        ada.id, ada.telegram_id, "Zoé", "en", Role.OFFICER, 1, NOW, NOW + DAY, NOW
    )
    assert await database.read(residents.get, bob.id) == bob


async def test_team_lists_officers_and_admins_first_come_first(database: Database) -> None:
    roles = [Role.ADMIN, Role.RESIDENT, Role.OFFICER, Role.FACILITATOR]
    people = [await database.write(resident, 9 - at, role) for at, role in enumerate(roles)]

    team = await database.read(residents.team)

    assert team == [people[0], people[2]]


async def test_counts_leave_paused_and_unreachable_people_out_of_the_reachable(
    database: Database,
) -> None:
    assert await database.read(residents.count_reachable) == 0
    ada, bob, _ = await database.write(crowd, 3)

    await database.write(residents.set_paused, ada.id, NOW)
    await database.write(residents.set_unreachable, bob.id, NOW)

    assert await database.read(residents.count) == 3
    assert await database.read(residents.count_reachable) == 1
    assert not (await database.read(residents.get, ada.id)).is_reachable

    await database.write(residents.set_paused, ada.id, None)

    assert await database.read(residents.count_reachable) == 2
    assert (await database.read(residents.get, ada.id)).is_reachable


async def test_remove_takes_memberships_and_answers_along_and_leaves_the_event(
    database: Database,
) -> None:
    def settle(writer: Writer) -> tuple[Resident, Resident]:
        ada, bob = crowd(writer, 2)
        garden = commission(writer)
        lunch = event(writer, ada)
        for person in (ada, bob):
            commissions.add_member(writer, garden.id, person.id, now=NOW)
            answer(writer, lunch.id, person.id)
        return ada, bob

    ada, bob = await database.write(settle)

    await database.write(residents.remove, ada.id)

    garden, *_ = await database.read(commissions.all_)
    lunch, *_ = await database.read(events.upcoming, now=NOW)
    assert await database.read(residents.find, ada.id) is None
    assert await database.read(commissions.count_members, garden.id) == 1
    assert await database.read(rsvps.of_resident, ada.id) == []
    assert [guest.resident for guest in await database.read(rsvps.roster, lunch.id)] == [bob]
    assert lunch.organizer_id is None


async def test_id_of_a_removed_person_is_never_given_again(database: Database) -> None:
    ada = await database.write(resident, 1)
    await database.write(residents.remove, ada.id)

    bob = await database.write(resident, 2)

    assert bob.id > ada.id


def test_team_is_found_among_100_000_people_by_its_own_index(crowded_file: Path) -> None:
    planned = plan(crowded_file, residents.team)

    assert planned.wasteful == ["SCAN residents USING INDEX ix_residents_team"]
