"""A screen: HTML text with rows of buttons under it. It knows nothing of Telegram's classes."""

import unicodedata
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from html import escape as _escape

from handlers.buttons import Button
from storage.cards import CardKind

MOST_LABEL = 20
"""Graphemes of a button's label, its pictogram included (product.md, rule 4)."""
_CONTINUES = frozenset({"Mn", "Me", "Mc", "Cf"})
_JOINER = "\N{ZERO WIDTH JOINER}"
_SKIN_TONES = range(0x1F3FB, 0x1F400)


@dataclass(frozen=True, slots=True)
class Key:
    """A button that comes back to the bot."""

    label: str
    button: Button


@dataclass(frozen=True, slots=True)
class Link:
    """A button that opens an address."""

    label: str
    url: str


Row = tuple[Key | Link, ...]


@dataclass(frozen=True, slots=True)
class Subject:
    """What a screen shows that may change later, so that it can be edited then."""

    kind: CardKind
    id: int


@dataclass(frozen=True, slots=True)
class View:
    """A screen. `text` is HTML whose values are escaped already."""

    text: str
    rows: tuple[Row, ...] = ()
    subject: Subject | None = None


def escape(text: str) -> str:
    """Make what a person wrote safe inside HTML (F56)."""
    return _escape(text, quote=False)


def lines(*parts: str | None) -> str:
    """Join the lines that are there."""
    return "\n".join(part for part in parts if part)


def rows(keys: Iterable[Key | Link], *, wide: int = 2) -> tuple[Row, ...]:
    """Lay keys out, `wide` to a row (at most 2 word buttons a row: product.md, rule 4)."""
    laid: Sequence[Key | Link] = tuple(keys)
    return tuple(tuple(laid[at : at + wide]) for at in range(0, len(laid), wide))


def label(text: str, *, most: int = MOST_LABEL) -> str:
    """Give a button's label, cut to `most` graphemes with an ellipsis where it is longer."""
    signs = _graphemes(text)
    if len(signs) <= most:
        return text
    return "".join(signs[: most - 1]).rstrip() + "…"


def arrows(page: int, pages: int, turn: Callable[[int], Button]) -> tuple[Row, ...]:
    """Give a row that turns pages, counted from 0; none where there is one page."""
    earlier = [Key("⬅️", turn(page - 1))] if page > 0 else []
    later = [Key("➡️", turn(page + 1))] if page + 1 < pages else []
    return (tuple(earlier + later),) if earlier or later else ()


def _graphemes(text: str) -> list[str]:
    """Part a text into what people see as one sign; two regional letters of a flag stay two."""
    signs: list[str] = []
    for letter in text:
        continues = unicodedata.category(letter) in _CONTINUES or ord(letter) in _SKIN_TONES
        if signs and (continues or signs[-1].endswith(_JOINER)):
            signs[-1] += letter
        else:
            signs.append(letter)
    return signs
