"""What a person does to their answer: gives it, says who comes along, takes it back."""

from dataclasses import replace
from datetime import datetime

from community import notices
from community.errors import InvalidInputError, NoSeatsError, TooLateError
from community.events import closed, existing
from community.notices import Kind
from community.rsvps.offers import keep, key, left_for, note, offer_seats, refresh, withdraw_offer
from community.rsvps.rules import (
    MOST_GUESTS,
    Place,
    decide,
    fits,
    is_outdated,
    own_seats,
    room,
    seats_left,
)
from storage import rsvps
from storage.database import Reader, Writer
from storage.events import Event
from storage.ids import EventId, MessageId, ResidentId, UpdateId
from storage.residents import Resident
from storage.rsvps import Answer, Rsvp, Standing


def answer(
    writer: Writer,
    *,
    event_id: EventId,
    resident_id: ResidentId,
    answer: Answer,
    now: datetime,
    cause: UpdateId,
    shown_on: MessageId | None = None,
) -> Place:
    """Answer an event; gives where the person now stands.

    The same cause answers once, whatever has happened to the answer since (an offer, say). All
    cards that the person has of the event will show it, save `shown_on`, which does already.

    Raises:
        GoneError: the event is not there.
        TooLateError: it has started, or is cancelled.
    """
    event, starts_at = _open_event(writer, event_id, now=now)
    last = rsvps.find(writer, event_id, resident_id)
    if last is not None and (last.cause == cause or is_outdated(last, cause, now=now)):
        return place(writer, event=event, resident_id=resident_id, now=now)
    # Who waits has seats that are free already before who comes now.
    is_moved_up = offer_seats(writer, event=event, now=now) > 0
    old = rsvps.find(writer, event_id, resident_id) if is_moved_up else last
    before = _afresh(old or _no_answer(event_id, resident_id, now), now=now)
    left = left_for(writer, event, before, now=now)
    after = decide(before, answer, left=left, starts_at=starts_at, now=now)
    if old is None or (after.answer, after.standing) != (old.answer, old.standing):
        _keep_answer(writer, before, after, now=now, cause=cause, shown_on=shown_on)
        offer_seats(writer, event=event, now=now)
    return place(writer, event=event, resident_id=resident_id, now=now)


def set_guests(
    writer: Writer,
    *,
    event_id: EventId,
    resident_id: ResidentId,
    guests: int,
    now: datetime,
    cause: UpdateId,
    shown_on: MessageId | None = None,
) -> Place:
    """Say how many come along; gives where the person now stands. `shown_on`: as for `answer`.

    Raises:
        GoneError, TooLateError: as for `answer`.
        InvalidInputError: more than MOST_GUESTS, or the person does not come.
        NoSeatsError: so many do not fit, and never will; nothing is changed.
    """
    event, _ = _open_event(writer, event_id, now=now)
    last = _coming(writer, event_id, resident_id)
    if not 0 <= guests <= MOST_GUESTS:
        raise InvalidInputError("guests", "range")
    if guests == last.guests or is_outdated(last, cause, now=now):
        return place(writer, event=event, resident_id=resident_id, now=now)
    offer_seats(writer, event=event, now=now)
    old = _coming(writer, event_id, resident_id)
    left = room(old, left=left_for(writer, event, old, now=now), capacity=event.capacity)
    if left is not None and old.guests < guests and not fits(guests + 1, left):
        raise NoSeatsError(max(old.guests, left - 1))
    keep(writer, replace(old, guests=guests), now=now, cause=cause, shown_on=shown_on)
    offer_seats(writer, event=event, now=now)
    return place(writer, event=event, resident_id=resident_id, now=now)


def retract(
    writer: Writer,
    *,
    event_id: EventId,
    resident_id: ResidentId,
    now: datetime,
    shown_on: MessageId | None = None,
) -> Place:
    """Take an answer back, as if it had never been given; gives where the person stands.

    `shown_on`: as for `answer`.

    Raises:
        GoneError, TooLateError: as for `answer`.
    """
    event, _ = _open_event(writer, event_id, now=now)
    old = rsvps.find(writer, event_id, resident_id)
    if old is not None:
        rsvps.remove(writer, event_id, resident_id)
        withdraw_offer(writer, old, now=now)
        note(writer, "retract", event_id, resident_id, now=now)
        refresh(writer, event_id, resident_id, shown_on=shown_on)
        offer_seats(writer, event=event, now=now)
    return place(writer, event=event, resident_id=resident_id, now=now)


def place(reader: Reader, *, event: Event, resident_id: ResidentId | None, now: datetime) -> Place:
    """Tell where a person stands with an event; a visitor stands nowhere."""
    rsvp = rsvps.find(reader, event.id, resident_id) if resident_id is not None else None
    left = seats_left(event.capacity, rsvps.seats(reader, event.id, now=now))
    position = None
    if rsvp is not None and rsvp.standing is Standing.WAITING:
        queue = [guest.resident.id for guest in rsvps.waitlist(reader, event.id)]
        position = queue.index(rsvp.resident_id) + 1
    return Place(event, rsvp, left, position)


def confirm_in_private(writer: Writer, *, place: Place, resident: Resident, now: datetime) -> None:
    """Owe the person's card in private, to somebody who answered in a group (K4)."""
    if place.rsvp is None:
        return
    notices.owe(
        writer,
        Kind.CONFIRMATION,
        key=key(place.rsvp),
        chat_id=resident.chat_id,
        now=now,
        expires_at=place.event.starts_at,
        silent=True,
        resident_id=resident.id,
        event_id=place.event.id,
        event_version=place.event.version,
    )


def _open_event(reader: Reader, event_id: EventId, *, now: datetime) -> tuple[Event, datetime]:
    """Get an event that takes answers, and its start; raises GoneError, TooLateError."""
    event = existing(reader, event_id)
    reason = closed(event, now=now)
    if reason is not None or event.starts_at is None:
        raise TooLateError(reason or "started")
    return event, event.starts_at


def _coming(reader: Reader, event_id: EventId, resident_id: ResidentId) -> Rsvp:
    """Get the answer of a person who comes, or wants to; raises InvalidInputError."""
    rsvp = rsvps.find(reader, event_id, resident_id)
    if rsvp is None or rsvp.answer is not Answer.YES:
        raise InvalidInputError("guests", "not_coming")
    return rsvp


def _no_answer(event_id: EventId, resident_id: ResidentId, now: datetime) -> Rsvp:
    return Rsvp(
        event_id=event_id,
        resident_id=resident_id,
        answer=Answer.NO,
        standing=Standing.NONE,
        guests=0,
        queued_at=None,
        offered_at=None,
        offer_ends_at=None,
        held_until=None,
        sequence=0,
        answered_at=now,
        cause=None,
    )


def _afresh(rsvp: Rsvp, *, now: datetime) -> Rsvp:
    """Forget who came along on an answer that has no seats, waits for none and keeps none."""
    holds_nothing = rsvp.standing is Standing.NONE and own_seats(rsvp, now=now) == 0
    return replace(rsvp, guests=0) if holds_nothing else rsvp


def _keep_answer(
    writer: Writer,
    before: Rsvp,
    after: Rsvp,
    *,
    now: datetime,
    cause: UpdateId,
    shown_on: MessageId | None,
) -> None:
    """Keep an answer; who had an offer needs its message no longer."""
    keep(writer, after, now=now, cause=cause, shown_on=shown_on)
    if before.standing is Standing.OFFERED:
        withdraw_offer(writer, before, now=now)
