"""One message owed, carried to its reader; and what is done about each class of outcome.

What must arrive is sent again, what must not come twice is counted as uncertain (reliability.md
§1). What cannot leave soon is not kept claimed: it is owed again.
"""

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Concatenate, ParamSpec, TypeVar

import structlog
from telegram.error import ChatMigrated, TelegramError

from bot import missing
from bot.breaker import Breaker
from bot.clock import Clock
from bot.desk import Letter
from bot.gate import Gate
from bot.keeping import keep
from bot.logs import kinds
from bot.missing import Missing, keep_mistake
from bot.outcomes import Outcome, classify
from bot.parcel import message_of
from bot.request import AiohttpRequest
from bot.results import (
    after_doubt,
    keep_end,
    keep_gone,
    keep_hold,
    keep_migration,
    keep_sent,
)
from community.notices import DELIVERY, Kind, Lane, Promise
from handlers.premises import Services
from storage import holds, outbox
from storage.database import Writer
from storage.ids import MessageId
from storage.outbox import Notice, OutboxState

TURN_PATIENCE = timedelta(seconds=5)
"""A message whose turn has not come by then is owed again: a crash must not leave it in doubt."""
LONGEST_BACKOFF = timedelta(seconds=60)
_MOST_DOUBLINGS = 6

_LOG: structlog.typing.FilteringBoundLogger = structlog.get_logger(__name__)
_Values = ParamSpec("_Values")
_Result = TypeVar("_Result")


