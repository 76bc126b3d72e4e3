"""The guided tour: which step it is at, where it points, and moving on when the thing has happened.

It watches the database and the phones; it never acts in anybody's place.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, replace

from bot.demo.scene import Pointer, Scene
from bot.demo.steps import STEPS, Step
from handlers.words import words_for
from storage.ids import EventId

_BY_ID: Mapping[str, Step] = {step.id: step for step in STEPS}
_LAST_EVENT = "SELECT coalesce(max(id), 0) FROM events"


class Tour:
    """A tour that runs or not; `tell` is called with its state each time that this is another."""

    def __init__(self, scene: Scene, tell: Callable[[Mapping[str, object]], None]) -> None:
        self.at: int | None = None
        self.is_over = False
        self.pointer: Pointer | None = None
        self._scene = scene
        self._tell = tell
        self._told: Mapping[str, object] = {}
        self._say_it()

    @property
    def scene(self) -> Scene:
        """What the tour looks at."""
        return self._scene

    @property
    def step(self) -> Step | None:
        """The step that the tour is at; None while it does not run."""
        return None if self.at is None else STEPS[self.at]

    def start(self) -> None:
        """Begin, from the first step, a story of its own."""
        ((last,),) = self._scene.sight.rows(_LAST_EVENT)
        self._scene = replace(self._scene, since=EventId(last))
        self.at, self.is_over = 0, False
        self.refresh()

    def skip(self) -> None:
        """Go on to the next step, whatever has happened.

        Raises:
            AssertionError: the tour does not run.
        """
        if self.at is None:
            raise AssertionError("the tour does not run")
        self._move_on()
        self.refresh()

    def stop(self) -> None:
        """End here."""
        self.at, self.pointer = None, None
        self._say_it()

    def refresh(self, *, is_at_rest: bool = True) -> None:
        """Move on past what is done, and point anew where the bot is at rest, or at a new step."""
        before = self.at
        while (step := self.step) is not None and step.is_done(self._scene):
            self._move_on()
        if step is None:
            self.pointer = None
        elif is_at_rest or self.at != before:
            self.pointer = pointer_of(step, self._scene)
        self._say_it()

    def _move_on(self) -> None:
        assert self.at is not None  # noqa: S101 - callers have looked
        last = len(STEPS) - 1
        self.is_over = self.at == last
        self.at = None if self.is_over else self.at + 1

    def _say_it(self) -> None:
        state = {
            "steps": told_steps(self._scene.language),
            "at": self.at,
            "is_over": self.is_over,
            "pointer": None if self.pointer is None else asdict(self.pointer),
        }
        if state != self._told:
            self._told = state
            self._tell(state)


def pointer_of(step: Step, scene: Scene) -> Pointer | None:
    """Give where to tap for a step: first for what it needs and has not been done."""
    for need in step.needs:
        if not _BY_ID[need].is_done(scene):
            return pointer_of(_BY_ID[need], scene)
    return step.points(scene)


def told_steps(language: str) -> Sequence[Mapping[str, str]]:
    """Give the steps' words in a language."""
    words = words_for(language)
    return [{"id": step.id, "title": words(step.title), "text": words(step.text)} for step in STEPS]
