"""Finding what else is told of an event: childcare, price, and for which commission it is.

In the title these words may be its subject ("réunion sur la garde d'enfants"): there they stay.
"""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from community.reading.doubts import Doubt, Field, Mention, Reason
from community.reading.patterns import (
    ENDS,
    NUMBER_STARTS,
    PART_ENDS,
    STARTS,
    key_of,
    one_of,
    word,
)
from community.reading.text import Sentence
from community.reading.vocabulary import Vocabulary


def find_childcare(sentence: Sentence, vocabulary: Vocabulary) -> Iterator[Mention[bool]]:
    """Cross out what is said of childcare and yield it: yes, no, or not sure."""
    plain, bare = _childcare_patterns(vocabulary)
    for pattern, value in plain:
        for match in pattern.finditer(sentence.left):
            yield Mention(sentence.claim(*match.span()), value)
    edge = sentence.title_end
    genitives = {key_of(genitive) for genitive in vocabulary.genitives}
    for match in bare.finditer(sentence.left):
        start, end = match.span()
        if start >= edge or sentence.starts_part(start):
            yield Mention(sentence.claim(start, end), not match["asked"] or Reason.AMBIGUOUS)
        elif sentence.word_before(start) not in genitives:
            yield Mention(sentence.words(start, end), Reason.AMBIGUOUS)


@lru_cache(maxsize=16)
def _childcare_patterns(
    vocabulary: Vocabulary,
) -> tuple[tuple[tuple[re.Pattern[str], bool | Reason], ...], re.Pattern[str]]:
    known = vocabulary
    noun = f"{one_of(known.childcare)}{ENDS}"
    ways: tuple[tuple[str, bool | Reason], ...] = (
        (rf"{STARTS}{one_of(known.maybe)}\s{noun}", Reason.AMBIGUOUS),
        (rf"{STARTS}{one_of(known.without)}\s{noun}", False),
        (rf"{STARTS}{noun}\s?:?\s?{one_of(known.no)}{ENDS}", False),
        (
            rf"{STARTS}(?:{one_of(known.with_words)}\s)?{noun}\s?:?\s?{one_of(known.yes)}{ENDS}",
            True,
        ),
        (rf"{STARTS}{one_of(known.with_words)}\s{noun}", True),
    )
    plain = tuple((re.compile(expression), value) for expression, value in ways)
    return plain, re.compile(rf"{STARTS}{noun}(?P<asked>\s?\?)?")


def find_prices(sentence: Sentence, vocabulary: Vocabulary) -> Iterator[Doubt]:
    """Cross out prices and yield a doubt for each: the bot keeps none, so none goes unseen."""
    money = rf"{NUMBER_STARTS}\d{{1,4}}(?:[.,]\d{{1,2}})?\s?{one_of(vocabulary.currencies)}{ENDS}"
    for match in re.finditer(money, sentence.left):
        yield Doubt(Field.PRICE, sentence.claim(*match.span()), Reason.NOT_KEPT)


def drop_free(sentence: Sentence, vocabulary: Vocabulary) -> None:
    """Cross out, after the title, that it is free: every event is."""
    edge = sentence.title_end
    for match in re.finditer(word(vocabulary.free), sentence.left):
        if match.start() >= edge or sentence.starts_part(match.start()):
            sentence.claim(*match.span())


def find_commissions(
    sentence: Sentence, vocabulary: Vocabulary, commissions: Sequence[str]
) -> Iterator[Mention[str]]:
    """Cross out, after the title, each known commission named and yield its name.

    In the title a commission is recognised after a word like "pour", and its words stay.
    """
    known = {key_of(name): name for name in commissions if key_of(name)}
    leads = one_of(vocabulary.commission_leads)
    named = (
        rf"{STARTS}(?P<lead>{leads}[\s:']{{1,3}})?{STARTS}(?P<name>{one_of(known.values())}){ENDS}"
    )
    edge = sentence.title_end
    for match in re.finditer(named + f"(?P<last>{PART_ENDS})?", sentence.left):
        start, end = match.span()
        is_whole_part = match["last"] is not None and sentence.starts_part(start)
        if not (match["lead"] or (is_whole_part and start >= edge)):
            continue
        text = sentence.claim(start, end) if start >= edge else sentence.words(start, end)
        yield Mention(text, known[key_of(match["name"])])
