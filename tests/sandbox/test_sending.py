"""sendMessage and its kin: what is taken, what is refused, in Telegram's words."""

import pytest

from sandbox import Person, Room
from tests.sandbox.conftest import Api

TAP = {"text": "Oui", "callback_data": "y"}


async def test_send_message_plain_seen_by_person(api: Api, samira: Person) -> None:
    sent = await api.result(
        "sendMessage", chat_id=samira.id, text="  Bonjour  ", disable_notification=True
    )

    seen = await samira.sees("Bonjour")
    assert sent["text"] == "Bonjour"
    assert sent["chat"] == {"id": samira.id, "type": "private", "first_name": "Samira"}
    assert (seen.id, seen.silent) == (sent["message_id"], True)


@pytest.mark.parametrize(
    ("wrong", "code", "words"),
    [
        ({"chat_id": 5}, 400, "Bad Request: chat not found"),
        ({"chat_id": "@nobody"}, 400, "Bad Request: chat not found"),
        ({"chat_id": None}, 400, "Bad Request: chat_id is empty"),
        ({"text": ""}, 400, "Bad Request: message text is empty"),
        ({"text": " \n "}, 400, "Bad Request: message text is empty"),
        ({"text": "<b> </b>", "parse_mode": "HTML"}, 400, "Bad Request: message text is empty"),
        ({"text": "x" * 4097}, 400, "Bad Request: message is too long"),
        ({"text": "😀" * 2049}, 400, "Bad Request: message is too long"),
        ({"text": "x", "parse_mode": "BBCode"}, 400, "Bad Request: unsupported parse_mode"),
        (
            {"reply_parameters": {"message_id": 999}},
            400,
            "Bad Request: message to be replied not found",
        ),
        ({"message_thread_id": 3}, 400, "Bad Request: message thread not found"),
        (
            {"reply_markup": "nonsense"},
            400,
            "Bad Request: can't parse reply keyboard markup JSON object",
        ),
    ],
)
async def test_send_message_wrong_refused(
    api: Api, samira: Person, wrong: dict[str, object], code: int, words: str
) -> None:
    params = {"chat_id": samira.id, "text": "x"} | wrong

    assert await api.refusal("sendMessage", **params) == (code, words)
    assert samira.received == []


async def test_send_message_longest_after_parsing_taken(api: Api, samira: Person) -> None:
    text = "<b>" + "😀" * 2048 + "</b>"

    sent = await api.result("sendMessage", chat_id=samira.id, text=text, parse_mode="HTML")

    assert sent["entities"] == [{"type": "bold", "offset": 0, "length": 4096}]


async def test_send_message_never_started_cannot_initiate(api: Api, room: Room) -> None:
    stranger = room.person("Karim")

    assert await api.refusal("sendMessage", chat_id=stranger.id, text="x") == (
        403,
        "Forbidden: bot can't initiate conversation with a user",
    )


async def test_send_message_blocked_then_unblocked(api: Api, samira: Person) -> None:
    samira.block()
    refused = await api.refusal("sendMessage", chat_id=samira.id, text="x")
    samira.unblock()
    taken = await api.call("sendMessage", chat_id=samira.id, text="x")

    updates = await api.result("getUpdates")
    statuses = [update["my_chat_member"]["new_chat_member"]["status"] for update in updates]
    assert refused == (403, "Forbidden: bot was blocked by the user")
    assert taken["ok"]
    assert statuses == ["kicked", "member"]


async def test_send_message_deleted_account_deactivated(api: Api, samira: Person) -> None:
    samira.delete_account()

    assert await api.refusal("sendMessage", chat_id=samira.id, text="x") == (
        403,
        "Forbidden: user is deactivated",
    )


@pytest.mark.parametrize(
    ("button", "words"),
    [
        ({"text": "x", "callback_data": ""}, "BUTTON_DATA_INVALID"),
        ({"text": "x", "callback_data": "é" * 33}, "BUTTON_DATA_INVALID"),
        (
            {"text": "x"},
            "can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard",
        ),
        (
            {"text": "x", "url": "not an address"},
            "inline keyboard button URL 'not an address' is invalid: Wrong HTTP URL",
        ),
    ],
)
async def test_send_message_wrong_button_refused(
    api: Api, samira: Person, button: dict[str, str], words: str
) -> None:
    markup = {"inline_keyboard": [[button]]}

    refused = await api.refusal("sendMessage", chat_id=samira.id, text="x", reply_markup=markup)

    assert refused == (400, f"Bad Request: {words}")


