"""What the bot has not confirmed yet: updates wait here, in order, until it does or they expire.

Limits: https://core.telegram.org/bots/api#getting-updates ("stored on the server … not longer than
24 hours") and #getupdates (100 a call; offset confirms; allowed_updates; a random identifier after
a week without updates). Button taps wait 150 seconds, as Telegram's answers to them do.
"""

import random
from collections import OrderedDict
from collections.abc import Callable
from datetime import datetime, timedelta
from heapq import merge
from itertools import islice
from operator import attrgetter
from typing import NamedTuple

from sandbox.clock import RoomClock
from sandbox.shapes import Json
from sandbox.signals import Signal

UPDATE_LIFE = timedelta(hours=24)  # https://core.telegram.org/bots/api#getting-updates
TAP_LIFE = timedelta(seconds=150)
IDLE_WEEK = timedelta(days=7)  # https://core.telegram.org/bots/api#update
FIRST_ID_SPAN = 900_000_000
FUTURE_OFFSET = 10  # an offset further ahead than this is taken for a mistake (td, TQueue.cpp)
KINDS = frozenset(
    {
        "message",
        "edited_message",
        "channel_post",
        "edited_channel_post",
        "callback_query",
        "inline_query",
        "chosen_inline_result",
        "shipping_query",
        "pre_checkout_query",
        "poll",
        "poll_answer",
        "my_chat_member",
        "chat_member",
        "chat_join_request",
        "message_reaction",
        "message_reaction_count",
        "chat_boost",
        "removed_chat_boost",
        "purchased_paid_media",
    }
)
OFF_BY_DEFAULT = frozenset({"chat_member", "message_reaction", "message_reaction_count"})


class Update(NamedTuple):
    """One update that waits."""

    id: int
    kind: str
    payload: Json
    expires_at: datetime
    lane: int  # the chat or person that it comes from: those of one lane keep their order

    def json(self) -> Json:
        """Return the Bot API's Update object."""
        return {"update_id": self.id, self.kind: self.payload}


class UpdateQueue:
    """The queue, and which kinds the bot has asked for."""

    def __init__(self, clock: RoomClock, seed: int = 0) -> None:
        self._clock = clock
        self._random = random.Random(seed)  # noqa: S311 — repeatable, not secret
        self._taps: OrderedDict[int, Update] = OrderedDict()
        self._others: OrderedDict[int, Update] = OrderedDict()
        self._next_id = self._random.randrange(1, FIRST_ID_SPAN)
        self._last_put = clock.now()
        self._allowed: frozenset[str] = KINDS - OFF_BY_DEFAULT
        self.asked: list[str] = []
        self.arrived = Signal()
        self.on_put: Callable[[Update], None] | None = None

    def __len__(self) -> int:
        self._expire()
        return len(self._taps) + len(self._others)

    def allow(self, kinds: list[str]) -> None:
        """Keep only these kinds from now on; an empty list means all that are on by default."""
        self.asked = [kind for kind in kinds if kind in KINDS]
        self._allowed = frozenset(self.asked) or KINDS - OFF_BY_DEFAULT

    def put(self, kind: str, payload: Json, lane: int) -> int | None:
        """Keep an update for the bot; return its id, or None when the bot does not want it."""
        if kind not in self._allowed:
            return None
        now = self._clock.now()
        self._renumber(now)
        is_tap = kind == "callback_query"
        life = TAP_LIFE if is_tap else UPDATE_LIFE
        update = Update(self._next_id, kind, payload, now + life, lane)
        self._next_id += 1
        (self._taps if is_tap else self._others)[update.id] = update
        self._announce(update)
        return update.id

    def repeat(self, update: Update) -> None:
        """Put an update back that was confirmed, as if the confirmation had been lost."""
        shelf = self._taps if update.kind == "callback_query" else self._others
        shelf[update.id] = update
        shelf.move_to_end(update.id, last=False)
        self._announce(update)

    def restart_ids(self, next_id: int) -> None:
        """Let the next update carry that number, lower or higher than the last."""
        self._next_id = next_id

    def waiting(self, limit: int = 100) -> list[Update]:
        """Return the oldest updates, at most so many, without confirming any."""
        self._expire()
        both = merge(self._taps.values(), self._others.values(), key=attrgetter("id"))
        return list(islice(both, limit))

    def fetch(self, offset: int, limit: int) -> list[Update]:
        """Confirm what lies before the offset, and return the oldest of the rest.

        A negative offset forgets all but the last so many. An offset far ahead confirms nothing.
        """
        self._expire()
        if offset < 0:
            self._keep_last(-offset)
        elif offset <= self._next_id + FUTURE_OFFSET:
            self._confirm_before(offset)
        return self.waiting(limit)

    def discard(self, update_id: int) -> None:
        """Confirm one update."""
        self._taps.pop(update_id, None)
        self._others.pop(update_id, None)

    def clear(self) -> None:
        """Forget everything that waits."""
        self._taps.clear()
        self._others.clear()

    def _announce(self, update: Update) -> None:
        self.arrived.ring()
        if self.on_put:
            self.on_put(update)

    def _confirm_before(self, offset: int) -> None:
        for shelf in (self._taps, self._others):
            while shelf and next(iter(shelf)) < offset:
                shelf.popitem(last=False)

    def _keep_last(self, count: int) -> None:
        ids = sorted([*self._taps, *self._others])
        if len(ids) > count:
            self._confirm_before(ids[-count])

    def _expire(self) -> None:
        now = self._clock.now()
        for shelf in (self._taps, self._others):
            while shelf and next(iter(shelf.values())).expires_at <= now:
                shelf.popitem(last=False)

    def _renumber(self, now: datetime) -> None:
        if now - self._last_put >= IDLE_WEEK and not len(self):
            self._next_id = self._random.randrange(1, FIRST_ID_SPAN)
        self._last_put = now
