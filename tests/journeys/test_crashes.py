"""A bot that dies at one chosen point: what it had begun is finished once, or counted as uncertain.

F01 to F06, F11 and F13 (reliability.md §2), each on a bot in a process of its own that is killed
for good. Where the point is a moment between two commits, the database is locked, or Telegram does
not answer, so that the bot waits there for its end.
"""

import os
import signal
import time
from collections import Counter
from collections.abc import Awaitable, Callable, Sequence
from datetime import timedelta
from typing import Literal

import pytest

from bot.request import AiohttpRequest
from sandbox import Call, Fault, Person, delay, hang
from storage import cards, events, inbox, outbox, rsvps
from storage.events import Event, EventStatus
from storage.outbox import OutboxState
from tests.bot.breaking import statement
from tests.house import KARIM_ID
from tests.journeys import sowing
from tests.journeys.invariants import all_events
from tests.journeys.sowing import HOLD, TITLE
from tests.journeys.stage import Stage

Sow = Callable[[Stage, Sequence[Person]], Awaitable[Event]]
ONE_AT_ONCE = {"limits": {"messages_per_second": 1, "messages_per_minute_group": 18}}
"""So slow that most of what is claimed still waits for its turn."""
SECOND = timedelta(seconds=1)
STALL = timedelta(seconds=5)
ROUND_TRIPS = 100
NO_CANCELLATION = (
    "CREATE TRIGGER no_cancellation BEFORE INSERT ON outbox WHEN NEW.kind = 'cancelled' "
    "BEGIN SELECT RAISE(ABORT, 'it cannot be owed'); END"
)


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
    person.say("/langue")
    await stage.room.until(lambda: bool(polls[-1].result))


async def round_trips(stage: Stage) -> None:
    """Call Telegram ourselves, often: a bot that was about to call at once has done so."""
    telegram = stage.settings().telegram
    async with AiohttpRequest(telegram.token.get_secret_value(), telegram.api_url) as request:
        for _ in range(ROUND_TRIPS):
            await request.call("getMe", {})


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


@pytest.mark.parametrize(
    ("sow", "sent_after", "ends"),
    [
        (sowing.moved, 1, {OutboxState.SENT}),
        (sowing.announced, 0, {OutboxState.SENT, OutboxState.UNCERTAIN}),
    ],
)
async def test_f02_killed_before_the_request_is_sent_again_or_counted(
    stage: Stage, sow: Sow, sent_after: int, ends: set[OutboxState]
) -> None:
    people = sowing.people(stage, 5)
    await sow(stage, people)
    stage.set_up(**ONE_AT_ONCE)
    await stage.live()
    stage.room.clock.freeze()

    await stage.room.advance(HOLD)
    await stage.until(lambda: len(executed(stage)) + len(stage.read(outbox.sending)) >= 5)
    await stage.until(lambda: len(executed(stage)) == states(stage).get(OutboxState.SENT))
    await stage.kill()
    claimed = [notice.chat_id for notice in stage.read(outbox.sending)]
    before = received(stage, people)
    stage.room.clock.thaw()
    stage.set_up()
    await go_on(stage)

    assert len(claimed) >= 3
    assert received(stage, people) == [number or sent_after for number in before]
    assert states(stage).keys() == ends


@pytest.mark.parametrize(
    ("sow", "repeats", "ends"),
    [(sowing.moved, 1, OutboxState.SENT), (sowing.announced, 0, OutboxState.UNCERTAIN)],
)
async def test_f03_killed_after_execution_repeats_or_counts_the_one_in_flight(
    stage: Stage, sow: Sow, repeats: int, ends: OutboxState
) -> None:
    people = sowing.people(stage, 5)
    await sow(stage, people)
    await stage.live()
    fault = stage.room.faults.add(Fault(hang(), chat=people[2].id, when="after"))

    await stage.room.advance(HOLD)
    await stage.struck(fault)
    await stage.until(lambda: len(stage.read(outbox.sending)) == 1)
    await stage.kill()
    await go_on(stage)

    assert received(stage, people) == [1, 1, 1 + repeats, 1, 1]
    last = [one for one in stage.read(outbox.all_) if one.chat_id == people[2].id]
    assert [notice.state for notice in last] == [ends]


async def test_f04_killed_between_the_state_and_its_messages_sends_them_after(
    stage: Stage,
) -> None:
    people = sowing.people(stage, 4)
    event = await sowing.cancelled(stage, people)
    await stage.live()
    fault = stage.room.faults.add(Fault(hang(), method="sendMessage"))

    await stage.room.advance(HOLD)
    await stage.struck(fault)
    await stage.kill()
    assert stage.read(events.get, event.id).status is EventStatus.CANCELLED
    assert executed(stage) == []
    await go_on(stage)

    assert received(stage, people) == [1, 1, 1, 1]


