"""What is written in a chat: messages as people see them, and taps on their buttons.

A message keeps the very JSON object that the Bot API shows (`body`); what a person sees is read
from it. https://core.telegram.org/bots/api#message
"""

from dataclasses import dataclass, field
from typing import NamedTuple

from sandbox.shapes import Json


class Key(NamedTuple):
    """One button of a keyboard."""

    label: str
    callback_data: str | None = None
    url: str | None = None


@dataclass(slots=True, eq=False)
class Message:
    """One message in one chat."""

    body: Json
    by_bot: bool
    silent: bool = False
    reply_markup: Json | None = None  # a reply keyboard, its removal, or a forced reply
    edits: int = 0
    deleted: bool = False
    changed: int = 0  # the room's revision at its last change
    reactions: dict[int, list[Json]] = field(default_factory=dict)

    @property
    def id(self) -> int:
        """Return its number in the chat."""
        return int(self.body["message_id"])

    @property
    def chat_id(self) -> int:
        """Return the chat that it stands in."""
        return int(self.body["chat"]["id"])

    @property
    def text(self) -> str:
        """Return its text, or its caption; empty when it has neither."""
        return str(self.body.get("text") or self.body.get("caption") or "")

    @property
    def entities(self) -> list[Json]:
        """Return the entities of its text or caption, in order."""
        return list(self.body.get("entities") or self.body.get("caption_entities") or [])

    @property
    def rows(self) -> list[list[Key]]:
        """Return the rows of its inline keyboard; empty when it has none."""
        markup = self.body.get("reply_markup") or {}
        return [[_key(button) for button in row] for row in markup.get("inline_keyboard", [])]

    @property
    def keys(self) -> list[Key]:
        """Return the buttons of its inline keyboard, row after row."""
        return [key for row in self.rows for key in row]

    @property
    def labels(self) -> list[str]:
        """Return the labels of its inline buttons, row after row."""
        return [key.label for key in self.keys]

    @property
    def reply_rows(self) -> list[list[str]]:
        """Return the labels of the reply keyboard that came with it; empty when none did."""
        rows = (self.reply_markup or {}).get("keyboard", [])
        return [[str(key["text"]) for key in row] for row in rows]

    def key(self, label: str) -> Key | None:
        """Find the button of that label, else the first one whose label contains it."""
        keys = self.keys
        exact = (key for key in keys if key.label == label)
        partial = (key for key in keys if label in key.label)
        return next(exact, None) or next(partial, None)

    def dump(self) -> str:
        """Return the message as one would draw it, for a failing test to read."""
        signs = "".join(
            (" (deleted)" * self.deleted, f" (edited {self.edits} times)" * bool(self.edits))
        )
        who = "bot" if self.by_bot else self.body.get("from", {}).get("first_name", "?")
        head = f"#{self.id} {who}{signs}: {self.text or _kind(self.body)}"
        rows = [" ".join(f"[{key.label}]" for key in row) for row in self.rows]
        rows += [" ".join(f"<{label}>" for label in row) for row in self.reply_rows]
        return "\n      ".join([head, *rows])


def _key(button: Json) -> Key:
    return Key(button["text"], button.get("callback_data"), button.get("url"))


def _kind(body: Json) -> str:
    known = {"message_id", "date", "chat", "from", "reply_markup", "edit_date", "message_thread_id"}
    return "<" + ", ".join(name for name in body if name not in known) + ">"
