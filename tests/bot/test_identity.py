"""Which bot a token is, asked over HTTP."""

import pytest
from telegram.error import InvalidToken

from bot.identity import Identity, ask_identity
from bot.request import AiohttpRequest
from sandbox import Room, Server


async def asked(token: str, url: str) -> Identity:
    request = AiohttpRequest(token, url)
    await request.initialize()
    try:
        return await ask_identity(request)
    finally:
        await request.shutdown()


async def test_token_is_the_bot_that_telegram_says() -> None:
    room = Room(username="linne_bot")
    async with Server(room) as server:
        me = await asked(room.token, server.api_url)

    assert me == Identity(room.bot.id, "linne_bot")


async def test_token_that_telegram_does_not_know_is_refused() -> None:
    async with Server(Room()) as server:
        with pytest.raises(InvalidToken):
            await asked("1:nobody", server.api_url)
