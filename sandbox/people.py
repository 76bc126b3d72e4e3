"""People: what they do on their phones; each act is done at once, and the bot told by an update.

Nothing here waits but `sees` and `Tap.answered`.
"""

from sandbox.chats import GroupChat, InviteLink
from sandbox.joining import admit, expel
from sandbox.messages import Key, Message
from sandbox.screens import Screen
from sandbox.shapes import Json
from sandbox.taps import Tap
from sandbox.writing import Writer


class Person(Writer):
    """Someone with a phone: writes, taps, comes and goes."""

    def start(self, payload: str = "") -> Message:
        """Press start, or follow a link that carries a payload; unblocks the bot."""
        if self.private.blocked:
            self.unblock()
        return self.say(f"/start {payload}".strip())

    # Buttons

    def tap(self, label: str, message: Message | None = None, chat: Screen | None = None) -> Tap:
        """Tap the button of that label, or whose label contains it.

        Without a message, that of the newest message that has one. A link button reaches nobody:
        its tap carries the address. Raises AssertionError when there is no such button.
        """
        screen = chat or self
        source = message or screen.holding(label)
        key = source.key(label)
        if key is None:
            raise AssertionError(f"no button {label!r} on:\n    {source.dump()}")
        return self._tap(key, source)

    def tap_data(self, data: str, message: Message | None = None) -> Tap:
        """Tap with data of one's own making, as a forged client can."""
        return self._tap(Key("", data), message or self.newest)

    def tap_again(self, tap: Tap) -> Tap:
        """Tap once more on what that tap touched, as it was then."""
        return self._tap(Key("", tap.data), tap.message)

    def _tap(self, key: Key, message: Message) -> Tap:
        number = f"{self.id}{next(self.world.numbers):06d}"
        data = key.callback_data
        now = self.world.clock.now()
        tap = Tap(number, now, message, data or "", key.url or "", person_id=self.id)
        if data is None:
            return tap
        self.world.keep_tap(tap)
        shown = _inaccessible(message) if message.deleted else dict(message.body)
        query: Json = {"id": number, "from": self.user.card(), "message": shown}
        query |= {"chat_instance": str(abs(message.chat_id) * 7919), "data": data}
        self.world.updates.put("callback_query", query, message.chat_id)
        return tap

    def react(self, message: Message, emoji: str = "") -> None:
        """Put one's reaction on a message; none takes it away."""
        old = message.reactions.get(self.id, [])
        new: list[Json] = [{"type": "emoji", "emoji": emoji}] if emoji else []
        message.reactions[self.id] = new
        chat = self.world.chats[message.chat_id]
        self.world.touch(chat, message)
        if isinstance(chat, GroupChat) and not self.world.bot_may(chat, "can_manage_chat"):
            return
        told: Json = {"chat": chat.card(), "message_id": message.id, "user": self.user.card()}
        told |= {"date": self.world.clock.timestamp(), "old_reaction": old, "new_reaction": new}
        self.world.updates.put("message_reaction", told, chat.id)

    def vote(self, message: Message, *options: int) -> None:
        """Vote in a poll of the bot's, by the numbers of the options (the first is 0)."""
        poll: Json = message.body["poll"]
        counted = [
            {**option, "voter_count": option["voter_count"] + (number in options)}
            for number, option in enumerate(poll["options"])
        ]
        poll = {**poll, "options": counted, "total_voter_count": poll["total_voter_count"] + 1}
        message.body = {**message.body, "poll": poll}
        self.world.touch(self.world.chats[message.chat_id], message)
        self.world.updates.put("poll", poll, message.chat_id)
        if not poll["is_anonymous"]:
            persistent = [counted[number]["persistent_id"] for number in options]
            answer: Json = {"poll_id": poll["id"], "user": self.user.card()}
            answer |= {"option_ids": list(options), "option_persistent_ids": persistent}
            self.world.updates.put("poll_answer", answer, self.id)

    # Coming and going

    def block(self) -> None:
        """Block the bot."""
        if not self.private.blocked:
            self._standing(blocked=True)

    def unblock(self) -> None:
        """Unblock the bot; it may write again."""
        if self.private.blocked:
            self._standing(blocked=False)

    def _standing(self, *, blocked: bool) -> None:
        self.private.blocked = blocked
        old, new = ("member", "kicked") if blocked else ("kicked", "member")
        bot = self.world.bot.card()
        extra = {"kicked": {"until_date": 0}}
        told: Json = {"chat": self.private.card(), "from": self.user.card()}
        told["date"] = self.world.clock.timestamp()
        told["old_chat_member"] = {"user": bot, "status": old, **extra.get(old, {})}
        told["new_chat_member"] = {"user": bot, "status": new, **extra.get(new, {})}
        self.world.updates.put("my_chat_member", told, self.id)
        self.world.touch(self.private)

    def delete_account(self) -> None:
        """Leave Telegram for good."""
        self.user.deleted = True
        self.user.first_name = ""
        self.user.last_name = self.user.username = ""

    def rename(self, *, username: str | None = None, first_name: str | None = None) -> None:
        """Take another user name or first name."""
        self.user.username = self.user.username if username is None else username
        self.user.first_name = self.user.first_name if first_name is None else first_name

    def join(self, link: str) -> None:
        """Follow an invite link into a group, or ask to be let in where it says so.

        Raises:
            AssertionError: the link leads nowhere (any more).
        """
        group, found = self._opened(link)
        if not found.creates_join_request:
            admit(self.world, group, self.user, by=self.user, link=found)
            return
        group.requests[self.id] = found
        asked: Json = {"chat": group.card(), "from": self.user.card(), "user_chat_id": self.id}
        asked |= {"date": self.world.clock.timestamp(), "invite_link": found.card()}
        if self.world.bot_may(group, "can_invite_users"):
            self.world.updates.put("chat_join_request", asked, group.id)

    def leave(self, group: Screen) -> None:
        """Leave a group."""
        if isinstance(group.chat, GroupChat):
            expel(self.world, group.chat, self.user, by=self.user)

    def _opened(self, link: str) -> tuple[GroupChat, InviteLink]:
        group = self.world.links.get(link)
        found = group.links[link] if group else None
        if group is None or found is None or not found.opens(self.world.clock.timestamp()):
            raise AssertionError(f"the link {link} leads nowhere")
        return group, found


def _inaccessible(message: Message) -> Json:
    return {"chat": message.body["chat"], "message_id": message.id, "date": 0}
