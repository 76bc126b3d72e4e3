"""What the page is told, one server-sent event after another; and who finds out what to tell.

https://html.spec.whatwg.org/multipage/server-sent-events.html
"""

import json
from collections.abc import Iterable
from typing import NamedTuple, Protocol


class Event(NamedTuple):
    """One event of the stream."""

    name: str
    told: object

    def encode(self) -> bytes:
        """Return the event as it goes over the wire."""
        written = json.dumps(self.told, ensure_ascii=False, separators=(",", ":"))
        return f"event: {self.name}\ndata: {written}\n\n".encode()


class Teller(Protocol):
    """Watches one side of the room."""

    def standing(self) -> Iterable[Event]:
        """Return what a page that opens now must know."""

    def news(self) -> Iterable[Event]:
        """Return what has changed since this was last asked."""
