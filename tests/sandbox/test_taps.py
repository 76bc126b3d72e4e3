"""Taps and their answers."""

from typing import Any

import pytest

from sandbox import Person, Room
from tests.sandbox.conftest import Api

TOO_OLD = (
    400,
    "Bad Request: query is too old and response timeout expired or query ID is invalid",
)


@pytest.fixture
async def card(api: Api, samira: Person) -> dict[str, Any]:
    rows = [
        [{"text": "✅ Oui", "callback_data": "yes"}, {"text": "Non", "callback_data": "no"}],
        [{"text": "Plan", "url": "https://a.org/plan"}],
    ]
    sent: dict[str, Any] = await api.result(
        "sendMessage", chat_id=samira.id, text="Venez ?", reply_markup={"inline_keyboard": rows}
    )
    return sent


async def test_tap_label_reaches_bot_and_answer_returns(
    api: Api, samira: Person, card: dict[str, Any]
) -> None:
    tap = samira.tap("Oui")
    query = (await api.result("getUpdates"))[0]["callback_query"]

    await api.result(
        "answerCallbackQuery", callback_query_id=query["id"], text="Noté", show_alert=True
    )
    answer = await tap.answered()

    assert (query["data"], query["from"]["id"]) == ("yes", samira.id)
    assert query["message"]["message_id"] == card["message_id"]
    assert (answer.text, answer.show_alert) == ("Noté", True)


async def test_tap_answered_twice_refused(api: Api, samira: Person, card: dict[str, Any]) -> None:
    tap = samira.tap("Non")
    await api.result("answerCallbackQuery", callback_query_id=tap.id)

    assert await api.refusal("answerCallbackQuery", callback_query_id=tap.id) == TOO_OLD
    assert card["text"] == "Venez ?"


@pytest.mark.usefixtures("card")
async def test_tap_unknown_query_or_long_toast_refused(api: Api, samira: Person) -> None:
    tap = samira.tap("Non")

    assert await api.refusal("answerCallbackQuery", callback_query_id="7") == TOO_OLD
    assert await api.refusal("answerCallbackQuery", callback_query_id=tap.id, text="x" * 201) == (
        400,
        "Bad Request: MESSAGE_TOO_LONG",
    )
    assert await api.result("answerCallbackQuery", callback_query_id=tap.id, text="x" * 200)


@pytest.mark.usefixtures("card")
async def test_tap_data_forged_sent_as_given(api: Api, samira: Person) -> None:
    samira.tap_data("../../etc")

    assert (await api.result("getUpdates"))[0]["callback_query"]["data"] == "../../etc"


@pytest.mark.usefixtures("card")
async def test_tap_link_reaches_nobody(api: Api, samira: Person) -> None:
    tap = samira.tap("Plan")

    assert tap.url == "https://a.org/plan"
    assert await api.result("getUpdates") == []


async def test_tap_on_deleted_message_inaccessible(
    api: Api, samira: Person, card: dict[str, Any]
) -> None:
    message = samira.newest
    await api.result("deleteMessage", chat_id=samira.id, message_id=card["message_id"])

    samira.tap("Oui", message)

    shown = (await api.result("getUpdates"))[0]["callback_query"]["message"]
    assert shown["date"] == 0


@pytest.mark.usefixtures("card")
async def test_tap_missing_button_fails_with_screen(samira: Person) -> None:
    with pytest.raises(AssertionError) as failed:
        samira.tap("Peut-être")

    assert "no button 'Peut-être' on this screen" in str(failed.value)
    assert "[✅ Oui] [Non]" in str(failed.value)


@pytest.mark.usefixtures("card")
async def test_tap_unanswered_fails_in_time(samira: Person) -> None:
    tap = samira.tap("Oui")

    with pytest.raises(AssertionError, match="no answer to the tap on 'yes'"):
        await tap.answered(within=0.01)


async def test_reaction_of_bot_set_and_refused(api: Api, room: Room, samira: Person) -> None:
    said = samira.say("merci")
    where = {"chat_id": samira.id, "message_id": said.id}
    thumb = [{"type": "emoji", "emoji": "👍"}]

    await api.result("setMessageReaction", **where, reaction=thumb)

    assert said.reactions[room.bot.id] == thumb
    assert await api.refusal(
        "setMessageReaction", chat_id=samira.id, message_id=999, reaction=thumb
    ) == (400, "Bad Request: message to react not found")
    assert await api.refusal("setMessageReaction", **where, reaction=[{"type": "x"}]) == (
        400,
        "Bad Request: REACTION_INVALID",
    )
