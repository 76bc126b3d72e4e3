"""Rows to show in views."""

from datetime import UTC, date, datetime, time

from storage.commissions import Commission
from storage.events import Event, EventStatus
from storage.ids import CommissionId, EventId, ResidentId
from storage.residents import Resident, Role
from storage.rsvps import Answer, Engagement, Rsvp, Standing

SAMIRA = Resident(
    id=ResidentId(7),
    telegram_id=900_007,
    first_name="Samira",
    language="fr",
    role=Role.RESIDENT,
    notice_version=1,
    consented_at=datetime(2026, 11, 30, 23, 30, tzinfo=UTC),
    paused_at=None,
    unreachable_at=None,
)
MARKUP = "<b>&amp"
"""A first name that would break HTML."""

PARENTS = Commission(CommissionId(1), "Parents", "👨‍👩‍👧")
EVENT = Event(
    id=EventId(3),
    status=EventStatus.SCHEDULED,
    version=1,
    organizer_id=None,
    commission_id=None,
    title="Atelier cuisine",
    day=date(2026, 12, 5),
    starts=time(14),
    ends=time(16),
    fold=0,
    starts_at=datetime(2026, 12, 5, 13, tzinfo=UTC),
    ends_at=datetime(2026, 12, 5, 15, tzinfo=UTC),
    location="Espace Linné",
    capacity=12,
    childcare=True,
    cancel_at=None,
    cancel_reason=None,
    created_at=datetime(2026, 11, 30, tzinfo=UTC),
    cause=None,
)
RSVP = Rsvp(
    event_id=EVENT.id,
    resident_id=SAMIRA.id,
    answer=Answer.YES,
    standing=Standing.CONFIRMED,
    guests=0,
    queued_at=None,
    offered_at=None,
    offer_ends_at=None,
    held_until=None,
    sequence=1,
    answered_at=datetime(2026, 12, 1, tzinfo=UTC),
    cause=None,
)
COMING = Engagement(EVENT, RSVP)
