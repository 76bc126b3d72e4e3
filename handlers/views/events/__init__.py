"""The screens of events: the agenda, the lines of a card, the drafts."""

from handlers.views.events.agenda import agenda, link
from handlers.views.events.cards import (
    EVERYBODY,
    calendar_key,
    card_lines,
    title_line,
    when,
    when_in_full,
)
from handlers.views.events.drafts import (
    audience,
    discarded,
    doubtful,
    draft,
    field_rows,
    fold_row,
    question,
    same_time,
    sentence_question,
    settings_line,
)

__all__ = [
    "EVERYBODY",
    "agenda",
    "audience",
    "calendar_key",
    "card_lines",
    "discarded",
    "doubtful",
    "draft",
    "field_rows",
    "fold_row",
    "link",
    "question",
    "same_time",
    "sentence_question",
    "settings_line",
    "title_line",
    "when",
    "when_in_full",
]
