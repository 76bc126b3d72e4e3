"""An officer's week as trails of steps: found, create, announce, move, cancel, link."""

import random
from collections.abc import Iterator, Sequence

from sandbox import Group
from tests.journeys.crowd import Say, Step, Touch, Trail, TypeCode

COMMISSIONS = ("Cuisine", "Jardins")
TITLES = (
    "Atelier couture",
    "Grand repas",
    "Balade",
    "Chorale",
    "Bricolage",
    "Tricot",
    "Peinture",
    "Potager",
    "Photographie",
    "Couscous",
    "Compost",
    "Poterie",
)
DAYS = ("mercredi", "jeudi", "vendredi", "samedi", "dimanche")
_MANAGE: Trail = (Say("/agenda"), Touch("📅 "), Touch("⚙️"))
_CHANGE: Trail = (*_MANAGE, Touch("✏️"))


def first_contact() -> Trail:
    """Give the way from /start to the agenda."""
    return Say("/start"), Touch("Français"), Touch("✅"), Touch("Karim")


def founding(name: str) -> Trail:
    """Give the way to a commission."""
    return Say("/groupes"), Touch("➕"), Say(name)


def linking(group: Group) -> Trail:
    """Give the way to a Telegram group linked to the first commission."""
    opened = (Say("/groupes"), Touch(f"⚙️ {COMMISSIONS[0]}"), Touch("💬"))
    return *opened, TypeCode(group)


def creating(title: str, day: str, hour: int, seats: int | None) -> Trail:
    """Give the way to an event by one sentence."""
    room = f" {seats} places" if seats else ""
    return Say(f"{title} {day} {hour}h espace Linné{room}"), Touch("✅")


def announcing(audience: str, *, now: bool) -> Trail:
    """Give the way from an event that is created to an announcement that leaves."""
    leaving: tuple[Step, ...] = (Touch("⚡"),) if now else ()
    return Touch("📣"), Touch(audience), Touch("📤"), *leaving


def moving(hour: int) -> Trail:
    """Give the way to another hour for some event."""
    return *_CHANGE, Touch("🕑"), Say(f"{hour}h"), Touch("✅")


def enlarging(seats: int) -> Trail:
    """Give the way to more seats for some event."""
    return *_CHANGE, Touch("🪑"), Say(str(seats)), Touch("✅")


def cancelling(*, now: bool) -> Trail:
    """Give the way to the cancellation of some event."""
    leaving: tuple[Step, ...] = (Touch("⚡"),) if now else ()
    return *_MANAGE, Touch("❌"), Touch("❌"), Touch("❌"), *leaving


def nudging() -> Trail:
    """Give the way to a reminder for those who are silent about some event."""
    return Say("/presences"), Touch("📅 "), Touch("🔔"), Touch("📤"), Touch("⚡")


def story(dice: random.Random, group: Group) -> Iterator[Trail]:
    """Give an officer's trails without end; the first ones lay what the others stand on."""
    yield first_contact()
    yield from map(founding, COMMISSIONS)
    titles = _titles()
    yield _event(dice, next(titles), seats=3, audience="🏘")
    yield linking(group)
    yield _event(dice, next(titles), seats=4, audience="👥")
    while True:
        yield moving(dice.randrange(13, 19))
        yield _event(dice, next(titles), seats=dice.choice((2, 5, None)), audience="🏘")
        yield dice.choice((nudging(), enlarging(dice.randrange(12, 20))))
        yield _event(dice, next(titles), seats=dice.choice((1, 3)), audience="👥|🏘")
        yield cancelling(now=dice.random() < 0.5)


def _event(dice: random.Random, title: str, *, seats: int | None, audience: str) -> Trail:
    made = creating(title, dice.choice(DAYS), dice.randrange(13, 19), seats)
    return made + announcing(audience, now=dice.random() < 0.6)


def _titles() -> Iterator[str]:
    """Give titles that are told apart, without end."""
    seasons: Sequence[str] = ("", " encore", " bis", " toujours", " enfin", " nouveau")
    while True:
        for season in seasons:
            for title in TITLES:
                yield title + season
