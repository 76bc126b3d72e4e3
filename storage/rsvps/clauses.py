"""What statements about answers have in common: whose, of which event, and who they are."""

from typing import Any

from sqlalchemy import bindparam

from storage.residents import RESIDENTS, Resident
from storage.rsvps.rows import RSVPS, Guest, Rsvp

ONE = (
    RSVPS.c.event_id == bindparam("of_event"),
    RSVPS.c.resident_id == bindparam("of_resident"),
)
OF_EVENT = RSVPS.c.event_id == bindparam("of_event")
PEOPLE = RSVPS.join(RESIDENTS, RESIDENTS.c.id == RSVPS.c.resident_id)
_RESIDENT_WIDTH = len(RESIDENTS.c)


def guest(*columns: Any) -> Guest:
    """Make a line of a roster from the columns of PEOPLE."""
    return Guest(
        Resident(*columns[:_RESIDENT_WIDTH]),
        Rsvp(*columns[_RESIDENT_WIDTH:]),
    )
