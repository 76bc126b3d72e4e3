"""Every call that was made, with its time, what it said, and what was answered."""

import time
from collections import deque
from dataclasses import dataclass
from datetime import datetime
from itertools import takewhile
from typing import Any

from sandbox.shapes import Json


@dataclass(slots=True)
class Call:
    """One call of the Bot API."""

    at: datetime  # on the room's clock, when the call came
    seconds: float  # monotonic, when the call came
    method: str  # as Telegram spells it, or as it was asked when unknown
    params: dict[str, Any]
    chat_id: int | str | None
    done_seconds: float | None = None  # monotonic, when it was answered or dropped
    response: Json | None = None  # what the room answered; None when nothing was sent
    executed: bool = False
    fault: str | None = None
    number: int = 0  # its place among all calls since the room was opened; the first is 1

    @property
    def ok(self) -> bool:
        """Tell whether the answer was a yes."""
        return self.response is not None and self.response.get("ok") is True

    @property
    def result(self) -> Any:  # noqa: ANN401 — each method has a result of its own
        """Return what the answer carried; None when it was a no."""
        return (self.response or {}).get("result")

    @property
    def under_way(self) -> bool:
        """Tell whether it is still waiting for its answer."""
        return self.done_seconds is None


class Ledger:
    """All calls, oldest first; `keep` bounds how many are remembered (None: all, 0: none)."""

    def __init__(self, keep: int | None = None) -> None:
        self._calls: deque[Call] = deque(maxlen=keep)
        self._begun = 0
        self.under_way = 0  # calls begun and not yet answered, long polls left out
        self.last_seconds = time.monotonic()  # when a call last began or ended, polls left out

    def __len__(self) -> int:
        return len(self._calls)

    def begin(self, call: Call) -> None:
        """Write a call down as it comes."""
        self._begun += 1
        call.number = self._begun
        self._calls.append(call)
        self._count(call, 1)

    def end(self, call: Call) -> None:
        """Write down that it was answered, or dropped."""
        call.done_seconds = time.monotonic()
        self._count(call, -1)

    def calls(
        self, method: str | None = None, *, chat: int | None = None, since: float = 0.0
    ) -> list[Call]:
        """Return the calls of a method and a chat, oldest first; all that are left unsaid.

        `since` is monotonic seconds.
        """
        return [call for call in self._calls if _fits(call, method, chat, since)]

    def after(self, number: int) -> list[Call]:
        """Return the calls that came after that one, oldest first."""
        return list(takewhile(lambda call: call.number > number, reversed(self._calls)))[::-1]

    def methods(self) -> list[str]:
        """Return the names of all calls but getUpdates, oldest first."""
        return [call.method for call in self._calls if call.method != "getUpdates"]

    def clear(self) -> None:
        """Forget all calls."""
        self._calls.clear()

    def limit(self, keep: int | None) -> None:
        """Remember only the last so many calls from now on (None: all, 0: none)."""
        self._calls = deque(self._calls, maxlen=keep)

    def _count(self, call: Call, step: int) -> None:
        if call.method == "getUpdates":
            return
        self.under_way += step
        self.last_seconds = time.monotonic()


def _fits(call: Call, method: str | None, chat: int | None, since: float) -> bool:
    return (
        (method is None or call.method == method)
        and (chat is None or call.chat_id == chat)
        and call.seconds >= since
    )
