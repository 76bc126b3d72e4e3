"""The clock's private channel: a bot in another process follows the room's time.

One line of JSON for the present, and one after each jump: `{"move": n, "now": …, "frozen": …}`. The
follower writes `n` back once its own listeners have run; `Room.advance` waits for that.
"""

import asyncio
import json
from types import TracebackType
from typing import Self

from sandbox.room import Room
from sandbox.signals import Signal

HEARD_SECONDS = 10.0


class ClockChannel:
    """Serves the clock of a room on a loopback port of its own."""

    def __init__(self, room: Room, *, host: str = "127.0.0.1", port: int = 0) -> None:
        self._room = room
        self._host = host
        self._port = port
        self._move = 0
        self._heard: dict[asyncio.StreamWriter, int] = {}
        self._acknowledged = Signal()
        self._server: asyncio.Server | None = None

    @property
    def url(self) -> str:
        """Return the address that `RemoteClock.connect` takes."""
        return f"tcp://{self._host}:{self._port}"

    async def __aenter__(self) -> Self:
        self._server = await asyncio.start_server(self._follow, self._host, self._port)
        self._port = self._server.sockets[0].getsockname()[1]
        self._room.clock.on_move(self._announce)
        self._room.followers.append(self.heard)
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._room.followers.remove(self.heard)
        for writer in list(self._heard):
            writer.close()
        if self._server:
            self._server.close()
        while self._heard:
            await self._acknowledged.wait()

    async def heard(self, within: float = HEARD_SECONDS) -> None:
        """Wait until every follower has heard of the last jump.

        Raises:
            AssertionError: one has not, within so many seconds.
        """
        loop = asyncio.get_running_loop()
        deadline = loop.time() + within
        while any(move < self._move for move in self._heard.values()):
            left = deadline - loop.time()
            if left <= 0 or not await self._acknowledged.wait(left):
                raise AssertionError(f"a clock has not heard of the jump within {within} s")

    def _announce(self) -> None:
        self._move += 1
        for writer in self._heard:
            writer.write(self._line())

    def _line(self) -> bytes:
        clock = self._room.clock
        told = {"move": self._move, "now": clock.now().isoformat(), "frozen": clock.frozen}
        return json.dumps(told).encode() + b"\n"

    async def _follow(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._heard[writer] = self._move
        writer.write(self._line())
        try:
            while line := await reader.readline():
                self._heard[writer] = int(line)
                self._acknowledged.ring()
        except OSError:
            pass  # the follower is gone, which is what the end of its lines says too
        finally:
            del self._heard[writer]
            self._acknowledged.ring()
            writer.close()
