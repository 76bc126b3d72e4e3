"""The quarter as it is thought out: who lives there, what they found, what they answered.

Nothing is written here. All of it follows from a seed, so that two quarters of one seed are the
same; the instants are counted from the Monday on which the story begins.
"""

import hashlib
import random
from base64 import urlsafe_b64encode
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from bot.demo.names import FIRST_NAMES
from storage.rsvps import Answer

MONDAY = datetime(2026, 11, 30, 9, 0, tzinfo=UTC)
"""When the story begins: 10:00 in Roubaix; the event of the tour is on Saturday the 5th."""
SEED = 2026

KARIM, SAMIRA, NOUR, GRACE = 500_001, 500_002, 500_003, 500_004
"""Telegram ids of those who have a phone on the page from the start. Karim is the officer."""
FIRST_NEIGHBOUR = 500_101
PARENTS = 0
"""The place of the parents' commission, which has a group chat."""
COMMISSIONS = (
    "demo-commission-parents",
    "demo-commission-health",
    "demo-commission-surroundings",
    "demo-commission-youth",
    "demo-commission-elders",
    "demo-commission-culture",
)
HOUSEHOLDS = (0, 0, 0, 1, 1, 2, 2, 3, 3, 4)
"""How many come along with a person, by how often families are so large."""
ANSWERS = (Answer.YES, Answer.MAYBE, Answer.NO)
SHARES = (7, 2, 2)
"""How often each is given."""
MADE_BEFORE = timedelta(days=18)
"""How long before it takes place an event is in the agenda."""
CODE_BYTES = 16
"""As long as the codes that the bot makes (community/codes.py)."""


@dataclass(frozen=True, slots=True)
class Neighbour:
    """Somebody who lives there, with how many of the family come along."""

    telegram_id: int
    first_name: str
    language: str
    guests: int
    commissions: tuple[int, ...]
    agreed_at: datetime


@dataclass(frozen=True, slots=True)
class Reply:
    """What a neighbour answers to a gathering, and with how many."""

    at: datetime
    telegram_id: int
    answer: Answer
    guests: int


@dataclass(frozen=True, slots=True)
class Kind:
    """What a gathering is: keys of its words, whose it is, when, how large, how much wanted."""

    title: str
    location: str
    commission: int | None
    days: int
    starts: time
    ends: time
    capacity: int | None
    is_for_families: bool
    wanted: float


@dataclass(frozen=True, slots=True)
class Gathering:
    """An event, when it was made, and who answered what."""

    kind: Kind
    day: date
    made_at: datetime
    replies: tuple[Reply, ...]


@dataclass(frozen=True, slots=True)
class Plan:
    """The whole quarter; `cast` are those of the tour who are known already."""

    cast: tuple[Neighbour, ...]
    neighbours: tuple[Neighbour, ...]
    gatherings: tuple[Gathering, ...]

    @property
    def known(self) -> tuple[Neighbour, ...]:
        """Everybody whom the bot knows when the story begins."""
        return (*self.cast, *self.neighbours)


_HALL, _PARK = "demo-location-hall", "demo-location-park"
FAMILIES, ALONE = True, False
_SCHOOL, _HOUSE = "demo-location-school", "demo-location-house"
KINDS: Sequence[Kind] = (
    Kind("demo-event-coffee", _HALL, 0, -18, time(14), time(16), 20, FAMILIES, 0.5),
    Kind("demo-event-letters", _HOUSE, None, -16, time(9, 30), time(11, 30), 8, ALONE, 0.15),
    Kind("demo-event-cleaning", _PARK, 2, -10, time(14), time(17), None, FAMILIES, 0.7),
    Kind("demo-event-football", _PARK, 3, -5, time(14), time(18), 24, FAMILIES, 0.6),
    Kind("demo-event-lunch", _HALL, 4, -3, time(12), time(15), 30, ALONE, 0.8),
    # None of these has a reminder due before that of the tour, on Friday at 18:00.
    Kind("demo-event-snack", _SCHOOL, 0, 6, time(15), time(17, 30), 40, FAMILIES, 0.6),
    Kind("demo-event-outing", _HOUSE, None, 12, time(8, 30), time(19), 16, FAMILIES, 0.35),
    Kind("demo-event-checkup", _HOUSE, 1, 15, time(14), time(17), 15, ALONE, 0.5),
    Kind("demo-event-walk", _PARK, 2, 17, time(10), time(12), None, ALONE, 0.4),
    Kind("demo-event-choir", _HALL, 5, 18, time(18), time(20), 25, ALONE, 0.6),
)
"""The gatherings, by days from Monday. The outing is wanted by more than it has seats for."""


