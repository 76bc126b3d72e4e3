"""Coming into a group and going out of it, and what the bot is told of that.

https://core.telegram.org/bots/api#chatmemberupdated (chat_member only to administrators)
"""

from sandbox.chats import RIGHTS, GroupChat, InviteLink, Member, User
from sandbox.shapes import Json
from sandbox.world import World


def new_link(
    world: World, group: GroupChat, creator: User, *, is_primary: bool = False
) -> InviteLink:
    """Make a link into a group; return it."""
    url = f"https://t.me/+room{next(world.numbers):012d}"
    link = InviteLink(url, creator, is_primary=is_primary)
    group.links[url] = link
    world.links[url] = group
    return link


def admit(
    world: World, group: GroupChat, user: User, *, by: User, link: InviteLink | None = None
) -> None:
    """Let someone in; the group is told, and the bot too where it may know."""
    before = (group.place_of(user.id) or Member(user, "left")).card()
    group.members[user.id] = Member(user)
    group.requests.pop(user.id, None)
    if link is not None:
        link.used += 1
    _change(world, group, user, before, by=by, link=link)
    content: Json = {"new_chat_members": [user.card()]}
    world.tell(group, world.post(group, by if link is None else user, content))


def expel(world: World, group: GroupChat, user: User, *, by: User, status: str = "left") -> None:
    """Put someone out, or let them go."""
    place = group.place_of(user.id)
    if place is None or not place.present:
        return
    before = place.card()
    if user.id == world.bot.id:
        message = world.post(group, by, {"left_chat_member": user.card()})
        if group.type == "group":
            world.tell(group, message)
    place.status, place.rights = status, frozenset()
    _change(world, group, user, before, by=by)
    if user.id != world.bot.id:
        world.tell(group, world.post(group, by, {"left_chat_member": user.card()}))


def rank(
    world: World,
    group: GroupChat,
    user: User,
    *,
    by: User,
    status: str,
    rights: frozenset[str] = frozenset(RIGHTS),
) -> None:
    """Give someone in the group another rank."""
    place = group.members.setdefault(user.id, Member(user, "left"))
    before = place.card()
    place.status = status
    place.rights = rights if status == "administrator" else frozenset()
    _change(world, group, user, before, by=by)


def _change(
    world: World,
    group: GroupChat,
    user: User,
    before: Json,
    *,
    by: User,
    link: InviteLink | None = None,
) -> None:
    """Tell the bot of its own places always, of others' only where it is an administrator."""
    change: Json = {
        "chat": group.card(),
        "from": by.card(),
        "date": world.clock.timestamp(),
        "old_chat_member": before,
        "new_chat_member": group.members[user.id].card(),
    }
    if link is not None:
        change["invite_link"] = link.card()
    if user.id == world.bot.id:
        world.updates.put("my_chat_member", change, group.id)
    elif world.bot_may(group, "can_manage_chat"):
        world.updates.put("chat_member", change, group.id)
    world.touch(group)
