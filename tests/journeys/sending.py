"""What tests of sending do, and what became of it.

Duplicates and losses are counted in the room's ledger, by what Telegram has executed.
"""

import time
from collections import Counter
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta
from itertools import count

from bot.sender import LANES
from community import broadcasts, changes
from sandbox import Fault, Group, Message, Person
from sandbox.ledger import Call
from storage import cards, groups, holds, outbox, residents
from storage.broadcasts import Audience
from storage.cards import CardKind
from storage.database import Reader, Writer
from storage.events import Event
from storage.groups import Group as Linked
from storage.holds import Hold
from storage.ids import ChatId, MessageId, ResidentId, UpdateId
from storage.outbox import Notice, OutboxState
from tests.databases import opened
from tests.handlers.making import a_commission, an_event
from tests.house import House
from tests.journeys.households import come, officer, settle

WAIT_SECONDS = 20.0
_causes = count(50_000_000_000)
"""Far above what a room numbers its updates with."""
_LONG_AGO = datetime(1970, 1, 1, tzinfo=UTC)
_OPEN = {OutboxState.PENDING, OutboxState.SENDING}


# ----------------------------------------------------------------------------------------- acts


async def cancel(house: House, event: Event) -> None:
    """Cancel an event now: K5 to all who come."""
    await house.write(changes.cancel, event_id=event.id, now=house.now())


async def move(house: House, event: Event, **fields: object) -> None:
    """Move an event and tell it at once: K5 to all who come."""
    officer = (await house.read(residents.team))[0]
    await house.write(
        changes.change,
        event_id=event.id,
        fields=fields,
        seen_version=event.version,
        author_id=officer.id,
        policy=house.bot.services.premises.policy,
        hold_for=timedelta(),
        now=house.now(),
    )


async def announce(house: House, event: Event, *faults: Fault) -> Message:
    """Have Karim announce an event to all, now, among faults; gives what shows how far it is."""
    author = await officer(house)
    told = {"chat_id": house.karim.id, "text": "…"}
    sent = await house.bot.request.call("sendMessage", told)
    for fault in faults:
        house.room.faults.add(fault)
    await house.write(_announce, event, author.id, sent["message_id"], house)
    return house.karim.newest


def _announce(
    writer: Writer, event: Event, officer_id: ResidentId, message_id: MessageId, house: House
) -> None:
    now = house.now()
    draft = broadcasts.draft(
        writer,
        author_id=officer_id,
        event_id=event.id,
        audience=Audience.EVERYONE,
        commission_id=None,
        cause=UpdateId(next(_causes)),
        now=now,
    )
    cards.put(
        writer,
        ChatId(house.karim.id),
        message_id,
        kind=CardKind.BROADCAST,
        subject_id=draft.id,
        now=now,
    )
    broadcasts.hold(writer, broadcast_id=draft.id, hold_for=timedelta(), again=True, now=now)
    broadcasts.hurry(writer, broadcast_id=draft.id, now=now)


# ------------------------------------------------------------------------------- what became of it


def sends(house: House, chat_id: int | None = None) -> list[Call]:
    """List the requests to send, begun, to a chat or to all."""
    return house.room.ledger.calls("sendMessage", chat=chat_id)


def arrived(house: House, text: str) -> Counter[int | str | None]:
    """Count, by chat, the messages with a text that Telegram has executed."""
    return Counter(
        call.chat_id for call in sends(house) if call.executed and text in call.params["text"]
    )


async def states_in(url: str) -> Counter[OutboxState]:
    """Count the messages of a database by how they stand, while no bot lives."""
    async with opened(url) as database:
        return Counter(await database.read(outbox.count))


async def holds_in(url: str) -> list[Hold]:
    """List the silences kept in a database, while no bot lives."""
    async with opened(url) as database:
        return await database.read(holds.running, now=_LONG_AGO)


async def owed(house: House, kind: str | None = None) -> Counter[OutboxState]:
    """Count the messages owed, of a kind or all, by how they stand."""
    return Counter(one.state for one in await notices(house) if kind in (None, one.kind))


async def notices(house: House) -> list[Notice]:
    """List all messages owed, whatever their state."""
    found: list[Notice] = await house.read(outbox.all_)
    return found


async def bulk_hold(house: House) -> Hold | None:
    """Give the silence of the bulk lanes as it is kept, over or not."""
    found: Hold | None = await house.read(holds.find, holds.EVERYONE)
    return found


async def eventually(
    house: House, holds_: Callable[[], Awaitable[object]], what: str = "the condition"
) -> None:
    """Wait until what is looked up in the database is so."""
    deadline = time.monotonic() + WAIT_SECONDS
    while not await holds_():
        assert time.monotonic() < deadline, f"not within {WAIT_SECONDS} s: {what}"
        await house.room.changed.wait(0.02)


async def at_rest(house: House) -> None:
    """Wait until nothing is under way, and nothing that may leave now waits."""

    async def nothing_due() -> bool:
        waits = await house.read(_has_due, house.now())
        return not waits and not house.room.ledger.under_way

    await eventually(house, nothing_due, "nothing due")
    await house.room.quiet(WAIT_SECONDS)


def _has_due(reader: Reader, now: datetime) -> bool:
    hold = holds.find(reader, holds.EVERYONE)
    lanes = LANES[:1] if hold is not None and hold.until > now else LANES
    next_at = [outbox.next_at(reader, lane=lane, after=_LONG_AGO) for lane in lanes]
    return bool(outbox.sending(reader)) or any(at is not None and at <= now for at in next_at)


async def ended(house: House) -> None:
    """Wait until every message owed has ended."""

    async def none_open() -> bool:
        return not (await house.read(outbox.count)).keys() & _OPEN

    await eventually(house, none_open, "every message ended")


async def cancelled_for(house: House, number: int) -> list[Person]:
    """Give people who are owed the cancellation of their event (K5)."""
    event = await an_event(house, capacity=None)
    people = await settle(house, number)
    await come(house, event, people)
    await cancel(house, event)
    return people


def once_each(house: House, people: list[Person], text: str) -> bool:
    counted = arrived(house, text)
    return [counted[person.id] for person in people] == [1] * len(people)


async def linked(house: House, title: str, *, supergroup: bool = True) -> Group:
    """Give a group linked to a commission of its own."""
    group = house.room.group(title, supergroup=supergroup)
    commission = await a_commission(house, f"🌱 {title}")
    await house.write(
        groups.put, ChatId(group.id), commission.id, invite_link=None, now=house.now()
    )
    # Only now: the bot leaves a group that it does not know (F72).
    group.add_bot(admin=supergroup)
    await house.rest()
    return group


async def linked_as(house: House, chat_id: int) -> Linked | None:
    found: Linked | None = await house.read(groups.find, ChatId(chat_id))
    return found
