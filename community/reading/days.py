"""Days of the calendar, counted from today: the coming Saturday, the next 5th, the first Thursday.

Plain calendar days: no hour, no zone. Monday is 1, Sunday is 7 (ISO 8601).
"""

import calendar
from datetime import date, timedelta

from community.reading.doubts import Reason

# An event is planned within two years: a day further off is a slip of the finger.
MAX_DAYS_AHEAD = 2 * 366
DAYS_IN_WEEK = 7
MONTHS_IN_YEAR = 12
# A year without 29 February is followed by one that has it within eight years.
_LEAP_YEAR_WAIT = 8


def coming(today: date, weekday: int) -> date:
    """Return the first day of that name after today."""
    return in_days(today, (weekday - today.isoweekday() - 1) % DAYS_IN_WEEK + 1)


def in_days(today: date, count: int) -> date:
    """Return the day so many days away; the count is small."""
    return today + timedelta(days=count)


def week_start(day: date) -> date:
    """Return the Monday of the week of a day."""
    return in_days(day, 1 - day.isoweekday())


def is_later_week(today: date, day: date) -> bool:
    """Return whether a day lies in a later week than today's."""
    return week_start(day) > week_start(today)


def exact(year: int, month: int, day: int) -> date | Reason:
    """Return the day of a full date, or that there is none."""
    try:
        return date(year, month, day)
    except ValueError:
        return Reason.IMPOSSIBLE


def next_of_year(today: date, month: int, day: int) -> date | Reason:
    """Return the next such day and month, today included, or that there is none."""
    for year in range(today.year, today.year + _LEAP_YEAR_WAIT + 1):
        found = exact(year, month, day)
        if isinstance(found, date) and found >= today:
            return found
    return Reason.IMPOSSIBLE


def next_of_month(today: date, day: int) -> date | Reason:
    """Return the next day of that number, today included, or that its month has none."""
    if day >= today.day:
        return exact(today.year, today.month, day)
    return exact(*month_after(today, 1), day)


def month_after(today: date, count: int) -> tuple[int, int]:
    """Return the year and month so many months away."""
    months = today.year * MONTHS_IN_YEAR + today.month - 1 + count
    return months // MONTHS_IN_YEAR, months % MONTHS_IN_YEAR + 1


def nth(year: int, month: int, ordinal: int, weekday: int) -> date | Reason:
    """Return the first, second … or last (-1) such weekday of a month, or that there is none."""
    try:
        length = calendar.monthrange(year, month)[1]
        first = coming(date(year, month, 1) - timedelta(days=1), weekday).day
    except (ValueError, OverflowError):
        return Reason.IMPOSSIBLE
    days = range(first, length + 1, DAYS_IN_WEEK)
    place = ordinal if ordinal < 0 else ordinal - 1
    return date(year, month, days[place]) if place < len(days) else Reason.IMPOSSIBLE


def within_reach(today: date, found: date | Reason) -> date | Reason:
    """Return the day if an event may be planned on it, or why not."""
    if isinstance(found, Reason):
        return found
    if found < today:
        return Reason.PAST
    return Reason.TOO_FAR if (found - today).days > MAX_DAYS_AHEAD else found
