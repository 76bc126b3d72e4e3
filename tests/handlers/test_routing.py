"""Who reaches what: every tap, command and question by every role, denied unless named (F59)."""

from collections.abc import Iterator
from dataclasses import fields
from datetime import timedelta
from enum import StrEnum
from typing import Any, get_type_hints

import pytest

from community import residents as rules
from handlers import buttons
from handlers.buttons import CODES, Button
from handlers.guards import Route
from handlers.registration import COLUMNS
from handlers.routing import Routes
from sandbox import Person
from storage import journal, prompts, residents
from storage.ids import ChatId
from storage.residents import Role
from tests.community.world import rows
from tests.handlers.making import a_commission, an_event
from tests.house import House

ROUTES = Routes(COLUMNS)
OFFICERS_TAPS = [kind for kind, route in ROUTES.taps.items() if route.role is Role.OFFICER]
OFFICERS_COMMANDS = [name for name, route in ROUTES.commands.items() if route.role is Role.OFFICER]
OFFICERS_QUESTIONS = [kind for kind, route in ROUTES.prompts.items() if route.role is Role.OFFICER]
QUIET = {"inbox", "bookmarks", "journal"}
"""Tables that may change when somebody is turned away: the update, the offset, the audit line."""
_A_WHILE = timedelta(seconds=30)
LOST = "Je ne sais pas faire cela."
VISITORS_TAPS = {
    buttons.ChooseLanguage,
    buttons.LearnMore,
    buttons.Agree,
    buttons.Refuse,
    buttons.Erase,
}
VISITORS_SEE = {buttons.OpenAgenda, buttons.OpenEvent, buttons.AnswerInGroup}


def samples(kind: type[Button], target: int) -> Button:
    """Give a button whose ids all name what is there."""
    hints = get_type_hints(kind)
    names: list[str] = [field.name for field in fields(kind)]  # type: ignore[arg-type]  # every button is a dataclass
    return kind(**{name: _sample(hints[name], target) for name in names})


def _sample(hint: Any, target: int) -> Any:  # noqa: ANN401 - any field's annotation
    if hint is bool:
        return True
    if hint is str:
        return "fr"
    if isinstance(hint, type) and issubclass(hint, StrEnum):
        return next(iter(hint))
    return target


def routes() -> Iterator[tuple[str, Route]]:
    for kind, route in ROUTES.taps.items():
        yield kind.__name__, route
    yield from ROUTES.commands.items()
    yield from ROUTES.prompts.items()
    yield from ROUTES.menu.items()


async def changed(house: House, before: Any) -> set[str]:  # noqa: ANN401 - all rows
    after = await house.read(rows)
    return {name for name in after if after[name] != before[name]}


async def become(house: House, person: Person, role: Role) -> None:
    resident = await house.read(residents.find_speaking, person.id)
    assert resident is not None
    await house.write(residents.set_role, resident.id, role)


async def stage(house: House) -> int:
    """Have an event and a commission there, both with this id."""
    event = await an_event(house)
    commission = await a_commission(house, "Parents")
    assert int(event.id) == int(commission.id)
    return int(event.id)


# -------------------------------------------------------------------------------- the tables


def test_f59_every_route_names_its_role() -> None:
    named = list(routes())

    assert named
    assert all(route.role is None or isinstance(route.role, Role) for _, route in named)


def test_f59_visitors_reach_what_the_first_contact_needs_and_public_events_only() -> None:
    reached = {kind for kind, route in ROUTES.taps.items() if route.role is None}
    commands = {name for name, route in ROUTES.commands.items() if route.role is None}
    questions = {name for name, route in ROUTES.prompts.items() if route.role is None}

    assert reached >= VISITORS_TAPS
    assert {kind.__name__ for kind in reached - VISITORS_TAPS} <= {
        kind.__name__ for kind in VISITORS_SEE
    }
    assert commands <= {"start", "stop", "agenda"}
    assert questions == set()


@pytest.mark.parametrize("role", Role)
def test_f59_role_reaches_its_own_and_those_below_it(role: Role) -> None:
    resident = residents.Resident.__new__(residents.Resident)
    object.__setattr__(resident, "role", role)

    reached = [one for one in Role if rules.may_act_as(resident, one)]

    assert reached == list(Role)[: list(Role).index(role) + 1]
    assert not any(rules.may_act_as(None, one) for one in Role)


def test_two_columns_that_name_the_same_thing_are_refused() -> None:
    with pytest.raises(ValueError, match="twice"):
        Routes((*COLUMNS, COLUMNS[0]))


# ---------------------------------------------------------------------------- by real people


async def test_f59_resident_taps_every_officers_button_and_nothing_changes(house: House) -> None:
    target = await stage(house)
    samira = await house.join("Samira")
    before = await house.read(rows)

    for kind in OFFICERS_TAPS:
        answer = await samira.tap_data(samples(kind, target).pack()).answered()
        await house.rest()
        assert (answer.text, samira.newest.text.splitlines()[0]) == ("", LOST), kind
        await house.room.advance(_A_WHILE)

    lines = await house.read(journal.of_noun, "resident")
    turned_away = [line for line in lines if line.verb == "turn_away"]
    assert await changed(house, before) <= QUIET
    assert len(turned_away) == len(OFFICERS_TAPS)
    assert "Samira" not in str(turned_away)


