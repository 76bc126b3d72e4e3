"""The first contact: what a link promises, and agreeing to be known. Before that nothing is kept.

A visitor's language and the link's code ride in the buttons (reliability.md §5).
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from community import codes, rsvps
from community.residents import NOTICE_VERSION, first_name
from storage import cards, inbox, journal, outbox, prompts, residents
from storage.database import Reader, Writer
from storage.ids import ChatId, CommissionId, EventId, UpdateId
from storage.links import Purpose
from storage.residents import Resident, Role


@dataclass(frozen=True, slots=True)
class Promise:
    """What a link opens: an event, a commission, the officers' team, or nothing (any more)."""

    event_id: EventId | None = None
    commission_id: CommissionId | None = None
    is_invitation: bool = False


def promise(reader: Reader, code: str, *, now: datetime) -> Promise:
    """Look up what a code promises; a forged, expired or used-up one promises nothing (F58)."""
    link = codes.look_up(reader, code, now=now)
    if link is None:
        return Promise()
    if link.purpose is Purpose.OFFICER:
        return Promise(is_invitation=True)
    if link.purpose is Purpose.EVENT and link.target_id is not None:
        return Promise(event_id=EventId(link.target_id))
    if link.purpose is Purpose.COMMISSION and link.target_id is not None:
        return Promise(commission_id=CommissionId(link.target_id))
    return Promise()


def consent(
    writer: Writer,
    *,
    telegram_id: int,
    name: str,
    language: str,
    admins: Collection[int],
    now: datetime,
) -> Resident:
    """Enter a person who agrees to the notice; gives them as they stand where they are known.

    Raises:
        InvalidInputError: the first name is empty or long.
    """
    known = residents.find_speaking(writer, telegram_id)
    if known is not None:
        return known
    resident = residents.add(
        writer,
        telegram_id=telegram_id,
        first_name=first_name(name),
        language=language,
        role=Role.ADMIN if telegram_id in admins else Role.RESIDENT,
        notice_version=NOTICE_VERSION,
        now=now,
    )
    journal.add(
        writer, at=now, actor_id=resident.id, verb="consent", noun="notice", noun_id=NOTICE_VERSION
    )
    return resident


def lose_touch(writer: Writer, *, resident: Resident, now: datetime) -> None:
    """Note that a person has blocked the bot (F28): nothing owed leaves, offers go to the next."""
    rsvps.lose_reach(writer, resident=resident, now=now)
    outbox.skip_chat(writer, resident.chat_id, now=now)


def refuse(writer: Writer, *, chat_id: ChatId, cause: UpdateId) -> None:
    """Erase what is there of a visitor who does not agree: nothing of them remains."""
    inbox.erase_chat(writer, chat_id, but=cause)
    outbox.erase_chat(writer, chat_id)
    cards.erase_chat(writer, chat_id)
    prompts.clear(writer, chat_id)
