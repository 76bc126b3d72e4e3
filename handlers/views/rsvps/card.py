"""A person's own card of an event: where they stand first, what they can do second (R2, R3)."""

from collections.abc import Callable, Mapping

from community.events import closed
from community.rsvps import Place
from handlers import buttons
from handlers.views.events import calendar_key, card_lines
from handlers.views.residents import home_key
from handlers.views.rsvps.parts import (
    Onlooker,
    answer_key,
    answer_row,
    known,
    map_link,
    maybe_key,
    plain_lines,
    screen,
    subject_of,
    summary,
    way_and_home,
)
from handlers.views.rsvps.waiting import offered, waiting
from handlers.views.view import Key, Row, View, escape, lines
from handlers.words import Words
from storage.events import Event, EventStatus
from storage.rsvps import Answer, Rsvp, Standing


def card(words: Words, place: Place, onlooker: Onlooker) -> View:
    """Give a person's card, as it is true now; a visitor's has no button that stores."""
    if closed(place.event, now=onlooker.now) is not None:
        return _closed(words, place, onlooker)
    if onlooker.resident is None:
        rows: tuple[Row, ...] = (_way_and_question(words, place.event, onlooker),)
        return View(_lines(words, place, onlooker), rows)
    return _SCREENS[_standing(place.rsvp)](words, place, onlooker)


def _lines(words: Words, place: Place, onlooker: Onlooker) -> str:
    return lines(
        *card_lines(words, place.event, commission=onlooker.commission, seats_left=place.seats_left)
    )


def _standing(rsvp: Rsvp | None) -> Answer | Standing:
    """Name where a person stands; who came off the waitlist at a start that was moved is silent."""
    if rsvp is None:
        return Standing.NONE
    return rsvp.standing if rsvp.answer is Answer.YES else rsvp.answer


def _way_and_question(words: Words, event: Event, onlooker: Onlooker) -> Row:
    return (
        map_link(words, event, onlooker.town),
        Key(words("rsvps-question"), buttons.OpenHelp()),
    )


def _silent(words: Words, place: Place, onlooker: Onlooker) -> View:
    event = place.event
    return screen(
        words,
        place,
        onlooker,
        _lines(words, place, onlooker),
        answer_row(words, event),
        (maybe_key(words, event),),
        _way_and_question(words, event, onlooker),
        (home_key(words),),
    )


def seats_line(words: Words, rsvp: Rsvp) -> str:
    """Say how many seats a person has, and for whom."""
    return words("rsvps-confirmed", seats=rsvp.party, guests=rsvp.guests)


def _confirmed(words: Words, place: Place, onlooker: Onlooker) -> View:
    event, rsvp = place.event, known(place)
    location = words("rsvps-place", place=escape(event.location)) if event.location else None
    reminded = words("rsvps-reminded") if onlooker.is_reminded else None
    return screen(
        words,
        place,
        onlooker,
        lines(seats_line(words, rsvp), summary(words, event), location, reminded),
        (
            Key(words("rsvps-change"), buttons.MoreGuests(event.id)),
            answer_key(words, event, Answer.NO, "rsvps-leave"),
        ),
        (calendar_key(words, event), map_link(words, event, onlooker.town)),
        (home_key(words),),
    )


def _maybe(words: Words, place: Place, onlooker: Onlooker) -> View:
    event = place.event
    return screen(
        words,
        place,
        onlooker,
        lines(
            words("rsvps-noted-maybe"),
            words("rsvps-no-seat-kept") if event.capacity is not None else None,
            summary(words, event),
            words("rsvps-reminded") if onlooker.is_reminded else None,
        ),
        answer_row(words, event),
        _way_and_question(words, event, onlooker),
        (home_key(words),),
    )


def _not_coming(words: Words, place: Place, onlooker: Onlooker) -> View:
    held_until = known(place).held_until
    if held_until is not None and held_until > onlooker.now:
        return thanks(words, place, onlooker)
    return screen(
        words,
        place,
        onlooker,
        lines(words("rsvps-noted-no"), summary(words, place.event)),
        (answer_key(words, place.event, Answer.YES, "rsvps-yes"), home_key(words)),
    )


def thanks(words: Words, place: Place, onlooker: Onlooker) -> View:
    """Thank who gives seats up; taking it back is possible while the seats are kept (R6)."""
    held_until = known(place).held_until
    is_kept = held_until is not None and held_until > onlooker.now
    back = "rsvps-undo" if is_kept else "rsvps-yes"
    thanked = "rsvps-thanks" if place.event.capacity is not None else "rsvps-thanks-no-limit"
    return screen(
        words,
        place,
        onlooker,
        lines(words(thanked), summary(words, place.event)),
        (answer_key(words, place.event, Answer.YES, back), home_key(words)),
    )


def _closed(words: Words, place: Place, onlooker: Onlooker) -> View:
    """Tell that an event is cancelled, has started or is over; nothing can be answered."""
    event, rsvp = place.event, place.rsvp
    agenda = Key(words("button-agenda"), buttons.OpenAgenda())
    subject = subject_of(event) if onlooker.resident is not None else None
    if event.status is EventStatus.CANCELLED:
        reason = event.cancel_reason
        told = words("rsvps-reason", reason=escape(reason)) if reason else None
        text = lines(plain_lines(words, event, onlooker), told)
        struck_out = (calendar_key(words, event),) if rsvp is not None else ()
        return View(text, ((*struck_out, agenda), (home_key(words),)), subject)
    is_over = event.ends_at is not None and event.ends_at <= onlooker.now
    has_seat = rsvp is not None and rsvp.standing is Standing.CONFIRMED
    text = lines(
        words("rsvps-over" if is_over else "rsvps-started"),
        seats_line(words, rsvp) if rsvp is not None and has_seat else None,
        plain_lines(words, event, onlooker),
    )
    return View(text, (way_and_home(words, event, onlooker), (agenda,)), subject)


_SCREENS: Mapping[Answer | Standing, Callable[[Words, Place, Onlooker], View]] = {
    Standing.NONE: _silent,
    Standing.CONFIRMED: _confirmed,
    Standing.WAITING: waiting,
    Standing.OFFERED: offered,
    Answer.MAYBE: _maybe,
    Answer.NO: _not_coming,
}
