"""All that the room knows: accounts, chats, messages, files, taps; and what the bot is told of it.

`World` holds state and its few invariants; methods of the Bot API and people act on it.
"""

import itertools
from dataclasses import dataclass, field
from datetime import datetime

from sandbox.chats import Chat, GroupChat, Member, PrivateChat, User
from sandbox.clock import RoomClock
from sandbox.faults import Faults
from sandbox.files import FileStore
from sandbox.flood import Flood
from sandbox.ledger import Ledger
from sandbox.messages import Message
from sandbox.profile import Profile
from sandbox.shapes import Json, names
from sandbox.signals import Signal
from sandbox.taps import Tap
from sandbox.updates import TAP_LIFE, UpdateQueue

BOT_ID = 7_000_000_001
FIRST_PERSON_ID = 1_000_001
FIRST_GROUP_ID = -4_000_000_001
FIRST_SUPERGROUP_ID = -1_002_000_000_001
ANONYMOUS_ADMIN = User(1_087_968_824, "Group", username="GroupAnonymousBot", is_bot=True)
CHANNEL_BOT = User(136_817_688, "Channel", username="Channel_Bot", is_bot=True)


@dataclass(slots=True)
class Webhook:
    """Where updates are brought, once the bot has asked for it."""

    url: str = ""
    secret: str = ""
    max_connections: int = 40
    last_error_at: int = 0
    last_error: str = ""
    set_count: int = field(default=0)  # so that a courier knows that the bot asked anew


class World:
    """The whole state of a Telegram in which one bot lives."""

    def __init__(
        self,
        *,
        token: str | None = None,
        username: str = "palabre_test_bot",
        start: datetime | None = None,
        seed: int = 0,
    ) -> None:
        self.token = token or f"{BOT_ID}:AAF-{username}-secret-of-the-room"
        self.bot = User(int(self.token.split(":")[0]), "Palabre", username=username, is_bot=True)
        self.clock = RoomClock(start)
        self.users: dict[int, User] = {self.bot.id: self.bot}
        self.chats: dict[int, Chat] = {}
        self.links: dict[str, GroupChat] = {}  # invite links, by address
        self.updates = UpdateQueue(self.clock, seed)
        self.files = FileStore()
        self.ledger = Ledger()
        self.faults = Faults()
        self.flood = Flood(self.clock)
        self.profile = Profile()
        self.webhook = Webhook()
        self.webhook_changed = Signal()
        self.taps: dict[str, Tap] = {}
        self.revision = 0
        self.changed = Signal()
        self.latency_seconds = 0.0
        self.can_read_all = False  # BotFather's /setprivacy, switched off
        self.numbers = itertools.count(1)
        self._shared_ids = itertools.count(1)

    # Messages

    def post(
        self, chat: Chat, sender: User | None, content: Json, *, by_bot: bool = False
    ) -> Message:
        """Write a message in a chat; the bot is not told."""
        head: Json = {"message_id": self._next_message_id(chat), "date": self.clock.timestamp()}
        head["chat"] = chat.card()
        if sender is not None:
            head["from"] = sender.card()
        message = Message({**head, **content}, by_bot=by_bot)
        chat.messages[message.id] = message
        self.touch(chat, message)
        return message

    def touch(self, chat: Chat, message: Message | None = None) -> None:
        """Stamp a message as changed, and wake those who look at its chat."""
        self.revision += 1
        chat.revision = self.revision
        if message is not None:
            message.changed = self.revision
        chat.signal.ring()
        self.changed.ring()

    def _next_message_id(self, chat: Chat) -> int:
        """Number it: supergroups count for themselves, all other chats share the bot's count."""
        if isinstance(chat, GroupChat) and chat.type == "supergroup":
            chat.last_id += 1
            return chat.last_id
        return next(self._shared_ids)

    def number_from(self, first: int) -> None:
        """Number messages from there on, where a history is told of that the room has not seen."""
        self._shared_ids = itertools.count(first)

    # The bot's eyes

    def tell(self, chat: Chat, message: Message, kind: str = "message") -> None:
        """Let the bot know of a message, unless privacy mode hides it."""
        if self.visible(chat, message):
            self.updates.put(kind, dict(message.body), chat.id)

    def visible(self, chat: Chat, message: Message) -> bool:
        """Tell whether the bot is shown a message.

        https://core.telegram.org/bots/features#privacy-mode
        """
        if not isinstance(chat, GroupChat):
            return not (isinstance(chat, PrivateChat) and chat.blocked)
        place = self.bot_place(chat)
        if place is None or not place.present:
            return False
        if place.status != "member" or self.can_read_all or is_service(message.body):
            return True
        return self._addressed(chat, message)

    def _addressed(self, chat: GroupChat, message: Message) -> bool:
        replied = message.body.get("reply_to_message") or {}
        if replied.get("from", {}).get("id") == self.bot.id:
            return True
        commands = _marked(message.body, "bot_command")
        if not commands:
            return False
        mine = f"@{self.bot.username}".lower()
        named = [command for command in commands if "@" in command]
        if named:
            return any(command.lower().endswith(mine) for command in named)
        return self._may_be_for_bot(chat)

    def _may_be_for_bot(self, chat: GroupChat) -> bool:
        """A bare command goes to the bot that spoke last, or to the only one."""
        bots = [place for place in chat.members.values() if place.user.is_bot and place.present]
        return len(bots) == 1

    def bot_place(self, chat: GroupChat) -> Member | None:
        """Find the bot's place in a group; None when it never was there."""
        return chat.members.get(self.bot.id)

    def bot_may(self, chat: GroupChat, right: str) -> bool:
        """Tell whether the bot is an administrator with that right."""
        place = self.bot_place(chat)
        return place is not None and place.status == "administrator" and right in place.rights

    # Taps

    def keep_tap(self, tap: Tap) -> None:
        """Keep a tap until it is too old to be answered."""
        oldest = self.clock.now() - TAP_LIFE
        while self.taps and next(iter(self.taps.values())).at < oldest:
            del self.taps[next(iter(self.taps))]
        self.taps[tap.id] = tap
        self.changed.ring()

    def open_tap(self, tap_id: str) -> Tap | None:
        """Find a tap that may still be answered."""
        tap = self.taps.get(tap_id)
        if tap is None or tap.is_answered or self.clock.now() - tap.at >= TAP_LIFE:
            return None
        return tap


SERVICE = names(
    "new_chat_members left_chat_member new_chat_title group_chat_created pinned_message "
    "migrate_to_chat_id migrate_from_chat_id forum_topic_created forum_topic_closed "
    "forum_topic_edited supergroup_chat_created"
)


def is_service(body: Json) -> bool:
    """Tell whether a message was written by Telegram itself."""
    return not SERVICE.isdisjoint(body)


def _marked(body: Json, kind: str) -> list[str]:
    text = str(body.get("text") or body.get("caption") or "")
    entities = body.get("entities") or body.get("caption_entities") or []
    units = text.encode("utf-16-le", "surrogatepass")
    return [
        units[2 * entity["offset"] : 2 * (entity["offset"] + entity["length"])].decode(
            "utf-16-le", "replace"
        )
        for entity in entities
        if entity["type"] == kind
    ]
