"""Cards of those who wait for seats, or to whom seats are offered (R3)."""

from datetime import datetime

from community.rsvps import Place, fits, is_day_of
from handlers import buttons
from handlers.views.rsvps.parts import (
    Onlooker,
    answer_key,
    known,
    plain_lines,
    screen,
    summary,
    way_and_home,
)
from handlers.views.view import Key, View, lines
from handlers.words import Words
from storage.rsvps import Answer


def waiting_line(words: Words, place: Place) -> str:
    """Say where a person stands on the waitlist, and that this is no seat."""
    return words("rsvps-waiting", position=place.position or 1)


def waiting(words: Words, place: Place, onlooker: Onlooker) -> View:
    """Give the card of somebody on the waitlist; on the day, of somebody who may be first."""
    if has_free_seats(place, now=onlooker.now):
        free = words("rsvps-free", seats=known(place).party)
        return _to_take(words, place, onlooker, free)
    return _queued(words, place, onlooker)


def passed(words: Words, place: Place, onlooker: Onlooker) -> View:
    """Tell a party that its offer has gone on to another, and that it still waits."""
    return _queued(words, place, onlooker, words("rsvps-passed"))


def offered(words: Words, place: Place, onlooker: Onlooker) -> View:
    """Give the card of somebody to whom seats are offered."""
    seats = words("rsvps-offered", seats=known(place).party)
    return _to_take(words, place, onlooker, seats, _answer_by(words, onlooker))


def has_free_seats(place: Place, *, now: datetime) -> bool:
    """Whether somebody who waits may have seats at once: on the day itself, if the party fits."""
    return is_day_of(place.event, now=now) and fits(known(place).party, place.seats_left)


def _queued(words: Words, place: Place, onlooker: Onlooker, news: str | None = None) -> View:
    event, party = place.event, known(place).party
    return screen(
        words,
        place,
        onlooker,
        lines(
            news,
            waiting_line(words, place),
            words("rsvps-waiting-party", seats=party) if party > 1 else None,
            summary(words, event),
        ),
        (
            Key(words("rsvps-quit-waitlist"), buttons.Retract(event.id)),
            Key(words("rsvps-change"), buttons.MoreGuests(event.id)),
        ),
        way_and_home(words, event, onlooker),
    )


def _to_take(words: Words, place: Place, onlooker: Onlooker, *news: str | None) -> View:
    event = place.event
    return screen(
        words,
        place,
        onlooker,
        lines(*news, plain_lines(words, event, onlooker)),
        (
            answer_key(words, event, Answer.YES, "rsvps-take"),
            answer_key(words, event, Answer.NO, "rsvps-no"),
        ),
        way_and_home(words, event, onlooker),
    )


def _answer_by(words: Words, onlooker: Onlooker) -> str | None:
    """Say until when an offer is kept; None where there is none."""
    limit = onlooker.answer_by
    if limit is None:
        return None
    return words("rsvps-answer-by", day=words.day(limit.date()), hour=words.hour(limit.time()))
