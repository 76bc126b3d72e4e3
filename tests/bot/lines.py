"""Lines to Telegram, good and bad: a server on loopback that answers each call as it is told."""

import asyncio
import json
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from email.message import Message
from email.parser import BytesParser


class Received:
    """One call as the server read it."""

    def __init__(self, head: bytes) -> None:
        line, _, rest = head.partition(b"\r\n")
        self.method, self.path, _ = line.decode().split(" ")
        self.headers: Message = BytesParser().parsebytes(rest)
        self.body = b""

    def parts(self) -> dict[str, Message]:
        """Read the parts of a form by their names."""
        head = f"Content-Type: {self.headers['Content-Type']}\r\n\r\n".encode()
        form = BytesParser().parsebytes(head + self.body)
        named: dict[str, Message] = {}
        for part in form.get_payload():
            assert isinstance(part, Message)
            named[str(part.get_param("name", header="content-disposition"))] = part
        return named


Answer = Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]]


class Telegram:
    """A server on loopback that reads each call and then answers with `answer`."""

    def __init__(self, answer: Answer) -> None:
        self.received: list[Received] = []
        self.called = asyncio.Event()
        self.connections = 0
        self.url = ""
        self._answer = answer
        self._writers: list[asyncio.StreamWriter] = []

    @asynccontextmanager
    async def open(self) -> AsyncIterator["Telegram"]:
        server = await asyncio.start_server(self._serve, "127.0.0.1", 0)
        host, port = server.sockets[0].getsockname()
        self.url = f"http://{host}:{port}"
        try:
            yield self
        finally:
            server.close()
            for writer in self._writers:
                writer.transport.abort()
            await server.wait_closed()

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.connections += 1
        self._writers.append(writer)
        try:
            while not writer.is_closing():
                await self._read(reader)
                await self._answer(reader, writer)
                await writer.drain()
        except (asyncio.IncompleteReadError, ConnectionError):
            writer.close()

    async def _read(self, reader: asyncio.StreamReader) -> None:
        head = await reader.readuntil(b"\r\n\r\n")
        call = Received(head)
        if "Transfer-Encoding" in call.headers:
            call.body = await self._read_chunks(reader)
        else:
            call.body = await reader.readexactly(int(call.headers["Content-Length"] or 0))
        self.received.append(call)
        self.called.set()

    async def _read_chunks(self, reader: asyncio.StreamReader) -> bytes:
        body = b""
        while size := int(await reader.readline(), 16):
            body += (await reader.readexactly(size + 2))[:-2]
        await reader.readline()
        return body


def says(status: int, body: object, *, length: int | None = None, headers: str = "") -> Answer:
    """Answer with a status and a body: bytes as they are, anything else as JSON."""
    content = body if isinstance(body, bytes) else json.dumps(body).encode()
    head = f"HTTP/1.1 {status} x\r\nContent-Length: {len(content) if length is None else length}"

    async def answer(_reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(f"{head}\r\n{headers}\r\n".encode() + content)

    return answer


def says_ok(result: object) -> Answer:
    return says(200, {"ok": True, "result": result})


def refuses(status: int, description: str, **parameters: int) -> Answer:
    body = {"ok": False, "error_code": status, "description": description}
    return says(status, body | ({"parameters": parameters} if parameters else {}))


def then_cuts(answer: Answer) -> Answer:
    """Answer, and cut the connection."""

    async def cut(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await answer(reader, writer)
        writer.close()

    return cut


async def nothing(_reader: asyncio.StreamReader, _writer: asyncio.StreamWriter) -> None:
    """Answer nothing."""


async def reset(_reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    """Cut the connection without a goodbye."""
    writer.transport.abort()


async def silent(reader: asyncio.StreamReader, _writer: asyncio.StreamWriter) -> None:
    """Stay silent until the client hangs up."""
    await reader.read(1)


async def trickles(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    """Answer a byte at a time, for hours if the client stays that long."""
    writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 1000000\r\n\r\n")
    gone = asyncio.ensure_future(reader.read(1))
    while not gone.done():
        writer.write(b" ")
        await asyncio.wait([gone], timeout=0.01)
