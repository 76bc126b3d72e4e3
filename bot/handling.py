"""Kept updates, handled exactly once in effect: those of one chat in order, chats side by side.

A row is marked done after its handler has answered, so a crash has it handled again; handlers set
target states, and a replay changes nothing. What went wrong decides what follows (reliability.md
§1.2, K1, F12): try again when the network or the database is in the way, give up on what fails
three times.
"""

import asyncio
import json
from collections import deque
from collections.abc import Awaitable, Callable, Coroutine, Iterable
from dataclasses import dataclass, field
from datetime import timedelta
from functools import partial
from typing import Any, TypeAlias

import structlog
from telegram import Update
from telegram.error import TelegramError
from telegram.ext import Application

from bot.clock import Clock
from bot.endings import give_up, settle
from bot.logs import fault_code, kinds, places
from bot.outcomes import Outcome, classify
from bot.tries import (
    AWAY,
    BUSY_PAUSE,
    DATABASE_AWAY,
    MOST_TRIES,
    REPLY_AGAIN_AFTER,
    Tries,
)
from bot.updates import built
from handlers import errors
from handlers.premises import Services
from storage import inbox
from storage.errors import StorageError
from storage.ids import ChatId
from storage.inbox import InboxRow

SIDE_BY_SIDE = 256
"""Updates in their handlers at once."""
_UNREADABLE = (LookupError, TypeError, ValueError, AttributeError, ArithmeticError, OSError)
"""What python-telegram-bot raises on an update that it cannot make sense of."""

Dispatcher: TypeAlias = Application[Any, Any, Any, Any, Any, Any]
_LOG: structlog.typing.FilteringBoundLogger = structlog.get_logger(__name__)


@dataclass(slots=True)
class _Line:
    """A chat's updates, the one that is handled first; `breaks` counts its unexpected ends."""

    rows: deque[InboxRow] = field(default_factory=deque)
    breaks: int = 0


