"""Updates handled exactly once in effect, whatever breaks on the way: a living bot in a room."""

import threading
import time
from collections.abc import Mapping, Sequence
from datetime import timedelta
from pathlib import Path

from structlog.testing import capture_logs

from community import commissions
from handlers.buttons import OpenEvent
from handlers.context import Context
from sandbox import Fault, Person, delay, hang, status
from storage import commissions as commission_rows
from storage import holds, inbox
from storage.commissions import Commission
from storage.database import Writer
from storage.errors import BusyError
from storage.ids import EventId, UpdateId
from storage.inbox import InboxState
from storage.rsvps import Standing
from tests.bot.breaking import (
    a_round_trip,
    as_time_passes,
    breaking,
    ended,
    last_update,
    restarted,
    statement,
    undone,
)
from tests.handlers.answering import invited, kept
from tests.handlers.making import an_event, an_officer
from tests.house import House

AT_ONCE = timedelta(0)
SECOND = timedelta(seconds=1)
STEP = timedelta(seconds=20)
PATIENCE = timedelta(seconds=10)
NO_EVENT = "Pas de rendez-vous"


class UnforeseenError(Exception):
    """What nobody foresaw; its text holds what a person wrote."""


def fails(_: Context) -> None:
    raise UnforeseenError("CANARY")


async def poison(context: Context) -> None:
    fails(context)


def texts_to(house: House, person: Person) -> list[str]:
    calls = house.room.ledger.calls("sendMessage", chat=person.id)
    return [str(call.params["text"]) for call in calls]


# --------------------------------------------------------------------------- ends in the middle


async def test_f05_handler_that_ends_midway_is_replayed_and_its_effect_is_once(
    house: House,
) -> None:
    event = await an_event(house)
    samira = await invited(house, "Samira", event)
    fault = house.room.faults.add(Fault(hang(), method="editMessageText"))
    samira.tap("✅")
    await house.room.until(lambda: fault.struck == 1)

    await house.bot.handling.finish(AT_ONCE)
    rows = await undone(house, 1)
    house.room.faults.clear()
    again = restarted(house)
    again.hand(rows)
    await samira.sees("C'est noté, Samira. Vous avez 1 place.")
    await again.finish(PATIENCE)

    rsvp = await kept(house, samira, event)
    assert rsvp is not None
    assert rsvp.standing is Standing.CONFIRMED
    assert await house.read(inbox.count_new) == 0


async def test_f14_task_cancelled_during_a_commit_leaves_no_half_state_and_founds_once(
    house: House,
) -> None:
    officer = await an_officer(house)
    samira = await house.join("Samira")
    begun, released = threading.Event(), threading.Event()

    async def found(context: Context) -> None:
        def slowly(writer: Writer) -> Commission:
            begun.set()
            released.wait(10)
            return commissions.found(
                writer,
                text="Parents",
                founder_id=officer.id,
                now=context.now,
                cause=context.cause,
            )

        await context.database.write(slowly)

    breaking(house, "FOUND", found)
    told = texts_to(house, samira)
    samira.say("FOUND")
    await house.room.until(begun.is_set)
    await house.bot.handling.finish(AT_ONCE)
    released.set()
    rows = await undone(house, 1)
    again = restarted(house)
    again.hand(rows)
    await ended(house, rows[0].update_id, InboxState.DONE)
    await again.finish(PATIENCE)

    assert [one.name for one in await house.read(commission_rows.all_)] == ["Parents"]
    assert texts_to(house, samira) == told, "the replay was refused"


async def test_finish_lets_the_handler_under_way_end_and_begins_no_other(house: House) -> None:
    samira = await house.join("Samira")
    fault = house.room.faults.add(Fault(delay(0.3), method="sendMessage"))
    samira.say("/agenda")
    samira.say("/aide")
    await undone(house, 2)
    await house.room.until(lambda: fault.struck == 1)

    await house.bot.handling.finish(PATIENCE)

    assert fault.struck == 1
    assert len(await house.read(inbox.undone)) == 1


