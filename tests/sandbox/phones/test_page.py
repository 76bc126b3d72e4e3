"""What the page's server gives, to whom, and under which rules."""

import asyncio
import base64
import io
import json
import signal
import socket
import sys

import aiohttp
import pytest

from sandbox import Person, Room
from sandbox.phones import Page
from sandbox.phones.attachments import SEALED
from sandbox.phones.page import HERE, words_in
from tests.sandbox.conftest import Api

SAMPLE = (HERE / "static" / "sample.ogg").read_bytes()


async def test_page_index_comes_under_a_strict_policy(browser: aiohttp.ClientSession) -> None:
    async with browser.get("/") as response:
        text = await response.text()

    assert response.content_type == "text/html"
    assert "default-src 'self'" in response.headers["Content-Security-Policy"]
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert response.headers["Referrer-Policy"] == "no-referrer"
    assert "<script>" not in text
    assert "style=" not in text


async def test_page_listens_on_loopback_alone(page: Page) -> None:
    port = int(page.url.rsplit(":", 1)[1].strip("/"))

    with socket.create_server(("127.0.0.2", port)):  # free: not every address is listened on
        pass

    assert page.url.startswith("http://127.0.0.1:")


@pytest.mark.parametrize("host", ["palabre.example", "127.0.0.1.evil.example", "", "[::1"])
async def test_page_other_host_is_refused(browser: aiohttp.ClientSession, host: str) -> None:
    async with browser.get("/", headers={"Host": host}) as response:
        assert response.status in {400, 403}


@pytest.mark.parametrize("host", ["localhost", "localhost:8080", "127.0.0.1:1", "[::1]:80"])
async def test_page_loopback_host_is_let_in(browser: aiohttp.ClientSession, host: str) -> None:
    async with browser.get("/words", headers={"Host": host}) as response:
        assert response.status == 200


@pytest.mark.parametrize("origin", ["https://evil.example", "null", "http://127.0.0.1:1"])
async def test_page_act_from_another_origin_is_refused(
    browser: aiohttp.ClientSession, samira: Person, origin: str
) -> None:
    told = {"person": samira.id, "text": "hacked"}

    async with browser.post("/act/say", json=told, headers={"Origin": origin}) as response:
        assert response.status == 403

    assert "hacked" not in samira.dump()


async def test_page_act_from_itself_is_done(
    browser: aiohttp.ClientSession, page: Page, samira: Person
) -> None:
    told = {"person": samira.id, "text": "bonjour"}
    headers = {"Origin": page.url.rstrip("/")}

    async with browser.post("/act/say", json=told, headers=headers) as response:
        answer = await response.json()

    assert answer["result"]["text"] == "bonjour"


@pytest.mark.parametrize(
    ("action", "told", "status"),
    [
        ("echo", {"a": 1}, 200),
        ("refuse", {}, 409),
        ("say", {"person": 5, "text": "x"}, 400),
        ("history", {}, 400),
        ("dance", {}, 404),
    ],
)
async def test_page_act_answers_by_what_became_of_it(
    browser: aiohttp.ClientSession, action: str, told: dict[str, object], status: int
) -> None:
    async with browser.post(f"/act/{action}", json=told) as response:
        answer = await response.json()

    assert response.status == status
    assert answer["ok"] is (status == 200)


async def test_page_history_pages_backwards(browser: aiohttp.ClientSession, samira: Person) -> None:
    sent = [samira.say(str(number)).id for number in range(70)]

    async with browser.post("/act/history", json={"chat": samira.id}) as response:
        last = (await response.json())["result"]
    told = {"chat": samira.id, "before": sent[10], "last": 5}
    async with browser.post("/act/history", json=told) as response:
        earlier = (await response.json())["result"]

    assert [message["id"] for message in last["messages"]] == sent[10:]
    assert last["more"]
    assert [message["id"] for message in earlier["messages"]] == sent[5:10]


