"""Messages changed in place: text, caption, media, keyboard.

https://core.telegram.org/bots/api#updating-messages
"""

from sandbox.errors import bad
from sandbox.markup import inline_of
from sandbox.messages import Message
from sandbox.methods.media import media_content
from sandbox.methods.request import Method, Request
from sandbox.shapes import Json
from sandbox.texts import caption, message_text
from sandbox.world import is_service

NOT_MODIFIED = (
    "message is not modified: specified new message content and reply markup are exactly the same "
    "as a current content and reply markup of the message"
)
CAPTIONED = frozenset({"photo", "voice", "document", "audio", "video"})


def _own(call: Request) -> Message:
    """Return the message to edit, if it is the bot's own and still can be changed."""
    chat = call.writable()
    message = call.message(chat, "message to edit not found")
    if not message.by_bot or is_service(message.body) or "forward_origin" in message.body:
        raise bad("message can't be edited")
    if message.reply_markup is not None:
        raise bad("message can't be edited")
    return message


def _changed(call: Request, message: Message, parts: frozenset[str], content: Json) -> Json:
    """Put new parts in place of the old ones; return the message."""
    body = {name: part for name, part in message.body.items() if name not in parts}
    body |= content
    body.pop("reply_markup", None)
    if keyboard := inline_of(call.params):
        body["reply_markup"] = keyboard
    if _same(body, message.body):
        raise bad(NOT_MODIFIED)
    if content:
        body["edit_date"] = call.world.clock.timestamp()
    message.body = body
    message.edits += 1
    call.world.touch(call.chat(), message)
    return body


def _same(new: Json, old: Json) -> bool:
    skipped = {"edit_date"}
    names = (set(new) | set(old)) - skipped
    return all(new.get(name) == old.get(name) for name in names)


def edit_text(call: Request) -> Json:
    """Change the text; the keyboard goes unless it is given again."""
    message = _own(call)
    if "text" not in message.body:
        raise bad("there is no text in the message to edit")
    content = message_text(call.params, call.world.users)
    return _changed(call, message, frozenset({"text", "entities"}), content)


def edit_caption(call: Request) -> Json:
    """Change the caption of a media message."""
    message = _own(call)
    if CAPTIONED.isdisjoint(message.body):
        raise bad("there is no caption in the message to edit")
    content = caption(call.params, call.world.users)
    return _changed(call, message, frozenset({"caption", "caption_entities"}), content)


def edit_media(call: Request) -> Json:
    """Change the photo or file of a message, and its caption with it."""
    message = _own(call)
    content = media_content(call, call.params.mapping("media"))
    parts = CAPTIONED | {"text", "entities", "caption", "caption_entities"}
    return _changed(call, message, parts, content)


def edit_markup(call: Request) -> Json:
    """Change the inline keyboard alone."""
    return _changed(call, _own(call), frozenset(), {})


METHODS: dict[str, Method] = {
    "editMessageText": edit_text,
    "editMessageCaption": edit_caption,
    "editMessageMedia": edit_media,
    "editMessageReplyMarkup": edit_markup,
}
