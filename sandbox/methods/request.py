"""One call on its way: its parameters, the world it acts in, and the chat it speaks of."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeAlias

from sandbox.chats import Chat, GroupChat, PrivateChat
from sandbox.errors import Refusal, bad, forbidden, migrated
from sandbox.messages import Message
from sandbox.params import Params
from sandbox.world import World


@dataclass(slots=True)
class Request:
    """A call, as methods see it."""

    world: World
    params: Params

    def chat(self, name: str = "chat_id") -> Chat:
        """Return the chat that the call names, whether or not the bot may write there.

        Raises:
            Refusal: no such chat, or it has become a supergroup.
        """
        chat_id = self.params.values.get(name)
        if chat_id in (None, ""):
            raise bad(f"{name} is empty")
        chat = self.world.chats.get(chat_id) if isinstance(chat_id, int) else None
        if chat is None:
            raise bad("chat not found")
        if isinstance(chat, GroupChat) and chat.migrated_to:
            raise migrated(chat.migrated_to)
        return chat

    def writable(self, name: str = "chat_id") -> Chat:
        """Return the chat that the call names, if the bot may write there.

        Raises:
            Refusal: it may not.
        """
        chat = self.chat(name)
        if isinstance(chat, PrivateChat):
            _check_private(chat)
        if isinstance(chat, GroupChat):
            self._check_member(chat)
        return chat

    def group(self, name: str = "chat_id") -> GroupChat:
        """Return the group that the call names, if the bot is in it.

        Raises:
            Refusal: it is no group, or the bot is not in it.
        """
        chat = self.chat(name)
        if not isinstance(chat, GroupChat):
            raise bad("method is available only for supergroup and channel chats")
        self._check_member(chat)
        return chat

    def message(self, chat: Chat, missing: str, name: str = "message_id") -> Message:
        """Return the message that the call names.

        Raises:
            Refusal: none is named, or it is missing: said in the words given.
        """
        message_id = self.params.integer(name)
        if not message_id:
            raise bad("message identifier is not specified")
        message = chat.messages.get(message_id)
        if message is None or message.deleted:
            raise bad(missing)
        return message

    def _check_member(self, chat: GroupChat) -> None:
        if chat.deleted:
            raise forbidden("the group chat was deleted")
        place = self.world.bot_place(chat)
        if place is None or place.status == "left":
            raise forbidden(f"bot is not a member of the {_noun(chat)} chat")
        if place.status == "kicked":
            raise forbidden(f"bot was kicked from the {_noun(chat)} chat")


Method: TypeAlias = Callable[[Request], object]


def _noun(chat: GroupChat) -> str:
    return chat.type


def _check_private(chat: PrivateChat) -> None:
    for wrong, words in (
        (chat.user.deleted, "user is deactivated"),
        (chat.blocked, "bot was blocked by the user"),
        (not chat.started, "bot can't initiate conversation with a user"),
    ):
        if wrong:
            raise forbidden(words)


def lacking(right: str) -> Refusal:
    """Make the refusal of a right that the bot has not."""
    return bad(f"not enough rights to {right}")
