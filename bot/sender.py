"""Messages owed go out: claimed in one transaction, sent, and their outcome kept in another.

A claim says before the request that there may be one (claim-before-send), so a crash in between is
known and decided at the next start (reliability.md §1). What becomes of each is bot/carrier's.
"""

import asyncio
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from functools import partial

import structlog

from bot.carrier import Carrier
from bot.clock import Clock
from bot.desk import Letter, word
from bot.gate import Gate
from bot.keeping import keep
from bot.logs import fault_code, kinds, places
from bot.request import AiohttpRequest
from bot.results import after_doubt, recover
from community.notices import Lane
from handlers.premises import Services
from storage import outbox
from storage.database import Reader, Topic, Writer
from storage.outbox import Notice, OutboxState

LANES = (Lane.TRANSACTION, Lane.REMINDER, Lane.BROADCAST)
LEAST_IN_FLIGHT = 8
"""Sends at once (reliability.md: W)."""
IN_FLIGHT_SHARE = 10
"""At higher caps W grows: one for so many messages a second, a round trip of 100 ms."""
LONGEST_REST = timedelta(seconds=60)
_LONG_AGO = datetime(1970, 1, 1, tzinfo=UTC)

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
        self._gate = gate
        self._premises = services.premises
        self._database = services.database
        self._clock = clock
        self._width = max(LEAST_IN_FLIGHT, messages_per_second // IN_FLIGHT_SHARE)
        self._carrier = Carrier(
            request, gate, services, clock, width=self._width, on_back=self._roused
        )
        self._looked_at = _LONG_AGO
        self._beginning: asyncio.Task[bool] | None = None
        self._flying: set[asyncio.Task[None]] = set()
        self._chores: set[asyncio.Task[object]] = set()
        self._fault: BaseException | None = None
        self._wake = asyncio.Event()
        self._database.listen(Topic.OUTBOX, self._wake.set)
        clock.on_move(self._wake.set)

    async def run(self) -> None:
        """Send until cancelled; begins with what a crash has left under way.

        Whatever it raises is a fault that only another start can mend.
        """
        try:
            await keep(self._database, self._clock, recover, now=self._clock.now())
            while self._fault is None:
                self._wake.clear()
                # Cancelled in between, what is claimed would be in doubt: it is let out first.
                self._beginning = asyncio.create_task(self._begin())
                if not await asyncio.shield(self._beginning):
                    await self._rest()
            raise self._fault
        finally:
            self._carrier.close()

    async def finish(self, patience: timedelta) -> None:
        """Let what is under way end within `patience`; what does not is known as claimed (F13)."""
        self._carrier.close()
        try:
            async with asyncio.timeout(patience.total_seconds()):
                await self._end_all()
        except TimeoutError:
            _LOG.warning("sends_left_under_way", number=len(self._flying))

    async def _end_all(self) -> None:
        """Wait until nothing is under way; cancelled, it cancels what is."""
        if self._beginning is not None:
            await asyncio.gather(self._beginning, return_exceptions=True)
        while self._flying or self._chores:
            await asyncio.gather(*self._flying, *self._chores, return_exceptions=True)

    # ------------------------------------------------------------------------- beginning to send

    async def _begin(self) -> bool:
        """Claim as many messages as may be under way besides those that are, and let them fly."""
        self._looked_at = now = self._clock.now()
        free = self._width - len(self._flying)
        lanes = [lane for lane in LANES if self._carrier.is_free(lane)]
        if free <= 0 or not lanes:
            return False
        claimed = await keep(
            self._database, self._clock, _claim_lanes, lanes=lanes, now=now, most=free
        )
        for letter in await self._worded(claimed):
            task = asyncio.create_task(self._carrier.deliver(letter))
            self._flying.add(task)
            task.add_done_callback(partial(self._landed, letter.notice))
        if not claimed and not self._flying and len(lanes) == len(LANES):
            await self._carrier.rest()
        return bool(claimed)

    async def _worded(self, claimed: list[Notice]) -> list[Letter]:
        """Word messages together; one by one where one of them cannot be worded at all."""
        if not claimed:
            return []
        (found,) = await asyncio.gather(self._words_of(claimed), return_exceptions=True)
        if not isinstance(found, BaseException):
            return found
        each = [self._words_of([notice]) for notice in claimed]
        letters: list[Letter] = []
        for notice, worded in zip(
            claimed, await asyncio.gather(*each, return_exceptions=True), strict=True
        ):
            if isinstance(worded, BaseException):
                self._break(notice, worded, OutboxState.FAILED)
            else:
                letters += worded
        return letters

    async def _words_of(self, notices: list[Notice]) -> list[Letter]:
        return await self._database.read(word, notices, self._premises, self._clock.now())

    async def _rest(self) -> None:
        """Wait for a commit that owes something, a send that ends, or the next due instant.

        What is due already and was not claimed waits for one of these, too, or for a hold to end.
        """
        due_at = await self._database.read(_next_at, after=self._looked_at)
        held = [self._gate.held_until(None, lane) for lane in LANES]
        latest = self._clock.now() + LONGEST_REST
        until = min([latest, *(at for at in [due_at, *held] if at is not None)])
        sleeping = asyncio.ensure_future(self._clock.sleep_until(until))
        waking = asyncio.ensure_future(self._wake.wait())
        try:
            await asyncio.wait({sleeping, waking}, return_when=asyncio.FIRST_COMPLETED)
        finally:
            sleeping.cancel()
            waking.cancel()

    # ------------------------------------------------------------------------ what goes wrong

    def _landed(self, notice: Notice, task: asyncio.Task[None]) -> None:
        self._flying.discard(task)
        self._wake.set()
        if not task.cancelled() and (error := task.exception()) is not None:
            self._break(notice, error, OutboxState.UNCERTAIN)

    def _break(self, notice: Notice, error: BaseException, ends: OutboxState) -> None:
        """Settle, by its kind's promise, a message whose sending has raised what nobody expects."""
        fault = {"fault": kinds(error), "at": places(error)}
        _LOG.error("sending_broke", code=fault_code(), kind=notice.kind, **fault)
        now = self._clock.now()
        settling = keep(self._database, self._clock, after_doubt, notice, now=now, ends=ends)
        chore: asyncio.Task[object] = asyncio.create_task(settling)
        self._chores.add(chore)
        chore.add_done_callback(self._ended)

    def _ended(self, chore: asyncio.Task[object]) -> None:
        self._chores.discard(chore)
        self._roused(None if chore.cancelled() else chore.exception())

    def _roused(self, fault: BaseException | None) -> None:
        """Look again what may leave; a fault ends the sender (see `run`)."""
        self._fault = self._fault or fault
        self._wake.set()


def _claim_lanes(
    writer: Writer, *, lanes: Sequence[Lane], now: datetime, most: int
) -> list[Notice]:
    claimed: list[Notice] = []
    for lane in lanes:
        if len(claimed) < most:
            claimed += outbox.claim(writer, lane=lane, now=now, most=most - len(claimed))
    return claimed


def _next_at(reader: Reader, *, after: datetime) -> datetime | None:
    instants = [outbox.next_at(reader, lane=lane, after=after) for lane in LANES]
    return min((instant for instant in instants if instant is not None), default=None)
