"""Announcements: as each person gets them (R5), and as their officer steers them (A2)."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from math import ceil

from community.broadcasts import Progress
from community.events import closed
from community.rsvps import Place
from handlers import buttons
from handlers.views.events import card_lines
from handlers.views.residents import home_key
from handlers.views.rsvps import (
    Onlooker,
    answer_row,
    card,
    map_link,
    maybe_key,
    summary,
)
from handlers.views.view import MOST_LABEL, Key, Subject, View, label, lines, rows
from handlers.words import Words
from storage.broadcasts import Audience, BroadcastStatus
from storage.cards import CardKind
from storage.commissions import Commission
from storage.events import Event
from storage.outbox import OutboxState

MOST_COMMISSIONS = 7
"""With everybody they fill 4 rows of 2 (product.md, rule 4)."""
_PEOPLE = "👥"
_BLOCKED = (OutboxState.SKIPPED, OutboxState.FAILED)
_UNSENT = (OutboxState.EXPIRED, OutboxState.CANCELLED)


@dataclass(frozen=True, slots=True)
class Target:
    """Somebody to announce to: a commission, or everybody without one; `number` can be reached."""

    commission: Commission | None
    number: int


@dataclass(frozen=True, slots=True)
class Pace:
    """What progress depends on besides the counts. `groups` also get the event's card.

    While nothing may leave, `goes_on_at` is when it goes on, by the wall clock.
    """

    now: datetime
    messages_per_second: int
    groups: int
    goes_on_at: datetime | None = None

    def seconds_for(self, messages: int) -> int:
        """Give how many seconds some messages take at least."""
        return ceil(messages / self.messages_per_second)


def announcement(words: Words, place: Place, onlooker: Onlooker) -> View:
    """Tell a person of an event; who has answered sees where they stand instead."""
    return _telling(words, place, onlooker, head=None)


def nudge(words: Words, place: Place, onlooker: Onlooker) -> View:
    """Ask a person who has not answered once more."""
    return _telling(words, place, onlooker, head=words("broadcasts-nudge"))


def _telling(words: Words, place: Place, onlooker: Onlooker, *, head: str | None) -> View:
    event = place.event
    if place.rsvp is not None or closed(event, now=onlooker.now) is not None:
        return card(words, place, onlooker)
    told = card_lines(words, event, commission=onlooker.commission, seats_left=place.seats_left)
    return View(
        lines(head, *told),
        (
            answer_row(words, event),
            (maybe_key(words, event), map_link(words, event, onlooker.town)),
            (Key(words("broadcasts-fewer"), buttons.FewerMessages(event.id)),),
        ),
        Subject(CardKind.EVENT, event.id),
    )


def targets(words: Words, event: Event, found: Sequence[Target]) -> View:
    """Ask for whom an event is announced."""
    keys = (_target_key(words, event, target) for target in found)
    back = Key(words("button-back"), buttons.ManageEvent(event.id))
    text = lines(words("broadcasts-for-whom"), summary(words, event))
    return View(text, (*rows(keys), (back, home_key(words))))


def _target_key(words: Words, event: Event, target: Target) -> Key:
    number, commission = f" · {target.number}", target.commission
    if commission is None:
        text = words("broadcasts-everybody") + number
        return Key(text, buttons.PreviewBroadcast(event.id, Audience.EVERYONE, 0))
    name = label(f"{_PEOPLE} {commission.name}", most=MOST_LABEL - len(number))
    return Key(
        name + number, buttons.PreviewBroadcast(event.id, Audience.COMMISSION, commission.id)
    )


def progress(words: Words, told: Progress, pace: Pace) -> View:
    """Show an officer how far a broadcast has come, with what can be done about it now."""
    return _STAGES[told.broadcast.status](words, told, pace)


def repeated(words: Words, told: Progress) -> View:
    """Ask whether the same goes out to the same people a second time within a day (F47)."""
    broadcast_id = told.broadcast.id
    keys = (
        Key(words("broadcasts-again"), buttons.SendBroadcast(broadcast_id, again=True)),
        Key(words("broadcasts-drop"), buttons.TakeBackBroadcast(broadcast_id)),
    )
    text = lines(words("refusal-repeated"), summary(words, told.event))
    return View(text, rows(keys, wide=1), _subject(told))


def _subject(told: Progress) -> Subject:
    return Subject(CardKind.BROADCAST, told.broadcast.id)


def _previewed(words: Words, told: Progress, pace: Pace) -> View:
    reach, broadcast_id = told.reach, told.broadcast.id
    send = Key(
        words("broadcasts-send", number=reach.reachable),
        buttons.SendBroadcast(broadcast_id, again=False),
    )
    drop = Key(words("broadcasts-drop"), buttons.TakeBackBroadcast(broadcast_id))
    has_readers = reach.reachable > 0 or pace.groups > 0
    counted = words(
        "broadcasts-preview",
        people=reach.people,
        reachable=words("broadcasts-reachable", number=reach.reachable),
        seconds=pace.seconds_for(reach.reachable),
    )
    return View(
        lines(
            counted if has_readers else words("broadcasts-nobody"),
            words("broadcasts-groups", number=pace.groups) if pace.groups else None,
        ),
        ((send, drop) if has_readers else (drop,),),
        _subject(told),
    )


def _held(words: Words, told: Progress, pace: Pace) -> View:
    leaves_at = told.broadcast.leaves_at or pace.now
    seconds = max(0, ceil((leaves_at - pace.now).total_seconds()))
    keys = (
        Key(words("broadcasts-take-back"), buttons.TakeBackBroadcast(told.broadcast.id)),
        Key(words("broadcasts-now"), buttons.HurryBroadcast(told.broadcast.id)),
    )
    text = lines(words("broadcasts-held", seconds=seconds), summary(words, told.event))
    return View(text, (keys,), _subject(told))


def _sending(words: Words, told: Progress, pace: Pace) -> View:
    parts = (
        words("broadcasts-progress", sent=told.sent, total=told.total),
        words("broadcasts-progress-blocked", number=told.unreachable) if told.unreachable else "",
        words("broadcasts-progress-uncertain", number=told.uncertain) if told.uncertain else "",
        _outlook(words, told, pace),
    )
    stop = Key(words("broadcasts-stop"), buttons.StopBroadcast(told.broadcast.id))
    text = lines(" · ".join(part for part in parts if part), summary(words, told.event))
    return View(text, ((stop,),), _subject(told))


def _outlook(words: Words, told: Progress, pace: Pace) -> str:
    """Tell how long it still takes; while it is held, when it goes on, by the next full minute."""
    if pace.goes_on_at is None:
        return words("broadcasts-progress-left", seconds=pace.seconds_for(told.waiting))
    goes_on_at = pace.goes_on_at + timedelta(seconds=59)
    return words("broadcasts-progress-held", time=f"{goes_on_at:%H:%M}")


def _sent(words: Words, told: Progress, _: Pace) -> View:
    return _ended(words, told, _result(words, told))


def _cancelled(words: Words, told: Progress, _: Pace) -> View:
    if told.total == 0:
        return _ended(words, told, words("broadcasts-taken-back"))
    return _ended(words, told, f"{words('broadcasts-stopped')} {_result(words, told)}")


def _ended(words: Words, told: Progress, text: str) -> View:
    who = Key(words("broadcasts-answers"), buttons.OpenRoster(told.event.id))
    return View(lines(text, summary(words, told.event)), ((who, home_key(words)),), _subject(told))


def _result(words: Words, told: Progress) -> str:
    """Count how the messages ended; each is in exactly one part (F48)."""
    blocked = sum(told.tally.get(state, 0) for state in _BLOCKED)
    unsent = sum(told.tally.get(state, 0) for state in _UNSENT) + told.waiting
    parts = (
        words("broadcasts-received", number=told.sent),
        words("broadcasts-blocked", number=blocked) if blocked else "",
        words("broadcasts-uncertain", number=told.uncertain) if told.uncertain else "",
        words("broadcasts-unsent", number=unsent) if unsent else "",
    )
    return " · ".join(part for part in parts if part)


_STAGES: Mapping[BroadcastStatus, Callable[[Words, Progress, Pace], View]] = {
    BroadcastStatus.DRAFT: _previewed,
    BroadcastStatus.HELD: _held,
    BroadcastStatus.SENDING: _sending,
    BroadcastStatus.SENT: _sent,
    BroadcastStatus.CANCELLED: _cancelled,
}
