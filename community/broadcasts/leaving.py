"""A broadcast leaves: the audience is frozen, and each person is owed the message once."""

from datetime import datetime, timedelta

from community import groups, notices
from community.broadcasts.progress import groups_of, is_announceable
from community.events import existing
from community.notices import DELIVERY, Kind
from storage import broadcasts, cards, events, journal, outbox
from storage.broadcasts import Audience, Broadcast, BroadcastStatus
from storage.cards import CardKind
from storage.database import Writer
from storage.events import Event
from storage.groups import Group
from storage.ids import ChatId, EventId
from storage.outbox import OutboxState

LIFETIME = timedelta(hours=24)
"""An announcement not delivered within a day is no news any more (K7)."""
_OPEN = frozenset({OutboxState.PENDING, OutboxState.SENDING})
_KIND = {
    Audience.EVERYONE: Kind.ANNOUNCEMENT,
    Audience.COMMISSION: Kind.ANNOUNCEMENT,
    Audience.SILENT: Kind.NUDGE,
}


def launch_due(writer: Writer, *, now: datetime) -> int:
    """Launch the held broadcasts whose time has come; gives how many messages are owed."""
    return sum(
        launch(writer, broadcast=broadcast, now=now)
        for broadcast in broadcasts.leaving(writer, now=now)
    )


def launch(writer: Writer, *, broadcast: Broadcast, now: datetime) -> int:
    """Freeze the audience and owe each person the message; gives how many.

    A broadcast about an event that was cancelled meanwhile is taken back instead.
    """
    event = existing(writer, broadcast.event_id)
    if not is_announceable(event, now=now):
        end(writer, broadcast, BroadcastStatus.CANCELLED, now=now)
        return 0
    moved = broadcasts.set_status(
        writer,
        broadcast.id,
        from_=BroadcastStatus.HELD,
        to=BroadcastStatus.SENDING,
        started_at=now,
    )
    if not moved:
        return 0
    kind = _KIND[broadcast.audience]
    owed = broadcasts.freeze(
        writer,
        broadcast,
        kind=kind,
        lane=DELIVERY[kind].lane,
        silent=False,
        not_before=now,
        expires_at=latest(event, now=now),
    )
    for group in groups_of(writer, broadcast):
        key = group_key(broadcast, group)
        _owe_group_card(writer, event, group.chat_id, key=key, now=now)
    cards.refresh(writer, CardKind.BROADCAST, broadcast.id)
    note(writer, "launch", broadcast, now)
    return owed


def withdraw(writer: Writer, *, event_id: EventId, now: datetime) -> None:
    """Take back what is about to be announced of an event, which is cancelled."""
    for broadcast in broadcasts.of_event(writer, event_id):
        if broadcast.status is BroadcastStatus.HELD:
            end(writer, broadcast, BroadcastStatus.CANCELLED, now=now)


def finish_done(writer: Writer, *, now: datetime) -> int:
    """Close the broadcasts of which every message has ended; gives how many."""
    finished = 0
    for broadcast in broadcasts.sending(writer):
        if not outbox.tally(writer, broadcast.id).keys() & _OPEN:
            end(writer, broadcast, BroadcastStatus.SENT, now=now)
            finished += 1
    return finished


def latest(event: Event, *, now: datetime) -> datetime:
    """Give when an announcement made now is no news any more."""
    is_soon = event.ends_at is not None and event.ends_at < now + LIFETIME
    return event.ends_at if event.ends_at is not None and is_soon else now + LIFETIME


def group_key(broadcast: Broadcast, group: Group) -> str:
    """Give the key of a group's card (K8)."""
    return f"grp:{broadcast.id}:{group.chat_id}"


def follow_group(writer: Writer, *, chat_id: ChatId, new_chat_id: ChatId, now: datetime) -> None:
    """Follow a group that has become a supergroup, where its cards cannot be edited (F31).

    It is owed another card of each event that it showed and that is still of interest.
    """
    shown = cards.of_chat(writer, chat_id)
    groups.follow(writer, chat_id=chat_id, new_chat_id=new_chat_id)
    for card in shown:
        event = events.find(writer, EventId(card.subject_id))
        if card.kind is CardKind.GROUP and event is not None and is_announceable(event, now=now):
            key = f"grp:{event.id}:{new_chat_id}:followed"
            _owe_group_card(writer, event, new_chat_id, key=key, now=now)


def _owe_group_card(
    writer: Writer, event: Event, chat_id: ChatId, *, key: str, now: datetime
) -> None:
    notices.owe(
        writer,
        Kind.GROUP_CARD,
        key=key,
        chat_id=chat_id,
        now=now,
        expires_at=latest(event, now=now),
        event_id=event.id,
        event_version=event.version,
    )


def end(writer: Writer, broadcast: Broadcast, to: BroadcastStatus, *, now: datetime) -> None:
    """End a broadcast as it stands: all has left, or it is taken back."""
    broadcasts.set_status(writer, broadcast.id, from_=broadcast.status, to=to, finished_at=now)
    cards.refresh(writer, CardKind.BROADCAST, broadcast.id)
    note(writer, to, broadcast, now)


def note(writer: Writer, verb: str, broadcast: Broadcast, now: datetime) -> None:
    """Write down what became of a broadcast."""
    journal.add(
        writer,
        at=now,
        actor_id=broadcast.author_id,
        verb=verb,
        noun="broadcast",
        noun_id=broadcast.id,
    )
