"""What happens behind: watches the bot's database and the room's ledger, and tells the ways."""

import asyncio
import time
from collections.abc import Callable, Mapping
from typing import Any

from bot.demo.sight import Sight
from bot.demo.tables import Picture, picture
from bot.demo.ways import Seen, Ways
from handlers.words import Words
from sandbox import Call, Room

LOOK_AGAIN_SECONDS = 0.1
BETWEEN_LOOKS_SECONDS = 0.03
"""Looks come no faster, however fast the room changes."""
REST_FACTOR = 3
"""A look into a large database is followed by so many times its length for everything else."""
TOLD_EVERY_SECONDS = 0.25
"""A page is not told more often: each time it is told all of the last ways."""
QUIET_METHODS = {"getUpdates"}
FREE_TEXT, OTHER = "💬", "·"
"""Stand for what somebody wrote, which is not kept once it is handled, and for other things."""

Tell = Callable[[Mapping[str, object]], None]


class Behind:
    """Looks again and again; `tell` is called with the ways when there is something new."""

    def __init__(self, sight: Sight, room: Room, words: Words, tell: Tell) -> None:
        self._sight = sight
        self._room = room
        self._tell = tell
        self._ways = Ways(words, self._name_of)
        self._version = -1
        self._before: Picture | None = None
        self._heard = 0
        self._under_way: list[Call] = []
        self._polls: list[Call] = []
        self._told_seconds = 0.0
        self._is_news = False

    async def run(self) -> None:
        """Watch until cancelled."""
        while True:
            begun = time.monotonic()
            self.look()
            took = time.monotonic() - begun
            await self._room.changed.wait(LOOK_AGAIN_SECONDS)
            await asyncio.sleep(max(BETWEEN_LOOKS_SECONDS, REST_FACTOR * took))

    def look(self) -> None:
        """Look once, and tell what is new."""
        ended = self._ended()
        changed = self._taken()
        self._ended_polls()
        if changed is not None:
            if self._before is not None:
                self._ways.take(changed.changes_since(self._before), self._room.clock.now())
            self._before = changed
        for call in ended:
            self._ways.call(call)
        self._is_news = self._is_news or bool(ended) or changed is not None
        if self._is_news and time.monotonic() - self._told_seconds >= TOLD_EVERY_SECONDS:
            self._is_news, self._told_seconds = False, time.monotonic()
            self._tell(self._ways.told())

    def told(self) -> dict[str, object]:
        """Give the ways as they now are."""
        return self._ways.told()

    def _taken(self) -> Picture | None:
        """Take a picture where something was committed."""
        version = self._sight.version()
        if version == self._version:
            return None
        self._version = version
        with self._sight.still() as connection:
            return picture(connection)

    def _ended(self) -> list[Call]:
        """List the calls that have ended since, long polls left out."""
        for call in self._room.ledger.after(self._heard):
            self._heard = call.number
            (self._polls if call.method in QUIET_METHODS else self._under_way).append(call)
        ended = [call for call in self._under_way if not call.under_way]
        self._under_way = [call for call in self._under_way if call.under_way]
        return ended

    def _ended_polls(self) -> None:
        """Note which updates have been handed over."""
        ended = [call for call in self._polls if not call.under_way]
        self._polls = [call for call in self._polls if call.under_way]
        for update in (update for call in ended for update in call.result or []):
            seen, tap_id = seen_of(update)
            self._ways.see(int(update["update_id"]), seen, tap_id)

    def _name_of(self, chat_id: int) -> str:
        if chat_id in self._room.people:
            return self._room.people[chat_id].user.first_name
        return next((group.title for group in self._room.groups if group.id == chat_id), "·")


def seen_of(update: Mapping[str, Any]) -> tuple[Seen, str | None]:
    """Tell whose update it is and what it is; and the tap's number where it is one."""
    tap = update.get("callback_query")
    if tap is not None:
        chat = tap["message"]["chat"]["id"]
        return Seen(tap["from"]["id"], chat, f"▸ {_label(tap)}"), str(tap["id"])
    (told,) = (part for name, part in update.items() if name != "update_id")
    person, chat = told.get("from") or {}, told.get("chat") or {}
    return Seen(person.get("id"), chat.get("id"), _what(told)), None


def _label(tap: Mapping[str, Any]) -> str:
    """Find what is written on the button that was tapped."""
    rows = (tap["message"].get("reply_markup") or {}).get("inline_keyboard", [])
    keys = [key for row in rows for key in row]
    return next((key["text"] for key in keys if key.get("callback_data") == tap.get("data")), "")


def _what(told: Mapping[str, Any]) -> str:
    """Tell what somebody sent: a command by its name, never what they wrote."""
    text = str(told.get("text") or "")
    if text.startswith("/"):
        return text.split(maxsplit=1)[0]
    return FREE_TEXT if text else OTHER
