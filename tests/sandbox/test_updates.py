"""getUpdates: confirmed by offset, kept until then, expired by the room's clock."""

import asyncio
from datetime import timedelta

from sandbox import Person, Room
from sandbox.params import Params
from sandbox.polling import Poller
from tests.sandbox.conftest import Api


async def test_get_updates_unconfirmed_comes_again(api: Api, samira: Person) -> None:
    samira.say("un")

    first = await api.result("getUpdates")
    again = await api.result("getUpdates", offset=first[0]["update_id"])
    after = await api.result("getUpdates", offset=first[0]["update_id"] + 1)

    assert first == again
    assert first[0]["message"]["text"] == "un"
    assert first[0]["message"]["from"]["language_code"] == "fr"
    assert after == []


async def test_get_updates_limit_oldest_first(api: Api, samira: Person) -> None:
    for number in range(150):
        samira.say(str(number))

    default = await api.result("getUpdates")
    two = await api.result("getUpdates", limit=2)
    wild = await api.result("getUpdates", limit=5000)

    assert [update["message"]["text"] for update in two] == ["0", "1"]
    assert len(default) == len(wild) == 100
    ids = [update["update_id"] for update in default]
    assert ids == list(range(ids[0], ids[0] + 100))


async def test_get_updates_negative_offset_keeps_last(api: Api, samira: Person) -> None:
    for number in range(5):
        samira.say(str(number))

    last = await api.result("getUpdates", offset=-2)
    left = await api.result("getUpdates")

    assert [update["message"]["text"] for update in last] == ["3", "4"]
    assert left == last


async def test_get_updates_long_poll_returns_at_once(api: Api, samira: Person) -> None:
    poll = asyncio.create_task(api.result("getUpdates", timeout=30))
    await samira.world.changed.wait(0.05)
    samira.say("enfin")

    async with asyncio.timeout(5):
        updates = await poll

    assert updates[0]["message"]["text"] == "enfin"


async def test_get_updates_second_poll_ends_first(api: Api, room: Room, samira: Person) -> None:
    first = asyncio.create_task(api.call("getUpdates", timeout=30))
    await room.until(lambda: len(room.ledger) == 1)
    second = asyncio.create_task(api.call("getUpdates", timeout=30))

    ended = await asyncio.wait_for(first, 5)
    samira.say("pour le second")

    assert ended["error_code"] == 409
    assert ended["description"] == (
        "Conflict: terminated by other getUpdates request; "
        "make sure that only one bot instance is running"
    )
    assert (await asyncio.wait_for(second, 5))["ok"]


async def test_get_updates_with_webhook_conflict(api: Api, room: Room) -> None:
    waiting = asyncio.create_task(api.call("getUpdates", timeout=30))
    await room.until(lambda: len(room.ledger) == 1)
    await api.result("setWebhook", url="http://127.0.0.1:1/hook")

    refused = await api.refusal("getUpdates")

    words = (
        "Conflict: can't use getUpdates method while webhook is active; "
        "use deleteWebhook to delete the webhook first"
    )
    assert refused == (409, words)
    ended = await asyncio.wait_for(waiting, 5)
    assert ended["description"] == "Conflict: terminated by setWebhook request"


async def test_get_updates_tap_expires_after_150_seconds(
    api: Api, room: Room, samira: Person
) -> None:
    keyboard = {"inline_keyboard": [[{"text": "Oui", "callback_data": "y"}]]}
    await api.result("sendMessage", chat_id=samira.id, text="?", reply_markup=keyboard)
    room.clock.freeze()
    tap = samira.tap("Oui")
    samira.say("un message")

    await room.advance(timedelta(seconds=149))
    before = await api.result("getUpdates")
    await room.advance(timedelta(seconds=1))
    after = await api.result("getUpdates")
    late = await api.refusal("answerCallbackQuery", callback_query_id=tap.id)

    assert [set(update) - {"update_id"} for update in before] == [{"callback_query"}, {"message"}]
    assert [set(update) - {"update_id"} for update in after] == [{"message"}]
    assert late == (
        400,
        "Bad Request: query is too old and response timeout expired or query ID is invalid",
    )


