"""Finding how many may come, in numbers or in words.

A count that is not plain (10 or 12, about 12, 1 200 that may be two numbers) is a doubt.
"""

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache

from community.reading.doubts import Mention, Reason
from community.reading.patterns import (
    ENDS,
    NUMBER_STARTS,
    PART_ENDS,
    STARTS,
    key_of,
    meanings,
    names,
    one_of,
    word,
)
from community.reading.text import Sentence
from community.reading.vocabulary import Vocabulary

# More people than any hall of the quarter holds: a slip of the finger.
MAX_SEATS = 10_000
UNLIMITED = 0

_DIGITS = r"\d{1,3}(?:\s\d{3})+|\d+"


def find_counted_seats(sentence: Sentence, vocabulary: Vocabulary) -> Iterator[Mention[int]]:
    """Cross out counts followed by their noun ("12 places"); yield them, 0 for no limit.

    Days are not crossed out yet: "samedi 12 places" tells seats, not the 12th.
    """
    patterns = _patterns(vocabulary)
    for reason, name in ((None, "unlimited"), (Reason.AMBIGUOUS, "range"), (Reason.VAGUE, "about")):
        for match in patterns[name].finditer(sentence.left):
            yield Mention(sentence.claim(*match.span()), reason or UNLIMITED)
    for name in ("digits", "words"):
        yield from _counts(sentence, vocabulary, patterns[name])


def find_led_seats(sentence: Sentence, vocabulary: Vocabulary) -> Iterator[Mention[int]]:
    """Cross out counts that follow their noun ("places : 12", "max 12") and yield them.

    Days and hours are crossed out already: "max 5 décembre" tells no seats.
    """
    return _counts(sentence, vocabulary, _patterns(vocabulary)["led"])


def plain_count(text: str, vocabulary: Vocabulary) -> int | Reason:
    """Return the number that digits or one word stand for, or why it cannot be taken."""
    numbers = meanings(vocabulary.numbers)
    if not text.isdecimal() and key_of(text) not in numbers:
        return Reason.AMBIGUOUS
    count = int(text) if text.isdecimal() else numbers[key_of(text)]
    if count > MAX_SEATS:
        return Reason.TOO_MANY
    return count or Reason.IMPOSSIBLE


def _counts(
    sentence: Sentence, vocabulary: Vocabulary, pattern: re.Pattern[str]
) -> Iterator[Mention[int]]:
    for match in pattern.finditer(sentence.left):
        start, end = match.span()
        told = match["count"]
        first, _, rest = told.partition(" ")
        if rest and _is_apart(first, sentence.word_before(start), vocabulary):
            start, told = start + len(first) + 1, rest
        yield Mention(sentence.claim(start, end), plain_count(told, vocabulary))


def _is_apart(first: str, before: str, vocabulary: Vocabulary) -> bool:
    """Return whether the first of two numbers is a day or minutes, and not of the count.

    "samedi 19 100 places", "14 h 30 100 places"; but "14h 1 200 places" is not clear.
    """
    days, hours = _number_leads(vocabulary)
    return before in days or (len(first) > 1 and before.lstrip("0123456789") in hours)


@lru_cache(maxsize=16)
def _number_leads(vocabulary: Vocabulary) -> tuple[frozenset[str], frozenset[str]]:
    """Return the words after which a number is a day, and those after which it is minutes."""
    known = vocabulary
    days = (*names(known.weekdays), *names(known.weekday_shorts), *known.the)
    return frozenset(map(key_of, days)), frozenset(map(key_of, known.hour_units))


@lru_cache(maxsize=16)
def _patterns(vocabulary: Vocabulary) -> Mapping[str, re.Pattern[str]]:
    known = vocabulary
    childcare = word((*known.childcare, *known.without, *known.with_words))
    seats = f"{one_of(known.seats)}{ENDS}"
    seat = rf"{one_of(known.seat)}{ENDS}(?:{PART_ENDS}|(?=\s{childcare}))"
    number = f"(?:{_DIGITS}|{one_of(names(known.numbers))})"
    joins = rf"\s?(?:-|{one_of(known.seat_joins)})\s?"
    # "vingt-cinq", "vingt et une": several words are seen as one count, and asked about.
    several = rf"(?:{number}[\s-](?:{one_of(known.conjunctions)}[\s-])?){{0,4}}{number}"
    units = one_of((*known.hour_units, *known.before_noon, *known.past_noon))
    expressions = {
        "unlimited": word(known.unlimited),
        "range": rf"{NUMBER_STARTS}\d{{1,5}}{joins}\d{{1,5}}\s?(?:{seats}|{seat})",
        "about": rf"{STARTS}{one_of(known.about)}\s{several}\s?(?:{seats}|{seat})",
        "digits": rf"{NUMBER_STARTS}(?P<count>{_DIGITS})\s?(?:{seats}|{seat})",
        "words": rf"{STARTS}(?P<count>{several})\s{seats}",
        "led": rf"{STARTS}{one_of(known.seat_leads)}\s?[:=]?\s?(?P<count>\d+)"
        rf"(?!\d|\s?(?:[:/.,-]\s?\d|%|{units}{ENDS}))",
    }
    return {name: re.compile(expression) for name, expression in expressions.items()}
