"""Messages of words and places: sendMessage, sendVenue, sendLocation, copies and forwards.

https://core.telegram.org/bots/api#sendmessage
"""

from collections.abc import Callable

from sandbox.chats import Chat, GroupChat
from sandbox.errors import bad
from sandbox.markup import markup_of
from sandbox.messages import Message
from sandbox.methods.request import Method, Request
from sandbox.shapes import Json, names
from sandbox.texts import caption, message_text
from sandbox.world import is_service

CHAT_ACTIONS = names(
    "typing upload_photo record_video upload_video record_voice upload_voice upload_document "
    "choose_sticker find_location record_video_note upload_video_note"
)
COPIED = names(
    "text entities caption caption_entities photo voice document audio video venue location poll "
    "contact media_group_id"
)
KEPT_OUT_OF_COPIES = frozenset({"media_group_id"})
FORWARD_LIMIT = 100


def send(call: Request, compose: Callable[[Request], Json]) -> Json:
    """Send what `compose` makes of the call; return the message as the bot sees it.

    Raises:
        Refusal: the chat, the content, the keyboard or the reply is refused.
    """
    chat = call.writable()
    place = _placed(call, chat)
    inline, other = markup_of(call.params)
    content = compose(call) | place
    if inline:
        content["reply_markup"] = inline
    message = deliver(call, chat, content)
    message.reply_markup = other
    call.world.touch(chat, message)
    return message.body


def deliver(call: Request, chat: Chat, content: Json) -> Message:
    """Write the bot's message in a chat; return it."""
    if call.params.flag("protect_content"):
        content["has_protected_content"] = True
    message = call.world.post(chat, call.world.bot, content, by_bot=True)
    message.silent = call.params.flag("disable_notification")
    return message


def _placed(call: Request, chat: Chat) -> Json:
    """Say in which thread and in reply to what it stands."""
    placed: Json = {}
    if thread := call.params.integer("message_thread_id"):
        if not isinstance(chat, GroupChat) or thread not in chat.topics:
            raise bad("message thread not found")
        if chat.topics[thread].closed:
            raise bad("TOPIC_CLOSED")
        placed |= {"message_thread_id": thread, "is_topic_message": True}
    return placed | _reply(call, chat)


def _reply(call: Request, chat: Chat) -> Json:
    reply = call.params.mapping("reply_parameters")
    target = reply.get("message_id") or call.params.integer("reply_to_message_id")
    if not target:
        return {}
    replied = chat.messages.get(int(target))
    if replied is not None and not replied.deleted:
        shown = {name: part for name, part in replied.body.items() if name != "reply_to_message"}
        return {"reply_to_message": shown}
    lenient = reply.get("allow_sending_without_reply")
    if lenient or call.params.flag("allow_sending_without_reply"):
        return {}
    raise bad("message to be replied not found")


def send_message(call: Request) -> Json:
    """Send a text."""
    return send(call, lambda made: message_text(made.params, made.world.users))


def _location(call: Request) -> Json:
    params = call.params
    return {"longitude": params.number("longitude"), "latitude": params.number("latitude")}


def _venue(call: Request) -> Json:
    location = _location(call)
    title, address = call.params.text("title"), call.params.text("address")
    if not title:
        raise bad("title is empty")
    if not address:
        raise bad("address is empty")
    venue = {"location": location, "title": title, "address": address}
    return {"venue": venue, "location": location}


def send_venue(call: Request) -> Json:
    """Send a place with its name and address."""
    return send(call, _venue)


def send_location(call: Request) -> Json:
    """Send a point on the map."""
    return send(call, lambda made: {"location": _location(made)})


def _contact(call: Request) -> Json:
    phone, name = call.params.text("phone_number"), call.params.text("first_name")
    if not phone:
        raise bad("phone_number is empty")
    if not name:
        raise bad("first_name is empty")
    return {"contact": {"phone_number": phone, "first_name": name}}


def send_contact(call: Request) -> Json:
    """Send someone's phone number."""
    return send(call, _contact)


def send_chat_action(call: Request) -> bool:
    """Show that the bot is busy."""
    chat = call.writable()
    action = call.params.text("action")
    if action not in CHAT_ACTIONS:
        raise bad("wrong parameter action in request")
    call.world.touch(chat)
    chat.busy_with, chat.busy_revision = action, call.world.revision
    return True


def _source(call: Request, verb: str) -> Message:
    chat = call.chat("from_chat_id")
    message = call.message(chat, f"message to {verb} not found")
    if is_service(message.body) or message.body.get("has_protected_content"):
        raise bad(f"the message can't be {'copied' if verb == 'copy' else 'forwarded'}")
    return message


def copy_message(call: Request) -> Json:
    """Send the content of another message as one's own; return its number."""

    def compose(made: Request) -> Json:
        source = _source(made, "copy").body
        wanted = COPIED - KEPT_OUT_OF_COPIES
        content = {name: part for name, part in source.items() if name in wanted}
        if "caption" in made.params and "text" not in content:
            content.pop("caption", None)
            content.pop("caption_entities", None)
            content |= caption(made.params, made.world.users)
        return content

    return {"message_id": send(call, compose)["message_id"]}


def forward_message(call: Request) -> Json:
    """Send another message on, saying where it comes from."""

    def compose(made: Request) -> Json:
        source = _source(made, "forward").body
        content = {name: part for name, part in source.items() if name in COPIED}
        return content | {"forward_origin": origin_of(source)}

    return send(call, compose)


def origin_of(source: Json) -> Json:
    """Return where a forwarded message comes from."""
    if "forward_origin" in source:
        return dict(source["forward_origin"])
    if "sender_chat" in source:
        origin = {"type": "chat", "sender_chat": source["sender_chat"]}
    else:
        origin = {"type": "user", "sender_user": source["from"]}
    return {**origin, "date": source["date"]}


METHODS: dict[str, Method] = {
    "sendMessage": send_message,
    "sendVenue": send_venue,
    "sendLocation": send_location,
    "sendContact": send_contact,
    "sendChatAction": send_chat_action,
    "copyMessage": copy_message,
    "forwardMessage": forward_message,
}
