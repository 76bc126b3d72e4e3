"""What people type is made safe, whatever it is, and quickly (F55)."""

import json
import time
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from community.errors import InvalidInputError
from community.texts import MOST_MARKS, clean, folded, length, line

MOST_SECONDS = 2.0
"""What a hundred thousand letters may take on a busy machine; they take a hundredth of it."""
_NASTY = (
    "a\u0301\u0316\u20dd\u200b\u200d\u200e\u202e\u2066\u0958\ufb2c\u1100\u1161\u00a0 \x00\x1b\n"
)
nasty = st.text(st.one_of(st.characters(), st.sampled_from([*_NASTY, "\ud83d", "\udc00"])))


@given(nasty)
def test_clean_text_stays_as_it_is(text: str) -> None:
    once = clean(text)

    assert clean(once) == once


@given(nasty)
def test_cleaned_text_can_be_kept_and_sent(text: str) -> None:
    cleaned = clean(text)

    assert json.loads(json.dumps(cleaned).encode()) == cleaned
    assert cleaned.encode().decode() == cleaned
    assert not {unicodedata.category(letter) for letter in cleaned} & {"Cc", "Cs", "Zl", "Zp"}
    assert not {unicodedata.bidirectional(letter) for letter in cleaned} & {"RLO", "LRO", "RLI"}
    assert unicodedata.is_normalized("NFC", cleaned)
    assert cleaned == cleaned.strip()


@given(nasty)
def test_cleaned_text_has_no_pile_of_marks(text: str) -> None:
    run = highest = 0

    for letter in clean(text):
        run = run + 1 if unicodedata.category(letter) in {"Mn", "Me"} else 0
        highest = max(highest, run)

    assert highest <= MOST_MARKS


@given(nasty, st.integers(1, 40))
def test_line_is_kept_whole_or_refused(text: str, most: int) -> None:
    try:
        kept = line(text, field="title", most=most)
    except InvalidInputError as error:
        kept = f"{error.field}: {error.reason}"

    if kept not in {"title: empty", "title: long"}:
        assert kept == clean(text)
        assert 0 < length(kept) <= most


@given(nasty)
def test_folded_text_is_given_for_anything(text: str) -> None:
    assert folded(text) == folded(clean(text))


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("  Samira \n\t B  ", "Samira B"),
        ("Cafe\u0301", "Café"),
        ("a\x00b", "a b"),
        ("\ud83d seul", "\ufffd seul"),
        ("\u202eelbalap\u202c", "elbalap"),
        ("\u2066x\u2069", "x"),
        ("zalgo" + "\u0301\u0316" * 50, "zalgó\u0316\u0301"),
        ("o\u20dd\u20dd\u20dd\u20dd\u20dd", "o\u20dd\u20dd\u20dd"),
        ("👨\u200d👩\u200d👧", "👨\u200d👩\u200d👧"),
        ("می\u200cخواهم", "می\u200cخواهم"),
        ("Sam\u200bira", "Samira"),
        ("=HYPERLINK(1)", "=HYPERLINK(1)"),
        ("<b>x</b>", "<b>x</b>"),
        ("مرحبا 🌍", "مرحبا 🌍"),
    ],
)
def test_clean_known_tricks_gives_what_is_read(typed: str, kept: str) -> None:
    assert clean(typed) == kept


@pytest.mark.parametrize(
    "text",
    ["", " ", "\x00", "\u200b", "\u200d\u200d", "\u3164", "\u2800\u2800", "\u0301", "\u202e"],
)
def test_line_with_nothing_to_see_is_empty(text: str) -> None:
    with pytest.raises(InvalidInputError) as refusal:
        line(text, field="title", most=80)

    assert refusal.value.reason == "empty"


@pytest.mark.parametrize(
    ("text", "units"), [("abc", 3), ("é", 1), ("😀", 2), ("😀" * 4096, 8192), ("\ud83d", 1)]
)
def test_length_counts_as_telegram_does(text: str, units: int) -> None:
    assert length(text) == units


def test_line_of_8192_units_of_emoji_is_long() -> None:
    with pytest.raises(InvalidInputError) as refusal:
        line("😀" * 4096, field="title", most=80)

    assert refusal.value.reason == "long"


@pytest.mark.parametrize(
    "text",
    [
        "a" * 100_000,
        "a" + "\u0301\u0316" * 50_000,
        "\u0344" * 100_000,
        "\ufdfa" * 100_000,
        "\u202e" * 100_000,
        "😀\u200d" * 50_000,
        " " * 100_000,
        "\ud83d" * 100_000,
    ],
)
def test_hundred_thousand_letters_are_dealt_with_quickly(text: str) -> None:
    before = time.process_time()

    clean(text)
    folded(text)

    assert time.process_time() - before < MOST_SECONDS


@pytest.mark.parametrize(
    ("one", "other"), [("Santé", "SANTE"), ("Straße", "strasse"), ("Éléonore", "ELEONORE")]
)
def test_folded_names_that_read_alike_are_equal(one: str, other: str) -> None:
    assert folded(one) == folded(other)