async def test_page_history_tells_nothing_of_a_deleted_message(
    browser: aiohttp.ClientSession, api: Api, samira: Person
) -> None:
    sent = await api.result("sendMessage", chat_id=samira.id, text="secret")
    await api.result("deleteMessage", chat_id=samira.id, message_id=sent["message_id"])

    async with browser.post("/act/history", json={"chat": samira.id}) as response:
        text = await response.text()

    assert "secret" not in text
    assert '"deleted": true' in text


async def test_page_words_are_those_of_its_language(browser: aiohttp.ClientSession) -> None:
    async with browser.get("/words") as response:
        words = await response.json()

    assert words == words_in("fr")
    assert words_in("xx") == words_in("en")
    assert words_in("../words/fr") == words_in("en")


async def test_page_qr_is_a_drawing_of_the_link(browser: aiohttp.ClientSession) -> None:
    link = {"link": "https://t.me/palabre_test_bot?start=e_1"}

    async with browser.get("/qr", params=link) as response:
        drawing = await response.text()
    async with (
        browser.get("/qr") as missing,
        browser.get("/qr", params={"link": "x" * 600}) as long,
    ):
        refused = (missing.status, long.status)

    assert response.content_type == "image/svg+xml"
    assert drawing.startswith("<svg")
    assert refused == (400, 400)


async def test_page_voice_is_played_whole_and_in_parts(
    browser: aiohttp.ClientSession, samira: Person
) -> None:
    address = f"/files/{samira.send_voice(SAMPLE).body['voice']['file_id']}"

    async with browser.get(address) as response:
        whole = await response.read()
    async with browser.get(address, headers={"Range": "bytes=4-9"}) as part:
        some = await part.read()
    async with browser.get(address, headers={"Range": "bytes=99999999-"}) as beyond:
        assert beyond.status == 416

    assert whole == SAMPLE
    assert response.content_type == "audio/ogg"
    assert (part.status, some) == (206, SAMPLE[4:10])
    assert part.headers["Content-Range"] == f"bytes 4-9/{len(SAMPLE)}"


async def test_page_file_that_could_act_is_only_downloaded(
    browser: aiohttp.ClientSession, samira: Person
) -> None:
    page = b"<script>alert(1)</script>"
    photo = samira.send_photo(page).body["photo"][-1]["file_id"]
    document = samira.send_document(page, "été.html", mime_type="text/html").body["document"]

    async with browser.get(f"/files/{photo}") as shown:
        assert shown.content_type == "application/octet-stream"
    async with browser.get(f"/files/{document['file_id']}") as response:
        assert response.content_type == "application/octet-stream"
        disposition = response.headers["Content-Disposition"]
        assert response.headers["Content-Security-Policy"] == SEALED
    async with browser.get("/files/nothing") as missing:
        assert missing.status == 404

    assert disposition == "attachment; filename*=UTF-8''%C3%A9t%C3%A9.html"


async def test_page_large_file_can_be_sent(browser: aiohttp.ClientSession, room: Room) -> None:
    person = room.person("Samira")
    content = base64.b64encode(bytes(3_000_000)).decode()
    told = {"person": person.id, "content": content, "name": "plan.pdf"}

    body = io.BytesIO(json.dumps(told).encode())
    async with browser.post("/act/send_document", data=body) as response:
        answer = await response.json()

    assert answer["result"]["body"]["document"]["file_size"] == 3_000_000


async def test_module_alone_serves_the_page_when_asked() -> None:
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "sandbox", "--page-port", "0", stdout=asyncio.subprocess.PIPE
    )
    assert process.stdout is not None
    told = json.loads(await asyncio.wait_for(process.stdout.readline(), 30))

    async with aiohttp.ClientSession() as session, session.get(told["page_url"]) as response:
        page = await response.text()
    process.send_signal(signal.SIGTERM)
    code = await asyncio.wait_for(process.wait(), 10)

    assert "<!doctype html>" in page
    assert code == 0


async def test_page_static_folder_gives_nothing_outside_of_it(
    browser: aiohttp.ClientSession,
) -> None:
    async with browser.get("/static/%2e%2e/page.py") as response:
        assert response.status in {403, 404}