class Handling:
    """Hands kept updates to the application, and ends each one way or the other."""

    def __init__(self, application: Dispatcher, services: Services, clock: Clock) -> None:
        self._application = application
        self._services = services
        self._database = services.database
        self._clock = clock
        self._lines: dict[ChatId | None, _Line] = {}
        self._tasks: set[asyncio.Task[None]] = set()
        self._resting: set[asyncio.Task[None]] = set()
        self._places = asyncio.Semaphore(SIDE_BY_SIDE)
        self._waiting = 0
        self._room = asyncio.Event()
        self._room.set()
        self._is_stopping = False

    def hand(self, rows: Iterable[InboxRow]) -> None:
        """Queue kept updates, each behind those of its chat."""
        for row in rows:
            self._waiting += 1
            line = self._lines.setdefault(row.chat_id, _Line())
            line.rows.append(row)
            if len(line.rows) == 1:
                self._begin(row.chat_id)
        if self._waiting >= 2 * SIDE_BY_SIDE:
            self._room.clear()

    def warn(self, telegram_id: int) -> None:
        """Tell a person who floods the bot that it will not hear them for a minute."""
        self._spawn(
            self._courtesy(errors.warn_flood(self._application, telegram_id)), self._note_end
        )

    async def room(self) -> None:
        """Wait while so many updates wait that taking more would only fill the memory."""
        await self._room.wait()

    async def finish(self, patience: timedelta) -> None:
        """Let the handlers under way end within `patience`; the others stay as they were kept."""
        self._is_stopping = True
        for task in self._resting:
            task.cancel()
        if self._tasks:
            await asyncio.wait(self._tasks, timeout=patience.total_seconds())
        for task in list(self._tasks):
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    # ------------------------------------------------------------------------------- the lines

    def _begin(self, chat_id: ChatId | None) -> None:
        if not self._is_stopping:
            self._spawn(self._work_off(chat_id), partial(self._line_ended, chat_id))

    def _spawn(
        self, work: Coroutine[Any, Any, None], on_end: Callable[[asyncio.Task[None]], object]
    ) -> None:
        task = asyncio.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(on_end)

    async def _work_off(self, chat_id: ChatId | None) -> None:
        line = self._lines[chat_id]
        if line.breaks:
            await self._pause(timedelta(seconds=2**line.breaks))
        while line.rows and not self._is_stopping:
            await self._work(line.rows[0])
            self._step_on(line)
        if not line.rows:
            del self._lines[chat_id]

    def _step_on(self, line: _Line) -> None:
        line.rows.popleft()
        line.breaks = 0
        self._waiting -= 1
        if self._waiting < SIDE_BY_SIDE:
            self._room.set()

    def _line_ended(self, chat_id: ChatId | None, task: asyncio.Task[None]) -> None:
        """Go on after what nobody foresaw, so that a chat's later updates never wait for a restart.

        An update that breaks its line each time is left as it was kept: the next start tries again.
        """
        if not self._note_end(task):
            return
        line = self._lines[chat_id]
        line.breaks += 1
        if line.breaks >= MOST_TRIES:
            self._step_on(line)
        if line.rows:
            self._begin(chat_id)
        else:
            del self._lines[chat_id]

    def _note_end(self, task: asyncio.Task[None]) -> bool:
        """Note that a task has ended; gives whether it broke."""
        self._tasks.discard(task)
        error = None if task.cancelled() else task.exception()
        if error is not None:
            _LOG.error("handling_broke", fault=kinds(error), at=places(error))
        return error is not None

    # ----------------------------------------------------------------------------- one update

    async def _work(self, row: InboxRow) -> None:
        """Have one update handled until it is done or given up, or the house closes."""
        tries: Tries | None = Tries(row.tries)
        while tries is not None and not self._is_stopping:
            update, error = await self._attempt(row)
            if error is None:
                await self._end(row, lambda: self._database.write(inbox.mark_done, row.update_id))
                return
            tries = await self._suffer(row, update, error, tries)

    async def _attempt(self, row: InboxRow) -> tuple[Update | None, Exception | None]:
        """Have an update handled once; gives it, None where nobody can read it, and its fault."""
        try:
            update = built(json.loads(row.payload), self._application.bot)
        except _UNREADABLE as error:
            return None, error
        async with self._places:
            await self._application.process_update(update)
        return update, self._services.faults.pop(row.update_id, None)

    async def _suffer(
        self, row: InboxRow, update: Update | None, error: Exception, tries: Tries
    ) -> Tries | None:
        """Do what an error asks for; gives the tries where the update is to be tried again."""
        if update is not None and isinstance(error, DATABASE_AWAY):
            return await self._wait_for_database(row, update, tries)
        if update is None or not isinstance(error, TelegramError):
            return await self._fail(row, update, error, tries)
        outcome = classify(error)
        if outcome in AWAY:
            await self._pause(tries.pause_after(outcome, error))
            return tries.unsent_again()
        if outcome is Outcome.AMBIGUOUS and not tries.is_ambiguous:
            await self._pause(REPLY_AGAIN_AFTER)
            return tries.ambiguous()
        if outcome is Outcome.CONTENT:
            return await self._fail(row, update, error, tries)
        ending = partial(settle, update=update, error=error, now=self._clock.now())
        await self._end(row, lambda: self._database.write(ending, row.update_id))
        return None

    async def _wait_for_database(self, row: InboxRow, update: Update, tries: Tries) -> Tries:
        """Wait for a database that others hold; its person is told of it once, and not at once."""
        tries = tries.busy(self._clock.now())
        if tries.must_tell(self._clock.now()):
            await self._courtesy(errors.ask_patience(self._application, update, row.chat_id))
            tries = tries.told()
        await self._pause(BUSY_PAUSE)
        return tries

    async def _fail(
        self, row: InboxRow, update: Update | None, error: Exception, tries: Tries
    ) -> Tries | None:
        """Count a failure of ours; the third ends the update, its person and the officers told."""
        tries, code = tries.failed_again(), fault_code()
        _LOG.error(
            "handler_failed",
            code=code,
            update_id=row.update_id,
            tries=tries.failed,
            fault=kinds(error),
            at=places(error),
        )
        if tries.failed < MOST_TRIES:
            await self._persist(lambda: self._database.write(inbox.mark_tried, row.update_id))
            return tries
        ending = partial(give_up, code=code, now=self._clock.now())
        await self._end(row, lambda: self._database.write(ending, row.update_id))
        await self._courtesy(errors.apologize(self._application, update, row.chat_id, code))
        return None

    async def _end(self, row: InboxRow, ending: Callable[[], Awaitable[None]]) -> None:
        """Write down that an update has ended, and wipe the files of what it erased.

        Its own row is empty by then: it held who erased.
        """
        await self._persist(ending)
        if row.update_id in self._services.to_scrub:
            await self._persist(self._database.scrub)
            self._services.to_scrub.discard(row.update_id)

    # ---------------------------------------------------------------------------------- waits

    async def _persist(self, work: Callable[[], Awaitable[None]]) -> None:
        """Do something with the database, however long others hold it."""
        while True:
            try:
                await work()
            except DATABASE_AWAY:
                await self._pause(BUSY_PAUSE)
            else:
                return

    async def _courtesy(self, message: Awaitable[None]) -> None:
        """Send what is kind but owed to nobody: where something is in the way, it is noted."""
        try:
            await message
        except (TelegramError, StorageError) as error:
            _LOG.warning("courtesy_not_sent", fault=kinds(error))

    async def _pause(self, pause: timedelta) -> None:
        """Rest, unless the house closes: then nothing more of this is begun."""
        task = asyncio.current_task()
        if task is None or self._is_stopping:
            raise asyncio.CancelledError
        self._resting.add(task)
        try:
            await self._clock.sleep_until(self._clock.now() + pause)
        finally:
            self._resting.discard(task)
