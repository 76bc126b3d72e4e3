"""What people may do, and what they decide about themselves.

Roles: resident < facilitator < officer < admin (reliability.md §4).
"""

from datetime import datetime

from community import texts
from storage import cards, journal, residents
from storage.database import Writer
from storage.ids import ResidentId
from storage.residents import Resident, Role

NOTICE_VERSION = 1
"""The notice that people now agree to; a new text gets a new number."""
MOST_FIRST_NAME = 32
_RANK = {role: rank for rank, role in enumerate(Role)}


def may_act_as(resident: Resident | None, role: Role) -> bool:
    """Whether a person's role reaches at least as far as `role`; a visitor's reaches nowhere."""
    return resident is not None and _RANK[resident.role] >= _RANK[role]


def first_name(text: str) -> str:
    """Give a first name fit to keep; raises InvalidInputError ("first_name")."""
    return texts.line(text, field="first_name", most=MOST_FIRST_NAME)


def usable_first_name(text: str, *, otherwise: str) -> str:
    """Give a name that Telegram knows as one fit to keep, `otherwise` where nothing of it is."""
    cleaned = texts.clean(text)
    candidates = (cleaned, cleaned.partition(" ")[0])
    return next((one for one in candidates if _is_first_name(one)), otherwise)


def _is_first_name(text: str) -> bool:
    says = any(letter.isalpha() and texts.is_seen(letter) for letter in text)
    return says and texts.length(text) <= MOST_FIRST_NAME


def rename(writer: Writer, *, resident_id: ResidentId, name: str) -> None:
    """Call a person otherwise; raises InvalidInputError."""
    residents.set_first_name(writer, resident_id, first_name(name))


def speak(writer: Writer, *, resident_id: ResidentId, language: str) -> None:
    """Write to a person in a language from now on."""
    residents.set_language(writer, resident_id, language)


def pause(writer: Writer, *, resident_id: ResidentId, now: datetime) -> None:
    """Send a person nothing that they did not ask for, until they resume.

    Raises:
        NotFoundError: nobody has this id (any more).
    """
    resident = residents.get(writer, resident_id)
    if resident.paused_at is None:
        residents.set_paused(writer, resident_id, now)


def resume(writer: Writer, *, resident_id: ResidentId) -> None:
    """Write to a person again."""
    residents.set_paused(writer, resident_id, None)


def welcome_back(writer: Writer, *, resident_id: ResidentId) -> None:
    """Note that a person can be reached again: they wrote, or have unblocked the bot (F28).

    Their cards show the present: seats that they were offered have gone on meanwhile (F52).
    """
    resident = residents.find(writer, resident_id)
    if resident is None or resident.unreachable_at is None:
        return
    residents.set_unreachable(writer, resident_id, None)
    for card in cards.of_chat(writer, resident.chat_id):
        cards.refresh_one(writer, card.chat_id, card.message_id)


def turn_away(writer: Writer, *, resident_id: ResidentId, now: datetime) -> None:
    """Note that a person asked for what their role does not reach (F59)."""
    journal.add(writer, at=now, actor_id=resident_id, verb="turn_away", noun="resident")
