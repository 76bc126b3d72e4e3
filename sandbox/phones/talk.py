"""What is said in the chats: messages new or changed, the bot at work, earlier ones on demand."""

from collections.abc import Iterable

from sandbox.chats import Chat
from sandbox.phones.drawn import drawn
from sandbox.phones.events import Event
from sandbox.room import Room
from sandbox.shapes import Json

PAGE = 60
"""How many messages a phone draws at first, and fetches each time one scrolls up."""
MOST = 300


class Talk:
    """Tells of the messages that changed, by the revisions that the room stamps on them."""

    def __init__(self, room: Room) -> None:
        self._room = room
        self._told = room.revision

    def standing(self) -> Iterable[Event]:
        """Tell nothing: a page asks for the chats of the phones that it opens."""
        return []

    def news(self) -> Iterable[Event]:
        """Tell, chat by chat, the messages that changed and whether the bot is at work."""
        since, self._told = self._told, self._room.revision
        changed = [chat for chat in self._room.chats.values() if chat.revision > since]
        events = [event for chat in changed for event in _typing(chat, since)]
        for chat in changed:
            messages = [one for one in chat.messages.values() if one.changed > since]
            if messages:
                told = {"chat": chat.id, "messages": [drawn(message) for message in messages]}
                events.append(Event("chat", told))
        return events


def _typing(chat: Chat, since: int) -> list[Event]:
    if chat.busy_revision <= since:
        return []
    return [Event("typing", {"chat": chat.id, "action": chat.busy_with})]


def history(room: Room, told: Json) -> Json:
    """Return the last messages of a `chat` (those `before` a number), and whether there are more.

    Oldest first; `last` bounds how many.
    """
    chat = room.chats[int(told["chat"])]
    before = told.get("before")
    last = min(int(told.get("last", PAGE)), MOST)
    kept = [one for one in chat.messages.values() if before is None or one.id < int(before)]
    return {
        "messages": [drawn(message) for message in kept[-last:]],
        "more": len(kept) > last,
    }
