"""Phones drawn as SVG: what a person of the room sees, for pages that cannot run the room.

Letters are laid out by an estimate of their width, since an SVG does not wrap lines; colours follow
the reader's light or dark setting.
"""

import textwrap
import unicodedata
from collections.abc import Iterable, Sequence
from html import escape

from sandbox.messages import Message

WIDTH = 340
MARGIN = 14
LINE = 20
KEY = 34
LETTERS = 40
"""A bubble's line, in average letters of the font below."""
_STYLE = """
text{font:14px system-ui,'Noto Sans','Segoe UI','Noto Color Emoji',sans-serif;fill:#1c2733}
.name{font-weight:600}.key{text-anchor:middle;fill:#1c5c94;font-size:13px}
.screen{fill:#dfe7ee}.bubble{fill:#fff}.button{fill:#fff;fill-opacity:.75}.mine{fill:#d8f5c8}
@media(prefers-color-scheme:dark){text{fill:#e8eef4}.key{fill:#8cc4f5}.screen{fill:#17212b}
.bubble{fill:#222e3a}.button{fill:#2b3a49;fill-opacity:1}.mine{fill:#2b5278}}
"""


def phones(screens: Sequence[tuple[str, Sequence[Message]]]) -> str:
    """Draw phones side by side, each with a name above its messages; gives an SVG document."""
    drawn = [_phone(name, messages) for name, messages in screens]
    height = max(tall for _, tall in drawn)
    wide = len(drawn) * (WIDTH + MARGIN) - MARGIN
    parts = "".join(
        f'<g transform="translate({at * (WIDTH + MARGIN)})">'
        f'<rect class="screen" width="{WIDTH}" height="{height}" rx="18"/>{body}</g>'
        for at, (body, _) in enumerate(drawn)
    )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {wide} {height}" '
        f'width="{wide}" height="{height}"><style>{_STYLE}</style>{parts}</svg>\n'
    )


def _phone(name: str, messages: Iterable[Message]) -> tuple[str, int]:
    parts = [f'<text class="name" x="{MARGIN}" y="28">{escape(name)}</text>']
    top = 42
    for message in messages:
        body, top = _message(message, top)
        parts.append(body)
    return "".join(parts), top + MARGIN


def _message(message: Message, top: int) -> tuple[str, int]:
    lines = [part for line in message.text.splitlines() for part in _wrapped(line)]
    height = len(lines) * LINE + MARGIN
    kind, left = ("bubble", MARGIN) if message.by_bot else ("mine", 3 * MARGIN)
    wide = WIDTH - left - MARGIN
    box = f'x="{left}" y="{top}" width="{wide}" height="{height}"'
    parts = [f'<rect class="{kind}" {box} rx="10"/>']
    parts += [
        f'<text x="{left + 10}" y="{top + 22 + number * LINE}">{escape(line)}</text>'
        for number, line in enumerate(lines)
    ]
    top += height + 4
    for row in message.rows:
        parts.append(_keys([key.label for key in row], top))
        top += KEY + 4
    return "".join(parts), top + 8


def _keys(labels: Sequence[str], top: int) -> str:
    wide = (WIDTH - 2 * MARGIN - 4 * (len(labels) - 1)) / len(labels)
    return "".join(
        f'<rect class="button" x="{MARGIN + at * (wide + 4):.0f}" y="{top}" '
        f'width="{wide:.0f}" height="{KEY}" rx="8"/>'
        f'<text class="key" x="{MARGIN + at * (wide + 4) + wide / 2:.0f}" y="{top + 22}">'
        f"{escape(label)}</text>"
        for at, label in enumerate(labels)
    )


def _wrapped(line: str) -> list[str]:
    """Break a line where it would leave the bubble; pictograms are two letters wide."""
    pictograms = sum(unicodedata.category(letter) == "So" for letter in line)
    return textwrap.wrap(line, LETTERS - pictograms, drop_whitespace=True) or [""]
