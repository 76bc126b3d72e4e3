"""Finding the day in a sentence: a date, a weekday, so many days from now.

Each way of telling a day has one rule here, which turns a match into a day or says why not.
A year that is not given is that of the next such day; a day that could be two is a doubt.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from community.reading import days
from community.reading.day_parts import Part, part_in
from community.reading.day_patterns import Way, day_patterns
from community.reading.doubts import Doubt, Field, Mention, Reason, settle
from community.reading.patterns import key_of, meanings
from community.reading.text import Sentence
from community.reading.vocabulary import Vocabulary

Found = date | Reason

# A weekday that agrees with a date of the last weeks, and not with the next, says it is past.
RECENT_DAYS = 31
_CENTURY = 2000


@dataclass(frozen=True, slots=True)
class DayMention:
    """Words that tell a day; `is_loose` when they only name a weekday."""

    said: Mention[date]
    weekday: int | None
    part: Part | None
    is_loose: bool


def find_days(sentence: Sentence, vocabulary: Vocabulary, today: date) -> tuple[DayMention, ...]:
    """Cross out every day that a sentence tells and return them."""
    almanac = Almanac(vocabulary, today)
    found = []
    for way, pattern in day_patterns(vocabulary).items():
        for match in pattern.finditer(sentence.left):
            text = sentence.claim(*match.span())
            said = Mention(text, days.within_reach(today, RULES[way](almanac, match)))
            loose = way in _LOOSE
            found.append(DayMention(said, almanac.weekday(match), part_in(match), loose))
    return tuple(found)


def settle_day(mentions: Iterable[DayMention]) -> tuple[date | None, tuple[Doubt, ...]]:
    """Weigh all days told and return the one day they agree on, or the doubts.

    A weekday alone only has to agree with a date told elsewhere.
    """
    told = tuple(mentions)
    dated = tuple(mention for mention in told if not mention.is_loose)
    day, doubts = settle(Field.DAY, tuple(mention.said for mention in dated or told))
    if day is None or not dated:
        return day, doubts
    apart = [m for m in told if m.weekday and m.weekday != day.isoweekday()]
    if apart:
        text = " · ".join(mention.said.text for mention in (*apart, *dated))
        return None, (Doubt(Field.DAY, text, Reason.MISMATCH),)
    return day, doubts


class Almanac:
    """Today, and what the phrases of a vocabulary stand for."""

    def __init__(self, vocabulary: Vocabulary, today: date) -> None:
        self.today = today
        self.day_first = vocabulary.day_first
        self._weekdays = meanings(vocabulary.weekdays + vocabulary.weekday_shorts)
        self._months = meanings(vocabulary.months)
        self.numbers = meanings(vocabulary.numbers)
        self.ordinals = meanings(vocabulary.ordinals)
        self.relative = meanings(vocabulary.relative_days)
        self.weeks = meanings(vocabulary.weeks_after + vocabulary.weeks_before)
        self.loose_days = meanings(vocabulary.loose_days)

    def weekday(self, match: re.Match[str]) -> int | None:
        """Return the weekday that a match names."""
        said = match.groupdict()
        name = said.get("weekday") or said.get("short")
        return self._weekdays[key_of(name)] if name else None

    def month(self, match: re.Match[str]) -> int:
        """Return the month that a match names."""
        return self._months[key_of(match["month"])]

    def coming(self, match: re.Match[str]) -> date:
        """Return the first such weekday after today."""
        return days.coming(self.today, self.weekday(match) or self.today.isoweekday())

    def is_today(self, match: re.Match[str]) -> bool:
        """Return whether a match names today's weekday."""
        return self.weekday(match) == self.today.isoweekday()


def _dated(almanac: Almanac, match: re.Match[str], month: int, day: int) -> Found:
    """Return a day and month in the year told or the next, if its weekday agrees."""
    year = match["year"]
    if year:
        full_year = int(year) if len(year) > len("26") else _CENTURY + int(year)
        return _agreeing(almanac, match, days.exact(full_year, month, day))
    found = days.next_of_year(almanac.today, month, day)
    agreeing = _agreeing(almanac, match, found)
    if agreeing is Reason.MISMATCH and isinstance(found, date):
        before = _agreeing(almanac, match, days.exact(found.year - 1, month, day))
        recent = days.in_days(almanac.today, -RECENT_DAYS)
        return before if isinstance(before, date) and before >= recent else agreeing
    return agreeing


def _agreeing(almanac: Almanac, match: re.Match[str], found: Found) -> Found:
    weekday = almanac.weekday(match)
    if weekday is None or isinstance(found, Reason) or found.isoweekday() == weekday:
        return found
    return Reason.MISMATCH


def _full(almanac: Almanac, match: re.Match[str]) -> Found:
    return _dated(almanac, match, almanac.month(match), int(match["day"]))


def _iso(_almanac: Almanac, match: re.Match[str]) -> Found:
    return days.exact(int(match["year"]), int(match["second"]), int(match["day"]))


def _numeric(almanac: Almanac, match: re.Match[str]) -> Found:
    first, second = int(match["first"]), int(match["second"])
    if almanac.day_first or first == second or first > days.MONTHS_IN_YEAR:
        return _dated(almanac, match, second, first)
    if second > days.MONTHS_IN_YEAR:
        return _dated(almanac, match, first, second)
    return Reason.AMBIGUOUS


