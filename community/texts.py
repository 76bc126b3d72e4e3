"""What people type, made safe to keep: no control, no mirror trick, no pile of accents (F55).

Lengths are in UTF-16 units, as Telegram counts them
(https://core.telegram.org/bots/api#messageentity).
"""

import unicodedata
from collections.abc import Iterator

from community.errors import InvalidInputError

MOST_MARKS = 3
"""Marks kept on one letter: enough for every living script, too few for « zalgo »."""
_MARKS = frozenset({"Mn", "Me"})
_UNSEEN = frozenset(
    "\u00ad\u061c\u180e\u200b\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2060\u2061\u2062\u2063"
    "\u2064\u2066\u2067\u2068\u2069\u206a\u206b\u206c\u206d\u206e\u206f\ufeff\ufff9\ufffa\ufffb"
)
"""What turns the reading around, or shows nothing and joins nothing. Emoji and several scripts
need the joiners U+200C and U+200D."""
_BLANK = frozenset("\u115f\u1160\u2800\u3164\uffa0")
"""Letters and signs that are drawn as nothing."""


def length(text: str) -> int:
    """Count UTF-16 units."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def clean(text: str) -> str:
    """Give the text composed (NFC), on one line, without what shows nothing or turns it around.

    Never refuses; clean text stays as it is.
    """
    whole = text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    # Marks are limited before they are composed: sorting a pile takes the square of its height.
    composed = unicodedata.normalize("NFC", "".join(_kept(whole)))
    # A few letters come apart when composed, into a letter with one mark more.
    return " ".join("".join(_kept(composed)).split())


def _kept(text: str) -> Iterator[str]:
    marks = 0
    for letter in text:
        if letter in _UNSEEN:
            continue
        category = unicodedata.category(letter)
        marks = marks + 1 if category in _MARKS else 0
        if marks <= MOST_MARKS:
            yield " " if category == "Cc" else letter


def line(text: str, *, field: str, most: int) -> str:
    """Give a clean line of 1 to `most` units.

    Raises:
        InvalidInputError: there is nothing to see in it ("empty"), or it is longer ("long").
    """
    cleaned = clean(text)
    if not any(map(is_seen, cleaned)):
        raise InvalidInputError(field, "empty")
    if length(cleaned) > most:
        raise InvalidInputError(field, "long")
    return cleaned


def is_seen(letter: str) -> bool:
    """Whether a letter or sign draws anything by itself."""
    return unicodedata.category(letter)[0] in "LNPS" and letter not in _BLANK


def folded(text: str) -> str:
    """Give the text without case and accents, to compare with."""
    bare = unicodedata.normalize("NFKD", clean(text).casefold())
    return "".join(letter for letter in bare if not unicodedata.combining(letter))
