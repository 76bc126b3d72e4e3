"""People who live their own story on a stage: each looks at the screen and does one thing.

They are real people: they do not know that the bot dies, tap what they see, do the same again when
nothing came of it, and mistake old messages for new ones. Every throw of the dice is repeatable.
"""

import random
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

from sandbox import Group, Key, Message, Person, Tap

AGAIN = 0.6
"""How likely somebody repeats an act that had no effect on their screen."""
LOOKED_AT = 5
"""A thumb does not scroll further up than so many messages."""
WISHES: Sequence[tuple[str, float]] = (
    ("Français", 9),
    ("✅", 8),
    ("🎉", 8),
    ("🔔", 8),
    ("🗑 Oui", 4),
    ("+", 4),
    ("⏳", 3),
    ("Juste", 3),
    ("🤔", 2),
    ("✏️", 2),
    ("📅", 2),
    ("❌", 1.5),
    ("↩️", 1),
    ("👥", 1),
    ("▫️", 1),
    ("☑️", 0.5),
    ("＋", 1),
    ("🙋", 0.5),
    ("🗑", 0.2),
    ("🔕", 0.1),
)
"""Which buttons people like, by how their labels begin; the others are left alone."""
SAYINGS = {"/agenda": 1.0, "/groupes": 0.5, "/inscriptions": 0.5, "/donnees": 0.15, "/stop": 0.1}


@dataclass
class Resident:
    """Somebody of the neighbourhood."""

    person: Person
    dice: random.Random
    _glance: int = 0
    _again: Callable[[], object] | None = None

    def act(self) -> None:
        """Do one thing, at once; the last one again where it had no effect."""
        if self.person.private.blocked or not self.person.received:
            self._do(self.person.start)
        elif self._again is not None and not self._saw_something() and self.dice.random() < AGAIN:
            self._again()
        elif self.dice.random() < 0.01:
            self.person.block()
        else:
            self._wish()

    def _wish(self) -> None:
        taps = list(self._taps())
        words = [(self._saying(text), weight) for text, weight in SAYINGS.items()]
        acts, weights = zip(*taps, *words, strict=True)
        self._do(self.dice.choices(acts, weights)[0])

    def _taps(self) -> Iterator[tuple[Callable[[], object], float]]:
        for message in self.person.received[-LOOKED_AT:]:
            for key in message.keys:
                weight = self._weight(key)
                if weight:
                    yield self._tapping(key, message), weight

    def _weight(self, key: Key) -> float:
        if key.callback_data is None:
            return 0
        if key.label == self.person.user.first_name:
            return 9
        return next((weight for start, weight in WISHES if key.label.startswith(start)), 0)

    def _tapping(self, key: Key, message: Message) -> Callable[[], Tap]:
        return lambda: self.person.tap_data(key.callback_data or "", message)

    def _saying(self, text: str) -> Callable[[], Message]:
        return lambda: self.person.say(text)

    def _do(self, act: Callable[[], object]) -> None:
        self._glance = self.person.glance()
        self._again = act
        act()

    def _saw_something(self) -> bool:
        return any(message.changed > self._glance for message in self.person.received)


@dataclass(frozen=True)
class Say:
    """An officer writes something, whatever is on the screen."""

    text: str

    def found(self, officer: "Officer") -> Callable[[], object]:
        """Give the act."""
        return lambda: officer.person.say(self.text)


@dataclass(frozen=True)
class Touch:
    """An officer taps a button of which the label matches, once it has come up; any if several."""

    pattern: str

    def found(self, officer: "Officer") -> Callable[[], object] | None:
        """Give the act; None while there is no such button."""
        fresh = [one for one in officer.person.received if one.changed > officer.since]
        for message in reversed(fresh):
            keys = [key for key in message.keys if re.match(self.pattern, key.label)]
            if keys:
                data = officer.dice.choice(keys).callback_data or ""
                return lambda: officer.person.tap_data(data, message)
        return None


@dataclass(frozen=True)
class TypeCode:
    """An officer brings the bot into a group, and types the code there that it has shown."""

    group: Group

    def found(self, officer: "Officer") -> Callable[[], object] | None:
        """Give the act; None while there is no code."""
        fresh = [one for one in officer.person.received if one.changed > officer.since]
        codes = [re.search(r"^/\S+@\S+ \S+$", message.text, re.MULTILINE) for message in fresh]
        found = next((code for code in reversed(codes) if code), None)
        return None if found is None else lambda: self._type(officer.person, found.group())

    def _type(self, person: Person, code: str) -> None:
        if not self.group.room_chat.holds(self.group.world.bot.id):
            self.group.add_bot(by=person)
        person.say(code, chat=self.group)


Step = Say | Touch | TypeCode
Trail = tuple[Step, ...]
PATIENCE = 3
"""Looks without what was hoped for, before a trail is begun anew."""
BEGINNINGS = 3


@dataclass
class Officer:
    """Karim: follows one trail after another; begins one anew when it leads nowhere."""

    person: Person
    dice: random.Random
    trails: Iterator[Trail]
    since: int = 0
    followed: int = 0
    said: list[str] = field(default_factory=list)
    _trail: Trail = ()
    _at: int = 0
    _missed: int = 0
    _begun: int = 0

    def act(self) -> None:
        """Take one step, or look in vain."""
        if self._at >= len(self._trail):
            self._next()
        step = self._trail[self._at]
        act = step.found(self)
        if act is None:
            self._miss()
            return
        if isinstance(step, Say):
            self.said.append(step.text)
        self.since = self.person.glance()
        self._at, self._missed = self._at + 1, 0
        act()

    def _next(self) -> None:
        self.followed += 1
        self._trail = next(self.trails)
        self._at = self._missed = self._begun = 0

    def _miss(self) -> None:
        self._missed += 1
        if self._missed < PATIENCE:
            return
        self._begun += 1
        self._at = self._missed = 0
        if self._begun >= BEGINNINGS:
            self._next()
