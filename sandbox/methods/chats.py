"""What the bot may know of chats and members, and leaving.

https://core.telegram.org/bots/api#getchat
"""

from sandbox.chats import Chat, GroupChat, Member, PrivateChat
from sandbox.errors import bad
from sandbox.methods.request import Method, Request
from sandbox.shapes import Json

REACTIONS_LIMIT = 11
GIFTS = dict.fromkeys(
    (
        "unlimited_gifts",
        "limited_gifts",
        "unique_gifts",
        "premium_subscription",
        "gifts_from_channels",
    ),
    False,
)


def get_me(call: Request) -> Json:
    """Return the bot itself."""
    card = call.world.bot.card()
    return card | {
        "can_join_groups": True,
        "can_read_all_group_messages": call.world.can_read_all,
        "supports_inline_queries": False,
        "can_connect_to_business": False,
        "has_main_web_app": False,
    }


def get_chat(call: Request) -> Json:
    """Return all that is known of a chat."""
    chat = call.chat()
    if isinstance(chat, GroupChat):
        chat = call.group()
    full: Json = chat.card() | {
        "accent_color_id": 0,
        "max_reaction_count": REACTIONS_LIMIT,
        "accepted_gift_types": GIFTS,
    }
    return full | _more(call, chat)


def _more(call: Request, chat: Chat) -> Json:
    more: Json = {}
    if chat.pinned:
        more["pinned_message"] = chat.messages[chat.pinned[-1]].body
    if isinstance(chat, PrivateChat) and chat.user.deleted:
        more["first_name"] = ""
    if isinstance(chat, GroupChat) and call.world.bot_may(chat, "can_invite_users"):
        primary = [link for link in chat.links.values() if link.is_primary and not link.is_revoked]
        if primary:
            more["invite_link"] = primary[0].url
    return more


def get_member(call: Request) -> Json:
    """Return someone's place in a chat; "left" for one who was never there."""
    chat = call.chat()
    user_id = call.params.values.get("user_id")
    if not isinstance(user_id, int):
        raise bad("invalid user_id specified")
    user = call.world.users.get(user_id)
    if user is None:
        raise bad("PARTICIPANT_ID_INVALID")
    if not isinstance(chat, GroupChat):
        return Member(user).card()
    place = call.group().place_of(user_id)
    return (place or Member(user, "left")).card()


def get_admins(call: Request) -> list[Json]:
    """Return the places of the group's administrators."""
    chat = call.chat()
    if not isinstance(chat, GroupChat):
        raise bad("there are no administrators in the private chat")
    ranks = ("creator", "administrator")
    return [place.card() for place in call.group().members.values() if place.status in ranks]


def count_members(call: Request) -> int:
    """Return how many are in a chat, the bot included."""
    chat = call.chat()
    if not isinstance(chat, GroupChat):
        return 2
    return sum(place.present for place in call.group().members.values())


def leave(call: Request) -> bool:
    """Leave a group."""
    chat = call.chat()
    if not isinstance(chat, GroupChat):
        raise bad("chat member status can't be changed in private chats")
    group = call.group()
    place = call.world.bot_place(group)
    if place is None:
        raise bad("chat not found")
    before = place.card()
    place.status, place.rights = "left", frozenset()
    call.world.post(group, call.world.bot, {"left_chat_member": call.world.bot.card()})
    change: Json = {"chat": group.card(), "from": call.world.bot.card()}
    change |= {"date": call.world.clock.timestamp(), "old_chat_member": before}
    call.world.updates.put("my_chat_member", change | {"new_chat_member": place.card()}, group.id)
    return True


METHODS: dict[str, Method] = {
    "getMe": get_me,
    "getChat": get_chat,
    "getChatMember": get_member,
    "getChatAdministrators": get_admins,
    "getChatMemberCount": count_members,
    "leaveChat": leave,
}