def plan(seed: int = SEED, *, language: str = "fr") -> Plan:
    """Think a quarter out; gives it. `language` is the officer's."""
    dice = random.Random(seed)  # noqa: S311 - repeatable, not secret
    neighbours = _neighbours(dice)
    return Plan(
        cast=_cast(language),
        neighbours=neighbours,
        gatherings=tuple(_gathering(dice, kind, neighbours) for kind in KINDS),
    )


def poster_code(seed: int, what: str) -> str:
    """Give the code of a poster's link: the same for a seed, unlike those that the bot makes."""
    digest = hashlib.sha256(f"palabre-demo:{seed}:{what}".encode()).digest()
    return urlsafe_b64encode(digest[:CODE_BYTES]).rstrip(b"=").decode()


def _cast(language: str) -> tuple[Neighbour, ...]:
    agreed_at = MONDAY - timedelta(days=150)
    return (
        Neighbour(KARIM, "Karim", language, 0, (), agreed_at),
        Neighbour(NOUR, "Nour", "ar", 2, (PARENTS,), agreed_at + timedelta(days=40)),
        Neighbour(GRACE, "Grace", "en", 1, (PARENTS, 5), agreed_at + timedelta(days=60)),
    )


def _neighbours(dice: random.Random) -> tuple[Neighbour, ...]:
    people = [(name, language) for language, names in FIRST_NAMES.items() for name in names]
    dice.shuffle(people)
    return tuple(
        Neighbour(
            telegram_id=FIRST_NEIGHBOUR + number,
            first_name=name,
            language=language,
            guests=dice.choice(HOUSEHOLDS),
            commissions=tuple(sorted(dice.sample(range(len(COMMISSIONS)), dice.randint(1, 2)))),
            agreed_at=MONDAY - timedelta(days=dice.randint(30, 120), minutes=dice.randint(0, 500)),
        )
        for number, (name, language) in enumerate(people)
    )


def _gathering(dice: random.Random, kind: Kind, neighbours: Sequence[Neighbour]) -> Gathering:
    midnight = MONDAY.replace(hour=0) + timedelta(days=kind.days)
    made_at = min(midnight, MONDAY - timedelta(days=2)) - MADE_BEFORE + timedelta(hours=10)
    until = min(midnight, MONDAY) - timedelta(hours=12)
    invited = [one for one in neighbours if kind.commission in (None, *one.commissions)]
    replies = [
        _reply(dice, kind, one, after=made_at, until=until)
        for one in invited
        if dice.random() < kind.wanted
    ]
    return Gathering(kind, midnight.date(), made_at, tuple(sorted(replies, key=_order)))


def _reply(
    dice: random.Random, kind: Kind, neighbour: Neighbour, *, after: datetime, until: datetime
) -> Reply:
    """Throw what somebody answers, between eight in the morning and eight in the evening."""
    days = dice.randrange(1, (until - after).days + 1)
    at = after + timedelta(days=days, minutes=dice.randint(-120, 500))
    answer = dice.choices(ANSWERS, SHARES)[0]
    comes_along = neighbour.guests if kind.is_for_families and answer is Answer.YES else 0
    return Reply(at, neighbour.telegram_id, answer, comes_along)


def _order(reply: Reply) -> tuple[datetime, int]:
    return reply.at, reply.telegram_id
