"""Telegram groups: linked by a one-time code typed there, followed, and lost (F31, F72).

The bot stays in a group that it does not know only while such a code is open, and keeps nothing of
it.
"""

from datetime import datetime

from community import codes, notices, team
from community.errors import GoneError
from community.notices import Kind
from community.team import REPORT_LIFETIME
from storage import cards, commissions, groups, journal, links, outbox, residents
from storage.commissions import Commission
from storage.database import Reader, Writer
from storage.ids import ChatId, CommissionId, ResidentId
from storage.links import Purpose


def open_code(
    writer: Writer, *, commission_id: CommissionId, officer_id: ResidentId, now: datetime
) -> str:
    """Make a code to type in a commission's group; gives it, once. Raises GoneError.

    Each call makes another code: only hashes are kept, so the first cannot be told again.
    """
    if commissions.find(writer, commission_id) is None:
        raise GoneError
    code = codes.new_typed_code()
    codes.keep(
        writer,
        code,
        Purpose.GROUP,
        target_id=commission_id,
        created_by=officer_id,
        expires_at=now + codes.TYPED_LIFETIME,
        uses=1,
    )
    return code


def may_stay(reader: Reader, chat_id: ChatId, *, now: datetime) -> bool:
    """Whether the bot has business in a group: it is linked, or a code to link one is open."""
    group = groups.find(reader, chat_id)
    is_linked = group is not None and group.lost_at is None
    return is_linked or links.is_open(reader, Purpose.GROUP, now=now)


def link(
    writer: Writer, *, chat_id: ChatId, code: str, invite_link: str | None, now: datetime
) -> Commission:
    """Link a group to the commission that the code was made for; its officer is told.

    Raises:
        GoneError: the code is used up, expired or wrong.
    """
    opened = codes.look_up(writer, code.upper(), now=now)
    if opened is None or opened.purpose is not Purpose.GROUP or opened.target_id is None:
        raise GoneError
    commission = commissions.find(writer, CommissionId(opened.target_id))
    if commission is None:
        raise GoneError
    links.use(writer, opened.code_hash)
    groups.put(writer, chat_id, commission.id, invite_link=invite_link, now=now)
    journal.add(
        writer,
        at=now,
        actor_id=opened.created_by,
        verb="link",
        noun="group",
        noun_id=commission.id,
    )
    officer = residents.find(writer, opened.created_by) if opened.created_by else None
    if officer is not None:
        notices.owe(
            writer,
            Kind.GROUP_LINKED,
            key=f"linked:{opened.code_hash.hex()}",
            chat_id=officer.chat_id,
            now=now,
            expires_at=now + REPORT_LIFETIME,
            resident_id=officer.id,
            facts={"commission_id": commission.id, "group_id": chat_id},
        )
    return commission


def set_invite_link(writer: Writer, *, chat_id: ChatId, invite_link: str) -> None:
    """Set the link by which people join a group."""
    groups.set_invite_link(writer, chat_id, invite_link)


def lose(writer: Writer, *, chat_id: ChatId, now: datetime) -> None:
    """Note that the bot is no longer in a group; the officers are told (F29)."""
    group = groups.find(writer, chat_id)
    if group is None or group.lost_at is not None:
        return
    groups.set_lost(writer, chat_id, now)
    outbox.skip_chat(writer, chat_id, now=now)
    cards.erase_chat(writer, chat_id)
    key = f"lost:{chat_id}:{now.isoformat()}"
    team.tell(writer, Kind.GROUP_LOST, key=key, now=now, commission_id=group.commission_id)


def follow(writer: Writer, *, chat_id: ChatId, new_chat_id: ChatId) -> None:
    """Follow a group that has become a supergroup, everywhere in one transaction (F31).

    Cards are forgotten: a supergroup numbers its messages anew, so they can be edited no more.
    """
    groups.move(writer, chat_id, to=new_chat_id)
    outbox.move_chat(writer, chat_id, to=new_chat_id)
    cards.erase_chat(writer, chat_id)
