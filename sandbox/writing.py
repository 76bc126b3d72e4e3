"""What people send from their phones: words, voices, photos, files."""

from sandbox.chats import Chat, GroupChat, PrivateChat, User
from sandbox.files import StoredFile, content_of
from sandbox.messages import Message
from sandbox.methods.sending import origin_of
from sandbox.screens import Screen
from sandbox.shapes import Json, utf16
from sandbox.texts import TEXT_LIMIT, with_detected
from sandbox.world import World


class Writer(Screen):
    """Someone who writes, looking at their private chat with the bot."""

    def __init__(self, world: World, user: User) -> None:
        self.user = user
        self.private = PrivateChat(user.id, "private", user=user)
        super().__init__(world, self.private)
        world.users[user.id] = user
        world.chats[user.id] = self.private

    @property
    def id(self) -> int:
        """Return their Telegram id."""
        return self.user.id

    @property
    def reply_keyboard(self) -> list[list[str]]:
        """Return the labels of the keyboard under their text field; empty when there is none."""
        given = [message for message in self.received if message.reply_markup is not None]
        return given[-1].reply_rows if given else []

    # Words

    def say(
        self, text: str, chat: Screen | None = None, reply_to: Message | None = None
    ) -> Message:
        """Write a text; one that is too long is sent in pieces, as phones do. Return the last."""
        if not text:
            raise ValueError("nobody can send an empty text")
        message = None
        for piece in _pieces(text):
            entities = with_detected(piece, [])
            content: Json = {"text": piece, **({"entities": entities} if entities else {})}
            message = self._send(content, chat, reply_to)
        assert message is not None  # noqa: S101 — a text that is not empty has a piece
        return message

    def press(self, label: str) -> Message:
        """Press a key of the keyboard under the text field: it sends its label."""
        labels = [key for row in self.reply_keyboard for key in row]
        wanted = next((key for key in labels if label in key), None)
        if wanted is None:
            raise AssertionError(f"no key {label!r} under this screen:\n{self.dump()}")
        return self.say(wanted)

    def edit(self, message: Message, text: str) -> Message:
        """Change the text of one's own message."""
        entities = with_detected(text, [])
        body = {name: part for name, part in message.body.items() if name != "entities"}
        body |= {"text": text, "edit_date": self.world.clock.timestamp()}
        message.body = body | ({"entities": entities} if entities else {})
        message.edits += 1
        chat = self.world.chats[message.chat_id]
        self.world.touch(chat, message)
        self.world.tell(chat, message, "edited_message")
        return message

    def forward(self, message: Message, chat: Screen | None = None) -> Message:
        """Send a message on to the bot, or to another chat."""
        left_out = {"message_id", "date", "chat", "from", "reply_markup", "edit_date"}
        left_out |= {"reply_to_message", "sender_chat", "message_thread_id", "is_topic_message"}
        content = {name: part for name, part in message.body.items() if name not in left_out}
        return self._send(content | {"forward_origin": origin_of(message.body)}, chat, None)

    # Files and cards

    def send_voice(self, content: bytes, chat: Screen | None = None) -> Message:
        """Send a voice message."""
        return self._file("voice", content, "", chat, "audio/ogg")

    def send_photo(self, content: bytes, caption: str = "", chat: Screen | None = None) -> Message:
        """Send a photo."""
        return self._file("photo", content, caption, chat, "image/jpeg")

    def send_document(
        self,
        content: bytes,
        name: str = "document.pdf",
        caption: str = "",
        chat: Screen | None = None,
        mime_type: str = "application/pdf",
    ) -> Message:
        """Send a file under a name of one's choice."""
        stored = self.world.files.add("document", content, name, mime_type)
        return self._stored(stored, caption, chat)

    def share_contact(self, phone: str, chat: Screen | None = None) -> Message:
        """Send one's own phone number."""
        contact = {"phone_number": phone, "first_name": self.user.first_name, "user_id": self.id}
        return self._send({"contact": contact}, chat, None)

    def share_location(
        self, latitude: float, longitude: float, chat: Screen | None = None
    ) -> Message:
        """Send a point on the map."""
        location = {"latitude": latitude, "longitude": longitude}
        return self._send({"location": location}, chat, None)

    def delete(self, message: Message) -> None:
        """Take a message away from the chat; the bot is told nothing."""
        message.deleted = True
        self.world.touch(self.world.chats[message.chat_id], message)

    # How it is done

    def _file(
        self, kind: str, content: bytes, caption: str, chat: Screen | None, mime_type: str
    ) -> Message:
        stored = self.world.files.add(kind, content, mime_type=mime_type)
        return self._stored(stored, caption, chat)

    def _stored(self, stored: StoredFile, caption: str, chat: Screen | None) -> Message:
        said: Json = {"caption": caption} if caption else {}
        if entities := with_detected(caption, []):
            said["caption_entities"] = entities
        return self._send(content_of(stored) | said, chat, None)

    def _send(self, content: Json, screen: Screen | None, reply_to: Message | None) -> Message:
        chat: Chat = screen.chat if screen else self.private
        self._may_write(chat)
        if reply_to is not None:
            content["reply_to_message"] = dict(reply_to.body)
        message = self.world.post(chat, self.user, content)
        self.world.tell(chat, message)
        return message

    def _may_write(self, chat: Chat) -> None:
        name = self.user.first_name
        if self.user.deleted:
            raise AssertionError("a deleted account says nothing")
        if isinstance(chat, PrivateChat):
            if chat.blocked:
                raise AssertionError(f"{name} has blocked the bot")
            chat.started = True
        if isinstance(chat, GroupChat) and not chat.holds(self.id):
            raise AssertionError(f"{name} is not in the group {chat.title}")


def _pieces(text: str) -> list[str]:
    if utf16(text) <= TEXT_LIMIT:
        return [text]
    pieces, piece, units = [], "", 0
    for letter in text:
        size = utf16(letter)
        if units + size > TEXT_LIMIT:
            pieces.append(piece)
            piece, units = "", 0
        piece += letter
        units += size
    return [*pieces, piece]
