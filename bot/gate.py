"""The gate that every call passes: no faster than Telegram allows, the most urgent first.

Messages and edits are paced, for the whole bot, for each chat and for each group (bot/pace.py,
after performance.md, "Limits from outside"); reads and answers to taps are not. After a 429
(reliability.md, F25-F27) the chat is silent until the time given is over, and after one in a
private chat the bulk lanes are held too; whoever owns the gate keeps each hold in the database
and restores it at start. Whether a message is tried again is its sender's affair, save for the
short retry of a tap's answer.
"""

import asyncio
from collections import OrderedDict
from collections.abc import AsyncIterator, Awaitable, Callable, Coroutine
from contextlib import asynccontextmanager, suppress
from datetime import datetime, timedelta
from typing import Any, Final

from telegram.error import RetryAfter
from telegram.ext import BaseRateLimiter
from typing_extensions import override

from bot.clock import Clock
from bot.outcomes import retry_after
from bot.pace import PACED, BotPace, ChatPace
from bot.queue import Queue, Waiter
from bot.request import NotSentError
from bot.steady import SteadyClock
from community.notices import Lane

__all__ = ["TAP_PATIENCE", "Gate", "Lane"]

Answer = bool | dict[str, Any] | list[dict[str, Any]]
OnHold = Callable[[int | None, datetime], Awaitable[None]]

ALWAYS: Final = ("get", "answer")
"""Calls so named write nothing into a chat: they pass even while it is silent."""

GRACE: Final = timedelta(seconds=0.5)
"""A silence lasts this much longer than Telegram asks for (reliability.md, F25)."""

TAP_PATIENCE: Final = timedelta(seconds=5)
"""Someone who has tapped still looks at the screen this long: the answer waits for a silence of
that length and goes out once more. A longer one is the caller's to plan for: a handler that waited
would keep the whole chat waiting behind it."""

EVERYWHERE: Final = 0
"""Stands for "no chat": never a chat's id."""


