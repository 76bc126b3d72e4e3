"""Home, languages, help, pause, what is lost or forbidden, and the team, over HTTP."""

import pytest

from community import team
from handlers import buttons
from handlers.buttons import Button
from sandbox import Person
from storage import journal
from storage import residents as people
from storage.ids import BroadcastId, CommissionId, EventId, ResidentId
from storage.residents import Resident
from tests.house import House

LOST = "Je ne sais pas faire cela.\n☎️ Une question ? Appelez le 03 20 00 00 00."
LOST_BUTTONS = ["📅 Agenda", "🙋 Mes inscriptions", "🏠"]


async def known(house: House, person: Person) -> Resident:
    resident = await house.read(people.find_speaking, person.id)
    assert resident is not None
    return resident


@pytest.mark.parametrize(
    "text", ["Bonjour", "/inconnu", "a" * 4096, "<b>", "🦊", "\u202eabc"], ids=repr
)
async def test_text_not_understood_gets_three_buttons_and_the_phone(
    house: House, text: str
) -> None:
    samira = await house.join("Samira")

    await house.say(samira, text)

    assert samira.newest.text == LOST
    assert samira.newest.labels == LOST_BUTTONS


async def test_voice_gets_three_buttons(house: House) -> None:
    samira = await house.join("Samira")

    samira.send_voice(b"ogg")
    await house.rest()

    assert samira.newest.labels == LOST_BUTTONS


@pytest.mark.parametrize("command", ["/nouveau", "/diffuser", "/presences", "/equipe"])
async def test_officers_command_of_a_resident_is_unknown_f59(house: House, command: str) -> None:
    samira = await house.join("Samira")

    await house.say(samira, command)

    assert samira.newest.text == LOST
    assert await turned_away(house, samira) == 1


@pytest.mark.parametrize(
    "button",
    [
        buttons.OpenTeam(),
        buttons.InviteOfficer(),
        buttons.NewEvent(),
        buttons.OpenNames(EventId(1)),
        buttons.FoundCommission(),
        buttons.ManageCommission(CommissionId(1)),
        buttons.SendBroadcast(BroadcastId(1), again=True),
        buttons.CancelNow(EventId(1)),
        buttons.AnswerRequest(ResidentId(1), accepted=True),
    ],
    ids=lambda button: type(button).__name__,
)
async def test_officers_button_of_a_resident_is_unknown_f59(house: House, button: Button) -> None:
    samira = await house.join("Samira")

    await samira.tap_data(button.pack()).answered()
    await house.rest()

    assert samira.find(LOST).labels == LOST_BUTTONS
    assert await turned_away(house, samira) == 1


async def turned_away(house: House, person: Person) -> int:
    resident = await known(house, person)
    lines = await house.read(journal.of_actor, resident.id)
    return sum(line.verb == "turn_away" for line in lines)


async def test_forwarded_command_executes_nothing_f71(house: House) -> None:
    samira = await house.join("Samira")
    written = samira.say("/stop")
    await house.rest()
    await house.tap(samira, "🔔 Reprendre")

    samira.forward(written)
    await house.rest()

    assert (await known(house, samira)).paused_at is None
    assert samira.newest.text == LOST


async def test_edited_command_executes_nothing_f71(house: House) -> None:
    samira = await house.join("Samira")
    written = samira.say("bonjour")
    await house.rest()

    samira.edit(written, "/stop")
    await house.rest()

    assert (await known(house, samira)).paused_at is None


@pytest.mark.parametrize("data", ["", "1h:1", "2h", "1zz", "1em:-1", "1em:١", "1em:", "🦊"])
async def test_mutated_button_is_told_old_f57(house: House, data: str) -> None:
    samira = await house.join("Samira")

    told = await samira.tap_data(data).answered()
    await house.rest()

    assert told.text == "Ce bouton n'est plus valable."


# ---------------------------------------------------------------------------------- languages


