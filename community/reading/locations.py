"""Finding the place in a sentence: a place that is known, a kind of place, or what follows « à ».

In the title only a known place or a kind of place counts ("réunion salle Linné"), and not as a
complement ("visite de la salle"). After the title, « à » at the start of a part is enough.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from community.reading.doubts import Doubt, Field, Reason
from community.reading.patterns import ENDS, STARTS, key_of, names, one_of
from community.reading.text import PART, Sentence, capitalise
from community.reading.vocabulary import Vocabulary

# A place that is told in more words has swallowed something else.
MAX_LOCATION_WORDS = 10
# Without a title elsewhere, a place in more words has perhaps swallowed it.
MAX_LONE_LOCATION_WORDS = 3


@dataclass(frozen=True, slots=True)
class Place:
    """A place that a sentence names, where it stands there."""

    start: int
    name: str
    is_known: bool


def find_places(sentence: Sentence, vocabulary: Vocabulary, known: Sequence[str]) -> list[Place]:
    """Cross out every place and return them in the order of the sentence."""
    edge = sentence.title_end
    found = [
        *_known_places(sentence, vocabulary, known, edge),
        *_led_places(sentence, vocabulary, edge),
        *_kinds_of_place(sentence, vocabulary, edge),
    ]
    return sorted(found, key=lambda place: place.start)


def settle_places(
    places: Sequence[Place], *, has_title: bool
) -> tuple[str | None, tuple[Doubt, ...]]:
    """Join the places named ("Espace Linné, salle 2") and return them as one, or the doubt."""
    if not places:
        return None, ()
    name = ", ".join(dict.fromkeys(place.name for place in places))
    if len({place.name for place in places if place.is_known}) > 1:
        return None, (Doubt(Field.LOCATION, name, Reason.SEVERAL),)
    is_free = not any(place.is_known for place in places)
    limit = MAX_LONE_LOCATION_WORDS if is_free and not has_title else MAX_LOCATION_WORDS
    if len(name.split()) > limit:
        return None, (Doubt(Field.LOCATION, name, Reason.AMBIGUOUS),)
    return capitalise(name), ()


def _known_places(
    sentence: Sentence, vocabulary: Vocabulary, places: Sequence[str], edge: int
) -> Iterator[Place]:
    known = {key_of(name): name for name in places if key_of(name)}
    pattern = f"{_lead(vocabulary)}{STARTS}(?P<place>{one_of(known.values())}){ENDS}"
    for match in re.finditer(pattern, sentence.left):
        if not _is_complement(sentence, vocabulary, match, edge):
            sentence.claim(*match.span())
            yield Place(match.start(), known[key_of(match["place"])], is_known=True)


def _kinds_of_place(sentence: Sentence, vocabulary: Vocabulary, edge: int) -> Iterator[Place]:
    for match in _kind_pattern(vocabulary).finditer(sentence.left):
        is_start = not sentence.left[: match.start()].strip()
        if is_start or _is_complement(sentence, vocabulary, match, edge):
            continue
        name = _named(sentence, vocabulary, match)
        sentence.claim(*match.span())
        yield Place(match.start(), name, is_known=False)


def _led_places(sentence: Sentence, vocabulary: Vocabulary, edge: int) -> Iterator[Place]:
    """Yield the parts after the title that start with « à », or whose last word is a place."""
    excluded = {key_of(name) for name in vocabulary.not_places}
    for match in _led_pattern(vocabulary).finditer(sentence.left, edge):
        start, end = match.span()
        if sentence.starts_part(start) and match["first"] not in excluded:
            name = _named(sentence, vocabulary, match)
            sentence.claim(start, end)
            yield Place(start, name, is_known=False)


def _named(sentence: Sentence, vocabulary: Vocabulary, match: re.Match[str]) -> str:
    """Return the place as the person wrote it, with « chez » but without « à la »."""
    kept = {key_of(lead) for lead in vocabulary.kept_place_leads}
    whole = key_of(match["lead"] or "") in kept
    return sentence.words(match.start("lead" if whole else "place"), match.end("place"))


def _is_complement(
    sentence: Sentence, vocabulary: Vocabulary, match: re.Match[str], edge: int
) -> bool:
    """Return whether a place in the title only completes its words ("visite de la salle")."""
    if match["lead"] or match.start() >= edge:
        return False
    genitives = {key_of(genitive) for genitive in vocabulary.genitives}
    return sentence.word_before(match.start()) in genitives


def _lead(vocabulary: Vocabulary) -> str:
    leads = one_of((*vocabulary.place_leads, *vocabulary.kept_place_leads))
    article = rf"(?:{one_of(vocabulary.articles)}(?:\s|(?<=[\s'])))?"
    return rf"(?:{STARTS}(?P<lead>{leads})(?:(?![^\W_])|(?<=@))[\s:']{{0,3}}{article})?"


def _rest(vocabulary: Vocabulary) -> str:
    """Return the expression of what still belongs to the name of a place."""
    return rf"(?:(?!\s{one_of(vocabulary.place_stops)}{ENDS}){PART})*"


@lru_cache(maxsize=16)
def _kind_pattern(vocabulary: Vocabulary) -> re.Pattern[str]:
    again = rf"(?:{one_of(vocabulary.street_words)}\s)?"
    number = rf"(?:(?<![\w/:.,-])\d{{1,4}}\s?{again},?\s?)?"
    kind = f"{STARTS}{one_of(names(vocabulary.place_words))}{ENDS}"
    return re.compile(f"{_lead(vocabulary)}(?P<place>{number}{kind}{_rest(vocabulary)})")


@lru_cache(maxsize=16)
def _led_pattern(vocabulary: Vocabulary) -> re.Pattern[str]:
    rest = _rest(vocabulary)
    ending = rf"(?:[^\W_]+[\s'-]){{1,3}}{one_of(vocabulary.place_endings)}{ENDS}"
    named = rf"(?(lead)(?P<first>[^\W_]+)|{ending})"
    return re.compile(f"{_lead(vocabulary)}(?P<place>{named}{rest})")
