"""The screens of what changes: an officer's view of an event, previews, what people are told."""

from handlers.views.changes.notices import cancelled as cancelled_notice
from handlers.views.changes.notices import moved as moved_notice
from handlers.views.changes.overview import (
    Overview,
    cancelled,
    created,
    field_choice,
    held,
    overview,
)
from handlers.views.changes.previews import cancellation, change, reason_question

__all__ = [
    "Overview",
    "cancellation",
    "cancelled",
    "cancelled_notice",
    "change",
    "created",
    "field_choice",
    "held",
    "moved_notice",
    "overview",
    "reason_question",
]
