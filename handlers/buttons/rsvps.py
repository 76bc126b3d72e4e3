"""Answers, guests, and who comes."""

from dataclasses import dataclass

from handlers.buttons.button import Button
from storage.ids import EventId
from storage.rsvps import Answer


@dataclass(frozen=True, slots=True)
class OpenRsvps(Button):
    """Show what the person said yes or maybe to."""

    CODE = "my"


@dataclass(frozen=True, slots=True)
class AnswerEvent(Button):
    """Answer an event, as the person saw it in `version`."""

    CODE = "ra"

    event_id: EventId
    answer: Answer
    version: int


@dataclass(frozen=True, slots=True)
class AnswerInGroup(Button):
    """Answer an event from a group's card."""

    CODE = "rg"

    event_id: EventId
    answer: Answer


@dataclass(frozen=True, slots=True)
class SetGuests(Button):
    """Say how many come along."""

    CODE = "rn"

    event_id: EventId
    guests: int


@dataclass(frozen=True, slots=True)
class MoreGuests(Button):
    """Show larger numbers of guests."""

    CODE = "rm"

    event_id: EventId


@dataclass(frozen=True, slots=True)
class Retract(Button):
    """Take the answer back."""

    CODE = "rx"

    event_id: EventId


@dataclass(frozen=True, slots=True)
class OpenRoster(Button):
    """Show who comes: counts."""

    CODE = "ro"

    event_id: EventId


@dataclass(frozen=True, slots=True)
class OpenNames(Button):
    """Show who comes: names."""

    CODE = "rr"

    event_id: EventId
