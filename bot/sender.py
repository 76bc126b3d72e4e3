"""Messages owed go out: claimed in one transaction, sent, and their outcome kept in another.

A claim says before the request that there may be one (claim-before-send), so a crash in between is known:
what must arrive is sent again, what must not come twice is counted as uncertain (reliability.md §1).
"""

import asyncio
from collections.abc import Sequence
from datetime import datetime, timedelta

import structlog
from telegram.error import ChatMigrated, TelegramError

from bot.breaker import Breaker
from bot.clock import Clock
from bot.desk import Letter, word
from bot.gate import Gate
from bot.logs import kinds
from bot.missing import Missing
from bot.outcomes import Outcome, classify
from bot.parcel import message_of
from bot.request import AiohttpRequest
from bot.results import (
    after_doubt,
    keep_end,
    keep_gone,
    keep_migration,
    keep_sent,
    recover,
)
from community.notices import Lane
from handlers.premises import Services
from storage import outbox
from storage.database import Reader, Topic, Writer
from storage.ids import MessageId
from storage.outbox import Notice, OutboxState

LANES = (Lane.TRANSACTION, Lane.REMINDER, Lane.BROADCAST)
LEAST_IN_FLIGHT = 8
"""Sends at once (reliability.md: W)."""
IN_FLIGHT_SHARE = 10
"""At higher caps W grows: one for so many messages a second, a round trip of 100 ms."""
LONGEST_REST = timedelta(seconds=60)
SHORTEST_REST = timedelta(seconds=1)
LONGEST_BACKOFF = timedelta(seconds=60)

_LOG: structlog.typing.FilteringBoundLogger = structlog.get_logger(__name__)


