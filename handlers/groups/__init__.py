"""Telegram groups: linked to a commission by a code typed there; unknown ones are left.

A group that becomes a supergroup is followed by whichever sign of it comes first (F31): either
service message, or that the bot is suddenly in a supergroup that one of its groups has become.
"""

import re
from datetime import datetime

from telegram import ChatMember, ChatMemberRestricted, ChatMemberUpdated, Message

from community import broadcasts, codes
from community import groups as rules
from community.notices import Kind
from handlers.buttons import GiveInvite, LinkGroup
from handlers.context import PROMPT_LIFETIME, Context
from handlers.groups import asking
from handlers.guards import Route
from handlers.incoming import plain_text
from handlers.premises import Desk
from handlers.views import groups as views
from handlers.views.view import View
from handlers.words import words_for
from storage import commissions, groups, prompts, residents
from storage.commissions import Commission
from storage.database import Reader, Writer
from storage.groups import Group
from storage.ids import ChatId, CommissionId
from storage.links import Purpose
from storage.outbox import Notice
from storage.residents import Role

INVITE_LINK = "group_invite_link"
"""The question after a group's invite link."""
SUPERGROUPS_BELOW = -1_000_000_000_000
"""https://core.telegram.org/api/bots/ids : supergroups have ids from here down, groups above."""
_PRESENT = frozenset({ChatMember.OWNER, ChatMember.ADMINISTRATOR, ChatMember.MEMBER})
_CODE_COMMANDS = frozenset({views.LINK_COMMAND, "start"})
_INVITE = re.compile(r"(?:https://)?(t\.me/(?:\+|joinchat/)[\w-]{8,64}|t\.me/[A-Za-z]\w{3,31})")


async def on_presence_changed(context: Context, changed: ChatMemberUpdated) -> None:
    """Note that the bot has come into a group or out of it; one that it does not know is left."""
    if not _is_present(changed.new_chat_member):
        await context.database.write(rules.lose, chat_id=context.chat_id, now=context.now)
    elif changed.chat.type == "channel":
        await asking.leave(context.bot, context.chat_id)
    elif not _is_present(changed.old_chat_member):
        await _follow_hither(context)
        await _leave_unknown(context)


async def on_group_message(context: Context, message: Message) -> None:
    """Follow a group that has moved, take a code; leave a group that the bot does not know."""
    if message.migrate_to_chat_id is not None:
        await _follow(context, context.chat_id, ChatId(message.migrate_to_chat_id))
        return
    if message.migrate_from_chat_id is not None:
        await _follow(context, ChatId(message.migrate_from_chat_id), context.chat_id)
        return
    code = typed_code(message, context.premises.bot_username)
    if code is not None:
        await _take_code(context, code)
    await _leave_unknown(context)


def typed_code(message: Message, bot_username: str) -> str | None:
    """Give the code that a person typed for this bot, None where it is anything else (F71)."""
    text = plain_text(message)
    if text is None or message.from_user is None or message.sender_chat is not None:
        return None
    command, _, code = text.strip().partition(" ")
    name, _, username = command.removeprefix("/").partition("@")
    is_ours = not username or username.lower() == bot_username.lower()
    if command.startswith("/") and name.lower() in _CODE_COMMANDS and is_ours:
        return code.strip() or None
    return None


async def on_link_tap(context: Context, button: LinkGroup) -> None:
    """Make a code that links a group, and tell how."""
    code = await context.database.write(
        rules.open_code,
        commission_id=button.commission_id,
        officer_id=context.resident.id,
        now=context.now,
    )
    commission = await context.database.read(commissions.get, button.commission_id)
    username = context.premises.bot_username
    await context.show(views.code(context.words, commission, code, bot_username=username))


async def on_give_invite_tap(context: Context, button: GiveInvite) -> None:
    """Ask for a group's invite link."""
    view = views.invite_question(context.words, button.commission_id)
    await context.ask(INVITE_LINK, view, commission_id=button.commission_id)


async def on_invite_text(context: Context, text: str) -> None:
    """Keep a group's invite link. Anything else is told, and not read as one a second time."""
    commission_id = CommissionId(context.asked["commission_id"])
    url = invite_address(text)
    if url is None:
        await context.forget_question()
        await context.show(views.not_an_invite(context.words, commission_id))
        return
    await context.conclude(_keep_invite, commission_id, url)
    await context.show(views.invite_kept(context.words, commission_id))


def invite_address(text: str) -> str | None:
    """Give the address of a group that a text is, None where it is none."""
    found = _INVITE.fullmatch(text.strip())
    return f"https://{found[1]}" if found is not None else None


