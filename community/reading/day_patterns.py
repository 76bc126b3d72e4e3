"""The ways of telling a day, as expressions over folded text: the longest way first."""

import re
from collections.abc import Mapping
from enum import Enum, auto
from functools import lru_cache

from community.reading.day_parts import part_after, part_today
from community.reading.patterns import ENDS, GAP, NUMBER_STARTS, STARTS, names, one_of, word
from community.reading.vocabulary import Vocabulary


class Way(Enum):
    """A way of telling a day, in the order in which they are tried."""

    RANGE = auto()
    EVERY = auto()
    NTH = auto()
    FULL = auto()
    MONTH_FIRST = auto()
    ISO = auto()
    NUMERIC = auto()
    DOTTED = auto()
    WEEKS_AFTER = auto()
    WEEKS_BEFORE = auto()
    NEXT_WEEK = auto()
    NEXT_BEFORE = auto()
    NEXT_AFTER = auto()
    THIS_BEFORE = auto()
    THIS_AFTER = auto()
    STREET = auto()
    WEEKDAY_DAY = auto()
    THE_DAY = auto()
    TODAY_PART = auto()
    RELATIVE = auto()
    WITHIN = auto()
    VAGUE = auto()
    VAGUE_MONTH = auto()
    WEEKDAY = auto()


# Ways that a part of the day may follow: "samedi soir", "le 5 décembre au matin".
_NO_PART = frozenset({Way.TODAY_PART, Way.STREET})

# A year, not the start of a longer number or of an hour.
_YEAR = rf"{GAP}(?P<year>\d{{4}})(?![\d:]|\s?h)"


@lru_cache(maxsize=16)
def day_patterns(vocabulary: Vocabulary) -> Mapping[Way, re.Pattern[str]]:
    """Return the expression of each way of telling a day, in the order in which to try them."""
    pieces = _Pieces(vocabulary)
    part = f"(?:{GAP}{part_after(vocabulary)})?"
    expressions = pieces.dates() | pieces.weekdays() | pieces.relative()
    return {
        way: re.compile(expressions[way] + ("" if way in _NO_PART else part))
        for way in Way
        if way in expressions
    }