class Gate(BaseRateLimiter[Lane]):
    """Paces calls by the clock. `on_hold(chat_id, until)` hears of each hold; None: bulk lanes."""

    def __init__(
        self,
        clock: Clock,
        *,
        on_hold: OnHold,
        messages_per_second: int = 30,
        messages_per_minute_group: int = 18,
    ) -> None:
        self._clock = clock
        self._steady = SteadyClock(clock)
        self._on_hold = on_hold
        self._per_minute_group = messages_per_minute_group
        self._bot = BotPace(messages_per_second)
        # In the order of their last message: those that have been idle longest come first.
        self._chats: OrderedDict[int, ChatPace] = OrderedDict()
        self._holds: dict[int, int] = {}
        self._bulk_hold = 0
        self._queue = Queue(self._chat_free_at)
        self._sleeper: asyncio.Task[None] | None = None
        self._wakes_at = 0

    @override
    async def initialize(self) -> None:
        """Do nothing: the gate works from the start."""

    @override
    async def shutdown(self) -> None:
        """Send the waiters away (NotSentError) and stop."""
        for waiter in self._queue.everyone():
            waiter.granted.set_exception(NotSentError("the gate is closed"))
        if self._sleeper is not None:
            self._sleeper.cancel()
            with suppress(asyncio.CancelledError):
                await self._sleeper
            self._sleeper = None

    @override
    async def process_request(
        self,
        callback: Callable[..., Coroutine[Any, Any, Answer]],
        args: Any,
        kwargs: dict[str, Any],
        endpoint: str,
        data: dict[str, Any],
        rate_limit_args: Lane | None,
    ) -> Answer:
        """Carry a call of the bot when it is its turn; gives Telegram's answer.

        Raises:
            RetryAfter: Telegram asks for a pause; the hold is set. A tap's answer is tried once
                more by itself where the pause is short.
        """
        chat_id = data.get("chat_id")
        lane = Lane.TAP if rate_limit_args is None else rate_limit_args
        turn = (chat_id if isinstance(chat_id, int) else None, lane, endpoint)
        await self.admit(*turn)
        try:
            return await callback(*args, **kwargs)
        except RetryAfter as flood:
            await self._keep_silent(turn[0] or EVERYWHERE, retry_after(flood))
            if lane is not Lane.TAP or retry_after(flood) > TAP_PATIENCE:
                raise
        async with self.turn(*turn):
            return await callback(*args, **kwargs)

    def carrying(self, call: Callable[..., Coroutine[Any, Any, Any]]) -> Callable[..., Any]:
        """Give `call(method, parameters)` that waits its turn in the lane of taps."""

        async def carry(method: str, parameters: dict[str, Any]) -> Any:  # noqa: ANN401
            return await self.process_request(
                call, (method, parameters), {}, method, parameters, Lane.TAP
            )

        return carry

    @asynccontextmanager
    async def turn(
        self,
        chat_id: int | None,
        lane: Lane,
        endpoint: str,
        *,
        patience: timedelta | None = None,
    ) -> AsyncIterator[None]:
        """Wait for the turn of a call that the body makes; a 429 out of it sets the holds.

        Raises:
            RetryAfter: as `admit`, and as the body.
            TimeoutError: nothing was called, for the turn has not come within `patience`, of real
                time, or a silence has begun meanwhile.
        """
        async with asyncio.timeout(None if patience is None else patience.total_seconds()):
            await self.admit(chat_id, lane, endpoint, is_patient=patience is None)
        try:
            yield
        except RetryAfter as flood:
            await self._keep_silent(chat_id or EVERYWHERE, retry_after(flood))
            raise

    async def admit(
        self, chat_id: int | None, lane: Lane, endpoint: str, *, is_patient: bool = True
    ) -> None:
        """Return when the call may begin.

        Raises:
            RetryAfter: a tap's answer to a chat that is silent for longer than TAP_PATIENCE.
            NotSentError: the gate was closed meanwhile.
            TimeoutError: a silence has begun meanwhile, and the caller has no patience for it.
        """
        if endpoint.startswith(ALWAYS):
            return
        chat = chat_id or EVERYWHERE
        now = self._steady.now()
        if lane is Lane.TAP and chat in self._holds:
            self._refuse_long_wait(chat, now)
        if endpoint not in PACED:
            await self._wait_for_silence_to_end(chat)
        elif not self._is_free(chat, lane, now):
            await self._wait_in_line(chat, lane, is_patient=is_patient)

    def hold(self, chat_id: int | None, until: datetime) -> None:
        """Keep a chat silent, or hold the bulk lanes (None), until then; never shortens a hold."""
        now = self._steady.now()
        ends = self._steady.inward(until)
        if chat_id is None:
            self._bulk_hold = max(self._bulk_hold, ends)
        else:
            self._holds = {chat: end for chat, end in self._holds.items() if end > now}
            self._holds[chat_id] = max(self._holds.get(chat_id, 0), ends)
            self._send_away_taps(chat_id, now)
        self._send_away_impatient()
        self._grant_due()

    def held_until(self, chat_id: int | None, lane: Lane) -> datetime | None:
        """Tell until when a hold (not the mere pace) keeps this message back; None if none does."""
        bulk = self._bulk_hold if lane >= Lane.REMINDER else 0
        ends = max(self._holds.get(chat_id or EVERYWHERE, 0), bulk)
        return self._steady.outward(ends) if ends > self._steady.now() else None

    # ------------------------------------------------------------ who may go

    def _is_free(self, chat: int, lane: Lane, now: int) -> bool:
        """Take a turn at once if nobody who waits comes before."""
        someone_waits = chat in self._queue or self._queue.first(now) is not None
        if someone_waits or max(self._chat_free_at(chat), self._lane_free_at(lane)) > now:
            return False
        self._take(chat, lane, now)
        return True

    async def _wait_in_line(self, chat: int, lane: Lane, *, is_patient: bool) -> None:
        waiter = self._queue.add(chat, lane, is_patient=is_patient)
        self._grant_due()
        try:
            await waiter.granted
        except asyncio.CancelledError:
            self._give_back(waiter)
            raise

    async def _wait_for_silence_to_end(self, chat: int) -> None:
        while (ends := self._holds.get(chat, 0)) > self._steady.now():
            await self._clock.sleep_until(self._steady.outward(ends))

    def _grant_due(self) -> None:
        now = self._steady.now()
        while (waiter := self._queue.first(now)) is not None:
            free_at = self._lane_free_at(waiter.lane)
            if free_at > now:
                break
            self._take(waiter.chat_id, waiter.lane, now)
            self._queue.remove(waiter, now)
            waiter.granted.set_result(now)
        wakes = [self._queue.next_at(), None if waiter is None else free_at]
        self._wake_at(min((at for at in wakes if at is not None), default=None))

    def _chat_free_at(self, chat: int) -> int:
        pace = self._chats.get(chat)
        return max(self._holds.get(chat, 0), 0 if pace is None else pace.free_at())

    def _lane_free_at(self, lane: Lane) -> int:
        if lane >= Lane.REMINDER:
            return max(self._bulk_hold, self._bot.free_at(bulk=True))
        return self._bot.free_at(bulk=False)

    def _take(self, chat: int, lane: Lane, now: int) -> None:
        pace = self._chats.pop(chat, None) or ChatPace(chat, self._per_minute_group)
        pace.take(now)
        self._chats[chat] = pace
        self._bot.take(now, bulk=lane >= Lane.REMINDER)
        # What has been idle for its whole window weighs nothing any more.
        while self._chats and next(iter(self._chats.values())).idle_at() <= now:
            self._chats.popitem(last=False)

    def _give_back(self, waiter: Waiter) -> None:
        """Undo the grant of a waiter who was cancelled before he could use it."""
        if not waiter.granted.cancelled() and waiter.granted.exception() is None:
            taken_at = waiter.granted.result()
            self._bot.give_back(taken_at, bulk=waiter.lane >= Lane.REMINDER)
            if (pace := self._chats.get(waiter.chat_id)) is not None:
                pace.give_back(taken_at)
        self._grant_due()

    # ------------------------------------------------------------ silences

    async def _keep_silent(self, chat: int, pause: timedelta) -> None:
        """Set and report the holds that a 429 asks for."""
        now = self._clock.now()
        holds = [(chat, now + pause + GRACE)] if chat else []
        # A flood of one group says nothing about the others (F27).
        bulk = [] if chat < 0 else [(None, now + pause)]
        for where, until in [*holds, *bulk]:
            self.hold(where, until)
        for where, until in [*holds, *bulk]:
            await self._on_hold(where, until)

    def _refuse_long_wait(self, chat: int, now: int) -> None:
        left = timedelta(microseconds=self._holds[chat] - now)
        if left > TAP_PATIENCE + GRACE:
            raise RetryAfter(left)

    def _send_away_taps(self, chat: int, now: int) -> None:
        left = timedelta(microseconds=self._holds[chat] - now)
        if left > TAP_PATIENCE + GRACE:
            for waiter in self._queue.of_chat(chat):
                if waiter.lane is Lane.TAP:
                    waiter.granted.set_exception(RetryAfter(left))

    def _send_away_impatient(self) -> None:
        for waiter in self._queue.everyone():
            if not waiter.is_patient and self.held_until(waiter.chat_id, waiter.lane) is not None:
                waiter.granted.set_exception(TimeoutError())

    # ------------------------------------------------------------ time

    def _wake_at(self, at: int | None) -> None:
        """Have one task asleep while somebody waits for a time, none otherwise."""
        if self._sleeper is not None:
            if at is not None and self._wakes_at <= at:
                return
            self._sleeper.cancel()
            self._sleeper = None
        if at is not None:
            self._wakes_at = at
            self._sleeper = asyncio.get_running_loop().create_task(self._sleep_until(at))

    async def _sleep_until(self, at: int) -> None:
        await self._clock.sleep_until(self._steady.outward(at))
        self._sleeper = None
        self._grant_due()
