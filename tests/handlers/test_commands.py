"""The commands that Telegram lists are those that act, for whom they act."""

from handlers import commands
from handlers.registration import COLUMNS
from handlers.routing import Routes
from handlers.words import languages
from storage.residents import Role
from tests.house import House

PER_LANGUAGE = {"fr": "Mes données", "en": "My data"}


def test_lists_hold_every_command_by_its_role() -> None:
    routes = Routes(COLUMNS).commands

    of_officers = {name for name, route in routes.items() if route.role is Role.OFFICER}

    assert of_officers == set(commands.FOR_OFFICERS)
    assert set(routes) - of_officers == set(commands.FOR_EVERYBODY)


async def test_start_lists_everybodys_commands_in_each_language(house: House) -> None:
    await house.rest()

    for language in languages():
        listed = {
            one["command"]: one["description"]
            for one in house.room.profile.commands_for(1, language)
        }
        assert tuple(listed) == commands.FOR_EVERYBODY
        assert listed["donnees"] == PER_LANGUAGE[language]


async def test_language_without_a_locale_gets_the_houses(house: House) -> None:
    await house.rest()

    listed = house.room.profile.commands_for(1, "de")

    assert listed == house.room.profile.commands_for(1, "fr")
