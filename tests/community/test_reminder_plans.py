"""When an event reminds: by the wall clock, out of quiet hours, merged where two meet (R6)."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from community import reminders
from community.lead_times import Ahead, DaysBefore, LeadTime
from community.reminders import ON_TIME, Policy, is_useful
from tests.community.world import HOUR, MINUTE, NOW, SECOND, ZONE, policy

LONG_BEFORE = datetime(2026, 1, 1, tzinfo=UTC)
USUAL = policy()
SPRING, AUTUMN = date(2027, 3, 28), date(2027, 10, 31)
SATURDAY = date(2027, 3, 6)


def _at(day: date, hour: int, minute: int = 0) -> datetime:
    return datetime.combine(day, time(hour, minute), tzinfo=ZONE).astimezone(UTC)


def _told(starts_at: datetime, rules: Policy = USUAL, *, now: datetime = LONG_BEFORE) -> list[str]:
    """Give a plan as « 1d@18:00 ven 18:00 » in local time."""
    return [
        f"{lead} {due_at.astimezone(ZONE):%d %H:%M}"
        for lead, due_at in reminders.plan(starts_at, rules, now=now)
    ]


@pytest.mark.parametrize(
    ("starts_at", "told"),
    [
        (_at(SATURDAY, 14), ["7d@18:00 27 18:00", "1d@18:00 05 18:00", "2h 06 12:00"]),
        (_at(SATURDAY, 11), ["7d@18:00 27 18:00", "1d@18:00 05 18:00", "2h 06 09:00"]),
        (_at(SATURDAY, 10, 59), ["7d@18:00 27 18:00", "1d@18:00 05 18:00"]),
        (_at(SATURDAY, 9), ["7d@18:00 27 18:00", "1d@18:00 05 18:00"]),
        (_at(SATURDAY, 21), ["7d@18:00 27 18:00", "1d@18:00 05 18:00", "2h 06 19:00"]),
        (_at(SATURDAY, 22), ["7d@18:00 27 18:00", "1d@18:00 05 18:00"]),
    ],
)
def test_usual_reminders_of_an_event(starts_at: datetime, told: list[str]) -> None:
    assert _told(starts_at) == told


@pytest.mark.parametrize(
    ("now", "starts_at", "told"),
    [
        # Created the day before: the eve's hour is still to come, or over.
        (_at(date(2027, 3, 5), 17), _at(SATURDAY, 14), ["1d@18:00 05 18:00", "2h 06 12:00"]),
        (_at(date(2027, 3, 5), 18), _at(SATURDAY, 14), ["2h 06 12:00"]),
        # A morning event has no eve any more: the hours before it are what is left.
        (_at(date(2027, 3, 5), 19), _at(SATURDAY, 10, 30), ["2h 06 08:30"]),
        (_at(date(2027, 3, 5), 19), _at(SATURDAY, 9), ["2h 05 19:30"]),
        (_at(date(2027, 3, 5), 19, 30), _at(SATURDAY, 9), []),
        # Created on its day.
        (_at(SATURDAY, 10), _at(SATURDAY, 14), ["2h 06 12:00"]),
        (_at(SATURDAY, 12), _at(SATURDAY, 14), []),
        (_at(SATURDAY, 13), _at(SATURDAY, 14), []),
    ],
)
def test_reminders_that_are_over_are_left_out(
    now: datetime, starts_at: datetime, told: list[str]
) -> None:
    assert _told(starts_at, now=now) == told


def test_f17_eve_of_the_spring_night_keeps_its_hour_and_two_hours_are_exact() -> None:
    starts_at = _at(SPRING, 14)

    plan = dict(reminders.plan(starts_at, USUAL, now=LONG_BEFORE))

    assert _told(starts_at)[1:] == ["1d@18:00 27 18:00", "2h 28 12:00"]
    assert starts_at - plan["1d@18:00"] == 19 * HOUR
    assert starts_at - plan["2h"] == 2 * HOUR


def test_f17_two_hours_before_an_early_event_of_the_spring_night_are_exact() -> None:
    starts_at = _at(SPRING, 4)
    rules = policy("2h", quiet_from=time(0), quiet_to=time(0))

    (due_at,) = [due_at for _, due_at in reminders.plan(starts_at, rules, now=LONG_BEFORE)]

    assert starts_at - due_at == 2 * HOUR
    assert due_at.astimezone(ZONE).time() == time(1)


def test_f18_eve_of_the_autumn_night_comes_once_at_its_hour() -> None:
    starts_at = _at(AUTUMN, 14)

    plan = dict(reminders.plan(starts_at, USUAL, now=LONG_BEFORE))

    assert _told(starts_at)[1:] == ["1d@18:00 30 18:00", "2h 31 12:00"]
    assert starts_at - plan["1d@18:00"] == 21 * HOUR


def test_f18_hour_that_comes_twice_reminds_once() -> None:
    rules = policy("0d@02:30", quiet_from=time(0), quiet_to=time(0))

    plan = reminders.plan(_at(AUTUMN, 14), rules, now=LONG_BEFORE)

    assert [due_at for _, due_at in plan] == [datetime(2027, 10, 31, 0, 30, tzinfo=UTC)]


@pytest.mark.parametrize(
    ("leads", "starts_at", "told"),
    [
        # Without a reminder of the day before nothing merges: it moves before the quiet hours.
        (["2h"], _at(SATURDAY, 9), ["2h 05 19:30"]),
        (["2h"], _at(SATURDAY, 10, 30), ["2h 06 08:30"]),
        (["2h"], _at(SATURDAY, 22, 30), ["2h 06 19:30"]),
        (["7d@18:00", "2h"], _at(SATURDAY, 9), ["7d@18:00 27 18:00", "2h 05 19:30"]),
        # One of the day itself is as good as one of the day before, unless it merges too.
        (["0d@08:00", "2h"], _at(SATURDAY, 10, 30), ["0d@08:00 06 08:00"]),
        # A whole day ahead is not of the morning.
        (["24h", "1d@18:00"], _at(SATURDAY, 10), ["24h 05 10:00", "1d@18:00 05 18:00"]),
        (["1d@21:00"], _at(SATURDAY, 14), ["1d@21:00 05 19:30"]),
        (["1d@06:00"], _at(SATURDAY, 14), ["1d@06:00 04 19:30"]),
        (["15m"], _at(SATURDAY, 14), ["15m 06 13:45"]),
        # Two that fall on one instant are one.
        (["2h", "120m"], _at(SATURDAY, 14), ["2h 06 12:00"]),
        (["0d@12:00", "2h"], _at(SATURDAY, 14), ["2h 06 12:00"]),
    ],
)
def test_reminders_of_other_settings(
    leads: list[str], starts_at: datetime, told: list[str]
) -> None:
    assert _told(starts_at, policy(*leads)) == told


def test_quiet_hours_that_do_not_cross_midnight_move_a_reminder_before_them() -> None:
    rules = policy("2h", quiet_from=time(12), quiet_to=time(14))

    assert _told(_at(SATURDAY, 15), rules) == ["2h 06 11:30"]
    assert _told(_at(SATURDAY, 16), rules) == ["2h 06 14:00"]
    assert rules.is_quiet(_at(SATURDAY, 12))
    assert not rules.is_quiet(_at(SATURDAY, 14))
    assert not rules.is_quiet(_at(SATURDAY, 23))


def test_no_quiet_hours_forbid_nothing() -> None:
    rules = policy("2h", quiet_from=time(0), quiet_to=time(0))

    assert _told(_at(SATURDAY, 3), rules) == ["2h 06 01:00"]


leads = st.one_of(
    st.builds(DaysBefore, st.integers(0, 30), st.times().map(lambda at: at.replace(second=0))),
    st.builds(Ahead, st.timedeltas(MINUTE, timedelta(days=3))),
)


@given(
    st.datetimes(datetime(2026, 6, 1), datetime(2028, 6, 1), timezones=st.just(UTC)),  # noqa: DTZ001
    st.lists(leads, min_size=1, max_size=4),
    st.timedeltas(timedelta(0), timedelta(days=20)),
)
def test_plan_is_in_order_before_the_start_and_never_in_quiet_hours(
    starts_at: datetime, lead_times: list[LeadTime], before: timedelta
) -> None:
    rules = Policy(tuple(lead_times), time(20), time(8), ZONE)
    now = starts_at - before

    plan = reminders.plan(starts_at, rules, now=now)

    instants = [due_at for _, due_at in plan]
    assert instants == sorted(set(instants))
    assert all(now < due_at < starts_at for due_at in instants)
    assert not any(rules.is_quiet(due_at) for due_at in instants)
    assert len(plan) <= len(lead_times)


EVE, SOON, TENTH = DaysBefore(1, time(18)), Ahead(2 * HOUR), Ahead(10 * MINUTE)


@pytest.mark.parametrize(
    ("lead", "due", "now", "goes"),
    [
        # On time, in minutes before the start.
        (EVE, 1_200, 1_200, True),
        (SOON, 120, 120, True),
        (TENTH, 10, 10, True),
        # Late by less than the half hour.
        (EVE, 30, 16, True),
        (SOON, 120, 95, True),
        # Missed: one of days before goes up to three hours before the start (F49).
        (EVE, 1_200, 180, True),
        (EVE, 1_200, 179, False),
        # Missed: one of hours goes up to a quarter of an hour before the start (F49).
        (SOON, 120, 15, True),
        (SOON, 120, 14, False),
        (SOON, 120, 0, False),
        (SOON, 120, -5, False),
        # One that is meant for the last minutes goes until half of its time is over.
        (TENTH, 10, 5, True),
        (TENTH, 10, 4, False),
        # One of the day itself is no eve.
        (DaysBefore(0, time(9)), 240, 120, True),
    ],
)
def test_f49_reminder_still_goes_while_it_is_of_use(
    lead: LeadTime, due: int, now: int, *, goes: bool
) -> None:
    starts_at = NOW
    due_at, instant = starts_at - due * MINUTE, starts_at - now * MINUTE

    assert is_useful(lead, due_at=due_at, starts_at=starts_at, now=instant) == goes
    assert ON_TIME > SECOND
