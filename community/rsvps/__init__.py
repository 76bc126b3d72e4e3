"""Answering an event: seats are never oversold, and who waits is served in turn.

An answer is a target state, so a double tap changes nothing. Seats that a person gives up are kept
for ten minutes for an undo, then offered to the next party that fits; an offer counts as taken and
is kept for a while, the shorter the nearer the start, and on while nobody else waits. On the day
itself who answers first has the seat.
"""

from community.rsvps.answers import answer, confirm_in_private, place, retract, set_guests
from community.rsvps.deadlines import answer_by, is_day_of
from community.rsvps.offers import give_grace, lose_reach, offer_everywhere, offer_seats
from community.rsvps.rules import (
    MOST_GUESTS,
    NO_UNDO_BEFORE_START,
    OUT_OF_ORDER,
    UNDO_TIME,
    Place,
    decide,
    fits,
    is_outdated,
    next_parties,
    own_seats,
    room,
    seats_left,
)

__all__ = [
    "MOST_GUESTS",
    "NO_UNDO_BEFORE_START",
    "OUT_OF_ORDER",
    "UNDO_TIME",
    "Place",
    "answer",
    "answer_by",
    "confirm_in_private",
    "decide",
    "fits",
    "give_grace",
    "is_day_of",
    "is_outdated",
    "lose_reach",
    "next_parties",
    "offer_everywhere",
    "offer_seats",
    "own_seats",
    "place",
    "retract",
    "room",
    "seats_left",
    "set_guests",
]
