"""One sentence into the parts of an event: the held table, and what holds for any sentence."""

import unicodedata
from dataclasses import replace
from datetime import date, datetime, time, timedelta

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from community.reading import Doubt, Field, Reading, Reason, Vocabulary, read
from community.reading.text import MAX_SENTENCE_LENGTH
from handlers.words import vocabulary
from tests.community.reading.phrase import COMMISSIONS, NOW, PARIS, PLACES, Phrase
from tests.community.reading.phrases import ENGLISH, FRENCH

FR, EN = vocabulary("fr"), vocabulary("en")
MONTHS_FR = [
    "janvier",
    "février",
    "mars",
    "avril",
    "mai",
    "juin",
    "juillet",
    "août",
    "septembre",
    "octobre",
    "novembre",
    "décembre",
]
MONTHS_EN = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
]
WEEKDAYS_FR = ["lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche"]
WEEKDAYS_EN = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]

DAYS = st.dates(NOW.date() + timedelta(days=1), NOW.date() + timedelta(days=364))
HOURS = st.times(time(0), time(23, 59)).map(lambda at: at.replace(second=0, microsecond=0))
SEATS = st.integers(1, 400)


def reading_of(text: str, words: Vocabulary = FR, now: datetime = NOW) -> Reading:
    return read(text, words, now=now, commissions=COMMISSIONS, places=PLACES)


def check(phrase: Phrase, words: Vocabulary) -> None:
    found = reading_of(phrase.text, words)

    assert replace(found, doubts=()) == phrase.says, found
    assert {(doubt.field, doubt.reason) for doubt in found.doubts} == phrase.doubts, found


@pytest.mark.parametrize("phrase", FRENCH, ids=lambda phrase: phrase.text)
def test_read_french_phrase_is_read_as_held(phrase: Phrase) -> None:
    check(phrase, FR)


@pytest.mark.parametrize("phrase", ENGLISH, ids=lambda phrase: phrase.text)
def test_read_english_phrase_is_read_as_held(phrase: Phrase) -> None:
    check(phrase, EN)


def test_phrases_are_enough_and_each_once() -> None:
    texts = [phrase.text for phrase in (*FRENCH, *ENGLISH)]

    assert len(texts) >= 150
    assert len(set(FRENCH)) == len(FRENCH)
    assert len(set(ENGLISH)) == len(ENGLISH)


@pytest.mark.parametrize(
    ("said_on", "text", "expected"),
    [
        (date(2026, 12, 5), "samedi", None),
        (date(2026, 12, 5), "samedi prochain", date(2026, 12, 12)),
        (date(2026, 12, 6), "samedi prochain", date(2026, 12, 12)),
        (date(2026, 12, 4), "lundi prochain", date(2026, 12, 7)),
        (date(2026, 12, 6), "1er jeudi du mois", date(2027, 1, 7)),
        (date(2026, 12, 31), "demain", date(2027, 1, 1)),
        (date(2026, 12, 31), "le 5", date(2027, 1, 5)),
        (date(2026, 12, 5), "samedi 5", date(2026, 12, 5)),
        (date(2027, 1, 31), "dans un mois", None),
        (date(2027, 1, 31), "le 30", None),
    ],
)
def test_read_day_depends_on_the_day_it_is_said(
    said_on: date, text: str, expected: date | None
) -> None:
    found = reading_of(text, now=datetime.combine(said_on, time(10), PARIS))

    assert found.day == expected
    assert bool(found.doubts) == (expected is None)


@pytest.mark.parametrize("length", [MAX_SENTENCE_LENGTH + 1, 100_000])
def test_read_text_too_long_is_one_doubt_and_nothing_else(length: int) -> None:
    found = reading_of("samedi 14h ".ljust(length, "x"))

    assert [(doubt.field, doubt.reason) for doubt in found.doubts] == [
        (Field.SENTENCE, Reason.TOO_LONG)
    ]
    assert replace(found, doubts=()) == Reading()
    assert len(found.doubts[0].text) < 100


@pytest.mark.parametrize(
    "piece",
    ["samedi ", "1", "12 ", "à ", "le-", "' ", "14h ", "espace ", "\0", "د", "e\u0301", "( "],
)
def test_read_longest_text_of_one_piece_raises_nothing(piece: str) -> None:
    text = (piece * MAX_SENTENCE_LENGTH)[:MAX_SENTENCE_LENGTH]

    assert isinstance(reading_of(text), Reading)


PIECES = st.sampled_from(
    [
        "samedi",
        "14h",
        "à",
        "le",
        "5",
        "12",
        "places",
        "garde",
        "espace",
        "Linné",
        "/",
        ":",
        "-",
        ",",
        ".",
        "midi",
        "décembre",
        "2027",
        "prochain",
        "en",
        "8",
        "jusqu'à",
        "de",
        "dans",
        "jours",
        "pour",
        "Parents",
        "sans",
        "pm",
        "31",
        "€",
        "1er",
        "99",
    ]
)


@given(st.one_of(st.text(max_size=300), st.lists(PIECES, max_size=14).map(" ".join)))
@example(":ESPACE!POUR PARENTS")
@example(":ESPACE!POUR PARENTS ET VOISINS")
def test_read_any_text_raises_nothing_and_doubted_fields_stay_empty(text: str) -> None:
    for words in (FR, EN):
        found = reading_of(text, words)

        for doubt in found.doubts:
            assert getattr(found, doubt.field, None) is None
        if found.day:
            assert found.day >= NOW.date()
        if found.starts and found.ends:
            assert found.starts < found.ends


