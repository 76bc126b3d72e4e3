"""The whole journey, while the bot is killed again and again, and nothing is lost or doubled.

F01 to F06 at moments that nobody chose: twelve residents and an officer live on while the bot dies
under them, at random instants and in the middle of calls; each time all is quiet, every invariant
is checked (reliability.md §3). `make soak` does it ten times as long, from another seed each time.
"""

import random
import time
from collections.abc import Callable
from datetime import timedelta
from functools import partial
from typing import Literal

import pytest

from bot.house import premises_of
from sandbox import Fault, hang
from storage.database import Reader
from tests.house import KARIM_ID
from tests.journeys import invariants, office
from tests.journeys.crowd import Officer, Resident
from tests.journeys.evidence import Evidence
from tests.journeys.stage import Stage

NAMES = (
    "Samira",
    "Josiane",
    "Mehdi",
    "Yasmine",
    "Antoine",
    "Fatou",
    "Bernard",
    "Ludivine",
    "Ousmane",
    "Chantal",
    "Nadia",
    "Gaspard",
)
METHODS = ("sendMessage", "editMessageText", "answerCallbackQuery", "getUpdates")
MOST_CALLS = 70
"""A life is measured in calls, so that it is as full on a busy machine; ten or so are its birth."""
CALLS_AN_ACT = 6
LAST_MOMENT_SECONDS = 0.02
LONGEST_LIFE_SECONDS = 2.0
HOUR = timedelta(hours=1)
BETWEEN_TWO_ACTS = timedelta(seconds=4)
TICK_SECONDS = 8.0
"""Seats are offered by a tick (bot/ticks.py: OFTEN), and then told."""
LOOK_AGAIN_SECONDS = 0.5
PHASES = 8
LIVES = 26


class Neighbourhood:
    """People and a bot on a stage."""

    def __init__(self, stage: Stage, seed: int) -> None:
        self.stage = stage
        self.dice = random.Random(seed)  # noqa: S311 - repeatable, not secret
        room = stage.room
        karim = room.person("Karim", language_code="fr", id=KARIM_ID)
        story = office.story(self.dice, room.group("Cuisine de Roubaix"))
        self.officer = Officer(karim, self.dice, story)
        self.residents = [
            Resident(room.person(name, language_code="fr"), self.dice) for name in NAMES
        ]

    async def live_and_die(self) -> None:
        """Let people act while a bot lives, and kill it at a moment that nobody chose."""
        stage, room = self.stage, self.stage.room
        stage.rise()
        is_over = self._end_of_life()
        pause = HOUR if self.dice.random() < 0.2 else BETWEEN_TWO_ACTS
        while not is_over():
            self._act()
            await room.advance(pause)
            pause = BETWEEN_TWO_ACTS
            enough = len(room.ledger) + CALLS_AN_ACT
            await room.until(partial(self._has_called, enough, is_over))
        await room.changed.wait(self.dice.uniform(0, LAST_MOMENT_SECONDS))
        await stage.kill()
        room.faults.clear()

    def _has_called(self, enough: int, is_over: Callable[[], bool]) -> bool:
        return len(self.stage.room.ledger) >= enough or is_over()

    def _end_of_life(self) -> Callable[[], bool]:
        """Choose when the bot dies: after so many calls, or in the middle of one."""
        ledger = self.stage.room.ledger
        fault = self._fault() if self.dice.random() < 0.5 else None
        last_call = len(ledger) + self.dice.randrange(MOST_CALLS)
        deadline = time.monotonic() + LONGEST_LIFE_SECONDS

        def is_over() -> bool:
            is_struck = fault is not None and fault.struck > 0
            return is_struck or len(ledger) >= last_call or time.monotonic() > deadline

        return is_over

    async def come_to_rest(self) -> None:
        """Let a bot live until all is said and done."""
        await self.stage.live()
        for pause in (0, 1, 5, 15):
            await self.stage.room.advance(timedelta(minutes=pause))
            await self.stage.rest()

    def _act(self) -> None:
        self.officer.act()
        for resident in self.dice.sample(self.residents, 3):
            resident.act()

    def _fault(self) -> Fault:
        """Stop the bot in the middle of some call, executed or not: it is killed there."""
        when: Literal["before", "after"] = "after" if self.dice.random() < 0.6 else "before"
        method = self.dice.choice(METHODS)
        nth = self.dice.randrange(1, 12)
        return self.stage.room.faults.add(Fault(hang(), method=method, when=when, nth=nth))

    async def wrongs(self) -> list[str]:
        """List all that is wrong, and still is after a tick."""
        deadline = time.monotonic() + TICK_SECONDS
        while (wrongs := self._wrongs()) and time.monotonic() < deadline:
            await self.stage.room.changed.wait(LOOK_AGAIN_SECONDS)
        return wrongs

    def _wrongs(self) -> list[str]:
        now = self.stage.room.clock.now()
        evidence = Evidence(
            self.stage.room,
            [resident.person for resident in self.residents],
            premises_of(self.stage.settings(), self.stage.room.bot.username),
            self.stage.kills,
        )

        def look(reader: Reader) -> list[str]:
            return [*invariants.broken(reader, now=now), *evidence.against(reader)]

        return self.stage.read(look)


async def test_journey_under_kills_loses_and_doubles_nothing(stage: Stage) -> None:
    await _journey(stage, seed=2026)


@pytest.mark.soak
@pytest.mark.parametrize("seed", range(10))
async def test_long_journey_under_kills_loses_and_doubles_nothing(stage: Stage, seed: int) -> None:
    await _journey(stage, seed=seed)


async def _journey(stage: Stage, *, seed: int) -> None:
    neighbourhood = Neighbourhood(stage, seed)
    for _ in range(PHASES):
        for _ in range(LIVES):
            await neighbourhood.live_and_die()
        await neighbourhood.come_to_rest()

        assert await neighbourhood.wrongs() == []
        assert await stage.stop() == 0
    assert stage.kills >= 200
    assert stage.complaints(NAMES) == []
