"""What a test needs to be there already, made as officers make it, without the taps."""

from datetime import date, datetime, time
from itertools import count
from typing import Any

from community import changes, commissions, events
from storage import residents
from storage.commissions import Commission
from storage.database import Writer
from storage.events import Event
from storage.ids import UpdateId
from storage.residents import Resident, Role
from tests.house import House

SATURDAY = date(2026, 12, 5)
_causes = count(10_000_000_000)
"""Far above what a room numbers its updates with."""


async def an_officer(house: House) -> Resident:
    """Give an officer who stands in no room, made on the first call."""
    team = await house.read(residents.team)
    return team[0] if team else await house.write(_add_officer, house.now())


async def an_event(house: House, **fields: object) -> Event:
    """Give an event of the agenda: Saturday from 14 h to 16 h, 12 seats, unless told otherwise."""
    officer = await an_officer(house)
    return await house.write(_create, house, officer, fields)


async def a_commission(house: House, text: str) -> Commission:
    """Give a commission founded from what an officer would type."""
    officer = await an_officer(house)
    return await house.write(
        commissions.found,
        text=text,
        founder_id=officer.id,
        now=house.now(),
        cause=UpdateId(next(_causes)),
    )


def _add_officer(writer: Writer, now: datetime) -> Resident:
    return residents.add(
        writer,
        telegram_id=499_999,
        first_name="Nadia",
        language="fr",
        role=Role.OFFICER,
        notice_version=1,
        now=now,
    )


def _create(writer: Writer, house: House, officer: Resident, fields: dict[str, object]) -> Event:
    usual: dict[str, Any] = {
        "title": "Atelier cuisine",
        "day": SATURDAY,
        "starts": time(14),
        "ends": time(16),
        "location": "Espace Linné",
        "capacity": 12,
    }
    policy = house.bot.services.premises.policy
    draft = events.begin(
        writer,
        organizer_id=officer.id,
        fields=usual | fields,
        zone=policy.zone,
        now=house.now(),
        cause=UpdateId(next(_causes)),
    )
    return changes.create(
        writer, event_id=draft.id, author_id=officer.id, policy=policy, now=house.now()
    )
