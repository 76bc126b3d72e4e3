"""The agenda, and an event as its officers handle it."""

from dataclasses import dataclass

from handlers.buttons.button import Button
from storage.ids import EventId


@dataclass(frozen=True, slots=True)
class OpenAgenda(Button):
    """Show a page of the agenda."""

    CODE = "ag"

    page: int = 0


@dataclass(frozen=True, slots=True)
class OpenEvent(Button):
    """Show an event's card."""

    CODE = "ev"

    event_id: EventId


@dataclass(frozen=True, slots=True)
class ManageEvent(Button):
    """Show an officer what can be done with an event."""

    CODE = "em"

    event_id: EventId


@dataclass(frozen=True, slots=True)
class ShareEvent(Button):
    """Make a link to an event."""

    CODE = "es"

    event_id: EventId


@dataclass(frozen=True, slots=True)
class NewEvent(Button):
    """Ask for the sentence of a new event."""

    CODE = "en"


@dataclass(frozen=True, slots=True)
class ChooseEvent(Button):
    """Show the events to announce, or to see who comes."""

    CODE = "ec"

    purpose: str
