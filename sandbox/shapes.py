"""The shapes that travel: a JSON object, and the length of a text as Telegram counts it."""

from typing import Any, TypeAlias

Json: TypeAlias = dict[str, Any]


def utf16(text: str) -> int:
    """Return the length of a text in UTF-16 code units, Telegram's measure."""
    return len(text) + sum(1 for letter in text if letter > "\uffff")


def names(text: str) -> frozenset[str]:
    """Return the set of names that a text lists, parted by spaces."""
    return frozenset(text.split())
