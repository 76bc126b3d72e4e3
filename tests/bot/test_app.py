"""A bot as the operator lives with it: how it starts, what it keeps, how it stops.

Each test runs `python -m bot` as a process of its own, against a Telegram in a room.
"""

import asyncio
import signal
from asyncio.subprocess import Process
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

import pytest

from sandbox import Fault, delay
from storage import holds, residents
from storage.ids import ChatId
from storage.residents import Role
from tests.bot.installation import (
    HOUR,
    ended,
    officer,
    outbox_states,
    owe,
    statement,
    stopped,
    town,
)


async def logged(process: Process, event: str) -> None:
    assert process.stderr is not None
    async with asyncio.timeout(30):
        await process.stderr.readuntil(event.encode())


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
async def test_run_asks_who_it_is_then_polls_until_a_signal_ends_it_with_0(
    tmp_path: Path, number: signal.Signals
) -> None:
    async with town(tmp_path) as here, here.living() as process:
        told = await stopped(process, number)

    calls = [call.method for call in here.room.ledger.calls()]
    assert (told.code, told.out) == (0, "")
    assert calls[0] == "getMe"
    assert calls.count("getMe") == 1
    assert "stopped" in told.log


async def test_f21_start_waits_for_a_network_that_is_away(tmp_path: Path) -> None:
    async with town(tmp_path) as here:
        await here.server.refuse()
        async with here.palabre.begun("run") as process:
            await logged(process, "waiting_for_telegram")
            await here.server.accept()
            await here.room.until(lambda: bool(here.room.ledger.calls("getUpdates")))
            told = await stopped(process)

    assert told.code == 0


async def test_stop_asked_for_while_the_start_waits_ends_with_0(tmp_path: Path) -> None:
    async with town(tmp_path) as here:
        await here.server.refuse()
        async with here.palabre.begun("run") as process:
            await logged(process, "waiting_for_telegram")
            told = await stopped(process)

    assert told.code == 0


async def test_f13_sigterm_lets_what_is_under_way_end_and_a_second_one_loses_nothing(
    tmp_path: Path,
) -> None:
    async with town(tmp_path) as here:
        people = [officer(here.room, f"Officer {number}") for number in range(20)]
        await here.palabre.write_rows(partial(owe, people=people))
        here.room.faults.add(Fault(delay(1.0), method="sendMessage"))
        async with here.living() as process:
            await here.room.until(lambda: len(here.room.ledger.calls("sendMessage")) >= 4)
            process.send_signal(signal.SIGTERM)
            polls = here.room.ledger.calls("getUpdates")
            # Two signals at once are one: the second comes when the first has been heard.
            await here.room.until(lambda: not polls[-1].under_way)
            told = await stopped(process)

    sends = here.room.ledger.calls("sendMessage")
    assert told.code == 0
    assert all(call.ok for call in sends)
    assert outbox_states(here.palabre) == {"sent": len(sends), "pending": 20 - len(sends)}


async def test_f13_message_that_waits_for_its_turn_is_owed_again_at_a_stop(tmp_path: Path) -> None:
    async with town(tmp_path) as here:
        people = [officer(here.room, f"Officer {number}") for number in range(8)]
        await here.palabre.write_rows(partial(owe, people=people))
        here.palabre.environ["PALABRE_LIMITS__MESSAGES_PER_SECOND"] = "1"
        async with here.living() as process:
            await here.room.until(lambda: bool(here.room.ledger.calls("sendMessage")))
            told = await stopped(process)

    sent = len(here.room.ledger.calls("sendMessage"))
    assert told.code == 0
    assert sent < 8
    assert outbox_states(here.palabre) == {"sent": sent, "pending": 8 - sent}


async def test_f26_silence_that_telegram_asked_for_outlives_a_restart(tmp_path: Path) -> None:
    async with town(tmp_path) as here:
        anna, bruno = officer(here.room, "Anna"), officer(here.room, "Bruno")
        until = datetime.now(UTC) + HOUR
        await here.palabre.write_rows(partial(owe, people=[anna, bruno]))
        await here.palabre.write_rows(
            partial(holds.put, chat_id=ChatId(anna.id), until=until),
        )
        async with here.living() as process:
            await bruno.sees("BCDFGH")
            await stopped(process)

    assert anna.received == []
    assert outbox_states(here.palabre) == {"sent": 1, "pending": 1}


async def test_people_named_in_the_settings_are_admins_from_the_start(tmp_path: Path) -> None:
    async with town(tmp_path) as here:
        nadia = officer(here.room, "Nadia")
        await here.palabre.write_rows(partial(owe, people=[nadia]))
        here.palabre.environ["PALABRE_PEOPLE__ADMINS"] = f"[{nadia.id}]"
        async with here.living() as process:
            await stopped(process)
        found = await here.palabre.read_rows(lambda r: residents.find_speaking(r, nadia.id))

    assert found is not None
    assert found.role is Role.ADMIN


async def test_part_that_dies_ends_the_program_with_1_and_a_logged_fault(tmp_path: Path) -> None:
    async with town(tmp_path) as here, here.living() as process:
        statement(here.palabre, "DROP TABLE inbox")
        here.room.person("Samira").say("CANARY")
        told = await ended(process)

    assert told.code == 1
    assert "uncaught" in told.log
    assert "OperationalError" in told.log
    assert "bot/receiver.py" in told.log
    assert "CANARY" not in told.log
