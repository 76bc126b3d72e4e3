"""Groups: who comes and goes, who speaks under another name, and the move to a supergroup."""

from sandbox.chats import RIGHTS, GroupChat, Member, User
from sandbox.joining import admit, expel, new_link, rank
from sandbox.messages import Message
from sandbox.people import Person
from sandbox.screens import Screen
from sandbox.shapes import Json
from sandbox.texts import with_detected
from sandbox.world import ANONYMOUS_ADMIN, CHANNEL_BOT, FIRST_SUPERGROUP_ID, World


class Group(Screen):
    """A group, looked at; acts are those of its people."""

    def __init__(self, world: World, chat: GroupChat, owner: User) -> None:
        super().__init__(world, chat)
        self.room_chat = chat
        self.owner = owner
        world.chats[chat.id] = chat
        chat.members[owner.id] = Member(owner, "creator")

    @property
    def id(self) -> int:
        """Return the chat's id, negative; another one after `migrate`."""
        return self.room_chat.id

    @property
    def title(self) -> str:
        """Return its present title."""
        return self.room_chat.title

    def holds(self, person: Person) -> bool:
        """Tell whether someone is in the group."""
        return self.room_chat.holds(person.id)

    def add(self, *people: Person) -> None:
        """Bring people in."""
        for person in people:
            admit(self.world, self.room_chat, person.user, by=self.owner)

    def remove(self, person: Person, *, ban: bool = False) -> None:
        """Put someone out, for good when banned."""
        status = "kicked" if ban else "left"
        expel(self.world, self.room_chat, person.user, by=self.owner, status=status)

    def add_bot(self, by: Person | None = None, *, admin: bool = False) -> None:
        """Bring the bot in, by someone who is brought in first when they are not there."""
        if by is not None and not self.holds(by):
            self.room_chat.members[by.id] = Member(by.user)
        actor = by.user if by else self.owner
        admit(self.world, self.room_chat, self.world.bot, by=actor)
        if admin:
            self.promote_bot()

    def remove_bot(self, by: Person | None = None) -> None:
        """Kick the bot out."""
        actor = by.user if by else self.owner
        expel(self.world, self.room_chat, self.world.bot, by=actor, status="kicked")

    def promote_bot(self, *rights: str) -> None:
        """Make the bot an administrator, with these rights or with all of them."""
        granted = frozenset(rights or RIGHTS) | {"can_manage_chat"}
        rank(
            self.world,
            self.room_chat,
            self.world.bot,
            by=self.owner,
            status="administrator",
            rights=granted,
        )

    def demote_bot(self) -> None:
        """Make the bot a plain member again."""
        rank(self.world, self.room_chat, self.world.bot, by=self.owner, status="member")

    def promote(self, person: Person) -> None:
        """Make someone an administrator."""
        rank(self.world, self.room_chat, person.user, by=self.owner, status="administrator")

    def invite_link(self, *, creates_join_request: bool = False) -> str:
        """Make a link into the group; return its address."""
        link = new_link(self.world, self.room_chat, self.owner)
        link.creates_join_request = creates_join_request
        return link.url

    def rename(self, title: str) -> None:
        """Give the group another title."""
        self.room_chat.title = title
        self._tell({"new_chat_title": title}, self.owner)

    def say_anonymously(self, text: str) -> Message:
        """Let an administrator speak under the group's own name."""
        return self._speak(text, ANONYMOUS_ADMIN, self.room_chat.card())

    def say_as_channel(self, text: str, title: str = "A channel") -> Message:
        """Let someone speak under the name of a channel of theirs."""
        channel = {"id": FIRST_SUPERGROUP_ID + 1, "type": "channel", "title": title}
        return self._speak(text, CHANNEL_BOT, channel)

    def delete(self) -> None:
        """Delete the group: nobody may write in it again."""
        self.room_chat.deleted = True
        self.world.touch(self.room_chat)

    def migrate(self, *, told: bool = True) -> int:
        """Turn the group into a supergroup; return its new id. This object follows.

        `told=False` keeps the service messages from the bot: it learns by the refusal alone.
        """
        old = self.room_chat
        new_id = FIRST_SUPERGROUP_ID - 1000 - next(self.world.numbers)
        new = GroupChat(new_id, "supergroup", title=old.title, members=old.members)
        new.links = old.links
        self.world.links |= dict.fromkeys(old.links, new)
        self.world.chats[new_id] = new
        self.room_chat = self.chat = new
        if told:
            leaving = self.world.post(old, self.owner, {"migrate_to_chat_id": new_id})
            self.world.tell(old, leaving)
            coming: Json = {"migrate_from_chat_id": old.id}
            self.world.tell(new, self.world.post(new, ANONYMOUS_ADMIN, coming))
        old.migrated_to = new_id
        old.signal.ring()
        return new_id

    def _tell(self, content: Json, sender: User) -> Message:
        message = self.world.post(self.room_chat, sender, content)
        self.world.tell(self.room_chat, message)
        return message

    def _speak(self, text: str, sender: User, sender_chat: Json) -> Message:
        entities = with_detected(text, [])
        content: Json = {"text": text, "sender_chat": sender_chat}
        return self._tell(content | ({"entities": entities} if entities else {}), sender)
