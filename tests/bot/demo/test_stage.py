"""The stage with the real bot beside it: killed, cut off, held up, and nothing promised is lost."""

import inspect
import os
import signal
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio

from bot.demo.plan import SAMIRA
from bot.demo.scene import Pointer
from sandbox import Person, Room
from storage import residents
from tests.bot.demo.making import Played, playing

WITHIN_SECONDS = 30.0


@pytest_asyncio.fixture
async def played() -> AsyncIterator[Played]:
    """Give a stage on which a bot lives, in a folder that goes away."""
    async with playing() as one:
        yield one


async def act(played: Played, name: str, **told: object) -> object:
    """Do what the page's button of that name does."""
    done = played.stage.actions[name](played.stage.room, told)
    return await done if inspect.isawaitable(done) else done


async def moved_to(played: Played, moment: str) -> str:
    """Have the clock go to a moment; gives where it then stands."""
    told = await act(played, "clock_to", moment=moment)
    assert isinstance(told, dict)
    return str(told["now"])


async def follow(played: Played, *, times: int) -> None:
    """Do what the tour points at, so many times."""
    for _ in range(times):
        pointer = played.stage.tour.pointer
        assert pointer is not None
        assert pointer.phone is not None
        person = played.stage.room.people[pointer.phone]
        if pointer.say is not None:
            person.say(pointer.say)
        elif pointer.label is not None:
            person.tap(pointer.label)
        await until_pointing_elsewhere(played, pointer)


async def until_pointing_elsewhere(played: Played, pointer: Pointer | None) -> None:
    """Wait until the tour points to something else."""
    tour = played.stage.tour
    await played.stage.room.until(
        lambda: tour.pointer not in {None, pointer}, WITHIN_SECONDS, "another pointer"
    )


def is_known(played: Played, person: Person) -> bool:
    """Whether the bot knows somebody."""
    return played.stage.sight.look(residents.find_speaking, person.id) is not None


async def test_killed_bot_goes_on_where_it_was_when_it_is_started_again(played: Played) -> None:
    stage, samira = played.stage, played.stage.cast.samira
    await act(played, "tour_start")
    await follow(played, times=3)
    pid = stage.keeper.pid
    assert pid is not None

    samira.tap("Samira")
    await act(played, "bot_kill")
    samira.say("/agenda")
    with pytest.raises(ProcessLookupError):
        os.kill(pid, 0)
    assert played.told["bot"] == {"alive": False, "starts": 1}
    await act(played, "bot_start")
    await stage.rest()

    stage.tour.refresh()
    assert played.told["bot"] == {"alive": True, "starts": 2}
    assert stage.tour.scene.belongs(samira)
    assert stage.tour.at == 1
    assert played.complaints == []
    with pytest.raises(AssertionError, match="lives already"):
        await act(played, "bot_start")


async def test_bot_that_dies_by_itself_is_told_and_complained_of(played: Played) -> None:
    keeper = played.stage.keeper
    assert keeper.pid is not None

    os.kill(keeper.pid, signal.SIGKILL)
    await played.stage.room.until(lambda: not keeper.is_alive)

    assert played.told["bot"] == {"alive": False, "starts": 1}
    assert len(played.complaints) == 1
    with pytest.raises(AssertionError, match="no bot lives"):
        await act(played, "bot_kill")


async def test_network_that_is_cut_loses_nothing_that_was_said(played: Played) -> None:
    room, karim = played.stage.room, played.stage.cast.karim

    await act(played, "switch", what="network", broken=True)
    glance = karim.glance()
    karim.say("/agenda")
    assert played.told["switches"] == {"network": True, "flood": False}
    assert len(room.updates) == 1
    await act(played, "switch", what="network", broken=False)

    await karim.sees("Goûter des familles", WITHIN_SECONDS, after=glance)
    assert played.told["switches"] == {"network": False, "flood": False}


async def test_flood_is_refused_with_429_and_everything_arrives(played: Played) -> None:
    room, grace = played.stage.room, played.stage.cast.grace
    await act(played, "switch", what="flood", broken=True)

    for _ in range(2):
        glance = grace.glance()
        grace.say("/agenda")
        await room.until(lambda: not len(room.updates))
    await room.until(lambda: is_refused(room) and is_held(played), WITHIN_SECONDS)
    await act(played, "switch", what="flood", broken=False)
    await room.advance(timedelta(minutes=1))

    await grace.sees("Goûter des familles", WITHIN_SECONDS, after=glance)


