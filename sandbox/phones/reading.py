"""What has been read, chat by chat: it outlives a reload, and all pages agree on it."""

from sandbox.chats import Chat
from sandbox.room import Room
from sandbox.shapes import Json

MOST = 100
"""Where counting ends: a badge says "99+" from there."""


class Reading:
    """The last message that was read in each chat."""

    def __init__(self) -> None:
        self._last: dict[int, int] = {}

    def last(self, chat_id: int) -> int:
        """Return the number of the last message read in a chat; 0 when none was."""
        return self._last.get(chat_id, 0)

    def read(self, _room: Room, told: Json) -> None:
        """Mark a `chat` as read up to a message (`message_id`)."""
        chat_id, read = int(told["chat"]), int(told["message_id"])
        self._last[chat_id] = max(read, self.last(chat_id))

    def unread(self, chat: Chat) -> Json:
        """Count what the bot wrote since: `unread`, and how many of them rang (`ringing`)."""
        unread = ringing = 0
        last = self.last(chat.id)
        for message in reversed(chat.messages.values()):
            if message.id <= last or unread == MOST:
                break
            fresh = message.by_bot and not message.deleted
            unread += fresh
            ringing += fresh and not message.silent
        return {"unread": unread, "ringing": ringing}
