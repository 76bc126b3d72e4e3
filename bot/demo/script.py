"""Plays the tour as a person would who follows its pointers, and checks what it promises."""

import time
from collections.abc import Awaitable, Callable, Mapping
from datetime import timedelta

from bot.demo import promises
from bot.demo.scene import Pointer
from bot.demo.stage import Stage
from bot.demo.steps import ONE_HOUR_ON, TO_REMINDER
from handlers.words import words_for
from sandbox import Person

THOUGHT = timedelta(seconds=5)
"""What a person takes between two acts, so that no chat is faster than Telegram allows."""
A_SECOND = timedelta(seconds=1)
COMES_WITHIN_SECONDS = 30.0
KILLED_AFTER = "answer"

Tell = Callable[[str], None]


async def play(stage: Stage, tell: Tell) -> None:
    """Play the tour to its end.

    Raises:
        AssertionError: something did not happen as promised; it says what a phone showed instead.
    """
    await _Script(stage, tell).play()


class _Script:
    """One performance."""

    def __init__(self, stage: Stage, tell: Tell) -> None:
        self._stage = stage
        self._tell = tell
        self._controls: Mapping[str, Callable[[], Awaitable[object]]] = {
            TO_REMINDER: self._go_to_reminder,
            ONE_HOUR_ON: lambda: stage.room.advance(timedelta(hours=1)),
        }

    async def play(self) -> None:
        """Follow the pointers from step to step."""
        tour, words = self._stage.tour, words_for(self._stage.language)
        tour.start()
        while (step := tour.step) is not None:
            self._step(words(step.title))
            while tour.step is step:
                await self._follow(tour.pointer)
            self._check(step.id)
            if step.id == KILLED_AFTER:
                await self._kill()
        self._tell(f"    {promises.check_ended(tour.scene)}")
        self._tell("\n▶ Everything happened as promised")

    async def _follow(self, pointer: Pointer | None) -> None:
        """Do what is pointed at, and wait until the tour points elsewhere or goes on."""
        stage = self._stage
        before = (stage.tour.at, pointer)
        person = self._pointed(pointer)
        glance = stage.room.revision
        if pointer is not None:
            await stage.room.advance(THOUGHT)
            await self._act(pointer, person)
        deadline = time.monotonic() + COMES_WITHIN_SECONDS
        while await self._looks_again() == before:
            self._check_in_time(deadline, person)
            if pointer is not None and pointer.control is not None:
                await self._act(pointer, person)
            await stage.room.advance(A_SECOND)
        promises.check_seats(stage.tour.scene, stage.room)
        for one in stage.cast.phones if person is None else (person,):
            self._show(one, glance)

    async def _looks_again(self) -> tuple[int | None, Pointer | None]:
        """Give where the tour is and points once the bot is at rest."""
        await self._stage.rest()
        tour = self._stage.tour
        tour.refresh()
        return tour.at, tour.pointer

    async def _act(self, pointer: Pointer, person: Person | None) -> None:
        if pointer.control is not None:
            self._tell(f"    {'clock':>7} ▸ [{pointer.control}]")
            await self._controls[pointer.control]()
            return
        if person is None:
            raise AssertionError(f"a pointer to nobody: {pointer}")
        self._tell(f"    {person.user.first_name:>7} ▸ {pointer.say or f'[{pointer.label}]'}")
        if pointer.say is not None:
            person.say(pointer.say)
        elif pointer.label is not None:
            await person.tap(pointer.label).answered()

    async def _go_to_reminder(self) -> None:
        """Go to the next reminder, and wait until it has fired."""
        stage = self._stage
        promises.check(stage.moments()["reminder"], "a reminder is to come")
        await stage.clock_to(moment="reminder")
        await stage.room.until(
            lambda: not stage.is_overdue(), COMES_WITHIN_SECONDS, "the reminder that is due"
        )

    def _pointed(self, pointer: Pointer | None) -> Person | None:
        is_phone = pointer is not None and pointer.phone is not None
        return self._stage.room.people[pointer.phone or 0] if is_phone and pointer else None

    def _check_in_time(self, deadline: float, person: Person | None) -> None:
        step = self._stage.tour.step
        name = step.id if step is not None else ""
        shown = f"\n{person.dump()}" if person is not None else ""
        promises.check(
            time.monotonic() < deadline,
            f"{name}: nothing happened within {COMES_WITHIN_SECONDS} s{shown}",
        )

    async def _kill(self) -> None:
        """Kill the bot and start it again: the rest of the tour shows that nothing is lost."""
        self._step(words_for(self._stage.language)("demo-kill"))
        await self._stage.keeper.kill()
        await self._stage.start_bot()
        await self._stage.rest()

    def _check(self, step_id: str) -> None:
        """Check what a step promises besides having happened."""
        scene = self._stage.tour.scene
        checks: Mapping[str, Callable[[], object]] = {
            "announce": lambda: promises.check_announced(scene),
            "reminder": lambda: promises.check_reminded(scene),
            "cancel": lambda: promises.check_cancelled(scene),
            "erase": lambda: promises.check_erased(scene),
        }
        if step_id in checks:
            checks[step_id]()

    def _step(self, title: str) -> None:
        self._tell(f"\n▶ {title}")

    def _show(self, person: Person, glance: int) -> None:
        """Tell what has changed on a person's phone."""
        name = person.user.first_name
        for message in person.received:
            if message.changed > glance:
                lines = message.text.splitlines()
                self._tell("\n".join(f"    {name:>7} │ {line}" for line in lines))
                for row in message.rows:
                    keys = "  ".join(f"[{key.label}]" for key in row)
                    self._tell(f"    {'':>7} │ {keys}")
