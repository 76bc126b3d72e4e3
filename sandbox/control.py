"""The people's interface by HTTP: a web page and outside drivers act in the room through it.

`POST /<action>` with a JSON object of arguments; `GET /` lists the actions. One table, from the
name of an action to its function, in `actions`.
"""

import inspect
from collections.abc import Mapping
from types import TracebackType
from typing import Self

from aiohttp import web

from sandbox.actions import ACTIONS, Action
from sandbox.room import Room
from sandbox.shapes import Json


class Control:
    """Serves a room's people on a loopback port of their own."""

    def __init__(self, room: Room, *, host: str = "127.0.0.1", port: int = 0) -> None:
        self._room = room
        self._host = host
        self._port = port
        self._runner: web.AppRunner | None = None

    @property
    def url(self) -> str:
        """Return the address that actions are posted to."""
        return f"http://{self._host}:{self._port}"

    async def __aenter__(self) -> Self:
        app = web.Application()
        app.router.add_get("/", _listed)
        app.router.add_post("/{action}", self._act)
        self._runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1)
        await self._runner.setup()
        site = web.TCPSite(self._runner, self._host, self._port)
        await site.start()
        self._port = self._runner.addresses[0][1]
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._runner:
            await self._runner.cleanup()

    async def _act(self, request: web.Request) -> web.Response:
        return await carried_out(self._room, ACTIONS, request)


async def carried_out(
    room: Room, actions: Mapping[str, Action], request: web.Request
) -> web.Response:
    """Carry out the action that the path names; return what it gave, or why it was refused."""
    action = actions.get(request.match_info["action"])
    if action is None:
        return _wrong(404, f"no such action: {request.match_info['action']}")
    try:
        arguments: Json = await request.json() if request.body_exists else {}
        result = action(room, arguments)
        if inspect.isawaitable(result):
            result = await result
    except AssertionError as failed:
        return _wrong(409, str(failed))
    except (LookupError, TypeError, ValueError) as wrong:
        return _wrong(400, f"{type(wrong).__name__}: {wrong}")
    return web.json_response({"ok": True, "result": result})


async def _listed(_request: web.Request) -> web.Response:
    return web.json_response(
        {name: inspect.getdoc(action) or "" for name, action in ACTIONS.items()}
    )


def _wrong(status: int, words: str) -> web.Response:
    return web.json_response({"ok": False, "error": words}, status=status)
