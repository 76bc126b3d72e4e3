"""Taps, and what the bot answered to them: toasts, alerts, links."""

from collections.abc import Iterable

from sandbox.phones.events import Event
from sandbox.room import Room
from sandbox.shapes import Json
from sandbox.taps import Tap


class Answers:
    """Tells each tap twice: when it is made, and when it is answered."""

    def __init__(self, room: Room) -> None:
        self._room = room
        self._told: dict[str, bool] = {tap.id: tap.is_answered for tap in room.taps.values()}

    def standing(self) -> Iterable[Event]:
        """Tell nothing: a toast that is over is over."""
        return []

    def news(self) -> Iterable[Event]:
        """Tell the taps that were made or answered."""
        taps = self._room.taps
        events = [
            Event("tap", _told(tap))
            for tap in taps.values()
            if self._told.get(tap.id) is not tap.is_answered
        ]
        self._told = {tap.id: tap.is_answered for tap in taps.values()}
        return events


def _told(tap: Tap) -> Json:
    return {
        "id": tap.id,
        "person": tap.person_id,
        "chat": tap.message.chat_id,
        "message_id": tap.message.id,
        "data": tap.data,
        "answer": tap.given._asdict() if tap.given else None,
    }
