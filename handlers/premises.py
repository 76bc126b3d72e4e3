"""What the handlers must know of the house: settings as values, the database, the clock."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, TypeAlias
from zoneinfo import ZoneInfo

from community.reminders import Policy
from handlers.words import Words
from storage.database import Database, Reader
from storage.residents import Resident

Call: TypeAlias = Callable[[str, dict[str, Any]], Awaitable[Any]]
"""Calls a method of the Bot API with plain parameters; gives its result as plain values."""


@dataclass(frozen=True, slots=True)
class Premises:
    """The settings that what is said depends on."""

    name: str
    """The community's, as people call it: « Roubaix »."""
    default_language: str
    contact_phone: str
    bot_username: str
    admins: frozenset[int]
    policy: Policy
    hold_for: timedelta
    messages_per_second: int = 30
    """How fast announcements leave: what they take is told beforehand."""

    @property
    def zone(self) -> ZoneInfo:
        """Where the wall clock hangs."""
        return self.policy.zone

    def deep_link(self, code: str) -> str:
        """Give the address that opens the bot with a link's code."""
        return f"https://t.me/{self.bot_username}?start={code}"


@dataclass(frozen=True, slots=True)
class Services:
    """What a handler works with, and what it leaves for the receiver to do after it."""

    database: Database
    now: Callable[[], datetime]
    premises: Premises
    call: Call
    """Carries what a tap is answered with, first of all lanes, and builds no objects of it: half of
    a tap's cost otherwise (docs/performance.md)."""
    faults: dict[int, Exception] = field(default_factory=dict)
    """By update_id, what went wrong."""
    to_scrub: set[int] = field(default_factory=set)
    """Updates after which the files are wiped of what was erased, their own rows included."""


@dataclass(frozen=True, slots=True)
class Desk:
    """What is at hand when a message owed, or a card, is put into words for its reader."""

    reader: Reader
    words: Words
    premises: Premises
    now: datetime
    resident: Resident | None
