"""Every word that a person reads, and every word that the bot can read, by language.

All `handlers/locales/<language>/*.ftl` of a language are one bundle; French is the reference and
stands in for what another language lacks. Names of days and months come from CLDR, through Babel.
Escaping is not done here: views escape what people typed before they hand it in.

Invisible direction marks (FSI … PDI) part a value from the text around it only where directions
may differ: always in a language written from right to left, elsewhere around a value that is.
"""

import unicodedata
from collections.abc import Mapping
from dataclasses import fields
from datetime import date, time
from functools import cache, lru_cache, partial
from importlib.resources import files
from typing import Any, cast

from babel import Locale
from babel.dates import get_day_names, get_month_names
from fluent.runtime import FluentBundle, FluentResource
from fluent.runtime.resolver import MAX_PART_LENGTH, Pattern, TextElement
from fluent.syntax.ast import EntryType, Junk, Message, Term

from community.reading import Values, Vocabulary

REFERENCE = "fr"
NOON_HOUR = 12

# Texts of numbers alone are kept ready: they come back often, and tell nothing of a person.
MAX_TEXTS_KEPT = 1024
MAX_DAYS_KEPT = 512
MAX_HOURS_KEPT = 512

Value = str | int

_FIRST_STRONG_ISOLATE = "\N{FIRST STRONG ISOLATE}"
_POP_ISOLATE = "\N{POP DIRECTIONAL ISOLATE}"
_RIGHT_TO_LEFT = frozenset({"R", "AL", "AN", "RLE", "RLO", "RLI"})
# Stands for a value that is longer than fluent.runtime takes (2 500 letters), while it words.
_STAND_IN = "\ufdd0{}\ufdd1"


class WordsError(KeyError):
    """A text that the house asked for and cannot be made: always a fault of ours."""


class MissingWordsError(WordsError):
    """No such message, neither in the language nor in French."""


class MissingValueError(WordsError):
    """A message was not given a value that it names, or it names something unknown."""


class BrokenLocaleError(ValueError):
    """A locale file that cannot be read, or names a message twice."""


class Words:
    """The words of one language; call it with a key and values to get a text."""

    def __init__(self, language: str, sources: Mapping[str, str], fallback: "Words | None") -> None:
        """Take the content of each locale file by its name; `fallback` has what is missing.

        Raises:
            BrokenLocaleError: a file cannot be read, or a message is there twice.
        """
        locale = Locale.parse(language, sep="-")
        self.language = language
        self.name = _capitalise(locale.get_display_name() or language)
        self.is_right_to_left = locale.text_direction == "rtl"
        self._fallback = fallback
        self._bundle = FluentBundle([language], use_isolating=self.is_right_to_left)
        self.keys = _load(self._bundle, sources)
        self._plain = {
            key: text for key in self.keys if (text := self._plain_text(key)) is not None
        }
        self._weekdays = get_day_names("wide", "format", locale)
        self._months = get_month_names("wide", "format", locale)
        self._ready = lru_cache(MAX_TEXTS_KEPT)(self._text)
        self._days = lru_cache(MAX_DAYS_KEPT)(self._name_day)
        self._hours = lru_cache(MAX_HOURS_KEPT)(self._name_hour)

    def __call__(self, key: str, **values: Value) -> str:
        """Word a message and return its text, in French where this language lacks it.

        Numbers are written as the language writes them (1 000): hand a year in as text.

        Raises:
            MissingWordsError: there is no such message.
            MissingValueError: the message names a value that was not given.
        """
        plain = self._plain.get(key)
        if plain is not None:
            return plain
        if key not in self.keys:
            return self._borrow(key, values)
        if all(isinstance(value, int) for value in values.values()):
            return self._ready(key, *values.items())
        return self._text(key, *values.items())

    def day(self, day: date) -> str:
        """Return a day with its weekday and no year: Samedi 5 décembre."""
        return self._days("date-day", day)

    def full_day(self, day: date) -> str:
        """Return a day in capitals, with its year: SAMEDI 5 DÉCEMBRE 2026."""
        return self._days("date-full-day", day).upper()

    def hour(self, at: time) -> str:
        """Return an hour on the wall: 14 h, 14 h 30, 2:30 pm."""
        return self._hours(at)

    def _name_hour(self, at: time) -> str:
        return self(
            "date-hour-minutes" if at.minute else "date-hour",
            hour=at.hour,
            hour12=(at.hour - 1) % NOON_HOUR + 1,
            minute=f"{at.minute:02}",
            half="am" if at.hour < NOON_HOUR else "pm",
        )

    def hours(self, start: time, end: time | None) -> str:
        """Return from when to when, or only when it starts if the end is not known."""
        if end is None:
            return self.hour(start)
        return self("date-hours", start=self.hour(start), end=self.hour(end))

    def _name_day(self, key: str, day: date) -> str:
        weekday = _capitalise(self._weekdays[day.weekday()])
        month = self._months[day.month]
        return self(key, weekday=weekday, day=day.day, month=month, year=str(day.year))

    def _borrow(self, key: str, values: Mapping[str, Value]) -> str:
        if self._fallback is None:
            raise MissingWordsError(key)
        return self._fallback(key, **values)

    def _plain_text(self, key: str) -> str | None:
        # The library declares a Pattern, and compiles one without placeables to a TextElement.
        pattern: object = self._bundle.get_message(key).value
        return pattern.value if isinstance(pattern, TextElement) else None

    def _text(self, key: str, *values: tuple[str, Value]) -> str:
        given, long = self._prepared(values)
        # A message without a text was refused when its file was loaded.
        pattern = cast("Pattern", self._bundle.get_message(key).value)
        text, errors = self._bundle.format_pattern(pattern, given)
        if errors:
            raise MissingValueError(key, *errors)
        worded = str(text)
        for stand_in, value in long.items():
            worded = worded.replace(stand_in, value)
        return worded

    def _prepared(
        self, values: tuple[tuple[str, Value], ...]
    ) -> tuple[dict[str, Value], dict[str, str]]:
        """Return the values to word, and those that are too long for it by their stand-in."""
        given: dict[str, Value] = {}
        long: dict[str, str] = {}
        for name, value in values:
            given[name] = value
            if isinstance(value, str):
                isolated = value if self.is_right_to_left else _isolate(value)
                given[name] = isolated
                if len(isolated) > MAX_PART_LENGTH:
                    given[name] = _STAND_IN.format(name)
                    long[_STAND_IN.format(name)] = isolated
        return given, long


