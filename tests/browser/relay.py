"""A line to a server that can be cut: it carries bytes both ways until then."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager


class Relay:
    """Carries connections to a port of this machine."""

    def __init__(self, port: int) -> None:
        self._port = port
        self._lines: set[asyncio.StreamWriter] = set()
        self._is_cut = False

    def cut(self) -> None:
        """Cut every line, and let none through."""
        self._is_cut = True
        for line in self._lines:
            line.transport.abort()

    def mend(self) -> None:
        """Let lines through again."""
        self._is_cut = False

    async def carry(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Carry one connection, both ways."""
        if self._is_cut:
            writer.transport.abort()
            return
        there, back = await asyncio.open_connection("127.0.0.1", self._port)
        self._lines |= {writer, back}
        await asyncio.gather(_pour(reader, back), _pour(there, writer))
        self._lines -= {writer, back}


async def _pour(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    try:
        while some := await reader.read(65536):
            writer.write(some)
            await writer.drain()
    except ConnectionError:
        pass  # the line was cut
    finally:
        writer.close()


@asynccontextmanager
async def relay(port: int) -> AsyncIterator[tuple[Relay, int]]:
    """Open a line to a port; gives it, and the port where it begins."""
    line = Relay(port)
    server = await asyncio.start_server(line.carry, "127.0.0.1")
    try:
        yield line, server.sockets[0].getsockname()[1]
    finally:
        line.cut()
        server.close()
