"""Words by language: messages, days and hours, direction marks, what the grammar is given."""

import re
import unicodedata
from contextlib import suppress
from dataclasses import fields
from datetime import date, time
from importlib.resources import files

import pytest
from fluent.syntax import FluentParser
from fluent.syntax.ast import Junk, Message
from hypothesis import given
from hypothesis import strategies as st

from community.reading import Reason, Vocabulary
from handlers.words import (
    BrokenLocaleError,
    MissingValueError,
    MissingWordsError,
    Words,
    language_name,
    languages,
    vocabulary,
    words_for,
)

ISOLATE, POP = "\u2068", "\u2069"
SOURCE = """
hello = Bonjour
greet = Bonjour { $name } !
seats = { $count ->
    [one] { $count } place
   *[other] { $count } places
}
-bot = Palabre
signed = Le robot { -bot }
french-only = Seulement ici
"""
FRENCH = Words("fr", {"a.ftl": SOURCE}, None)


@pytest.mark.parametrize(
    ("key", "values", "expected"),
    [
        ("hello", {}, "Bonjour"),
        ("greet", {"name": "Samira"}, "Bonjour Samira !"),
        ("seats", {"count": 1}, "1 place"),
        ("seats", {"count": 12}, "12 places"),
        ("seats", {"count": 1200}, "1\u202f200 places"),
        ("signed", {}, "Le robot Palabre"),
    ],
)
def test_words_known_message_is_worded(
    key: str, values: dict[str, str | int], expected: str
) -> None:
    assert FRENCH(key, **values) == expected
    assert FRENCH(key, **values) == expected


def test_words_missing_message_is_borrowed_from_french() -> None:
    english = Words("en", {"a.ftl": "hello = Hello"}, FRENCH)

    assert english("hello") == "Hello"
    assert english("greet", name="Sam") == "Bonjour Sam !"


def test_words_message_missing_everywhere_raises_key_error() -> None:
    english = Words("en", {"a.ftl": "hello = Hello"}, FRENCH)

    with pytest.raises(MissingWordsError, match="nowhere") as raised:
        english("nowhere")

    assert isinstance(raised.value, KeyError)


def test_words_value_not_given_raises_rather_than_shows_its_name() -> None:
    with pytest.raises(MissingValueError, match="greet"):
        FRENCH("greet")


@pytest.mark.parametrize(
    ("source", "complaint"),
    [
        ("hello Bonjour", "cannot read hello Bonjour"),
        ("hello =\n    .title = b", "hello has no text"),
    ],
)
def test_words_broken_file_is_refused_by_name_when_it_is_needed(
    source: str, complaint: str
) -> None:
    words = Words("fr", {"bad.ftl": f"{source}\nthanks = Merci", "good.ftl": "bye = Salut"}, None)

    assert words("bye") == "Salut"
    with pytest.raises(BrokenLocaleError, match=f"bad.ftl: {complaint}"):
        words("thanks")


@pytest.mark.parametrize("language", languages())
def test_words_of_every_file_are_read_whole(language: str) -> None:
    words = words_for(language)

    for key in words.keys:
        # What a message lacks here are its values; another fault would be a file's.
        with suppress(MissingValueError):
            words(key)


@pytest.mark.parametrize("language", languages())
def test_locale_files_stand_alone_and_hold_nothing_that_is_not_read(language: str) -> None:
    for file in (files("handlers") / "locales" / language).iterdir():
        source = file.read_text(encoding="utf-8")
        entries = FluentParser().parse(source).body
        messages = [entry for entry in entries if isinstance(entry, Message)]
        keys = Words(language, {file.name: source}, None).keys
        named = set(re.findall(r"\{ *([a-z][a-z0-9-]*) *\}", source))

        assert not any(isinstance(entry, Junk) for entry in entries), file.name
        assert {entry.id.name for entry in messages} == keys, file.name
        assert named <= keys, file.name


@pytest.mark.parametrize(
    "sources", [{"a.ftl": "hello = a\nhello = b"}, {"a.ftl": "hello = a", "b.ftl": "hello = b"}]
)
def test_words_same_message_twice_is_refused(sources: dict[str, str]) -> None:
    with pytest.raises(BrokenLocaleError, match="hello is there twice"):
        Words("fr", sources, None)


