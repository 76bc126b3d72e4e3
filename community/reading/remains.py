"""What is left of a sentence once all that was understood is crossed out."""

import re
from collections.abc import Iterator

from community.reading.text import PART, Sentence, fold
from community.reading.vocabulary import Vocabulary

_PARTS = re.compile(f"{PART}+")
_WORDS = re.compile(r"[^\W_]+")


def glue_of(vocabulary: Vocabulary) -> frozenset[str]:
    """Return the folded words that carry nothing when they are all that remains."""
    return frozenset(word for phrase in vocabulary.glue for word in _WORDS.findall(fold(phrase)))


def parts_left(left: Sentence, start: int, glue: frozenset[str]) -> Iterator[str]:
    """Yield the person's words of each part, from a place on, that carries something."""
    for part in _PARTS.finditer(left.left, start):
        if any(word[0] not in glue for word in _WORDS.finditer(left.left, *part.span())):
            yield left.words(*part.span())


def trimmed(left: Sentence, start: int, end: int, glue: frozenset[str]) -> str | None:
    """Return the words between two places, without those that only lead to what follows."""
    words = list(_WORDS.finditer(left.left, start, end))
    while words and words[-1][0] in glue:
        end = words.pop().start()
    return left.words(start, end) if words else None
