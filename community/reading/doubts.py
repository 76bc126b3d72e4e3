"""What the grammar saw and did not take: the part of the event, the words, and why.

A doubt is never an error: the bot asks about it, quoting the words.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Generic, Protocol, TypeVar

T = TypeVar("T")
T_co = TypeVar("T_co", covariant=True)


class Field(StrEnum):
    """The part of an event that a doubt is about; each but SENTENCE and PRICE is in a Reading."""

    SENTENCE = "sentence"
    TITLE = "title"
    DAY = "day"
    STARTS = "starts"
    ENDS = "ends"
    LOCATION = "location"
    CAPACITY = "capacity"
    CHILDCARE = "childcare"
    COMMISSION = "commission"
    PRICE = "price"


class Reason(StrEnum):
    """Why some words were not taken."""

    UNCLEAR = "unclear"
    AMBIGUOUS = "ambiguous"
    IMPOSSIBLE = "impossible"
    PAST = "past"
    SEVERAL = "several"
    MISMATCH = "mismatch"
    END_BEFORE_START = "end-before-start"
    VAGUE = "vague"
    REPEATED = "repeated"
    TOO_FAR = "too-far"
    TOO_MANY = "too-many"
    TOO_LONG = "too-long"
    UNKNOWN = "unknown"
    NOT_KEPT = "not-kept"


@dataclass(frozen=True, slots=True)
class Doubt:
    """Words that were seen and not taken; `text` is as the person typed it."""

    field: Field
    text: str
    reason: Reason


@dataclass(frozen=True, slots=True)
class Mention(Generic[T_co]):
    """Words that speak of one field: what they say, or why they cannot be taken."""

    text: str
    value: T_co | Reason


def settle(field: Field, mentions: Iterable[Mention[T]]) -> tuple[T | None, tuple[Doubt, ...]]:
    """Weigh what was said of one field and return the one value all agree on, or the doubts.

    No mention gives no value and no doubt.
    """
    said = tuple(mentions)
    doubts = tuple(
        Doubt(field, mention.text, mention.value)
        for mention in said
        if isinstance(mention.value, Reason)
    )
    values = {mention.value for mention in said if not isinstance(mention.value, Reason)}
    if not doubts and len(values) > 1:
        doubts = (Doubt(field, quote(said), Reason.SEVERAL),)
    return (None if doubts or not values else values.pop()), doubts


class Quotable(Protocol):
    """Anything that keeps the words it was read from."""

    @property
    def text(self) -> str:
        """The words as the person typed them."""


def quote(mentions: Iterable[Quotable]) -> str:
    """Join what was said of one field, to be quoted in one doubt; return the text."""
    return " · ".join(mention.text for mention in mentions)
