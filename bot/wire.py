"""One small call over aiohttp's connections, without its session: for calls in crowds.

The session spends more than half of a small call's cost on what such a call has no use for: a
request object, cookies, redirects, streams, a payload class (docs/performance.md). Finding the
host, connecting, TLS, keeping connections and reading answers stay aiohttp's.
"""

import asyncio
from dataclasses import dataclass

import aiohttp
from aiohttp.connector import Connection
from aiohttp.http import HttpProcessingError
from yarl import URL

INTERIM = range(100, 200)
"""Answers that announce another one (https://www.rfc-editor.org/rfc/rfc9110#section-15.2)."""


@dataclass(frozen=True, slots=True)
class Route:
    """Where a method is: what names its connections, and a call's head up to its length."""

    request: aiohttp.ClientRequest
    head: bytes


class Wire:
    """Posts JSON over a connector's connections; the connector stays its owner's."""

    def __init__(self, connector: aiohttp.BaseConnector, user_agent: str) -> None:
        self._connector = connector
        self._user_agent = user_agent
        self._routes: dict[str, Route] = {}

    async def post(
        self,
        url: str,
        body: bytes,
        timeout: aiohttp.ClientTimeout,  # noqa: ASYNC109 - aiohttp's own, several in one
    ) -> tuple[int, bytes]:
        """Post a JSON document; gives the answer's status and content.

        Raises:
            ConnectionTimeoutError: no connection within its time.
            ClientError, TimeoutError, OSError: as aiohttp's session does.
        """
        route = self._routes.get(url) or self._route(url)
        async with asyncio.timeout(timeout.total):
            connection = await self._connected(route, timeout)
            try:
                answer = await _exchanged(connection, _framed(route, body), timeout.sock_read)
            except BaseException:
                connection.close()
                raise
            connection.release()
            return answer

    async def _connected(
        self,
        route: Route,
        timeout: aiohttp.ClientTimeout,  # noqa: ASYNC109 - see above
    ) -> Connection:
        try:
            return await self._connector.connect(route.request, [], timeout)
        except TimeoutError as error:
            raise aiohttp.ConnectionTimeoutError(type(error).__name__) from None

    def _route(self, url: str) -> Route:
        address = URL(url)
        request = aiohttp.ClientRequest("POST", address, loop=asyncio.get_running_loop())
        lines = (
            f"POST {address.raw_path_qs} HTTP/1.1",
            f"Host: {address.host_port_subcomponent}",
            f"User-Agent: {self._user_agent}",
            "Accept: */*",
            "Accept-Encoding: gzip, deflate",
            "Content-Type: application/json",
            "Content-Length: ",
        )
        self._routes[url] = Route(request, "\r\n".join(lines).encode())
        return self._routes[url]


def _framed(route: Route, body: bytes) -> bytes:
    return b"%b%d\r\n\r\n%b" % (route.head, len(body), body)


async def _exchanged(
    connection: Connection, call: bytes, silence_s: float | None
) -> tuple[int, bytes]:
    """Write a call and read its whole answer; gives status and content."""
    protocol, transport = connection.protocol, connection.transport
    if protocol is None or transport is None:
        raise aiohttp.ServerDisconnectedError
    protocol.set_response_params(read_until_eof=True, read_timeout=silence_s)
    transport.write(call)
    protocol.start_timeout()
    try:
        message, payload = await protocol.read()
        while message.code in INTERIM:
            message, payload = await protocol.read()
    except HttpProcessingError as error:
        raise aiohttp.ClientPayloadError(type(error).__name__) from None
    return message.code, await payload.read()
