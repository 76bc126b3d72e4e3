"""Kept updates, handled exactly once in effect: those of one chat in order, chats side by side.

A row is marked done after its handler has answered, so a crash has it handled again; handlers set target
states, and a replay changes nothing. What went wrong decides what follows (reliability.md §1.2, K1, F12):
try again when the network or the database is in the way, give up on what fails three times.
"""

import asyncio
import json
from collections import deque
from collections.abc import Awaitable, Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

import structlog
from telegram import Update
from telegram.error import ChatMigrated, TelegramError
from telegram.ext import Application

from bot.clock import Clock
from bot.logs import fault_code, kinds, places
from bot.outcomes import Outcome, classify, retry_after
from community import groups, residents, rsvps
from handlers import errors
from handlers.premises import Services
from storage import inbox
from storage import residents as people
from storage.database import Writer
from storage.errors import BusyError
from storage.ids import ChatId, UpdateId
from storage.inbox import InboxRow

SIDE_BY_SIDE = 256
"""Updates in their handlers at once."""
MOST_TRIES = 3
"""A handler that fails so often is given up (F12)."""
REPLY_AGAIN_AFTER = timedelta(seconds=3)
"""A reply of unknown fate is repeated once (K1). Not after 60 s: the chat's order would wait for it."""
BUSY_PAUSE = timedelta(seconds=1)
LONGEST_PAUSE = timedelta(seconds=60)
"""The network's absence is waited for in steps of 1, 2, 4 … up to this (NOT_SENT)."""

_LOG: structlog.typing.FilteringBoundLogger = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Tries:
    """How often an update was tried, by what was in the way."""

    failed: int
    ambiguous: int = 0
    unsent: int = 0