def test_words_left_to_right_values_carry_no_mark() -> None:
    text = FRENCH("greet", name="Élodie")

    assert not any(unicodedata.category(letter) == "Cf" for letter in text)


def test_words_right_to_left_value_in_left_to_right_text_is_isolated() -> None:
    assert FRENCH("greet", name="سميرة") == f"Bonjour {ISOLATE}سميرة{POP} !"


def test_words_right_to_left_language_isolates_every_value() -> None:
    arabic = Words("ar", {"a.ftl": "greet = أهلا { $name }!"}, FRENCH)

    assert arabic.is_right_to_left
    assert arabic("greet", name="Samira") == f"أهلا {ISOLATE}Samira{POP}!"


@pytest.mark.parametrize("letter", ["a", "س"])
def test_words_value_longer_than_the_library_takes_is_whole(letter: str) -> None:
    text = FRENCH("greet", name=letter * 4096)

    assert text.count(letter) == 4096 + "Bonjour ".count(letter)


@given(st.text())
def test_words_any_value_is_kept_as_it_is(value: str) -> None:
    text = FRENCH("greet", name=value)

    assert value in text


@pytest.mark.parametrize(
    ("language", "day", "expected", "full"),
    [
        ("fr", date(2026, 12, 5), "Samedi 5 décembre", "SAMEDI 5 DÉCEMBRE 2026"),
        ("fr", date(2027, 1, 1), "Vendredi 1er janvier", "VENDREDI 1ER JANVIER 2027"),
        ("fr", date(2027, 8, 31), "Mardi 31 août", "MARDI 31 AOÛT 2027"),
        ("en", date(2026, 12, 5), "Saturday 5 December", "SATURDAY 5 DECEMBER 2026"),
        ("en", date(2027, 1, 1), "Friday 1 January", "FRIDAY 1 JANUARY 2027"),
    ],
)
def test_words_day_is_written_with_its_weekday(
    language: str, day: date, expected: str, full: str
) -> None:
    words = words_for(language)

    assert words.day(day) == expected
    assert words.full_day(day) == full


@pytest.mark.parametrize(
    ("at", "french", "english"),
    [
        (time(14), "14 h", "2 pm"),
        (time(14, 30), "14 h 30", "2:30 pm"),
        (time(9, 5), "9 h 05", "9:05 am"),
        (time(12), "12 h", "12 pm"),
        (time(0), "0 h", "12 am"),
    ],
)
def test_words_hour_is_written_as_people_say_it(at: time, french: str, english: str) -> None:
    assert words_for("fr").hour(at) == french
    assert words_for("en").hour(at) == english


def test_words_hours_are_from_to_or_only_the_start() -> None:
    french = words_for("fr")

    assert french.hours(time(14), time(16)) == "14 h à 16 h"
    assert french.hours(time(14), None) == "14 h"
    assert words_for("en").hours(time(14), time(16, 30)) == "2 pm to 4:30 pm"


def test_words_for_unknown_or_regional_code_finds_the_nearest() -> None:
    assert words_for("en-GB") is words_for("en")
    assert words_for("FR_ca") is words_for("fr")
    assert words_for("xx").language == "fr"
    assert words_for("../fr").language == "fr"
    assert words_for("").language == "fr"


def test_languages_are_the_complete_ones_french_first() -> None:
    assert languages()[0] == "fr"
    assert "en" in languages()


def test_languages_are_named_by_their_speakers() -> None:
    assert [language_name(code) for code in languages()][:1] == ["Français"]
    assert language_name("en") == "English"


@pytest.mark.parametrize("language", ["fr", "en"])
def test_vocabulary_is_whole_in_each_language(language: str) -> None:
    known = vocabulary(language)

    assert {number for _, number in known.weekdays} == set(range(1, 8))
    assert {number for _, number in known.months} == set(range(1, 13))
    empty = {field.name for field in fields(Vocabulary) if getattr(known, field.name) == ()}
    allowed = {"weeks_before", "loose_days", "loose_hour_units", "fractions_before"}
    assert empty <= allowed | {"place_endings"}


@pytest.mark.parametrize("language", ["fr", "en"])
@pytest.mark.parametrize("reason", Reason)
def test_every_reason_of_doubt_has_words(language: str, reason: Reason) -> None:
    text = words_for(language)(f"doubt-{reason}", text="zorglub")

    assert text
    assert ("zorglub" in text) == (reason is not Reason.TOO_LONG)