def linked(desk: Desk, notice: Notice) -> View | None:
    """Word that a group is linked; None where it is no longer."""
    commission, linked_groups = _of_notice(desk, notice)
    if commission is None or not linked_groups:
        return None
    return views.linked(desk.words, commission, lacks_link=bool(_lacking(linked_groups)))


def lost(desk: Desk, notice: Notice) -> View | None:
    """Word that a group is lost."""
    commission, _ = _of_notice(desk, notice)
    return views.lost(desk.words, commission) if commission is not None else None


def _of_notice(desk: Desk, notice: Notice) -> tuple[Commission | None, list[Group]]:
    commission_id = CommissionId(notice.facts["commission_id"])
    return (
        commissions.find(desk.reader, commission_id),
        groups.of_commission(desk.reader, commission_id),
    )


async def _take_code(context: Context, code: str) -> None:
    """Link the group, or say that the code opens nothing; a linked group is told to what."""
    words = words_for(context.premises.default_language)
    chat_id, now = context.chat_id, context.now
    is_open, known = await context.database.read(_look_up, chat_id, code, now)
    if is_open:
        url = await asking.invite_link(context.bot, chat_id)
        known = await context.database.write(_link, chat_id, code, url, now)
    await context.say(
        views.linked_here(words, known) if known is not None else views.wrong_code(words)
    )


def _look_up(
    reader: Reader, chat_id: ChatId, code: str, now: datetime
) -> tuple[bool, Commission | None]:
    """Tell whether a code links a group, and what the group it was typed in is linked to."""
    opened = codes.look_up(reader, code.upper(), now=now)
    group = groups.find(reader, chat_id)
    is_linked = group is not None and group.lost_at is None
    known = commissions.find(reader, group.commission_id) if group and is_linked else None
    return opened is not None and opened.purpose is Purpose.GROUP, known


def _link(writer: Writer, chat_id: ChatId, code: str, url: str | None, now: datetime) -> Commission:
    """Link a group, and read its officer's next text as the invite link where that is not known."""
    opened = codes.look_up(writer, code.upper(), now=now)
    commission = rules.link(writer, chat_id=chat_id, code=code, invite_link=url, now=now)
    author_id = opened.created_by if opened is not None else None
    officer = residents.find(writer, author_id) if author_id is not None else None
    if officer is not None and url is None:
        prompts.put(
            writer,
            officer.chat_id,
            kind=INVITE_LINK,
            facts={"commission_id": commission.id},
            expires_at=now + PROMPT_LIFETIME,
        )
    return commission


def _keep_invite(writer: Writer, commission_id: CommissionId, url: str) -> None:
    """Keep the invite link of a commission's group that lacks one, else of the newest."""
    linked_groups = groups.of_commission(writer, commission_id)
    for group in _lacking(linked_groups) or linked_groups[-1:]:
        rules.set_invite_link(writer, chat_id=group.chat_id, invite_link=url)


def _lacking(linked_groups: list[Group]) -> list[Group]:
    return [group for group in linked_groups if group.invite_link is None]


def _is_present(member: ChatMember) -> bool:
    restricted = isinstance(member, ChatMemberRestricted) and member.is_member
    return restricted or member.status in _PRESENT


async def _follow_hither(context: Context) -> None:
    """Follow the group that has become this supergroup.

    Telegram may tell that the bot is in the supergroup before it tells where that came from, and
    leaving it then would lose a linked group.
    """
    if context.chat_id > SUPERGROUPS_BELOW:
        return
    for group in await context.database.read(groups.living):
        if group.chat_id > SUPERGROUPS_BELOW:
            target = await asking.moved_to(context.bot, group.chat_id)
            if target == context.chat_id:
                await _follow(context, group.chat_id, target)


async def _follow(context: Context, chat_id: ChatId, new_chat_id: ChatId) -> None:
    await context.database.write(
        broadcasts.follow_group, chat_id=chat_id, new_chat_id=new_chat_id, now=context.now
    )


async def _leave_unknown(context: Context) -> None:
    """Leave the group unless the bot has business there (F72)."""
    if not await context.database.read(rules.may_stay, context.chat_id, now=context.now):
        await asking.leave(context.bot, context.chat_id)


TAPS = {
    LinkGroup: Route(on_link_tap, Role.OFFICER),
    GiveInvite: Route(on_give_invite_tap, Role.OFFICER),
}
PROMPTS = {INVITE_LINK: Route(on_invite_text, Role.OFFICER)}
NOTICES = {Kind.GROUP_LINKED: linked, Kind.GROUP_LOST: lost}
