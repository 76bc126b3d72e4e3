"""The room's clock, told when a page opens and at each jump; between jumps a page counts itself."""

from collections.abc import Iterable

from sandbox.phones.events import Event
from sandbox.room import Room


class Hours:
    """Tells the time when it was moved, stopped or let flow."""

    def __init__(self, room: Room) -> None:
        self._room = room
        self._moved = False
        room.clock.on_move(self._note)

    def standing(self) -> Iterable[Event]:
        """Tell what time it is."""
        clock = self._room.clock
        return [Event("clock", {"now": clock.now().isoformat(), "frozen": clock.frozen})]

    def news(self) -> Iterable[Event]:
        """Tell what time it is, if the clock was touched."""
        moved, self._moved = self._moved, False
        return self.standing() if moved else []

    def _note(self) -> None:
        self._moved = True
        self._room.changed.ring()
