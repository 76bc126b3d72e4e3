"""A group's card of an event: counts, never names (product.md, rule 8)."""

from datetime import datetime

from community.events import closed
from handlers import buttons
from handlers.views.events import card_lines
from handlers.views.view import Key, Subject, View, lines
from handlers.words import Words
from storage.cards import CardKind
from storage.commissions import Commission
from storage.events import Event, EventStatus
from storage.rsvps import Answer, Counts


def group_card(
    words: Words,
    event: Event,
    counts: Counts,
    *,
    commission: Commission | None,
    seats_left: int | None,
    now: datetime,
) -> View:
    """Give a group's card; one of an event that takes no answers has no buttons."""
    subject = Subject(CardKind.GROUP, event.id)
    if closed(event, now=now) is not None:
        started = None if event.status is EventStatus.CANCELLED else words("rsvps-started")
        told = card_lines(words, event, commission=commission, seats_left=None)
        return View(lines(started, *told), (), subject)
    told = card_lines(words, event, commission=commission, seats_left=seats_left)
    text = lines(*told, counted(words, counts))
    keys = (
        Key(words("rsvps-yes"), buttons.AnswerInGroup(event.id, Answer.YES)),
        Key(words("rsvps-no"), buttons.AnswerInGroup(event.id, Answer.NO)),
    )
    return View(text, (keys,), subject)


def counted(words: Words, counts: Counts) -> str:
    """Count those who come, who may come and who wait; who has an offer still waits."""
    return words(
        "rsvps-counts",
        yes=counts.parties,
        maybe=counts.maybe,
        waiting=counts.waiting + counts.offered,
    )
