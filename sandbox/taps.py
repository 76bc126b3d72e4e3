"""A finger on a button, and what the bot answered to it."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import NamedTuple

from sandbox.messages import Message
from sandbox.signals import Signal

ANSWER_SECONDS = 10.0


class Answer(NamedTuple):
    """What answerCallbackQuery showed to the one who tapped."""

    text: str
    show_alert: bool
    url: str


@dataclass(slots=True, eq=False)
class Tap:
    """One tap on one button."""

    id: str
    at: datetime
    message: Message
    data: str
    url: str = ""  # where a link button leads; such a tap never reaches the bot
    given: Answer | None = None
    person_id: int = 0  # whose finger it was
    signal: Signal = field(default_factory=Signal)

    @property
    def is_answered(self) -> bool:
        """Tell whether the bot has answered."""
        return self.given is not None

    def settle(self, answer: Answer) -> None:
        """Give the answer to whoever waits for it."""
        self.given = answer
        self.signal.ring()

    async def answered(self, within: float = ANSWER_SECONDS) -> Answer:
        """Wait for the bot's answer.

        Raises:
            AssertionError: none came within so many seconds.
        """
        if self.given is None:
            await self.signal.wait(within)
        if self.given is None:
            raise AssertionError(f"no answer to the tap on {self.data!r} within {within} s")
        return self.given
