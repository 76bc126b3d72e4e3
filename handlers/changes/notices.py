"""What people concerned are told of a change, looked up when the message leaves (K5)."""

from handlers.premises import Desk
from handlers.rsvps.sights import sight_at
from handlers.views import changes as views
from handlers.views.view import View
from storage import events
from storage.events import EventStatus
from storage.outbox import Notice
from storage.rsvps import Answer


def moved(desk: Desk, notice: Notice) -> View | None:
    """Word that an event has another time or place.

    None once it is cancelled or has started, or the person no longer comes.
    """
    seen = sight_at(desk, notice.event_id)
    if seen is None or seen.closed is not None:
        return None
    rsvp = seen.place.rsvp
    if rsvp is None or rsvp.answer is Answer.NO:
        return None
    news = notice.facts.get("news", ())
    return views.moved_notice(desk.words, seen.place, commission=seen.commission, news=news)


def cancelled(desk: Desk, notice: Notice) -> View | None:
    """Word that an event will not take place."""
    event = events.find(desk.reader, notice.event_id) if notice.event_id is not None else None
    if event is None or event.status is not EventStatus.CANCELLED:
        return None
    return views.cancelled_notice(desk.words, event, phone=desk.premises.contact_phone)