def _nth(almanac: Almanac, match: re.Match[str]) -> Found:
    ordinal = almanac.ordinals[key_of(match["ordinal"])]
    weekday = almanac.weekday(match) or 0
    if match["month"]:
        return _nth_of_named_month(almanac, match, ordinal, weekday)
    later = 1 if match["later"] else 0
    found = days.nth(*days.month_after(almanac.today, later), ordinal, weekday)
    if later or isinstance(found, Reason) or found >= almanac.today:
        return found
    return days.nth(*days.month_after(almanac.today, 1), ordinal, weekday)


def _nth_of_named_month(
    almanac: Almanac, match: re.Match[str], ordinal: int, weekday: int
) -> Found:
    month = almanac.month(match)
    if match["year"]:
        return days.nth(int(match["year"]), month, ordinal, weekday)
    found = days.nth(almanac.today.year, month, ordinal, weekday)
    if isinstance(found, Reason) or found >= almanac.today:
        return found
    return days.nth(almanac.today.year + 1, month, ordinal, weekday)


def _weeks(almanac: Almanac, match: re.Match[str]) -> Found:
    if almanac.is_today(match):
        return Reason.AMBIGUOUS
    weeks = almanac.weeks[key_of(match["weeks"])]
    return days.in_days(almanac.coming(match), weeks * days.DAYS_IN_WEEK)


def _next_week(almanac: Almanac, match: re.Match[str]) -> Found:
    monday = days.in_days(days.week_start(almanac.today), days.DAYS_IN_WEEK)
    return days.in_days(monday, (almanac.weekday(match) or 1) - 1)


def _next(almanac: Almanac, match: re.Match[str]) -> Found:
    """Return the coming weekday where it is next week's as well; else it could be either."""
    coming = almanac.coming(match)
    return coming if days.is_later_week(almanac.today, coming) else Reason.AMBIGUOUS


def _this(almanac: Almanac, match: re.Match[str]) -> Found:
    return almanac.today if almanac.is_today(match) else almanac.coming(match)


def _coming(almanac: Almanac, match: re.Match[str]) -> Found:
    return almanac.coming(match)


def _weekday(almanac: Almanac, match: re.Match[str]) -> Found:
    """Return the coming weekday; on that very weekday it could be today or in a week."""
    return Reason.AMBIGUOUS if almanac.is_today(match) else almanac.coming(match)


def _weekday_day(almanac: Almanac, match: re.Match[str]) -> Found:
    return _agreeing(almanac, match, days.next_of_month(almanac.today, int(match["day"])))


def _the_day(almanac: Almanac, match: re.Match[str]) -> Found:
    return numbered_day(almanac.today, int(match["day"]))


def numbered_day(today: date, number: int) -> Found:
    """Return the next day of that number; on that very day it could be today or in a month."""
    return Reason.AMBIGUOUS if number == today.day else days.next_of_month(today, number)


def _relative(almanac: Almanac, match: re.Match[str]) -> Found:
    return days.in_days(almanac.today, almanac.relative[key_of(match["relative"])])


def _within(almanac: Almanac, match: re.Match[str]) -> Found:
    count = _count(almanac, match)
    if match["months"]:
        year, month = days.month_after(almanac.today, count)
        return days.exact(year, month, almanac.today.day)
    if match["days"] and key_of(match["count"]) in almanac.loose_days:
        return Reason.AMBIGUOUS
    length = count * (days.DAYS_IN_WEEK if match["weeks"] else 1)
    return Reason.TOO_FAR if length > days.MAX_DAYS_AHEAD else days.in_days(almanac.today, length)


def _count(almanac: Almanac, match: re.Match[str]) -> int:
    count = match["count"]
    return int(count) if count.isdigit() else almanac.numbers[key_of(count)]


def _always(reason: Reason) -> Callable[[Almanac, re.Match[str]], Found]:
    def rule(_almanac: Almanac, _match: re.Match[str]) -> Found:
        return reason

    return rule


RULES: Mapping[Way, Callable[[Almanac, re.Match[str]], Found]] = {
    Way.RANGE: _always(Reason.SEVERAL),
    Way.EVERY: _always(Reason.REPEATED),
    Way.NTH: _nth,
    Way.FULL: _full,
    Way.MONTH_FIRST: _full,
    Way.ISO: _iso,
    Way.NUMERIC: _numeric,
    Way.DOTTED: _numeric,
    Way.WEEKS_AFTER: _weeks,
    Way.WEEKS_BEFORE: _weeks,
    Way.NEXT_WEEK: _next_week,
    Way.NEXT_BEFORE: _next,
    Way.NEXT_AFTER: _next,
    Way.THIS_BEFORE: _this,
    Way.THIS_AFTER: _coming,
    Way.STREET: _always(Reason.AMBIGUOUS),
    Way.WEEKDAY_DAY: _weekday_day,
    Way.THE_DAY: _the_day,
    Way.TODAY_PART: lambda almanac, _: almanac.today,
    Way.RELATIVE: _relative,
    Way.WITHIN: _within,
    Way.VAGUE: _always(Reason.VAGUE),
    Way.VAGUE_MONTH: _always(Reason.VAGUE),
    Way.WEEKDAY: _weekday,
}
# A date told elsewhere says which weekday is meant.
_LOOSE = frozenset({Way.WEEKDAY, Way.NEXT_BEFORE, Way.NEXT_AFTER, Way.THIS_BEFORE, Way.THIS_AFTER})
