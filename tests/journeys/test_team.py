"""The team: a link for one person and one day, and a second person's yes where there is one."""

import re
from datetime import timedelta

import pytest

from sandbox import Person
from storage import residents
from storage.residents import Role
from tests.house import House
from tests.journeys.telling import Tale

LOST = "Je ne sais pas faire cela."
OFFICERS_OWN = ["nouveau", "diffuser", "presences", "equipe"]
EVERYBODYS = [
    "start",
    "agenda",
    "groupes",
    "inscriptions",
    "donnees",
    "langue",
    "aide",
    "stop",
    "help",
    "settings",
]


async def invitation(tale: Tale, officer: Person) -> str:
    """Have an officer invite somebody; gives the link's code."""
    await tale.say(officer, "/equipe")
    await tale.tap(officer, "➕ Inviter")
    code = re.search(r"\?start=(\S+)", officer.newest.text)
    assert code is not None
    return code[1]


async def role(house: House, person: Person) -> Role | None:
    """Tell a person's role."""
    resident = await house.read(residents.find_speaking, person.id)
    return resident.role if resident is not None else None


def commands(house: House, person: Person) -> list[str]:
    """Name the commands that Telegram lists to a person."""
    calls = house.room.ledger.calls("setMyCommands")
    scopes = [
        call for call in calls if (call.params.get("scope") or {}).get("chat_id") == person.id
    ]
    return [one["command"] for one in scopes[-1].params["commands"]] if scopes else []


async def test_only_officer_invites_a_colleague_who_is_in_the_team_at_once(house: House) -> None:
    await house.welcome(house.karim)
    tale = Tale(house)
    code = await invitation(tale, house.karim)
    tale.sent()

    leila = await house.join("Leïla", payload=code)

    accepted = leila.find("🎉 Vous êtes dans l'équipe.")
    assert accepted.labels[-4:] == ["🆕 Un rendez-vous", "📣 Annoncer", "👀 Qui vient", "🤝 Équipe"]
    assert await role(house, leila) is Role.OFFICER
    assert commands(house, leila) == [*OFFICERS_OWN, *EVERYBODYS]
    assert tale.sent() == {"Leïla": 2}
    await tale.say(house.karim, "/equipe")
    assert house.karim.newest.text == "🤝 L'équipe : Karim, Leïla"


@pytest.mark.parametrize(
    ("answer", "told", "expected"),
    [
        ("✅ Oui", "🎉 Vous êtes dans l'équipe.", Role.OFFICER),
        ("❌ Non", "L'équipe a répondu non à votre demande.", Role.RESIDENT),
    ],
)
async def test_second_person_is_asked_where_there_is_one(
    house: House, answer: str, told: str, expected: Role
) -> None:
    await house.welcome(house.karim)
    tale = Tale(house)
    leila = await house.join("Leïla", payload=await invitation(tale, house.karim))
    code = await invitation(tale, leila)
    tale.sent()

    marc = await house.join("Marc", payload=code)
    await tale.pass_by(seconds=2)
    assert marc.find("⏳ C'est noté.").labels == ["🏠"]
    assert await role(house, marc) is Role.RESIDENT
    assert house.karim.newest.text.splitlines() == [
        "🤝 Marc veut entrer dans l'équipe.",
        "Invitation de Leïla.",
        "L'équipe crée les rendez-vous et voit les noms.",
    ]
    assert tale.sent() == {"Marc": 2, "Karim": 1}
    await tale.tap(house.karim, answer)
    await tale.pass_by(seconds=2)

    assert marc.newest.text == told
    assert await role(house, marc) is expected
    assert tale.sent() == {"Marc": 1}
    assert await tale.has_ended_well()


async def test_f58_invitation_works_once_and_for_a_day(house: House) -> None:
    await house.welcome(house.karim)
    tale = Tale(house)
    used = await invitation(tale, house.karim)
    late = await invitation(tale, house.karim)
    await house.join("Leïla", payload=used)

    again = await house.join("Zoé", payload=used)
    await house.advance(timedelta(hours=25))
    stale = await house.join("Yusuf", payload=late)

    for person in (again, stale):
        assert person.find("😕 Ce lien ne marche plus.").labels == ["📅 Agenda", "🏠"]
        assert await role(house, person) is Role.RESIDENT


async def test_f59_residents_find_no_officers_command(house: House) -> None:
    tale = Tale(house)
    (samira,) = await tale.gather("Samira")
    tale.sent()

    for name in OFFICERS_OWN:
        await tale.say(samira, f"/{name}")
        assert samira.newest.text.startswith(LOST)
    await tale.say(samira, "Atelier cuisine samedi 14h espace Linné")

    assert samira.newest.text.startswith(LOST)
    assert commands(house, samira) == []
    assert tale.sent() == {"Samira": 5}


async def test_each_command_of_everybody_answers(house: House) -> None:
    tale = Tale(house)
    (samira,) = await tale.gather("Samira")
    tale.sent()

    for name in EVERYBODYS:
        await tale.say(samira, f"/{name}")
        assert not samira.newest.text.startswith(LOST), name

    assert tale.sent() == {"Samira": len(EVERYBODYS)}