async def test_finish_does_not_wait_for_one_that_waits_for_the_network(house: House) -> None:
    samira = await house.join("Samira")
    house.room.faults.add(Fault(status(429, retry_after=3600), method="sendMessage"))
    samira.say("/agenda")
    await house.room.until(
        lambda: any(
            call.response
            for call in house.room.ledger.calls("sendMessage", chat=samira.id)[-1:]
            if not call.ok
        )
    )
    while not await house.read(holds.running, now=house.now()):
        await a_round_trip(house)
    await a_round_trip(house)
    started = time.monotonic()

    await house.bot.handling.finish(PATIENCE)

    assert time.monotonic() - started < 5
    assert len(await house.read(inbox.undone)) == 1


# --------------------------------------------------------------------------------- what fails


async def test_f12_poison_is_given_up_after_three_tries_and_the_next_goes_on_within_1_s(
    house: House,
) -> None:
    await house.welcome(house.karim)
    samira = await house.join("Samira", language="English")
    breaking(house, "POISON", poison)
    with capture_logs() as logs:
        seen = samira.glance()
        samira.say("POISON")
        samira.say("/agenda")
        poisoned_at = time.monotonic()
        await samira.sees("Nothing is planned", after=seen)
        took = time.monotonic() - poisoned_at
        await house.rest()

    failures = [line for line in logs if line["event"] == "handler_failed"]
    apology = next(text for text in texts_to(house, samira) if "Code" in text)
    alerts = [one for one in house.karim.received if failures[-1]["code"] in one.text]
    assert took < 1
    assert [line["tries"] for line in failures] == [1, 2, 3]
    assert failures[-1]["fault"] == "UnforeseenError"
    assert "CANARY" not in str(logs)
    assert apology.endswith(failures[-1]["code"])
    assert "It is not your fault" in apology
    assert len(alerts) == 1
    assert (await house.read(inbox.find, await last_update(house))) is not None


async def test_f12_update_that_nobody_can_read_is_given_up_like_any_other(house: House) -> None:
    samira = await house.join("Samira")
    house.room.updates.put(
        "message", {"message_id": [], "date": "soon", "chat": {"id": samira.id}}, samira.id
    )

    seen = samira.glance()
    samira.say("/agenda")
    await samira.sees("Code")
    await samira.sees(NO_EVENT, after=seen)
    await house.rest()

    assert await house.read(inbox.count_new) == 0


async def test_f12_apology_is_said_where_the_reply_itself_is_what_fails(house: House) -> None:
    samira = await house.join("Samira")
    bad = status(400, "Bad Request: can't parse entities: unsupported start tag")
    house.room.faults.add(Fault(bad, method="sendMessage", chat=samira.id, times=3))

    samira.say("/agenda")
    await samira.sees("Ce n'est pas votre faute.")
    await house.rest()

    assert len(texts_to(house, samira)[-4:]) == 4


async def test_fault_on_a_tap_ends_the_tap_and_says_so_in_private(house: House) -> None:
    samira = await house.join("Samira")
    bad = status(400, "Bad Request: can't parse entities")
    house.room.faults.add(Fault(bad, method="editMessageText", times=3))
    await house.say(samira, "/aide")

    answer = await samira.tap("🏠").answered()
    await samira.sees("Ce n'est pas votre faute.")

    assert answer is not None


async def test_handler_that_fails_after_it_has_answered_is_given_up_too(house: House) -> None:
    samira = await house.join("Samira")

    async def answers_and_fails(context: Context) -> None:
        await context.services.call(
            "sendMessage", {"chat_id": context.chat_id, "text": "half an answer"}
        )
        fails(context)

    breaking(house, "HALF", answers_and_fails)
    samira.say("HALF")
    await samira.sees("Ce n'est pas votre faute.")
    await house.say(samira, "/agenda")

    assert await house.read(inbox.count_new) == 0
    assert texts_to(house, samira).count("half an answer") == 3


async def test_refusal_that_cannot_be_told_is_told_later(house: House) -> None:
    samira = await house.join("Samira")
    house.room.faults.add(Fault(status(502), method="answerCallbackQuery", times=1))

    tap = samira.tap_data(OpenEvent(EventId(999)).pack())
    await as_time_passes(house, lambda: tap.is_answered, SECOND)
    answer = await tap.answered()

    assert answer.text == "Cela n'existe plus."


