"""A zone's changes of hour as iCalendar writes them down: yearly rules, not lists of dates.

Calendars that do not know a zone by its name reckon by these, and not all of them read lists
(https://www.rfc-editor.org/rfc/rfc5545#section-3.6.5).
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

YEARS_COMPARED = 4
"""A rule that holds for so many years on end is the zone's rule."""
WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
_DAY, _MINUTE = timedelta(days=1), timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class Observance:
    """From `begins` (the wall clock before it) on, every year by `rule` where there is one."""

    begins: datetime
    before: timedelta
    after: timedelta
    is_summer: bool
    name: str
    rule: dict[str, object] | None


def observances(zone: ZoneInfo, year: int) -> list[Observance]:
    """Give the changes of hour of a year, earliest first; where there is none, what always is."""
    found = [_observance(zone, change) for change in _changes(zone, year)]
    if found:
        return found
    first = datetime(year, 1, 1, tzinfo=UTC)
    always = _offset(zone, first)
    name = first.astimezone(zone).tzname() or zone.key
    begins = first.replace(tzinfo=None)
    return [Observance(begins, always, always, is_summer=False, name=name, rule=None)]


def _observance(zone: ZoneInfo, change: datetime) -> Observance:
    before, after = _offset(zone, change - _MINUTE), _offset(zone, change)
    local = change.astimezone(zone)
    return Observance(
        begins=_wall_clock(zone, change),
        before=before,
        after=after,
        is_summer=bool(local.dst()),
        name=local.tzname() or zone.key,
        rule=_rule(zone, change),
    )


def _rule(zone: ZoneInfo, change: datetime) -> dict[str, object] | None:
    """Find the rule by which a change of hour comes every year; None where it does not."""
    told = _wall_clock(zone, change)
    years = range(told.year + 1, told.year + YEARS_COMPARED)
    following = [
        wall_clock
        for year in years
        for wall_clock in (_wall_clock(zone, one) for one in _changes(zone, year))
        if wall_clock.month == told.month
    ]
    if len(following) != len(years):
        return None
    for week in (-1, _week(told)):
        if all(_is_in(one, week, told) for one in (told, *following)):
            weekday = f"{week}{WEEKDAYS[told.weekday()]}"
            return {"freq": "yearly", "bymonth": told.month, "byday": weekday}
    return None


def _is_in(wall_clock: datetime, week: int, told: datetime) -> bool:
    """Whether a change comes at the same hour, on the same weekday, in that week of its month."""
    is_last = (wall_clock + 7 * _DAY).month != wall_clock.month
    is_there = is_last if week < 0 else _week(wall_clock) == week
    is_alike = wall_clock.weekday() == told.weekday() and wall_clock.time() == told.time()
    return is_there and is_alike


def _week(wall_clock: datetime) -> int:
    return (wall_clock.day - 1) // 7 + 1


def _changes(zone: ZoneInfo, year: int) -> Iterator[datetime]:
    """Yield the instants, to the minute, from which another offset holds."""
    day = datetime(year, 1, 1, tzinfo=UTC)
    while day.year == year:
        if _offset(zone, day) != _offset(zone, day + _DAY):
            yield _first_after(zone, day)
        day += _DAY


def _first_after(zone: ZoneInfo, day: datetime) -> datetime:
    """Find the first minute within a day that has the offset of its end."""
    earliest, latest = 0, _DAY // _MINUTE
    while latest - earliest > 1:
        middle = (earliest + latest) // 2
        if _offset(zone, day + middle * _MINUTE) == _offset(zone, day):
            earliest = middle
        else:
            latest = middle
    return day + latest * _MINUTE


def _wall_clock(zone: ZoneInfo, change: datetime) -> datetime:
    """Give what the clocks showed when they were changed."""
    return (change + _offset(zone, change - _MINUTE)).replace(tzinfo=None)


def _offset(zone: ZoneInfo, instant: datetime) -> timedelta:
    return instant.astimezone(zone).utcoffset() or timedelta()
