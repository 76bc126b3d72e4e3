"""Announcements to many: who sends what to whom, and how far it has come.

One audience condition serves the count, the preview and the sending (`_AUDIENCE`); it is evaluated
again when the sending starts, and what it gives then is written into the outbox in one statement.
"""

from datetime import datetime

from sqlalchemy import (
    BigInteger,
    Boolean,
    Integer,
    String,
    Text,
    bindparam,
    cast,
    func,
    literal,
    or_,
    select,
    update,
)
from sqlalchemy.dialects.postgresql import insert

from storage.broadcasts.rows import BROADCASTS, Audience, Broadcast, BroadcastStatus, Reach
from storage.columns import UtcDateTime, constant
from storage.commissions import MEMBERSHIPS
from storage.database import Reader, Topic, Writer
from storage.errors import NotFoundError
from storage.events import EVENTS
from storage.ids import BroadcastId, CommissionId, EventId, ResidentId, UpdateId
from storage.outbox import OUTBOX, OutboxState
from storage.residents import REACHABLE, RESIDENTS
from storage.rsvps import SILENT
from storage.statements import Change, Look, Returning

__all__ = [
    "BROADCASTS",
    "Audience",
    "Broadcast",
    "BroadcastStatus",
    "Reach",
    "add_draft",
    "find",
    "freeze",
    "get",
    "leaving",
    "of_author",
    "of_event",
    "reach",
    "sending",
    "set_status",
]

_by_id = BROADCASTS.c.id == bindparam("of_id")
_ADD = Returning(
    insert(BROADCASTS)
    .values(
        status=BroadcastStatus.DRAFT,
        author_id=bindparam("author_id"),
        event_id=bindparam("event_id"),
        audience=bindparam("audience"),
        commission_id=bindparam("commission_id"),
        cause=bindparam("cause"),
    )
    .on_conflict_do_nothing(index_elements=["cause"])
    .returning(*BROADCASTS.c),
    Broadcast,
)
_BY_CAUSE = Look(select(BROADCASTS).where(BROADCASTS.c.cause == bindparam("of_cause")), Broadcast)
_GET = Look(select(BROADCASTS).where(_by_id), Broadcast)
_MOVE = Change(
    update(BROADCASTS)
    .where(_by_id, BROADCASTS.c.status == bindparam("from_status"))
    .values(
        status=bindparam("to_status"),
        leaves_at=func.coalesce(
            bindparam("leaves_at", type_=UtcDateTime()), BROADCASTS.c.leaves_at
        ),
        started_at=func.coalesce(
            bindparam("started_at", type_=UtcDateTime()), BROADCASTS.c.started_at
        ),
        finished_at=func.coalesce(
            bindparam("finished_at", type_=UtcDateTime()), BROADCASTS.c.finished_at
        ),
    )
)
_LEAVING = Look(
    select(BROADCASTS)
    .where(
        BROADCASTS.c.status == constant(BroadcastStatus.HELD),
        BROADCASTS.c.leaves_at <= bindparam("now"),
    )
    .order_by(BROADCASTS.c.leaves_at),
    Broadcast,
)
_SENDING = Look(
    select(BROADCASTS)
    .where(BROADCASTS.c.status == constant(BroadcastStatus.SENDING))
    .order_by(BROADCASTS.c.id),
    Broadcast,
)
_OF_EVENT = Look(
    select(BROADCASTS)
    .where(BROADCASTS.c.event_id == bindparam("of_event"))
    .order_by(BROADCASTS.c.id),
    Broadcast,
)
_OF_AUTHOR = Look(
    select(BROADCASTS)
    .where(BROADCASTS.c.author_id == bindparam("of_author"))
    .order_by(BROADCASTS.c.id),
    Broadcast,
)
_members = select(MEMBERSHIPS.c.resident_id).where(
    MEMBERSHIPS.c.commission_id == bindparam("of_commission", type_=BigInteger)
)
_audience_name = bindparam("of_audience", type_=String())
_AUDIENCE = or_(
    _audience_name == Audience.EVERYONE.value,
    (_audience_name == Audience.COMMISSION.value) & RESIDENTS.c.id.in_(_members),
    (_audience_name == Audience.SILENT.value) & SILENT,
)
_REACH = Look(
    select(
        func.count(),
        func.coalesce(func.sum(cast(REACHABLE, Integer)), 0),
    )
    .select_from(RESIDENTS)
    .where(_AUDIENCE),
    lambda people, reachable: Reach(int(people), int(reachable)),
)
_FREEZE = Change(
    insert(OUTBOX)
    .from_select(
        [
            "kind",
            "dedupe_key",
            "chat_id",
            "resident_id",
            "event_id",
            "event_version",
            "broadcast_id",
            "facts",
            "lane",
            "silent",
            "not_before",
            "expires_at",
            "state",
            "attempts",
        ],
        select(
            bindparam("kind", type_=String()),
            bindparam("key_prefix", type_=String()) + cast(RESIDENTS.c.id, String),
            RESIDENTS.c.telegram_id,
            RESIDENTS.c.id,
            bindparam("of_event", type_=BigInteger),
            select(EVENTS.c.version)
            .where(EVENTS.c.id == bindparam("of_event", type_=BigInteger))
            .scalar_subquery(),
            bindparam("of_broadcast", type_=BigInteger),
            literal("{}", Text),
            bindparam("lane", type_=Integer),
            bindparam("silent", type_=Boolean),
            bindparam("not_before", type_=UtcDateTime()),
            bindparam("expires_at", type_=UtcDateTime()),
            literal(OutboxState.PENDING.value, String),
            literal(0, Integer),
        )
        .where(_AUDIENCE, REACHABLE)
        .order_by(RESIDENTS.c.id),
    )
    .on_conflict_do_nothing(index_elements=["dedupe_key"])
)


