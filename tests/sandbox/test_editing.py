"""Editing, deleting, pinning: what may still be changed."""

from datetime import timedelta

import pytest

from sandbox import Person, Room
from tests.sandbox.conftest import Api

YES = {"inline_keyboard": [[{"text": "Oui", "callback_data": "y"}]]}
SAME = (
    "Bad Request: message is not modified: specified new message content and reply markup are "
    "exactly the same as a current content and reply markup of the message"
)
NOT_MODIFIED = (400, SAME)
CANNOT = (400, "Bad Request: message can't be edited")


async def _sent(api: Api, person: Person, **params: object) -> dict[str, int]:
    sent = await api.result(
        "sendMessage", **({"chat_id": person.id, "text": "avant", "reply_markup": YES} | params)
    )
    return {"chat_id": person.id, "message_id": sent["message_id"]}


async def test_edit_text_without_keyboard_takes_it_away(api: Api, samira: Person) -> None:
    where = await _sent(api, samira)
    mark = samira.glance()

    edited = await api.result("editMessageText", **where, text="<b>après</b>", parse_mode="HTML")

    seen = await samira.sees("après", after=mark)
    assert edited["edit_date"] >= edited["date"]
    assert "reply_markup" not in edited
    assert (seen.edits, seen.labels, len(samira.received)) == (1, [], 1)


async def test_edit_text_same_again_not_modified(api: Api, samira: Person) -> None:
    where = await _sent(api, samira)

    assert await api.refusal("editMessageText", **where, text="avant", reply_markup=YES) == (
        NOT_MODIFIED
    )
    assert await api.refusal("editMessageReplyMarkup", **where, reply_markup=YES) == NOT_MODIFIED


async def test_edit_markup_alone_text_stays(api: Api, samira: Person) -> None:
    where = await _sent(api, samira)

    await api.result("editMessageReplyMarkup", **where)

    assert samira.newest.text == "avant"
    assert samira.newest.rows == []


async def test_edit_missing_message_not_found(api: Api, samira: Person) -> None:
    assert await api.refusal("editMessageText", chat_id=samira.id, message_id=99, text="x") == (
        400,
        "Bad Request: message to edit not found",
    )
    assert await api.refusal("editMessageText", chat_id=samira.id, text="x") == (
        400,
        "Bad Request: message identifier is not specified",
    )


async def test_edit_not_own_or_with_reply_keyboard_refused(api: Api, samira: Person) -> None:
    hers = samira.say("à moi")
    keyed = await _sent(api, samira, reply_markup={"keyboard": [["x"]]})

    assert (
        await api.refusal("editMessageText", chat_id=samira.id, message_id=hers.id, text="x")
        == CANNOT
    )
    assert await api.refusal("editMessageText", **keyed, text="x") == CANNOT


async def test_edit_text_too_long_refused(api: Api, samira: Person) -> None:
    where = await _sent(api, samira)

    assert await api.refusal("editMessageText", **where, text="x" * 4097) == (
        400,
        "Bad Request: message is too long",
    )
    assert samira.newest.text == "avant"


async def test_edit_text_to_blocked_person_forbidden(api: Api, samira: Person) -> None:
    where = await _sent(api, samira)
    samira.block()

    assert (await api.refusal("editMessageText", **where, text="x"))[0] == 403


async def test_edit_caption_of_text_refused(api: Api, samira: Person) -> None:
    where = await _sent(api, samira)

    assert await api.refusal("editMessageCaption", **where, caption="x") == (
        400,
        "Bad Request: there is no caption in the message to edit",
    )


@pytest.mark.parametrize("method", ["deleteMessage", "deleteMessages"])
async def test_delete_gone_from_screen(api: Api, samira: Person, method: str) -> None:
    where = await _sent(api, samira)
    ids = where | {"message_ids": [where["message_id"], 999]}

    assert await api.result(method, **ids) is True
    assert samira.received == []
    assert await api.refusal("editMessageText", **where, text="x") == (
        400,
        "Bad Request: message to edit not found",
    )


async def test_delete_twice_not_found(api: Api, samira: Person) -> None:
    where = await _sent(api, samira)
    await api.result("deleteMessage", **where)

    assert await api.refusal("deleteMessage", **where) == (
        400,
        "Bad Request: message to delete not found",
    )


async def test_delete_after_two_days_refused(api: Api, room: Room, samira: Person) -> None:
    where = await _sent(api, samira)
    await room.advance(timedelta(hours=49))

    assert await api.refusal("deleteMessage", **where) == (
        400,
        "Bad Request: message can't be deleted for everyone",
    )


async def test_delete_others_in_group_needs_right(api: Api, room: Room, samira: Person) -> None:
    group = room.group("Parents", supergroup=True)
    group.add(samira)
    group.add_bot()
    said = samira.say("bonjour", chat=group)
    where = {"chat_id": group.id, "message_id": said.id}

    refused = await api.refusal("deleteMessage", **where)
    group.promote_bot("can_delete_messages")

    assert refused == (400, "Bad Request: message can't be deleted")
    assert await api.result("deleteMessage", **where) is True


async def test_pin_needs_right_in_group(api: Api, room: Room) -> None:
    group = room.group("Parents")
    group.add_bot()
    sent = await api.result("sendMessage", chat_id=group.id, text="carte")
    where = {"chat_id": group.id, "message_id": sent["message_id"]}

    refused = await api.refusal("pinChatMessage", **where)
    group.promote_bot()
    await api.result("pinChatMessage", **where)
    pinned = (await api.result("getChat", chat_id=group.id))["pinned_message"]
    await api.result("unpinChatMessage", **where)

    assert refused == (
        400,
        "Bad Request: not enough rights to manage pinned messages in the chat",
    )
    assert pinned["text"] == "carte"
    assert await api.refusal("unpinChatMessage", **where) == (
        400,
        "Bad Request: message to unpin not found",
    )
