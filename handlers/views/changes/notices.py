"""What people concerned are told of a change: the full date, and the present truth (K5)."""

from collections.abc import Collection

from community.rsvps import Place
from handlers.buttons import AnswerEvent, OpenAgenda, OpenEvent
from handlers.views.events import calendar_key, title_line, when_in_full
from handlers.views.rsvps.card import seats_line
from handlers.views.rsvps.waiting import waiting_line
from handlers.views.view import Key, Subject, View, escape, lines
from handlers.words import Words
from storage.cards import CardKind
from storage.commissions import Commission
from storage.events import Event
from storage.rsvps import Answer, Standing

NEWS = {
    "day": "changes-new-day",
    "starts": "changes-new-hours",
    "ends": "changes-new-hours",
    "location": "changes-new-location",
}
"""What is said of each field that is new."""


def moved(
    words: Words, place: Place, *, commission: Commission | None, news: Collection[str]
) -> View:
    """Tell that an event has another time or place, and ask whether the person still comes."""
    event = place.event
    yes = AnswerEvent(event.id, Answer.YES, event.version)
    no = AnswerEvent(event.id, Answer.NO, event.version)
    told = dict.fromkeys(key for name, key in NEWS.items() if name in news)
    return View(
        lines(
            " ".join((words("changes-moved"), *map(words, told))),
            title_line(event, commission),
            when_in_full(words, event),
            f"📍 {escape(event.location or '')}",
            _standing(words, place),
            words("changes-still-coming"),
        ),
        (
            (Key(words("changes-yes"), yes), Key(words("changes-no"), no)),
            (Key(words("changes-open-card"), OpenEvent(event.id)), calendar_key(words, event)),
        ),
        Subject(CardKind.EVENT, event.id),
    )


def cancelled(words: Words, event: Event, *, phone: str) -> View:
    """Tell that an event will not take place, and why where it is said."""
    reason = event.cancel_reason
    return View(
        lines(
            words("changes-is-cancelled", title=escape(event.title or "")),
            when_in_full(words, event),
            words("changes-reason", reason=escape(reason)) if reason is not None else None,
            words("changes-phone", phone=escape(phone)) if phone else None,
        ),
        ((calendar_key(words, event), Key(words("button-agenda"), OpenAgenda())),),
        Subject(CardKind.EVENT, event.id),
    )


def _standing(words: Words, place: Place) -> str | None:
    """Say where a person stands with an event; None while a seat is offered to them."""
    rsvp = place.rsvp
    if rsvp is None or rsvp.standing is Standing.OFFERED:
        return None
    if rsvp.standing is Standing.CONFIRMED:
        return seats_line(words, rsvp)
    if rsvp.standing is Standing.WAITING:
        return waiting_line(words, place)
    return words("rsvps-noted-maybe")
