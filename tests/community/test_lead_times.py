"""Lead times: how they are written, and the instant they fall due."""

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from community.lead_times import LONGEST, Ahead, DaysBefore, LeadTime, parse

PARIS = ZoneInfo("Europe/Paris")

lead_times: st.SearchStrategy[LeadTime] = st.one_of(
    st.builds(
        DaysBefore,
        st.integers(0, LONGEST.days),
        st.times().map(lambda at: at.replace(second=0, microsecond=0)),
    ),
    st.builds(Ahead, st.integers(1, 400 * 24).map(lambda count: timedelta(minutes=count))),
)


def paris(*parts: int) -> datetime:
    year, month, day, hour, minute = parts
    return datetime(year, month, day, hour, minute, tzinfo=PARIS)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("7d@18:00", DaysBefore(7, time(18))),
        ("0d@08:30", DaysBefore(0, time(8, 30))),
        ("2h", Ahead(timedelta(hours=2))),
        ("90m", Ahead(timedelta(minutes=90))),
        ("366d@00:00", DaysBefore(366, time(0))),
    ],
)
def test_lead_time_is_read(text: str, expected: LeadTime) -> None:
    assert parse(text) == expected


@pytest.mark.parametrize(
    "text",
    ["", "7d", "7d@18", "7d@24:00", "7d@18:60", "-1d@18:00", "367d@18:00", "0h", "0m", "2H", "2 h",
     "1.5h", "9000h", "٧h", "2h\n", "7d@18:00 "],
)  # fmt: skip
def test_lead_time_written_otherwise_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="write 7d@18:00"):
        parse(text)


@given(lead_times)
def test_lead_time_reads_back_from_what_it_shows(lead_time: LeadTime) -> None:
    assert parse(str(lead_time)) == lead_time


def test_whole_hours_are_shown_as_hours() -> None:
    assert str(parse("120m")) == "2h"


def test_days_before_counts_from_the_local_day_of_the_event() -> None:
    starts_at = paris(2027, 6, 2, 0, 30).astimezone(UTC)

    due_at = parse("1d@18:00").due_at(starts_at, PARIS)

    assert due_at == paris(2027, 6, 1, 18, 0)
    assert due_at.tzinfo is UTC


def test_f17_spring_keeps_the_wall_time_of_the_day_before_and_the_exact_hours() -> None:
    starts_at = paris(2027, 3, 28, 18, 0).astimezone(UTC)

    day_before = parse("1d@18:00").due_at(starts_at, PARIS)
    hours_before = parse("2h").due_at(starts_at, PARIS)

    assert day_before == datetime(2027, 3, 27, 17, 0, tzinfo=UTC)
    assert starts_at - day_before == timedelta(hours=23)
    assert hours_before == datetime(2027, 3, 28, 14, 0, tzinfo=UTC)


def test_f17_exact_hours_cross_the_spring_gap_by_the_clock_of_utc() -> None:
    starts_at = paris(2027, 3, 28, 3, 30).astimezone(UTC)

    due_at = parse("2h").due_at(starts_at, PARIS)

    assert due_at.astimezone(PARIS) == paris(2027, 3, 28, 0, 30)


def test_f17_local_hour_that_spring_skips_falls_after_the_gap() -> None:
    starts_at = paris(2027, 3, 28, 18, 0).astimezone(UTC)

    due_at = parse("0d@02:30").due_at(starts_at, PARIS)

    assert due_at.astimezone(PARIS).time() == time(3, 30)


def test_f18_autumn_keeps_the_wall_time_of_the_day_before() -> None:
    starts_at = paris(2027, 10, 31, 18, 0).astimezone(UTC)

    due_at = parse("1d@18:00").due_at(starts_at, PARIS)

    assert due_at == datetime(2027, 10, 30, 16, 0, tzinfo=UTC)
    assert starts_at - due_at == timedelta(hours=25)


def test_f18_local_hour_that_autumn_repeats_is_due_at_its_first_pass_only() -> None:
    starts_at = paris(2027, 10, 31, 18, 0).astimezone(UTC)

    due_at = parse("0d@02:30").due_at(starts_at, PARIS)

    assert due_at == datetime(2027, 10, 31, 0, 30, tzinfo=UTC)


@given(lead_times, st.datetimes(datetime(2026, 1, 1), datetime(2030, 1, 1)))  # noqa: DTZ001 - Hypothesis takes naive bounds
def test_due_at_is_in_utc_and_says_the_hour_it_was_asked(
    lead_time: LeadTime, naive: datetime
) -> None:
    starts_at = naive.replace(tzinfo=UTC)
    zone = ZoneInfo("Asia/Kolkata")

    due_at = lead_time.due_at(starts_at, zone)

    assert due_at.tzinfo is UTC
    match lead_time:
        case DaysBefore(days, at):
            local = due_at.astimezone(zone)
            assert local.time() == at
            assert (starts_at.astimezone(zone).date() - local.date()).days == days
        case Ahead(duration):
            assert starts_at - due_at == duration
