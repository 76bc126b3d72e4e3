"""What the cards of an event are made of."""

from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlencode

from community.residents import may_act_as
from community.rsvps import Place
from handlers import buttons
from handlers.views.events import card_lines
from handlers.views.residents import home_key
from handlers.views.view import Key, Link, Row, Subject, View, escape, lines
from handlers.words import Words
from storage.cards import CardKind
from storage.commissions import Commission
from storage.events import Event
from storage.residents import Resident, Role
from storage.rsvps import Answer, Rsvp

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


def screen(words: Words, place: Place, onlooker: Onlooker, text: str, *rows: Row) -> View:
    """Give a screen that is edited when its event changes; officers may manage the event."""
    if not may_act_as(onlooker.resident, Role.OFFICER):
        return View(text, rows, subject_of(place.event))
    manage: Row = (Key(words("rsvps-manage"), buttons.ManageEvent(place.event.id)),)
    home: Row = (home_key(words),)
    laid = (*rows[:-1], manage + home) if rows[-1] == home else (*rows, manage)
    return View(text, laid, subject_of(place.event))


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


def subject_of(event: Event) -> Subject:
    """Give what a person's card shows, so that it can be edited later."""
    return Subject(CardKind.EVENT, event.id)


def plain_lines(words: Words, event: Event, onlooker: Onlooker) -> str:
    """Give what an event is, without the seats that are left."""
    return lines(*card_lines(words, event, commission=onlooker.commission, seats_left=None))


def way_and_home(words: Words, event: Event, onlooker: Onlooker) -> Row:
    """Give the way to the place, and home."""
    return map_link(words, event, onlooker.town), home_key(words)


def known(place: Place) -> Rsvp:
    """Give the answer of somebody who has answered."""
    if place.rsvp is None:
        raise LookupError("this person has not answered")
    return place.rsvp