class Handling:
    """Hands kept updates to the application, and ends each one way or the other."""

    def __init__(
        self,
        application: Application[Any, Any, Any, Any, Any, Any],
        services: Services,
        clock: Clock,
    ) -> None:
        self._application = application
        self._services = services
        self._database = services.database
        self._clock = clock
        self._lines: dict[ChatId | None, deque[InboxRow]] = {}
        self._tasks: set[asyncio.Task[None]] = set()
        self._places = asyncio.Semaphore(SIDE_BY_SIDE)
        self._waiting = 0
        self._room = asyncio.Event()
        self._room.set()

    def hand(self, rows: Iterable[InboxRow]) -> None:
        """Queue kept updates, each behind those of its chat."""
        for row in rows:
            self._waiting += 1
            line = self._lines.get(row.chat_id)
            if line is not None:
                line.append(row)
                continue
            self._lines[row.chat_id] = deque([row])
            task = asyncio.create_task(self._work_off(row.chat_id))
            self._tasks.add(task)
            task.add_done_callback(self._ended)
        if self._waiting >= 2 * SIDE_BY_SIDE:
            self._room.clear()

    def warn(self, telegram_id: int) -> None:
        """Tell a person who floods the bot that it will not hear them for a minute."""
        task = asyncio.create_task(
            self._courtesy(errors.warn_flood(self._application, telegram_id))
        )
        self._tasks.add(task)
        task.add_done_callback(self._ended)

    async def room(self) -> None:
        """Wait while so many updates wait that taking more would only fill the memory."""
        await self._room.wait()

    async def finish(self, patience: timedelta) -> None:
        """Let those under way end within `patience`, then leave the others as they were kept."""
        if self._tasks:
            await asyncio.wait(self._tasks, timeout=patience.total_seconds())
        for task in list(self._tasks):
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    async def _work_off(self, chat_id: ChatId | None) -> None:
        line = self._lines[chat_id]
        try:
            while line:
                async with self._places:
                    await self._handle_whatever_it_takes(line[0])
                line.popleft()
                self._waiting -= 1
                if self._waiting < SIDE_BY_SIDE:
                    self._room.set()
            await self._recap_if_late(chat_id)
        finally:
            self._waiting -= len(line)
            del self._lines[chat_id]

    def _ended(self, task: asyncio.Task[None]) -> None:
        self._tasks.discard(task)
        if not task.cancelled() and (error := task.exception()) is not None:
            _LOG.error("handling_broke", fault=kinds(error), at=places(error))

    async def _handle_whatever_it_takes(self, row: InboxRow) -> None:
        """Handle an update, again where the database was busy at its end: a replay changes nothing."""
        while True:
            try:
                await self._handle(row)
            except BusyError:
                await self._pause(BUSY_PAUSE)
            else:
                return

    async def _handle(self, row: InboxRow) -> None:
        """Have one update handled until it is done or given up."""
        update = Update.de_json(json.loads(row.payload), self._application.bot)
        tries: Tries | None = Tries(row.tries)
        while tries is not None:
            await self._application.process_update(update)
            error = self._services.faults.pop(row.update_id, None)
            if error is None:
                await self._database.write(inbox.mark_done, row.update_id)
                await self._scrub_if_asked(row.update_id)
                return
            tries = await self._suffer(row, update, error, tries)

    async def _scrub_if_asked(self, update_id: UpdateId) -> None:
        """Wipe the files of what was erased, now that the update's own row is empty too."""
        if update_id in self._services.to_scrub:
            self._services.to_scrub.discard(update_id)
            await self._database.scrub()

    async def _recap_if_late(self, chat_id: ChatId | None) -> None:
        """Tell a chat once where it stands, after messages that were too late for an answer each."""
        if chat_id is not None and chat_id in self._services.unanswered:
            self._services.unanswered.discard(chat_id)
            await self._courtesy(errors.recap(self._application, chat_id))

    async def _suffer(
        self, row: InboxRow, update: Update, error: Exception, tries: Tries
    ) -> Tries | None:
        """Do what an error asks for; gives the tries so far where the update is to be tried again."""
        if isinstance(error, BusyError):
            await self._pause(BUSY_PAUSE)
            return tries
        if not isinstance(error, TelegramError):
            return await self._fail(row, update, error, tries)
        outcome = classify(error)
        if outcome in {Outcome.NOT_SENT, Outcome.HOLD}:
            await self._pause(
                retry_after(error)
                if outcome is Outcome.HOLD
                else min(timedelta(seconds=2**tries.unsent), LONGEST_PAUSE)
            )
            return replace(tries, unsent=min(tries.unsent + 1, 6))
        if outcome is Outcome.AMBIGUOUS and not tries.ambiguous:
            await self._pause(REPLY_AGAIN_AFTER)
            return replace(tries, ambiguous=1)
        if outcome in {Outcome.AMBIGUOUS, Outcome.STALE, Outcome.GONE, Outcome.MIGRATED}:
            await self._database.write(_settle, row.update_id, update, error, self._clock.now())
            return None
        return await self._fail(row, update, error, tries)

    async def _fail(
        self, row: InboxRow, update: Update, error: Exception, tries: Tries
    ) -> Tries | None:
        """Count a failure of ours; the third ends the update, and the person and officers are told."""
        code = fault_code()
        _LOG.error(
            "handler_failed",
            code=code,
            update_id=row.update_id,
            tries=tries.failed + 1,
            fault=kinds(error),
            at=places(error),
        )
        if tries.failed + 1 < MOST_TRIES:
            await self._database.write(inbox.mark_tried, row.update_id)
            return replace(tries, failed=tries.failed + 1)
        await self._database.write(_give_up, row.update_id, code, self._clock.now())
        await self._courtesy(errors.apologize(self._application, update, code))
        return None

    async def _courtesy(self, message: Awaitable[None]) -> None:
        """Send what is kind but owed to nobody: where the network is away, it is only noted."""
        try:
            await message
        except TelegramError as error:
            _LOG.warning("courtesy_not_sent", fault=kinds(error))

    async def _pause(self, pause: timedelta) -> None:
        await self._clock.sleep_until(self._clock.now() + pause)


def _settle(
    writer: Writer, update_id: UpdateId, update: Update, error: Exception, now: datetime
) -> None:
    """End an update whose effect stands though its answer found nobody, or nobody knows."""
    chat = update.effective_chat
    if chat is not None and isinstance(error, ChatMigrated):
        groups.follow(writer, chat_id=ChatId(chat.id), new_chat_id=ChatId(error.new_chat_id))
    elif chat is not None and isinstance(error, TelegramError):
        resident = people.find_speaking(writer, chat.id)
        if resident is not None and classify(error) is Outcome.GONE:
            rsvps.lose_reach(writer, resident=resident, now=now)
    inbox.mark_done(writer, update_id)


def _give_up(writer: Writer, update_id: UpdateId, code: str, now: datetime) -> None:
    inbox.mark_dead(writer, update_id)
    residents.report_fault(writer, code=code, now=now)
