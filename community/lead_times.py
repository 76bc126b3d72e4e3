"""How long before an event a reminder leaves: « 7 days before, at 18:00 », or « 2 hours before ».

The first kind follows the wall clock where people live, so it keeps its hour when the clocks
change; the second is exact time. Whether a reminder still makes sense once due is not decided here.
"""

import re
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

LONGEST = timedelta(days=366)
"""A reminder a year ahead is a mistake of the keyboard."""

_DAYS_BEFORE = re.compile(
    r"(?P<days>\d{1,3})d@(?P<hour>[01]\d|2[0-3]):(?P<minute>[0-5]\d)", re.ASCII
)
_AHEAD = re.compile(r"(?P<count>[1-9]\d{0,5})(?P<unit>[hm])", re.ASCII)
_UNITS = {"h": timedelta(hours=1), "m": timedelta(minutes=1)}


@dataclass(frozen=True, slots=True)
class DaysBefore:
    """So many days before the day of the event, at a local hour; 0 is the day itself."""

    days: int
    at: time

    def due_at(self, starts_at: datetime, zone: ZoneInfo) -> datetime:
        """Give the instant in UTC; `zone` is where the wall clock hangs.

        An hour that the spring change skips is taken by the clock before the change,
        one that the autumn change repeats is its first pass.
        """
        day = starts_at.astimezone(zone).date() - timedelta(days=self.days)
        return datetime.combine(day, self.at, tzinfo=zone).astimezone(UTC)

    def __str__(self) -> str:
        return f"{self.days}d@{self.at:%H:%M}"


@dataclass(frozen=True, slots=True)
class Ahead:
    """An exact duration before the event starts."""

    duration: timedelta

    def due_at(self, starts_at: datetime, zone: ZoneInfo) -> datetime:
        """Give the instant in UTC; no clock change moves it, so `zone` plays no part."""
        del zone
        return starts_at.astimezone(UTC) - self.duration

    def __str__(self) -> str:
        minutes = self.duration // timedelta(minutes=1)
        return f"{minutes}m" if minutes % 60 else f"{minutes // 60}h"


LeadTime = DaysBefore | Ahead


def parse(text: str) -> LeadTime:
    """Read "7d@18:00", "2h" or "90m"; gives a lead time whose `str` reads back as its equal.

    Raises:
        ValueError: it is written otherwise, or is longer than a year.
    """
    lead_time = _read(text)
    if lead_time is None or _length(lead_time) > LONGEST:
        raise ValueError("write 7d@18:00 (days before, at that hour), 2h or 90m; a year at most")
    return lead_time


def _read(text: str) -> LeadTime | None:
    if found := _DAYS_BEFORE.fullmatch(text):
        return DaysBefore(int(found["days"]), time(int(found["hour"]), int(found["minute"])))
    if found := _AHEAD.fullmatch(text):
        return Ahead(int(found["count"]) * _UNITS[found["unit"]])
    return None


def _length(lead_time: LeadTime) -> timedelta:
    return lead_time.duration if isinstance(lead_time, Ahead) else timedelta(days=lead_time.days)
