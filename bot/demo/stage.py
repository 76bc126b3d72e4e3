"""The stage of the demonstration: the room, its servers and its page here, the bot beside it.

What the page may ask for besides what people do (kill and start the bot, cut the network, jump to
the next reminder, the tour) is here; the clock reaches the bot by a channel of the sandbox's.
"""

import asyncio
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.demo.behind import BETWEEN_LOOKS_SECONDS, LOOK_AGAIN_SECONDS
from bot.demo.keeper import Keeper
from bot.demo.quarter import Cast, quarter
from bot.demo.sight import Sight
from bot.demo.tour import Tour
from sandbox import Pace, Room, Server
from sandbox.actions import Action
from sandbox.shapes import Json
from storage import cards, events, inbox, outbox
from storage.database import Reader
from storage.outbox import OutboxState

RISE_SECONDS = 40.0
REST_SECONDS = 20.0
JUST_AFTER = timedelta(seconds=1)
USUAL = Pace()
"""The room lets through what Telegram lets through."""
NARROW = Pace(per_second=1, per_chat_per_second=0.1, chat_burst=1, per_group_per_minute=1)
"""Nearly every message is refused with 429, to wait for seconds."""
_REMINDERS = "SELECT due_at FROM reminders WHERE fired_at IS NULL ORDER BY due_at"


class BotEndedError(AssertionError):
    """The bot has ended by itself before it lived; the text is its last line."""


@dataclass(slots=True)
class Switches:
    """What is broken."""

    network: bool = False
    flood: bool = False


