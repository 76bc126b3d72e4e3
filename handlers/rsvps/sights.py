"""An event as one person meets it, read in one look: for a screen now, or for a message owed."""

from dataclasses import dataclass
from datetime import datetime

from community import events as rules
from community import reminders
from community import rsvps as answers
from community.errors import GoneError
from community.rsvps import Place
from handlers.premises import Desk, Premises
from handlers.views.rsvps import Onlooker
from storage import commissions, events
from storage.commissions import Commission
from storage.database import Reader
from storage.events import Event, EventStatus
from storage.ids import EventId, ResidentId
from storage.residents import Resident
from storage.rsvps import Standing


@dataclass(frozen=True, slots=True)
class Sight:
    """Where a person stands with an event, and the event's commission, at an instant."""

    place: Place
    commission: Commission | None
    now: datetime

    @property
    def event(self) -> Event:
        """The event."""
        return self.place.event

    @property
    def closed(self) -> str | None:
        """Why the event takes no answers, as TooLateError says it; None while it does."""
        return rules.closed(self.event, now=self.now)


def look(
    reader: Reader, *, event_id: EventId, resident_id: ResidentId | None, now: datetime
) -> Sight:
    """See an event as a person does, a visitor without id; raises GoneError, for a draft too."""
    event = rules.existing(reader, event_id)
    if event.status is EventStatus.DRAFT:
        raise GoneError
    return sight(reader, event, resident_id, now=now)


def sight(reader: Reader, event: Event, resident_id: ResidentId | None, *, now: datetime) -> Sight:
    """See an event that is at hand as a person does."""
    commission_id = event.commission_id
    commission = commissions.find(reader, commission_id) if commission_id is not None else None
    place = answers.place(reader, event=event, resident_id=resident_id, now=now)
    return Sight(place, commission, now)


def sight_at(desk: Desk, event_id: EventId | None) -> Sight | None:
    """See an event as a message's reader does; None where the event is gone."""
    event = events.find(desk.reader, event_id) if event_id is not None else None
    if event is None:
        return None
    resident_id = desk.resident.id if desk.resident is not None else None
    return sight(desk.reader, event, resident_id, now=desk.now)


def onlooker(premises: Premises, seen: Sight, resident: Resident | None) -> Onlooker:
    """Give what an event's card depends on besides the event, for one person."""
    starts_at, now = seen.event.starts_at, seen.now
    is_planned = starts_at is not None and bool(reminders.plan(starts_at, premises.policy, now=now))
    is_reached = resident is not None and resident.paused_at is None
    return Onlooker(
        resident,
        seen.commission,
        premises.name,
        now,
        is_reminded=is_planned and is_reached,
        answer_by=_answer_by(premises, seen),
    )


def _answer_by(premises: Premises, seen: Sight) -> datetime | None:
    """Give until when an offer is kept, in local time; as if it left now where it has not left."""
    rsvp = seen.place.rsvp
    if rsvp is None or rsvp.standing is not Standing.OFFERED:
        return None
    is_quiet = premises.policy.is_quiet
    limit = rsvp.offer_ends_at or answers.answer_by(seen.event, is_quiet=is_quiet, now=seen.now)
    return limit.astimezone(premises.zone)
