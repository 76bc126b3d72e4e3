"""The rules of the screen that hold for every view (product.md, rule 4)."""

from handlers.buttons import Button
from handlers.views.view import MOST_LABEL, Key, Row, View

MOST_ROWS = 6
MOST_WORD_BUTTONS = 2
MOST_PICTOGRAMS = 5
MOST_CARD_LINES = 8


def buttons_of(view: View) -> list[Button]:
    """Give a view's buttons, in their order."""
    return [key.button for row in view.rows for key in row if isinstance(key, Key)]


def labels_of(view: View) -> list[str]:
    """Give a view's labels, in their order."""
    return [key.label for row in view.rows for key in row]


def most_in(row: Row) -> int:
    """Give how many buttons may stand in a row: more where all are pictograms alone."""
    has_words = any(letter.isalpha() for key in row for letter in key.label)
    return MOST_WORD_BUTTONS if has_words else MOST_PICTOGRAMS


def check(view: View, *, most_lines: int = MOST_CARD_LINES) -> View:
    """Hold a view against the rules; gives it."""
    assert len(view.text.splitlines()) <= most_lines, view.text
    assert len(view.rows) <= MOST_ROWS
    assert all(0 < len(row) <= most_in(row) for row in view.rows)
    assert all(0 < len(label) <= MOST_LABEL + 1 for label in labels_of(view)), labels_of(view)
    assert all(button.pack() for button in buttons_of(view))
    return view