async def test_send_message_keyboard_rows_seen(api: Api, samira: Person) -> None:
    data = "é" * 32
    rows = [[{"text": "A", "callback_data": data}, {"text": "B", "url": "https://a.org"}], [TAP]]

    await api.result(
        "sendMessage", chat_id=samira.id, text="?", reply_markup={"inline_keyboard": rows}
    )

    assert [[key.label for key in row] for row in samira.newest.rows] == [["A", "B"], ["Oui"]]
    assert samira.newest.keys[0].callback_data == data
    assert samira.newest.keys[1].url == "https://a.org/"


async def test_send_message_reply_keyboard_pressed(api: Api, samira: Person) -> None:
    markup = {"keyboard": [["📅 Agenda", {"text": "Aide"}]], "resize_keyboard": True}
    await api.result("sendMessage", chat_id=samira.id, text="menu", reply_markup=markup)

    shown = samira.reply_keyboard
    samira.press("Agenda")
    await api.result(
        "sendMessage", chat_id=samira.id, text="x", reply_markup={"remove_keyboard": True}
    )

    assert shown == [["📅 Agenda", "Aide"]]
    assert (await api.result("getUpdates"))[0]["message"]["text"] == "📅 Agenda"
    assert samira.reply_keyboard == []


async def test_send_message_reply_kept_lenient_dropped(api: Api, samira: Person) -> None:
    asked = samira.say("question")
    reply = {"message_id": asked.id}
    lenient = {"message_id": 999, "allow_sending_without_reply": True}

    answered = await api.result(
        "sendMessage", chat_id=samira.id, text="réponse", reply_parameters=reply
    )
    alone = await api.result(
        "sendMessage", chat_id=samira.id, text="seul", reply_parameters=lenient
    )

    assert answered["reply_to_message"]["text"] == "question"
    assert "reply_to_message" not in alone


async def test_message_ids_private_chats_share_supergroups_own(
    api: Api, room: Room, samira: Person
) -> None:
    karim = room.person("Karim")
    group = room.group("Parents", supergroup=True)
    group.add_bot()
    first = karim.start().id

    second = (await api.result("sendMessage", chat_id=samira.id, text="x"))["message_id"]
    third = (await api.result("sendMessage", chat_id=karim.id, text="x"))["message_id"]
    in_group = (await api.result("sendMessage", chat_id=group.id, text="x"))["message_id"]

    assert (second, third) == (first + 1, first + 2)
    assert in_group == 2


async def test_send_venue_location_contact_seen(api: Api, samira: Person) -> None:
    place = {"chat_id": samira.id, "latitude": 48.9, "longitude": 2.4}

    venue = await api.result("sendVenue", **place, title="Espace Linné", address="1 rue")
    point = await api.result("sendLocation", **place)
    contact = await api.result(
        "sendContact", chat_id=samira.id, phone_number="+331", first_name="Mairie"
    )
    nameless = await api.refusal("sendVenue", **place, address="1 rue")

    assert venue["venue"]["title"] == "Espace Linné"
    assert point["location"] == {"latitude": 48.9, "longitude": 2.4}
    assert contact["contact"]["phone_number"] == "+331"
    assert nameless == (400, "Bad Request: title is empty")


async def test_send_chat_action_wrong_refused(api: Api, samira: Person) -> None:
    assert await api.result("sendChatAction", chat_id=samira.id, action="typing") is True
    assert await api.refusal("sendChatAction", chat_id=samira.id, action="dancing") == (
        400,
        "Bad Request: wrong parameter action in request",
    )


async def test_copy_and_forward_message_differ_in_origin(
    api: Api, room: Room, samira: Person
) -> None:
    karim = room.person("Karim")
    karim.start()
    said = samira.say("/agenda s'il vous plaît")
    params = {"chat_id": karim.id, "from_chat_id": samira.id, "message_id": said.id}

    copied = await api.result("copyMessage", **params)
    forwarded = await api.result("forwardMessage", **params)
    missing = await api.refusal("copyMessage", **(params | {"message_id": 999}))

    assert set(copied) == {"message_id"}
    assert [message.text for message in karim.received] == [said.text, said.text]
    assert forwarded["forward_origin"]["sender_user"]["id"] == samira.id
    assert missing == (400, "Bad Request: message to copy not found")
