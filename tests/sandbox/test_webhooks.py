"""Webhook delivery: the secret, retries by the room's clock, order in one chat."""

from collections.abc import AsyncIterator
from datetime import timedelta
from typing import Any

import pytest
from aiohttp import web

from sandbox import Person, Room
from tests.sandbox.conftest import Api


class Hook:
    """Takes updates, or refuses them."""

    def __init__(self) -> None:
        self.statuses: list[int] = []
        self.got: list[dict[str, Any]] = []
        self.secrets: list[str] = []
        self.port = 0

    async def take(self, request: web.Request) -> web.Response:
        status = self.statuses.pop(0) if self.statuses else 200
        self.got.append(await request.json())
        self.secrets.append(request.headers.get("X-Telegram-Bot-Api-Secret-Token", ""))
        return web.Response(status=status)

    @property
    def texts(self) -> list[str]:
        return [update["message"]["text"] for update in self.got]


@pytest.fixture
async def hook() -> AsyncIterator[Hook]:
    made = Hook()
    app = web.Application()
    app.router.add_post("/hook", made.take)
    runner = web.AppRunner(app)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    made.port = runner.addresses[0][1]
    yield made
    await runner.cleanup()


async def test_webhook_delivers_with_secret_then_forgets(
    api: Api, room: Room, samira: Person, hook: Hook
) -> None:
    samira.say("avant")
    url = f"http://127.0.0.1:{hook.port}/hook"
    await api.result("setWebhook", url=url, secret_token="s" * 32)
    samira.say("après")

    await room.until(lambda: len(hook.got) == 2)
    await room.quiet()

    assert hook.texts == ["avant", "après"]
    assert hook.secrets == ["s" * 32] * 2
    assert (await api.result("getWebhookInfo"))["pending_update_count"] == 0


async def test_webhook_refused_tried_again_later_in_order(
    api: Api, room: Room, samira: Person, hook: Hook
) -> None:
    room.clock.freeze()
    hook.statuses = [500, 503]
    await api.result("setWebhook", url=f"http://127.0.0.1:{hook.port}/hook")
    samira.say("un")
    samira.say("deux")
    karim = room.person("Karim")
    karim.start()

    await room.until(lambda: len(hook.got) == 2)
    told = await api.result("getWebhookInfo")
    await room.advance(timedelta(seconds=1))
    await room.until(lambda: len(hook.got) >= 3)
    await room.advance(timedelta(seconds=2))
    await room.advance(timedelta(seconds=4))
    await room.until(lambda: len(room.updates) == 0)

    assert told["last_error_message"].startswith("Wrong response from the webhook: 50")
    taken = [text for text in hook.texts if text in {"un", "deux"}]
    assert taken[0] == "un"
    assert taken[-1] == "deux"
    assert taken.count("deux") == 1


async def test_webhook_unreachable_keeps_updates(api: Api, room: Room, samira: Person) -> None:
    room.clock.freeze()
    await api.result("setWebhook", url="http://127.0.0.1:9/hook")
    samira.say("attendu")

    await room.until(lambda: bool(room.webhook.last_error))
    await api.result("deleteWebhook")

    assert (await api.result("getUpdates"))[0]["message"]["text"] == "attendu"


@pytest.mark.parametrize(
    ("params", "words"),
    [
        (
            {"url": "http://a.org/hook"},
            "bad webhook: An HTTPS URL must be provided for webhook",
        ),
        (
            {"url": "https://a.org", "secret_token": "é"},
            "secret token contains unallowed characters",
        ),
        ({"url": "https://a.org", "secret_token": "s" * 257}, "secret token is too long"),
    ],
)
async def test_set_webhook_wrong_refused(api: Api, params: dict[str, str], words: str) -> None:
    assert await api.refusal("setWebhook", **params) == (400, f"Bad Request: {words}")


async def test_set_webhook_drop_and_kinds(api: Api, room: Room, samira: Person) -> None:
    samira.say("oublié")
    room.clock.freeze()
    url = "http://127.0.0.1:9/hook"

    await api.result(
        "setWebhook", url=url, drop_pending_updates=True, allowed_updates=["callback_query"]
    )
    samira.say("pas voulu")
    told = await api.result("getWebhookInfo")

    assert told["url"] == url
    assert told["allowed_updates"] == ["callback_query"]
    assert told["pending_update_count"] == 0
    await api.result("setWebhook", url="")
    assert (await api.result("getWebhookInfo"))["url"] == ""
