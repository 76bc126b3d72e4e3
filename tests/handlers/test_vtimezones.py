"""Changes of hour as yearly rules, which a calendar reckons by as the zone itself does."""

from datetime import UTC, datetime, timedelta
from io import StringIO
from zoneinfo import ZoneInfo

import icalendar
import pytest
from dateutil.tz import tzical

from handlers import ics
from handlers.vtimezones import observances
from tests.handlers.views.samples import EVENT

HOUR = timedelta(hours=1)


@pytest.mark.parametrize(
    ("key", "rules"),
    [
        ("Europe/Paris", [(3, "-1SU"), (10, "-1SU")]),
        ("America/New_York", [(3, "2SU"), (11, "1SU")]),
        ("Australia/Lord_Howe", [(4, "1SU"), (10, "1SU")]),
    ],
)
def test_zone_with_two_changes_a_year_is_told_by_two_rules(
    key: str, rules: list[tuple[int, str]]
) -> None:
    told = observances(ZoneInfo(key), 2026)

    assert [one.rule for one in told] == [
        {"freq": "yearly", "bymonth": month, "byday": day} for month, day in rules
    ]


@pytest.mark.parametrize("key", ["Asia/Kolkata", "UTC", "Africa/Algiers"])
def test_zone_without_a_change_is_told_by_one_observance(key: str) -> None:
    (told,) = observances(ZoneInfo(key), 2026)

    assert told.rule is None
    assert told.before == told.after == datetime(2026, 6, 1, tzinfo=ZoneInfo(key)).utcoffset()


def test_change_that_follows_the_moon_has_no_yearly_rule() -> None:
    told = observances(ZoneInfo("Africa/Casablanca"), 2026)

    assert len(told) >= 2
    assert [one.rule for one in told] == [None] * len(told)


@pytest.mark.parametrize("key", ["Europe/Paris", "America/New_York", "Australia/Lord_Howe"])
def test_calendar_that_does_not_know_the_zone_reckons_as_the_zone_does(
    key: str,
) -> None:
    zone = ZoneInfo(key)
    document = ics.document(EVENT, host="b", community="c", zone=zone, now=datetime.now(UTC))
    (part,) = icalendar.Calendar.from_ical(document).walk("VTIMEZONE")
    theirs = tzical(StringIO(part.to_ical().decode())).get()
    first = datetime(2026, 1, 1, tzinfo=UTC)
    hours = [first + number * 7 * HOUR for number in range(2 * 365 * 24 // 7)]

    wrong = [
        hour
        for hour in hours
        if hour.replace(tzinfo=theirs).utcoffset() != hour.replace(tzinfo=zone).utcoffset()
    ]

    assert wrong == []
