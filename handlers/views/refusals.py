"""How each refusal is told. Every CommunityError has words under `refusal-…` in every language."""

from community.errors import (
    ChangedError,
    CommunityError,
    GoneError,
    InvalidInputError,
    NoSeatsError,
    NotAllowedError,
    RepeatedError,
    TooLateError,
)
from handlers import buttons
from handlers.views.view import Key, View
from handlers.words import Words

KEYS: dict[type[CommunityError], str] = {
    NotAllowedError: "refusal-not-allowed",
    GoneError: "refusal-gone",
    ChangedError: "refusal-changed",
    RepeatedError: "refusal-repeated",
}
"""Refusals that have one sentence each; the others' depends on what they carry."""


def text(words: Words, error: Exception) -> str:
    """Give the sentence of a refusal."""
    if isinstance(error, TooLateError):
        return words(f"refusal-late-{error.reason}")
    if isinstance(error, NoSeatsError):
        return words("refusal-no-seats", guests=error.guests)
    if isinstance(error, InvalidInputError):
        return words(f"refusal-input-{error.field}-{error.reason}".replace("_", "-"))
    if isinstance(error, CommunityError):
        return words(KEYS[type(error)])
    return words("refusal-gone")


def screen(words: Words, error: Exception) -> View:
    """Give a refusal as a message of its own, with a way back."""
    return View(text(words, error), ((Key(words("button-home"), buttons.Home()),),))


def busy(words: Words) -> View:
    """Give the word that a request is kept and will be done."""
    return View(words("refusal-busy"))


def flood(words: Words) -> View:
    """Ask for a minute's rest."""
    return View(words("refusal-flood"))


def fault(words: Words, code: str) -> View:
    """Give the apology for a fault of ours, under the code that the log has."""
    return View(words("refusal-fault", code=code), ((Key(words("button-home"), buttons.Home()),),))
