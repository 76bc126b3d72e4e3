"""What the sender does with messages: claim those that are due, and note how they ended."""

from datetime import datetime

from sqlalchemy import Integer, and_, bindparam, delete, exists, or_, select, update

from storage.columns import constant
from storage.database import Reader, Topic, Writer
from storage.ids import MessageId, NoticeId
from storage.outbox.rows import ENDED, OPEN_STATES, OUTBOX, PENDING, SENDING, Notice, OutboxState
from storage.statements import Change, Look, Returning

_earlier = OUTBOX.alias("earlier")
_DUE = Look(
    select(OUTBOX)
    .where(
        PENDING,
        OUTBOX.c.lane == bindparam("of_lane"),
        OUTBOX.c.not_before <= bindparam("now"),
        ~exists().where(
            _earlier.c.state.in_(OPEN_STATES),
            _earlier.c.chat_id == OUTBOX.c.chat_id,
            or_(
                _earlier.c.state == constant(OutboxState.SENDING),
                and_(
                    _earlier.c.id < OUTBOX.c.id,
                    _earlier.c.lane <= OUTBOX.c.lane,
                    _earlier.c.not_before <= bindparam("now"),
                ),
            ),
        ),
    )
    .order_by(OUTBOX.c.not_before, OUTBOX.c.id)
    .limit(bindparam("most", type_=Integer)),
    Notice,
)
_NEXT = Look(
    select(OUTBOX.c.not_before)
    .where(
        PENDING,
        OUTBOX.c.lane == bindparam("of_lane"),
        OUTBOX.c.not_before > bindparam("after"),
    )
    .order_by(OUTBOX.c.not_before)
    .limit(1),
    lambda instant: instant,
)
_CLAIM = Returning(
    update(OUTBOX)
    .where(OUTBOX.c.id == bindparam("of_id"), PENDING)
    .values(state=OutboxState.SENDING, claimed_at=bindparam("now"), attempts=OUTBOX.c.attempts + 1)
    .returning(*OUTBOX.c),
    Notice,
)
_FINISH = Change(
    update(OUTBOX)
    .where(OUTBOX.c.id == bindparam("of_id"))
    .values(state=bindparam("to_state"), message_id=bindparam("message_id"), **ENDED)
)
_POSTPONE = Change(
    update(OUTBOX)
    .where(OUTBOX.c.id == bindparam("of_id"), SENDING)
    .values(
        state=OutboxState.PENDING,
        not_before=bindparam("until"),
        attempts=OUTBOX.c.attempts - bindparam("uncounted", type_=Integer),
    )
)
_SENDING = Look(select(OUTBOX).where(SENDING).order_by(OUTBOX.c.id), Notice)
_PENDING = Look(
    select(OUTBOX)
    .where(PENDING, OUTBOX.c.lane == bindparam("of_lane"))
    .order_by(OUTBOX.c.not_before, OUTBOX.c.id),
    Notice,
)
_EXPIRE = Change(
    update(OUTBOX)
    .where(PENDING, OUTBOX.c.expires_at <= bindparam("now"))
    .values(state=OutboxState.EXPIRED, **ENDED)
)
_ERASE_EXPIRED = Change(
    delete(OUTBOX).where(
        PENDING, OUTBOX.c.expires_at <= bindparam("now"), OUTBOX.c.kind == bindparam("of_kind")
    )
)


def claim(writer: Writer, *, lane: int, now: datetime, most: int) -> list[Notice]:
    """Take up to `most` due messages of a lane, oldest first, at most one a chat.

    They are `sending` once this is committed; no chat that has one under way gives another.
    """
    return [
        claimed
        for notice in writer.all(_DUE, of_lane=lane, now=now, most=most)
        for claimed in writer.returned(_CLAIM, of_id=notice.id, now=now)
    ]


def next_at(reader: Reader, *, lane: int, after: datetime) -> datetime | None:
    """Find when the first message of a lane is due that is not due yet at `after`; None: none."""
    return reader.first(_NEXT, of_lane=lane, after=after)


def sending(reader: Reader) -> list[Notice]:
    """List the messages that a request may be under way for, oldest first."""
    return reader.all(_SENDING)


def pending(reader: Reader, *, lane: int) -> list[Notice]:
    """List what a lane owes and has not begun to send, earliest due first."""
    return reader.all(_PENDING, of_lane=lane)


def mark(
    writer: Writer,
    notice_id: NoticeId,
    state: OutboxState,
    *,
    now: datetime,
    message_id: MessageId | None = None,
) -> bool:
    """Note how a message ended; False where it has been erased meanwhile.

    Wakes the sender: the chat's next message may now leave.
    """
    ended = writer.change(_FINISH, of_id=notice_id, to_state=state, now=now, message_id=message_id)
    writer.announce(Topic.OUTBOX)
    return ended == 1


def postpone(writer: Writer, notice_id: NoticeId, *, until: datetime, counted: bool) -> None:
    """Owe a claimed message again from `until`; `counted` says whether the attempt counts."""
    writer.change(_POSTPONE, of_id=notice_id, until=until, uncounted=0 if counted else 1)
    writer.announce(Topic.OUTBOX)


def expire(writer: Writer, *, now: datetime) -> int:
    """Expire what is no longer of use; gives how many."""
    return writer.change(_EXPIRE, now=now)


def erase_expired(writer: Writer, *, kind: str, now: datetime) -> int:
    """Delete what is no longer of use of a kind that leaves no trace; gives how many."""
    return writer.change(_ERASE_EXPIRED, of_kind=kind, now=now)
