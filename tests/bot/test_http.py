"""The webhook and /health, over real HTTP (F61)."""

import asyncio
import json
import socket
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from contextlib import asynccontextmanager
from datetime import timedelta
from io import BytesIO
from pathlib import Path
from typing import Any

import aiohttp
import pytest
from typing_extensions import override

from bot.app import standing
from bot.clock import SystemClock
from bot.config import load
from bot.house import House
from bot.http import LARGEST_UPDATE, SECRET_HEADER, serving
from bot.receiver import ALLOWED_UPDATES, Receiver
from sandbox import Room, Server
from storage import inbox
from storage.errors import BusyError
from storage.ids import UpdateId
from storage.inbox import InboxState
from tests.bot.installation import START_WITHIN_S, Installation, Town, stopped, town
from tests.bot.settings_files import SECRET

PATIENCE = timedelta(seconds=5)
TEN_MEGABYTES = 10 * 1024 * 1024
UPDATE_ID = 77
UPDATE = {
    "update_id": UPDATE_ID,
    "message": {
        "message_id": 5,
        "date": 1_800_000_000,
        "chat": {"id": 1000, "type": "private", "first_name": "Samira"},
        "from": {"id": 1000, "is_bot": False, "first_name": "Samira"},
        "text": "Bonjour",
    },
}


class BusyReceiver(Receiver):
    """Cannot keep anything: another process has the database."""

    @override
    async def take(self, updates: Sequence[Mapping[str, Any]], offset: int | None = None) -> None:
        raise BusyError


def called(palabre: Installation) -> str:
    """Have an installation be called on a free port; gives the address."""
    with socket.create_server(("127.0.0.1", 0)) as plug:
        port = plug.getsockname()[1]
    palabre.environ |= {
        "PALABRE_TELEGRAM__MODE": "webhook",
        "PALABRE_TELEGRAM__WEBHOOK__SECRET": SECRET,
        "PALABRE_HTTP__PORT": str(port),
        "PALABRE_HTTP__PUBLIC_URL": f"http://127.0.0.1:{port}",
    }
    return f"http://127.0.0.1:{port}"


class Door:
    """The webhook of a house, and what knocks on it."""

    def __init__(self, house: House, url: str, session: aiohttp.ClientSession) -> None:
        self.house = house
        self.url = url
        self._session = session

    async def post(self, body: bytes, **headers: str) -> int:
        """Post a body with the right secret unless told otherwise; gives the status."""
        headers = {SECRET_HEADER: SECRET, **headers}
        url = f"{self.url}/telegram"
        async with self._session.post(url, data=BytesIO(body), headers=headers) as response:
            return response.status

    async def call(self, method: str, path: str) -> int:
        async with self._session.request(method, f"{self.url}{path}") as response:
            return response.status


def own_receiver(house: House) -> Receiver:
    return house.receiver


def busy_receiver(house: House) -> Receiver:
    return BusyReceiver(house.request, house.services, house.handling, house.clock)


@asynccontextmanager
async def door(
    folder: Path, receiver: Callable[[House], Receiver] = own_receiver
) -> AsyncIterator[Door]:
    """Give the webhook of a house that stands."""
    room = Room()
    async with Server(room) as server, aiohttp.ClientSession() as session:
        palabre = Installation(folder, room.token, server.api_url)
        url = called(palabre)
        settings = load(palabre.config, palabre.environ)
        async with standing(settings, SystemClock()) as house:
            async with serving(settings, receiver(house)):
                yield Door(house, url, session)
            await house.handling.finish(PATIENCE)


@pytest.fixture(autouse=True)
def _state_of_its_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))


async def test_f61_update_is_kept_before_telegram_is_told_so(tmp_path: Path) -> None:
    async with door(tmp_path) as here:
        answer = await here.post(json.dumps(UPDATE).encode())
        row = await here.house.services.database.read(inbox.find, UpdateId(UPDATE_ID))

    assert answer == 200
    assert row is not None


async def test_f36_update_that_is_brought_again_is_taken_again_in_silence(tmp_path: Path) -> None:
    async with door(tmp_path) as here:
        first = await here.post(json.dumps(UPDATE).encode())
        await here.house.handling.finish(PATIENCE)
        done = await here.house.services.database.read(inbox.find, UpdateId(UPDATE_ID))
        again = await here.post(json.dumps(UPDATE).encode())
        after = await here.house.services.database.read(inbox.find, UpdateId(UPDATE_ID))

    assert (first, again) == (200, 200)
    assert done is not None
    assert done.state is InboxState.DONE
    assert after == done


@pytest.mark.parametrize("secret", ["", "x" * len(SECRET), SECRET[:-1], f"{SECRET}x", "é"])
async def test_f61_update_without_the_secret_is_refused_unread(tmp_path: Path, secret: str) -> None:
    async with door(tmp_path) as here:
        answer = await here.post(json.dumps(UPDATE).encode(), **{SECRET_HEADER: secret})
        row = await here.house.services.database.read(inbox.find, UpdateId(UPDATE_ID))

    assert answer == 401
    assert row is None


