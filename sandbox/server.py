"""The Bot API over HTTP on loopback, as https://core.telegram.org/bots/api#making-requests says.

`/bot<token>/<method>` by GET or POST, with a query, a form, JSON or multipart;
`/file/bot<token>/<path>` gives files back.
"""

import asyncio
import socket
import time
from types import TracebackType
from typing import Self

from aiohttp import web

from sandbox.dispatch import Dispatcher
from sandbox.errors import Refusal
from sandbox.intake import read_params
from sandbox.ledger import Call
from sandbox.outcomes import Execution, Reply, ready, sent, suffer
from sandbox.webhooks import Courier
from sandbox.world import World

UPLOAD_LIMIT = 50 * 1024 * 1024  # https://core.telegram.org/bots/api#sending-files
KEEP_ALIVE_SECONDS = 75.0
UNAUTHORIZED = Refusal(401, "Unauthorized")
NOT_FOUND = Refusal(404, "Not Found")


class Server:
    """Serves a room for as long as its `async with` block runs."""

    def __init__(self, world: World, *, host: str = "127.0.0.1", port: int = 0) -> None:
        self.world = world
        self.host = host
        self.port = port
        self._dispatcher = Dispatcher(world)
        self._courier = Courier(world)
        self._runner: web.AppRunner | None = None
        self._site: web.TCPSite | None = None

    @property
    def api_url(self) -> str:
        """Return the address to give instead of https://api.telegram.org."""
        return f"http://{self.host}:{self.port}"

    async def __aenter__(self) -> Self:
        if not self.port:
            self.port = _free_port(self.host)
        self._runner = web.AppRunner(
            self._app(),
            access_log=None,
            handler_cancellation=True,
            shutdown_timeout=0.1,
            keepalive_timeout=KEEP_ALIVE_SECONDS,
        )
        await self._runner.setup()
        await self.accept()
        self._courier.start()
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        await self._courier.stop()
        if self._runner:
            await self._runner.cleanup()

    async def refuse(self) -> None:
        """Refuse new connections and reset the open ones, as a dying host does."""
        if self._site:
            await self._site.stop()
            self._site = None
        if self._runner and self._runner.server:
            for connection in list(self._runner.server.connections):
                connection.force_close()

    async def accept(self) -> None:
        """Take connections (again), at the same address."""
        if self._runner and not self._site:
            self._site = web.TCPSite(self._runner, self.host, self.port, reuse_address=True)
            await self._site.start()

    def _app(self) -> web.Application:
        app = web.Application(client_max_size=UPLOAD_LIMIT)
        app.router.add_route("*", "/file/bot{token}/{path:.+}", self._file)
        app.router.add_route("*", "/bot{token}/{method}", self._method)
        app.router.add_route("*", "/{rest:.*}", _nowhere)
        return app

    async def _method(self, request: web.Request) -> web.StreamResponse:
        if request.match_info["token"] != self.world.token:
            return _plain(UNAUTHORIZED)
        try:
            params = await read_params(request)
        except Refusal as refusal:
            return _plain(refusal)
        call = self._dispatcher.open(request.match_info["method"], params)
        return await self._carried(request, call, lambda: self._dispatcher.answer(call, params))

    async def _file(self, request: web.Request) -> web.StreamResponse:
        if request.match_info["token"] != self.world.token:
            return _plain(UNAUTHORIZED)
        stored = self.world.files.by_path(request.match_info["path"])
        if stored is None:
            return _plain(NOT_FOUND)
        params = {"path": stored.path}
        call = Call(self.world.clock.now(), time.monotonic(), "file", params, None)
        self.world.ledger.begin(call)
        reply = Reply(200, stored.content, "application/octet-stream")
        return await self._carried(request, call, lambda: ready(reply))

    async def _carried(
        self, request: web.Request, call: Call, execute: Execution
    ) -> web.StreamResponse:
        try:
            if self.world.latency_seconds:
                await asyncio.sleep(self.world.latency_seconds)
            fault = self.world.faults.strike(call.method, call.chat_id)
            if fault is None:
                return sent(call, await execute())
            return await suffer(request, call, fault, execute)
        finally:
            self.world.ledger.end(call)
            self.world.changed.ring()


async def _nowhere(_request: web.Request) -> web.StreamResponse:
    return _plain(NOT_FOUND)


def _plain(refusal: Refusal) -> web.Response:
    return web.json_response(refusal.answer(), status=refusal.code)


def _free_port(host: str) -> int:
    with socket.create_server((host, 0)) as plug:
        return int(plug.getsockname()[1])
