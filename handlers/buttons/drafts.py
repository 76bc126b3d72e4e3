"""Drafts of events, and the fields of an event."""

from dataclasses import dataclass
from enum import StrEnum

from handlers.buttons.button import Button
from storage.ids import EventId


class Field(StrEnum):
    """What an officer may set of an event."""

    TITLE = "title"
    DAY = "day"
    HOURS = "hours"
    LOCATION = "location"
    CAPACITY = "capacity"
    CHILDCARE = "childcare"
    COMMISSION = "commission"


@dataclass(frozen=True, slots=True)
class OpenDraft(Button):
    """Show a draft."""

    CODE = "do"

    event_id: EventId


@dataclass(frozen=True, slots=True)
class EditDraft(Button):
    """Ask for a field of a draft."""

    CODE = "df"

    event_id: EventId
    field: Field


@dataclass(frozen=True, slots=True)
class SetChildcare(Button):
    """Say whether an event has childcare."""

    CODE = "dk"

    event_id: EventId
    is_offered: bool


@dataclass(frozen=True, slots=True)
class SetCommission(Button):
    """Say whom an event is for; 0: everybody."""

    CODE = "dg"

    event_id: EventId
    commission_id: int


@dataclass(frozen=True, slots=True)
class SetNoLimit(Button):
    """Say that an event has seats for everybody."""

    CODE = "dn"

    event_id: EventId


@dataclass(frozen=True, slots=True)
class SetFold(Button):
    """Say which of an hour that comes twice an event starts at."""

    CODE = "d2"

    event_id: EventId
    fold: int


@dataclass(frozen=True, slots=True)
class CreateEvent(Button):
    """Put a draft into the agenda."""

    CODE = "dy"

    event_id: EventId


@dataclass(frozen=True, slots=True)
class DiscardDraft(Button):
    """Throw a draft away."""

    CODE = "dd"

    event_id: EventId
