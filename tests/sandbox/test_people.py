"""The Python interface: acts, screens, waits."""

import asyncio

import pytest

from sandbox import Person, Room
from tests.sandbox.conftest import Api


async def test_start_payload_sent_as_command(api: Api, room: Room) -> None:
    karim = room.person("Karim", username="karim", language_code="ar")
    karim.start("evt_42")

    message = (await api.result("getUpdates"))[0]["message"]

    assert message["text"] == "/start evt_42"
    assert message["entities"] == [{"type": "bot_command", "offset": 0, "length": 6}]
    assert message["from"]["username"] == "karim"


async def test_sees_waits_for_edit(api: Api, samira: Person) -> None:
    sent = await api.result("sendMessage", chat_id=samira.id, text="avant")
    waiting = asyncio.create_task(samira.sees("après", within=5))

    await api.result(
        "editMessageText", chat_id=samira.id, message_id=sent["message_id"], text="après"
    )

    assert (await waiting).id == sent["message_id"]


async def test_sees_after_glance_ignores_what_stood_there(api: Api, samira: Person) -> None:
    await api.result("sendMessage", chat_id=samira.id, text="Noté")
    mark = samira.glance()

    with pytest.raises(AssertionError):
        await samira.sees("Noté", within=0.01, after=mark)
    await api.result("sendMessage", chat_id=samira.id, text="Noté encore")

    assert (await samira.sees("Noté", after=mark)).text == "Noté encore"


async def test_sees_nothing_fails_with_screen(api: Api, samira: Person) -> None:
    await api.result("sendMessage", chat_id=samira.id, text="Bonjour")

    with pytest.raises(AssertionError, match=r"no message with 'Bonsoir'[\s\S]*bot: Bonjour"):
        await samira.sees("Bonsoir", within=0.01)


async def test_say_hundred_thousand_characters_in_pieces(api: Api, samira: Person) -> None:
    samira.say("x" * 100_000)

    updates = await api.result("getUpdates")

    lengths = [len(update["message"]["text"]) for update in updates]
    assert sum(lengths) == 100_000
    assert max(lengths) == 4096


async def test_say_odd_letters_arrive_as_sent(api: Api, samira: Person) -> None:
    odd = "a\x00b\u202ec\ud800d"

    samira.say(odd)

    assert (await api.result("getUpdates"))[0]["message"]["text"] == odd


async def test_edit_and_forward_told(api: Api, samira: Person) -> None:
    said = samira.say("avant")
    samira.edit(said, "après")
    samira.forward(said)

    updates = await api.result("getUpdates")

    assert updates[1]["edited_message"]["text"] == "après"
    assert updates[1]["edited_message"]["edit_date"]
    assert updates[2]["message"]["forward_origin"]["type"] == "user"


async def test_rename_shown_from_then_on(api: Api, samira: Person) -> None:
    samira.rename(username="taken_over")
    samira.say("moi")

    assert (await api.result("getUpdates"))[0]["message"]["from"]["username"] == "taken_over"


def test_say_blocked_or_outside_fails(room: Room, samira: Person) -> None:
    group = room.group("Parents")
    with pytest.raises(AssertionError, match="not in the group"):
        samira.say("x", chat=group)

    samira.block()
    with pytest.raises(AssertionError, match="has blocked"):
        samira.say("x")
    with pytest.raises(ValueError, match="empty"):
        samira.say("")


async def test_start_after_block_unblocks(api: Api, samira: Person) -> None:
    samira.block()
    samira.start()

    kinds = [set(update) - {"update_id"} for update in await api.result("getUpdates")]

    assert kinds == [{"my_chat_member"}, {"my_chat_member"}, {"message"}]


async def test_quiet_after_all_confirmed(api: Api, room: Room, samira: Person) -> None:
    samira.say("un")
    with pytest.raises(AssertionError, match="the bot at rest"):
        await room.quiet(within=0.05)
    update = (await api.result("getUpdates"))[0]
    await api.result("getUpdates", offset=update["update_id"] + 1)

    await room.quiet()

    assert len(room.updates) == 0


async def test_until_never_fails_in_time(room: Room) -> None:
    with pytest.raises(AssertionError, match="not within"):
        await room.until(lambda: False, within=0.01)


def test_hundred_thousand_people_cheap(room: Room) -> None:
    people = [room.person(f"P{number}") for number in range(100_000)]

    people[-1].start()

    assert len(room.users) == 100_001
    assert len(room.updates) == 1
