"""The parts of a day, and the hours that may be meant in each."""

import re
from enum import Enum

from community.reading.patterns import ENDS, one_of
from community.reading.vocabulary import Phrases, Vocabulary


class Part(Enum):
    """A part of the day, by its first and last full hour on the wall."""

    MORNING = (1, 11)
    AFTERNOON = (12, 18)
    EVENING = (17, 23)

    def holds(self, hour: int) -> bool:
        """Return whether an hour may be meant in this part."""
        first, last = self.value
        return bool(first <= hour <= last)


def part_after(vocabulary: Vocabulary, tag: str = "") -> str:
    """Return the expression of a part of the day; its groups end with `tag`."""
    return _parts(vocabulary.morning, vocabulary.afternoon, vocabulary.evening, tag)


def part_today(vocabulary: Vocabulary) -> str:
    """Return the expression of a part of today: this morning, tonight."""
    return _parts(
        vocabulary.today_morning, vocabulary.today_afternoon, vocabulary.today_evening, ""
    )


def part_in(match: re.Match[str], tag: str = "") -> Part | None:
    """Return the part of the day that a match names."""
    said = match.groupdict()
    return next((part for part in Part if said.get(f"{part.name.lower()}{tag}")), None)


def _parts(morning: Phrases, afternoon: Phrases, evening: Phrases, tag: str) -> str:
    named = zip(Part, (morning, afternoon, evening), strict=True)
    groups = (f"(?P<{part.name.lower()}{tag}>{one_of(phrases)})" for part, phrases in named)
    return f"(?:{'|'.join(groups)}){ENDS}"
