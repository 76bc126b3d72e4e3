"""A worded message as sendMessage takes it (https://core.telegram.org/bots/api#sendmessage)."""

from datetime import datetime
from typing import Any

from bot.desk import Letter
from community.notices import Kind
from handlers.keyboards import body
from handlers.premises import Premises

LOUD = frozenset({Kind.MOVED, Kind.CANCELLED, Kind.REMINDER})
"""What rings in quiet hours too: changes, and reminders, which leave then only if they must (F49)."""


def message_of(letter: Letter, premises: Premises, now: datetime) -> dict[str, Any]:
    """Give the parameters of sendMessage; in quiet hours what can wait does not ring."""
    notice = letter.notice
    is_night = premises.policy.is_quiet(now) and notice.kind not in LOUD
    message: dict[str, Any] = {
        "chat_id": notice.chat_id,
        "disable_notification": notice.silent or is_night,
    }
    return message | body(letter.view) if letter.view is not None else message
