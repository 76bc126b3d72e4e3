"""The rules of answers and seats, as functions of values."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from storage.events import Event
from storage.ids import UpdateId
from storage.rsvps import Answer, Guest, Rsvp, Seats, Standing

MOST_GUESTS = 9
"""People who come along on one answer; a larger party calls."""
UNDO_TIME = timedelta(minutes=10)
"""How long given-up seats are kept for their party (product.md R6)."""
NO_UNDO_BEFORE_START = timedelta(hours=2)
"""So near the start given-up seats go on at once (product.md R6)."""
OUT_OF_ORDER = timedelta(hours=1)
"""An update with a lower id than the last answer's is older only if it comes this soon (F37)."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a person stands with an event; `position` counts from 1 on the waitlist, else None."""

    event: Event
    rsvp: Rsvp | None
    seats_left: int | None
    position: int | None


def seats_left(capacity: int | None, seats: Seats) -> int | None:
    """Give the seats that anybody may have now, 0 where more are taken; None without a limit."""
    return None if capacity is None else max(0, capacity - seats.taken)


def fits(party: int, left: int | None) -> bool:
    """Whether a party finds seats."""
    return left is None or party <= left


def decide(
    old: Rsvp, answer: Answer, *, left: int | None, starts_at: datetime, now: datetime
) -> Rsvp:
    """Give the answer that a person now has.

    Args:
        old: what they had; for a first answer, one of Standing.NONE.
        answer: what they now say.
        left: seats free for this person, those that they hold or have kept for an undo included.
        starts_at: when the event starts.
        now: the present instant.
    """
    if answer is Answer.YES:
        return _decide_yes(old, left=left, now=now)
    gives_up = old.standing is Standing.CONFIRMED
    may_undo = gives_up and starts_at - now > NO_UNDO_BEFORE_START
    return replace(
        old,
        answer=answer,
        standing=Standing.NONE,
        queued_at=None,
        offered_at=None,
        offer_ends_at=None,
        held_until=now + UNDO_TIME if may_undo else old.held_until,
    )


def _decide_yes(old: Rsvp, *, left: int | None, now: datetime) -> Rsvp:
    yes = replace(old, answer=Answer.YES, held_until=None)
    if old.standing is Standing.CONFIRMED:
        return yes
    if old.standing is Standing.OFFERED or fits(yes.party, left):
        return replace(
            yes,
            standing=Standing.CONFIRMED,
            queued_at=None,
            offered_at=None,
            offer_ends_at=None,
        )
    if old.standing is Standing.WAITING:
        return yes
    return replace(yes, standing=Standing.WAITING, queued_at=now)


def own_seats(rsvp: Rsvp, *, now: datetime) -> int:
    """Count the seats that a person's answer takes or keeps for an undo."""
    if rsvp.standing in {Standing.CONFIRMED, Standing.OFFERED}:
        return rsvp.party
    is_waiting = rsvp.standing is Standing.WAITING
    return 0 if is_waiting or rsvp.held_until is None or rsvp.held_until <= now else rsvp.party


def room(rsvp: Rsvp, *, left: int | None, capacity: int | None) -> int | None:
    """Give how large a party may become: who waits may wait for all the seats that there are."""
    return capacity if rsvp.standing is Standing.WAITING else left


def is_outdated(last: Rsvp, cause: UpdateId, *, now: datetime) -> bool:
    """Whether an update is an older one than that which made the present answer (F37)."""
    is_recent = now - last.answered_at <= OUT_OF_ORDER
    return is_recent and last.cause is not None and cause < last.cause


def next_parties(queue: Sequence[Guest], left: int | None) -> list[Guest]:
    """Choose who is offered seats: in turn, whoever can be reached and whose party fits."""
    chosen: list[Guest] = []
    for guest in queue:
        if guest.resident.is_reachable and fits(guest.rsvp.party, left):
            chosen.append(guest)
            left = None if left is None else left - guest.rsvp.party
    return chosen
