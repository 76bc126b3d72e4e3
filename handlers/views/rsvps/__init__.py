"""Answers as people see them: their own card, the group's card, their list, and who comes."""

from handlers.views.rsvps.answered import fresh, more_guests
from handlers.views.rsvps.card import card, seats_line, thanks
from handlers.views.rsvps.group import group_card
from handlers.views.rsvps.lists import choice, engagements
from handlers.views.rsvps.parts import (
    Onlooker,
    answer_key,
    answer_row,
    map_link,
    maybe_key,
    summary,
)
from handlers.views.rsvps.roster import names, roster
from handlers.views.rsvps.waiting import has_free_seats, passed

__all__ = [
    "Onlooker",
    "answer_key",
    "answer_row",
    "card",
    "choice",
    "engagements",
    "fresh",
    "group_card",
    "has_free_seats",
    "map_link",
    "maybe_key",
    "more_guests",
    "names",
    "passed",
    "roster",
    "seats_line",
    "summary",
    "thanks",
]
