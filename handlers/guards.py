"""Who is speaking, looked up in one read, and how far their role must reach."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from storage import cards, prompts, residents
from storage.cards import Card
from storage.database import Reader
from storage.ids import ChatId, MessageId, UpdateId
from storage.prompts import Prompt
from storage.residents import Resident, Role


@dataclass(frozen=True, slots=True)
class Speaking:
    """A person who writes or taps: `resident` None for a visitor, who has not agreed to be known.

    `prompt` is what their chat was last asked; `card` what the message that they tapped shows.
    """

    telegram_id: int
    resident: Resident | None
    prompt: Prompt | None
    card: Card | None


@dataclass(frozen=True, slots=True)
class Route:
    """A handler and the least role that reaches it; `role` None: a visitor's too.

    There is no default: a handler that names no role is not a Route (deny by default).
    """

    call: Callable[..., Awaitable[Any]]
    role: Role | None


def look(
    reader: Reader,
    *,
    telegram_id: int,
    chat_id: ChatId,
    message_id: MessageId | None,
    now: datetime,
    cause: UpdateId,
) -> Speaking:
    """Look up who speaks in a chat, what it was asked, and what the tapped message shows."""
    return Speaking(
        telegram_id,
        residents.find_speaking(reader, telegram_id),
        prompts.find(reader, chat_id, now=now, cause=cause),
        cards.find(reader, chat_id, message_id) if message_id is not None else None,
    )
