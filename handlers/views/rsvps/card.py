"""A person's own card of an event: where they stand first, what they can do second (R2, R3)."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlencode

from community.events import closed
from community.residents import may_act_as
from community.rsvps import Place, fits, is_day_of
from handlers import buttons
from handlers.views.events import calendar_key, card_lines
from handlers.views.residents import home_key
from handlers.views.view import Key, Link, Row, Subject, View, escape, lines
from handlers.words import Words
from storage.cards import CardKind
from storage.commissions import Commission
from storage.events import Event, EventStatus
from storage.residents import Resident, Role
from storage.rsvps import Answer, Rsvp, Standing

MAP = "https://www.openstreetmap.org/search?"
"""Finds a place by its name (https://wiki.openstreetmap.org/wiki/Browsing)."""


@dataclass(frozen=True, slots=True)
class Onlooker:
    """Who looks at a card, `resident` None for a visitor, and what their card depends on.

    `commission` is the event's; `town` is where the map looks for the place; `is_reminded` says
    whether a reminder will still come; `answer_by`, local, until when an offer is kept.
    """

    resident: Resident | None
    commission: Commission | None
    town: str
    now: datetime
    is_reminded: bool
    answer_by: datetime | None = None


def card(words: Words, place: Place, onlooker: Onlooker) -> View:
    """Give a person's card, as it is true now; a visitor's has no button that stores."""
    if closed(place.event, now=onlooker.now) is not None:
        return _closed(words, place, onlooker)
    if onlooker.resident is None:
        rows: tuple[Row, ...] = (_way_and_question(words, place.event, onlooker),)
        return View(_lines(words, place, onlooker), rows)
    return _SCREENS[_standing(place.rsvp)](words, place, onlooker)


def screen(words: Words, place: Place, onlooker: Onlooker, text: str, *rows: Row) -> View:
    """Give a screen that is edited when its event changes; officers may manage the event."""
    if not may_act_as(onlooker.resident, Role.OFFICER):
        return View(text, rows, _subject(place.event))
    manage: Row = (Key(words("rsvps-manage"), buttons.ManageEvent(place.event.id)),)
    home: Row = (home_key(words),)
    laid = (*rows[:-1], manage + home) if rows[-1] == home else (*rows, manage)
    return View(text, laid, _subject(place.event))


def summary(words: Words, event: Event) -> str:
    """Give an event in two short lines: what, and when with the weekday."""
    title = f"<b>{escape(event.title or '')}</b>"
    if event.day is None or event.starts is None:
        return title
    moment = words("rsvps-moment", day=words.day(event.day), hour=words.hour(event.starts))
    return lines(title, moment)


def summary_line(words: Words, event: Event) -> str:
    """Give an event in one line, for a question, which has three (product.md, rule 4)."""
    return summary(words, event).replace("\n", " · ")


def answer_key(words: Words, event: Event, answer: Answer, label: str) -> Key:
    """Give a button that answers an event as it stands now."""
    return Key(words(label), buttons.AnswerEvent(event.id, answer, event.version))


def answer_row(words: Words, event: Event) -> Row:
    """Give yes and no."""
    return (
        answer_key(words, event, Answer.YES, "rsvps-yes"),
        answer_key(words, event, Answer.NO, "rsvps-no"),
    )


def maybe_key(words: Words, event: Event) -> Key:
    """Give maybe."""
    return answer_key(words, event, Answer.MAYBE, "rsvps-maybe")


def map_link(words: Words, event: Event, town: str) -> Link:
    """Give the way to the place, on a map."""
    query = urlencode({"query": f"{event.location or ''}, {town}"})
    return Link(words("rsvps-way"), MAP + query)


def _subject(event: Event) -> Subject:
    return Subject(CardKind.EVENT, event.id)


def _lines(words: Words, place: Place, onlooker: Onlooker) -> str:
    return lines(
        *card_lines(words, place.event, commission=onlooker.commission, seats_left=place.seats_left)
    )


def _plain_lines(words: Words, event: Event, onlooker: Onlooker) -> str:
    """Give what an event is, without the seats that are left."""
    return lines(*card_lines(words, event, commission=onlooker.commission, seats_left=None))


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


def _way_and_home(words: Words, event: Event, onlooker: Onlooker) -> Row:
    return map_link(words, event, onlooker.town), home_key(words)


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
    event, rsvp = place.event, _known(place)
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


def waiting_line(words: Words, place: Place) -> str:
    """Say where a person stands on the waitlist, and that this is no seat."""
    return words("rsvps-waiting", position=place.position or 1)


def _waiting(words: Words, place: Place, onlooker: Onlooker) -> View:
    if has_free_seats(place, now=onlooker.now):
        return _free(words, place, onlooker)
    event, party = place.event, _known(place).party
    return screen(
        words,
        place,
        onlooker,
        lines(
            waiting_line(words, place),
            words("rsvps-waiting-party", seats=party) if party > 1 else None,
            summary(words, event),
        ),
        (
            Key(words("rsvps-quit-waitlist"), buttons.Retract(event.id)),
            Key(words("rsvps-change"), buttons.MoreGuests(event.id)),
        ),
        _way_and_home(words, event, onlooker),
    )


def has_free_seats(place: Place, *, now: datetime) -> bool:
    """Whether somebody who waits may have seats at once: on the day itself, if the party fits."""
    return is_day_of(place.event, now=now) and fits(_known(place).party, place.seats_left)


def _free(words: Words, place: Place, onlooker: Onlooker) -> View:
    event = place.event
    return screen(
        words,
        place,
        onlooker,
        lines(words("rsvps-free", seats=_known(place).party), _plain_lines(words, event, onlooker)),
        (
            answer_key(words, event, Answer.YES, "rsvps-take"),
            answer_key(words, event, Answer.NO, "rsvps-no"),
        ),
        _way_and_home(words, event, onlooker),
    )


def passed(words: Words, place: Place, onlooker: Onlooker) -> View:
    """Tell a party that its offer has gone on to another, and that it still waits."""
    event = place.event
    return screen(
        words,
        place,
        onlooker,
        lines(words("rsvps-passed"), waiting_line(words, place), summary(words, event)),
        (Key(words("rsvps-quit-waitlist"), buttons.Retract(event.id)),),
        _way_and_home(words, event, onlooker),
    )


def answer_by_line(words: Words, onlooker: Onlooker) -> str | None:
    """Say until when an offer is kept; None where there is none."""
    limit = onlooker.answer_by
    if limit is None:
        return None
    return words("rsvps-answer-by", day=words.day(limit.date()), hour=words.hour(limit.time()))


def _offered(words: Words, place: Place, onlooker: Onlooker) -> View:
    event = place.event
    return screen(
        words,
        place,
        onlooker,
        lines(
            words("rsvps-offered", seats=_known(place).party),
            answer_by_line(words, onlooker),
            _plain_lines(words, event, onlooker),
        ),
        (
            answer_key(words, event, Answer.YES, "rsvps-take"),
            answer_key(words, event, Answer.NO, "rsvps-no"),
        ),
        _way_and_home(words, event, onlooker),
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
    held_until = _known(place).held_until
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
    held_until = _known(place).held_until
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
    subject = _subject(event) if onlooker.resident is not None else None
    if event.status is EventStatus.CANCELLED:
        reason = event.cancel_reason
        told = words("rsvps-reason", reason=escape(reason)) if reason else None
        text = lines(_plain_lines(words, event, onlooker), told)
        struck_out = (calendar_key(words, event),) if rsvp is not None else ()
        return View(text, ((*struck_out, agenda), (home_key(words),)), subject)
    is_over = event.ends_at is not None and event.ends_at <= onlooker.now
    has_seat = rsvp is not None and rsvp.standing is Standing.CONFIRMED
    text = lines(
        words("rsvps-over" if is_over else "rsvps-started"),
        seats_line(words, rsvp) if rsvp is not None and has_seat else None,
        _plain_lines(words, event, onlooker),
    )
    return View(text, (_way_and_home(words, event, onlooker), (agenda,)), subject)


def _known(place: Place) -> Rsvp:
    """Give the answer of somebody who has answered."""
    if place.rsvp is None:
        raise LookupError("this person has not answered")
    return place.rsvp


_SCREENS: Mapping[Answer | Standing, Callable[[Words, Place, Onlooker], View]] = {
    Standing.NONE: _silent,
    Standing.CONFIRMED: _confirmed,
    Standing.WAITING: _waiting,
    Standing.OFFERED: _offered,
    Answer.MAYBE: _maybe,
    Answer.NO: _not_coming,
}