def add_draft(
    writer: Writer,
    *,
    author_id: ResidentId,
    event_id: EventId,
    audience: Audience,
    commission_id: CommissionId | None,
    cause: UpdateId | None,
) -> Broadcast:
    """Begin a broadcast; the same cause gives the draft that it began before."""
    added = writer.returned(
        _ADD,
        author_id=author_id,
        event_id=event_id,
        audience=audience,
        commission_id=commission_id,
        cause=cause,
    )
    return added[0] if added else writer.one(_BY_CAUSE, of_cause=cause)


def get(reader: Reader, broadcast_id: BroadcastId) -> Broadcast:
    """Get a broadcast.

    Raises:
        NotFoundError: there is none with this id.
    """
    broadcast = reader.first(_GET, of_id=broadcast_id)
    if broadcast is None:
        raise NotFoundError("broadcast", broadcast_id)
    return broadcast


def find(reader: Reader, broadcast_id: BroadcastId) -> Broadcast | None:
    """Find a broadcast, or None."""
    return reader.first(_GET, of_id=broadcast_id)


def set_status(
    writer: Writer,
    broadcast_id: BroadcastId,
    *,
    from_: BroadcastStatus,
    to: BroadcastStatus,
    leaves_at: datetime | None = None,
    started_at: datetime | None = None,
    finished_at: datetime | None = None,
) -> bool:
    """Move a broadcast on and set the given instants; False where it does not stand at `from_`."""
    moved = writer.change(
        _MOVE,
        of_id=broadcast_id,
        from_status=from_,
        to_status=to,
        leaves_at=leaves_at,
        started_at=started_at,
        finished_at=finished_at,
    )
    return moved == 1


def leaving(reader: Reader, *, now: datetime) -> list[Broadcast]:
    """List the held broadcasts whose time has come, earliest first."""
    return reader.all(_LEAVING, now=now)


def sending(reader: Reader) -> list[Broadcast]:
    """List the broadcasts that are leaving, oldest first."""
    return reader.all(_SENDING)


def of_event(reader: Reader, event_id: EventId) -> list[Broadcast]:
    """List an event's broadcasts, oldest first."""
    return reader.all(_OF_EVENT, of_event=event_id)


def of_author(reader: Reader, resident_id: ResidentId) -> list[Broadcast]:
    """List the broadcasts that a person began, oldest first."""
    return reader.all(_OF_AUTHOR, of_author=resident_id)


def reach(
    reader: Reader,
    *,
    audience: Audience,
    event_id: EventId,
    commission_id: CommissionId | None = None,
) -> Reach:
    """Count the people of an audience, and those of them whom a message may reach."""
    return reader.one(
        _REACH, of_audience=audience.value, of_event=event_id, of_commission=commission_id
    )


def freeze(
    writer: Writer,
    broadcast: Broadcast,
    *,
    kind: str,
    lane: int,
    silent: bool,
    not_before: datetime,
    expires_at: datetime,
) -> int:
    """Owe the broadcast to each reachable person of its audience; gives how many."""
    owed = writer.change(
        _FREEZE,
        kind=kind,
        key_prefix=f"bc:{broadcast.id}:",
        of_audience=broadcast.audience.value,
        of_event=broadcast.event_id,
        of_commission=broadcast.commission_id,
        of_broadcast=broadcast.id,
        lane=lane,
        silent=silent,
        not_before=not_before,
        expires_at=expires_at,
    )
    writer.announce(Topic.OUTBOX)
    return owed
