"""Offering free seats to those who wait, in turn, and taking offers back that nobody answers.

On the day of the event nothing is kept for anybody: all who wait and whose party fits are told that
there are seats, and who answers first has them (product.md R3).
"""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime

from community import notices
from community.events import existing
from community.notices import Kind
from community.rsvps.deadlines import GRACE, answer_by, is_day_of
from community.rsvps.rules import fits, next_parties, own_seats, seats_left
from storage import cards, journal, outbox, residents, rsvps
from storage.cards import CardKind
from storage.database import Reader, Writer
from storage.events import Event, EventStatus
from storage.ids import EventId, MessageId, ResidentId, UpdateId
from storage.outbox import OutboxState
from storage.residents import Resident
from storage.rsvps import Guest, Rsvp, Standing


def offer_seats(writer: Writer, *, event: Event, now: datetime) -> int:
    """Offer an event's free seats to those who wait; gives the number of offers."""
    if not _takes_offers(event, now=now):
        return 0
    queue = rsvps.waitlist(writer, event.id)
    if not queue:
        return 0
    left = seats_left(event.capacity, rsvps.seats(writer, event.id, now=now))
    if is_day_of(event, now=now):
        _call(writer, event, queue, left=left, now=now)
        return 0
    chosen = next_parties(queue, left) if left != 0 else []
    for guest in chosen:
        _offer(writer, event, guest, now=now)
    return len(chosen)


def offer_everywhere(writer: Writer, *, is_quiet: Callable[[datetime], bool], now: datetime) -> int:
    """Offer the free seats of every event that somebody waits for; gives the number of offers.

    An offer's time runs from when its message has left, and what nobody has answered by its end
    goes on to the next. Also takes everybody off the waitlists of events that have started.
    """
    rsvps.end_waiting(writer, now=now)
    for rsvp in rsvps.untimed(writer, kind=Kind.OFFER, now=now):
        event = existing(writer, rsvp.event_id)
        rsvps.set_offer_end(writer, rsvp, ends_at=answer_by(event, is_quiet=is_quiet, now=now))
    for rsvp in rsvps.ending(writer, by=now, now=now):
        _pass_on(writer, rsvp, now=now)
    return sum(
        offer_seats(writer, event=existing(writer, event_id), now=now)
        for event_id in rsvps.contested(writer, now=now)
    )


def give_grace(writer: Writer, *, now: datetime) -> int:
    """Give parties time to answer after a stop of the machine (F50); gives to how many."""
    until = now + GRACE
    ending = rsvps.ending(writer, by=until, now=now)
    for rsvp in ending:
        starts_at = existing(writer, rsvp.event_id).starts_at or until
        rsvps.set_offer_end(writer, rsvp, ends_at=min(until, starts_at))
        refresh(writer, rsvp.event_id, rsvp.resident_id)
    return len(ending)


def left_for(reader: Reader, event: Event, rsvp: Rsvp, *, now: datetime) -> int | None:
    """Give the seats free for a person, those that they hold or have kept for an undo included."""
    if event.capacity is None:
        return None
    others = rsvps.seats(reader, event.id, now=now).taken - own_seats(rsvp, now=now)
    return max(0, event.capacity - others)


def lose_reach(writer: Writer, *, resident: Resident, now: datetime) -> None:
    """Note that a person cannot be reached (F28): open offers go on, confirmed seats stay (F52)."""
    if resident.unreachable_at is None:
        residents.set_unreachable(writer, resident.id, now)
    for rsvp in rsvps.of_resident(writer, resident.id):
        if rsvp.standing is Standing.OFFERED:
            keep(writer, _waiting_again(rsvp), now=now)
            withdraw_offer(writer, rsvp, now=now)
            offer_seats(writer, event=existing(writer, rsvp.event_id), now=now)


def withdraw_offer(writer: Writer, rsvp: Rsvp, *, now: datetime) -> None:
    """Withdraw the message that offers seats to a person, where it has not left."""
    for notice in outbox.of_resident(writer, rsvp.resident_id):
        is_offer = notice.kind == Kind.OFFER and notice.event_id == rsvp.event_id
        if is_offer and notice.state is OutboxState.PENDING:
            outbox.cancel_key(writer, notice.dedupe_key, now=now)


