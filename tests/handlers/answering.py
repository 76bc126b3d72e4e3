"""What tests of answers ask for: a resident before an event's card, and what is kept of them."""

from datetime import timedelta
from itertools import count

from community import broadcasts, changes
from sandbox import Message, Person
from storage import residents, rsvps
from storage.broadcasts import Audience
from storage.database import Writer
from storage.events import Event
from storage.ids import BroadcastId, ResidentId, UpdateId
from storage.links import Purpose
from storage.residents import Resident
from storage.rsvps import Rsvp, Seats
from tests.handlers.making import an_officer
from tests.house import House

TITLE = "Atelier cuisine"
_causes = count(20_000_000_000)
"""Far above what a room numbers its updates with."""


async def invited(house: House, name: str, event: Event, *, language: str = "Français") -> Person:
    """Bring in a resident by the event's link: its card is open before them."""
    code = await house.link(Purpose.EVENT, event.id)
    return await house.join(name, payload=code, language=language)


async def resident_of(house: House, person: Person) -> Resident:
    """Give who a person is to the bot."""
    resident = await house.read(residents.find_speaking, person.id)
    assert resident is not None
    return resident


async def kept(house: House, person: Person, event: Event) -> Rsvp | None:
    """Give what is kept of a person's answer."""
    resident = await resident_of(house, person)
    return await house.read(rsvps.find, event.id, resident.id)


async def seats(house: House, event: Event) -> Seats:
    """Count an event's seats."""
    return await house.read(rsvps.seats, event.id, now=house.now())


async def change(house: House, event: Event, **fields: object) -> Event:
    """Change an event as an officer does; those concerned hear of it much later."""
    return await house.write(
        changes.change,
        event_id=event.id,
        fields=fields,
        seen_version=event.version,
        author_id=ResidentId(1),
        policy=house.bot.services.premises.policy,
        hold_for=timedelta(days=1),
        now=house.now(),
    )


async def announced(house: House, event: Event) -> BroadcastId:
    """Have everybody told of an event now."""
    officer = await an_officer(house)
    return await house.write(_launch, house, event, officer.id)


def announcements(person: Person) -> list[Message]:
    """List what announces an event to a person."""
    return [message for message in person.received if is_announcement(message)]


def is_announcement(message: Message) -> bool:
    """Whether a message announces an event."""
    return message.key("🔕") is not None


def _launch(writer: Writer, house: House, event: Event, officer_id: ResidentId) -> BroadcastId:
    draft = broadcasts.draft(
        writer,
        author_id=officer_id,
        event_id=event.id,
        audience=Audience.EVERYONE,
        commission_id=None,
        cause=UpdateId(next(_causes)),
        now=house.now(),
    )
    hold_for = timedelta()
    broadcasts.hold(writer, broadcast_id=draft.id, hold_for=hold_for, again=True, now=house.now())
    broadcasts.hurry(writer, broadcast_id=draft.id, now=house.now())
    return draft.id
