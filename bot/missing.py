"""Chats that Telegram does not know: one is a person who left, twenty in a row are our own mistake (F30).

A wrong token or database makes every chat unknown. So nobody is marked out of reach until Telegram has
known somebody in between; at twenty in a row the messages are owed again and the officers told.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import ClassVar

from community import residents
from storage import holds, outbox
from storage.database import Writer
from storage.ids import ChatId
from storage.outbox import Notice


class Missing:
    """The messages to unknown chats since the last that arrived."""

    MOST: ClassVar[int] = 20
    PAUSE: ClassVar[timedelta] = timedelta(hours=1)

    def __init__(self) -> None:
        self._lost: list[Notice] = []

    def add(self, notice: Notice) -> None:
        """Count a message to an unknown chat."""
        self._lost.append(notice)

    def found(self) -> list[Notice]:
        """Give the messages counted, and begin anew."""
        lost, self._lost = self._lost, []
        return lost

    @property
    def is_suspicious(self) -> bool:
        """Whether so many in a row cannot be people who left."""
        return len(self._lost) >= self.MOST

    @staticmethod
    def pause(writer: Writer, *, notices: Sequence[Notice], until: datetime, now: datetime) -> None:
        """Owe messages again from `until`, and tell the officers."""
        for notice in notices:
            outbox.postpone(writer, notice.id, until=until, counted=False)
        holds.put(writer, ChatId(0), until=until)
        residents.report_fault(writer, code=f"CHATS-{now:%H%M}", now=now)
