"""The live stream: what an open page is told, and when."""

import asyncio
from datetime import datetime, timedelta

import aiohttp
import pytest
from aiohttp import web

from sandbox import Fault, Person, Room, status
from sandbox.phones import Page
from sandbox.phones.live import BACKLOG, Feed
from tests.sandbox.conftest import Api
from tests.sandbox.phones.conftest import Stream


async def test_live_page_that_opens_is_told_what_stands(
    browser: aiohttp.ClientSession, page: Page, room: Room, samira: Person
) -> None:
    group = room.group("Parents", owner=samira)
    page.publish("bot", {"alive": False, "starts": 1})
    page.publish("bot", {"alive": True, "starts": 2})

    async with browser.get("/live") as response:
        stream = Stream(response)
        hello = await stream.event("hello")
        clock = await stream.event("clock")
        people = await stream.event("people")
        groups = await stream.event("groups")
        bot = await stream.event("bot")

    assert hello["bot"]["username"] == room.bot.username
    assert clock["frozen"] is False
    assert [card["name"] for card in people] == ["Samira"]
    assert (groups[0]["id"], groups[0]["members"]) == (group.id, [samira.id])
    assert bot == {"alive": True, "starts": 2}


async def test_live_message_new_edited_deleted_is_told_each_time(
    stream: Stream, api: Api, samira: Person
) -> None:
    keyboard = {"inline_keyboard": [[{"text": "Oui", "callback_data": "y"}]]}
    sent = await api.result("sendMessage", chat_id=samira.id, text="Venez ?", reply_markup=keyboard)
    place = {"chat_id": samira.id, "message_id": sent["message_id"]}

    fresh = await stream.event("chat", lambda told: told["messages"][-1]["by_bot"])
    await api.result("editMessageText", **place, text="Noté")
    edited = await stream.event("chat", lambda told: told["messages"][-1]["edits"] == 1)
    await api.result("deleteMessage", **place)
    deleted = await stream.event("chat", lambda told: told["messages"][-1]["deleted"])

    assert fresh["chat"] == samira.id
    message = fresh["messages"][-1]
    assert message["body"]["text"] == "Venez ?"
    assert message["body"]["reply_markup"] == keyboard
    assert [one["id"] for one in edited["messages"]] == [sent["message_id"]]
    assert "body" not in deleted["messages"][-1]


async def test_live_many_changes_at_once_come_together(stream: Stream, samira: Person) -> None:
    sent = [samira.say(str(number)).id for number in range(40)]

    told = await stream.event("chat", lambda told: len(told["messages"]) >= len(sent))

    assert [message["id"] for message in told["messages"]][-len(sent) :] == sent


async def test_live_unread_counts_until_it_is_read(
    stream: Stream, browser: aiohttp.ClientSession, api: Api, samira: Person
) -> None:
    await api.result("sendMessage", chat_id=samira.id, text="1")
    quiet = await api.result("sendMessage", chat_id=samira.id, text="2", disable_notification=True)

    (card,) = await stream.event("people", lambda cards: cards[0]["unread"] == 2)
    told = {"chat": samira.id, "message_id": quiet["message_id"]}
    await browser.post("/act/read", json=told)
    (after,) = await stream.event("people", lambda cards: cards[0]["unread"] == 0)

    assert card["ringing"] == 1
    assert card["last"]["text"] == "2"
    assert after["ringing"] == 0


async def test_live_person_newcomer_blocking_renamed_is_told(
    stream: Stream, browser: aiohttp.ClientSession, samira: Person
) -> None:
    samira.block()
    (blocked,) = await stream.event("people", lambda cards: cards[0]["blocked"])
    await browser.post("/act/rename", json={"person": samira.id, "first_name": "Samia"})
    (renamed,) = await stream.event("people", lambda cards: cards[0]["name"] != "Samira")
    await browser.post("/act/add_person", json={"first_name": "يوسف", "language_code": "ar"})
    (newcomer,) = await stream.event("people")

    assert blocked["blocked"] is True
    assert renamed["name"] == "Samia"
    assert (newcomer["name"], newcomer["language"], newcomer["started"]) == ("يوسف", "ar", False)