class Stage:
    """What is on the stage, and what the page may ask of it."""

    def __init__(self, room: Room, server: Server, cast: Cast, language: str) -> None:
        self.room = room
        self.server = server
        self.cast = cast
        self.language = language
        self.switches = Switches()
        self.url = ""
        self.tell: Callable[[str, object], None] = lambda _name, _told: None
        self.complain: Callable[[str], None] = lambda _line: None
        self.keeper: Keeper
        self.sight: Sight
        self.tour: Tour
        self.works: list[asyncio.Task[None]] = []
        self._moments: dict[str, str | None] = {}

    @property
    def actions(self) -> Mapping[str, Action]:
        """What the page may ask for, by name."""
        return {
            "bot_kill": lambda _room, _told: self.keeper.kill(),
            "bot_start": lambda _room, _told: self.start_bot(),
            "switch": lambda _room, told: self.switch(**told),
            "clock_to": lambda _room, told: self.clock_to(**told),
            "tour_start": lambda _room, _told: self.tour.start(),
            "tour_next": lambda _room, _told: self.tour.skip(),
            "tour_stop": lambda _room, _told: self.tour.stop(),
        }

    async def start_bot(self) -> None:
        """Start the bot, and wait until it listens.

        Raises:
            AssertionError: it lives already, or does not listen in time.
            BotEndedError: it has ended at once.
        """
        calls = self.room.ledger.calls()
        last = calls[-1].number if calls else 0
        await self.keeper.start()
        if self.switches.network:
            return
        await self.room.until(
            lambda: self._listens(last) or not self.keeper.is_alive, RISE_SECONDS, "a bot"
        )
        if not self.keeper.is_alive:
            raise BotEndedError(self.keeper.last_words())

    async def switch(self, *, what: str, broken: bool) -> None:
        """Break something or mend it: the network, or (flood) how much Telegram lets through."""
        if what == "network":
            await (self.server.refuse() if broken else self.server.accept())
            self.switches.network = broken
        elif what == "flood":
            self.room.flood.enforce(NARROW if broken else USUAL)
            self.switches.flood = broken
        else:
            raise LookupError(what)
        self._tell_switches()

    async def clock_to(self, *, moment: str) -> Json:
        """Move the quarter's clock to the next reminder or event.

        Raises:
            LookupError: there is none, or no such moment.
        """
        wanted = self.moments()[moment]
        if wanted is None:
            raise LookupError(f"no {moment} is to come")
        await self.room.move_to(datetime.fromisoformat(wanted) + JUST_AFTER)
        return {"now": self.room.clock.now().isoformat()}

    def moments(self) -> dict[str, str | None]:
        """Give when the next reminder is due and the next event starts."""
        now = self.room.clock.now()
        reminder = next((one for one in self._reminders() if one > now), None)
        coming = self.sight.look(events.upcoming, now=now, most=1)
        return {
            "reminder": _told(reminder),
            "event": _told(coming[0].starts_at if coming else None),
        }

    def is_overdue(self) -> bool:
        """Whether a reminder is due that has not fired."""
        now = self.room.clock.now()
        return any(one <= now for one in self._reminders())

    async def rest(self) -> None:
        """Wait until all that was said is handled, and all that is due is sent and shown.

        Raises:
            AssertionError: it is not within REST_SECONDS.
        """
        await self.room.quiet(REST_SECONDS)
        await self.room.until(
            lambda: self._is_at_rest() and not self.sight.look(_is_busy, now=self.room.clock.now()),
            REST_SECONDS,
            "the bot at rest",
        )

    async def watch(self) -> None:
        """Keep the tour and the page's buttons true, until cancelled."""
        seen: tuple[int, int] | None = None
        while True:
            now = (self.room.revision, self.sight.version())
            if now != seen or not self._is_at_rest():
                self._refresh()
            seen = now if self._is_at_rest() else None
            await self.room.changed.wait(LOOK_AGAIN_SECONDS)
            await asyncio.sleep(BETWEEN_LOOKS_SECONDS)

    async def run(self) -> None:
        """Stay until cancelled; raises what one of those who watch has died of."""
        ended, _ = await asyncio.wait(self.works, return_when=asyncio.FIRST_COMPLETED)
        for work in ended:
            work.result()

    def notice(self) -> None:
        """Tell the page whether the bot lives; complain where it has ended by itself."""
        self.tell("bot", {"alive": self.keeper.is_alive, "starts": self.keeper.starts})
        if self.keeper.has_failed:
            self.complain(self.keeper.last_words())

    def tell_all(self) -> None:
        """Tell the page what does not change by itself."""
        self.tell("quarter", quarter(self.cast, self.room, language=self.language))
        self._tell_switches()
        self.notice()

    def _reminders(self) -> list[datetime]:
        """List when the reminders are due that have not fired, soonest first."""
        return [datetime.fromisoformat(one) for (one,) in self.sight.rows(_REMINDERS)]

    def _refresh(self) -> None:
        self.tour.refresh(is_at_rest=self._is_at_rest())
        moments = self.moments()
        if moments != self._moments:
            self._moments = moments
            self.tell("moments", moments)

    def _is_at_rest(self) -> bool:
        return not len(self.room.updates) and not self.room.ledger.under_way

    def _listens(self, last: int) -> bool:
        """Whether a bot, since a call, holds a long poll open: the first one is short."""
        polls = [call for call in self.room.ledger.after(last) if call.method == "getUpdates"]
        return bool(polls) and polls[-1].under_way and int(polls[-1].params["timeout"]) > 0

    def _tell_switches(self) -> None:
        told = {"network": self.switches.network, "flood": self.switches.flood}
        self.tell("switches", told)


def _told(instant: datetime | None) -> str | None:
    return None if instant is None else instant.isoformat()


def _is_busy(reader: Reader, *, now: datetime) -> bool:
    """Whether an update is to be handled, a message to be sent or a card to be shown."""
    waits = (
        notice.state is OutboxState.SENDING
        or (notice.state is OutboxState.PENDING and notice.not_before <= now)
        for notice in outbox.all_(reader)
    )
    return bool(inbox.count_new(reader)) or any(waits) or bool(cards.stale(reader, now=now, most=1))
