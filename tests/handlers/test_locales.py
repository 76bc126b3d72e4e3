"""Every word in every language: nothing missing, nothing idle, nothing too long for a button."""

import ast
import re
import unicodedata
from importlib.resources import files
from itertools import pairwise

import pytest
from fluent.syntax import FluentParser
from fluent.syntax.ast import Message
from fluent.syntax.serializer import serialize_pattern

from handlers.views.view import MOST_LABEL
from handlers.words import languages, words_for
from tests.handlers.sources import beginnings, called, calls, literals, texts

LANGUAGES = ("fr", "en")
"""The languages that this version promises to hold complete."""
SPEAKING = ("handlers", "bot")
"""The floors that name messages: the demo speaks for people in the room."""
BEGINNING = re.compile(r"[a-z]+(-[a-z]+)*-")
PLACEABLE = re.compile(r"\{.*?\}", re.DOTALL)
FRENCH = re.compile(
    r"[àâçèêîôùû«»]|\b(le|la|les|vous|votre|est|une|dans|pour|pas|ne|et|qui|avec|ce|cette)\b",
    re.IGNORECASE,
)
SHARED = ("button-", "menu-")
READ = ("reading-", "stop-words")
"""Words that are read, not written: an English list may hold what French neighbours write."""


def asked_for() -> set[str]:
    return {
        key for floor in SPEAKING for call in calls(floor, "words") for key in texts(call.args[0])
    }


def label_keys() -> set[str]:
    on_buttons = {
        key
        for button in calls("handlers", "Key", "Link")
        for label in button.args[:1]
        if isinstance(label, ast.Call) and called(label) == "words" and not label.keywords
        for key in texts(label.args[0])
    }
    return on_buttons | {key for key in words_for("fr").keys if key.startswith(SHARED)}


def graphemes(text: str) -> int:
    """Count what people see as one sign."""
    begins = [
        unicodedata.category(letter) not in {"Mn", "Me", "Cf", "Sk"} and before != "\u200d"
        for before, letter in pairwise(text)
    ]
    return min(len(text), 1) + sum(begins)


def test_languages_promised_are_complete() -> None:
    assert languages() == LANGUAGES


@pytest.mark.parametrize("language", LANGUAGES)
def test_keys_that_handlers_ask_for_exist(language: str) -> None:
    missing = asked_for() - words_for(language).keys

    assert not missing


@pytest.mark.parametrize("language", LANGUAGES)
def test_keys_that_exist_are_asked_for(language: str) -> None:
    named = {text for floor in SPEAKING for text in literals(floor)}
    begun = tuple(text for text in beginnings("handlers") if BEGINNING.fullmatch(text))

    idle = {key for key in words_for(language).keys - named if not key.startswith(begun)}

    assert not idle


def test_english_has_no_key_of_its_own() -> None:
    assert words_for("en").keys == words_for("fr").keys


@pytest.mark.parametrize("language", LANGUAGES)
def test_labels_fit_on_their_buttons(language: str) -> None:
    words = words_for(language)

    long = {key: words(key) for key in label_keys() if graphemes(words(key)) > MOST_LABEL}

    assert not long


def test_graphemes_counts_joined_signs_once() -> None:
    assert graphemes("👨‍👩‍👧 ☎️ é") == 5
    assert graphemes("") == 0


def test_english_holds_no_french() -> None:
    written = {key: text for key, text in sources("en").items() if not key.startswith(READ)}

    french = {key: text for key, text in written.items() if FRENCH.search(text)}

    assert not french


def test_french_is_told_apart() -> None:
    found = [text for text in sources("fr").values() if FRENCH.search(text)]

    assert len(found) > len(sources("fr")) / 3


def sources(language: str) -> dict[str, str]:
    """Give each message's own words by its key, without what it fills in."""
    folder = files("handlers") / "locales" / language
    return {
        entry.id.name: PLACEABLE.sub("", serialize_pattern(entry.value))
        for file in folder.iterdir()
        for entry in FluentParser().parse(file.read_text(encoding="utf-8")).body
        if isinstance(entry, Message) and entry.value is not None
    }
