"""What can go wrong on the way, by rule: which calls, before or after their execution, and how.

A rule (`Fault`) picks calls; its `then` says what the caller meets. Delays are real seconds: they
stand for the network, which no clock of ours can move.
"""

import random
from dataclasses import dataclass, field
from typing import Literal, TypeAlias

from sandbox.shapes import Json

LONG_SECONDS = 3600.0


@dataclass(frozen=True, slots=True)
class Status:
    """An answer of that status; `body` instead of Telegram's JSON when it is given."""

    code: int
    body: Json | bytes
    content_type: str = "application/json"


@dataclass(frozen=True, slots=True)
class Cut:
    """The connection is reset; `sent_bytes` of the answer go out first, 0 for none at all."""

    sent_bytes: int = 0


@dataclass(frozen=True, slots=True)
class Hang:
    """Nothing is answered for so many seconds, then the connection is reset."""

    seconds: float = LONG_SECONDS


@dataclass(frozen=True, slots=True)
class Delay:
    """All goes well, so many seconds late."""

    seconds: float


@dataclass(frozen=True, slots=True)
class Trickle:
    """The answer goes out one byte at a time, so many a second."""

    bytes_per_second: float = 1.0


Outcome: TypeAlias = Status | Cut | Hang | Delay | Trickle


def status(code: int, description: str = "", *, retry_after: int | None = None) -> Status:
    """Answer with an error as Telegram writes it; 5xx and 4xx alike."""
    words = description or _WORDS.get(code, "Internal Server Error")
    body: Json = {"ok": False, "error_code": code, "description": words}
    if retry_after is not None:
        body["description"] = description or f"Too Many Requests: retry after {retry_after}"
        body["parameters"] = {"retry_after": retry_after}
    return Status(code, body)


def raw(body: bytes, code: int = 200, content_type: str = "application/json") -> Status:
    """Answer with these very bytes."""
    return Status(code, body, content_type)


def cut() -> Cut:
    """Reset the connection before any byte of an answer."""
    return Cut()


def cut_midway(sent_bytes: int = 20) -> Cut:
    """Reset the connection in the middle of the answer's body."""
    return Cut(sent_bytes)


def hang(seconds: float = LONG_SECONDS) -> Hang:
    """Answer nothing at all."""
    return Hang(seconds)


def delay(seconds: float) -> Delay:
    """Answer late."""
    return Delay(seconds)


def trickle(bytes_per_second: float = 1.0) -> Trickle:
    """Answer one byte at a time."""
    return Trickle(bytes_per_second)


_WORDS = {
    401: "Unauthorized",
    403: "Forbidden: bot was blocked by the user",
    404: "Not Found",
    409: "Conflict: terminated by other getUpdates request; "
    "make sure that only one bot instance is running",
    429: "Too Many Requests",
    502: "Bad Gateway",
    503: "Service Unavailable",
    504: "Gateway Timeout",
}


@dataclass(slots=True, eq=False)
class Fault:
    """A rule.

    Of the calls of `method` (any when "*") to `chat` (any when None), it strikes the `nth` alone
    (1 is the first), or at most `times`, each with `probability`; all of them when none is given.
    """

    then: Outcome
    method: str = "*"
    chat: int | None = None
    when: Literal["before", "after"] = "before"
    nth: int | None = None
    times: int | None = None
    probability: float = 1.0
    seed: int = 0
    name: str = ""
    matched: int = 0  # calls that it might have struck
    struck: int = 0
    _dice: random.Random = field(init=False, repr=False)

    def __post_init__(self) -> None:
        self._dice = random.Random(self.seed)  # noqa: S311 — repeatable, not secret
        self.name = self.name or f"{type(self.then).__name__.lower()} {self.when} {self.method}"

    def strikes(self, method: str, chat: int | str | None) -> bool:
        """Tell whether this call is struck, and count it."""
        if self.method not in ("*", method) or (self.chat is not None and self.chat != chat):
            return False
        self.matched += 1
        struck = self._chosen()
        self.struck += struck
        return struck

    def _chosen(self) -> bool:
        if self.nth is not None and self.matched != self.nth:
            return False
        if self.times is not None and self.struck >= self.times:
            return False
        return self.probability >= 1.0 or self._dice.random() < self.probability


class Faults:
    """The rules in force; the first that strikes a call is the one that it meets."""

    def __init__(self) -> None:
        self._rules: list[Fault] = []

    def add(self, fault: Fault) -> Fault:
        """Put a rule in force; return it, so that it can be watched and removed."""
        self._rules.append(fault)
        return fault

    def remove(self, fault: Fault) -> None:
        """Take a rule out of force."""
        if fault in self._rules:
            self._rules.remove(fault)

    def clear(self) -> None:
        """Take all rules out of force."""
        self._rules.clear()

    def strike(self, method: str, chat: int | str | None) -> Fault | None:
        """Return the rule that this call meets, if any."""
        return next((rule for rule in self._rules if rule.strikes(method, chat)), None)