def words_for(language: str) -> Words:
    """Return the words of a language, told by its code; French for one that has no locale."""
    code = language.replace("_", "-").split("-", maxsplit=1)[0].lower()
    return _words(code if code in _codes() else REFERENCE)


@cache
def languages() -> tuple[str, ...]:
    """Return the codes of the languages that lack no French message: French, then by code."""
    reference = _words(REFERENCE).keys
    return tuple(code for code in _codes() if reference <= _words(code).keys)


def language_name(code: str) -> str:
    """Return a language's name as its speakers write it: Français, English."""
    return words_for(code).name


@cache
def vocabulary(language: str) -> Vocabulary:
    """Return the words that the grammar reads in a language; French ones where it has none."""
    return vocabulary_of(words_for(language))


def vocabulary_of(words: Words) -> Vocabulary:
    """Build the grammar's vocabulary from the messages named `reading-…` and return it."""
    listed: dict[str, Any] = {
        field.name: _listed(field.type, words(f"reading-{field.name.replace('_', '-')}"))
        for field in fields(Vocabulary)
    }
    return Vocabulary(**listed)


def _listed(kind: object, text: str) -> tuple[str, ...] | Values | bool:
    if kind is bool:
        return text == "yes"
    phrases = tuple(phrase.strip() for phrase in text.split(",") if phrase.strip())
    return tuple(_paired(phrase) for phrase in phrases) if kind == Values else phrases


def _paired(phrase: str) -> tuple[str, int]:
    words, _, number = phrase.rpartition(" ")
    return words, int(number)


@cache
def _codes() -> tuple[str, ...]:
    folders = (files("handlers") / "locales").iterdir()
    codes = {folder.name for folder in folders if folder.is_dir()}
    return REFERENCE, *sorted(code for code in codes - {REFERENCE} if code.isalpha())


@cache
def _words(code: str) -> Words:
    folder = files("handlers") / "locales" / code
    sources = {
        entry.name: entry.read_text(encoding="utf-8")
        for entry in sorted(folder.iterdir(), key=lambda entry: entry.name)
        if entry.name.endswith(".ftl")
    }
    return Words(code, sources, None if code == REFERENCE else _words(REFERENCE))


def _load(bundle: FluentBundle, sources: Mapping[str, str]) -> frozenset[str]:
    """Put each file into the bundle and return the keys of all messages."""
    seen: set[str] = set()
    for name, source in sources.items():
        resource = FluentResource(source)
        for key in map(partial(_key_of, name), resource.body):
            if key and key in seen:
                raise BrokenLocaleError(f"{name}: {key} is there twice")
            seen.add(key or "")
        bundle.add_resource(resource)
    return frozenset(key for key in seen if key and not key.startswith("-"))


def _key_of(name: str, entry: EntryType) -> str | None:
    """Return the key of a message, with a dash before that of a term; None of a comment."""
    if isinstance(entry, Junk):
        raise BrokenLocaleError(f"{name}: cannot read {(entry.content or '').strip()[:80]}")
    if isinstance(entry, Term):
        return f"-{entry.id.name}"
    if not isinstance(entry, Message):
        return None
    if entry.value is None:
        raise BrokenLocaleError(f"{name}: {entry.id.name} has no text")
    return entry.id.name


def _isolate(value: str) -> str:
    if value.isascii() or not any(unicodedata.bidirectional(c) in _RIGHT_TO_LEFT for c in value):
        return value
    return f"{_FIRST_STRONG_ISOLATE}{value}{_POP_ISOLATE}"


def _capitalise(name: str) -> str:
    return name[:1].upper() + name[1:]
