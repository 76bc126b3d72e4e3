"""How fast Telegram lets a bot speak, as sums on instants: no clock, no waiting, no network.

Instants and spans are whole microseconds, so that what is allowed "at t" is allowed at t exactly.
Limits: performance.md, "Limits from outside", after https://core.telegram.org/bots/faq
("My bot is hitting limits, how do I avoid this?"); edits count as messages.
"""

from collections import deque
from contextlib import suppress
from typing import Final

SECOND: Final = 1_000_000

JITTER: Final = SECOND // 100
"""Two calls may come nearer to each other on the way by this much; it costs 1 % of the pace."""

BOT_SPAN: Final = SECOND + JITTER
"""Window of the whole bot's messages per second."""

GROUP_SPAN: Final = 60 * SECOND + JITTER
"""Window of one group's messages per minute."""

CHAT_INTERVAL: Final = SECOND + JITTER
"""One chat: a message a second in the long run."""

CHAT_BURST: Final = 3
"""Messages that one chat may get at once after a rest ("short bursts pass")."""

BULK_BURST: Final = 2
"""Bulk sends are spaced evenly, so that a tap never waits for a burst of them to be over. The
second one makes up for a late awakening: with 1, each would slow the pace for good."""


PACED: Final = frozenset(
    {
        "sendMessage",
        "sendPhoto",
        "sendAudio",
        "sendDocument",
        "sendVideo",
        "sendAnimation",
        "sendVoice",
        "sendVideoNote",
        "sendPaidMedia",
        "sendMediaGroup",
        "sendLocation",
        "sendVenue",
        "sendContact",
        "sendPoll",
        "sendChecklist",
        "sendDice",
        "sendSticker",
        "sendGame",
        "sendInvoice",
        "sendMessageDraft",
        "copyMessage",
        "copyMessages",
        "forwardMessage",
        "forwardMessages",
        "editMessageText",
        "editMessageCaption",
        "editMessageMedia",
        "editMessageReplyMarkup",
        "editMessageLiveLocation",
        "stopMessageLiveLocation",
        "editMessageChecklist",
        "stopPoll",
        "pinChatMessage",
        "deleteMessage",
        "deleteMessages",
        "sendChatAction",
    }
)
"""Calls that put, change or take away a message. Telegram publishes no list: what might be counted
is paced, for a refusal costs a chat seconds of silence. An album counts as one message here."""


class Window:
    """At most `most` grants in any `span` microseconds."""

    __slots__ = ("_grants", "_span")

    def __init__(self, most: int, span: int) -> None:
        self._grants: deque[int] = deque(maxlen=most)
        self._span = span

    def free_at(self) -> int:
        """Tell from when on one more fits."""
        grants = self._grants
        return grants[0] + self._span if len(grants) == grants.maxlen else 0

    def idle_at(self) -> int:
        """Tell from when on it might as well be new."""
        return self._grants[-1] + self._span if self._grants else 0

    def take(self, now: int) -> None:
        """Count a grant."""
        self._grants.append(now)

    def give_back(self, taken_at: int) -> None:
        """Count a grant no more: it was not used."""
        with suppress(ValueError):  # so old that it no longer counts
            self._grants.remove(taken_at)


class Bucket:
    """One grant each `interval` microseconds in the long run, `burst` at once after a rest."""

    __slots__ = ("_ahead", "_full_at", "_interval")

    def __init__(self, interval: int, burst: int) -> None:
        self._interval = interval
        self._ahead = (burst - 1) * interval
        self._full_at = 0

    def free_at(self) -> int:
        """Tell from when on one more fits."""
        return self._full_at - self._ahead

    def idle_at(self) -> int:
        """Tell from when on it might as well be new."""
        return self._full_at

    def take(self, now: int) -> None:
        """Count a grant."""
        self._full_at = max(self._full_at, now) + self._interval

    def give_back(self) -> None:
        """Count the last grant no more: it was not used."""
        self._full_at -= self._interval


class ChatPace:
    """The pace of one chat: a private one (positive id), a group (negative), or none (0)."""

    __slots__ = ("_bucket", "_minute")

    def __init__(self, chat_id: int, messages_per_minute_group: int) -> None:
        self._bucket = Bucket(CHAT_INTERVAL, CHAT_BURST) if chat_id else Bucket(0, 1)
        self._minute = Window(messages_per_minute_group, GROUP_SPAN) if chat_id < 0 else None

    def free_at(self) -> int:
        """Tell from when on one more message fits."""
        if self._minute is None:
            return self._bucket.free_at()
        return max(self._bucket.free_at(), self._minute.free_at())

    def idle_at(self) -> int:
        """Tell from when on it might as well be new."""
        if self._minute is None:
            return self._bucket.idle_at()
        return max(self._bucket.idle_at(), self._minute.idle_at())

    def take(self, now: int) -> None:
        """Count a message."""
        self._bucket.take(now)
        if self._minute is not None:
            self._minute.take(now)

    def give_back(self, taken_at: int) -> None:
        """Count a message no more: it was not sent."""
        self._bucket.give_back()
        if self._minute is not None:
            self._minute.give_back(taken_at)


class BotPace:
    """The pace of the whole bot, and within it that of the bulk lanes."""

    __slots__ = ("_bulk", "_second")

    def __init__(self, messages_per_second: int) -> None:
        self._second = Window(messages_per_second, BOT_SPAN)
        self._bulk = Bucket(-(-BOT_SPAN // messages_per_second), BULK_BURST)

    def free_at(self, *, bulk: bool) -> int:
        """Tell from when on one more message fits."""
        return max(self._second.free_at(), self._bulk.free_at()) if bulk else self._second.free_at()

    def take(self, now: int, *, bulk: bool) -> None:
        """Count a message."""
        self._second.take(now)
        if bulk:
            self._bulk.take(now)

    def give_back(self, taken_at: int, *, bulk: bool) -> None:
        """Count a message no more: it was not sent."""
        self._second.give_back(taken_at)
        if bulk:
            self._bulk.give_back()
