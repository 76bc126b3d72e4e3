"""Reading one sentence into the parts of an event.

What is understood is crossed out, part after part; what stands before the first of it is the
title. Nothing that carries a meaning is dropped: a word ends in the title, in the place, or in a
doubt that the bot asks about.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time

from community.reading.dates import DayMention, find_days, settle_day
from community.reading.doubts import Doubt, Field, Mention, Reason, quote, settle
from community.reading.extras import drop_free, find_childcare, find_commissions, find_prices
from community.reading.locations import Place, find_places, settle_places
from community.reading.patterns import ENDS, one_of
from community.reading.remains import glue_of, parts_left, trimmed
from community.reading.seats import UNLIMITED, find_counted_seats, find_led_seats
from community.reading.text import (
    MAX_SENTENCE_LENGTH,
    QUOTE_LENGTH,
    Sentence,
    capitalise,
    clean,
    fold,
)
from community.reading.times import HourMention, Hours, find_hours, settle_hours
from community.reading.vocabulary import Vocabulary


@dataclass(frozen=True, slots=True)
class Reading:
    """What a sentence says of an event; None is what it does not say, or not surely.

    `is_unlimited` tells seats without a limit from seats that were not spoken of.
    """

    title: str | None = None
    day: date | None = None
    starts: time | None = None
    ends: time | None = None
    location: str | None = None
    capacity: int | None = None
    childcare: bool | None = None
    commission: str | None = None
    is_unlimited: bool = False
    doubts: tuple[Doubt, ...] = ()


def read(
    sentence: str,
    vocabulary: Vocabulary,
    *,
    now: datetime,
    commissions: Sequence[str] = (),
    places: Sequence[str] = (),
) -> Reading:
    """Read a sentence and return the parts of an event that it tells, with what is to be asked.

    Any text may be given; a field with a doubt stays None.

    Args:
        sentence: as the person typed it.
        vocabulary: the words of their language.
        now: the wall clock in the event's zone.
        commissions: the names that may be returned as `commission`.
        places: names of places that are recognised wherever they stand.
    """
    if len(sentence) > MAX_SENTENCE_LENGTH:
        quoted = clean(sentence[:QUOTE_LENGTH])
        return Reading(doubts=(Doubt(Field.SENTENCE, quoted, Reason.TOO_LONG),))
    left = Sentence(sentence)
    found = _find(left, vocabulary, now.date(), commissions, places)
    title, rest = _title(left, vocabulary)
    day, day_doubts = settle_day(found.days)
    hours = _hours(found, day, now)
    location, place_doubts = settle_places(found.places, has_title=title is not None)
    capacity, seat_doubts = settle(Field.CAPACITY, found.seats)
    childcare, childcare_doubts = settle(Field.CHILDCARE, found.childcare)
    groups = (mention for text in rest if (mention := _unknown_group(text, found, vocabulary)))
    commission, commission_doubts = settle(Field.COMMISSION, (*found.commissions, *groups))
    doubts = (*day_doubts, *hours.doubts, *place_doubts, *seat_doubts, *childcare_doubts)
    left_over = _left_over(rest, vocabulary, has_place=bool(found.places))
    return Reading(
        title=title,
        day=day,
        starts=hours.start,
        ends=hours.end,
        location=location,
        capacity=capacity or None,
        childcare=childcare,
        commission=commission,
        is_unlimited=capacity == UNLIMITED,
        doubts=(*doubts, *commission_doubts, *found.prices, *left_over),
    )


@dataclass(frozen=True, slots=True)
class _Found:
    """All that was crossed out of a sentence."""

    seats: tuple[Mention[int], ...]
    prices: tuple[Doubt, ...]
    days: tuple[DayMention, ...]
    hours: tuple[HourMention, ...]
    childcare: tuple[Mention[bool], ...]
    commissions: tuple[Mention[str], ...]
    places: tuple[Place, ...]


def _find(
    left: Sentence,
    vocabulary: Vocabulary,
    today: date,
    commissions: Sequence[str],
    places: Sequence[str],
) -> _Found:
    """Cross out what is understood: first what could be taken for something else."""
    counted = tuple(find_counted_seats(left, vocabulary))
    prices = tuple(find_prices(left, vocabulary))
    told = find_days(left, vocabulary, today)
    hours = find_hours(left, vocabulary)
    drop_free(left, vocabulary)
    return _Found(
        seats=(*counted, *find_led_seats(left, vocabulary)),
        prices=prices,
        days=told,
        hours=hours,
        childcare=tuple(find_childcare(left, vocabulary)),
        commissions=tuple(find_commissions(left, vocabulary, commissions)),
        places=tuple(find_places(left, vocabulary, places)),
    )


def _hours(found: _Found, day: date | None, now: datetime) -> Hours:
    """Return the hours meant on that day, still ahead; a part of the day alone is too vague."""
    parts = {mention.part: mention.said.text for mention in found.days if mention.part}
    part = next(iter(parts)) if len(parts) == 1 else None
    if parts and not found.hours:
        vague = (Doubt(Field.STARTS, text, Reason.VAGUE) for text in parts.values())
        return Hours(None, None, tuple(vague))
    hours = settle_hours(found.hours, part)
    if hours.start and day == now.date() and hours.start <= now.time():
        text = quote(found.hours)
        return Hours(None, None, (*hours.doubts, Doubt(Field.STARTS, text, Reason.PAST)))
    return hours


def _title(left: Sentence, vocabulary: Vocabulary) -> tuple[str | None, tuple[str, ...]]:
    """Return the title and the parts that nothing has taken.

    The title stands before all that was understood; else it is the first part left.
    """
    glue = glue_of(vocabulary)
    title = trimmed(left, 0, left.title_end, glue)
    texts = [text for text in parts_left(left, left.title_end, glue) if text]
    if title is None and texts and not _names_group(texts[0], vocabulary):
        title = texts.pop(0)
    return (capitalise(title) if title else None), tuple(texts)


def _names_group(text: str, vocabulary: Vocabulary) -> bool:
    return re.match(rf"{one_of(vocabulary.commission_leads)}{ENDS}", fold(text)) is not None


def _unknown_group(text: str, found: _Found, vocabulary: Vocabulary) -> Mention[str] | None:
    """Return a part left that names a group, unless it is one that was recognised in a title."""
    if not _names_group(text, vocabulary) or any(text == said.text for said in found.commissions):
        return None
    return Mention(text, Reason.UNKNOWN)


def _left_over(texts: Iterable[str], vocabulary: Vocabulary, *, has_place: bool) -> Iterator[Doubt]:
    """Yield a doubt for each part that nothing has taken: perhaps the place, if none is known."""
    field = Field.SENTENCE if has_place else Field.LOCATION
    for text in texts:
        if not _names_group(text, vocabulary):
            yield Doubt(field, text, Reason.UNCLEAR)
