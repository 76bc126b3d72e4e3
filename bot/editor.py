"""Cards that show something old are edited, for ever if need be, and never faster than allowed (K3).

Only the last state counts: a card is worded when it is its turn, so many changes make one edit.
"""

import asyncio
from datetime import timedelta
from functools import partial

import structlog
from telegram.error import ChatMigrated, TelegramError

from bot.clock import Clock
from bot.desk import word_card
from bot.gate import Gate
from bot.logs import kinds
from bot.outcomes import Outcome, classify
from bot.request import AiohttpRequest
from community import groups
from community.notices import Lane
from handlers.context import NOT_MODIFIED
from handlers.keyboards import body
from handlers.premises import Services
from storage import cards
from storage.cards import Card, CardKind
from storage.database import Topic
from storage.ids import ChatId, MessageId

SIDE_BY_SIDE = 8
LANE = {
    CardKind.GROUP: Lane.TRANSACTION,
    CardKind.BROADCAST: Lane.TRANSACTION,
    CardKind.EVENT: Lane.BROADCAST,
}
"""A person's own card comes last: a message has told them what matters."""
LONGEST_REST = timedelta(seconds=60)
SHORTEST_REST = timedelta(seconds=1)
LONGEST_BACKOFF = timedelta(minutes=10)
PERSISTENT = frozenset({Outcome.NOT_SENT, Outcome.HOLD, Outcome.AMBIGUOUS, Outcome.CONFLICT})
"""After these the edit is tried again; repeated, it changes nothing."""

_LOG: structlog.typing.FilteringBoundLogger = structlog.get_logger(__name__)


class Editor:
    """Edits the stale cards, those that have waited longest first."""

    def __init__(
        self, request: AiohttpRequest, gate: Gate, services: Services, clock: Clock
    ) -> None:
        self._request = request
        self._gate = gate
        self._services = services
        self._database = services.database
        self._clock = clock
        self._flying: dict[tuple[ChatId, MessageId], asyncio.Task[None]] = {}
        self._wake = asyncio.Event()
        self._database.listen(Topic.CARDS, self._wake.set)
        clock.on_move(self._wake.set)

    async def run(self) -> None:
        """Edit until cancelled."""
        while True:
            self._wake.clear()
            for card in await self._stale():
                key = (card.chat_id, card.message_id)
                self._flying[key] = asyncio.create_task(self._edit(card))
                self._flying[key].add_done_callback(partial(self._landed, key))
            await self._rest()

    async def finish(self, patience: timedelta) -> None:
        """Let what is under way end within `patience`; the rest stays stale and is edited later."""
        if self._flying:
            await asyncio.wait(self._flying.values(), timeout=patience.total_seconds())
        tasks = list(self._flying.values())
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    async def _stale(self) -> list[Card]:
        free = SIDE_BY_SIDE - len(self._flying)
        if free <= 0:
            return []
        stale = await self._database.read(
            cards.stale, now=self._clock.now(), most=SIDE_BY_SIDE + free
        )
        idle = [card for card in stale if (card.chat_id, card.message_id) not in self._flying]
        return idle[:free]

    async def _rest(self) -> None:
        now = self._clock.now()
        next_at = await self._database.read(cards.next_at)
        wait_for = min(max(next_at or now + LONGEST_REST, now + SHORTEST_REST), now + LONGEST_REST)
        sleeping = asyncio.ensure_future(self._clock.sleep_until(wait_for))
        waking = asyncio.ensure_future(self._wake.wait())
        try:
            await asyncio.wait({sleeping, waking}, return_when=asyncio.FIRST_COMPLETED)
        finally:
            sleeping.cancel()
            waking.cancel()

    def _landed(self, key: tuple[ChatId, MessageId], task: asyncio.Task[None]) -> None:
        self._flying.pop(key, None)
        self._wake.set()
        if not task.cancelled() and (error := task.exception()) is not None:
            _LOG.error("editing_broke", fault=kinds(error))

    async def _edit(self, card: Card) -> None:
        """Have a card show the present truth."""
        try:
            shown = await self._show(card)
        except TelegramError as error:
            await self._suffer(card, error)
        else:
            await self._database.write(cards.mark_shown, shown)

    async def _show(self, card: Card) -> Card:
        """Word a card when its turn has come and edit it; gives it with the version shown."""
        async with self._gate.turn(card.chat_id, LANE[card.kind], "editMessageText"):
            shown, view = await self._database.read(
                word_card, card, self._services.premises, self._clock.now()
            )
            if view is not None:
                place = {"chat_id": card.chat_id, "message_id": card.message_id}
                try:
                    await self._request.call("editMessageText", place | body(view))
                except TelegramError as error:
                    if NOT_MODIFIED not in error.message.lower():
                        raise
        return shown

    async def _suffer(self, card: Card, error: TelegramError) -> None:
        outcome = classify(error)
        if outcome in PERSISTENT:
            pause = min(timedelta(seconds=2 ** min(card.attempts, 10)), LONGEST_BACKOFF)
            until = self._clock.now() + pause
            held_until = self._gate.held_until(card.chat_id, LANE[card.kind])
            await self._database.write(cards.postpone, card, until=max(until, held_until or until))
            return
        if isinstance(error, ChatMigrated):
            await self._database.write(
                groups.follow, chat_id=card.chat_id, new_chat_id=ChatId(error.new_chat_id)
            )
            return
        _LOG.info("card_left", outcome=outcome.name)
        await self._database.write(cards.remove, card.chat_id, card.message_id)
