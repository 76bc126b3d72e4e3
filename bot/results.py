"""What is kept of a send's outcome: each a whole action, in one transaction."""

from datetime import datetime

from bot.desk import Letter
from community import groups, rsvps
from community.notices import DELIVERY, NO_RETRY_BEFORE_START, Kind, Promise
from storage import cards, events, outbox, residents
from storage.cards import CardKind
from storage.database import Writer
from storage.ids import ChatId, MessageId
from storage.outbox import Notice, OutboxState


def keep_sent(writer: Writer, letter: Letter, *, message_id: MessageId, now: datetime) -> None:
    """Note that Telegram has a message, and what it shows, so that it can be edited later."""
    notice, view = letter.notice, letter.view
    keep_end(writer, notice, OutboxState.SENT, now=now, message_id=message_id)
    if view is not None and view.subject is not None:
        cards.put(
            writer,
            notice.chat_id,
            message_id,
            kind=view.subject.kind,
            subject_id=view.subject.id,
            now=now,
        )
        if _is_behind(writer, notice):
            cards.refresh(writer, view.subject.kind, view.subject.id)


def keep_end(
    writer: Writer,
    notice: Notice,
    state: OutboxState,
    *,
    now: datetime,
    message_id: MessageId | None = None,
) -> None:
    """Note how a message ended; a receipt of erasure goes with its end (K11)."""
    if notice.kind == Kind.ERASURE_RECEIPT:
        outbox.erase(writer, notice.id)
        return
    outbox.mark(writer, notice.id, state, now=now, message_id=message_id)
    if notice.broadcast_id is not None:
        cards.refresh(writer, CardKind.BROADCAST, notice.broadcast_id)


def keep_gone(writer: Writer, notice: Notice, *, now: datetime) -> None:
    """Note that a message's reader cannot be reached, and skip all that waits for them (F28, F29)."""
    keep_end(writer, notice, OutboxState.SKIPPED, now=now)
    if notice.chat_id < 0:
        groups.lose(writer, chat_id=notice.chat_id, now=now)
        return
    outbox.skip_chat(writer, notice.chat_id, now=now)
    resident = residents.find_speaking(writer, notice.chat_id)
    if resident is not None:
        rsvps.lose_reach(writer, resident=resident, now=now)


def keep_migration(writer: Writer, notice: Notice, new_chat_id: int, *, now: datetime) -> None:
    """Follow a group that has become a supergroup, and owe the message there (F31)."""
    groups.follow(writer, chat_id=notice.chat_id, new_chat_id=ChatId(new_chat_id))
    outbox.move_chat(writer, notice.chat_id, to=ChatId(new_chat_id))
    outbox.postpone(writer, notice.id, until=now, counted=False)


def after_doubt(writer: Writer, notice: Notice, *, now: datetime) -> datetime | None:
    """Decide about a message of unknown fate; gives when it is sent again, None if it is not."""
    retry_at = retry_of(writer, notice, now=now)
    if retry_at is None:
        keep_end(writer, notice, OutboxState.UNCERTAIN, now=now)
    else:
        outbox.postpone(writer, notice.id, until=retry_at, counted=True)
    return retry_at


def retry_of(writer: Writer, notice: Notice, *, now: datetime) -> datetime | None:
    """Give when a message of unknown fate may be sent again, by its kind's promise; None: not."""
    delivery = DELIVERY[Kind(notice.kind)]
    if delivery.promise is Promise.AT_MOST_ONCE or notice.attempts > len(delivery.backoff):
        return None
    if notice.kind == Kind.REMINDER and notice.event_id is not None:
        event = events.find(writer, notice.event_id)
        starts_at = event.starts_at if event is not None else None
        if starts_at is None or starts_at - now <= NO_RETRY_BEFORE_START:
            return None
    return now + delivery.backoff[max(0, notice.attempts - 1)]


def recover(writer: Writer, *, now: datetime) -> int:
    """Decide about each message that a crash has left under way; gives how many there were."""
    left = outbox.sending(writer)
    for notice in left:
        retry_at = retry_of(writer, notice, now=now)
        if retry_at is None:
            keep_end(writer, notice, OutboxState.UNCERTAIN, now=now)
        else:
            outbox.postpone(writer, notice.id, until=now, counted=True)
    return len(left)


def _is_behind(writer: Writer, notice: Notice) -> bool:
    """Whether the event has changed since a message about it was worded."""
    if notice.event_id is None:
        return False
    event = events.find(writer, notice.event_id)
    return event is not None and event.version != notice.event_version
