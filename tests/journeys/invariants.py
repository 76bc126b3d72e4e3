"""What must hold in the database whenever all is quiet, whatever was killed (reliability.md §3).

Each check gives a line for each thing that is wrong. They know the rules, not the code: seats are
counted here from the rows, not by the functions that the bot counts with.
"""

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from datetime import datetime

from sqlalchemy import func, select

from community.notices import DELIVERY, Kind, Promise
from storage import broadcasts, journal, outbox, reminders, rsvps
from storage.broadcasts import Broadcast, BroadcastStatus
from storage.database import Reader
from storage.events import EVENTS, Event, EventStatus
from storage.ids import EventId
from storage.inbox import INBOX, InboxState
from storage.outbox import Notice, OutboxState
from storage.rsvps import Answer, Guest, Standing
from storage.statements import Look

OPEN = frozenset({OutboxState.PENDING, OutboxState.SENDING})
FOR_SEATS = frozenset({Standing.CONFIRMED, Standing.OFFERED})
_EVENTS = Look(select(EVENTS).order_by(EVENTS.c.id), Event)
_UPDATES = Look(
    select(INBOX.c.state, func.count()).group_by(INBOX.c.state),
    lambda state, number: (state, number),
)


def broken(reader: Reader, *, now: datetime) -> list[str]:
    """List all that is wrong in the database."""
    every = reader.all(_EVENTS)
    notices = outbox.all_(reader)
    return [
        *_updates(reader),
        *_leftovers(notices, now=now),
        *_endings(notices, now=now),
        *_twice(notices),
        *(line for event in every for line in _seats(reader, event, now=now)),
        *(line for event in every for line in _waiting(reader, event, now=now)),
        *(line for event in every for line in _cancelled(reader, event, notices)),
        *(line for event in every for line in _offers(reader, event, notices)),
        *(line for event in every for line in _broadcasts(reader, event, notices)),
        *_created_once(reader, every),
    ]


def all_events(reader: Reader) -> list[Event]:
    """List every event, whatever its status."""
    return reader.all(_EVENTS)


def _updates(reader: Reader) -> Iterator[str]:
    """Every update is handled (F06), and none was given up (F12)."""
    by_state = dict(reader.all(_UPDATES))
    for state in (InboxState.NEW, InboxState.DEAD):
        if by_state.get(state):
            yield f"updates: {by_state[state]} are {state}"


def _leftovers(notices: Sequence[Notice], *, now: datetime) -> Iterator[str]:
    """Nothing is half sent, and nothing that is due waits."""
    for notice in notices:
        if notice.state is OutboxState.SENDING:
            yield f"{notice.dedupe_key}: still sending"
        if notice.state is OutboxState.PENDING and notice.not_before <= now:
            yield f"{notice.dedupe_key}: due and not sent"


def _endings(notices: Sequence[Notice], *, now: datetime) -> Iterator[str]:
    """Each message ended as its kind may end: what must arrive is given up by nobody (L = 0)."""
    for notice in notices:
        delivery = DELIVERY[Kind(notice.kind)]
        must_arrive = delivery.promise is Promise.AT_LEAST_ONCE
        if notice.state is OutboxState.FAILED:
            yield f"{notice.dedupe_key}: Telegram refused it"
        if notice.state is OutboxState.EXPIRED and (notice.expires_at or now) > now:
            yield f"{notice.dedupe_key}: expired too early"
        tried = notice.attempts > len(delivery.backoff)
        is_lost = must_arrive and notice.state is OutboxState.UNCERTAIN and not tried
        if is_lost and notice.kind != Kind.REMINDER:  # one near its event is not repeated (K6)
            yield f"{notice.dedupe_key}: lost after {notice.attempts} attempts"


def _twice(notices: Sequence[Notice]) -> Iterator[str]:
    """Nobody is owed the same twice (I12), by whatever key."""
    owed: Counter[tuple[object, ...]] = Counter()
    for notice in notices:
        if notice.state is OutboxState.CANCELLED:
            continue
        if notice.kind == Kind.REMINDER:
            moments = notice.dedupe_key.split(":", 1)[1].rpartition(":")[0].split("+")
            owed.update((notice.kind, moment, notice.resident_id) for moment in moments)
        elif notice.broadcast_id is not None:
            owed[notice.kind, notice.broadcast_id, notice.resident_id] += 1
        elif notice.kind == Kind.CANCELLED:
            owed[notice.kind, notice.event_id, notice.resident_id] += 1
    for what, number in owed.items():
        if number > 1:
            yield f"{what}: owed {number} times"


def _seats(reader: Reader, event: Event, *, now: datetime) -> Iterator[str]:
    """Seats are never oversold (I1); each party stands where its answer lets it."""
    taken = 0
    for guest in rsvps.roster(reader, event.id):
        rsvp = guest.rsvp
        is_held = rsvp.held_until is not None and rsvp.held_until > now
        taken += rsvp.party if rsvp.standing in FOR_SEATS or is_held else 0
        if rsvp.answer is not Answer.YES and rsvp.standing is not Standing.NONE:
            yield f"event {event.id}: {rsvp.answer} has the standing {rsvp.standing}"
    if event.capacity is not None and taken > event.capacity:
        yield f"event {event.id}: {taken} of {event.capacity} seats are taken"


