"""A chat as it stands on a phone: what is read there, and waiting until something is.

Waits end as soon as the chat changes for the better; their limits are real seconds.
"""

import asyncio
from collections.abc import Callable
from typing import TypeAlias

from sandbox.chats import Chat
from sandbox.messages import Message
from sandbox.world import World

Wanted: TypeAlias = str | Callable[[Message], bool]
WAIT_SECONDS = 10.0
DUMPED = 12


class Screen:
    """One chat, looked at."""

    def __init__(self, world: World, chat: Chat) -> None:
        self.world = world
        self.chat = chat

    @property
    def messages(self) -> list[Message]:
        """Return what stands in the chat, oldest first, deleted messages left out."""
        return [message for message in self.chat.messages.values() if not message.deleted]

    @property
    def received(self) -> list[Message]:
        """Return what the bot wrote there, oldest first, deleted messages left out."""
        return [message for message in self.messages if message.by_bot]

    @property
    def newest(self) -> Message:
        """Return the bot's last message there.

        Raises:
            AssertionError: it wrote none.
        """
        return self.find(lambda _message: True)

    def find(self, wanted: Wanted, *, after: int = 0) -> Message:
        """Return the bot's newest message that matches, changed after that glance.

        Raises:
            AssertionError: none does; the message draws the screen.
        """
        found = self._match(wanted, after)
        if found is None:
            raise AssertionError(f"no message {_named(wanted)} on this screen:\n{self.dump()}")
        return found

    def holding(self, label: str) -> Message:
        """Return the bot's newest message that has a button of that label.

        Raises:
            AssertionError: none has; the message draws the screen.
        """
        found = self._match(lambda message: message.key(label) is not None, 0)
        if found is None:
            raise AssertionError(f"no button {label!r} on this screen:\n{self.dump()}")
        return found

    def glance(self) -> int:
        """Return a mark of this moment, for `after=`."""
        return self.world.revision

    async def sees(
        self, wanted: Wanted, within: float = WAIT_SECONDS, *, after: int = 0
    ) -> Message:
        """Wait for a message of the bot, new or edited, that matches; return the newest one.

        A text matches where it is contained. What already stands there counts, unless it last
        changed before the glance given as `after`.

        Raises:
            AssertionError: none came within so many seconds; the message draws the screen.
        """
        deadline = asyncio.get_running_loop().time() + within
        while (found := self._match(wanted, after)) is None:
            left = deadline - asyncio.get_running_loop().time()
            if left <= 0 or not await self.chat.signal.wait(left):
                return self.find(wanted, after=after)
        return found

    def dump(self) -> str:
        """Return the end of the chat as one would draw it."""
        last = list(self.chat.messages.values())[-DUMPED:]
        lines = [f"    {message.dump()}" for message in last] or ["    (nothing)"]
        return "\n".join([f"  ── {self.chat.card()}", *lines])

    def _match(self, wanted: Wanted, after: int) -> Message | None:
        return next(
            (
                message
                for message in reversed(self.chat.messages.values())
                if message.by_bot
                and not message.deleted
                and message.changed > after
                and _fits(message, wanted)
            ),
            None,
        )


def _fits(message: Message, wanted: Wanted) -> bool:
    return wanted in message.text if isinstance(wanted, str) else wanted(message)


def _named(wanted: Wanted) -> str:
    return f"with {wanted!r}" if isinstance(wanted, str) else "that fits"