class Sender:
    """Empties the outbox, the most urgent lane first, at the gate's pace."""

    def __init__(
        self,
        request: AiohttpRequest,
        gate: Gate,
        services: Services,
        clock: Clock,
        *,
        messages_per_second: int,
    ) -> None:
        self._request = request
        self._gate = gate
        self._services = services
        self._database = services.database
        self._clock = clock
        self._width = max(LEAST_IN_FLIGHT, messages_per_second // IN_FLIGHT_SHARE)
        self._breaker = Breaker(clock, lambda: request.call("getMe", {}))
        self._missing = Missing()
        self._unsent = 0
        self._flying: set[asyncio.Task[None]] = set()
        self._wake = asyncio.Event()
        self._prober: asyncio.Task[None] | None = None
        self._database.listen(Topic.OUTBOX, self._wake.set)
        clock.on_move(self._wake.set)

    async def run(self) -> None:
        """Send until cancelled; begins with what a crash has left under way."""
        await self._database.write(recover, now=self._clock.now())
        while True:
            self._wake.clear()
            claimed = await self._claim()
            for letter in await self._worded(claimed):
                task = asyncio.create_task(self._deliver(letter))
                self._flying.add(task)
                task.add_done_callback(self._landed)
            if not claimed:
                await self._rest()

    async def finish(self, patience: timedelta) -> None:
        """Let what is under way end within `patience`; what does not is known as claimed (F13)."""
        if self._flying:
            await asyncio.wait(self._flying, timeout=patience.total_seconds())
        for task in [*self._flying, *([self._prober] if self._prober else [])]:
            task.cancel()
        await asyncio.gather(*self._flying, return_exceptions=True)

    async def _claim(self) -> list[Notice]:
        """Claim as many messages as may be under way besides those that are."""
        free = self._width - len(self._flying)
        lanes = [lane for lane in LANES if self._is_free(lane)]
        if free <= 0 or not lanes:
            return []
        return await self._database.write(
            _claim_lanes, lanes=lanes, now=self._clock.now(), most=free
        )

    def _is_free(self, lane: Lane) -> bool:
        return not self._breaker.is_shut(lane) and self._gate.held_until(None, lane) is None

    async def _worded(self, claimed: list[Notice]) -> list[Letter]:
        if not claimed:
            return []
        premises, now = self._services.premises, self._clock.now()
        return await self._database.read(word, claimed, premises, now)

    async def _rest(self) -> None:
        """Wait for a commit that owes something, a send that ends, or the next due instant."""
        now = self._clock.now()
        next_at = await self._database.read(_next_at)
        wait_for = min(max(next_at or now + LONGEST_REST, now + SHORTEST_REST), now + LONGEST_REST)
        sleeping = asyncio.ensure_future(self._clock.sleep_until(wait_for))
        waking = asyncio.ensure_future(self._wake.wait())
        try:
            await asyncio.wait({sleeping, waking}, return_when=asyncio.FIRST_COMPLETED)
        finally:
            sleeping.cancel()
            waking.cancel()

    def _landed(self, task: asyncio.Task[None]) -> None:
        self._flying.discard(task)
        self._wake.set()
        if not task.cancelled() and (error := task.exception()) is not None:
            _LOG.error("sending_broke", fault=kinds(error))

    async def _deliver(self, letter: Letter) -> None:
        """Send one worded message and keep what became of it."""
        notice = letter.notice
        if letter.view is None:
            await self._end(notice, letter.ends)
            return
        held_until = self._gate.held_until(notice.chat_id, Lane(notice.lane))
        if held_until is not None:
            await self._postpone(notice, held_until)
            return
        try:
            message_id = await self._send(letter)
        except TelegramError as error:
            await self._suffer(letter, error)
        else:
            await self._done(letter, message_id)

    async def _send(self, letter: Letter) -> MessageId:
        notice = letter.notice
        message = message_of(letter, self._services.premises, self._clock.now())
        async with self._gate.turn(notice.chat_id, Lane(notice.lane), "sendMessage"):
            sent = await self._request.call("sendMessage", message)
        return MessageId(int(sent["message_id"]))

    async def _done(self, letter: Letter, message_id: MessageId) -> None:
        self._breaker.note(Outcome.DONE)
        self._unsent = 0
        now = self._clock.now()
        await self._database.write(keep_sent, letter, message_id=message_id, now=now)
        await self._let_go(self._missing.found())

    async def _suffer(self, letter: Letter, error: TelegramError) -> None:
        """Do with a message what the class of its outcome asks for."""
        notice, now = letter.notice, self._clock.now()
        outcome = classify(error)
        self._breaker.note(outcome)
        self._probe_if_needed()
        if outcome in {Outcome.NOT_SENT, Outcome.AUTH, Outcome.CONFLICT}:
            self._unsent = min(self._unsent + 1, 6)
            await self._postpone(notice, now + min(_seconds(2**self._unsent), LONGEST_BACKOFF))
        elif outcome is Outcome.HOLD:
            held_until = self._gate.held_until(notice.chat_id, Lane(notice.lane))
            await self._postpone(notice, held_until or now)
        elif outcome is Outcome.AMBIGUOUS:
            retry_at = await self._database.write(after_doubt, notice, now=now)
            _LOG.warning("fate_unknown", kind=notice.kind, again=retry_at is not None)
        elif outcome is Outcome.GONE:
            await self._lost(notice, error)
        elif isinstance(error, ChatMigrated):
            await self._database.write(keep_migration, notice, error.new_chat_id, now=now)
        else:
            _LOG.error("message_refused", kind=notice.kind, fault=kinds(error))
            await self._end(notice, OutboxState.FAILED)

    async def _lost(self, notice: Notice, error: TelegramError) -> None:
        """Mark who cannot be reached; but many unknown chats in a row are a fault of ours (F30)."""
        if "chat not found" not in error.message.lower():
            await self._database.write(keep_gone, notice, now=self._clock.now())
            return
        self._missing.add(notice)
        if self._missing.is_suspicious:
            await self._doubt_all()
        elif not await self._database.read(_has_more, notice):
            await self._let_go(self._missing.found())

    async def _let_go(self, lost: Sequence[Notice]) -> None:
        """Mark people out of reach whom Telegram does not know, since it knows others."""
        for notice in lost:
            await self._database.write(keep_gone, notice, now=self._clock.now())

    async def _doubt_all(self) -> None:
        """Owe again what all went to unknown chats, hold the bulk lanes, and tell the officers."""
        until = self._clock.now() + self._missing.PAUSE
        _LOG.error("wrong_token_or_database", chats=self._missing.MOST)
        self._gate.hold(None, until)
        await self._database.write(
            self._missing.pause, notices=self._missing.found(), until=until, now=self._clock.now()
        )

    async def _postpone(self, notice: Notice, until: datetime) -> None:
        await self._database.write(outbox.postpone, notice.id, until=until, counted=False)

    async def _end(self, notice: Notice, state: OutboxState) -> None:
        await self._database.write(keep_end, notice, state, now=self._clock.now())

    def _probe_if_needed(self) -> None:
        if self._breaker.needs_probe and (self._prober is None or self._prober.done()):
            self._prober = asyncio.create_task(self._breaker.reopen())
            self._prober.add_done_callback(lambda _: self._wake.set())


def _seconds(number: int) -> timedelta:
    return timedelta(seconds=number)


def _claim_lanes(
    writer: Writer, *, lanes: Sequence[Lane], now: datetime, most: int
) -> list[Notice]:
    claimed: list[Notice] = []
    for lane in lanes:
        if len(claimed) < most:
            claimed += outbox.claim(writer, lane=lane, now=now, most=most - len(claimed))
    return claimed


def _next_at(reader: Reader) -> datetime | None:
    instants = [outbox.next_at(reader, lane=lane) for lane in LANES]
    return min((instant for instant in instants if instant is not None), default=None)


def _has_more(reader: Reader, notice: Notice) -> bool:
    """Whether more of the notice's lane waits to leave now."""
    next_at = outbox.next_at(reader, lane=notice.lane)
    return next_at is not None and next_at <= notice.not_before
