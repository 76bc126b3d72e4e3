"""What became of one call to Telegram, told by the error that it raised (reliability.md, §1.2).

Pure tables. Telegram tells errors apart by English descriptions, which it may reword: a fragment
stands here only where it is safe to act on it. An unknown refusal never disables a contact.
"""

from datetime import timedelta
from enum import Enum, auto
from typing import Final

from telegram.error import (
    BadRequest,
    ChatMigrated,
    Conflict,
    Forbidden,
    InvalidToken,
    NetworkError,
    RetryAfter,
    TelegramError,
)

from bot.request import BARE_FLOOD_PAUSE, NotSentError


class Outcome(Enum):
    """The class of one call's outcome; what to do about it is its caller's affair."""

    DONE = auto()
    """Telegram has executed it and said so."""
    NOT_SENT = auto()
    """It never reached Telegram: try again, no attempt is counted."""
    HOLD = auto()
    """Telegram refused it for now: wait `retry_after`, no attempt is counted."""
    AMBIGUOUS = auto()
    """Nobody knows whether it was executed: each kind of message says what to do."""
    GONE = auto()
    """The recipient is out of reach until they come back: skip, and mark them."""
    MIGRATED = auto()
    """The group lives on under the error's `new_chat_id`."""
    CONTENT = auto()
    """Telegram will never take it as it is, for a fault of ours or a reason unknown to us."""
    STALE = auto()
    """What it was about has passed (query too old, message gone) or is so already."""
    AUTH = auto()
    """The token is refused, by Telegram or by a proxy that pretends to be Telegram."""
    CONFLICT = auto()
    """Another process receives with the same token."""


_GONE_USERS: Final = (
    "bot was blocked by the user",
    "user is deactivated",
    # They have never started the bot or have deleted the chat; /start brings them back.
    "bot can't initiate conversation with a user",
)
_GONE_GROUPS: Final = (
    "bot was kicked from the",
    "bot is not a member of the",
    "the group chat was deleted",
)
_STALE: Final = (
    "query is too old",
    "message is not modified",
    "message to edit not found",
    "message to delete not found",
    "message can't be edited",
    "message can't be deleted",
    "message_id_invalid",
)

_BY_DESCRIPTION: Final[tuple[tuple[type[TelegramError], tuple[str, ...], Outcome], ...]] = (
    (Forbidden, _GONE_USERS, Outcome.GONE),
    (Forbidden, _GONE_GROUPS, Outcome.GONE),
    (BadRequest, ("chat not found",), Outcome.GONE),
    (BadRequest, _STALE, Outcome.STALE),
    # A status that python-telegram-bot has no class for keeps its description only.
    (NetworkError, ("too many requests",), Outcome.HOLD),
    (NetworkError, ("request entity too large",), Outcome.CONTENT),
)

_BY_TYPE: Final[tuple[tuple[type[TelegramError], Outcome], ...]] = (
    (NotSentError, Outcome.NOT_SENT),
    (RetryAfter, Outcome.HOLD),
    (ChatMigrated, Outcome.MIGRATED),
    (InvalidToken, Outcome.AUTH),
    (Conflict, Outcome.CONFLICT),
    (Forbidden, Outcome.CONTENT),
    (BadRequest, Outcome.CONTENT),
)


def classify(error: Exception) -> Outcome:
    """Tell the class of a call that raised `error`; AMBIGUOUS where nothing says otherwise."""
    if isinstance(error, TelegramError):
        description = error.message.lower()
        for kind, fragments, outcome in _BY_DESCRIPTION:
            if isinstance(error, kind) and any(part in description for part in fragments):
                return outcome
    return next((o for kind, o in _BY_TYPE if isinstance(error, kind)), Outcome.AMBIGUOUS)


def retry_after(error: TelegramError) -> timedelta:
    """Tell how long Telegram asks to wait: 30 s where it does not say."""
    if not isinstance(error, RetryAfter):
        return BARE_FLOOD_PAUSE
    pause = error.retry_after
    return pause if isinstance(pause, timedelta) else timedelta(seconds=pause)
