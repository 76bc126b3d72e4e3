"""Links that let people in, and requests to join.

https://core.telegram.org/bots/api#createchatinvitelink (name 0-32; limit 1-99999)
"""

from sandbox.chats import GroupChat, InviteLink
from sandbox.errors import bad
from sandbox.joining import admit, new_link
from sandbox.methods.request import Method, Request, lacking
from sandbox.shapes import Json

NAME_LIMIT = 32  # https://core.telegram.org/bots/api#createchatinvitelink
MEMBERS_LIMIT = 99_999


def _group(call: Request) -> GroupChat:
    group = call.group()
    if not call.world.bot_may(group, "can_invite_users"):
        raise lacking("manage chat invite link")
    return group


def export(call: Request) -> str:
    """Make a new primary link; the old one is revoked."""
    group = _group(call)
    for link in group.links.values():
        if link.is_primary:
            link.is_revoked = True
    return new_link(call.world, group, call.world.bot, is_primary=True).url


def create(call: Request) -> Json:
    """Make one more link."""
    group, params = _group(call), call.params
    limit, asks = params.integer("member_limit"), params.flag("creates_join_request")
    if not 0 <= limit <= MEMBERS_LIMIT:
        raise bad("USAGE_LIMIT_INVALID")
    if limit and asks:
        raise bad("member limit can't be specified for links requiring administrator approval")
    if len(params.text("name")) > NAME_LIMIT:
        raise bad("INVITE_TITLE_TOO_LONG")
    link = new_link(call.world, group, call.world.bot)
    link.creates_join_request, link.member_limit = asks, limit
    link.name, link.expire_date = params.text("name"), params.integer("expire_date")
    return link.card()


def _link(call: Request, group: GroupChat) -> InviteLink:
    link = group.links.get(call.params.text("invite_link"))
    if link is None:
        raise bad("INVITE_HASH_EXPIRED")
    return link


def revoke(call: Request) -> Json:
    """Make a link useless."""
    link = _link(call, _group(call))
    link.is_revoked = True
    return link.card()


def _requester(call: Request, group: GroupChat) -> int:
    user_id = call.params.integer("user_id")
    if user_id not in call.world.users:
        raise bad("invalid user_id specified")
    if group.holds(user_id):
        raise bad("USER_ALREADY_PARTICIPANT")
    if user_id not in group.requests:
        raise bad("HIDE_REQUESTER_MISSING")
    return user_id


def approve(call: Request) -> bool:
    """Let someone in who asked."""
    group = _group(call)
    user_id = _requester(call, group)
    link = group.requests.pop(user_id)
    admit(call.world, group, call.world.users[user_id], link=link, by=call.world.bot)
    return True


def decline(call: Request) -> bool:
    """Leave someone out who asked."""
    group = _group(call)
    del group.requests[_requester(call, group)]
    call.world.touch(group)
    return True


METHODS: dict[str, Method] = {
    "exportChatInviteLink": export,
    "createChatInviteLink": create,
    "revokeChatInviteLink": revoke,
    "approveChatJoinRequest": approve,
    "declineChatJoinRequest": decline,
}
