"""Offering free seats to those who wait, in turn, and taking offers back that nobody can answer."""

from dataclasses import replace
from datetime import datetime

from community import notices
from community.events import existing
from community.notices import Kind
from community.rsvps.rules import next_parties, seats_left
from storage import cards, journal, outbox, residents, rsvps
from storage.cards import CardKind
from storage.database import Writer
from storage.events import Event, EventStatus
from storage.ids import EventId, MessageId, ResidentId, UpdateId
from storage.outbox import OutboxState
from storage.residents import Resident
from storage.rsvps import Guest, Rsvp, Standing


def offer_seats(writer: Writer, *, event: Event, now: datetime) -> int:
    """Offer an event's free seats to those who wait; gives the number of offers."""
    if event.status is not EventStatus.SCHEDULED or event.starts_at is None:
        return 0
    if event.starts_at <= now or event.cancel_at is not None:
        return 0
    queue = rsvps.waitlist(writer, event.id)
    if not queue:
        return 0
    left = seats_left(event.capacity, rsvps.seats(writer, event.id, now=now))
    chosen = next_parties(queue, left) if left != 0 else []
    for guest in chosen:
        _offer(writer, event, guest, now=now)
    return len(chosen)


def offer_everywhere(writer: Writer, *, now: datetime) -> int:
    """Offer the free seats of every event that somebody waits for; gives the number of offers.

    Also takes everybody off the waitlists of events that have started.
    """
    rsvps.end_waiting(writer, now=now)
    return sum(
        offer_seats(writer, event=existing(writer, event_id), now=now)
        for event_id in rsvps.contested(writer, now=now)
    )


def lose_reach(writer: Writer, *, resident: Resident, now: datetime) -> None:
    """Note that a person cannot be reached (F28): open offers go on, confirmed seats stay (F52)."""
    if resident.unreachable_at is None:
        residents.set_unreachable(writer, resident.id, now)
    for rsvp in rsvps.of_resident(writer, resident.id):
        if rsvp.standing is Standing.OFFERED:
            keep(writer, replace(rsvp, standing=Standing.WAITING, offered_at=None), now=now)
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


def _offer(writer: Writer, event: Event, guest: Guest, *, now: datetime) -> None:
    offered = keep(writer, replace(guest.rsvp, standing=Standing.OFFERED, offered_at=now), now=now)
    notices.owe(
        writer,
        Kind.OFFER,
        key=key(offered),
        chat_id=guest.resident.chat_id,
        now=now,
        expires_at=event.starts_at,
        resident_id=guest.resident.id,
        event_id=event.id,
        event_version=event.version,
    )
