"""Updates as Telegram writes them, read before anything is built of them, and built.

Whatever comes, reading raises nothing: what cannot be read is kept all the same, and given up like
anything else that fails (F12). Format: https://core.telegram.org/bots/api#update
"""

import json
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any, TypeAlias

from telegram import Bot, CallbackQuery, Chat, InaccessibleMessage, Update, User

from storage.ids import ChatId, UpdateId
from storage.inbox import Received

Plain: TypeAlias = Mapping[str, Any]

BACKLOG_AFTER = timedelta(minutes=1)
"""What was written longer ago has waited at Telegram."""
# In ASCII: half a pair of surrogates, which anybody may send, fits into no database (F55).
_COMPACT = json.JSONEncoder(separators=(",", ":"))


def received(update: Plain) -> Received:
    """Give an update as the inbox keeps it."""
    return Received(
        UpdateId(update["update_id"]), chat_of(update), _COMPACT.encode(essential(update))
    )


def is_numbered(update: object) -> bool:
    """Whether something is an update at all: it has a number, so it can be kept and confirmed."""
    return isinstance(update, dict) and isinstance(update.get("update_id"), int)


def essential(update: Plain) -> Plain:
    """Leave out what a tapped message says: it is the bot's own, and known by its place.

    What is left reads as a message out of reach, the form that Telegram itself gives to old ones
    (https://core.telegram.org/bots/api#inaccessiblemessage).
    """
    query = _mapping(update.get("callback_query"))
    message = _mapping(query.get("message"))
    if "chat" not in message or "message_id" not in message:
        return update
    place = {"chat": message["chat"], "message_id": message["message_id"], "date": 0}
    return {**update, "callback_query": {**query, "message": place}}


def built(update: Plain, bot: Bot) -> Update:
    """Build python-telegram-bot's object of an update.

    A tap's is put together by hand: the library would first read its place as a whole message, at
    three times the cost, and taps come in crowds.
    """
    query = _mapping(update.get("callback_query"))
    place = _mapping(query.get("message"))
    if place.get("date") != 0:
        return Update.de_json(dict(update), bot)
    chat = Chat.de_json(place["chat"], bot)
    tap = CallbackQuery(
        query["id"],
        User.de_json(query["from"], bot),
        query["chat_instance"],
        message=InaccessibleMessage(chat, place["message_id"]),
        data=query.get("data"),
    )
    return Update(update["update_id"], callback_query=tap)


def chat_of(update: Plain) -> ChatId | None:
    """Give the chat whose order an update belongs to; a tap's is its person, in groups too."""
    number = _id(_part(update).get("from" if "callback_query" in update else "chat"))
    return ChatId(number) if number is not None else None


def sender_of(update: Plain) -> int | None:
    """Give who an update comes from, None where it comes from nobody."""
    return _id(_part(update).get("from"))


def counts_at(update: Plain, now: datetime) -> datetime:
    """Give when an update counts: now, or when it was written where it waited at Telegram."""
    date = _part(update).get("date")
    if not isinstance(date, int) or not 0 < date < now.timestamp():
        return now
    written_at = datetime.fromtimestamp(date, UTC)
    return written_at if now - written_at > BACKLOG_AFTER else now


def _part(update: Plain) -> Plain:
    """Give what an update holds besides its id; empty where that cannot be read."""
    return _mapping(next((part for key, part in update.items() if key != "update_id"), None))


def _mapping(value: object) -> Plain:
    return value if isinstance(value, Mapping) else {}


def _id(part: object) -> int | None:
    number = _mapping(part).get("id")
    return number if isinstance(number, int) else None
