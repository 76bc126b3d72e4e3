"""Who answers what: the same for every arm, so that each answer changes something."""

from collections.abc import Iterator
from typing import NamedTuple

EVENTS = 20
RESIDENTS = 1_000
ANSWERS = ("yes", "maybe", "no")


class Given(NamedTuple):
    """One answer; `number` grows, as update_id does."""

    number: int
    event_id: int
    resident_id: int
    answer: str


def answers(count: int) -> Iterator[Given]:
    """Give answers of everybody in turn, each another than the last of the same person."""
    for number in range(count):
        person = number % RESIDENTS
        answer = ANSWERS[number // RESIDENTS % len(ANSWERS)]
        yield Given(number + 1, person % EVENTS + 1, person + 1, answer)
