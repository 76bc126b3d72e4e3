"""Which bot a token is, as Telegram knows it."""

from dataclasses import dataclass

from bot.request import AiohttpRequest


@dataclass(frozen=True, slots=True)
class Identity:
    """A bot's account."""

    id: int
    username: str


async def ask_identity(request: AiohttpRequest) -> Identity:
    """Ask Telegram which bot the token is; gives it. https://core.telegram.org/bots/api#getme.

    Raises:
        TelegramError: as `AiohttpRequest.call`.
    """
    me = await request.call("getMe", {})
    return Identity(int(me["id"]), str(me["username"]))