async def test_live_group_that_migrates_keeps_its_former_ids(
    stream: Stream, room: Room, samira: Person
) -> None:
    group = room.group("Parents", owner=samira)
    old = group.id
    group.migrate()

    told = await stream.event("groups", lambda cards: bool(cards[0]["former"]))

    assert (told[0]["id"], told[0]["former"]) == (group.id, [old])


async def test_live_tap_is_told_when_made_and_when_answered(
    stream: Stream, api: Api, samira: Person
) -> None:
    keyboard = {"inline_keyboard": [[{"text": "Oui", "callback_data": "y"}]]}
    await api.result("sendMessage", chat_id=samira.id, text="Venez ?", reply_markup=keyboard)

    tap = samira.tap("Oui")
    made = await stream.event("tap")
    answer = {"callback_query_id": tap.id, "text": "C'est noté", "show_alert": True}
    await api.result("answerCallbackQuery", **answer)
    answered = await stream.event("tap")

    assert (made["person"], made["chat"], made["answer"]) == (samira.id, samira.id, None)
    assert answered["answer"] == {"text": "C'est noté", "show_alert": True, "url": ""}


async def test_live_bot_at_work_is_told(stream: Stream, api: Api, samira: Person) -> None:
    await api.result("sendChatAction", chat_id=samira.id, action="typing")

    told = await stream.event("typing")

    assert told == {"chat": samira.id, "action": "typing"}


async def test_live_clock_tells_each_jump(stream: Stream, room: Room) -> None:
    await room.advance(timedelta(days=3))
    told = await stream.event("clock")
    room.clock.freeze()
    frozen = await stream.event("clock")

    assert abs(room.clock.now() - datetime.fromisoformat(told["now"])) < timedelta(minutes=1)
    assert frozen["frozen"] is True


async def test_live_calls_tell_outcomes_and_leave_polls_out(
    stream: Stream, api: Api, room: Room, samira: Person
) -> None:
    room.faults.add(Fault(status(500), method="sendMessage", nth=2))
    await api.result("getUpdates")
    await api.result("sendMessage", chat_id=samira.id, text="Bonjour")
    await api.call("sendMessage", chat_id=samira.id, text="Encore")
    await api.refusal("sendMessage", chat_id=5, text="Personne")

    ended: dict[int, dict[str, object]] = {}
    while len(ended) < 3:
        lines = await stream.event("calls")
        ended |= {line["number"]: line for line in lines if line["ms"] is not None}

    kept, broken, refused = (ended[number] for number in sorted(ended))
    assert (kept["method"], kept["ok"], kept["text"]) == ("sendMessage", True, "Bonjour")
    assert (broken["ok"], broken["code"], broken["fault"]) == (
        False,
        500,
        "status before sendMessage",
    )
    assert refused["description"] == "Bad Request: chat not found"


async def test_live_call_under_way_is_told_before_it_ends(
    stream: Stream, api: Api, room: Room, samira: Person
) -> None:
    room.latency_seconds = 0.5
    calling = asyncio.create_task(api.result("sendMessage", chat_id=samira.id, text="Bonjour"))

    (begun,) = await stream.event("calls", lambda lines: lines[0]["ms"] is None)
    (ended,) = await stream.event("calls", lambda lines: lines[0]["ms"] is not None)

    await calling
    assert begun["number"] == ended["number"]
    assert (begun["ok"], ended["ok"]) == (None, True)


async def test_live_page_that_falls_behind_is_let_go() -> None:
    feed = Feed()
    for _ in range(BACKLOG + 1):
        feed.tell(b"x")

    await asyncio.wait_for(
        feed.carry(web.StreamResponse()), 5
    )  # nothing is written: it would raise


async def test_live_page_that_is_closed_ends_the_stream(room: Room) -> None:
    async with Page(room) as page, aiohttp.ClientSession(base_url=page.url) as session:
        response = await session.get("/live")
        stream = Stream(response)
        await stream.event("calls")

        closing = asyncio.create_task(page.__aexit__(None, None, None))
        with pytest.raises((EOFError, aiohttp.ClientError)):
            await stream.event("never")
        await closing
