"""What goes into the phone's own calendar."""

from dataclasses import dataclass

from handlers.buttons.button import Button
from storage.ids import EventId


@dataclass(frozen=True, slots=True)
class SendCalendar(Button):
    """Send an event as a calendar document."""

    CODE = "ic"

    event_id: EventId
