"""The page's server: the page itself, its words, what people do, files, and the live stream.

It only ever listens on loopback.
"""

import io
import json
import secrets
from collections.abc import Mapping
from pathlib import Path
from types import TracebackType
from typing import Self

import segno
from aiohttp import web

from sandbox.actions import ACTIONS, Action
from sandbox.control import carried_out
from sandbox.phones.answers import Answers
from sandbox.phones.attachments import served
from sandbox.phones.calls import Calls
from sandbox.phones.cards import Groups, People
from sandbox.phones.doors import guard, seal
from sandbox.phones.events import Event
from sandbox.phones.hours import Hours
from sandbox.phones.live import Live
from sandbox.phones.reading import Reading
from sandbox.phones.talk import Talk, history
from sandbox.room import Room

HERE = Path(__file__).parent
HOST = "127.0.0.1"
ZONE = "Europe/Paris"
SPOKEN = "en"
"""The language of the page where it has no words in the one that was asked for."""
UPLOAD_LIMIT = 70 * 1024 * 1024
"""50 MB, https://core.telegram.org/bots/api#sending-files, as base64 makes them."""
LINK_LIMIT = 512


class Page:
    """Serves the phones of a room for as long as its `async with` block runs.

    `actions` are added to those of the room, `language` is that of the page's own labels, `zone`
    that in which it tells the time.
    """

    def __init__(
        self,
        room: Room,
        *,
        port: int = 0,
        actions: Mapping[str, Action] | None = None,
        language: str = SPOKEN,
        zone: str = ZONE,
    ) -> None:
        reading = Reading()
        own: dict[str, Action] = {"history": history, "read": reading.read}
        self._room = room
        self._port = port
        self._actions = {**ACTIONS, **own, **(actions or {})}
        self._words = words_in(language)
        self._live = Live(
            room,
            Event("hello", _greeting(room, zone)),
            (
                Hours(room),
                People(room, reading),
                Groups(room, reading),
                Calls(room),
                Talk(room),
                Answers(room),
            ),
        )
        self._runner: web.AppRunner | None = None

    @property
    def url(self) -> str:
        """Return the address to open in a browser."""
        return f"http://{HOST}:{self._port}/"

    def publish(self, event: str, data: object) -> None:
        """Tell every open page; the last data of each event also reach one that opens later."""
        self._live.publish(Event(event, data))

    async def __aenter__(self) -> Self:
        app = web.Application(middlewares=[guard], client_max_size=UPLOAD_LIMIT)
        app.on_response_prepare.append(seal)
        app.add_routes(
            [
                web.get("/", _index),
                web.get("/words", self._told_words),
                web.get("/live", self._live.serve),
                web.get("/qr", _qr),
                web.get("/files/{file_id}", self._file),
                web.post("/act/{action}", self._act),
                web.static("/static", HERE / "static"),
            ]
        )
        self._runner = web.AppRunner(
            app, access_log=None, shutdown_timeout=0.5, handler_cancellation=True
        )
        await self._runner.setup()
        await web.TCPSite(self._runner, HOST, self._port).start()
        self._port = self._runner.addresses[0][1]
        self._live.start()
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        await self._live.stop()
        if self._runner:
            await self._runner.cleanup()

    async def _told_words(self, _request: web.Request) -> web.Response:
        return web.json_response(self._words)

    async def _file(self, request: web.Request) -> web.Response:
        return served(self._room, request)

    async def _act(self, request: web.Request) -> web.Response:
        answer = await carried_out(self._room, self._actions, request)
        self._room.changed.ring()
        return answer


def words_in(language: str) -> dict[str, str]:
    """Return the page's own labels in a language, or in English where it does not speak it."""
    spoken = {path.stem: path for path in (HERE / "words").glob("*.json")}
    path = spoken.get(language, spoken[SPOKEN])
    words: dict[str, str] = json.loads(path.read_text(encoding="utf-8"))
    return words


def _greeting(room: Room, zone: str) -> dict[str, object]:
    """Say who serves; `boot` tells a page that comes back whether it is still the same room."""
    bot = {"name": room.bot.first_name, "username": room.bot.username}
    return {"boot": secrets.token_hex(8), "bot": bot, "zone": zone}


async def _index(_request: web.Request) -> web.Response:
    page = (HERE / "static" / "index.html").read_text(encoding="utf-8")
    return web.Response(text=page, content_type="text/html")


async def _qr(request: web.Request) -> web.Response:
    """Draw a link as a QR code, dark on light whatever the page's colours: phones expect that."""
    link = request.query.get("link", "")
    if not 0 < len(link) <= LINK_LIMIT:
        raise web.HTTPBadRequest(text="link?")
    drawing = io.BytesIO()
    code = segno.make(link, error="m", micro=False)
    code.save(drawing, kind="svg", scale=4, dark="#000", light="#fff", xmldecl=False)
    return web.Response(body=drawing.getvalue(), content_type="image/svg+xml")
