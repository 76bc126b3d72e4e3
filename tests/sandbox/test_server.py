"""The four ways of making a call, and what is refused before any method."""

import io
import json

import aiohttp
import pytest

from sandbox import Person, Room, Server
from tests.sandbox.conftest import Api


async def test_call_wrong_token_unauthorized(server: Server) -> None:
    async with (
        aiohttp.ClientSession() as session,
        session.get(f"{server.api_url}/bot1:wrong/getMe") as response,
    ):
        body = await response.json()

    assert response.status == 401
    assert body == {"ok": False, "error_code": 401, "description": "Unauthorized"}


async def test_call_unknown_method_not_found(api: Api) -> None:
    assert await api.refusal("sendNothing") == (404, "Not Found")


async def test_call_method_in_any_case_found(api: Api, room: Room) -> None:
    me = await api.result("GETME")

    assert me["id"] == room.bot.id
    assert room.ledger.calls("getMe")


@pytest.mark.parametrize("way", ["query", "form", "json", "multipart"])
async def test_call_each_way_same_message(api: Api, samira: Person, way: str) -> None:
    keyboard = {"inline_keyboard": [[{"text": "Oui", "callback_data": "y"}]]}
    flat = {"chat_id": str(samira.id), "text": "123", "reply_markup": json.dumps(keyboard)}
    form = aiohttp.FormData(flat)
    if way == "multipart":
        form.add_field("unused", b"file", filename="f")
    sent: dict[str, dict[str, object]] = {
        "query": {"params": flat},
        "form": {"data": form},
        "json": {"json": {"chat_id": samira.id, "text": "123", "reply_markup": keyboard}},
        "multipart": {"data": form},
    }

    async with api.session.request(
        "GET" if way == "query" else "POST",
        f"{api.base}/sendMessage",
        **sent[way],  # type: ignore[arg-type] # one table for four ways
    ) as response:
        body = await response.json()

    assert body["result"]["text"] == "123"
    assert body["result"]["reply_markup"] == keyboard
    assert samira.newest.labels == ["Oui"]


async def test_call_json_that_is_none_refused(api: Api) -> None:
    headers = {"Content-Type": "application/json"}

    async with api.session.post(f"{api.base}/getMe", data=b"{", headers=headers) as response:
        body = await response.json()

    assert body["error_code"] == 400


async def test_call_fifty_one_megabytes_too_large(api: Api, samira: Person) -> None:
    form = aiohttp.FormData({"chat_id": str(samira.id)})
    form.add_field("document", io.BytesIO(b"0" * (51 * 1024 * 1024)), filename="big")

    async with api.session.post(f"{api.base}/sendDocument", data=form) as response:
        body = await response.json()

    assert (response.status, body["description"]) == (413, "Request Entity Too Large")


async def test_server_refusing_then_accepting_same_address(room: Room, server: Server) -> None:
    url = f"{server.api_url}/bot{room.token}/getMe"

    async with aiohttp.ClientSession() as session:
        async with session.get(url) as before:
            assert before.status == 200
        await server.refuse()
        with pytest.raises(aiohttp.ClientConnectorError):
            await session.get(url)
        await server.accept()
        async with session.get(url) as response:
            status = response.status

    assert status == 200
