"""Roles, names, pauses, and how the team grows: never by one person alone where there are two."""

import pytest

from community import residents
from community.errors import InvalidInputError
from storage import cards
from storage import residents as people
from storage.cards import CardKind
from storage.database import Database
from storage.errors import NotFoundError
from storage.ids import MessageId, ResidentId
from storage.residents import Resident, Role
from tests.community.world import HOUR, NOW, resident, rows

_ORDER = [Role.RESIDENT, Role.FACILITATOR, Role.OFFICER, Role.ADMIN]


@pytest.mark.parametrize("own", _ORDER)
@pytest.mark.parametrize("asked", _ORDER)
def test_role_reaches_as_far_as_its_rank(own: Role, asked: Role) -> None:
    person = _person(own)

    assert residents.may_act_as(person, asked) == (_ORDER.index(own) >= _ORDER.index(asked))


def _person(role: Role) -> Resident:
    return Resident(ResidentId(1), 1, "A", "fr", role, 1, NOW, None, None)


@pytest.mark.parametrize("role", _ORDER)
def test_visitor_reaches_nowhere(role: Role) -> None:
    assert not residents.may_act_as(None, role)


async def test_rename_keeps_the_clean_name_and_refuses_an_empty_one(database: Database) -> None:
    person = await database.write(resident, 1)

    await database.write(residents.rename, resident_id=person.id, name="  Ana\u202e\x00 ")
    with pytest.raises(InvalidInputError):
        await database.write(residents.rename, resident_id=person.id, name="\u200b")
    with pytest.raises(InvalidInputError):
        await database.write(residents.rename, resident_id=person.id, name="x" * 33)

    assert (await database.read(people.get, person.id)).first_name == "Ana"


@pytest.mark.parametrize(
    ("known", "usable"),
    [
        ("Samira", "Samira"),
        ("\u202eSamira\x00", "Samira"),
        ("Samira " + "x" * 40, "Samira"),
        ("🌹🌹", "?"),
        ("\u3164", "?"),
        ("", "?"),
        ("x" * 33, "?"),
    ],
)
def test_name_that_telegram_knows_is_used_where_it_can_be_kept(known: str, usable: str) -> None:
    assert residents.usable_first_name(known, otherwise="?") == usable


async def test_language_is_that_chosen_last(database: Database) -> None:
    person = await database.write(resident, 1)

    await database.write(residents.speak, resident_id=person.id, language="en")

    assert (await database.read(people.get, person.id)).language == "en"


async def test_pause_holds_from_the_first_until_resumed(database: Database) -> None:
    person = await database.write(resident, 1)

    await database.write(residents.pause, resident_id=person.id, now=NOW)
    await database.write(residents.pause, resident_id=person.id, now=NOW + HOUR)
    paused = await database.read(people.get, person.id)
    await database.write(residents.resume, resident_id=person.id)
    resumed = await database.read(people.get, person.id)

    assert paused.paused_at == NOW
    assert not paused.is_reachable
    assert resumed.is_reachable


async def test_pause_of_an_erased_person_is_not_found(database: Database) -> None:
    with pytest.raises(NotFoundError):
        await database.write(residents.pause, resident_id=ResidentId(77), now=NOW)


async def test_welcome_back_makes_a_person_reachable(database: Database) -> None:
    person = await database.write(resident, 1)
    await database.write(people.set_unreachable, person.id, NOW)

    await database.write(residents.welcome_back, resident_id=person.id)

    assert (await database.read(people.get, person.id)).is_reachable


async def test_welcome_back_has_their_cards_show_the_present_once(database: Database) -> None:
    person, other = [await database.write(resident, number) for number in (1, 2)]
    for chat_id in (person.chat_id, other.chat_id):
        await database.write(
            cards.put, chat_id, MessageId(5), kind=CardKind.EVENT, subject_id=1, now=NOW
        )
    await database.write(people.set_unreachable, person.id, NOW)

    for _ in range(2):
        await database.write(residents.welcome_back, resident_id=person.id)

    stale = await database.read(cards.stale, now=NOW, most=9)
    assert [(card.chat_id, card.wanted - card.shown) for card in stale] == [(person.chat_id, 1)]


async def test_turning_away_is_written_down(database: Database) -> None:
    person = await database.write(resident, 1)

    await database.write(residents.turn_away, resident_id=person.id, now=NOW)

    assert "turn_away" in repr((await database.read(rows))["journal"])
