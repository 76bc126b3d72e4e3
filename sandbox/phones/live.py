"""The live stream: every open page is told what changes, at most some twenty times a second.

A page that falls behind is let go: it connects again by itself and is told everything anew.
"""

import asyncio
from collections.abc import Iterable, Sequence
from contextlib import suppress

from aiohttp import web

from sandbox.phones.events import Event, Teller
from sandbox.room import Room

PERIOD_SECONDS = 0.05
HEARTBEAT_SECONDS = 15.0
"""A line now and then, so that a page that is gone is noticed."""
BACKLOG = 500
"""How many bundles a page may be behind."""
RETRY = b"retry: 500\n\n"
HEADERS = {"Content-Type": "text/event-stream; charset=utf-8", "Cache-Control": "no-store"}


class Feed:
    """What one open page has still to be told."""

    def __init__(self) -> None:
        self._bundles: asyncio.Queue[bytes] = asyncio.Queue(BACKLOG)
        self._is_over = False

    def tell(self, bundle: bytes) -> None:
        """Add to it; a page that is too far behind is let go."""
        if self._bundles.full():
            self.end()
        else:
            self._bundles.put_nowait(bundle)

    def end(self) -> None:
        """Let the page go, whatever it was still to be told."""
        self._is_over = True
        while not self._bundles.empty():
            self._bundles.get_nowait()
        self._bundles.put_nowait(b"")

    async def carry(self, response: web.StreamResponse) -> None:
        """Tell the page, until it is gone or let go."""
        while not self._is_over:
            bundle = b": still here\n\n"
            with suppress(TimeoutError):
                bundle = await asyncio.wait_for(self._bundles.get(), HEARTBEAT_SECONDS)
            if bundle:
                await response.write(bundle)


class Live:
    """Watches the room, and tells every open page."""

    def __init__(self, room: Room, greeting: Event, tellers: Sequence[Teller]) -> None:
        self._room = room
        self._greeting = greeting
        self._tellers = tellers
        self._published: dict[str, Event] = {}
        self._feeds: set[Feed] = set()
        self._task: asyncio.Task[None] | None = None

    def start(self) -> None:
        """Begin to watch."""
        self._task = asyncio.create_task(self._watch())

    async def stop(self) -> None:
        """Watch no longer, and let every page go."""
        if self._task:
            self._task.cancel()
            await asyncio.gather(self._task, return_exceptions=True)
        for feed in self._feeds:
            feed.end()

    def publish(self, event: Event) -> None:
        """Tell every page; one that opens later is told the last event of each name."""
        self._published[event.name] = event
        self._tell([event])

    async def serve(self, request: web.Request) -> web.StreamResponse:
        """Keep one page told, for as long as it is there."""
        response = web.StreamResponse(headers=HEADERS)
        await response.prepare(request)
        feed = Feed()
        feed.tell(RETRY + _bundle(self._standing()))
        self._feeds.add(feed)
        try:
            await feed.carry(response)
        except ConnectionError:
            pass  # the page is closed
        finally:
            self._feeds.discard(feed)
        return response

    def _standing(self) -> list[Event]:
        told = [event for teller in self._tellers for event in teller.standing()]
        return [self._greeting, *told, *self._published.values()]

    async def _watch(self) -> None:
        while True:
            ring = self._room.changed.listen()  # before looking: what comes next is not missed
            try:
                self._tell([event for teller in self._tellers for event in teller.news()])
                await ring
            finally:
                self._room.changed.forget(ring)
            await asyncio.sleep(PERIOD_SECONDS)

    def _tell(self, events: Iterable[Event]) -> None:
        if bundle := _bundle(events):
            for feed in list(self._feeds):
                feed.tell(bundle)


def _bundle(events: Iterable[Event]) -> bytes:
    return b"".join(event.encode() for event in events)
