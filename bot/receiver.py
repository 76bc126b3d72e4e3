"""Updates come in: each is kept in the database before Telegram is told that it is received.

python-telegram-bot's own Updater confirms first and handles afterwards, so a kill loses what was
under way; here Telegram is asked for the next updates only once the last are committed (F06), and
those left undone by a crash are handled first at start. A webhook's updates are kept before the
answer 200.
"""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

import structlog
from telegram.error import TelegramError

from bot.clock import Clock
from bot.floods import Floods, Verdict
from bot.handling import Handling
from bot.logs import kinds
from bot.outcomes import Outcome, classify, retry_after
from bot.patience import TokenRefusedError, persist
from bot.request import AiohttpRequest, AmbiguousError
from bot.tries import BUSY_PAUSE, DATABASE_AWAY
from bot.updates import counts_at, is_numbered, received, sender_of
from community import outages
from handlers.premises import Services
from storage import inbox
from storage.inbox import Received

ALLOWED_UPDATES = (
    "message",
    "edited_message",
    "callback_query",
    "my_chat_member",
    "chat_member",
    "chat_join_request",
    "message_reaction",
)
"""What the bot asks for: the last three come only when named
(https://core.telegram.org/bots/api#getupdates, allowed_updates)."""
LONG_POLL_S = 50
"""https://core.telegram.org/bots/api#getupdates (timeout): a call a minute when all is quiet."""
MOST_A_POLL = 100
LONGEST_BACKOFF = timedelta(seconds=30)
"""The network's absence is polled for in steps of 1, 2, 4 … up to this (F21)."""
CONFLICT_PAUSE = timedelta(seconds=30)
"""Another poller has the token: wait, never fight (F32)."""
AUTH_TRIES = 3
AUTH_PAUSE = timedelta(seconds=20)
"""A refused token is tried 3 times in a minute: a proxy can fake it (F34)."""

_LOG: structlog.typing.FilteringBoundLogger = structlog.get_logger(__name__)


