"""Commands by scope and language, words, menu buttons, polls."""

from sandbox import Person
from tests.sandbox.conftest import Api

AGENDA = [{"command": "agenda", "description": "L'agenda"}]
OFFICER = [{"command": "nouveau", "description": "Un événement"}]


async def test_commands_scope_and_language_kept_apart(api: Api, samira: Person) -> None:
    scope = {"type": "chat", "chat_id": samira.id}
    await api.result("setMyCommands", commands=AGENDA)
    await api.result("setMyCommands", commands=AGENDA, language_code="en")
    await api.result("setMyCommands", commands=OFFICER, scope=scope)
    profile = samira.world.profile

    shown = profile.commands_for(samira.id, "fr")
    await api.result("deleteMyCommands", scope=scope)

    assert shown == OFFICER
    assert profile.commands_for(samira.id, "fr") == AGENDA
    assert await api.result("getMyCommands", language_code="en") == AGENDA
    assert await api.result("getMyCommands", language_code="de") == []


async def test_commands_wrong_refused(api: Api) -> None:
    async def refusal(**params: object) -> str:
        return (await api.refusal("setMyCommands", **params))[1]

    nameless = [{"command": "Événement", "description": "x"}]
    silent = [{"command": "x", "description": ""}]
    many = [{"command": f"c{number}", "description": "x"} for number in range(101)]
    nowhere = {"type": "chat", "chat_id": 5}
    assert await refusal(commands=nameless) == "Bad Request: BOT_COMMAND_INVALID"
    assert await refusal(commands=silent) == "Bad Request: BOT_COMMAND_DESCRIPTION_INVALID"
    assert await refusal(commands=many) == "Bad Request: BOT_COMMANDS_TOO_MUCH"
    assert await refusal(commands=AGENDA, scope=nowhere) == "Bad Request: chat not found"


async def test_words_by_language_fall_back(api: Api) -> None:
    await api.result("setMyDescription", description="Bonjour")
    await api.result("setMyDescription", description="Hello", language_code="en")
    await api.result("setMyShortDescription", short_description="Court")
    await api.result("setMyName", name="Palabre")

    assert await api.result("getMyDescription", language_code="en") == {"description": "Hello"}
    assert await api.result("getMyDescription", language_code="fr") == {"description": "Bonjour"}
    assert await api.result("getMyShortDescription") == {"short_description": "Court"}
    assert await api.result("getMyName") == {"name": "Palabre"}
    assert (await api.refusal("setMyDescription", description="x" * 513))[0] == 400


async def test_menu_button_own_before_default(api: Api, samira: Person) -> None:
    app = {"type": "web_app", "text": "Ouvrir", "web_app": {"url": "https://a.org"}}
    before = await api.result("getChatMenuButton", chat_id=samira.id)

    await api.result("setChatMenuButton", chat_id=samira.id, menu_button=app)

    assert before == {"type": "commands"}
    assert await api.result("getChatMenuButton", chat_id=samira.id) == app
    assert await api.result("getChatMenuButton") == {"type": "commands"}


async def test_poll_sent_voted_stopped(api: Api, samira: Person) -> None:
    options = [{"text": "Lundi"}, {"text": "Mardi"}]
    sent = await api.result(
        "sendPoll", chat_id=samira.id, question="Quand ?", options=options, is_anonymous=False
    )
    where = {"chat_id": samira.id, "message_id": sent["message_id"]}

    samira.vote(samira.newest, 1)
    poll, answer = await api.result("getUpdates")
    stopped = await api.result("stopPoll", **where)

    assert poll["poll"]["total_voter_count"] == 1
    assert answer["poll_answer"]["option_ids"] == [1]
    assert stopped["is_closed"] is True
    assert [option["voter_count"] for option in stopped["options"]] == [0, 1]
    assert await api.refusal("stopPoll", **where) == (
        400,
        "Bad Request: poll has already been closed",
    )
    assert await api.refusal("sendPoll", chat_id=samira.id, question="?", options=["a"]) == (
        400,
        "Bad Request: poll must have at least 2 option",
    )
