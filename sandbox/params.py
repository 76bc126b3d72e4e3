"""What a call says: its parameters, decoded from whichever way they were sent, and its files.

https://core.telegram.org/bots/api#making-requests (query, form, JSON, multipart)
"""

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from sandbox.errors import bad
from sandbox.shapes import Json, names

INTEGERS = names(
    "user_id message_id message_thread_id from_chat_id offset limit timeout cache_time duration "
    "max_connections expire_date member_limit reply_to_message_id icon_color width height "
    "open_period close_date sender_chat_id"
)
FLAGS = names(
    "disable_notification protect_content show_alert drop_pending_updates creates_join_request "
    "disable_web_page_preview allow_sending_without_reply is_anonymous allows_multiple_answers "
    "is_big only_if_banned has_spoiler show_caption_above_media revoke_messages is_closed"
)
OBJECTS = names(
    "reply_markup entities caption_entities allowed_updates commands scope message_ids media "
    "link_preview_options reply_parameters menu_button reaction options permissions "
    "explanation_entities question_entities rights"
)


@dataclass(frozen=True, slots=True)
class Upload:
    """A file sent with a call."""

    name: str
    content: bytes
    mime_type: str


@dataclass(slots=True)
class Params:
    """The parameters of one call, typed; an absent one reads as empty."""

    values: Json
    uploads: dict[str, Upload] = field(default_factory=dict)

    def __contains__(self, name: str) -> bool:
        return name in self.values

    def text(self, name: str) -> str:
        """Return a text; empty when absent."""
        value = self.values.get(name)
        return "" if value is None else str(value)

    def integer(self, name: str, default: int = 0) -> int:
        """Return a whole number; the default when absent or unreadable."""
        value = self.values.get(name)
        return value if isinstance(value, int) and not isinstance(value, bool) else default

    def number(self, name: str) -> float:
        """Return a decimal number.

        Raises:
            Refusal: it is absent or unreadable.
        """
        try:
            return float(self.text(name))
        except ValueError:
            raise bad(f"{name} is empty" if not self.text(name) else f"{name} is invalid") from None

    def flag(self, name: str) -> bool:
        """Return a yes or a no; no when absent."""
        return bool(self.values.get(name))

    def mapping(self, name: str) -> Json:
        """Return an object; empty when absent.

        Raises:
            Refusal: it is something else.
        """
        value = self.values.get(name)
        if value in (None, ""):
            return {}
        if not isinstance(value, dict):
            raise bad(f"can't parse {name} JSON object")
        return value

    def listed(self, name: str) -> list[Any]:
        """Return a list; empty when absent.

        Raises:
            Refusal: it is something else.
        """
        value = self.values.get(name)
        if value in (None, ""):
            return []
        if not isinstance(value, list):
            raise bad(f"can't parse {name} JSON object")
        return value


def decode(values: Json) -> Json:
    """Return the values with numbers, flags and objects read out of their texts."""
    return {name: _decoded(name, value) for name, value in values.items()}


def _decoded(name: str, value: object) -> object:
    if not isinstance(value, str):
        return value
    for known, reader in _READERS:
        if name in known:
            return reader(value)
    return _chat(value) if name.endswith("chat_id") else value


def _integer(value: str) -> object:
    try:
        return int(value)
    except ValueError:
        return value


def _flag(value: str) -> bool:
    return value.strip().lower() in {"true", "1", "yes", "t", "y"}


def _object(value: str) -> object:
    try:
        return json.loads(value)
    except ValueError:
        return value


def _chat(value: str) -> object:
    return value if value.startswith("@") else _integer(value)


_READERS: tuple[tuple[frozenset[str], Callable[[str], object]], ...] = (
    (INTEGERS, _integer),
    (FLAGS, _flag),
    (OBJECTS, _object),
)