async def test_f34_refused_token_gives_no_update_up(house: House) -> None:
    samira = await house.join("Samira")
    fault = house.room.faults.add(Fault(status(401), method="sendMessage", times=4))

    seen = samira.glance()
    samira.say("/agenda")
    await as_time_passes(house, lambda: fault.struck == 4, SECOND)
    await house.room.advance(STEP)
    await samira.sees(NO_EVENT, after=seen)

    assert not any("Code" in text for text in texts_to(house, samira))


def broke(logs: Sequence[Mapping[str, object]]) -> int:
    return sum(line["event"] == "handling_broke" for line in logs)


async def test_line_that_breaks_where_nobody_foresaw_goes_on_with_the_next_update(
    house: House, tmp_path: Path
) -> None:
    samira = await house.join("Samira")
    broken = await last_update(house) + 1
    statement(
        tmp_path / "palabre.db",
        "CREATE TRIGGER stuck BEFORE UPDATE ON inbox "
        f"WHEN NEW.update_id = {broken} BEGIN SELECT RAISE(ABORT, 'stuck'); END",
    )
    with capture_logs() as logs:
        seen = samira.glance()
        samira.say("/aide")
        samira.say("/agenda")
        await as_time_passes(house, lambda: broke(logs) == 3, SECOND)
        await samira.sees(NO_EVENT, after=seen)
        await ended(house, UpdateId(broken + 1), InboxState.DONE)

    assert [row.update_id for row in await undone(house, 1)] == [broken]


# ------------------------------------------------------------------------- the database is away


async def test_f09_person_hears_of_a_busy_database_only_after_30_s_and_once(house: House) -> None:
    samira = await house.join("Samira")
    tries: list[bool] = []
    is_busy = True

    async def needs_the_database(context: Context) -> None:
        tries.append(is_busy)
        if is_busy:
            raise BusyError("locked")
        await context.services.call("sendMessage", {"chat_id": context.chat_id, "text": "done"})

    breaking(house, "BUSY", needs_the_database)
    told_before = len(texts_to(house, samira))
    samira.say("BUSY")
    busy_since = house.now()
    await as_time_passes(
        house, lambda: house.now() - busy_since > timedelta(seconds=25), 2 * SECOND
    )
    too_early = len(texts_to(house, samira)) - told_before
    await as_time_passes(
        house, lambda: house.now() - busy_since > timedelta(seconds=60), 2 * SECOND
    )
    await samira.sees("Je garde votre demande.")
    assert len(await house.read(inbox.undone)) == 1
    is_busy = False
    await house.room.advance(timedelta(seconds=2))
    await samira.sees(lambda message: message.text == "done")
    await house.rest()

    assert too_early == 0
    assert len(tries) > 3
    assert len(texts_to(house, samira)) == told_before + 2


# --------------------------------------------------------------------------- order and room


async def test_updates_of_one_chat_keep_their_order_and_a_slow_chat_delays_no_other(
    house: House,
) -> None:
    slow, quick = await house.join("Samira"), await house.join("Yanis")
    house.room.faults.add(Fault(delay(1.5), method="sendMessage", chat=slow.id))
    seen = slow.glance()
    slow.say("/aide")
    slow.say("/agenda")
    quick.say("/agenda")
    asked_at = time.monotonic()

    await quick.sees(NO_EVENT, after=seen)
    took = time.monotonic() - asked_at
    await slow.sees(NO_EVENT, after=seen)

    assert took < 1
    assert NO_EVENT not in texts_to(house, slow)[-2]
    assert NO_EVENT in texts_to(house, slow)[-1]


async def test_crowd_is_taken_no_faster_than_it_is_handled_and_nobody_is_lost(
    house: House,
) -> None:
    fault = house.room.faults.add(Fault(hang(), method="sendMessage"))
    crowd = [house.room.person(f"P{number}", language_code="fr") for number in range(800)]
    for person in crowd:
        person.start()

    await house.room.until(lambda: fault.struck >= 256)
    await undone(house, 500)
    for _ in range(300):
        await a_round_trip(house)
    waiting = await house.read(inbox.count_new)
    left_at_telegram = len(house.room.updates)
    house.room.faults.clear()
    await house.server.refuse()
    await house.server.accept()
    for _ in range(4):
        await house.room.advance(timedelta(seconds=60))
    await house.room.until(lambda: all(person.received for person in crowd), within=40)

    assert 500 <= waiting <= 700
    assert left_at_telegram >= 100
