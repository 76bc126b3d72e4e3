"""What is kept of a send's outcome: each a whole action, in one transaction."""

from collections.abc import Mapping
from datetime import datetime

from bot.desk import Draft, Letter, state_of
from community import broadcasts as announcing
from community import groups, rsvps
from community.notices import DELIVERY, NO_RETRY_BEFORE_START, Delivery, Kind, Promise
from storage import broadcasts, cards, events, holds, outbox, residents
from storage.cards import CardKind
from storage.database import Writer
from storage.ids import ChatId, MessageId
from storage.outbox import Notice, OutboxState

_PROMISED: Mapping[str, Delivery] = {kind.value: how for kind, how in DELIVERY.items()}
"""By kind, as a row names it; one that only a newer program knows promises nothing here."""


def keep_sent(writer: Writer, letter: Letter, *, message_id: MessageId, now: datetime) -> None:
    """Note that Telegram has a message, and what it shows, so that it can be edited later.

    What has changed while it was on its way has found no card to edit: so it is edited then (K3).
    Nothing is noted of a message that was erased meanwhile: its reader is a stranger now (F51).
    """
    notice, subject = letter.notice, letter.view.subject if letter.view is not None else None
    stands = keep_end(writer, notice, OutboxState.SENT, now=now, message_id=message_id)
    if not stands or subject is None:
        return
    cards.put(writer, notice.chat_id, message_id, kind=subject.kind, subject_id=subject.id, now=now)
    if state_of(writer, letter.view, notice.resident_id) != letter.state:
        cards.refresh_one(writer, notice.chat_id, message_id)


def keep_shown(writer: Writer, draft: Draft) -> None:
    """Note that a card shows what it was worded to, which is no longer edited then.

    Where its reader has answered meanwhile it stays stale: their tap's own edit of this message
    may have come before this one, which then has put the old answer over the new one (I13).
    """
    if state_of(writer, draft.view, draft.resident_id) == draft.state:
        cards.mark_shown(writer, draft.card)


def keep_end(
    writer: Writer,
    notice: Notice,
    state: OutboxState,
    *,
    now: datetime,
    message_id: MessageId | None = None,
) -> bool:
    """Note how a message ended; False where it is there no longer.

    A receipt of erasure goes with its end (K11).
    """
    if notice.kind == Kind.ERASURE_RECEIPT:
        outbox.erase(writer, notice.id)
        return False
    stands = outbox.mark(writer, notice.id, state, now=now, message_id=message_id)
    if notice.broadcast_id is not None:
        cards.refresh(writer, CardKind.BROADCAST, notice.broadcast_id)
    return stands


def keep_hold(writer: Writer, chat_id: ChatId, *, until: datetime) -> None:
    """Keep a silence, which no other shortens; where it holds broadcasts, officers see it (F26)."""
    known = holds.find(writer, chat_id)
    if known is None or known.until < until:
        holds.put(writer, chat_id, until=until)
    if chat_id == holds.EVERYONE:
        for broadcast in broadcasts.sending(writer):
            cards.refresh(writer, CardKind.BROADCAST, broadcast.id)


def keep_gone(writer: Writer, notice: Notice, *, now: datetime) -> None:
    """Note that a message's reader cannot be reached, and skip what waits for them (F28, F29)."""
    keep_end(writer, notice, OutboxState.SKIPPED, now=now)
    lose_chat(writer, notice.chat_id, now=now)


def lose_chat(writer: Writer, chat_id: ChatId, *, now: datetime) -> None:
    """Note that a chat cannot be reached, and skip all that it is owed; seats stay (F28, F29)."""
    if chat_id < 0:
        groups.lose(writer, chat_id=chat_id, now=now)
        return
    outbox.skip_chat(writer, chat_id, now=now)
    resident = residents.find_speaking(writer, chat_id)
    if resident is not None:
        rsvps.lose_reach(writer, resident=resident, now=now)


def keep_migration(writer: Writer, notice: Notice, new_chat_id: int, *, now: datetime) -> None:
    """Follow a group that has become a supergroup, and owe the message there (F31)."""
    announcing.follow_group(
        writer, chat_id=notice.chat_id, new_chat_id=ChatId(new_chat_id), now=now
    )
    outbox.postpone(writer, notice.id, until=now, counted=False)


def after_doubt(
    writer: Writer,
    notice: Notice,
    *,
    now: datetime,
    ends: OutboxState = OutboxState.UNCERTAIN,
) -> datetime | None:
    """Decide about a message that may have left; gives when it is sent again, None if it is not.

    `ends` is how it ends where its kind is not sent again, or not as often.
    """
    retry_at = retry_of(writer, notice, now=now)
    if retry_at is None:
        keep_end(writer, notice, ends, now=now)
    else:
        outbox.postpone(writer, notice.id, until=retry_at, counted=True)
    return retry_at


def retry_of(writer: Writer, notice: Notice, *, now: datetime) -> datetime | None:
    """Give when a message of unknown fate may be sent again, by its kind's promise; None: not."""
    delivery = _PROMISED.get(notice.kind)
    if delivery is None or delivery.promise is Promise.AT_MOST_ONCE:
        return None
    if notice.attempts > len(delivery.backoff):
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
