"""The same acts by HTTP, and the room as a process of its own."""

import asyncio
import base64
import json
import signal
import sys
from collections.abc import AsyncIterator
from typing import Any

import aiohttp
import pytest

from sandbox import Control, Room
from tests.sandbox.conftest import Api


class Driver:
    """Posts actions."""

    def __init__(self, session: aiohttp.ClientSession, url: str) -> None:
        self.session = session
        self.url = url

    async def act(self, action: str, **told: object) -> dict[str, Any]:
        async with self.session.post(f"{self.url}/{action}", json=told) as response:
            body: dict[str, Any] = await response.json()
            return body | {"status": response.status}


@pytest.fixture
async def driver(room: Room) -> AsyncIterator[Driver]:
    async with Control(room) as control, aiohttp.ClientSession() as session:
        yield Driver(session, control.url)


async def test_control_person_says_sees_taps(api: Api, driver: Driver) -> None:
    person = (await driver.act("add_person", first_name="Samira"))["result"]["person"]
    await driver.act("start", person=person, payload="x")
    markup = {"inline_keyboard": [[{"text": "Oui", "callback_data": "y"}]]}
    await api.result("sendMessage", chat_id=person, text="Venez ?", reply_markup=markup)

    seen = await driver.act("sees", person=person, text="Venez")
    tap = asyncio.create_task(driver.act("tap", person=person, label="Oui", within=5))
    query = (await api.result("getUpdates", offset=-1, timeout=5))[-1]
    while "callback_query" not in query:
        query = (await api.result("getUpdates", offset=query["update_id"] + 1, timeout=5))[-1]
    tap_id = query["callback_query"]["id"]
    await api.result("answerCallbackQuery", callback_query_id=tap_id, text="Noté")

    assert seen["result"]["rows"] == [[{"label": "Oui", "callback_data": "y", "url": None}]]
    assert (await tap)["result"]["text"] == "Noté"
    screen = (await driver.act("screen", person=person))["result"]
    assert [message["text"] for message in screen["messages"]] == ["/start x", "Venez ?"]


async def test_control_every_action_listed(driver: Driver) -> None:
    async with driver.session.get(driver.url) as response:
        actions = await response.json()

    wanted = {"add_person", "say", "tap", "screen", "block", "migrate", "add_fault", "ledger"}
    assert wanted | {"advance", "freeze", "changes"} <= set(actions)


async def test_control_wrong_answers_tell_why(driver: Driver) -> None:
    unknown = await driver.act("dance")
    nobody = await driver.act("say", person=5, text="x")
    person = (await driver.act("add_person", first_name="S"))["result"]["person"]
    no_button = await driver.act("tap", person=person, label="Oui")

    assert (unknown["status"], nobody["status"], no_button["status"]) == (404, 400, 409)
    assert "Oui" in no_button["error"]


async def test_control_groups_faults_ledger_clock(api: Api, room: Room, driver: Driver) -> None:
    person = (await driver.act("add_person", first_name="Samira"))["result"]["person"]
    group = (await driver.act("add_group", title="Parents"))["result"]["group"]
    await driver.act("add_bot", group=group, person=person, admin=True)
    await driver.act("say", person=person, group=group, text="bonjour")
    voice = base64.b64encode(b"v").decode()
    await driver.act("send_voice", person=person, content=voice)
    await driver.act("add_fault", then="status", **{"with": {"code": 500}}, method="getMe")
    await driver.act("freeze")
    before = (await driver.act("now"))["result"]["now"]
    after = (await driver.act("advance", seconds=60))["result"]["now"]
    migrated = (await driver.act("migrate", group=group))["result"]

    failed = await api.call("getMe")
    calls = (await driver.act("ledger", method="getMe"))["result"]

    assert failed["error_code"] == 500
    assert calls[0]["fault"] == "status before getMe"
    assert before < after
    assert room.groups[0].id == migrated
    kinds = [set(update) - {"update_id"} for update in await api.result("getUpdates")]
    assert {"my_chat_member"} in kinds


async def test_control_changes_wakes_on_change(driver: Driver, room: Room) -> None:
    before = room.revision
    waiting = asyncio.create_task(driver.act("changes", after=before, within=10))
    await room.until(lambda: not waiting.done())

    room.person("Samira").start()

    assert (await asyncio.wait_for(waiting, 5))["result"]["revision"] > before


async def test_module_alone_prints_addresses_and_stops() -> None:
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "sandbox", stdout=asyncio.subprocess.PIPE
    )
    assert process.stdout is not None
    told = json.loads(await asyncio.wait_for(process.stdout.readline(), 30))

    async with (
        aiohttp.ClientSession() as session,
        session.get(f"{told['api_url']}/bot{told['token']}/getMe") as response,
    ):
        me = await response.json()
    process.send_signal(signal.SIGTERM)
    code = await asyncio.wait_for(process.wait(), 10)

    assert me["ok"]
    assert set(told) == {"api_url", "token", "control_url", "clock_url"}
    assert code == 0
