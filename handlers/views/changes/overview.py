"""An officer's view of one event: what it is, who answered, and what can be done with it."""

from dataclasses import dataclass
from datetime import datetime

from community.events import closed
from handlers.buttons import (
    Announce,
    AskCancel,
    CancelNow,
    ChangeEvent,
    ChangeField,
    KeepEvent,
    ManageEvent,
    OpenRoster,
    ShareEvent,
)
from handlers.views.events import card_lines, field_rows
from handlers.views.residents import home_key
from handlers.views.rsvps.parts import summary
from handlers.views.view import Key, Row, Subject, View, escape, lines
from handlers.words import Words
from storage.cards import CardKind
from storage.commissions import Commission
from storage.events import Event
from storage.rsvps import Counts


@dataclass(frozen=True, slots=True)
class Overview:
    """An event, whom it is for, the seats left (None: no limit) and how it is answered."""

    event: Event
    commission: Commission | None
    seats_left: int | None
    counts: Counts


def created(words: Words, event: Event) -> View:
    """Tell that an event is in the agenda, and that nobody has heard of it."""
    return View(
        lines(words("changes-created"), summary(words, event)),
        (
            (
                Key(words("button-announce"), Announce(event.id)),
                Key(words("events-share"), ShareEvent(event.id)),
            ),
            (Key(words("rsvps-manage"), ManageEvent(event.id)), home_key(words)),
        ),
    )


def overview(words: Words, shown: Overview, *, now: datetime) -> View:
    """Show what an event is and who answered, with what can still be done."""
    event = shown.event
    is_open = closed(event, now=now) is None
    return View(
        lines(*card(words, shown), _counts(words, shown.counts)),
        _rows_of_open(words, event) if is_open else _rows_of_closed(words, event),
    )


def card(words: Words, shown: Overview) -> list[str]:
    """Give the lines of an event's card."""
    return card_lines(words, shown.event, commission=shown.commission, seats_left=shown.seats_left)


def field_choice(words: Words, shown: Overview) -> View:
    """Ask which field is to be changed."""
    event_id = shown.event.id
    return View(
        lines(words("changes-ask-field"), *card(words, shown)),
        (
            *field_rows(lambda field: ChangeField(event_id, field)),
            (Key(words("button-back"), ManageEvent(event_id)),),
        ),
    )


def held(words: Words, event: Event, *, now: datetime) -> View:
    """Tell that an event will be cancelled in a moment; the message shows what becomes of it."""
    left = event.cancel_at - now if event.cancel_at is not None else now - now
    return View(
        lines(
            words("changes-held", seconds=max(0, round(left.total_seconds()))),
            summary(words, event),
        ),
        (
            (
                Key(words("changes-keep"), KeepEvent(event.id)),
                Key(words("changes-cancel-now"), CancelNow(event.id)),
            ),
        ),
        Subject(CardKind.EVENT, event.id),
    )


def cancelled(words: Words, event: Event, *, told: int) -> View:
    """Tell an officer that an event is cancelled, and how many are told of it."""
    return View(
        lines(
            words("changes-is-cancelled", title=escape(event.title or "")),
            words("changes-told", count=told),
        ),
        ((Key(words("button-roster"), OpenRoster(event.id)), home_key(words)),),
    )


def _rows_of_open(words: Words, event: Event) -> tuple[Row, ...]:
    return (
        (
            Key(words("button-roster"), OpenRoster(event.id)),
            Key(words("changes-change"), ChangeEvent(event.id)),
        ),
        (
            Key(words("button-announce"), Announce(event.id)),
            Key(words("events-share"), ShareEvent(event.id)),
        ),
        (Key(words("changes-cancel"), AskCancel(event.id)), home_key(words)),
    )


def _rows_of_closed(words: Words, event: Event) -> tuple[Row, ...]:
    return ((Key(words("button-roster"), OpenRoster(event.id)), home_key(words)),)


def _counts(words: Words, counts: Counts) -> str:
    return words(
        "changes-counts",
        people=counts.headcount,
        maybe=counts.maybe,
        waiting=counts.waiting + counts.offered,
        no=counts.no,
    )
