"""Putting facts into words as they leave: who reads, in which language, and is it still true."""

from dataclasses import dataclass
from datetime import datetime

from community.notices import Lane
from handlers.premises import Desk, Premises
from handlers.registration import CARDS, NOTICES
from handlers.views.view import View
from handlers.words import languages, words_for
from storage import cards, events, residents, rsvps
from storage.cards import Card, CardKind
from storage.database import Reader
from storage.ids import EventId, ResidentId
from storage.outbox import Notice, OutboxState
from storage.residents import Resident


@dataclass(frozen=True, slots=True)
class Letter:
    """A message owed, worded; without `view` it does not leave, and ends in `ends`.

    `state` is what its subject's card depended on then; `refusal` is Telegram's reason for having
    refused it once, after which it goes as plain text.
    """

    notice: Notice
    view: View | None
    ends: OutboxState = OutboxState.CANCELLED
    state: object = None
    refusal: str | None = None


@dataclass(frozen=True, slots=True)
class Draft:
    """A card as it was worded, in the version that it then wanted; without `view` it stays.

    `state` is what it depended on then, for the person who reads it.
    """

    card: Card
    view: View | None
    resident_id: ResidentId | None = None
    state: object = None


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
    view = NOTICES[notice.kind](desk, notice)
    return Letter(notice, view, state=state_of(reader, view, notice.resident_id))


def state_of(reader: Reader, view: View | None, resident_id: ResidentId | None) -> object:
    """Give what a sent card depends on: while it stays equal, the card need not be edited.

    These are the changes that have cards edited (K3): of the event, and of its reader's own
    answer, or in a group of everybody's.
    """
    if view is None or view.subject is None or view.subject.kind is CardKind.BROADCAST:
        return None
    event_id = EventId(view.subject.id)
    event = events.find(reader, event_id)
    standing = (event.version, event.status) if event is not None else None
    if view.subject.kind is CardKind.GROUP:
        return standing, rsvps.counts(reader, event_id)
    return standing, rsvps.find(reader, event_id, resident_id) if resident_id else None


def word_card(reader: Reader, card: Card, premises: Premises, now: datetime) -> Draft:
    """Word a card as it must now show, from the present rows."""
    present = cards.find(reader, card.chat_id, card.message_id)
    if present is None:
        return Draft(card, None)
    resident = residents.find_speaking(reader, card.chat_id) if card.chat_id > 0 else None
    language = resident.language if resident is not None else None
    desk = _desk(reader, premises, now, resident, language)
    view = CARDS[present.kind](desk, present)
    resident_id = resident.id if resident is not None else None
    return Draft(present, view, resident_id, state_of(reader, view, resident_id))


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
