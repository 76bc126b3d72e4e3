"""One hour as it was written, and the hour that it means.

On the 24-hour clock 8 to 23 are clear, and so is an hour written 07 or 02:30. An hour from 1 to 7
may be morning or afternoon, midnight may belong to either day: they are asked about, unless a part
of the day is told. Where the 12-hour clock is usual, so is a bare number up to 12.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import time

from community.reading.day_parts import Part, part_after, part_in
from community.reading.doubts import Reason
from community.reading.patterns import ENDS, key_of, meanings, names, one_of
from community.reading.vocabulary import Vocabulary

NOON = 12
MINUTES_IN_HOUR = 60
LAST_HOUR = 23
# From this hour on, a meeting is in the morning, not in the evening twelve hours later.
FIRST_CLEAR_HOUR = 8
# A minute written apart and not round may be a street number: "14h 12 rue …".
ROUND_MINUTES = 5

Meant = time | Reason


@dataclass(frozen=True, slots=True)
class Clock:
    """An hour as written; `is_marked` when a sign says that the number is an hour."""

    hour: int
    minute: int
    part: Part | None
    half: Part | None
    is_marked: bool
    is_plain_24: bool
    is_padded: bool
    is_loose: bool

    def means(self, day_part: Part | None = None) -> Meant:
        """Return the hour meant, in a part of the day if one is told, or why it is not sure."""
        if self.is_loose:
            return Reason.AMBIGUOUS
        if self.minute >= MINUTES_IN_HOUR or self.hour > LAST_HOUR + (not self.minute):
            return Reason.IMPOSSIBLE
        if self.half:
            return self._on_twelve_hour_clock(self.half)
        part = self.part or day_part
        return self._within(part) if part else self._alone()

    def _on_twelve_hour_clock(self, half: Part) -> Meant:
        if not 1 <= self.hour <= NOON:
            return Reason.IMPOSSIBLE
        if half is Part.MORNING:
            return Reason.AMBIGUOUS if self.hour == NOON else time(self.hour, self.minute)
        return time(self.hour % NOON + NOON, self.minute)

    def _within(self, part: Part) -> Meant:
        hours = [hour for hour in {self.hour, self.hour + NOON} if part.holds(hour)]
        return time(hours[0], self.minute) if hours else Reason.MISMATCH

    def _alone(self) -> Meant:
        if self.hour in {0, LAST_HOUR + 1}:
            return Reason.AMBIGUOUS
        clear = self.is_padded or (self.is_plain_24 and self.hour >= FIRST_CLEAR_HOUR)
        return time(self.hour, self.minute) if clear or self.hour > NOON else Reason.AMBIGUOUS

    @property
    def is_told_apart(self) -> bool:
        """Whether the half or the part of the day is written with the hour itself."""
        return bool(self.half or self.part)

    def borrowing(self, other: "Clock") -> "Clock":
        """Return this hour in the half or part of the day written with another."""
        return replace(self, half=other.half, part=other.part)


class ClockPattern:
    """The expression of an hour in one vocabulary, and what its match says."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self._known = vocabulary
        self._street = rf"\s?,?\s?{one_of(vocabulary.street_words)}{ENDS}"
        self._fractions = meanings(vocabulary.fractions_before + vocabulary.fractions_after)

    def expression(self, tag: str) -> str:
        """Return the expression of an hour; its groups end with `tag`."""
        known = self._known
        street = self._street
        before, after = names(known.fractions_before), names(known.fractions_after)
        halves = f"(?P<am{tag}>{one_of(known.before_noon)})|(?P<pm{tag}>{one_of(known.past_noon)})"
        return (
            rf"(?:(?P<before{tag}>{one_of(before)})\s)?"
            rf"(?:(?P<noon{tag}>{one_of(known.noon)}){ENDS}(?!\s?\d{{1,2}}(?!\d|{street}))"
            rf"|(?P<midnight{tag}>{one_of(known.midnight)}){ENDS}"
            rf"|(?P<hour{tag}>\d{{1,2}})(?!\d)(?:{self._sign(tag)})?)"
            rf"(?:\s?(?:{halves}){ENDS})?"
            rf"(?:\s(?P<after{tag}>{one_of(after)}){ENDS})?"
            rf"(?:\s{part_after(known, tag)})?"
        )

    def _sign(self, tag: str) -> str:
        """Return the expression of what makes a number an hour, and of its minutes."""
        known = self._known
        unit = f"{one_of(known.hour_units)}{ENDS}"
        street = rf"(?P<street{tag}>(?={self._street}))?"
        ends = rf"(?![\d:/]|\s?{unit})"
        return (
            rf"\s?(?P<unit{tag}>{unit})"
            rf"(?:(?P<apart{tag}>\s)?(?P<minute{tag}>\d{{1,2}}){ends}{street})?(?!\d)"
            rf"|:(?P<colon{tag}>\d{{2}})(?!\d)(?:\s?{unit})?"
            rf"|\s?(?P<bell{tag}>{one_of(known.loose_hour_units)}){ENDS}"
        )

    def clock(self, match: re.Match[str], tag: str) -> Clock:
        """Return the hour that a match holds under a tag."""
        said = {
            name.removesuffix(tag): text
            for name, text in match.groupdict().items()
            if name.endswith(tag) and text is not None
        }
        written = said.get("hour", str(NOON) if "noon" in said else "0")
        hour, minute = self._turned(int(written), said)
        return Clock(
            hour=hour,
            minute=minute,
            part=part_in(match, tag),
            half=_half(said),
            is_marked=not _MARKS.isdisjoint(said),
            is_plain_24=self._known.day_first or not _PLAIN.isdisjoint(said),
            is_padded=written.startswith("0") and len(written) > 1,
            is_loose=_is_loose(said),
        )

    def _turned(self, hour: int, said: Mapping[str, str]) -> tuple[int, int]:
        """Return the hour and minute, moved by a half or a quarter of an hour."""
        minute = int(said.get("minute") or said.get("colon") or 0)
        told = said.get("before") or said.get("after")
        if not told:
            return hour, minute
        moved = hour * MINUTES_IN_HOUR + self._fractions[key_of(told)]
        return divmod(moved, MINUTES_IN_HOUR)


_MARKS = frozenset({"noon", "midnight", "unit", "colon", "bell", "am", "pm", "before"})
_PLAIN = frozenset({"noon", "unit", "colon"})


def _half(said: Mapping[str, str]) -> Part | None:
    if "am" in said:
        return Part.MORNING
    return Part.AFTERNOON if "pm" in said else None


def _is_loose(said: Mapping[str, str]) -> bool:
    """Return whether the minutes may be something else: a street number, a slip, said twice."""
    fractions = [name for name in ("minute", "colon", "before", "after") if name in said]
    if len(fractions) > 1 or len(said.get("minute", "00")) == 1:
        return True
    is_odd = int(said.get("minute", "0")) % ROUND_MINUTES != 0
    return "apart" in said and (is_odd or "street" in said)
