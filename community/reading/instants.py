"""From an hour on the wall to an instant, on the two nights when the wall clock is changed.

In spring an hour does not exist (Europe/Paris, 28 March 2027, 02:30); in autumn one comes twice
(31 October 2027, 02:30). Nothing is guessed: the caller is told, and asks.
"""

from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo


class NonexistentTimeError(ValueError):
    """An hour that the clocks jump over that night."""


class AmbiguousTimeError(ValueError):
    """An hour that comes twice that night: `first` and `second` are its instants, in UTC."""

    def __init__(self, first: datetime, second: datetime) -> None:
        super().__init__(f"the hour comes twice: {first:%H:%M} and {second:%H:%M} UTC")
        self.first = first
        self.second = second


def to_instant(day: date, at: time, zone: ZoneInfo, *, fold: int | None = None) -> datetime:
    """Turn a day and an hour on the wall of a zone into its instant, and return it in UTC.

    Args:
        day: the day on the wall.
        at: the hour on the wall, without a zone.
        zone: the event's zone.
        fold: which of the two when the hour comes twice: 0 the first, 1 the second.
            It changes nothing on any other hour.

    Raises:
        NonexistentTimeError: the clocks jump over that hour.
        AmbiguousTimeError: the hour comes twice and `fold` does not say which.
    """
    wall = datetime.combine(day, at.replace(fold=0))
    first = _instant(wall, zone, 0)
    second = _instant(wall, zone, 1)
    if first.astimezone(zone).replace(tzinfo=None) != wall:
        raise NonexistentTimeError(f"{wall:%Y-%m-%d %H:%M} does not exist in {zone.key}")
    if first == second:
        return first
    if fold is None:
        raise AmbiguousTimeError(first, second)
    return second if fold else first


def _instant(wall: datetime, zone: ZoneInfo, fold: int) -> datetime:
    return wall.replace(tzinfo=zone, fold=fold).astimezone(UTC)