async def test_clock_goes_to_the_next_reminder_and_to_the_next_event(played: Played) -> None:
    stage = played.stage
    reminder, event = stage.moments()["reminder"], stage.moments()["event"]
    assert reminder is not None
    assert event is not None

    assert await moved_to(played, "reminder") > reminder
    await stage.room.until(lambda: not stage.is_overdue(), WITHIN_SECONDS)
    assert await moved_to(played, "event") > event
    with pytest.raises(LookupError):
        await act(played, "clock_to", moment="nothing")


async def test_reminder_that_a_dead_bot_has_missed_does_not_turn_the_clock_back(
    played: Played,
) -> None:
    stage = played.stage
    await act(played, "bot_kill")

    first = await moved_to(played, "reminder")
    second = await moved_to(played, "reminder")
    assert stage.is_overdue()
    await act(played, "bot_start")

    assert second > first
    await stage.room.until(lambda: not stage.is_overdue(), WITHIN_SECONDS)


async def test_step_that_is_skipped_leads_to_what_the_next_ones_need(played: Played) -> None:
    tour, samira = played.stage.tour, played.stage.cast.samira
    await act(played, "tour_start")

    await act(played, "tour_next")
    await act(played, "tour_next")
    assert tour.at == 2
    assert tour.pointer is not None
    assert tour.pointer.phone == SAMIRA
    assert (tour.pointer.say or "").startswith("/start ")
    await follow(played, times=3)
    assert is_known(played, samira)
    await act(played, "tour_stop")

    assert isinstance(played.told["tour"], dict)
    assert (played.told["tour"]["at"], played.told["tour"]["pointer"]) == (None, None)
    with pytest.raises(AssertionError, match="does not run"):
        await act(played, "tour_next")


async def test_page_is_told_who_lives_there_and_what_happens_behind(played: Played) -> None:
    stage, karim = played.stage, played.stage.cast.karim
    stage.tell_all()
    karim.say("/agenda")
    await stage.rest()

    def is_told() -> bool:
        behind: Any = played.told.get("behind", {"ways": []})
        return any(
            way["what"] == "/agenda" and {"kept", "handled", "sent"} <= kinds(way)
            for way in behind["ways"]
        )

    await stage.room.until(is_told, WITHIN_SECONDS)
    quarter: Any = played.told["quarter"]
    assert quarter["officer"] == karim.id
    assert quarter["phones"] == [one.id for one in stage.cast.phones]
    assert quarter["groups"] == [stage.cast.group.id]
    assert quarter["posters"][0]["link"].endswith(f"?start={quarter['posters'][0]['payload']}")


async def test_kept_quarter_goes_on_with_empty_phones(tmp_path: Path) -> None:
    async with playing(tmp_path) as first:
        nour = first.stage.cast.nour
        nour.tap("✅ Je viens")
        await first.stage.rest()
        newcomer = first.stage.room.person("Inès", language_code="fr")
        newcomer.start(first.stage.cast.posters[0].payload)
        for label in ("Français", "✅", "Inès"):
            await first.stage.rest()
            await newcomer.tap(label).answered()
        await first.stage.rest()
        await first.stage.clock_to(moment="reminder")
        before = first.stage.room.clock.now()

    async with playing(tmp_path) as second:
        room, nour = second.stage.room, second.stage.cast.nour
        assert room.clock.now() >= before
        assert room.people[newcomer.id].user.first_name == "Inès"
        nour.say("/inscriptions")
        await nour.sees("Goûter des familles", WITHIN_SECONDS)
        assert second.complaints == []


def is_refused(room: Room) -> bool:
    """Whether a call was refused because it came too early."""
    answers = [call.response or {} for call in room.ledger.calls()]
    return any(answer.get("error_code") == 429 for answer in answers)


def is_held(played: Played) -> bool:
    """Whether the bot has noted that it must wait."""
    return bool(played.stage.sight.rows("SELECT 1 FROM holds"))


def kinds(way: dict[str, Any]) -> set[str]:
    """Give which kinds of steps a way has."""
    return {step["kind"] for step in way["steps"]}
