"""F19: an hour on the wall that does not exist, or comes twice, on the nights of the change."""

from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from community.reading import AmbiguousTimeError, NonexistentTimeError, to_instant

PARIS = ZoneInfo("Europe/Paris")
SPRING = date(2027, 3, 28)
AUTUMN = date(2027, 10, 31)


@pytest.mark.parametrize("at", [time(2, 0), time(2, 30), time(2, 59)])
def test_f19_to_instant_in_the_hour_jumped_over_is_refused(at: time) -> None:
    with pytest.raises(NonexistentTimeError, match="does not exist in Europe/Paris"):
        to_instant(SPRING, at, PARIS)


@pytest.mark.parametrize("fold", [0, 1])
def test_f19_to_instant_in_the_hour_jumped_over_is_refused_whatever_the_fold(fold: int) -> None:
    with pytest.raises(NonexistentTimeError):
        to_instant(SPRING, time(2, 30), PARIS, fold=fold)


def test_f19_to_instant_in_the_hour_that_comes_twice_tells_both() -> None:
    with pytest.raises(AmbiguousTimeError) as raised:
        to_instant(AUTUMN, time(2, 30), PARIS)

    assert raised.value.first == datetime(2027, 10, 31, 0, 30, tzinfo=UTC)
    assert raised.value.second == datetime(2027, 10, 31, 1, 30, tzinfo=UTC)


@pytest.mark.parametrize(("fold", "hour"), [(0, 0), (1, 1)])
def test_f19_to_instant_in_the_hour_that_comes_twice_takes_the_one_told(
    fold: int, hour: int
) -> None:
    instant = to_instant(AUTUMN, time(2, 30), PARIS, fold=fold)

    assert instant == datetime(2027, 10, 31, hour, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    ("day", "at", "expected"),
    [
        (SPRING, time(1, 59), datetime(2027, 3, 28, 0, 59, tzinfo=UTC)),
        (SPRING, time(3, 0), datetime(2027, 3, 28, 1, 0, tzinfo=UTC)),
        (AUTUMN, time(1, 59), datetime(2027, 10, 30, 23, 59, tzinfo=UTC)),
        (AUTUMN, time(3, 0), datetime(2027, 10, 31, 2, 0, tzinfo=UTC)),
        (date(2026, 12, 5), time(14), datetime(2026, 12, 5, 13, 0, tzinfo=UTC)),
    ],
)
def test_to_instant_next_to_the_change_is_exact(day: date, at: time, expected: datetime) -> None:
    instant = to_instant(day, at, PARIS)

    assert instant == expected
    assert instant.tzinfo is UTC


@given(
    st.dates(date(2026, 1, 1), date(2030, 12, 31)),
    st.times(),
    st.sampled_from(["Europe/Paris", "America/Sao_Paulo", "Asia/Kathmandu", "Australia/Lord_Howe"]),
    st.sampled_from([0, 1]),
)
def test_to_instant_on_any_wall_comes_back_to_the_same_wall(
    day: date, at: time, zone_name: str, fold: int
) -> None:
    zone = ZoneInfo(zone_name)
    try:
        instant = to_instant(day, at, zone, fold=fold)
    except NonexistentTimeError:
        return

    assert instant.astimezone(zone).replace(tzinfo=None) == datetime.combine(day, at)
