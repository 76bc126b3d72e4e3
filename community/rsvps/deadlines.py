"""How long an offer is kept for the party that has it: the nearer the start, the shorter (R3).

On the day of the event nothing is kept: who answers first has the seat.
"""

from collections.abc import Callable
from datetime import datetime, timedelta

from storage.events import Event

SPANS = ((3, timedelta(hours=24)), (2, timedelta(hours=4)), (1, timedelta(hours=1)))
"""From so many days before the event on, a party has so long to answer (product.md R3)."""
GRACE = timedelta(hours=2)
"""After a stop of the machine a party has this long at least (F50)."""
_STEP = timedelta(minutes=15)
"""A limit is told to people in quarters of an hour."""
_WAKING = timedelta(hours=1)
"""A limit that would fall in quiet hours is so long after their end."""


def is_day_of(event: Event, *, now: datetime) -> bool:
    """Whether an event is today, or was, where it takes place."""
    return _days_to(event, now) <= 0


def answer_by(event: Event, *, is_quiet: Callable[[datetime], bool], now: datetime) -> datetime:
    """Give until when an offer that is made now is kept: never later than the start, in UTC.

    `is_quiet` tells whether people sleep at an instant. The event must have a start.
    """
    starts_at = event.starts_at or now
    days = _days_to(event, now)
    span = next((span for least, span in SPANS if days >= least), SPANS[-1][1])
    limit = _rounded_up(now + span)
    if is_quiet(limit):
        while is_quiet(limit):
            limit += _STEP
        limit += _WAKING
    return min(limit, starts_at)


def _days_to(event: Event, now: datetime) -> int:
    if event.day is None or event.starts is None or event.starts_at is None:
        return 0
    ahead = datetime.combine(event.day, event.starts) - event.starts_at.replace(tzinfo=None)
    return (event.day - (now.replace(tzinfo=None) + ahead).date()).days


def _rounded_up(instant: datetime) -> datetime:
    beyond = timedelta(
        minutes=instant.minute % 15, seconds=instant.second, microseconds=instant.microsecond
    )
    return instant + (_STEP - beyond if beyond else timedelta())
