"""Updates come in: each is kept in the database before Telegram is told that it is received.

python-telegram-bot's own Updater confirms first and handles afterwards, so a kill loses what was under
way; here Telegram is asked for the next updates only once the last are committed (F06), and those left
undone by a crash are handled first at start. A webhook's updates are kept before the answer 200.
"""

import json
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

import structlog
from telegram.error import TelegramError

from bot.clock import Clock
from bot.floods import Floods, Verdict
from bot.handling import Handling
from bot.logs import kinds
from bot.outcomes import Outcome, classify
from bot.patience import TokenRefusedError, persist
from bot.request import AiohttpRequest
from community import outages
from handlers.premises import Services
from storage import inbox
from storage.errors import BusyError
from storage.ids import ChatId, UpdateId
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
"""https://core.telegram.org/bots/api#getupdates: timeout; one call a minute when nothing happens."""
MOST_A_POLL = 100
LONGEST_BACKOFF = timedelta(seconds=30)
"""The network's absence is polled for in steps of 1, 2, 4 … up to this (F21)."""
CONFLICT_PAUSE = timedelta(seconds=30)
"""Another poller has the token: wait, never fight (F32)."""
AUTH_TRIES = 3
AUTH_PAUSE = timedelta(seconds=20)
"""A refused token is tried 3 times in a minute: a proxy can fake it (F34)."""

_PLACE = ("message_id", "date", "chat")
"""Where a message is, and (date 0) whether it can still be reached
(https://core.telegram.org/bots/api#inaccessiblemessage)."""
_COMPACT = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))

_LOG: structlog.typing.FilteringBoundLogger = structlog.get_logger(__name__)


class Receiver:
    """Takes updates from Telegram, keeps them, and hands them to their handlers."""

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
        self._clock_moved = False
        self.heard_at: datetime | None = None
        clock.on_move(self._on_clock_moved)

    async def resume(self) -> int:
        """Hand over what a crash has left undone; gives how many."""
        rows = await self._database.read(inbox.undone)
        self._handling.hand(rows)
        return len(rows)

    async def poll(self) -> None:
        """Poll until cancelled.

        Raises:
            TokenRefusedError: Telegram refuses the token for a minute.
        """
        offset = await self._database.read(inbox.poll_offset)
        while True:
            await self._handling.room()
            try:
                updates = await self._ask(offset)
            except TelegramError as error:
                await self._wait_out(error)
                continue
            self._failures = self._refusals = 0
            await self._note_heard()
            if updates:
                offset = int(updates[-1]["update_id"]) + 1
                await self._take_until_kept(updates, offset)

    async def take(self, updates: Sequence[Mapping[str, Any]], offset: int | None = None) -> None:
        """Keep updates, then hand those that are new to their handlers.

        Raises:
            BusyError: another process locks the database; nothing was kept.
        """
        now = self._clock.now()
        heard = [self._received(one) for one in updates if self._is_heard(one, now)]
        rows = await self._database.write(inbox.add, heard, now=now, offset=offset)
        self._handling.hand(rows)

    async def _take_until_kept(self, updates: Sequence[Mapping[str, Any]], offset: int) -> None:
        """Keep a batch however long the database is busy: Telegram holds it until then (F09)."""
        while True:
            try:
                await self.take(updates, offset)
            except BusyError:
                _LOG.warning("database_busy")
                await self._pause(timedelta(seconds=1))
            else:
                return

    def _on_clock_moved(self) -> None:
        """Tell a jump of the clock while Telegram is there from a silence of Telegram's."""
        if self.heard_at is not None and not self._failures:
            self._clock_moved = True

    async def _note_heard(self) -> None:
        """Write down, every so often, that Telegram is heard; a long silence before is told (F39)."""
        now = self._clock.now()
        if self.heard_at is None or now - self.heard_at >= outages.HEARD_EVERY:
            await self._database.write(outages.heard, now=now, was_listening=self._clock_moved)
            self.heard_at, self._clock_moved = now, False

    async def _ask(self, offset: int | None) -> list[Mapping[str, Any]]:
        parameters: dict[str, Any] = {
            "timeout": LONG_POLL_S,
            "limit": MOST_A_POLL,
            "allowed_updates": list(ALLOWED_UPDATES),
        }
        if offset is not None:
            parameters["offset"] = offset
        updates: list[Mapping[str, Any]] = await self._request.call(
            "getUpdates", parameters, read_timeout=LONG_POLL_S + 10
        )
        return updates

    async def _wait_out(self, error: TelegramError) -> None:
        """Wait as long as what went wrong asks for."""
        outcome = classify(error)
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
        else:
            await self._pause(min(timedelta(seconds=2**self._failures), LONGEST_BACKOFF))
            self._failures = min(self._failures + 1, 5)

    async def _pause(self, pause: timedelta) -> None:
        await self._clock.sleep_until(self._clock.now() + pause)

    def _is_heard(self, update: Mapping[str, Any], now: datetime) -> bool:
        """Whether an update is worth keeping: not one of a flood (F54)."""
        sender = _part(update).get("from", {}).get("id")
        if sender is None:
            return True
        verdict = self._floods.judge(int(sender), now)
        if verdict is Verdict.WARN:
            _LOG.warning("flood")
            self._handling.warn(int(sender))
        return verdict is Verdict.HEAR

    @staticmethod
    def _received(update: Mapping[str, Any]) -> Received:
        return Received(
            UpdateId(int(update["update_id"])),
            chat_of(update),
            _COMPACT.encode(essential(update)),
        )


def essential(update: Mapping[str, Any]) -> Mapping[str, Any]:
    """Leave out what a tapped message says: it is the bot's own, and known by its place."""
    query = update.get("callback_query")
    message = query.get("message") if query is not None else None
    if message is None:
        return update
    place = {name: message[name] for name in _PLACE if name in message}
    return {**update, "callback_query": {**query, "message": place}}


def chat_of(update: Mapping[str, Any]) -> ChatId | None:
    """Give the chat whose order an update belongs to; a tap's is its person, in groups too."""
    if "callback_query" in update:
        return ChatId(int(update["callback_query"]["from"]["id"]))
    chat = _part(update).get("chat")
    return ChatId(int(chat["id"])) if chat is not None else None


def _part(update: Mapping[str, Any]) -> Mapping[str, Any]:
    """Give what an update holds besides its id."""
    return next((part for key, part in update.items() if key != "update_id"), {})
