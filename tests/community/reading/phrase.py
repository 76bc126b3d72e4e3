"""A phrase and what must be read in it. All of them are said on one Tuesday morning."""

from dataclasses import dataclass, field
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from community.reading import Field, Reading, Reason

PARIS = ZoneInfo("Europe/Paris")
NOW = datetime(2026, 12, 1, 10, 0, tzinfo=PARIS)  # a Tuesday
COMMISSIONS = ("Parents", "Santé", "Cadre de vie")
PLACES = ("Maison des projets", "Espace Linné")


@dataclass(frozen=True)
class Phrase:
    """A sentence, what it says (without doubts), and about what it leaves a doubt, and why."""

    text: str
    says: Reading
    doubts: frozenset[tuple[Field, Reason]] = field(default_factory=frozenset)


def december(day: int) -> date:
    return date(2026, 12, day)


def on(text: str, told: date | Reason) -> Phrase:
    """A phrase that tells a day and nothing else."""
    if isinstance(told, Reason):
        return Phrase(text, Reading(), frozenset({(Field.DAY, told)}))
    return Phrase(text, Reading(day=told))


def at(text: str, hours: str | Reason, end: Reason | None = None) -> Phrase:
    """A phrase that tells hours and nothing else."""
    if isinstance(hours, Reason):
        return Phrase(text, Reading(), frozenset({(Field.STARTS, hours)}))
    first, _, last = hours.partition("-")
    starts = time.fromisoformat(first) if first else None
    says = Reading(starts=starts, ends=time.fromisoformat(last) if last else None)
    return Phrase(text, says, frozenset({(Field.ENDS, end)} if end else ()))


def says(text: str, reading: Reading, *doubts: tuple[Field, Reason]) -> Phrase:
    return Phrase(text, reading, frozenset(doubts))
