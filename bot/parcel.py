"""A worded message as sendMessage takes it (https://core.telegram.org/bots/api#sendmessage)."""

import re
from datetime import datetime
from html import unescape
from typing import Any

from bot.desk import Letter
from community.notices import Kind
from handlers.keyboards import body
from handlers.premises import Premises

LOUD = frozenset({Kind.MOVED, Kind.CANCELLED, Kind.REMINDER})
"""What rings in quiet hours too: changes; and reminders, which leave then only if needed (F49)."""
MOST_UNITS = 4096
"""UTF-16 units of a text (https://core.telegram.org/bots/api#sendmessage)."""
_TAG = re.compile(r"</?[a-z][^<>]*>")
_ABOUT_BUTTONS = "button"
"""Telegram names what it refuses: BUTTON_DATA_INVALID, inline keyboard button …"""


def message_of(letter: Letter, premises: Premises, now: datetime) -> dict[str, Any]:
    """Give the parameters of sendMessage; in quiet hours what can wait does not ring."""
    notice = letter.notice
    is_night = premises.policy.is_quiet(now) and notice.kind not in LOUD
    message: dict[str, Any] = {
        "chat_id": notice.chat_id,
        "disable_notification": notice.silent or is_night,
    }
    if letter.view is not None:
        message |= body(letter.view)
    return message if letter.refusal is None else plain(message, letter.refusal)


def plain(message: dict[str, Any], refusal: str) -> dict[str, Any]:
    """Give a message that Telegram has refused for its content as it can hardly refuse (F35).

    The text loses its marks, and what is too much of it; the buttons go only where `refusal`,
    Telegram's reason, is about them.
    """
    bare = {name: value for name, value in message.items() if name != "parse_mode"}
    units = unescape(_TAG.sub("", message["text"])).encode("utf-16-le")[: 2 * MOST_UNITS]
    bare["text"] = units.decode("utf-16-le", errors="ignore")
    if _ABOUT_BUTTONS in refusal.lower():
        bare.pop("reply_markup", None)
    return bare
