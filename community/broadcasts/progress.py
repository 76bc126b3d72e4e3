"""How far a broadcast has come, and what may be told of an event at all."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from community.errors import GoneError, TooLateError
from community.events import existing
from storage import broadcasts, groups, outbox
from storage.broadcasts import Audience, Broadcast, Reach
from storage.database import Reader
from storage.events import Event, EventStatus
from storage.groups import Group
from storage.ids import BroadcastId, EventId
from storage.outbox import OutboxState


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a broadcast has come: `waiting` have not left, `uncertain` may have arrived."""

    broadcast: Broadcast
    event: Event
    reach: Reach
    tally: Mapping[OutboxState, int]

    @property
    def sent(self) -> int:
        """Messages that Telegram has."""
        return self.tally.get(OutboxState.SENT, 0)

    @property
    def unreachable(self) -> int:
        """People who cannot or do not want to be reached, and messages refused or withdrawn."""
        ended = (
            OutboxState.SKIPPED,
            OutboxState.FAILED,
            OutboxState.EXPIRED,
            OutboxState.CANCELLED,
        )
        return sum(self.tally.get(state, 0) for state in ended)

    @property
    def uncertain(self) -> int:
        """Messages that nobody can know about."""
        return self.tally.get(OutboxState.UNCERTAIN, 0)

    @property
    def waiting(self) -> int:
        """Messages that have not ended."""
        return self.tally.get(OutboxState.PENDING, 0) + self.tally.get(OutboxState.SENDING, 0)

    @property
    def total(self) -> int:
        """All messages of the frozen audience."""
        return sum(self.tally.values())


def progress(reader: Reader, broadcast: Broadcast) -> Progress:
    """Count how far a broadcast has come; raises GoneError where its event is not there."""
    return Progress(
        broadcast,
        existing(reader, broadcast.event_id),
        broadcasts.reach(
            reader,
            audience=broadcast.audience,
            event_id=broadcast.event_id,
            commission_id=broadcast.commission_id,
        ),
        outbox.tally(reader, broadcast.id),
    )


def existing_broadcast(reader: Reader, broadcast_id: BroadcastId) -> Broadcast:
    """Get a broadcast; raises GoneError where it is not there."""
    broadcast = broadcasts.find(reader, broadcast_id)
    if broadcast is None:
        raise GoneError
    return broadcast


def is_announceable(event: Event, *, now: datetime) -> bool:
    """Whether an event is worth telling: in the agenda, and not over."""
    is_over = event.ends_at is None or event.ends_at <= now
    return event.status is EventStatus.SCHEDULED and not is_over and event.cancel_at is None


def check_announceable(reader: Reader, event_id: EventId, *, now: datetime) -> None:
    """Make sure that an event is there and worth telling; raises GoneError, TooLateError."""
    event = existing(reader, event_id)
    if not is_announceable(event, now=now):
        cancelled = event.status is EventStatus.CANCELLED or event.cancel_at is not None
        raise TooLateError("cancelled" if cancelled else "started")


def groups_of(reader: Reader, broadcast: Broadcast) -> list[Group]:
    """List the groups that get the event's card: the commission's, or all for everybody."""
    if broadcast.audience is Audience.EVERYONE:
        return groups.living(reader)
    if broadcast.commission_id is not None:
        return groups.of_commission(reader, broadcast.commission_id)
    return []