@pytest.mark.parametrize("way", ["/langue", "🌍 Langue"])
async def test_language_changes_words_keyboard_and_back(house: House, way: str) -> None:
    samira = await house.join("Samira")

    await house.say(samira, way)
    await house.tap(samira, "English")

    assert (await known(house, samira)).language == "en"
    assert samira.find("🏠 Hello Samira.").key("👥 The groups") is not None
    assert samira.reply_keyboard[1] == ["🌍 Language", "☎️ Help"]


async def test_language_of_an_officer_changes_their_commands(house: House) -> None:
    await house.welcome(house.karim)

    await house.say(house.karim, "/langue")
    await house.tap(house.karim, "English")

    described = {
        one["command"]: one["description"]
        for one in house.room.profile.commands_for(house.karim.id, "fr")
    }
    assert described["equipe"] == "See the team"


async def test_same_language_again_brings_no_second_keyboard(house: House) -> None:
    samira = await house.join("Samira")
    await house.say(samira, "/langue")

    await house.tap(samira, "✅ Français")

    assert sum(bool(message.reply_rows) for message in samira.received) == 1


async def test_forged_language_changes_nothing_f57(house: House) -> None:
    samira = await house.join("Samira")

    await samira.tap_data(buttons.SetLanguage("zz").pack()).answered()
    await house.rest()

    assert (await known(house, samira)).language == "fr"


async def test_menu_of_the_old_language_still_works(house: House) -> None:
    samira = await house.join("Samira")
    await house.say(samira, "/langue")
    await house.tap(samira, "English")

    await house.say(samira, "☎️ Aide")

    assert "I tell you about events near you." in samira.newest.text


# -------------------------------------------------------------------------------------- pause


@pytest.mark.parametrize("text", ["STOP", "stop", "Stop !", "Arrêt", "ARRETER", "/stop", "quit"])
async def test_stop_in_any_language_pauses(house: House, text: str) -> None:
    samira = await house.join("Samira")

    await house.say(samira, text)

    assert (await known(house, samira)).paused_at is not None
    assert samira.newest.text.startswith("⏸ Je ne vous écris plus.")
    assert samira.newest.labels == ["🔔 Reprendre", "🔒 Mes données", "🏠"]


async def test_stop_within_a_sentence_pauses_nothing(house: House) -> None:
    samira = await house.join("Samira")

    await house.say(samira, "Je ne veux pas de stop")

    assert (await known(house, samira)).paused_at is None


async def test_resume_writes_again(house: House) -> None:
    samira = await house.join("Samira")
    await house.say(samira, "STOP")

    told = await house.tap(samira, "🔔 Reprendre")

    assert told.text == "🔔 Je vous écris à nouveau."
    assert (await known(house, samira)).paused_at is None
    assert samira.newest.text.startswith("🏠 Bonjour Samira.")


@pytest.mark.parametrize("way", ["/aide", "/help", "☎️ Aide"])
async def test_help_names_a_human_and_can_pause(house: House, way: str) -> None:
    samira = await house.join("Samira")

    await house.say(samira, way)
    shown = samira.newest.text
    await house.tap(samira, "⏸ Ne plus m'écrire")

    assert "03 20 00 00 00" in shown
    assert (await known(house, samira)).paused_at is not None


async def test_settings_is_the_home(house: House) -> None:
    samira = await house.join("Samira")

    await house.say(samira, "/settings")

    assert samira.newest.text.startswith("🏠 Bonjour Samira.")


# --------------------------------------------------------------------------------------- team


async def test_team_lists_the_officers_to_officers(house: House) -> None:
    await house.welcome(house.karim)

    await house.say(house.karim, "/equipe")

    assert house.karim.newest.text == "🤝 L'équipe : Karim"


async def test_fault_is_told_to_the_officers_f12(house: House) -> None:
    await house.welcome(house.karim)
    samira = await house.join("Samira")

    await house.write(team.report_fault, code="BCDFGH", now=house.now())

    assert (await house.karim.sees("Code : BCDFGH")).key("🏠") is not None
    assert not any("BCDFGH" in message.text for message in samira.received)
