"""The one HTTP server: Telegram's webhook (F61) and /health.

When polling there is none, unless a port is given.
"""

import hmac
import json
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager
from typing import Any

from aiohttp import web
from telegram.error import BadRequest

from bot.config import ConfigError
from bot.receiver import ALLOWED_UPDATES, Receiver
from bot.request import AiohttpRequest
from bot.settings import Settings
from storage.errors import BusyError

LARGEST_UPDATE = 1024 * 1024
"""Telegram's updates stay far below; a larger body is not Telegram's (F61)."""
LARGEST_ID = 2**63 - 1
"""Both databases number up to here; Telegram's update_id takes 32 bits."""
SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"  # noqa: S105 - the header's name
"""https://core.telegram.org/bots/api#setwebhook, secret_token"""
ONE_AT_A_TIME = 1
"""max_connections: Telegram then waits for each 200, so updates come in their order (F37)."""
LAST_CALLS_S = 2.0
"""At a stop, a call under way may take so long: the commit of one update takes milliseconds."""


@asynccontextmanager
async def serving(settings: Settings, receiver: Receiver) -> AsyncIterator[None]:
    """Serve while inside, where the settings ask for a server.

    Raises:
        ConfigError: it cannot listen where the settings say.
    """
    address = settings.http_address
    if address is None:
        yield
        return
    application = web.Application(client_max_size=LARGEST_UPDATE)
    application.router.add_get("/health", _health)
    if settings.telegram.mode == "webhook":
        application.router.add_post(settings.webhook_path, _webhook(settings, receiver))
    runner = web.AppRunner(application, access_log=None, shutdown_timeout=LAST_CALLS_S)
    await runner.setup()
    try:
        await _listen(runner, *address)
        yield
    finally:
        await runner.cleanup()


async def ask_for_calls(settings: Settings, request: AiohttpRequest) -> None:
    """Have Telegram call the webhook.

    Raises:
        ConfigError: Telegram does not take the address.
        TelegramError: the call failed otherwise.
    """
    parameters = {
        "url": settings.webhook_url,
        "secret_token": settings.telegram.webhook.secret.get_secret_value(),
        "allowed_updates": list(ALLOWED_UPDATES),
        "max_connections": ONE_AT_A_TIME,
    }
    try:
        await request.call("setWebhook", parameters)
    except BadRequest as error:
        raise ConfigError(f"telegram.webhook.url: refused by Telegram: {error.message}") from error


async def _listen(runner: web.AppRunner, host: str, port: int) -> None:
    try:
        await web.TCPSite(runner, host, port).start()
    except OSError as error:
        raise ConfigError(f"http.port: cannot listen on {host}:{port}: {error.strerror}") from error


async def _health(_request: web.Request) -> web.Response:
    return web.Response(text="ok\n")


def _webhook(
    settings: Settings, receiver: Receiver
) -> Callable[[web.Request], Awaitable[web.Response]]:
    secret = settings.telegram.webhook.secret.get_secret_value().encode()

    async def take(request: web.Request) -> web.Response:
        """Keep an update, then say 200; anybody who lacks the secret gets 401, unread."""
        given = request.headers.get(SECRET_HEADER, "").encode("utf-8", "surrogateescape")
        if not hmac.compare_digest(given, secret):
            return web.Response(status=401)
        update = _update(await request.read())
        if update is None:
            return web.Response(status=400)
        try:
            await receiver.take([update])
        except BusyError:
            return web.Response(status=503)
        return web.Response()

    return take


def _update(body: bytes) -> Mapping[str, Any] | None:
    """Read an update; None where the body is none. https://core.telegram.org/bots/api#update."""
    try:
        update = json.loads(body)
    except (ValueError, RecursionError):
        return None
    if not isinstance(update, dict) or not isinstance(number := update.pop("update_id", None), int):
        return None
    if not 0 <= number <= LARGEST_ID or not all(isinstance(part, dict) for part in update.values()):
        return None
    return {"update_id": number, **update}
