"""Threads of a forum.

https://core.telegram.org/bots/api#createforumtopic (name 1-128 characters)
"""

from sandbox.chats import GroupChat, Topic
from sandbox.errors import bad
from sandbox.methods.request import Method, Request, lacking
from sandbox.shapes import Json

NAME_LIMIT = 128  # https://core.telegram.org/bots/api#createforumtopic
FIRST_COLOUR = 7_322_096


def _forum(call: Request) -> GroupChat:
    group = call.group()
    if not group.is_forum:
        raise bad("the chat is not a forum")
    if not call.world.bot_may(group, "can_manage_topics"):
        raise lacking("manage forum topics")
    return group


def _topic(call: Request, group: GroupChat) -> Topic:
    topic = group.topics.get(call.params.integer("message_thread_id"))
    if topic is None:
        raise bad("TOPIC_ID_INVALID")
    return topic


def _name(call: Request) -> str:
    name = call.params.text("name").strip()
    if not name:
        raise bad("topic name must be non-empty")
    if len(name) > NAME_LIMIT:
        raise bad("TOPIC_TITLE_TOO_LONG")
    return name


def _service(call: Request, group: GroupChat, topic: Topic, kind: str, said: Json) -> None:
    thread = {"message_thread_id": topic.id, "is_topic_message": True}
    call.world.post(group, call.world.bot, {kind: said, **thread}, by_bot=True)


def create(call: Request) -> Json:
    """Open a thread; its number is that of the service message which opens it."""
    group, name = _forum(call), _name(call)
    colour = call.params.integer("icon_color") or FIRST_COLOUR
    topic = Topic(group.last_id + 1, name)
    group.topics[topic.id] = topic
    shown = {"name": name, "icon_color": colour}
    _service(call, group, topic, "forum_topic_created", shown)
    return {"message_thread_id": topic.id, **shown}


def edit(call: Request) -> bool:
    """Rename a thread."""
    group = _forum(call)
    topic = _topic(call, group)
    if call.params.text("name") == topic.name:
        raise bad("TOPIC_NOT_MODIFIED")
    topic.name = _name(call)
    _service(call, group, topic, "forum_topic_edited", {"name": topic.name})
    return True


def _turn(call: Request, *, closed: bool, kind: str) -> bool:
    group = _forum(call)
    topic = _topic(call, group)
    if topic.closed == closed:
        raise bad("TOPIC_NOT_MODIFIED")
    topic.closed = closed
    _service(call, group, topic, kind, {})
    return True


def close(call: Request) -> bool:
    """Close a thread."""
    return _turn(call, closed=True, kind="forum_topic_closed")


def reopen(call: Request) -> bool:
    """Open a closed thread again."""
    return _turn(call, closed=False, kind="forum_topic_reopened")


def delete(call: Request) -> bool:
    """Take a thread away with all that was written in it."""
    group = _forum(call)
    topic = _topic(call, group)
    del group.topics[topic.id]
    for message in group.messages.values():
        if message.body.get("message_thread_id") == topic.id:
            message.deleted = True
    call.world.touch(group)
    return True


METHODS: dict[str, Method] = {
    "createForumTopic": create,
    "editForumTopic": edit,
    "closeForumTopic": close,
    "reopenForumTopic": reopen,
    "deleteForumTopic": delete,
}
