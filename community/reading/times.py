"""Finding the hours in a sentence: when it starts, and when it ends if that is told."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import time
from functools import lru_cache

from community.reading.clocks import Clock, ClockPattern, Meant
from community.reading.day_parts import Part
from community.reading.doubts import Doubt, Field, Mention, Reason, settle
from community.reading.patterns import NUMBER_STARTS, PART_ENDS, STARTS, key_of, one_of
from community.reading.text import Sentence
from community.reading.vocabulary import Vocabulary

FIRST, SECOND = "1", "2"


@dataclass(frozen=True, slots=True)
class HourMention:
    """Words that tell hours: the start, the end, or both."""

    text: str
    start: Clock | None
    end: Clock | None


def find_hours(
    sentence: Sentence, vocabulary: Vocabulary, *, bare: bool = False
) -> tuple[HourMention, ...]:
    """Cross out every hour that a sentence tells and return them.

    Args:
        sentence: what is left to understand, days already crossed out.
        vocabulary: the language's words.
        bare: whether a number without a sign may be an hour (when the bot asked for one).
    """
    finder = _Finder(vocabulary, is_bare=bare)
    found = []
    for way, pattern in _hour_patterns(vocabulary).items():
        for match in pattern.finditer(sentence.left):
            clocks = finder.clocks(sentence, way, match)
            if clocks:
                found.append(HourMention(sentence.claim(*match.span()), *clocks))
    return tuple(found)


@lru_cache(maxsize=16)
def _hour_patterns(vocabulary: Vocabulary) -> Mapping[str, re.Pattern[str]]:
    known, clock = vocabulary, ClockPattern(vocabulary)
    first, second = clock.expression(FIRST), clock.expression(SECOND)
    between = rf"{STARTS}{one_of(known.between)}\s{first}\s{one_of(known.conjunctions)}\s{second}"
    lead = rf"(?:{STARTS}(?P<lead>{one_of(known.range_leads)})\s|{NUMBER_STARTS})"
    join = rf"(?:(?P<tight>-)|\s?-\s?|\s{one_of(known.range_joins)}\s)"
    single = rf"(?:{STARTS}(?P<lead>{one_of(known.hour_leads)})\s|{NUMBER_STARTS}){first}"
    expressions = {
        "between": f"{between}(?P<last>{PART_ENDS})?",
        "range": f"{lead}{first}{join}{second}(?P<last>{PART_ENDS})?",
        "until": rf"{STARTS}{one_of(known.until)}\s{first}(?P<last>{PART_ENDS})?",
        "single": f"{single}(?P<last>{PART_ENDS})?",
    }
    return {way: re.compile(expression) for way, expression in expressions.items()}


class _Finder:
    """Tells which matches are hours, and reads them."""

    def __init__(self, vocabulary: Vocabulary, *, is_bare: bool) -> None:
        self._clock = ClockPattern(vocabulary)
        self._is_bare = is_bare
        self._bare_leads = {key_of(lead) for lead in vocabulary.bare_hour_leads}
        self._noon_elsewhere = {key_of(word) for word in vocabulary.noon_elsewhere}

    def clocks(
        self, sentence: Sentence, way: str, match: re.Match[str]
    ) -> tuple[Clock | None, Clock | None] | None:
        """Return the start and the end that a match tells, or None if it tells no hour."""
        first = self._clock.clock(match, FIRST)
        if way in {"single", "until"}:
            if not self._is_hour(sentence, first, match):
                return None
            return (first, None) if way == "single" else (None, first)
        second = self._clock.clock(match, SECOND)
        return (first, second) if self._is_range(way, first, second, match) else None

    def _is_hour(self, sentence: Sentence, clock: Clock, match: re.Match[str]) -> bool:
        if match["noon1"]:
            before = sentence.word_before(match.start("noon1"))
            return before not in self._noon_elsewhere
        lead = key_of(match.groupdict().get("lead") or "")
        is_led = lead in self._bare_leads and match["last"] is not None
        return clock.is_marked or self._is_bare or is_led

    def _is_range(self, way: str, first: Clock, second: Clock, match: re.Match[str]) -> bool:
        said = match.groupdict()
        is_tight = said.get("tight") is not None
        is_led = way == "between" or said.get("lead") is not None
        if self._is_bare:
            return True
        if not (first.is_marked or (second.is_marked and (is_led or is_tight))):
            return False
        return second.is_marked or is_tight or said["last"] is not None


@dataclass(frozen=True, slots=True)
class Hours:
    """From when to when, and what was not taken."""

    start: time | None
    end: time | None
    doubts: tuple[Doubt, ...]


def settle_hours(mentions: Iterable[HourMention], day_part: Part | None = None) -> Hours:
    """Weigh all hours told, in a part of the day if one is told, and return what they agree on."""
    told = tuple(mentions)
    starts = tuple(
        Mention(mention.text, _start(mention.start, mention.end, day_part))
        for mention in told
        if mention.start
    )
    start, doubts = settle(Field.STARTS, starts)
    if doubts:
        return Hours(None, None, doubts)
    ends = tuple(
        Mention(mention.text, _end(mention, start, day_part)) for mention in told if mention.end
    )
    end, doubts = settle(Field.ENDS, ends)
    return Hours(start, end, doubts)


def _start(first: Clock, second: Clock | None, day_part: Part | None) -> Meant:
    """Return the start meant; "2 to 4pm" and "de 2h à 4h du soir" tell it with the end."""
    own = first.means(day_part)
    if second is None or first.is_told_apart or not second.is_told_apart:
        return own
    borrowed, end = first.borrowing(second).means(), second.means()
    if isinstance(borrowed, Reason) or isinstance(end, Reason) or borrowed >= end:
        return own
    return Reason.AMBIGUOUS if isinstance(own, time) and own != borrowed else borrowed


def _end(mention: HourMention, start: time | None, day_part: Part | None) -> Meant:
    """Return the end meant: the one reading that comes after the start."""
    clock = mention.end
    if clock is None:
        return Reason.UNCLEAR
    told = [clock.means(), clock.means(day_part)]
    if mention.start and mention.start.is_told_apart and not clock.is_told_apart:
        told.append(clock.borrowing(mention.start).means())
    hours = {meant for meant in told if isinstance(meant, time)}
    later = {hour for hour in hours if start is None or hour > start}
    if len(later) == 1:
        return later.pop()
    if later:
        return Reason.AMBIGUOUS
    return Reason.END_BEFORE_START if hours else clock.means()