class _Pieces:
    """The pieces that the expressions of one vocabulary are made of."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self.known = vocabulary
        shorts = one_of(names(vocabulary.weekday_shorts))
        full = one_of(names(vocabulary.weekdays))
        suffix = f"(?:{one_of(vocabulary.day_suffixes)}{ENDS})?"
        self.weekday = rf"{STARTS}(?:(?P<weekday>{full}){ENDS}|(?P<short>{shorts})(?:\.|(?=\s?\d)))"
        self.the = rf"(?:{one_of(vocabulary.the)}\s)?"
        self.number = rf"\d{{1,2}}{suffix}(?!\d)"
        self.day = rf"(?P<day>\d{{1,2}}){suffix}(?!\d)"
        self.of = rf"\s?(?:{one_of(vocabulary.of_words)}\s?)?"
        self.month = rf"(?P<month>{one_of(names(vocabulary.months))}){ENDS}\.?"
        self.lead = f"(?:{self.weekday}{GAP}{self.the}|{NUMBER_STARTS})"
        self.street = rf"\s?,?\s?{one_of(vocabulary.street_words)}{ENDS}"
        self.alone = f"(?!{self._not_a_day()})"

    def _not_a_day(self) -> str:
        """Return what after a number makes it no day: an hour, a fraction, a street number."""
        known = self.known
        units = one_of((*known.hour_units, *known.loose_hour_units))
        halves = one_of((*known.before_noon, *known.past_noon))
        return rf"[^\W\d_]|\s?(?:[:/.,-]\s?\d|%|(?:{units}|{halves}){ENDS})|{self.street}"

    def dates(self) -> dict[Way, str]:
        """Return the ways that name a date."""
        joins = rf"\s?(?:{one_of(self.known.day_joins)}|[-,&])\s?{self.the}"
        lead = self.lead
        second = r"(?P<second>\d{1,2})"
        ranges = f"{NUMBER_STARTS}{self.number}{joins}{self.number}{self.of}{self.month}"
        ways = {
            Way.RANGE: ranges,
            Way.FULL: f"{lead}{self.day}{self.of}{self.month}(?:{_YEAR})?",
            Way.ISO: rf"{NUMBER_STARTS}(?P<year>\d{{4}})-{second}-(?P<day>\d{{1,2}})(?!\d)",
            Way.NUMERIC: rf"{lead}(?P<first>\d{{1,2}})/{second}"
            r"(?:/(?P<year>\d{4}|\d{2}))?(?![\d/])",
            Way.DOTTED: rf"{lead}(?P<first>\d{{1,2}})(?P<mark>[.-]){second}(?P=mark)"
            r"(?P<year>\d{4})(?!\d)",
        }
        return ways if self.known.day_first else ways | self._month_first(ranges, joins)

    def _month_first(self, ranges: str, joins: str) -> dict[Way, str]:
        named = one_of(names(self.known.months))
        month_range = rf"{STARTS}{named}{ENDS}\.?\s{self.the}{self.number}{joins}{self.number}"
        lead = f"(?:{self.weekday}{GAP})?{STARTS}{self.month}{GAP}{self.the}"
        return {
            Way.RANGE: f"(?:{ranges}|{month_range}{self.alone})",
            Way.MONTH_FIRST: f"{lead}{self.day}(?:{_YEAR}|{self.alone})",
        }

    def weekdays(self) -> dict[Way, str]:
        """Return the ways that start from a weekday."""
        known, weekday = self.known, self.weekday
        weeks_after = f"(?P<weeks>{one_of(names(known.weeks_after))}){ENDS}{self.alone}"
        return {
            Way.NTH: self._nth(),
            Way.WEEKS_AFTER: rf"{weekday}{GAP}{weeks_after}(?!\d)",
            Way.WEEKS_BEFORE: rf"{STARTS}(?P<weeks>{one_of(names(known.weeks_before))})\s{weekday}",
            Way.NEXT_WEEK: f"{weekday}{GAP}{word(known.next_week)}",
            Way.NEXT_BEFORE: rf"{STARTS}{one_of(known.next_before)}\s{weekday}",
            Way.NEXT_AFTER: rf"{weekday}\s{one_of(known.next_after)}{ENDS}",
            Way.THIS_BEFORE: rf"{STARTS}{one_of(known.this_before)}\s{weekday}(?!{GAP}\d)",
            Way.THIS_AFTER: rf"{weekday}\s{one_of(known.this_after)}{ENDS}",
            Way.STREET: rf"{weekday}(?=\s\d{{1,3}}{self.street})",
            Way.WEEKDAY_DAY: f"{weekday}{GAP}{self.the}{self.day}{self.alone}",
            Way.WEEKDAY: weekday,
        }

    def _nth(self) -> str:
        ordinal = rf"{STARTS}(?P<ordinal>{one_of(names(self.known.ordinals))}){ENDS}"
        months = (
            rf"(?:(?P<later>{one_of(self.known.of_next_month)}){ENDS}"
            rf"|(?P<same>{one_of(self.known.of_this_month)}){ENDS}"
            rf"|{one_of(self.known.of_words)}\s?{self.month}(?:{_YEAR})?)"
        )
        return rf"{ordinal}\s{self.weekday}\s{months}"

    def relative(self) -> dict[Way, str]:
        """Return the ways that count from today, and those that tell no single day."""
        known = self.known
        weekdays = one_of(names(known.weekdays))
        units = one_of((*known.days, *known.weeks, *known.months_long))
        return {
            Way.THE_DAY: rf"{STARTS}{one_of(known.the)}\s{self.day}{self.alone}",
            Way.TODAY_PART: f"{STARTS}{part_today(known)}",
            Way.RELATIVE: f"{STARTS}(?P<relative>{one_of(names(known.relative_days))}){ENDS}",
            Way.WITHIN: self._within(),
            Way.EVERY: rf"{STARTS}(?:{one_of(known.every)}\s(?:{weekdays}s?|{units})|{weekdays}s)"
            f"{ENDS}",
            Way.VAGUE: word(known.vague_days),
            Way.VAGUE_MONTH: rf"{STARTS}{one_of(known.vague_months)}[\s-]{{1,3}}{self.month}",
        }

    def _within(self) -> str:
        known = self.known
        return (
            rf"{STARTS}{one_of(known.within)}\s(?P<count>\d{{1,4}}|{one_of(names(known.numbers))})"
            rf"\s?(?:(?P<days>{one_of(known.days)})|(?P<weeks>{one_of(known.weeks)})"
            rf"|(?P<months>{one_of(known.months_long)})){ENDS}"
        )