async def test_f61_secret_that_is_no_text_is_refused_like_another(tmp_path: Path) -> None:
    async with door(tmp_path) as here:
        host, port = here.url.removeprefix("http://").split(":")
        reader, writer = await asyncio.open_connection(host, int(port))
        head = f"POST /telegram HTTP/1.0\r\nContent-Length: 0\r\n{SECRET_HEADER}: "
        writer.write(head.encode() + b"\xff\r\n\r\n")
        answer = await reader.readline()
        writer.close()
        await writer.wait_closed()

    assert b" 401 " in answer


async def test_f61_large_body_is_refused_and_one_of_a_megabyte_is_read(tmp_path: Path) -> None:
    async with door(tmp_path) as here:
        too_large = await here.post(b"[" + b" " * TEN_MEGABYTES + b"]")
        large = await here.post(json.dumps(UPDATE).encode().ljust(LARGEST_UPDATE - 1))

    assert (too_large, large) == (413, 200)


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{",
        b"\xff\xfe\x00",
        b"[]",
        b"[" * 100_000,
        b'{"message": {}}',
        b'{"update_id": "77"}',
        b'{"update_id": -1}',
        b'{"update_id": 9223372036854775808}',
        b'{"update_id": 77, "message": "text"}',
    ],
)
async def test_f61_body_that_is_no_update_is_refused(tmp_path: Path, body: bytes) -> None:
    async with door(tmp_path) as here:
        answer = await here.post(body)
        undone = await here.house.services.database.read(inbox.undone)

    assert answer == 400
    assert undone == []


@pytest.mark.parametrize("method", ["GET", "PUT", "DELETE"])
async def test_f61_other_methods_than_post_are_refused(tmp_path: Path, method: str) -> None:
    async with door(tmp_path) as here:
        answer = await here.call(method, "/telegram")

    assert answer == 405


async def test_update_that_cannot_be_kept_is_asked_for_again(tmp_path: Path) -> None:
    async with door(tmp_path, busy_receiver) as here:
        answer = await here.post(json.dumps(UPDATE).encode())

    assert answer == 503


async def test_health_is_told_and_nothing_else_is_there(tmp_path: Path) -> None:
    async with door(tmp_path) as here:
        answers = [await here.call("GET", path) for path in ("/health", "/", "/metrics")]

    assert answers == [200, 404, 404]


async def conversed(here: Town, first_name: str) -> None:
    """Have somebody come and be answered."""
    person = here.room.person(first_name, language_code="fr")
    person.start()
    await here.room.until(lambda: bool(person.received))


async def test_f61_telegram_calls_the_bot_and_it_answers(tmp_path: Path) -> None:
    async with town(tmp_path) as here:
        url = called(here.palabre)
        async with here.palabre.begun("run") as process:
            await here.room.until(lambda: bool(here.room.webhook.url), START_WITHIN_S)
            await conversed(here, "Samira")
            told = await stopped(process)

    (asked,) = here.room.ledger.calls("setWebhook")
    assert asked.params["url"] == f"{url}/telegram"
    assert asked.params["allowed_updates"] == list(ALLOWED_UPDATES)
    assert asked.params["max_connections"] == 1
    assert "drop_pending_updates" not in asked.params
    assert here.room.ledger.calls("getUpdates") == []
    assert told.code == 0
    assert SECRET not in told.log


async def test_bot_that_polls_again_takes_its_webhook_down(tmp_path: Path) -> None:
    async with town(tmp_path) as here:
        here.room.webhook.url = "http://127.0.0.1:9/telegram"
        async with here.living() as process:
            await conversed(here, "Samira")
            told = await stopped(process)

    assert told.code == 0
    assert len(here.room.ledger.calls("deleteWebhook")) == 1


async def test_address_that_telegram_refuses_exits_2_and_names_the_setting(tmp_path: Path) -> None:
    async with town(tmp_path) as here:
        called(here.palabre)
        here.palabre.environ["PALABRE_TELEGRAM__WEBHOOK__URL"] = "http://bot.example.org/telegram"
        told = await here.palabre.told("run")

    assert told.code == 2
    assert "telegram.webhook.url: refused by Telegram" in told.log


async def test_f61_secret_that_is_too_short_exits_2_before_any_call(tmp_path: Path) -> None:
    async with town(tmp_path) as here:
        called(here.palabre)
        here.palabre.environ["PALABRE_TELEGRAM__WEBHOOK__SECRET"] = "x" * 31
        told = await here.palabre.told("run")

    assert told.code == 2
    assert told.log.startswith("telegram.webhook.secret: ")
    assert len(here.room.ledger) == 0