def keep(
    writer: Writer,
    rsvp: Rsvp,
    *,
    now: datetime,
    cause: UpdateId | None = None,
    shown_on: MessageId | None = None,
) -> Rsvp:
    """Keep an answer, made by an update or (None) by the bot; gives it as it is kept."""
    kept = replace(rsvp, sequence=rsvp.sequence + 1)
    if cause is not None:
        kept = replace(kept, answered_at=now, cause=cause)
    rsvps.put(writer, kept)
    note(writer, rsvp.standing, rsvp.event_id, rsvp.resident_id, now=now)
    refresh(writer, rsvp.event_id, rsvp.resident_id, shown_on=shown_on)
    return kept


def refresh(
    writer: Writer,
    event_id: EventId,
    resident_id: ResidentId,
    *,
    shown_on: MessageId | None = None,
) -> None:
    """Have cards show an answer that has changed: the groups', and all that the person has (I13).

    `shown_on` is the one that they tapped, which shows it already.
    """
    chat_id = residents.get(writer, resident_id).chat_id
    cards.refresh(writer, CardKind.GROUP, event_id)
    cards.refresh_in_chat(writer, CardKind.EVENT, event_id, chat_id, besides=shown_on)


def key(rsvp: Rsvp) -> str:
    """Give the key of a message about an answer as it stands (K4).

    The cause is in it: an answer that is taken back and given again counts from 1 again.
    """
    return f"rsvp:{rsvp.event_id}:{rsvp.resident_id}:{rsvp.cause}:{rsvp.sequence}"


def note(
    writer: Writer, verb: str, event_id: EventId, actor_id: ResidentId, *, now: datetime
) -> None:
    """Write down that a person's answer has changed."""
    journal.add(writer, at=now, actor_id=actor_id, verb=verb, noun="event", noun_id=event_id)


def _takes_offers(event: Event, *, now: datetime) -> bool:
    """Whether seats may be offered: it is to come, and no cancellation is decided."""
    is_to_come = event.starts_at is not None and event.starts_at > now
    return event.status is EventStatus.SCHEDULED and is_to_come and event.cancel_at is None


def _waiting_again(rsvp: Rsvp) -> Rsvp:
    return replace(rsvp, standing=Standing.WAITING, offered_at=None, offer_ends_at=None)


def _pass_on(writer: Writer, rsvp: Rsvp, *, now: datetime) -> None:
    """Offer the seats of a party that has not answered to the next; where nobody is, it keeps them.

    The party waits on, at the end of the queue, and is told.
    """
    event = existing(writer, rsvp.event_id)
    freed = left_for(writer, event, rsvp, now=now)
    others = next_parties(rsvps.waitlist(writer, event.id), freed)
    if not others or not _takes_offers(event, now=now):
        return
    passed = keep(writer, replace(_waiting_again(rsvp), queued_at=now), now=now)
    resident = residents.get(writer, rsvp.resident_id)
    _owe(writer, Kind.OFFER_PASSED, event, resident, passed, now=now)
    offer_seats(writer, event=event, now=now)


def _call(
    writer: Writer, event: Event, queue: Sequence[Guest], *, left: int | None, now: datetime
) -> None:
    """Tell all who wait, and whose party fits, that seats are free; once until there are none."""
    if left == 0:
        rsvps.forget_calls(writer, event.id)
        return
    for guest in queue:
        is_told = guest.rsvp.offered_at is not None
        if is_told or not guest.resident.is_reachable or not fits(guest.rsvp.party, left):
            continue
        called = replace(guest.rsvp, offered_at=now, sequence=guest.rsvp.sequence + 1)
        rsvps.put(writer, called)
        refresh(writer, event.id, guest.resident.id)
        _owe(writer, Kind.FREE_SEATS, event, guest.resident, called, now=now)


def _offer(writer: Writer, event: Event, guest: Guest, *, now: datetime) -> None:
    offered = keep(writer, replace(guest.rsvp, standing=Standing.OFFERED, offered_at=now), now=now)
    _owe(writer, Kind.OFFER, event, guest.resident, offered, now=now)


def _owe(
    writer: Writer, kind: Kind, event: Event, resident: Resident, rsvp: Rsvp, *, now: datetime
) -> None:
    notices.owe(
        writer,
        kind,
        key=key(rsvp),
        chat_id=resident.chat_id,
        now=now,
        expires_at=event.starts_at,
        resident_id=resident.id,
        event_id=event.id,
        event_version=event.version,
    )
