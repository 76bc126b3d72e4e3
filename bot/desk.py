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
from storage.ids import EventId
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
    return Letter(notice, view, state=state_of(reader, view))


def state_of(reader: Reader, view: View | None) -> object:
    """Give what a sent card depends on: while it stays equal, the card need not be edited.

    These are the changes that have cards edited (K3): of the event, and in a group of the answers.
    """
    if view is None or view.subject is None or view.subject.kind is CardKind.BROADCAST:
        return None
    event = events.find(reader, EventId(view.subject.id))
    standing = (event.version, event.status) if event is not None else None
    is_counting = view.subject.kind is CardKind.GROUP
    return standing, rsvps.counts(reader, EventId(view.subject.id)) if is_counting else None


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
