"""All rows at one instant, and what can be told from them without any rule of the community."""

from datetime import datetime

from storage import events as event_rows
from storage import outbox
from storage import rsvps as answer_rows
from storage.database import Reader
from storage.ids import EventId, ResidentId
from storage.outbox import Notice
from storage.rsvps import Guest, Standing
from tests.community.world import (
    Rows,
    rows,
)

_SEATED = frozenset({Standing.CONFIRMED, Standing.OFFERED})


class Picture:
    """All that the invariants look at, at one instant."""

    def __init__(self, reader: Reader, event_ids: list[EventId]) -> None:
        self.rows: Rows = rows(reader)
        self.events = {one: event_rows.get(reader, one) for one in event_ids}
        self.guests = {one: answer_rows.roster(reader, one) for one in event_ids}
        self.notices = outbox.all_(reader)

    def find(self, event_id: EventId, resident_id: ResidentId) -> Guest | None:
        """Find a person's line on an event's roster."""
        lines = (one for one in self.guests[event_id] if one.resident.id == resident_id)
        return next(lines, None)

    def taken(self, event_id: EventId) -> int:
        """Count the seats that people have or are offered."""
        lines = self.guests[event_id]
        return sum(one.rsvp.party for one in lines if one.rsvp.standing in _SEATED)

    def free(self, event_id: EventId, now: datetime) -> int | None:
        """Count the seats that nobody has, is offered or may undo to."""
        capacity = self.events[event_id].capacity
        if capacity is None:
            return None
        held = sum(
            one.rsvp.party
            for one in self.guests[event_id]
            if one.rsvp.standing is Standing.NONE
            and one.rsvp.held_until is not None
            and one.rsvp.held_until > now
        )
        return capacity - self.taken(event_id) - held

    def queue(self, event_id: EventId) -> list[Guest]:
        """List who waits, first come first."""
        waiting = [one for one in self.guests[event_id] if one.rsvp.standing is Standing.WAITING]
        return sorted(waiting, key=turn)


def turn(guest: Guest) -> tuple[datetime, int]:
    assert guest.rsvp.queued_at is not None
    return guest.rsvp.queued_at, guest.resident.id


def events_of(notice: Notice) -> set[EventId]:
    merged: list[EventId] = notice.facts.get("event_ids", [])
    own = {notice.event_id} if notice.event_id is not None else set()
    return own | set(merged)
