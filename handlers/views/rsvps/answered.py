"""What a person sees right after their tap: it is noted, and one question that may be left open."""

from community.rsvps import MOST_GUESTS, Place
from handlers import buttons
from handlers.views.residents import home_key
from handlers.views.rsvps.card import card, seats_line
from handlers.views.rsvps.parts import (
    Onlooker,
    answer_key,
    map_link,
    screen,
    summary,
    summary_line,
)
from handlers.views.rsvps.waiting import waiting_line
from handlers.views.view import Key, Row, View, escape, lines
from handlers.words import Words
from storage.rsvps import Answer, Standing

FIRST_NUMBERS = 3
"""Guests that are offered at once; more are behind one tap."""
WIDE = 5
"""Numbers a row (product.md, rule 4)."""


def fresh(words: Words, place: Place, onlooker: Onlooker) -> View:
    """Give the screen that follows an answer: the question of guests, of waiting, or the card."""
    rsvp = place.rsvp
    if rsvp is not None and rsvp.standing is Standing.WAITING:
        return _full(words, place, onlooker)
    if rsvp is not None and rsvp.standing is Standing.CONFIRMED and rsvp.guests == 0:
        return _noted(words, place, onlooker)
    return card(words, place, onlooker)


def _noted(words: Words, place: Place, onlooker: Onlooker) -> View:
    """Say that it is noted, and ask who comes along where there is room for anybody."""
    resident = onlooker.resident
    noted = words("rsvps-noted", name=escape(resident.first_name) if resident else "")
    undo = Key(words("rsvps-undo"), buttons.Retract(place.event.id))
    most = _most_guests(place)
    if most == 0:
        way = map_link(words, place.event, onlooker.town)
        text = lines(noted, summary(words, place.event))
        return screen(words, place, onlooker, text, (undo, way), (home_key(words),))
    text = lines(f"{noted} {words('rsvps-with-whom')}", summary(words, place.event))
    alone = Key(words("rsvps-alone"), buttons.SetGuests(place.event.id, 0))
    numbers = _first_numbers(words, place, most)
    return screen(words, place, onlooker, text, (alone,), numbers, (undo, home_key(words)))


def _first_numbers(words: Words, place: Place, most: int) -> Row:
    numbers = _numbers(place, range(1, min(most, FIRST_NUMBERS) + 1))
    more = (Key(words("rsvps-more"), buttons.MoreGuests(place.event.id)),)
    return (*numbers, *(more if most > FIRST_NUMBERS else ()))


def more_guests(words: Words, place: Place, onlooker: Onlooker) -> View:
    """Ask how many come along, whatever was said before; what does not fit is not offered."""
    rsvp = place.rsvp
    if rsvp is None or rsvp.standing not in {Standing.CONFIRMED, Standing.WAITING}:
        return card(words, place, onlooker)
    is_waiting = rsvp.standing is Standing.WAITING
    state = waiting_line(words, place) if is_waiting else seats_line(words, rsvp)
    keys = _numbers(place, range(1, _most_guests(place) + 1))
    back = Key(words("button-back"), buttons.OpenEvent(place.event.id))
    return screen(
        words,
        place,
        onlooker,
        lines(state, words("rsvps-how-many"), summary_line(words, place.event)),
        (Key(words("rsvps-just-me"), buttons.SetGuests(place.event.id, 0)),),
        *(keys[at : at + WIDE] for at in range(0, len(keys), WIDE)),
        (back,),
    )


def _most_guests(place: Place) -> int:
    """Count the guests that fit, those of now included; who waits may ask for every seat."""
    rsvp, capacity = place.rsvp, place.event.capacity
    if place.seats_left is None or capacity is None or rsvp is None:
        return MOST_GUESTS
    if rsvp.standing is Standing.WAITING:
        return min(MOST_GUESTS, capacity - 1)
    return min(MOST_GUESTS, rsvp.guests + place.seats_left)


def _numbers(place: Place, guests: range) -> Row:
    return tuple(Key(f"+{number}", buttons.SetGuests(place.event.id, number)) for number in guests)


def _full(words: Words, place: Place, onlooker: Onlooker) -> View:
    """Say that the waitlist has the person already, and ask whether that is right (R3)."""
    event = place.event
    return screen(
        words,
        place,
        onlooker,
        lines(words("rsvps-full"), waiting_line(words, place), summary_line(words, event)),
        (
            Key(words("rsvps-wait"), buttons.OpenEvent(event.id)),
            answer_key(words, event, Answer.NO, "rsvps-no"),
        ),
    )
