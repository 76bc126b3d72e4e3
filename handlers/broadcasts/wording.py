"""How announcements, and the officer's progress card, are worded as they leave: from the rows."""

from datetime import datetime

from handlers.broadcasts.actions import Stage, stage_of
from handlers.premises import Desk, Premises
from handlers.rsvps import Sight, group_card_at, onlooker, sight_at
from handlers.views import broadcasts as views
from handlers.views.broadcasts import Pace
from handlers.views.view import View
from storage import broadcasts
from storage.cards import Card
from storage.events import EventStatus
from storage.ids import BroadcastId
from storage.outbox import Notice


def word_announcement(desk: Desk, notice: Notice) -> View | None:
    """Tell a person of an event; None once it is cancelled or over."""
    seen = _worth_telling(desk, notice)
    if seen is None:
        return None
    return views.announcement(desk.words, seen.place, onlooker(desk.premises, seen, desk.resident))


def word_nudge(desk: Desk, notice: Notice) -> View | None:
    """Ask a silent person once more; None once they have answered, or it is too late."""
    seen = _worth_telling(desk, notice)
    if seen is None or seen.closed is not None or seen.place.rsvp is not None:
        return None
    return views.nudge(desk.words, seen.place, onlooker(desk.premises, seen, desk.resident))


def word_group_card(desk: Desk, notice: Notice) -> View | None:
    """Give an event's card for a group; None once it is cancelled or over."""
    seen = _worth_telling(desk, notice)
    return group_card_at(desk, seen.event.id) if seen is not None else None


def word_progress(desk: Desk, card: Card) -> View | None:
    """Show how far a broadcast has come; None where it is gone."""
    broadcast = broadcasts.find(desk.reader, BroadcastId(card.subject_id))
    if broadcast is None:
        return None
    stage = stage_of(desk.reader, broadcast)
    return views.progress(desk.words, stage.progress, pace_of(desk.premises, stage, now=desk.now))


def _worth_telling(desk: Desk, notice: Notice) -> Sight | None:
    """See an event that is neither cancelled, beyond being taken back, nor over."""
    seen = sight_at(desk, notice.event_id)
    if seen is None or seen.event.status is not EventStatus.SCHEDULED:
        return None
    is_over = seen.event.ends_at is None or seen.event.ends_at <= desk.now
    return None if is_over else seen


def pace_of(premises: Premises, stage: Stage, *, now: datetime) -> Pace:
    """Give what a broadcast's duration depends on."""
    until = stage.held_until
    goes_on_at = until.astimezone(premises.zone) if until is not None and until > now else None
    return Pace(now, premises.messages_per_second, stage.groups, goes_on_at)
