"""Reading one answer, when the bot asked for a day, for hours or for a number.

Here a bare number is enough; but the whole answer must be understood, or it is asked again.
"""

from datetime import date, datetime, time
from typing import TypeVar

from community.reading import days
from community.reading.dates import find_days, numbered_day, settle_day
from community.reading.doubts import Doubt, Field, Reason, settle
from community.reading.remains import glue_of, parts_left
from community.reading.seats import MAX_SEATS, UNLIMITED, find_counted_seats, find_led_seats
from community.reading.text import MAX_SENTENCE_LENGTH, QUOTE_LENGTH, Sentence, clean, fold
from community.reading.times import find_hours, settle_hours
from community.reading.vocabulary import Vocabulary

T = TypeVar("T")

# Anything longer is no day, no hour and no count.
MAX_DIGITS = 6


def read_day(text: str, vocabulary: Vocabulary, *, now: datetime) -> date | Doubt:
    """Read an answer that should be a day and return it, or why it cannot be taken.

    A bare number is the next day of that number. `now` is the wall clock in the event's zone.
    """
    number = _bare_number(text)
    if number is not None:
        found = days.within_reach(now.date(), numbered_day(now.date(), number))
        return Doubt(Field.DAY, clean(text), found) if isinstance(found, Reason) else found
    left = _sentence(text, Field.DAY)
    if isinstance(left, Doubt):
        return left
    day, doubts = settle_day(find_days(left, vocabulary, now.date()))
    return doubts[0] if doubts else _whole(left, vocabulary, day, Field.DAY)


def read_hours(text: str, vocabulary: Vocabulary) -> tuple[time, time | None] | Doubt:
    """Read an answer that should be an hour, or from when to when, and return start and end.

    The end is None when it is not told. Whether the hour is already past is not looked at.
    """
    left = _sentence(text, Field.STARTS)
    if isinstance(left, Doubt):
        return left
    hours = settle_hours(find_hours(left, vocabulary, bare=True))
    if hours.doubts:
        return hours.doubts[0]
    told = None if hours.start is None else (hours.start, hours.end)
    return _whole(left, vocabulary, told, Field.STARTS)


def read_seats(text: str, vocabulary: Vocabulary) -> int | Doubt | None:
    """Read an answer that should tell how many seats and return it; None for no limit."""
    if _bare_number(text) is not None:
        count = read_number(text)
        return count or Doubt(Field.CAPACITY, clean(text), Reason.IMPOSSIBLE)
    left = _sentence(text, Field.CAPACITY)
    if isinstance(left, Doubt):
        return left
    told = (*find_counted_seats(left, vocabulary), *find_led_seats(left, vocabulary))
    seats, doubts = settle(Field.CAPACITY, told)
    if doubts:
        return doubts[0]
    whole = _whole(left, vocabulary, seats, Field.CAPACITY)
    return None if whole == UNLIMITED else whole


def read_number(text: str) -> int | Doubt:
    """Read an answer that should be a plain number, zero or more, and return it."""
    number = _bare_number(text)
    if number is None:
        left = _sentence(text, Field.CAPACITY)
        quoted = left if isinstance(left, Doubt) else None
        return quoted or Doubt(Field.CAPACITY, clean(text), Reason.UNCLEAR)
    return number if number <= MAX_SEATS else Doubt(Field.CAPACITY, clean(text), Reason.TOO_MANY)


def _bare_number(text: str) -> int | None:
    """Return the number that an answer is, if it is nothing else."""
    if len(text) > MAX_SENTENCE_LENGTH:
        return None
    digits = fold(clean(text)).rstrip(".!")
    return int(digits) if digits.isdecimal() and len(digits) <= MAX_DIGITS else None


def _sentence(text: str, field: Field) -> Sentence | Doubt:
    if len(text) > MAX_SENTENCE_LENGTH:
        return Doubt(field, clean(text[:QUOTE_LENGTH]), Reason.TOO_LONG)
    return Sentence(text)


def _whole(left: Sentence, vocabulary: Vocabulary, told: T | None, field: Field) -> T | Doubt:
    """Return what was told if nothing else stands in the answer."""
    rest = any(parts_left(left, 0, glue_of(vocabulary)))
    return Doubt(field, left.whole, Reason.UNCLEAR) if told is None or rest else told
