"""Who waits to speak: chats in the order of their lanes, then of arrival.

A chat that must wait is set aside until its instant and keeps no other chat waiting.
"""

from asyncio import Future, get_running_loop
from collections.abc import Callable
from dataclasses import dataclass, field
from heapq import heappop, heappush
from itertools import count

from community.notices import Lane


@dataclass(order=True, slots=True)
class Waiter:
    """One message waiting; `granted` gets the instant of its grant.

    One that is not patient does not wait for a silence to end.
    """

    lane: Lane
    order: int
    chat_id: int = field(compare=False)
    granted: Future[int] = field(compare=False)
    is_patient: bool = field(compare=False)


class Queue:
    """The waiters of all chats. `free_at` tells from when on a chat may speak."""

    def __init__(self, free_at: Callable[[int], int]) -> None:
        self._free_at = free_at
        self._lines: dict[int, list[Waiter]] = {}
        # Of each chat: who stands for it among the ready, or None while it is set aside.
        self._stands: dict[int, Waiter | None] = {}
        self._ready: list[Waiter] = []
        self._aside: list[tuple[int, int]] = []
        self._order = count()

    def __contains__(self, chat_id: int) -> bool:
        return chat_id in self._lines

    def add(self, chat_id: int, lane: Lane, *, is_patient: bool = True) -> Waiter:
        """Add a waiter; gives it."""
        granted: Future[int] = get_running_loop().create_future()
        waiter = Waiter(lane, next(self._order), chat_id, granted, is_patient)
        line = self._lines.setdefault(chat_id, [])
        heappush(line, waiter)
        if line[0] is waiter and self._stands.get(chat_id, waiter) is not None:
            self._stand(waiter)
        return waiter

    def first(self, now: int) -> Waiter | None:
        """Find who goes first among those whose chat may speak at `now`."""
        self._bring_back(now)
        while self._ready:
            waiter = self._ready[0]
            stands = self._stands.get(waiter.chat_id) is waiter
            if stands and not waiter.granted.done() and self._free_at(waiter.chat_id) <= now:
                return waiter
            heappop(self._ready)
            if stands:
                self._line_up(waiter.chat_id, now)
        return None

    def remove(self, waiter: Waiter, now: int) -> None:
        """Take out the one that `first` has just found."""
        heappop(self._ready)
        heappop(self._lines[waiter.chat_id])
        self._line_up(waiter.chat_id, now)

    def next_at(self) -> int | None:
        """Tell when the first chat set aside comes back, or None."""
        return self._aside[0][0] if self._aside else None

    def of_chat(self, chat_id: int) -> list[Waiter]:
        """List who waits in a chat, in no order."""
        return [waiter for waiter in self._lines.get(chat_id, ()) if not waiter.granted.done()]

    def everyone(self) -> list[Waiter]:
        """List who waits, in no order."""
        return [waiter for chat_id in self._lines for waiter in self.of_chat(chat_id)]

    def _bring_back(self, now: int) -> None:
        while self._aside and self._aside[0][0] <= now:
            self._line_up(heappop(self._aside)[1], now)

    def _line_up(self, chat_id: int, now: int) -> None:
        """Put a chat where it belongs: nowhere, set aside, or among those who may speak."""
        line = self._lines[chat_id]
        while line and line[0].granted.done():
            heappop(line)
        if not line:
            del self._lines[chat_id], self._stands[chat_id]
        elif (at := self._free_at(chat_id)) > now:
            self._stands[chat_id] = None
            heappush(self._aside, (at, chat_id))
        else:
            self._stand(line[0])

    def _stand(self, waiter: Waiter) -> None:
        self._stands[waiter.chat_id] = waiter
        heappush(self._ready, waiter)
