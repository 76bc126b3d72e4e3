"""Looking at messages, whatever their state."""

from sqlalchemy import bindparam, func, select

from storage.database import Reader
from storage.errors import NotFoundError
from storage.ids import BroadcastId, NoticeId, ResidentId
from storage.outbox.rows import OUTBOX, Notice, OutboxState
from storage.statements import Look

_GET = Look(select(OUTBOX).where(OUTBOX.c.id == bindparam("of_id")), Notice)
_ALL = Look(select(OUTBOX).order_by(OUTBOX.c.id), Notice)
_OF_RESIDENT = Look(
    select(OUTBOX).where(OUTBOX.c.resident_id == bindparam("of_resident")).order_by(OUTBOX.c.id),
    Notice,
)
_TALLY = Look(
    select(OUTBOX.c.state, func.count())
    .where(OUTBOX.c.broadcast_id == bindparam("of_broadcast"))
    .group_by(OUTBOX.c.state),
    lambda state, number: (state, number),
)
_COUNT = Look(
    select(OUTBOX.c.state, func.count()).group_by(OUTBOX.c.state),
    lambda state, number: (state, number),
)


def get(reader: Reader, notice_id: NoticeId) -> Notice:
    """Get a message, whatever its state.

    Raises:
        NotFoundError: there is none with this id (any more).
    """
    notice = reader.first(_GET, of_id=notice_id)
    if notice is None:
        raise NotFoundError("notice", notice_id)
    return notice


def all_(reader: Reader) -> list[Notice]:
    """List every message, oldest first."""
    return reader.all(_ALL)


def of_resident(reader: Reader, resident_id: ResidentId) -> list[Notice]:
    """List the messages of one person, oldest first."""
    return reader.all(_OF_RESIDENT, of_resident=resident_id)


def tally(reader: Reader, broadcast_id: BroadcastId) -> dict[OutboxState, int]:
    """Count a broadcast's messages by state; a state without any is left out."""
    return dict(reader.all(_TALLY, of_broadcast=broadcast_id))


def count(reader: Reader) -> dict[OutboxState, int]:
    """Count all messages by state; a state without any is left out."""
    return dict(reader.all(_COUNT))
