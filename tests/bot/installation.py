"""Palabre as an operator has it: a folder with settings, processes, and a Telegram in a room."""

import asyncio
import os
import signal
import sqlite3
import sys
from asyncio.subprocess import DEVNULL, PIPE, Process
from collections import Counter
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, closing
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TypeVar

from community import notices
from community.notices import Kind
from sandbox import Person, Room, Server
from storage import residents
from storage.database import Reader, Writer
from storage.residents import Role
from tests.databases import opened

Result = TypeVar("Result")

ROOT = Path(__file__).parents[2]
START_WITHIN_S = 30.0
END_WITHIN_S = 15.0
"""F13: a stop takes less."""
HOUR = timedelta(hours=1)


@dataclass(frozen=True)
class Told:
    """How a command ended and what it printed."""

    code: int
    out: str
    log: str


@dataclass
class Installation:
    """A folder with settings; `environ` overrides them for the processes begun from then on."""

    folder: Path
    token: str
    api_url: str
    environ: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Write the settings file."""
        self.write(f'[telegram]\ntoken = "{self.token}"\napi_url = "{self.api_url}"\n')

    @property
    def config(self) -> Path:
        return self.folder / "config.toml"

    @property
    def url(self) -> str:
        return self.environ.get("PALABRE_DATABASE__URL", f"sqlite:///{self.folder / 'palabre.db'}")

    def write(self, text: str) -> None:
        self.config.write_text(text, encoding="utf-8")

    @asynccontextmanager
    async def begun(self, *words: str) -> AsyncIterator[Process]:
        """Begin a command; what is left of it at the end of the block is killed."""
        process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", "bot", *words, "--config", str(self.config)),
            cwd=ROOT,
            env={**os.environ, "XDG_STATE_HOME": str(self.folder / "state"), **self.environ},
            stdin=DEVNULL,
            stdout=PIPE,
            stderr=PIPE,
        )
        try:
            yield process
        finally:
            if process.returncode is None:
                process.kill()
            await process.communicate()

    async def told(self, *words: str) -> Told:
        """Have a command done; gives how it ended."""
        async with self.begun(*words) as process:
            return await ended(process, within=START_WITHIN_S)

    async def write_rows(self, action: Callable[[Writer], Result]) -> Result:
        """Run an action on the database, made where it is not there; no bot may live on it."""
        async with opened(self.url) as database:
            return await database.write(action)

    async def read_rows(self, look: Callable[[Reader], Result]) -> Result:
        async with opened(self.url) as database:
            return await database.read(look)


@dataclass(frozen=True)
class Town:
    """A room that is served, and an installation that calls it."""

    room: Room
    server: Server
    palabre: Installation

    @asynccontextmanager
    async def living(self) -> AsyncIterator[Process]:
        """Run the bot; gives its process once it polls."""
        polls = len(self.room.ledger.calls("getUpdates"))
        async with self.palabre.begun("run") as process:
            await self.room.until(
                lambda: len(self.room.ledger.calls("getUpdates")) > polls, START_WITHIN_S
            )
            yield process


@asynccontextmanager
async def town(folder: Path) -> AsyncIterator[Town]:
    """Serve a room and give a town."""
    room = Room()
    async with Server(room) as server:
        yield Town(room, server, Installation(folder, room.token, server.api_url))


async def stopped(process: Process, number: signal.Signals = signal.SIGTERM) -> Told:
    """Ask a process to stop; gives how it ended."""
    process.send_signal(number)
    return await ended(process, within=END_WITHIN_S)


async def ended(process: Process, *, within: float = END_WITHIN_S) -> Told:
    """Wait for a process's own end."""
    async with asyncio.timeout(within):
        out, log = await process.communicate()
    assert process.returncode is not None
    return Told(process.returncode, out.decode(), log.decode())


def officer(room: Room, name: str) -> Person:
    """Bring in somebody whom the bot may write to."""
    person = room.person(name, language_code="fr")
    person.start()
    room.updates.clear()
    return person


def owe(writer: Writer, *, people: list[Person]) -> None:
    """Enter officers, and owe each a message."""
    now = datetime.now(UTC)
    for person in people:
        known = residents.add(
            writer,
            telegram_id=person.id,
            first_name="Nadia",
            language="fr",
            role=Role.OFFICER,
            notice_version=1,
            now=now,
        )
        notices.owe(
            writer,
            Kind.FAULT_ALERT,
            key=f"fault:{known.id}",
            chat_id=known.chat_id,
            now=now,
            expires_at=now + HOUR,
            resident_id=known.id,
            facts={"code": "BCDFGH"},
        )


def outbox_states(palabre: Installation) -> Counter[str]:
    with closing(sqlite3.connect(palabre.folder / "palabre.db")) as connection:
        return Counter(state for (state,) in connection.execute("SELECT state FROM outbox"))


def statement(palabre: Installation, text: str) -> None:
    """Change the database behind the bot's back."""
    with closing(sqlite3.connect(palabre.folder / "palabre.db")) as connection:
        connection.execute(text)
        connection.commit()
