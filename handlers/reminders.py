"""Reminders, worded as they leave: what is near, for people who come or may come (R6)."""

from collections.abc import Callable, Mapping

from community.notices import Kind
from handlers.premises import Desk
from handlers.rsvps import Sight, onlooker, sight_at
from handlers.views import reminders as views
from handlers.views.view import View
from storage import events
from storage.ids import EventId
from storage.outbox import Notice
from storage.rsvps import Answer, Standing


def word_reminder(desk: Desk, notice: Notice) -> View | None:
    """Remind a person of an event, or of several; None where none of them is theirs any more."""
    near = [seen for event_id in notice.facts["event_ids"] if (seen := _near(desk, event_id))]
    if not near:
        return None
    zone = desk.premises.zone
    if len(near) > 1:
        return views.several(desk.words, [seen.event for seen in near], now=desk.now, zone=zone)
    (seen,) = near
    return views.one(
        desk.words, seen.place, onlooker(desk.premises, seen, desk.resident), zone=zone
    )


def word_missed(desk: Desk, notice: Notice) -> View | None:
    """Tell an officer how many people were not reminded in time; None where the event is gone."""
    event = events.find(desk.reader, notice.event_id) if notice.event_id is not None else None
    if event is None:
        return None
    return views.missed(desk.words, event, notice.facts["people"])


def _near(desk: Desk, event_id: int) -> Sight | None:
    """See an event that has not started and to which the reader said yes, with a seat, or maybe."""
    seen = sight_at(desk, EventId(event_id))
    rsvp = seen.place.rsvp if seen is not None and seen.closed is None else None
    if rsvp is None:
        return None
    comes = rsvp.standing is Standing.CONFIRMED or rsvp.answer is Answer.MAYBE
    return seen if comes else None


NOTICES: Mapping[Kind, Callable[[Desk, Notice], View | None]] = {
    Kind.REMINDER: word_reminder,
    Kind.REMINDER_MISSED: word_missed,
}