async def test_f04_killed_before_the_state_is_kept_has_told_nobody(stage: Stage) -> None:
    people = sowing.people(stage, 4)
    event = await sowing.cancelled(stage, people)
    await stage.live()

    with stage.locked():
        await stage.room.advance(HOLD)
        await ask_and_be_heard(stage, people[0])
        await stage.kill()
    assert stage.read(events.get, event.id).status is EventStatus.SCHEDULED
    assert executed(stage) == []
    await go_on(stage)

    assert stage.read(events.get, event.id).status is EventStatus.CANCELLED
    assert received(stage, people) == [1, 1, 1, 1]


async def test_f04_state_whose_messages_cannot_be_owed_is_not_kept_either(stage: Stage) -> None:
    people = sowing.people(stage, 4)
    event = await sowing.cancelled(stage, people)
    statement(stage.path, NO_CANCELLATION)
    await stage.live()

    await stage.room.advance(HOLD)
    await stage.until(lambda: "tick_failed" in stage.log.read_text(encoding="utf-8"))
    await stage.kill()
    assert stage.read(events.get, event.id).status is EventStatus.SCHEDULED
    assert executed(stage) == []
    statement(stage.path, "DROP TRIGGER no_cancellation")
    await go_on(stage)

    assert stage.read(events.get, event.id).status is EventStatus.CANCELLED
    assert received(stage, people) == [1, 1, 1, 1]


# --------------------------------------------------------------------------------- F05, F06


@pytest.mark.parametrize("when", ["before", "after"])
async def test_f05_killed_inside_a_handler_takes_effect_exactly_once(
    stage: Stage, when: Literal["before", "after"]
) -> None:
    (person,) = sowing.people(stage, 1)
    event = await sowing.gathering(stage, [person], capacity=1)
    await stage.live()
    person.say("/agenda")
    await stage.rest()
    await stage.room.advance(5 * SECOND)
    person.tap("📅 ")
    await stage.rest()
    await stage.room.advance(5 * SECOND)
    fault = stage.room.faults.add(Fault(hang(), method="editMessageText", when=when))

    tap = person.tap("❌")
    await stage.struck(fault)
    await stage.kill()
    assert stage.read(inbox.count_new) == 1
    await go_on(stage)

    assert stage.read(inbox.count_new) == 0
    assert tap.is_answered
    (guest,) = stage.read(rsvps.roster, event.id)
    assert guest.rsvp.sequence == 2
    assert len(stage.read(cards.of_chat, guest.resident.chat_id)) == 1


async def test_f05_killed_while_it_shows_a_draft_begins_no_second_one(stage: Stage) -> None:
    sowing.people(stage, 0)
    await sowing.gathering(stage, [])
    karim = stage.room.people[KARIM_ID]
    await stage.live()
    fault = stage.room.faults.add(Fault(hang(), method="sendMessage", when="after"))

    karim.say("Grand repas vendredi 12h espace Linné")
    await stage.struck(fault)
    await stage.kill()
    await go_on(stage)

    assert len(stage.read(all_events)) == 2
    await karim.sees("Grand repas")


async def test_f06_killed_before_the_updates_are_kept_loses_none(stage: Stage) -> None:
    (person,) = sowing.people(stage, 1)
    await sowing.gathering(stage, [person])
    await stage.live()

    with stage.locked():
        await ask_and_be_heard(stage, person)
        await round_trips(stage)
        await stage.kill()
    assert stage.read(inbox.count_new) == 0
    assert len(stage.room.updates) == 1
    await go_on(stage)

    assert len(stage.room.updates) == 0
    await person.sees("🌍")


# --------------------------------------------------------------------------------- F11, F13


async def test_f11_stalled_for_seconds_sends_what_fell_due_meanwhile(stage: Stage) -> None:
    people = sowing.people(stage, 3)
    await stage.live()
    assert stage.pid is not None
    await sowing.announced(stage, people, hold_for=SECOND)
    leaves_at = stage.room.clock.now() + SECOND

    os.kill(stage.pid, signal.SIGSTOP)
    await stage.room.until(lambda: stage.room.clock.now() >= leaves_at + STALL)
    os.kill(stage.pid, signal.SIGCONT)

    await stage.room.until(lambda: received(stage, people) == [1, 1, 1], within=15)
    assert "stood_still" in stage.log.read_text(encoding="utf-8")


async def test_f13_told_to_stop_while_sending_ends_clean_with_nothing_in_doubt(
    stage: Stage,
) -> None:
    people = sowing.people(stage, 12)
    await sowing.announced(stage, people)
    await stage.live()
    stage.room.faults.add(Fault(delay(0.5), method="sendMessage", when="after"))
    await stage.room.advance(HOLD)
    await stage.room.until(lambda: len(executed(stage)) >= 3)

    asked_at = time.monotonic()
    code = await stage.stop()

    assert code == 0
    assert time.monotonic() - asked_at < 15
    assert states(stage).keys() <= {OutboxState.SENT, OutboxState.PENDING}
    assert OutboxState.PENDING in states(stage)
    await go_on(stage)
    assert received(stage, people) == [1] * 12
    assert states(stage).keys() == {OutboxState.SENT}
