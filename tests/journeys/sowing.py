"""What stands in a database before a bot lives: people, an event, and what is decided of it."""

from collections.abc import Callable, Sequence
from datetime import datetime, time, timedelta
from itertools import count
from typing import Concatenate, ParamSpec
from zoneinfo import ZoneInfo

from community import broadcasts, changes, events, rsvps, welcome
from community.lead_times import parse
from community.reminders import Policy
from sandbox import Person
from storage.broadcasts import Audience
from storage.database import Writer
from storage.events import Event
from storage.ids import UpdateId
from storage.residents import Resident
from storage.rsvps import Answer
from tests.databases import opened
from tests.house import KARIM_ID
from tests.journeys.stage import Stage

TITLE = "Atelier cuisine"
HOLD = timedelta(seconds=60)
"""A decision takes effect so long after it; a test moves the clock there."""
POLICY = Policy((parse("1d@18:00"),), time(20), time(8), ZoneInfo("Europe/Paris"))
Values = ParamSpec("Values")
_causes = count(1)
"""Below what a room numbers its updates with: what is sown came before."""


def people(stage: Stage, number: int) -> list[Person]:
    """Bring in people whom the bot may write to, besides Karim, whose event it will be."""
    karim = stage.room.person("Karim", language_code="fr", id=KARIM_ID)
    came = [stage.room.person(f"Person {n}", language_code="fr") for n in range(number)]
    for person in (karim, *came):
        person.private.started = True
    return came


async def gathering(stage: Stage, guests: Sequence[Person], capacity: int | None = None) -> Event:
    """Sow an event in four days, to which the guests say yes, one after the other."""
    return await _sown(stage, _gathering, guests, capacity, stage.room.clock.now())


async def announced(stage: Stage, guests: Sequence[Person], *, hold_for: timedelta = HOLD) -> Event:
    """Sow an event that is announced to everybody after a while: each message at most once (K7)."""
    return await _sown(stage, _announced, guests, hold_for, stage.room.clock.now())


async def cancelled(stage: Stage, guests: Sequence[Person]) -> Event:
    """Sow an event that is cancelled after HOLD: each message at least once (K5)."""
    return await _sown(stage, _cancelled, guests, stage.room.clock.now())


async def moved(stage: Stage, guests: Sequence[Person]) -> Event:
    """Sow an event that was moved, of which the guests hear after HOLD (K5)."""
    return await _sown(stage, _moved, guests, stage.room.clock.now())


async def _sown(
    stage: Stage,
    sow: Callable[Concatenate[Writer, Values], Event],
    *args: Values.args,
    **values: Values.kwargs,
) -> Event:
    async with opened(f"sqlite:///{stage.path}") as database:
        return await database.write(sow, *args, **values)


def _gathering(
    writer: Writer, guests: Sequence[Person], capacity: int | None, now: datetime
) -> Event:
    karim = _resident(writer, KARIM_ID, "Karim", now)
    day = now.date() + timedelta(days=4)
    fields = {"title": TITLE, "day": day, "starts": time(14), "location": "Espace Linné"}
    begun = events.begin(
        writer,
        organizer_id=karim.id,
        fields=fields | {"capacity": capacity},
        zone=POLICY.zone,
        now=now,
        cause=_cause(),
    )
    event = changes.create(writer, event_id=begun.id, author_id=karim.id, policy=POLICY, now=now)
    for guest in guests:
        resident = _resident(writer, guest.id, guest.user.first_name, now)
        rsvps.answer(
            writer,
            event_id=event.id,
            resident_id=resident.id,
            answer=Answer.YES,
            now=now,
            cause=_cause(),
        )
    return event


def _announced(
    writer: Writer, guests: Sequence[Person], hold_for: timedelta, now: datetime
) -> Event:
    event = _gathering(writer, (), None, now)
    for guest in guests:
        _resident(writer, guest.id, guest.user.first_name, now)
    assert event.organizer_id is not None
    draft = broadcasts.draft(
        writer,
        author_id=event.organizer_id,
        event_id=event.id,
        audience=Audience.EVERYONE,
        commission_id=None,
        cause=_cause(),
        now=now,
    )
    broadcasts.hold(writer, broadcast_id=draft.id, hold_for=hold_for, again=False, now=now)
    return event


def _cancelled(writer: Writer, guests: Sequence[Person], now: datetime) -> Event:
    event = _gathering(writer, guests, None, now)
    return changes.decide_cancel(writer, event_id=event.id, reason=None, hold_for=HOLD, now=now)


def _moved(writer: Writer, guests: Sequence[Person], now: datetime) -> Event:
    event = _gathering(writer, guests, None, now)
    assert event.organizer_id is not None
    return changes.change(
        writer,
        event_id=event.id,
        fields={"starts": time(16)},
        seen_version=event.version,
        author_id=event.organizer_id,
        policy=POLICY,
        hold_for=HOLD,
        now=now,
    )


def _resident(writer: Writer, telegram_id: int, name: str, now: datetime) -> Resident:
    return welcome.consent(
        writer, telegram_id=telegram_id, name=name, language="fr", admins=(KARIM_ID,), now=now
    )


def _cause() -> UpdateId:
    return UpdateId(next(_causes))