def _waiting(reader: Reader, event: Event, *, now: datetime) -> Iterator[str]:
    """No reachable party waits for seats that are free (I3)."""
    has_begun = event.starts_at is None or event.starts_at <= now
    if event.status is not EventStatus.SCHEDULED or has_begun or event.cancel_at is not None:
        return
    seats = rsvps.seats(reader, event.id, now=now)
    for guest in rsvps.waitlist(reader, event.id):
        fits = event.capacity is None or guest.rsvp.party <= event.capacity - seats.taken
        # Nothing is kept for anybody on the day itself, but they have been told.
        is_told = guest.rsvp.offered_at is not None
        if fits and guest.resident.is_reachable and not is_told:
            yield f"event {event.id}: a party of {guest.rsvp.party} waits for free seats"


def _cancelled(reader: Reader, event: Event, notices: Sequence[Notice]) -> Iterator[str]:
    """A cancelled event owes nothing but its cancellation, to each person concerned (I6, F46)."""
    if event.status is not EventStatus.CANCELLED:
        return
    if reminders.of_event(reader, event.id):
        yield f"event {event.id}: cancelled, and still reminds"
    about = [notice for notice in notices if notice.event_id == event.id]
    told = {notice.resident_id for notice in about if notice.kind == Kind.CANCELLED}
    for notice in about:
        if notice.state in OPEN and notice.kind != Kind.CANCELLED:
            yield f"{notice.dedupe_key}: owed about a cancelled event"
    for guest in rsvps.roster(reader, event.id):
        if _is_concerned(guest) and guest.resident.id not in told:
            yield f"event {event.id}: resident {guest.resident.id} does not hear that it is off"


def _is_concerned(guest: Guest) -> bool:
    return guest.rsvp.answer is not Answer.NO and guest.resident.unreachable_at is None


def _offers(reader: Reader, event: Event, notices: Sequence[Notice]) -> Iterator[str]:
    """Who has an offer is told of it once, and nobody is offered what they do not have (F04)."""
    offered = {
        guest.resident.id: guest.rsvp.offered_at
        for guest in rsvps.roster(reader, event.id)
        if guest.rsvp.standing is Standing.OFFERED
    }
    of_event = [one for one in notices if one.kind == Kind.OFFER and one.event_id == event.id]
    for resident_id, offered_at in offered.items():
        owed = [
            one.state
            for one in of_event
            if one.resident_id == resident_id and offered_at and one.not_before >= offered_at
        ]
        if owed not in ([OutboxState.SENT], [OutboxState.UNCERTAIN]):
            yield f"event {event.id}: an offer to resident {resident_id} is told so: {owed}"
    for one in of_event:
        if one.state in OPEN and one.resident_id not in offered:
            yield f"{one.dedupe_key}: an offer of nothing"


def _broadcasts(reader: Reader, event: Event, notices: Sequence[Notice]) -> Iterator[str]:
    """A broadcast that has left has its messages, and they end with it (F48)."""
    by_broadcast: dict[int, list[Notice]] = defaultdict(list)
    for notice in notices:
        if notice.broadcast_id is not None:
            by_broadcast[notice.broadcast_id].append(notice)
    for broadcast in broadcasts.of_event(reader, event.id):
        yield from _broadcast(broadcast, by_broadcast[broadcast.id])


def _broadcast(broadcast: Broadcast, owed: Sequence[Notice]) -> Iterator[str]:
    has_left = broadcast.started_at is not None
    if owed and not has_left:
        yield f"broadcast {broadcast.id}: {broadcast.status}, and {len(owed)} messages are owed"
    is_open = any(notice.state in OPEN for notice in owed)
    if broadcast.status is BroadcastStatus.SENT and is_open:
        yield f"broadcast {broadcast.id}: called sent before its end"
    if broadcast.status is BroadcastStatus.SENDING and not is_open:
        yield f"broadcast {broadcast.id}: never called sent"


def _created_once(reader: Reader, every: Sequence[Event]) -> Iterator[str]:
    """Each event comes into the agenda once, whatever was replayed (I9)."""
    lines = Counter(
        (entry.verb, EventId(entry.noun_id or 0))
        for entry in journal.of_noun(reader, "event")
        if entry.verb in {"create", "cancel"}
    )
    for event in every:
        for verb in ("create", "cancel"):
            if lines[verb, event.id] > 1:
                yield f"event {event.id}: {verb} {lines[verb, event.id]} times"
    causes = Counter(event.cause for event in every if event.cause is not None)
    yield from (f"update {cause}: {n} events" for cause, n in causes.items() if n > 1)