async def test_f59_resident_types_every_officers_command_and_reads_what_an_unknown_one_says(
    house: House,
) -> None:
    await stage(house)
    samira = await house.join("Samira")
    await house.say(samira, "/unknown")
    unknown = samira.newest.text
    before = await house.read(rows)

    for name in OFFICERS_COMMANDS:
        await house.say(samira, f"/{name} Atelier cuisine samedi 14h")
        assert samira.newest.text == unknown, name

    assert OFFICERS_COMMANDS
    assert await changed(house, before) <= QUIET


async def test_f59_resident_answers_every_officers_question_and_nothing_changes(
    house: House,
) -> None:
    target = await stage(house)
    samira = await house.join("Samira")

    for kind in OFFICERS_QUESTIONS:
        await house.write(
            prompts.put,
            ChatId(samira.id),
            kind=kind,
            facts={"event_id": target, "commission_id": target, "field": "title"},
            expires_at=house.now() + 10 * _A_WHILE,
        )
        before = await house.read(rows)
        await house.say(samira, "Atelier couture")
        assert samira.newest.text.startswith(LOST), kind
        assert await changed(house, before) <= QUIET, kind


async def test_f59_visitor_taps_every_residents_button_and_nothing_is_kept(house: House) -> None:
    target = await stage(house)
    visitor = house.room.person("Visiteuse", language_code="fr")
    visitor.start()
    await visitor.sees("Votre langue")
    await house.rest()
    before = await house.read(rows)

    for kind, route in ROUTES.taps.items():
        if route.role is not None:
            await visitor.tap_data(samples(kind, target).pack()).answered()
            await house.rest()
            assert "Votre langue" in visitor.newest.text, kind
            await house.room.advance(_A_WHILE)

    # A link to the event that was tapped is anybody's: it names nobody.
    assert await changed(house, before) <= {"inbox", "bookmarks", "links"}
    assert str(visitor.id) not in repr((await house.read(rows))["links"])


async def test_f59_admin_reaches_every_officers_command(house: House) -> None:
    await stage(house)
    await house.welcome(house.karim)

    for name in OFFICERS_COMMANDS:
        await house.say(house.karim, f"/{name}")
        assert not house.karim.newest.text.startswith(LOST), name


async def test_f59_username_taken_over_gives_no_right(house: House) -> None:
    await house.welcome(house.karim)
    house.karim.rename(username="karim_roubaix")
    thief = house.room.person("Karim", username="karim_roubaix")
    await house.welcome(thief)
    house.karim.rename(username="")

    await house.say(thief, "/equipe")

    assert thief.newest.text.startswith(LOST)


async def test_f59_officer_who_is_one_no_more_reaches_nothing(house: House) -> None:
    samira = await house.join("Samira")
    await become(house, samira, Role.OFFICER)
    await house.say(samira, "/equipe")
    assert not samira.newest.text.startswith(LOST)
    old = samira.newest

    await become(house, samira, Role.RESIDENT)
    await samira.tap_data(buttons.InviteOfficer().pack(), old).answered()
    await house.rest()

    assert samira.newest.text.startswith(LOST)


async def test_f28_person_who_was_out_of_reach_and_writes_can_be_reached(house: House) -> None:
    samira = await house.join("Samira")
    resident = await house.read(residents.find_speaking, samira.id)
    assert resident is not None
    await house.write(residents.set_unreachable, resident.id, house.now())

    await house.say(samira, "bonjour")

    back = await house.read(residents.get, resident.id)
    assert back.unreachable_at is None


async def test_f28_tap_in_private_restores_too(house: House) -> None:
    samira = await house.join("Samira")
    resident = await house.read(residents.find_speaking, samira.id)
    assert resident is not None
    await house.write(residents.set_unreachable, resident.id, house.now())

    await house.tap(samira, "🏠")

    back = await house.read(residents.get, resident.id)
    assert back.unreachable_at is None


async def test_f57_forged_data_is_answered_as_an_old_button_and_changes_nothing(
    house: House,
) -> None:
    await stage(house)
    samira = await house.join("Samira")
    before = await house.read(rows)

    for data in ("", "1zz", "0ev:1", "1ev:-1", "1ev:1;DROP", "1ra:1:yes", "x" * 64, "１ev:1"):
        if data:
            answer = await samira.tap_data(data).answered()
            await house.rest()
            assert answer.text == "Ce bouton n'est plus valable.", data

    assert await changed(house, before) <= {"inbox", "bookmarks"}


def test_every_button_is_enumerated() -> None:
    assert len(OFFICERS_TAPS) > 10
    assert set(CODES) == set(ROUTES.taps)
