"""Putting facts into words as they leave: who reads, in which language, and whether it is still true."""

from dataclasses import dataclass
from datetime import datetime

from community.notices import Lane
from handlers.premises import Desk, Premises
from handlers.registration import CARDS, NOTICES
from handlers.views.view import View
from handlers.words import languages, words_for
from storage import cards, residents
from storage.cards import Card
from storage.database import Reader
from storage.outbox import Notice, OutboxState
from storage.residents import Resident


@dataclass(frozen=True, slots=True)
class Letter:
    """A message owed, worded; without `view` it does not leave, and ends in `ends`."""

    notice: Notice
    view: View | None
    ends: OutboxState = OutboxState.CANCELLED


def word(reader: Reader, notices: list[Notice], premises: Premises, now: datetime) -> list[Letter]:
    """Word messages from the present rows, each in its reader's language."""
    return [_word_one(reader, notice, premises, now) for notice in notices]


def _word_one(reader: Reader, notice: Notice, premises: Premises, now: datetime) -> Letter:
    if notice.expires_at is not None and notice.expires_at <= now:
        return Letter(notice, None, OutboxState.EXPIRED)
    resident = residents.find(reader, notice.resident_id) if notice.resident_id else None
    if notice.resident_id and resident is None:
        return Letter(notice, None, OutboxState.CANCELLED)
    if resident is not None and not _is_wanted(resident, notice):
        return Letter(notice, None, OutboxState.SKIPPED)
    language = resident.language if resident is not None else notice.facts.get("language")
    desk = _desk(reader, premises, now, resident, language)
    return Letter(notice, NOTICES[notice.kind](desk, notice))


def word_card(
    reader: Reader, card: Card, premises: Premises, now: datetime
) -> tuple[Card, View | None]:
    """Word a card as it must now show; gives it with the version that this is. None: it stays."""
    present = cards.find(reader, card.chat_id, card.message_id)
    if present is None:
        return card, None
    resident = residents.find_speaking(reader, card.chat_id) if card.chat_id > 0 else None
    language = resident.language if resident is not None else None
    desk = _desk(reader, premises, now, resident, language)
    return present, CARDS[present.kind](desk, present)


def _is_wanted(resident: Resident, notice: Notice) -> bool:
    """Whether a person can be reached, and has not paused what is not about their own seats."""
    is_paused = resident.paused_at is not None and notice.lane >= Lane.REMINDER
    return resident.unreachable_at is None and not is_paused


def _desk(
    reader: Reader,
    premises: Premises,
    now: datetime,
    resident: Resident | None,
    language: str | None,
) -> Desk:
    chosen = language if language in languages() else premises.default_language
    return Desk(reader, words_for(chosen or premises.default_language), premises, now, resident)
