"""Cards that show something old are edited, for ever if need be, never faster than allowed (K3).

Only the last state counts: a card is worded when it is its turn, so many changes make one edit.
"""

import asyncio
from collections.abc import Callable, Coroutine
from datetime import datetime, timedelta
from functools import partial
from typing import Any, Concatenate, ParamSpec, TypeVar

import structlog
from telegram.error import ChatMigrated, Forbidden, TelegramError

from bot.clock import Clock
from bot.desk import Draft, word_card
from bot.gate import Gate
from bot.keeping import keep
from bot.logs import fault_code, kinds, places
from bot.outcomes import Outcome, classify
from bot.parcel import plain
from bot.request import AiohttpRequest
from bot.results import keep_shown, lose_chat
from community import broadcasts
from community.notices import Lane
from handlers.context import NOT_MODIFIED
from handlers.keyboards import body
from handlers.premises import Services
from storage import cards
from storage.cards import Card, CardKind
from storage.database import Topic, Writer
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
TURN_PATIENCE = timedelta(seconds=5)
"""A card whose turn has not come within this makes room for others, and comes again."""
PERSISTENT = frozenset(
    {Outcome.NOT_SENT, Outcome.HOLD, Outcome.AMBIGUOUS, Outcome.CONFLICT, Outcome.AUTH}
)
"""After these the edit is tried again; repeated, it changes nothing."""
_MOST_DOUBLINGS = 10

_LOG: structlog.typing.FilteringBoundLogger = structlog.get_logger(__name__)
_Values = ParamSpec("_Values")
_Result = TypeVar("_Result")


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
        self._fault: BaseException | None = None
        self._wake = asyncio.Event()
        self._database.listen(Topic.CARDS, self._wake.set)
        clock.on_move(self._wake.set)

    async def run(self) -> None:
        """Edit until cancelled. What it raises is a fault that only another start can mend."""
        while self._fault is None:
            self._wake.clear()
            for card in await self._stale():
                self._begin(card, self._edit(card))
            await self._rest()
        raise self._fault

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

    def _begin(self, card: Card, work: Coroutine[Any, Any, None], *, is_last: bool = False) -> None:
        """Have one thing at a time done about a card; what `is_last` may not fail."""
        key = (card.chat_id, card.message_id)
        self._flying[key] = asyncio.create_task(work)
        self._flying[key].add_done_callback(partial(self._landed, card, is_last))

    def _landed(self, card: Card, is_last: bool, task: asyncio.Task[None]) -> None:  # noqa: FBT001 - asyncio calls it
        del self._flying[card.chat_id, card.message_id]
        self._wake.set()
        error = None if task.cancelled() else task.exception()
        if error is None:
            return
        _LOG.error("editing_broke", code=fault_code(), fault=kinds(error), at=places(error))
        if is_last:
            self._fault = error
        else:
            # Stale as it is, it would be tried at once, and break, for ever.
            self._begin(card, self._put_off(card), is_last=True)

    async def _edit(self, card: Card) -> None:
        """Have a card show the present truth."""
        held_until = self._gate.held_until(card.chat_id, LANE[card.kind])
        if held_until is not None:
            await self._put_off(card)
            return
        try:
            shown = await self._show(card)
        except TelegramError as error:
            await self._suffer(card, error)
        except TimeoutError:
            await self._put_off(card)
        else:
            await self._keep(keep_shown, shown)

    async def _show(self, card: Card) -> Draft:
        """Word a card when its turn has come and edit it; gives what it now shows."""
        async with self._gate.turn(
            card.chat_id, LANE[card.kind], "editMessageText", patience=TURN_PATIENCE
        ):
            draft = await self._database.read(
                word_card, card, self._services.premises, self._clock.now()
            )
            if draft.view is not None:
                place = {"chat_id": card.chat_id, "message_id": card.message_id}
                await self._change(place | body(draft.view))
        return draft

    async def _change(self, message: dict[str, Any]) -> None:
        """Edit a message; as plain text where Telegram refuses it for its content (F35)."""
        try:
            await self._request.call("editMessageText", message)
        except TelegramError as error:
            if NOT_MODIFIED in error.message.lower():
                return
            if classify(error) is not Outcome.CONTENT or "parse_mode" not in message:
                raise
            _LOG.error("card_refused", fault=kinds(error))
            await self._change(plain(message, error.message))

    async def _suffer(self, card: Card, error: TelegramError) -> None:
        """Do with a card what the class of its outcome asks for."""
        outcome, now = classify(error), self._clock.now()
        if outcome in PERSISTENT:
            await self._put_off(card)
        elif isinstance(error, ChatMigrated):
            moved = {"chat_id": card.chat_id, "new_chat_id": ChatId(error.new_chat_id)}
            await self._keep(broadcasts.follow_group, **moved, now=now)
        else:
            _LOG.info("card_left", outcome=outcome.name)
            is_gone = outcome is Outcome.GONE and isinstance(error, Forbidden)
            await self._keep(_leave, card, is_gone=is_gone, now=now)

    async def _put_off(self, card: Card) -> None:
        """Try a card again: later and later, and not before its chat and its lane may speak."""
        pause = min(timedelta(seconds=2 ** min(card.attempts, _MOST_DOUBLINGS)), LONGEST_BACKOFF)
        until = self._clock.now() + pause
        held_until = self._gate.held_until(card.chat_id, LANE[card.kind])
        await self._keep(cards.postpone, card, until=max(until, held_until or until))

    async def _keep(
        self,
        action: Callable[Concatenate[Writer, _Values], _Result],
        /,
        *args: _Values.args,
        **values: _Values.kwargs,
    ) -> _Result:
        return await keep(self._database, self._clock, action, *args, **values)


def _leave(writer: Writer, card: Card, *, is_gone: bool, now: datetime) -> None:
    """Leave a card as it is, for it can be edited no more; with its reader where they are gone."""
    cards.remove(writer, card.chat_id, card.message_id)
    if is_gone:
        lose_chat(writer, card.chat_id, now=now)