@given(st.lists(st.one_of(PIECES, st.sampled_from(["zorglub", "miaou"])), max_size=10))
def test_read_unknown_words_are_never_dropped(pieces: list[str]) -> None:
    text = " ".join(pieces)

    found = reading_of(text)

    kept = [found.title or "", found.location or "", *(doubt.text for doubt in found.doubts)]
    heard = " ".join(kept).lower()
    for word in ("zorglub", "miaou"):
        assert heard.count(word) >= text.count(word), found


def spell_day(day: date, spelling: int) -> tuple[str, Vocabulary, int]:
    """Spell a day; also within how many days the spelling can mean no other."""
    fr, en = MONTHS_FR[day.month - 1], MONTHS_EN[day.month - 1]
    weekday_fr, weekday_en = WEEKDAYS_FR[day.weekday()], WEEKDAYS_EN[day.weekday()]
    plain = "".join(c for c in unicodedata.normalize("NFD", fr) if not unicodedata.combining(c))
    spellings = (
        (f"le {day.day} {fr}", FR, 365),
        (f"{weekday_fr} {day.day} {plain}", FR, 365),
        (f"{weekday_fr.upper()} {day.day} {fr.upper()} {day.year}", FR, 365),
        (f"{day.day}/{day.month}/{day.year}", FR, 365),
        (f"{day:%d/%m}", FR, 365),
        (f"{weekday_fr[:3]}. {day.day} {plain}", FR, 365),
        (f"{weekday_fr} {day.day}", FR, 27),
        (f"le {day.day}", FR, 27),
        (weekday_fr, FR, 7),
        (f"{day:%Y-%m-%d}", EN, 365),
        (f"{weekday_en} {day.day} {en}", EN, 365),
        (f"{en} {day.day}, {day.year}", EN, 365),
        (f"{day.day}/{day.month}/{day.year}", EN, 365),
        (weekday_en, EN, 7),
    )
    return spellings[spelling % len(spellings)]


def spell_hour(at: time, spelling: int, words: Vocabulary) -> str:
    fr = (
        f"{at.hour}h{at.minute:02}",
        f"{at:%H:%M}",
        f"à {at.hour} h {at.minute:02}",
        f"{at:%Hh%M}",
    )
    half = "am" if at.hour < 12 else "pm"
    hour12 = (at.hour - 1) % 12 + 1
    en = (f"{hour12}:{at.minute:02}{half}", f"at {hour12}:{at.minute:02} {half}", f"{at:%H:%M}")
    spellings = fr if words is FR else en
    return spellings[spelling % len(spellings)]


@settings(max_examples=600)
@given(DAYS, HOURS, SEATS, st.integers(0, 100), st.integers(0, 100))
def test_read_event_in_any_spelling_is_exact_or_doubted(
    day: date, at: time, seats: int, day_spelling: int, hour_spelling: int
) -> None:
    spelled_day, words, sure_days = spell_day(day, day_spelling)
    seats_word = "places" if words is FR else "seats"
    spelled_hour = spell_hour(at, hour_spelling, words)

    found = reading_of(f"Miaou {spelled_day} {spelled_hour} {seats} {seats_word}", words)

    doubted = {doubt.field for doubt in found.doubts}
    is_sure = day - NOW.date() <= timedelta(days=sure_days)
    assert found.day == day or Field.DAY in doubted or not is_sure
    assert found.starts == at or Field.STARTS in doubted
    assert found.capacity == seats
    assert found.title == "Miaou"


@settings(max_examples=600)
@given(DAYS, SEATS, st.integers(0, 100))
def test_read_day_and_seats_side_by_side_are_exact_or_doubted(
    day: date, seats: int, day_spelling: int
) -> None:
    spelled_day, words, sure_days = spell_day(day, day_spelling)
    seats_word = "places" if words is FR else "seats"

    found = reading_of(f"Miaou {spelled_day} {seats} {seats_word}", words)

    doubted = {doubt.field for doubt in found.doubts}
    is_sure = day - NOW.date() <= timedelta(days=sure_days)
    assert found.day == day or Field.DAY in doubted or not is_sure
    assert found.capacity == seats or Field.CAPACITY in doubted


@given(DAYS, HOURS, HOURS)
def test_read_hours_from_to_are_exact_or_doubted(day: date, start: time, end: time) -> None:
    text = f"Miaou {day:%d/%m/%Y} de {start.hour}h{start.minute:02} à {end.hour}h{end.minute:02}"

    found = reading_of(text)

    doubted = {doubt.field for doubt in found.doubts}
    assert found.starts == start or Field.STARTS in doubted
    assert found.ends == end or doubted & {Field.STARTS, Field.ENDS}


def test_read_doubt_quotes_the_words_as_they_were_typed() -> None:
    found = reading_of("Atelier Sàmedi 4 DÉCEMBRE 14h")

    assert found.doubts == (Doubt(Field.DAY, "Sàmedi 4 DÉCEMBRE", Reason.MISMATCH),)
