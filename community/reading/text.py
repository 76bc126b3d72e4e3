"""A sentence as the grammar sees it: cleaned, folded, and with what was understood crossed out.

Folding drops accents, case and the variety of dashes and apostrophes; each folded letter knows
where it came from, so that what is returned keeps the person's own letters.
"""

import re
import unicodedata
from functools import lru_cache

# Telegram: "text: … 1-4096 characters after entities parsing",
# https://core.telegram.org/bots/api#sendmessage. What a person types is no longer either.
MAX_SENTENCE_LENGTH = 4096

# How much of a longer text is quoted.
QUOTE_LENGTH = 60

# Never left in a cleaned sentence: it stands where understood words were.
CLAIMED = "\0"

# A part of a folded sentence: up to a comma, a full stop, or words already understood.
PART = rf"(?:[^,;()!?|{CLAIMED}.]|\.(?!\s|$))"

_REPLACEMENT = "\N{REPLACEMENT CHARACTER}"
_JOINERS = frozenset("\N{ZERO WIDTH JOINER}\N{ZERO WIDTH NON-JOINER}")
_DASHES = frozenset("\u2010\u2011\u2012\u2013\u2014\u2212")
_APOSTROPHES = frozenset("\u2019\u2018\u02bc\u0060\u00b4")
# The one letter of French that Unicode does not take apart: o and e in one.
_LIGATURE = chr(0x153)
# Bullets, with the marks that may stand around a part without belonging to it.
_EDGES = " \t,;:.!-/|" + chr(0xB7) + chr(0x2022) + CLAIMED
_BREAKS = re.compile(r"[\r\n\v\f\x85\u2028\u2029]+")
_SPACES = re.compile(r"[\s\0]+")

_LAST_WORD = re.compile(r"([^\W_]+)[\s'-]{0,2}$")
_PART_EDGE = re.compile(rf"[,;.:!(+{CLAIMED}]\s?$")
# No word that matters to what follows is longer.
_LOOK_BACK = 20


def clean(text: str) -> str:
    """Take out what no person types (controls, direction marks) and return one line of text."""
    kept = "".join(_clean_letter(letter) for letter in _BREAKS.sub(" ; ", text.strip()))
    return _SPACES.sub(" ", unicodedata.normalize("NFC", kept)).strip()


def _clean_letter(letter: str) -> str:
    category = unicodedata.category(letter)
    if category == "Cs":
        return _REPLACEMENT
    if category == "Cc":
        return " "
    return "" if category == "Cf" and letter not in _JOINERS else letter


def fold(text: str) -> str:
    """Take case and accents off a text and return it, ready to be compared."""
    return "".join(_fold_letter(letter) for letter in text)


@lru_cache(maxsize=1024)
def _fold_letter(letter: str) -> str:
    if letter in _DASHES:
        return "-"
    if letter in _APOSTROPHES:
        return "'"
    plain = unicodedata.normalize("NFKD", letter)
    folded = "".join(part for part in plain if not unicodedata.combining(part)).casefold()
    return folded.replace(_LIGATURE, "oe").replace(CLAIMED, "")


def capitalise(text: str) -> str:
    """Raise the first letter, unless a digit or a tag comes before it, and return the text."""
    for place, letter in enumerate(text):
        if letter.isalpha():
            return text[:place] + letter.upper() + text[place + 1 :]
        if letter.isdigit() or letter == "<":
            break
    return text


class Sentence:
    """A sentence and what is left of it to understand, in folded letters."""

    def __init__(self, text: str) -> None:
        self.whole = clean(text)
        folded = [_fold_letter(letter) for letter in self.whole]
        self._origins = [place for place, letters in enumerate(folded) for _ in letters]
        self._origins.append(len(self.whole))
        self.left = "".join(folded)

    @property
    def title_end(self) -> int:
        """Where the first understood words start: what comes before them is the title."""
        place = self.left.find(CLAIMED)
        return len(self.left) if place < 0 else place

    def starts_part(self, place: int) -> bool:
        """Return whether a new part starts there, after punctuation or understood words."""
        return place > 0 and _PART_EDGE.search(self.left, max(0, place - 2), place) is not None

    def word_before(self, place: int) -> str:
        """Return the folded word right before a place, empty after punctuation or a claim."""
        before = _LAST_WORD.search(self.left, max(0, place - _LOOK_BACK), place)
        return before[1] if before else ""

    def words(self, start: int, end: int) -> str:
        """Return the person's own letters between two places of `left`, edges trimmed."""
        return (
            self.whole[self._origins[start] : self._origins[end]].strip(_EDGES).rstrip(f"({_EDGES}")
        )

    def claim(self, start: int, end: int) -> str:
        """Cross out what was understood and return its words."""
        self.left = self.left[:start] + CLAIMED * (end - start) + self.left[end:]
        return self.words(start, end)
