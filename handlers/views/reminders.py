"""Reminders as people read them: how soon, what, and the two answers that matter (R6)."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from community.rsvps import Place
from handlers import buttons
from handlers.views.events import card_lines, when
from handlers.views.residents import home_key
from handlers.views.rsvps import Onlooker, answer_key, map_link, seats_line
from handlers.views.view import Key, Subject, View, escape, label, lines, rows
from handlers.words import Words
from storage.cards import CardKind
from storage.events import Event
from storage.rsvps import Answer

TOLD_IN_HOURS = timedelta(hours=3)
"""An event this near is told in hours, whatever the day."""
MOST_LISTED = 7
"""With a heading 8 lines a card (product.md, rule 4); two events on a day are much."""
NEARLY_AN_HOUR = timedelta(minutes=55)
_MINUTES_AN_HOUR = 60
_STEP, _QUARTER = 5, 15
"""Minutes are told in steps of so many, and from an hour on in quarters."""


def one(words: Words, place: Place, onlooker: Onlooker, *, zone: ZoneInfo) -> View:
    """Remind of one event."""
    event, rsvp = place.event, place.rsvp
    comes = rsvp is not None and rsvp.answer is Answer.YES
    head = words("reminders-one", soon=soon(words, event, now=onlooker.now, zone=zone))
    title, *rest = card_lines(words, event, commission=onlooker.commission, seats_left=None)
    text = lines(
        f"{head} {title}",
        *rest,
        seats_line(words, rsvp) if rsvp is not None and comes else words("reminders-maybe"),
    )
    keys = (
        answer_key(words, event, Answer.YES, "reminders-yes"),
        answer_key(words, event, Answer.NO, "reminders-no"),
    )
    way = (map_link(words, event, onlooker.town),)
    return View(text, (keys, way), Subject(CardKind.EVENT, event.id))


def several(words: Words, events: Iterable[Event], *, now: datetime, zone: ZoneInfo) -> View:
    """Remind of several events, each with a button to its card."""
    listed = list(events)[:MOST_LISTED]
    told = (
        words(
            "reminders-line",
            soon=soon(words, event, now=now, zone=zone),
            day=words.day(event.day) if event.day is not None else "",
            hour=words.hour(event.starts) if event.starts is not None else "",
            title=f"<b>{escape(event.title or '')}</b>",
        )
        for event in listed
    )
    keys = (Key(label(f"📅 {event.title or ''}"), buttons.OpenEvent(event.id)) for event in listed)
    return View(lines(words("reminders-several"), *told), (*rows(keys), (home_key(words),)))


def missed(words: Words, event: Event, people: int) -> View:
    """Tell an officer how many people were not reminded of an event in time."""
    text = lines(
        words("reminders-missed", people=people),
        f"<b>{escape(event.title or '')}</b>",
        when(words, event),
    )
    roster = Key(words("button-roster"), buttons.OpenRoster(event.id))
    return View(text, ((roster,), (home_key(words),)))


def soon(words: Words, event: Event, *, now: datetime, zone: ZoneInfo) -> str:
    """Say how near an event is: in minutes, in hours, today, tomorrow, or in so many days."""
    if event.starts_at is not None and event.starts_at - now <= TOLD_IN_HOURS:
        return _in_hours(words, event.starts_at - now)
    today = now.astimezone(zone).date()
    days = (event.day - today).days if event.day is not None else 0
    return words("reminders-soon-days", days=max(0, days))


def _in_hours(words: Words, remaining: timedelta) -> str:
    if remaining < NEARLY_AN_HOUR:
        return words("reminders-soon-minutes", minutes=max(_STEP, _rounded(remaining, _STEP)))
    hours, minutes = divmod(_rounded(remaining, _QUARTER), _MINUTES_AN_HOUR)
    key = "reminders-soon-hours-minutes" if minutes else "reminders-soon-hours"
    return words(key, hours=hours, minutes=minutes)


def _rounded(remaining: timedelta, step: int) -> int:
    """Give the minutes of a duration to the nearest step."""
    return step * round(remaining / timedelta(minutes=step))
