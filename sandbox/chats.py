"""Who is there: users, private chats, groups, members, invite links, requests, topics.

Plain records; the rules live beside the methods and the people that use them.
https://core.telegram.org/bots/api#chat · #chatmember · #chatinvitelink
"""

from dataclasses import dataclass, field

from sandbox.messages import Message
from sandbox.shapes import Json
from sandbox.signals import Signal

PRESENT = frozenset({"creator", "administrator", "member", "restricted"})

RIGHTS = (
    "can_manage_chat",
    "can_delete_messages",
    "can_manage_video_chats",
    "can_restrict_members",
    "can_promote_members",
    "can_change_info",
    "can_invite_users",
    "can_post_stories",
    "can_edit_stories",
    "can_delete_stories",
    "can_pin_messages",
    "can_manage_topics",
)


@dataclass(slots=True, eq=False)
class User:
    """A Telegram account."""

    id: int
    first_name: str
    last_name: str = ""
    username: str = ""
    language_code: str = ""
    is_bot: bool = False
    deleted: bool = False

    def card(self) -> Json:
        """Return the Bot API's User object."""
        card: Json = {"id": self.id, "is_bot": self.is_bot, "first_name": self.first_name}
        for name in ("last_name", "username", "language_code"):
            if value := getattr(self, name):
                card[name] = value
        return card


@dataclass(slots=True, eq=False)
class Chat:
    """A conversation, with all that was written in it."""

    id: int
    type: str
    messages: dict[int, Message] = field(default_factory=dict)
    pinned: list[int] = field(default_factory=list)
    revision: int = 0  # the room's revision at its last change
    busy_with: str = ""  # what the bot last showed that it was doing, and at which revision
    busy_revision: int = 0
    signal: Signal = field(default_factory=Signal)

    def card(self) -> Json:
        """Return the Bot API's Chat object."""
        return {"id": self.id, "type": self.type}


@dataclass(slots=True, eq=False)
class PrivateChat(Chat):
    """One person's conversation with the bot."""

    user: User = field(kw_only=True)
    started: bool = False
    blocked: bool = False

    def card(self) -> Json:
        """Return the Bot API's Chat object: its id is the person's."""
        card: Json = {"id": self.id, "type": "private", "first_name": self.user.first_name}
        for name in ("last_name", "username"):
            if value := getattr(self.user, name):
                card[name] = value
        return card


@dataclass(slots=True, eq=False)
class Member:
    """Someone's place in a group."""

    user: User
    status: str = "member"
    rights: frozenset[str] = frozenset()

    @property
    def present(self) -> bool:
        """Tell whether the member is in the group now."""
        return self.status in PRESENT

    def card(self) -> Json:
        """Return the Bot API's ChatMember object of that status."""
        card: Json = {"status": self.status, "user": self.user.card()}
        if self.status == "creator":
            card["is_anonymous"] = False
        if self.status == "administrator":
            card |= {"can_be_edited": False, "is_anonymous": False}
            card |= {right: right in self.rights for right in RIGHTS}
        if self.status == "kicked":
            card["until_date"] = 0
        return card


@dataclass(slots=True, eq=False)
class InviteLink:
    """A link that lets people into a group."""

    url: str
    creator: User
    creates_join_request: bool = False
    is_primary: bool = False
    is_revoked: bool = False
    name: str = ""
    expire_date: int = 0
    member_limit: int = 0
    used: int = 0

    def card(self) -> Json:
        """Return the Bot API's ChatInviteLink object."""
        card: Json = {
            "invite_link": self.url,
            "creator": self.creator.card(),
            "creates_join_request": self.creates_join_request,
            "is_primary": self.is_primary,
            "is_revoked": self.is_revoked,
        }
        for name in ("name", "expire_date", "member_limit"):
            if value := getattr(self, name):
                card[name] = value
        return card

    def opens(self, timestamp: int) -> bool:
        """Tell whether it still lets someone in at that second."""
        full = bool(self.member_limit) and self.used >= self.member_limit
        expired = bool(self.expire_date) and self.expire_date <= timestamp
        return not (self.is_revoked or full or expired)


@dataclass(slots=True, eq=False)
class Topic:
    """A thread of a forum."""

    id: int
    name: str
    closed: bool = False


@dataclass(slots=True, eq=False)
class GroupChat(Chat):
    """A group or supergroup, with its people."""

    title: str = field(kw_only=True)
    is_forum: bool = False
    members: dict[int, Member] = field(default_factory=dict)
    links: dict[str, InviteLink] = field(default_factory=dict)
    requests: dict[int, InviteLink | None] = field(default_factory=dict)
    topics: dict[int, Topic] = field(default_factory=dict)
    last_id: int = 0
    migrated_to: int = 0
    deleted: bool = False

    def card(self) -> Json:
        """Return the Bot API's Chat object."""
        card: Json = {"id": self.id, "type": self.type, "title": self.title}
        if self.is_forum:
            card["is_forum"] = True
        return card

    def place_of(self, user_id: int) -> Member | None:
        """Find someone's place, also that of one who left; None for a stranger."""
        return self.members.get(user_id)

    def holds(self, user_id: int) -> bool:
        """Tell whether that user is in the group now."""
        place = self.members.get(user_id)
        return place is not None and place.present
