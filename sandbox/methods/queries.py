"""Answers to taps, and reactions.

https://core.telegram.org/bots/api#answercallbackquery (text 0-200 characters)
"""

from sandbox.errors import bad
from sandbox.methods.request import Method, Request
from sandbox.shapes import Json, utf16
from sandbox.taps import Answer
from sandbox.world import is_service

TOAST_LIMIT = 200  # https://core.telegram.org/bots/api#answercallbackquery
TOO_OLD = "query is too old and response timeout expired or query ID is invalid"


def answer_tap(call: Request) -> bool:
    """Answer a tap, once, while it may still be answered."""
    answer = Answer(
        call.params.text("text"), call.params.flag("show_alert"), call.params.text("url")
    )
    if utf16(answer.text) > TOAST_LIMIT:
        raise bad("MESSAGE_TOO_LONG")
    tap = call.world.open_tap(call.params.text("callback_query_id"))
    if tap is None:
        raise bad(TOO_OLD)
    if answer.url and not _may_open(answer.url, call.world.bot.username):
        raise bad("URL_INVALID")
    tap.settle(answer)
    call.world.changed.ring()
    return True


def _may_open(url: str, username: str) -> bool:
    """Tell whether a bot without games may open it: only t.me/<its name>?start=… of itself."""
    return url.startswith((f"https://t.me/{username}?", f"t.me/{username}?"))


def set_reaction(call: Request) -> bool:
    """Put the bot's reactions on a message, in place of those it had."""
    chat = call.writable()
    message = call.message(chat, "message to react not found")
    if is_service(message.body):
        raise bad("message can't be reacted to")
    reactions: list[Json] = call.params.listed("reaction")
    if any(reaction.get("type") != "emoji" or not reaction.get("emoji") for reaction in reactions):
        raise bad("REACTION_INVALID")
    if len(reactions) > 1:
        raise bad("REACTIONS_TOO_MANY")
    message.reactions[call.world.bot.id] = reactions
    call.world.touch(chat, message)
    return True


METHODS: dict[str, Method] = {
    "answerCallbackQuery": answer_tap,
    "setMessageReaction": set_reaction,
}
