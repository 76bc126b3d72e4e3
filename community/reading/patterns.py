"""How phrases of a vocabulary become regular expressions over folded text.

Every piece is bounded: no piece starts with a repetition, and sentences have no runs of spaces,
so reading stays linear in the length of the sentence.
"""

import re
from collections.abc import Iterable, Mapping

from community.reading.text import CLAIMED, fold
from community.reading.vocabulary import Phrases, Values

# Starts a word: no letter or digit stands right before.
STARTS = r"(?<![^\W_])"
# Ends a word: no letter stands right after ("14h" and "samedi14h" end theirs, "14hommes" not).
ENDS = r"(?![^\W\d_])"
# A number that starts here is not the tail of a longer one (1.200, 2/12, 10:30).
NUMBER_STARTS = r"(?<![\w/:])(?<![\d ][-.,/])"
# Between two words that belong together.
GAP = r"[\s,.'-]{0,3}"
# The end of a part of the sentence: a bare number before it belongs to nothing that follows.
PART_ENDS = rf"(?=\s?(?:[,;.!)]|{CLAIMED}|$))"

# Two words may be joined; "aujourd'hui" may be written without its mark.
_GAP_OF_SPACE = r"[\s'-]{1,3}"
_GAP_OF_MARK = r"[\s'-]{0,3}"
_NOTHING = r"(?!)"


def one_of(phrases: Iterable[str]) -> str:
    """Return the expression of any of the phrases, longest first; of nothing when there is none."""
    known = sorted({_phrase(phrase) for phrase in phrases if phrase}, key=len, reverse=True)
    return f"(?:{'|'.join(known)})" if known else _NOTHING


def word(phrases: Phrases | Values) -> str:
    """Return the expression of any of the phrases as whole words."""
    return f"{STARTS}{one_of(names(phrases))}{ENDS}"


def names(phrases: Phrases | Values) -> tuple[str, ...]:
    """Return the phrases without the numbers that they are paired with."""
    return tuple(phrase if isinstance(phrase, str) else phrase[0] for phrase in phrases)


def meanings(values: Values) -> Mapping[str, int]:
    """Return what each phrase stands for, by the key that `key_of` makes of a match."""
    return {key_of(phrase): number for phrase, number in values}


def key_of(text: str) -> str:
    """Return the letters and digits of a phrase, folded: the same however it was spaced."""
    return "".join(letter for letter in fold(text) if letter.isalnum())


def _phrase(phrase: str) -> str:
    parts = re.split(r"([\s'-]+)", fold(phrase.strip()))
    words = [re.escape(part) for part in parts[::2]]
    gaps = [_GAP_OF_SPACE if part.isspace() else _GAP_OF_MARK for part in parts[1::2]]
    if gaps and not words[-1]:
        # "l'" and "d'" are nothing without their mark: "Linné" is no article.
        gaps[-1] = _GAP_OF_SPACE
    return "".join(piece for pair in zip(words, [*gaps, ""], strict=True) for piece in pair)
