"""Telegram groups that officers have linked to commissions; of an unknown group nothing is kept."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import (
    BigInteger,
    Column,
    ForeignKey,
    String,
    Table,
    bindparam,
    delete,
    select,
    update,
)
from sqlalchemy.dialects.postgresql import insert

from storage.columns import CATALOGUE, UtcDateTime
from storage.database import Reader, Writer
from storage.ids import ChatId, CommissionId
from storage.statements import Change, Look

GROUPS = Table(
    "groups",
    CATALOGUE,
    Column("chat_id", BigInteger, primary_key=True, autoincrement=False),
    Column(
        "commission_id",
        BigInteger,
        ForeignKey("commissions.id", ondelete="CASCADE"),
        nullable=False,
        index=True,
    ),
    Column("invite_link", String(128)),
    Column("linked_at", UtcDateTime, nullable=False),
    Column("lost_at", UtcDateTime),
)


@dataclass(frozen=True, slots=True)
class Group:
    """A linked group. `invite_link` is None until known; `lost_at` says when the bot lost it."""

    chat_id: ChatId
    commission_id: CommissionId
    invite_link: str | None
    linked_at: datetime
    lost_at: datetime | None


_by_chat = GROUPS.c.chat_id == bindparam("of_chat")
_add = insert(GROUPS).values(
    chat_id=bindparam("chat_id"),
    commission_id=bindparam("commission_id"),
    invite_link=bindparam("invite_link"),
    linked_at=bindparam("linked_at"),
)
_PUT = Change(
    _add.on_conflict_do_update(
        index_elements=["chat_id"],
        set_={
            "commission_id": _add.excluded.commission_id,
            "invite_link": _add.excluded.invite_link,
            "linked_at": _add.excluded.linked_at,
            "lost_at": None,
        },
    )
)
_FIND = Look(select(GROUPS).where(_by_chat), Group)
_LIVING = Look(select(GROUPS).where(GROUPS.c.lost_at.is_(None)).order_by(GROUPS.c.linked_at), Group)
_OF_COMMISSION = Look(
    select(GROUPS)
    .where(GROUPS.c.commission_id == bindparam("of_commission"), GROUPS.c.lost_at.is_(None))
    .order_by(GROUPS.c.linked_at),
    Group,
)
_SET_INVITE = Change(update(GROUPS).where(_by_chat).values(invite_link=bindparam("to")))
_SET_LOST = Change(update(GROUPS).where(_by_chat).values(lost_at=bindparam("to")))
_MOVE = Change(update(GROUPS).where(_by_chat).values(chat_id=bindparam("to_chat")))
_REMOVE = Change(delete(GROUPS).where(_by_chat))


def put(
    writer: Writer,
    chat_id: ChatId,
    commission_id: CommissionId,
    *,
    invite_link: str | None,
    now: datetime,
) -> None:
    """Link a group to a commission, in place of what it was linked to before."""
    writer.change(
        _PUT,
        chat_id=chat_id,
        commission_id=commission_id,
        invite_link=invite_link,
        linked_at=now,
    )


def find(reader: Reader, chat_id: ChatId) -> Group | None:
    """Find a linked group, lost ones too, or None."""
    return reader.first(_FIND, of_chat=chat_id)


def of_commission(reader: Reader, commission_id: CommissionId) -> list[Group]:
    """List a commission's groups that the bot is in, first linked first."""
    return reader.all(_OF_COMMISSION, of_commission=commission_id)


def living(reader: Reader) -> list[Group]:
    """List all groups that the bot is in, first linked first."""
    return reader.all(_LIVING)


def set_invite_link(writer: Writer, chat_id: ChatId, invite_link: str | None) -> None:
    """Set the link by which people join a group."""
    writer.change(_SET_INVITE, of_chat=chat_id, to=invite_link)


def set_lost(writer: Writer, chat_id: ChatId, at: datetime | None) -> None:
    """Set since when the bot is no longer in a group, None when it is."""
    writer.change(_SET_LOST, of_chat=chat_id, to=at)


def move(writer: Writer, chat_id: ChatId, *, to: ChatId) -> bool:
    """Follow a group that has become a supergroup; False where it was followed already."""
    if find(writer, to) is not None:
        writer.change(_REMOVE, of_chat=chat_id)
        return False
    return writer.change(_MOVE, of_chat=chat_id, to_chat=to) == 1
