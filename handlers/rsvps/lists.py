"""One's own answers, and for officers which event and who comes."""

from collections.abc import Callable, Mapping
from datetime import datetime

from handlers import buttons
from handlers.buttons import Button
from handlers.context import Context
from handlers.rsvps.sights import look
from handlers.views import rsvps as views
from handlers.views.residents import ANNOUNCE, ROSTER
from storage import broadcasts, events, rsvps
from storage.broadcasts import Audience
from storage.database import Reader
from storage.events import Event
from storage.ids import EventId
from storage.residents import Resident
from storage.rsvps import Counts, Guest

_OPENS: Mapping[str, Callable[[EventId], Button]] = {
    ANNOUNCE: buttons.Announce,
    ROSTER: buttons.OpenRoster,
}
"""What an event chosen for a purpose opens."""


async def on_rsvps_tap(context: Context, _: buttons.OpenRsvps) -> None:
    """Show what a person said yes or maybe to."""
    await _show_rsvps(context)


async def on_rsvps_text(context: Context, _: str) -> None:
    """Show what a person said yes or maybe to, to a command or the menu."""
    await _show_rsvps(context)


async def _show_rsvps(context: Context) -> None:
    found = await context.database.read(rsvps.engagements, context.resident.id, now=context.now)
    await context.show(views.engagements(context.words, found))


async def on_presences_command(context: Context, _: str) -> None:
    """Ask an officer which event they want to see the answers of."""
    await show_choice(context, ROSTER)


async def on_choose_tap(context: Context, button: buttons.ChooseEvent) -> None:
    """Ask an officer which event they mean."""
    await show_choice(context, button.purpose)


async def show_choice(context: Context, purpose: str) -> None:
    """Show the coming events to choose from; an unknown purpose is to see who comes."""
    found = await context.database.read(events.upcoming, now=context.now)
    opens = _OPENS.get(purpose, buttons.OpenRoster)
    await context.show(views.choice(context.words, found, opens))


async def on_roster_tap(context: Context, button: buttons.OpenRoster) -> None:
    """Count an event's answers."""
    event, counts, silent, nudged = await context.database.read(
        _counted, event_id=button.event_id, now=context.now
    )
    await context.show(views.roster(context.words, event, counts, silent=silent, nudged=nudged))


async def on_names_tap(context: Context, button: buttons.OpenNames) -> None:
    """List who answered, then who did not; routing lets this through in a private chat only."""
    event, guests, silent = await context.database.read(
        _named, event_id=button.event_id, now=context.now
    )
    await context.show(views.names(context.words, event, guests, silent=silent))


def _counted(reader: Reader, *, event_id: EventId, now: datetime) -> tuple[Event, Counts, int, int]:
    """Count answers, who is silent, and whom of those a message may reach."""
    event = look(reader, event_id=event_id, resident_id=None, now=now).event
    silent = broadcasts.reach(reader, audience=Audience.SILENT, event_id=event_id)
    return event, rsvps.counts(reader, event_id), silent.people, silent.reachable


def _named(
    reader: Reader, *, event_id: EventId, now: datetime
) -> tuple[Event, list[Guest], list[Resident]]:
    event = look(reader, event_id=event_id, resident_id=None, now=now).event
    return event, rsvps.roster(reader, event_id), rsvps.silent(reader, event_id)