class Receiver:
    """Takes updates from Telegram, keeps them, and hands them to their handlers.

    `heard_at` is when Telegram was last heard; None before it was.
    """

    def __init__(
        self, request: AiohttpRequest, services: Services, handling: Handling, clock: Clock
    ) -> None:
        self._request = request
        self._database = services.database
        self._handling = handling
        self._clock = clock
        self._floods = Floods()
        self._failures = 0
        self._refusals = 0
        self._is_listening = False
        self._written_at: datetime | None = None
        self.heard_at: datetime | None = None
        clock.on_move(self._on_clock_moved)

    async def resume(self) -> int:
        """Hand over what a crash has left undone, a page at a time; gives how many."""
        handed, last = 0, None
        while rows := await self._database.read(inbox.undone, after=last):
            await self._handling.room()
            self._handling.hand(rows)
            handed, last = handed + len(rows), rows[-1].update_id
        return handed

    async def poll(self) -> None:
        """Poll until cancelled.

        Raises:
            TokenRefusedError: Telegram refuses the token for a minute.
        """
        offset = await self._database.read(inbox.poll_offset)
        while True:
            try:
                updates = await self._ask(offset)
            except TelegramError as error:
                await self._wait_out(error)
                continue
            self._failures = self._refusals = 0
            self._is_listening = True
            await self._until_kept(self._note_heard)
            if updates:
                offset = int(updates[-1]["update_id"]) + 1
                await self._take_batch(updates, offset)

    async def listen(self) -> None:
        """Write down, while Telegram calls by itself, that it can; until cancelled."""
        self._is_listening = True
        while True:
            await self._until_kept(self._note_heard)
            await self._pause(outages.HEARD_EVERY)

    async def take(self, updates: Sequence[Mapping[str, Any]]) -> None:
        """Keep updates that Telegram brought, then hand those that are new to their handlers.

        It waits while so many are under way that more would only fill the memory.

        Raises:
            BusyError: another process locks the database; nothing was kept.
        """
        await self._handling.room()
        await self._keep(self._heard_of(updates), None)

    async def _take_batch(self, updates: Sequence[Mapping[str, Any]], offset: int) -> None:
        """Keep a batch however long the database is busy: Telegram holds it until then (F09)."""
        await self._handling.room()
        heard = self._heard_of(updates)
        await self._until_kept(lambda: self._keep(heard, offset))

    async def _keep(self, heard: Sequence[Received], offset: int | None) -> None:
        now = self._clock.now()
        rows = await self._database.write(inbox.add, heard, now=now, offset=offset)
        self._handling.hand(rows)

    async def _until_kept(self, work: Callable[[], Awaitable[None]]) -> None:
        """Write something down however long others hold the database."""
        while True:
            try:
                await work()
            except DATABASE_AWAY as error:
                _LOG.warning("database_away", fault=kinds(error))
                await self._pause(BUSY_PAUSE)
            else:
                return

    def _on_clock_moved(self) -> None:
        """Take no jump of the clock, while Telegram is there, for a silence of Telegram's."""
        if self._is_listening:
            self.heard_at = self._clock.now()

    async def _note_heard(self) -> None:
        """Note that Telegram is heard, and every so often on disk; a long silence is told (F39)."""
        now, last = self._clock.now(), self.heard_at
        is_silence = last is None or now - last > outages.TAP_LIFE
        is_due = self._written_at is None or now - self._written_at >= outages.HEARD_EVERY
        if is_silence or is_due:
            await self._database.write(outages.heard, now=now, last=last)
            self._written_at = now
        self.heard_at = now

    async def _ask(self, offset: int | None) -> list[Mapping[str, Any]]:
        parameters: dict[str, Any] = {
            # After a silence the first answer is not waited for: it tells that the silence is over.
            "timeout": LONG_POLL_S if self._is_listening else 0,
            "limit": MOST_A_POLL,
            "allowed_updates": list(ALLOWED_UPDATES),
        }
        if offset is not None:
            parameters["offset"] = offset
        answer: object = await self._request.call(
            "getUpdates", parameters, read_timeout=LONG_POLL_S + 10
        )
        if not isinstance(answer, list) or not all(map(is_numbered, answer)):
            raise AmbiguousError("an answer that holds no updates")
        return answer

    async def _wait_out(self, error: TelegramError) -> None:
        """Wait as long as what went wrong asks for."""
        outcome = classify(error)
        self._is_listening = False
        _LOG.warning("poll_failed", outcome=outcome.name, fault=kinds(error))
        if outcome is Outcome.AUTH:
            self._refusals += 1
            if self._refusals >= AUTH_TRIES:
                raise TokenRefusedError
            await self._pause(AUTH_PAUSE)
        elif outcome is Outcome.CONFLICT and "webhook" in str(error).lower():
            await persist(self._clock, lambda: self._request.call("deleteWebhook", {}))
        elif outcome is Outcome.CONFLICT:
            await self._pause(CONFLICT_PAUSE)
        elif outcome is Outcome.HOLD:
            await self._pause(retry_after(error))
        else:
            await self._pause(min(timedelta(seconds=2**self._failures), LONGEST_BACKOFF))
            self._failures = min(self._failures + 1, 5)

    async def _pause(self, pause: timedelta) -> None:
        await self._clock.sleep_until(self._clock.now() + pause)

    def _heard_of(self, updates: Sequence[Mapping[str, Any]]) -> list[Received]:
        now = self._clock.now()
        return [received(one) for one in updates if self._is_heard(one, now)]

    def _is_heard(self, update: Mapping[str, Any], now: datetime) -> bool:
        """Whether an update is worth keeping: not one of a flood (F54).

        What waited at Telegram counts when it was written: after an outage nobody is a flood.
        """
        sender = sender_of(update)
        if sender is None:
            return True
        verdict = self._floods.judge(sender, counts_at(update, now))
        if verdict is Verdict.WARN:
            _LOG.warning("flood")
            self._handling.warn(sender)
        return verdict is Verdict.HEAR
