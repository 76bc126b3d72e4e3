"""A bot that dies at one chosen point: what it had begun is finished once, or counted as uncertain.

F01 to F06, F11 and F13 (reliability.md §2), each on a bot in a process of its own that is killed
for good. Where the point is a moment between two commits, the database is locked, or Telegram does
not answer, so that the bot waits there for its end.
"""

from collections import Counter
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from datetime import timedelta
from pathlib import Path
import os
import signal
import time
from typing import Literal

import pytest
import pytest_asyncio

from sandbox import Call, Fault, Person, delay, hang
from storage import bookmarks, cards, events, inbox, outbox, rsvps
from storage.events import Event, EventStatus
from storage.outbox import OutboxState
from tests.house import KARIM_ID
from tests.journeys import sowing
from tests.journeys.invariants import all_events
from tests.journeys.sowing import HOLD, TITLE
from tests.journeys.stage import Stage, open_stage

Sow = Callable[[Stage, Sequence[Person]], Awaitable[Event]]
ONE_AT_ONCE = {"limits": {"messages_per_second": 1, "messages_per_minute_group": 18}}
"""So slow that most of what is claimed still waits for its turn."""
SECOND = timedelta(seconds=1)


@pytest_asyncio.fixture
async def stage(house_template: Path, tmp_path: Path) -> AsyncIterator[Stage]:
    """Give a stage on a database of the test's own."""
    async with open_stage(house_template, tmp_path) as one:
        yield one


def executed(stage: Stage) -> list[Call]:
    """List the messages about the event that Telegram has sent to anybody, oldest first."""
    return [
        call
        for call in stage.room.ledger.calls("sendMessage")
        if call.executed and TITLE in str(call.params["text"])
    ]


def received(stage: Stage, people: Sequence[Person]) -> list[int]:
    """Count, for each person, the messages about the event."""
    by_chat = Counter(call.chat_id for call in executed(stage))
    return [by_chat[person.id] for person in people]


def states(stage: Stage) -> dict[OutboxState, int]:
    return stage.read(outbox.count)


async def go_on(stage: Stage) -> None:
    """Let another bot finish what the dead one has left."""
    stage.room.faults.clear()
    await stage.live()
    await stage.rest()


async def ask_and_be_heard(stage: Stage, person: Person) -> None:
    """Say something, and wait until Telegram has told the bot."""
    polls = stage.room.ledger.calls("getUpdates")
    person.say("/agenda")
    await stage.room.until(lambda: bool(polls[-1].result))


# --------------------------------------------------------------------------------- F01 to F04


@pytest.mark.parametrize("sow", [sowing.moved, sowing.announced])
async def test_f01_killed_before_the_claim_sends_each_once_after(stage: Stage, sow: Sow) -> None:
    people = sowing.people(stage, 4)
    await sow(stage, people)
    await stage.live()

    with stage.locked():
        await stage.room.advance(HOLD)
        await ask_and_be_heard(stage, people[0])
        await stage.kill()
    assert executed(stage) == []
    assert stage.read(outbox.sending) == []
    await go_on(stage)

    assert received(stage, people) == [1, 1, 1, 1]
    assert states(stage).keys() == {OutboxState.SENT}
