"""Every word that a person reads, and every word that the bot can read, by language.

All `handlers/locales/<language>/*.ftl` of a language are one bundle; French is the reference and
stands in for what another language lacks. A file is read when one of its messages is first asked
for, so a message may build on others of its own file only. Names of days and months come from CLDR,
through Babel. Escaping is not done here: views escape what people typed before they hand it in.

Invisible direction marks (FSI … PDI) part a value from the text around it only where directions
may differ: always in a language written from right to left, elsewhere around a value that is.
"""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import fields
from datetime import date, time
from functools import cache, cached_property, lru_cache
from importlib.resources import files
from typing import Any, cast

from babel import Locale
from babel.dates import get_day_names, get_month_names
from fluent.runtime import FluentBundle, FluentResource
from fluent.runtime.resolver import MAX_PART_LENGTH, Pattern, TextElement
from fluent.syntax.ast import Junk, Message, Resource

from community.reading import Values, Vocabulary

REFERENCE = "fr"
NOON_HOUR = 12

# Texts of numbers alone are kept ready: they come back often, and tell nothing of a person.
MAX_TEXTS_KEPT = 1024
MAX_DAYS_KEPT = 512
MAX_HOURS_KEPT = 512

Value = str | int

_ENTRY = re.compile(r"^(-?[a-zA-Z][a-zA-Z0-9_-]*) *=", re.MULTILINE)
"""Where a message or a term begins: every other line of it is indented
(https://github.com/projectfluent/fluent/blob/main/spec/fluent.ebnf)."""
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
            BrokenLocaleError: a message is there twice.
        """
        self.language = language
        self._locale = Locale.parse(language, sep="-")
        self._fallback = fallback
        self._sources = sources
        self._file_of = _files(sources)
        self.keys = frozenset(key for key in self._file_of if not key.startswith("-"))
        self._plain: dict[str, str] = {}
        self._ready = lru_cache(MAX_TEXTS_KEPT)(self._text)
        self._days = lru_cache(MAX_DAYS_KEPT)(self._name_day)
        self._hours = lru_cache(MAX_HOURS_KEPT)(self._name_hour)

    @cached_property
    def name(self) -> str:
        """The language's own name for itself: Français, English."""
        return _capitalise(self._locale.get_display_name() or self.language)

    @cached_property
    def is_right_to_left(self) -> bool:
        """Whether the language is written from right to left."""
        return self._locale.text_direction == "rtl"

    def __call__(self, key: str, **values: Value) -> str:
        """Word a message and return its text, in French where this language lacks it.

        Numbers are written as the language writes them (1 000): hand a year in as text.

        Raises:
            MissingWordsError: there is no such message.
            MissingValueError: the message names a value that was not given.
            BrokenLocaleError: the message's file cannot be read.
        """
        plain = self._plain.get(key)
        if plain is not None:
            return plain
        if key not in self.keys:
            return self._borrow(key, values)
        pattern = self._pattern(key)
        if isinstance(pattern, TextElement):
            return self._plain.setdefault(key, pattern.value)
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
        weekday = _capitalise(get_day_names("wide", "format", self._locale)[day.weekday()])
        month = get_month_names("wide", "format", self._locale)[day.month]
        return self(key, weekday=weekday, day=day.day, month=month, year=str(day.year))

    def _borrow(self, key: str, values: Mapping[str, Value]) -> str:
        if self._fallback is None:
            raise MissingWordsError(key)
        return self._fallback(key, **values)

    @cached_property
    def _bundle(self) -> FluentBundle:
        return FluentBundle([self.language], use_isolating=self.is_right_to_left)

    def _pattern(self, key: str) -> Pattern | TextElement:
        """Give a message's pattern, one without values as a TextElement; its file is read first."""
        if not self._bundle.has_message(key):
            # Threads may read the same file at once: what is there already stays as it is.
            name = self._file_of[key]
            self._bundle.add_resource(_read(name, self._sources[name]))
        # The library declares a Pattern that may be absent; without a text no file is read.
        return cast("Pattern | TextElement", self._bundle.get_message(key).value)

    def _text(self, key: str, *values: tuple[str, Value]) -> str:
        given, long = self._prepared(values)
        text, errors = self._bundle.format_pattern(cast("Pattern", self._pattern(key)), given)
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


def _files(sources: Mapping[str, str]) -> dict[str, str]:
    """Find the file that holds each message, and each term, which has a dash before its key."""
    found: dict[str, str] = {}
    for name, source in sources.items():
        for key in _ENTRY.findall(source):
            if key in found:
                raise BrokenLocaleError(f"{name}: {key} is there twice")
            found[key] = name
    return found


def _read(name: str, source: str) -> Resource:
    resource = FluentResource(source)
    for entry in resource.body:
        if isinstance(entry, Junk):
            raise BrokenLocaleError(f"{name}: cannot read {(entry.content or '').strip()[:80]}")
        if isinstance(entry, Message) and entry.value is None:
            raise BrokenLocaleError(f"{name}: {entry.id.name} has no text")
    return resource


def _isolate(value: str) -> str:
    if value.isascii() or not any(unicodedata.bidirectional(c) in _RIGHT_TO_LEFT for c in value):
        return value
    return f"{_FIRST_STRONG_ISOLATE}{value}{_POP_ISOLATE}"


def _capitalise(name: str) -> str:
    return name[:1].upper() + name[1:]