async def test_get_updates_message_expires_after_a_day(
    api: Api, room: Room, samira: Person
) -> None:
    samira.say("vieux")

    await room.advance(timedelta(hours=23, minutes=59))
    before = await api.result("getUpdates")
    await room.advance(timedelta(minutes=2))

    assert len(before) == 1
    assert await api.result("getUpdates") == []


async def test_get_updates_allowed_kinds_kept_from_then_on(api: Api, samira: Person) -> None:
    samira.say("avant")
    await api.result("getUpdates", allowed_updates=["callback_query"])
    samira.say("caché")
    await api.result("getUpdates", allowed_updates=[])
    samira.say("revenu")

    updates = await api.result("getUpdates")

    assert [update["message"]["text"] for update in updates] == ["avant", "revenu"]


async def test_get_updates_reactions_off_by_default(api: Api, room: Room, samira: Person) -> None:
    await api.result("sendMessage", chat_id=samira.id, text="bravo")
    samira.react(samira.newest, "👍")
    silent = await api.result("getUpdates", allowed_updates=["message_reaction"])
    samira.react(samira.newest, "🔥")

    told = await api.result("getUpdates")

    assert silent == []
    assert told[0]["message_reaction"]["old_reaction"] == [{"type": "emoji", "emoji": "👍"}]
    assert told[0]["message_reaction"]["new_reaction"] == [{"type": "emoji", "emoji": "🔥"}]
    assert len(room.updates) == 1


async def test_get_updates_after_idle_week_ids_start_anew(
    api: Api, room: Room, samira: Person
) -> None:
    samira.say("avant")
    before = (await api.result("getUpdates"))[0]["update_id"]
    await api.result("getUpdates", offset=before + 1)
    await room.advance(timedelta(days=8))
    samira.say("après")

    found = await api.result("getUpdates", offset=before + 1)

    assert [update["message"]["text"] for update in found] == ["après"]
    assert found[0]["update_id"] != before + 1


async def test_get_updates_ids_jumped_down_still_come(api: Api, room: Room, samira: Person) -> None:
    samira.say("avant")
    before = (await api.result("getUpdates"))[0]["update_id"]
    await api.result("getUpdates", offset=before + 1)
    room.updates.restart_ids(5)
    samira.say("après")

    found = await api.result("getUpdates", offset=before + 1)
    confirmed = await api.result("getUpdates", offset=6)

    assert [update["update_id"] for update in found] == [5]
    assert confirmed == []


async def test_get_updates_repeated_comes_twice(api: Api, room: Room, samira: Person) -> None:
    samira.say("deux fois")
    update = room.updates.waiting()[0]
    await api.result("getUpdates", offset=update.id + 1)

    room.updates.repeat(update)

    assert [found["update_id"] for found in await api.result("getUpdates")] == [update.id]


async def test_get_updates_hundred_thousand_waiting_drained_quickly(
    api: Api, room: Room, samira: Person
) -> None:
    for _ in range(100_000):
        room.updates.put("message", {"text": "x"}, samira.id)

    offset, seen = 0, 0
    async with asyncio.timeout(60):
        while batch := await api.result("getUpdates", offset=offset):
            seen += len(batch)
            offset = batch[-1]["update_id"] + 1

    assert seen == 100_000


async def test_get_updates_hears_what_comes_as_it_begins_to_wait(
    room: Room, samira: Person
) -> None:
    poll = asyncio.create_task(Poller(room).poll(Params({"timeout": 50})))
    asyncio.get_running_loop().call_soon(samira.say, "un")

    updates = await asyncio.wait_for(poll, 5)

    assert [update["message"]["text"] for update in updates] == ["un"]