class Carrier:
    """Carries messages, up to `width` at once, and keeps what became of each.

    `on_back` is called once the network is back; with an error where it will never be looked for
    again.
    """

    def __init__(
        self,
        request: AiohttpRequest,
        gate: Gate,
        services: Services,
        clock: Clock,
        *,
        width: int,
        on_back: Callable[[BaseException | None], None],
    ) -> None:
        self._request = request
        self._gate = gate
        self._premises = services.premises
        self._database = services.database
        self._clock = clock
        self._width = width
        self._on_back = on_back
        self._breaker = Breaker(clock, lambda: request.call("getMe", {}), self._pause)
        self._missing = Missing()
        self._unsent = 0
        self._prober: asyncio.Task[None] | None = None
        self._is_closed = False

    def is_free(self, lane: Lane) -> bool:
        """Whether messages of a lane may leave."""
        return not self._breaker.is_shut(lane) and self._gate.held_until(None, lane) is None

    def close(self) -> None:
        """Begin no more requests, and look no more for the network."""
        self._is_closed = True
        if self._prober is not None:
            self._prober.cancel()

    async def deliver(self, letter: Letter) -> None:
        """Send one worded message and keep what became of it."""
        notice = letter.notice
        held_until = self._gate.held_until(notice.chat_id, Lane(notice.lane))
        if letter.view is None:
            await self._end(notice, letter.ends)
        elif held_until is not None or self._is_closed:
            await self._postpone(notice, held_until or self._clock.now())
        else:
            await self._attempt(letter)

    async def rest(self) -> None:
        """Decide what was left in doubt, since nothing more is to be sent."""
        await self._let_go(self._missing.rest())

    async def _attempt(self, letter: Letter) -> None:
        try:
            message_id = await self._send(letter)
        except TelegramError as error:
            await self._suffer(letter, error)
        except TimeoutError:
            await self._put_back(letter.notice)
        else:
            await self._done(letter, message_id)

    async def _send(self, letter: Letter) -> MessageId:
        """Send a message when it is its turn; raises TimeoutError where it is not for long."""
        notice = letter.notice
        message = message_of(letter, self._premises, self._clock.now())
        async with self._gate.turn(
            notice.chat_id, Lane(notice.lane), "sendMessage", patience=TURN_PATIENCE
        ):
            sent = await self._request.call("sendMessage", message)
        return MessageId(int(sent["message_id"]))

    async def _done(self, letter: Letter, message_id: MessageId) -> None:
        self._breaker.note(Outcome.DONE)
        self._unsent = 0
        now = self._clock.now()
        await self._keep(keep_sent, letter, message_id=message_id, now=now)
        await self._let_go(self._missing.reach(letter.notice.chat_id))

    async def _suffer(self, letter: Letter, error: TelegramError) -> None:
        """Do with a message what the class of its outcome asks for."""
        notice, now = letter.notice, self._clock.now()
        outcome = classify(error)
        if self._is_closed and outcome is Outcome.NOT_SENT:
            # Not the network's fault: the gate sends everybody away at a stop.
            await self._put_back(notice)
            return
        self._breaker.note(outcome)
        self._probe_if_needed()
        if outcome in {Outcome.NOT_SENT, Outcome.AUTH, Outcome.CONFLICT}:
            await self._postpone(notice, now + self._backoff(notice))
        elif outcome is Outcome.HOLD:
            await self._put_back(notice)
        elif outcome is Outcome.AMBIGUOUS:
            retry_at = await self._keep(after_doubt, notice, now=now)
            _LOG.warning("fate_unknown", kind=notice.kind, again=retry_at is not None)
        elif outcome is Outcome.GONE:
            await self._lost(notice, error)
        elif isinstance(error, ChatMigrated):
            await self._keep(keep_migration, notice, error.new_chat_id, now=now)
        else:
            await self._refused(letter, error)

    async def _refused(self, letter: Letter, error: TelegramError) -> None:
        """Send once more, as plain text, what may be sent twice and was refused for its content."""
        notice = letter.notice
        _LOG.error("message_refused", kind=notice.kind, fault=kinds(error))
        is_bulk = DELIVERY[Kind(notice.kind)].promise is Promise.AT_MOST_ONCE
        if is_bulk or letter.refusal is not None:
            await self._end(notice, OutboxState.FAILED)
        else:
            await self.deliver(replace(letter, refusal=error.message))

    async def _lost(self, notice: Notice, error: TelegramError) -> None:
        """Mark who cannot be reached; but many unknown chats are a mistake of ours (F30)."""
        now = self._clock.now()
        if "chat not found" not in error.message.lower():
            await self._keep(keep_gone, notice, now=now)
            return
        until = now + missing.PAUSE
        self._missing.lose(notice)
        if not self._missing.is_suspicious:
            await self._postpone(notice, until)
            return
        _LOG.error("wrong_token_or_database")
        self._missing.doubted()
        self._gate.hold(None, until)
        unknown = self._missing.unknown()
        await self._keep(keep_mistake, notice, unknown=unknown, until=until, now=now)

    async def _let_go(self, lost: Sequence[Notice]) -> None:
        """Mark people out of reach whom Telegram does not know, since it knows others."""
        for notice in lost:
            await self._keep(keep_gone, notice, now=self._clock.now())

    # --------------------------------------------------------------------------------- keeping

    async def _keep(
        self,
        action: Callable[Concatenate[Writer, _Values], _Result],
        /,
        *args: _Values.args,
        **values: _Values.kwargs,
    ) -> _Result:
        return await keep(self._database, self._clock, action, *args, **values)

    async def _end(self, notice: Notice, state: OutboxState) -> None:
        await self._keep(keep_end, notice, state, now=self._clock.now())

    async def _put_back(self, notice: Notice) -> None:
        """Owe a message again that was not sent, once its chat and its lane may speak."""
        held_until = self._gate.held_until(notice.chat_id, Lane(notice.lane))
        await self._postpone(notice, held_until or self._clock.now())

    async def _postpone(self, notice: Notice, until: datetime) -> None:
        await self._keep(outbox.postpone, notice.id, until=until, counted=False)

    async def _pause(self, until: datetime) -> None:
        """Have officers see that announcements rest (F33)."""
        await self._keep(keep_hold, holds.EVERYONE, until=until)

    def _backoff(self, notice: Notice) -> timedelta:
        """Give the wait before a message that never left is tried again: 1 to 60 s, spread out."""
        rounds = min(self._unsent // self._width, _MOST_DOUBLINGS)
        self._unsent += 1
        spread = timedelta(milliseconds=37 * notice.id % 1000)
        return min(timedelta(seconds=2**rounds), LONGEST_BACKOFF) + spread

    def _probe_if_needed(self) -> None:
        if self._breaker.needs_probe and (self._prober is None or self._prober.done()):
            self._prober = asyncio.create_task(self._breaker.reopen())
            self._prober.add_done_callback(self._probed)

    def _probed(self, task: asyncio.Task[None]) -> None:
        self._on_back(None if task.cancelled() else task.exception())
