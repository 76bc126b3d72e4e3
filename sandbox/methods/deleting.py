"""Messages taken away, and messages pinned.

https://core.telegram.org/bots/api#deletemessage (48 hours; whose messages)
"""

from datetime import timedelta

from sandbox.chats import Chat, GroupChat
from sandbox.errors import bad
from sandbox.messages import Message
from sandbox.methods.request import Method, Request, lacking
from sandbox.world import is_service

DELETABLE_FOR = timedelta(hours=48)  # https://core.telegram.org/bots/api#deletemessage
BATCH_LIMIT = 100  # https://core.telegram.org/bots/api#deletemessages


def _check(call: Request, chat: Chat, message: Message) -> None:
    if isinstance(chat, GroupChat) and call.world.bot_may(chat, "can_delete_messages"):
        return
    if isinstance(chat, GroupChat) and not message.by_bot:
        raise bad("message can't be deleted")
    age = call.world.clock.timestamp() - int(message.body["date"])
    if age > DELETABLE_FOR.total_seconds():
        raise bad("message can't be deleted for everyone")


def _delete(call: Request, chat: Chat, message: Message) -> None:
    message.deleted = True
    if message.id in chat.pinned:
        chat.pinned.remove(message.id)
    call.world.touch(chat, message)


def delete_message(call: Request) -> bool:
    """Take one message away."""
    chat = call.writable()
    message = call.message(chat, "message to delete not found")
    _check(call, chat, message)
    _delete(call, chat, message)
    return True


def delete_messages(call: Request) -> bool:
    """Take several messages away; those that are missing are skipped."""
    chat = call.writable()
    ids = call.params.listed("message_ids")
    if not ids:
        raise bad("message identifiers are not specified")
    if len(ids) > BATCH_LIMIT:
        raise bad("too many message identifiers specified")
    found = [chat.messages.get(message_id) for message_id in ids]
    present = [message for message in found if message is not None and not message.deleted]
    for message in present:
        _check(call, chat, message)
    for message in present:
        _delete(call, chat, message)
    return True


def _check_pins(call: Request, chat: Chat) -> None:
    if isinstance(chat, GroupChat) and not call.world.bot_may(chat, "can_pin_messages"):
        raise lacking("manage pinned messages in the chat")


def pin(call: Request) -> bool:
    """Pin a message; people are told of it by a service message."""
    chat = call.writable()
    _check_pins(call, chat)
    message = call.message(chat, "message to pin not found")
    if is_service(message.body):
        raise bad("message can't be pinned")
    if message.id not in chat.pinned:
        chat.pinned.append(message.id)
        call.world.post(chat, call.world.bot, {"pinned_message": message.body}, by_bot=True)
    return True


def unpin(call: Request) -> bool:
    """Unpin a message, or the newest pinned when none is named."""
    chat = call.writable()
    _check_pins(call, chat)
    wanted = call.params.integer("message_id") or (chat.pinned[-1] if chat.pinned else 0)
    if wanted not in chat.pinned:
        raise bad("message to unpin not found")
    chat.pinned.remove(wanted)
    call.world.touch(chat)
    return True


def unpin_all(call: Request) -> bool:
    """Unpin everything."""
    chat = call.writable()
    _check_pins(call, chat)
    chat.pinned.clear()
    call.world.touch(chat)
    return True


METHODS: dict[str, Method] = {
    "deleteMessage": delete_message,
    "deleteMessages": delete_messages,
    "pinChatMessage": pin,
    "unpinChatMessage": unpin,
    "unpinAllChatMessages": unpin_all,
}
