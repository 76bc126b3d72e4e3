"""A square where people wait to be spoken to: a gate, a clock moved by hand, and what began."""

import asyncio
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

import pytest
from telegram.error import RetryAfter

from bot.gate import Gate, Lane
from tests.clocks import ManualClock, settle

ANNA, BRUNO, CHLOE = 11, 12, 13
GARDEN, KITCHEN = -1001, -1002
SECOND = timedelta(seconds=1)
Held = tuple[int | None, datetime]


@dataclass(frozen=True)
class Begun:
    """A call that began."""

    at: datetime
    chat_id: int | None
    lane: Lane
    word: str


class Square:
    """A gate, a clock moved by hand, and the calls that passed."""

    def __init__(
        self, kind: type[Gate] = Gate, *, per_second: int = 30, per_minute_group: int = 18
    ) -> None:
        self.clock = ManualClock()
        self.started_at = self.clock.now()
        self.begun: list[Begun] = []
        self.held: list[Held] = []
        self.gate = kind(
            self.clock,
            on_hold=self._on_hold,
            messages_per_second=per_second,
            messages_per_minute_group=per_minute_group,
        )

    def say(
        self,
        chat_id: int | None,
        lane: Lane = Lane.TAP,
        word: str = "",
        *,
        endpoint: str = "sendMessage",
        answer: Exception | None = None,
    ) -> asyncio.Task[None]:
        return asyncio.create_task(self._say(chat_id, lane, word, endpoint, answer))

    async def say_now(self, chat_id: int, word: str) -> None:
        """Speak to a chat without first giving way to others."""
        await self._say(chat_id, Lane.TAP, word, "sendMessage", None)

    async def say_all(self, chats: Iterable[int], lane: Lane = Lane.TAP) -> None:
        for chat_id in chats:
            self.say(chat_id, lane)
        await settle()

    def words(self) -> str:
        return "".join(call.word for call in self.begun)

    def after(self) -> list[float]:
        """Seconds after the start at which calls began."""
        return [(call.at - self.started_at).total_seconds() for call in self.begun]

    def to(self, chat_id: int) -> list[float]:
        """Seconds after the start at which calls to a chat began."""
        return [
            s for s, call in zip(self.after(), self.begun, strict=True) if call.chat_id == chat_id
        ]

    async def flood(self, chat_id: int | None, pause: float, lane: Lane = Lane.BROADCAST) -> None:
        """Have Telegram answer a call with a 429."""
        with pytest.raises(RetryAfter):
            await self.say(chat_id, lane, answer=RetryAfter(timedelta(seconds=pause)))

    async def _say(
        self, chat_id: int | None, lane: Lane, word: str, endpoint: str, answer: Exception | None
    ) -> None:
        async with self.gate.turn(chat_id, lane, endpoint):
            self.begun.append(Begun(self.clock.now(), chat_id, lane, word))
            if answer is not None:
                raise answer

    async def _on_hold(self, chat_id: int | None, until: datetime) -> None:
        self.held.append((chat_id, until))
