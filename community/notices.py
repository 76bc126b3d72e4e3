"""What the bot may owe, and what each kind of message promises (reliability.md §1.1).

A send cannot be exactly-once, so each kind says which way it errs: AT_LEAST_ONCE may reach a
person twice, AT_MOST_ONCE may not reach them, and what is uncertain is counted and shown.
"""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import Enum, IntEnum, StrEnum
from typing import Any

from storage import outbox
from storage.database import Writer
from storage.ids import BroadcastId, ChatId, EventId, ResidentId


class Lane(IntEnum):
    """Who goes first when all cannot go at once."""

    TAP = 0
    """The answer to the person who taps or writes; never in the outbox."""
    TRANSACTION = 1
    """Offers, changes, receipts, reports."""
    REMINDER = 2
    """Reminders."""
    BROADCAST = 3
    """Announcements to many."""


class Promise(Enum):
    """Which way a kind of message errs when nobody can know whether it arrived."""

    AT_LEAST_ONCE = "at least once"
    """Sent again."""
    AT_MOST_ONCE = "at most once"
    """Not sent again; counted as uncertain."""


class Kind(StrEnum):
    """Every message that the bot may owe."""

    CONFIRMATION = "confirmation"
    """To a person who answered in a group: their card, in private (K4)."""
    OFFER = "offer"
    """A seat is free for a party that waits (K4)."""
    FREE_SEATS = "free_seats"
    """On the day itself: seats are free, for who answers first (K4)."""
    OFFER_PASSED = "offer_passed"
    """An offer that nobody answered has gone on; its party still waits (K4)."""
    MOVED = "moved"
    """An event has another time or place (K5)."""
    CANCELLED = "cancelled"
    """An event will not take place (K5)."""
    REMINDER = "reminder"
    """An event, or several of a day, come near (K6)."""
    REMINDER_MISSED = "reminder_missed"
    """How many people a reminder has not reached in time, to the officers (F49, K10)."""
    ANNOUNCEMENT = "announcement"
    """An event, to an audience (K7)."""
    NUDGE = "nudge"
    """An event once more, to those who are silent (K7)."""
    GROUP_CARD = "group_card"
    """An event, to a commission's group (K8)."""
    TEAM_REQUEST = "team_request"
    """Somebody invited wants to become an officer (K10)."""
    TEAM_ANSWER = "team_answer"
    """Whether they did (K10)."""
    FAULT_ALERT = "fault_alert"
    """Something that a person asked could not be done (K10)."""
    MISTAKE_ALERT = "mistake_alert"
    """Too many people are unknown to Telegram: the token or the database is a wrong one (K10)."""
    GROUP_LINKED = "group_linked"
    """A group is linked to a commission, to the officer who made the code (K10)."""
    GROUP_LOST = "group_lost"
    """The bot is no longer in a group, to the officers (K10)."""
    OUTAGE_ALERT = "outage_alert"
    """Telegram was not heard for a while, to the officers (K10)."""
    OUTAGE_NOTICE = "outage_notice"
    """The same, to those who were invited and may have tapped in vain (K7)."""
    RECAP = "recap"
    """Where a person stands, in place of the answers that would have come too late (K1)."""
    ERASURE_RECEIPT = "erasure_receipt"
    """All about a person is erased; the row goes with it (K11)."""


@dataclass(frozen=True, slots=True)
class Delivery:
    """How a kind is delivered.

    `backoff` holds the wait before each retry after an unknown outcome.
    """

    promise: Promise
    lane: Lane
    backoff: tuple[timedelta, ...] = ()


_MINUTE = timedelta(minutes=1)
_THRICE = (_MINUTE, 5 * _MINUTE, 15 * _MINUTE)
_CHANGE = Delivery(Promise.AT_LEAST_ONCE, Lane.TRANSACTION, _THRICE)
_BULK = Delivery(Promise.AT_MOST_ONCE, Lane.BROADCAST)

DELIVERY: Mapping[Kind, Delivery] = {
    Kind.CONFIRMATION: _CHANGE,
    Kind.OFFER: _CHANGE,
    Kind.FREE_SEATS: _CHANGE,
    Kind.OFFER_PASSED: _CHANGE,
    Kind.MOVED: _CHANGE,
    Kind.CANCELLED: _CHANGE,
    Kind.REMINDER: Delivery(Promise.AT_LEAST_ONCE, Lane.REMINDER, (_MINUTE,)),
    Kind.REMINDER_MISSED: _CHANGE,
    Kind.ANNOUNCEMENT: _BULK,
    Kind.NUDGE: _BULK,
    Kind.GROUP_CARD: Delivery(Promise.AT_MOST_ONCE, Lane.TRANSACTION),
    Kind.TEAM_REQUEST: _CHANGE,
    Kind.TEAM_ANSWER: _CHANGE,
    Kind.FAULT_ALERT: _CHANGE,
    Kind.MISTAKE_ALERT: _CHANGE,
    Kind.GROUP_LINKED: _CHANGE,
    Kind.GROUP_LOST: _CHANGE,
    Kind.OUTAGE_ALERT: _CHANGE,
    Kind.OUTAGE_NOTICE: _BULK,
    Kind.RECAP: _CHANGE,
    Kind.ERASURE_RECEIPT: _CHANGE,
}

MOST_KEY = 200
"""What the outbox keeps of a key."""
NO_RETRY_BEFORE_START = timedelta(minutes=30)
"""A reminder whose outcome is unknown is sent again only while the start is further (K6)."""


def owe(
    writer: Writer,
    kind: Kind,
    *,
    key: str,
    chat_id: ChatId,
    now: datetime,
    expires_at: datetime | None,
    not_before: datetime | None = None,
    silent: bool = False,
    resident_id: ResidentId | None = None,
    event_id: EventId | None = None,
    event_version: int | None = None,
    broadcast_id: BroadcastId | None = None,
    facts: Mapping[str, Any] | None = None,
) -> bool:
    """Owe a message in its kind's lane, from `not_before` (else now); False where it was owed.

    `key` says what makes the message another one; it may be of any length.
    """
    return outbox.enqueue(
        writer,
        kind=kind,
        dedupe_key=short_key(key),
        chat_id=chat_id,
        lane=DELIVERY[kind].lane,
        not_before=not_before or now,
        expires_at=expires_at,
        silent=silent,
        resident_id=resident_id,
        event_id=event_id,
        event_version=event_version,
        broadcast_id=broadcast_id,
        facts=facts,
    )


def short_key(key: str) -> str:
    """Give a key of at most MOST_KEY letters; long ones keep their beginning and are told apart."""
    if len(key) <= MOST_KEY:
        return key
    digest = hashlib.sha256(key.encode()).hexdigest()
    return f"{key[: MOST_KEY - len(digest) - 1]}:{digest}"


def expire(writer: Writer, *, now: datetime) -> int:
    """End what is too late to be of use; gives how many. A receipt of erasure goes whole (K11)."""
    erased = outbox.erase_expired(writer, kind=Kind.ERASURE_RECEIPT, now=now)
    return erased + outbox.expire(writer, now=now)
