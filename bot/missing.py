"""Chats that Telegram does not know: one is a person who left, many are our own mistake (F30).

A wrong token or database makes every chat unknown. So a message to such a chat is owed again for
later, and its reader is marked out of reach once Telegram has known others. What is not decided
yet is thus kept in the database as owed; a crash forgets no more than the suspicion.
"""

from collections import deque
from collections.abc import Collection
from datetime import datetime, timedelta
from itertools import takewhile

from bot.results import keep_hold
from community import residents as people
from community import team
from storage import holds, outbox, residents
from storage.database import Writer
from storage.ids import ChatId
from storage.outbox import Notice

MOST = 20
"""So many unknown chats in a row, or more among the last WINDOW, cannot be people who left."""
WINDOW = 100
PAUSE = timedelta(hours=1)
"""So long the bulk lanes rest when something is wrong, and a message in doubt waits at most."""


class Missing:
    """The last outcomes by chat, and the messages in doubt, the last of each chat."""

    def __init__(self) -> None:
        self._last: deque[ChatId | None] = deque(maxlen=WINDOW)
        """The unknown chats; None stands for one that was reached."""
        self._doubted: dict[ChatId, Notice] = {}

    @property
    def is_suspicious(self) -> bool:
        """Whether so many chats are unknown that it must be our own mistake."""
        return len(self._row()) >= MOST or len(self.unknown()) > MOST

    def reach(self, chat_id: ChatId) -> list[Notice]:
        """Note that Telegram knows a chat; gives the messages that this leaves no doubt about."""
        self._last.append(None)
        self._doubted.pop(chat_id, None)
        return [] if self.is_suspicious else self.doubted()

    def lose(self, notice: Notice) -> None:
        """Note that Telegram does not know a message's chat."""
        self._last.append(notice.chat_id)
        self._doubted[notice.chat_id] = notice

    def rest(self) -> list[Notice]:
        """Decide since nothing more is to be sent; gives the messages no longer in doubt.

        A single one is a person who left, and so are a few after others were reached; where nobody
        at all was reached, the doubt stays.
        """
        is_plain = None in self._last or len(self._row()) == 1
        return self.doubted() if is_plain and not self.is_suspicious else []

    def doubted(self) -> list[Notice]:
        """Give the messages in doubt, and keep them no longer."""
        doubted, self._doubted = list(self._doubted.values()), {}
        return doubted

    def unknown(self) -> set[ChatId]:
        """Give the unknown chats among the last outcomes."""
        return {chat for chat in self._last if chat is not None}

    def _row(self) -> set[ChatId]:
        """Give the unknown chats since the last that was reached."""
        row = takewhile(lambda chat: chat is not None, reversed(self._last))
        return {chat for chat in row if chat is not None}


def keep_mistake(
    writer: Writer,
    notice: Notice,
    *,
    unknown: Collection[ChatId],
    until: datetime,
    now: datetime,
) -> None:
    """Owe a message again from `until`, hold the bulk lanes till then, and tell the officers.

    Nobody stays marked out of reach by it: `unknown` are the chats that may have been.
    """
    outbox.postpone(writer, notice.id, until=until, counted=False)
    for chat_id in unknown:
        resident = residents.find_speaking(writer, chat_id)
        if resident is not None:
            people.welcome_back(writer, resident_id=resident.id)
    keep_hold(writer, holds.EVERYONE, until=until)
    team.report_mistake(writer, now=now)
