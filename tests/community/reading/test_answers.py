"""One answer to one question: a day, hours, seats, a number."""

from datetime import date, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from community.reading import (
    Doubt,
    Field,
    Reason,
    read_day,
    read_hours,
    read_number,
    read_seats,
)
from handlers.words import vocabulary
from tests.community.reading.phrase import NOW, december

FR, EN = vocabulary("fr"), vocabulary("en")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("samedi", december(5)),
        ("5", december(5)),
        ("05.", december(5)),
        ("٥", december(5)),
        ("le 5", december(5)),
        ("5/12", december(5)),
        ("05/12/2026", december(5)),
        ("le samedi 5 décembre", december(5)),
        ("samedi en 8", december(12)),
        ("1", Reason.AMBIGUOUS),
        ("samedi prochain", Reason.AMBIGUOUS),
        ("99", Reason.IMPOSSIBLE),
        ("0", Reason.IMPOSSIBLE),
        ("hier", Reason.PAST),
        ("samedi ou dimanche", Reason.SEVERAL),
        ("samedi peut-être", Reason.UNCLEAR),
        ("samedi 14h", Reason.UNCLEAR),
        ("bientot", Reason.VAGUE),
        ("je ne sais pas", Reason.UNCLEAR),
        ("", Reason.UNCLEAR),
        ("\0\u202e", Reason.UNCLEAR),
        ("samedi" * 20_000, Reason.TOO_LONG),
    ],
    ids=lambda value: str(value)[:30],
)
def test_read_day_answer_is_a_day_or_a_doubt(text: str, expected: date | Reason) -> None:
    found = read_day(text, FR, now=NOW)

    assert (found.reason if isinstance(found, Doubt) else found) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("14", (time(14), None)),
        ("9", (time(9), None)),
        ("14h", (time(14), None)),
        ("14h30", (time(14, 30), None)),
        ("14:30", (time(14, 30), None)),
        ("de 14h à 16h", (time(14), time(16))),
        ("14h-16h", (time(14), time(16))),
        ("14-16", (time(14), time(16))),
        ("de 14 à 16", (time(14), time(16))),
        ("à 14h", (time(14), None)),
        ("midi", (time(12), None)),
        ("2", Reason.AMBIGUOUS),
        ("minuit", Reason.AMBIGUOUS),
        ("25", Reason.IMPOSSIBLE),
        ("14 16", Reason.SEVERAL),
        ("16h-14h", Reason.END_BEFORE_START),
        ("jusqu'à 16h", Reason.UNCLEAR),
        ("14h environ", Reason.UNCLEAR),
        ("matin", Reason.UNCLEAR),
        ("", Reason.UNCLEAR),
        ("1" * 100_000, Reason.TOO_LONG),
    ],
    ids=lambda value: str(value)[:30],
)
def test_read_hours_answer_is_hours_or_a_doubt(
    text: str, expected: tuple[time, time | None] | Reason
) -> None:
    found = read_hours(text, FR)

    assert (found.reason if isinstance(found, Doubt) else found) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [("9", Reason.AMBIGUOUS), ("9am", time(9)), ("14", time(14)), ("2-4pm", time(14))],
)
def test_read_hours_in_english_asks_which_half_of_the_day(
    text: str, expected: time | Reason
) -> None:
    found = read_hours(text, EN)

    assert (found.reason if isinstance(found, Doubt) else found[0]) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("12", 12),
        (" 12 ", 12),
        ("12 places", 12),
        ("douze places", 12),
        ("max 12", 12),
        ("sans limite", None),
        ("places illimitées", None),
        ("0", Reason.IMPOSSIBLE),
        ("99999", Reason.TOO_MANY),
        ("10-12 places", Reason.AMBIGUOUS),
        ("beaucoup", Reason.UNCLEAR),
        ("12 places debout", Reason.UNCLEAR),
    ],
)
def test_read_seats_answer_is_a_count_or_a_doubt(text: str, expected: int | Reason | None) -> None:
    found = read_seats(text, FR)

    assert (found.reason if isinstance(found, Doubt) else found) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("12", 12),
        ("0", 0),
        (" 7. ", 7),
        ("١٢", 12),
        ("-5", Reason.UNCLEAR),
        ("1,5", Reason.UNCLEAR),
        ("1 200", Reason.UNCLEAR),
        ("douze", Reason.UNCLEAR),
        ("", Reason.UNCLEAR),
        ("10001", Reason.TOO_MANY),
        ("9" * 4000, Reason.UNCLEAR),
        ("9" * 5000, Reason.TOO_LONG),
    ],
    ids=lambda value: str(value)[:30],
)
def test_read_number_answer_is_a_number_or_a_doubt(text: str, expected: int | Reason) -> None:
    found = read_number(text)

    assert (found.reason if isinstance(found, Doubt) else found) == expected


@given(st.text(max_size=200))
def test_read_answers_of_any_text_raise_nothing(text: str) -> None:
    day = read_day(text, FR, now=NOW)
    number = read_number(text)

    assert isinstance(day, Doubt) or day >= NOW.date()
    assert isinstance(number, Doubt) or number >= 0
    assert isinstance(read_hours(text, FR), Doubt | tuple)
    assert isinstance(read_seats(text, FR), Doubt | int | None)


def test_read_day_doubt_names_the_field_and_the_words() -> None:
    found = read_day("Hier", FR, now=NOW)

    assert found == Doubt(Field.DAY, "Hier", Reason.PAST)
