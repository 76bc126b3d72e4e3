"""The ledger of Bot API calls, line by line as they come and as they end; long polls left out."""

from collections.abc import Iterable

from sandbox.ledger import Call
from sandbox.phones.events import Event
from sandbox.room import Room
from sandbox.shapes import Json

FIRST = 100
"""How many calls a page that opens is told of."""
EXCERPT = 80
POLL = "getUpdates"


class Calls:
    """Tells the calls that began or ended."""

    def __init__(self, room: Room) -> None:
        self._room = room
        self._told = max((call.number for call in room.ledger.calls()), default=0)
        self._under_way: list[Call] = []

    def standing(self) -> Iterable[Event]:
        """Tell the last calls."""
        calls = [call for call in self._room.ledger.calls() if call.method != POLL]
        return [Event("calls", [_line(call) for call in calls[-FIRST:]])]

    def news(self) -> Iterable[Event]:
        """Tell what began or ended since."""
        begun = self._room.ledger.after(self._told)
        self._told = begun[-1].number if begun else self._told
        fresh = [call for call in begun if call.method != POLL]
        ended = [call for call in self._under_way if not call.under_way]
        self._under_way = [call for call in [*self._under_way, *fresh] if call.under_way]
        lines = [_line(call) for call in [*ended, *fresh]]
        return [Event("calls", lines)] if lines else []


def _line(call: Call) -> Json:
    answer = call.response or {}
    taken = None if call.done_seconds is None else call.done_seconds - call.seconds
    return {
        "number": call.number,
        "at": call.at.isoformat(),
        "method": call.method,
        "chat": call.chat_id,
        "text": str(call.params.get("text") or call.params.get("caption") or "")[:EXCERPT],
        "ms": None if taken is None else round(taken * 1000, 1),
        "ok": None if call.under_way else call.ok,
        "code": answer.get("error_code"),
        "description": answer.get("description", ""),
        "fault": call.fault,
    }
