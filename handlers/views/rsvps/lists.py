"""Lists of events that lead to their cards: a person's own answers, and an officer's choice."""

from collections.abc import Callable, Sequence

from handlers import buttons
from handlers.buttons import Button
from handlers.views.residents import home_key
from handlers.views.view import Key, View, escape, label, lines, rows
from handlers.words import Words
from storage.events import Event
from storage.ids import EventId
from storage.rsvps import Answer, Engagement, Rsvp, Standing

MOST_LISTED = 6
"""With a heading and a line for the rest, 8 lines a card (product.md, rule 4)."""
_SIGNS = {
    Standing.CONFIRMED: "✅",
    Standing.WAITING: "⏳",
    Standing.OFFERED: "🎉",
    Standing.NONE: "🤔",
}
_STATES = {
    Standing.CONFIRMED: "rsvps-state-confirmed",
    Standing.WAITING: "rsvps-state-waiting",
    Standing.OFFERED: "rsvps-state-offered",
    Standing.NONE: "rsvps-state-maybe",
}


def engagements(words: Words, found: Sequence[Engagement]) -> View:
    """Give what a person said yes or maybe to, each with its state and a button to its card."""
    if not found:
        agenda = Key(words("button-agenda"), buttons.OpenAgenda())
        return View(words("rsvps-none"), ((agenda, home_key(words)),))
    listed = found[:MOST_LISTED]
    keys = (_key(_sign(one.rsvp), one.event, buttons.OpenEvent(one.event.id)) for one in listed)
    text = lines(
        words("rsvps-mine"),
        *(_line(words, one) for one in listed),
        _rest(words, len(found) - len(listed)),
    )
    return View(text, (*rows(keys), (home_key(words),)))


def choice(words: Words, found: Sequence[Event], opens: Callable[[EventId], Button]) -> View:
    """Ask an officer which coming event, soonest first."""
    if not found:
        new = Key(words("button-new-event"), buttons.NewEvent())
        return View(words("rsvps-no-event"), ((new, home_key(words)),))
    listed = found[:MOST_LISTED]
    keys = (_key("📅", event, opens(event.id)) for event in listed)
    text = lines(
        words("rsvps-which-event"),
        *(words("rsvps-line", moment=_moment(words, one), title=_title(one)) for one in listed),
        _rest(words, len(found) - len(listed)),
    )
    return View(text, (*rows(keys), (home_key(words),)))


def _line(words: Words, one: Engagement) -> str:
    state = words(_STATES[one.rsvp.standing], seats=one.rsvp.party)
    moment = _moment(words, one.event)
    return words("rsvps-line-mine", state=state, moment=moment, title=_title(one.event))


def _key(sign: str, event: Event, button: Button) -> Key:
    return Key(label(f"{sign} {event.title or ''}"), button)


def _sign(rsvp: Rsvp) -> str:
    return _SIGNS[rsvp.standing] if rsvp.answer is Answer.YES else _SIGNS[Standing.NONE]


def _moment(words: Words, event: Event) -> str:
    if event.day is None or event.starts is None:
        return ""
    return words("rsvps-moment", day=words.day(event.day), hour=words.hour(event.starts))


def _title(event: Event) -> str:
    return f"<b>{escape(event.title or '')}</b>"


def _rest(words: Words, number: int) -> str | None:
    return words("rsvps-others-in-agenda", number=number) if number > 0 else None
