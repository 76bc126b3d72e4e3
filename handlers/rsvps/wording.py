"""How owed messages and cards about answers are worded as they leave: from the present rows."""

from handlers.premises import Desk
from handlers.rsvps.sights import Sight, onlooker, sight_at
from handlers.views import rsvps as views
from handlers.views.view import View
from storage import rsvps
from storage.cards import Card
from storage.ids import EventId
from storage.outbox import Notice
from storage.rsvps import Standing


def word_confirmation(desk: Desk, notice: Notice) -> View | None:
    """Give the person's card after their answer in a group, with the question that follows.

    None once the event is cancelled: that is its last word (F46).
    """
    seen = sight_at(desk, notice.event_id)
    if seen is None or seen.place.rsvp is None or seen.closed == "cancelled":
        return None
    word = views.fresh if seen.closed is None else views.card
    return word(desk.words, seen.place, onlooker(desk.premises, seen, desk.resident))


def word_offer(desk: Desk, notice: Notice) -> View | None:
    """Offer seats to a party; None once the offer is answered, withdrawn or over."""
    seen = sight_at(desk, notice.event_id)
    if seen is None or seen.closed is not None or seen.place.rsvp is None:
        return None
    if seen.place.rsvp.standing is not Standing.OFFERED:
        return None
    return views.card(desk.words, seen.place, onlooker(desk.premises, seen, desk.resident))


def word_free_seats(desk: Desk, notice: Notice) -> View | None:
    """Tell a party that seats are free; None once they are gone, or it waits no more."""
    seen = _waited_for(desk, notice)
    if seen is None or not views.has_free_seats(seen.place, now=desk.now):
        return None
    return views.card(desk.words, seen.place, onlooker(desk.premises, seen, desk.resident))


def word_offer_passed(desk: Desk, notice: Notice) -> View | None:
    """Tell a party that its offer has gone on; None once it waits no more."""
    seen = _waited_for(desk, notice)
    if seen is None:
        return None
    return views.passed(desk.words, seen.place, onlooker(desk.premises, seen, desk.resident))


def _waited_for(desk: Desk, notice: Notice) -> Sight | None:
    """See an open event that the reader waits for; None where that is over."""
    seen = sight_at(desk, notice.event_id)
    if seen is None or seen.closed is not None or seen.place.rsvp is None:
        return None
    return seen if seen.place.rsvp.standing is Standing.WAITING else None


def word_event_card(desk: Desk, card: Card) -> View | None:
    """Give the reader's own card; None where the event, or who read it, is gone."""
    seen = sight_at(desk, EventId(card.subject_id))
    if seen is None or desk.resident is None:
        return None
    return views.card(desk.words, seen.place, onlooker(desk.premises, seen, desk.resident))


def word_group_card(desk: Desk, card: Card) -> View | None:
    """Give a group's card; None where the event is gone."""
    return group_card_at(desk, EventId(card.subject_id))


def group_card_at(desk: Desk, event_id: EventId) -> View | None:
    """Give an event's card for a group as it now stands; None where the event is gone."""
    seen = sight_at(desk, event_id)
    if seen is None:
        return None
    return views.group_card(
        desk.words,
        seen.event,
        rsvps.counts(desk.reader, event_id),
        commission=seen.commission,
        seats_left=seen.place.seats_left,
        now=desk.now,
    )
