"""A stage for bots that are killed: a room, and one bot at a time that lives in it as a process.

The room, its people and its clock are in the test's own process; the bot comes and goes.
"""

import re
import shutil
import sqlite3
from collections.abc import AsyncIterator, Callable, Iterator, Mapping, Sequence
from contextlib import asynccontextmanager, closing, contextmanager
from pathlib import Path
from typing import Any, Concatenate, ParamSpec, TypeVar

from bot.settings import Settings
from sandbox import ClockChannel, Fault, Room, Server
from storage import cards, inbox, outbox
from storage.database import Reader
from storage.outbox import OutboxState
from storage.sqlite.files import looking_at
from tests.house import KARIM_ID, new_room
from tests.nursery import Nursery

Values = ParamSpec("Values")
Result = TypeVar("Result")

RISE_SECONDS = 20.0
REST_SECONDS = 30.0


class Stage:
    """A room and its database, on which bots live and die."""

    def __init__(
        self, room: Room, server: Server, channel: ClockChannel, nursery: Nursery, path: Path
    ) -> None:
        self.room = room
        self.nursery = nursery
        self.path = path
        self.kills = 0
        self.pid: int | None = None
        self.log = path.with_name("bots.log")
        self._server = server
        self._channel = channel
        self._sections: dict[str, Mapping[str, object]] = {}

    def set_up(self, **sections: Mapping[str, object]) -> None:
        """Have the next bots live by other settings than a house has by default."""
        self._sections = sections

    def settings(self) -> Settings:
        """Give what the bots live by."""
        return Settings.model_validate(self._values(), context={"folder": Path()})

    def _values(self) -> dict[str, Any]:
        values = {
            "telegram": {"token": self.room.token, "api_url": self._server.api_url},
            "database": {"url": f"sqlite:///{self.path}"},
            "community": {"name": "Roubaix", "contact_phone": "03 20 00 00 00"},
            "people": {"admins": [KARIM_ID]},
            "limits": {"messages_per_second": 1000, "messages_per_minute_group": 1000},
        }
        return values | self._sections

    def rise(self) -> None:
        """Start a bot, and return at once."""
        self.pid = self.nursery.start(self._values(), clock_url=self._channel.url, log=self.log)

    async def live(self) -> None:
        """Start a bot, and wait until it waits for updates."""
        calls = len(self.room.ledger)
        self.rise()
        await self.room.until(lambda: self._is_listening(calls), RISE_SECONDS, "a bot")

    def _is_listening(self, calls: int) -> bool:
        """Whether a bot, after so many calls, holds a long poll open: the first one is short."""
        polls = self.room.ledger.calls("getUpdates")
        is_new = len(self.room.ledger) > calls and bool(polls)
        return is_new and polls[-1].under_way and int(polls[-1].params["timeout"]) > 0

    async def kill(self) -> None:
        """Kill the bot."""
        assert self.pid is not None
        self.kills += 1
        await self.nursery.kill(self.pid)
        self.pid = None

    async def stop(self) -> int:
        """Ask the bot to stop; return its exit code."""
        assert self.pid is not None
        code = await self.nursery.terminate(self.pid)
        self.pid = None
        return code

    def read(
        self,
        look: Callable[Concatenate[Reader, Values], Result],
        /,
        *args: Values.args,
        **values: Values.kwargs,
    ) -> Result:
        """Look into the database, whoever else has it open."""
        with looking_at(self.path) as connection:
            connection.execute("BEGIN")
            return look(Reader(connection.cursor(), "sqlite"), *args, **values)

    def complaints(self, secrets: Sequence[str]) -> list[str]:
        """List the lines of the bots' log that tell of a fault, or hold what no log may hold."""
        lines = self.log.read_text(encoding="utf-8").splitlines()
        told = [*secrets, self.room.token]
        return [
            line
            for line in lines
            if not re.search(r" level=(?:info|warning) ", line) or any(one in line for one in told)
        ]

    @contextmanager
    def locked(self) -> Iterator[None]:
        """Keep everybody from writing to the database, until the end of the block."""
        with closing(sqlite3.connect(self.path, isolation_level=None)) as connection:
            connection.execute("BEGIN IMMEDIATE")
            yield

    async def until(self, condition: Callable[[], bool]) -> None:
        """Wait until a condition holds that looks into the database."""
        await self.room.until(condition, REST_SECONDS)

    async def struck(self, fault: Fault) -> None:
        """Wait until a fault has struck, and what it strikes after is executed."""

        def is_struck() -> bool:
            calls = [call for call in self.room.ledger.calls() if call.fault == fault.name]
            return any(call.executed or fault.when == "before" for call in calls)

        await self.room.until(is_struck, REST_SECONDS, fault.name)

    async def rest(self) -> None:
        """Wait until all that was said is handled, and all that is due is sent and shown."""
        await self.room.until(
            lambda: self._is_idle() and not self.read(self._undone), REST_SECONDS, "a rest"
        )

    def _is_idle(self) -> bool:
        return not len(self.room.updates) and not self.room.ledger.under_way

    def _undone(self, reader: Reader) -> dict[str, int]:
        now = self.room.clock.now()
        owed = [
            notice
            for notice in outbox.all_(reader)
            if notice.state is OutboxState.SENDING
            or (notice.state is OutboxState.PENDING and notice.not_before <= now)
        ]
        undone = {
            "updates": inbox.count_new(reader),
            "messages": len(owed),
            "cards": len(cards.stale(reader, now=now, most=99)),
        }
        return {what: number for what, number in undone.items() if number}


@asynccontextmanager
async def open_stage(nursery: Nursery, template: Path, folder: Path) -> AsyncIterator[Stage]:
    """Give a stage whose database is a copy of a migrated file; no bot lives there yet."""
    path = Path(shutil.copy(template, folder / "palabre.db"))
    room = new_room()
    async with Server(room) as server, ClockChannel(room) as channel:
        stage = Stage(room, server, channel, nursery, path)
        try:
            yield stage
        finally:
            if stage.pid is not None:
                await stage.kill()
