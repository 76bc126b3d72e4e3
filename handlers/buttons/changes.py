"""Changing and cancelling an event."""

from dataclasses import dataclass

from handlers.buttons.button import Button
from handlers.buttons.drafts import Field
from storage.ids import EventId


@dataclass(frozen=True, slots=True)
class ChangeEvent(Button):
    """Show what can be changed of an event."""

    CODE = "xe"

    event_id: EventId


@dataclass(frozen=True, slots=True)
class ChangeField(Button):
    """Ask for a field of an event."""

    CODE = "xf"

    event_id: EventId
    field: Field


@dataclass(frozen=True, slots=True)
class ConfirmChange(Button):
    """Change the event as the update `preview` showed it, and tell everybody concerned."""

    CODE = "xc"

    event_id: EventId
    version: int
    preview: int


@dataclass(frozen=True, slots=True)
class AskCancel(Button):
    """Ask for the reason of a cancellation."""

    CODE = "xa"

    event_id: EventId


@dataclass(frozen=True, slots=True)
class PreviewCancel(Button):
    """Show what a cancellation without a reason would do."""

    CODE = "xp"

    event_id: EventId


@dataclass(frozen=True, slots=True)
class CancelEvent(Button):
    """Cancel an event after a moment."""

    CODE = "xd"

    event_id: EventId


@dataclass(frozen=True, slots=True)
class CancelNow(Button):
    """Cancel an event at once."""

    CODE = "xn"

    event_id: EventId


@dataclass(frozen=True, slots=True)
class KeepEvent(Button):
    """Take a decided cancellation back."""

    CODE = "xk"

    event_id: EventId
