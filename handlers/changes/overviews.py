"""An officer's view of one event, from the draft's last tap on."""

from datetime import datetime

from community import changes as rules
from community import rsvps as seating
from community.events import closed, existing
from handlers import events as drafts
from handlers.buttons import ChangeEvent, CreateEvent, ManageEvent
from handlers.context import Context
from handlers.views import changes as views
from handlers.views.changes import Overview
from storage import events, rsvps
from storage.database import Reader
from storage.events import Event, EventStatus
from storage.ids import EventId


async def on_create_tap(context: Context, button: CreateEvent) -> None:
    """Put a draft into the agenda; nobody is told."""
    event = await context.conclude(
        rules.create,
        event_id=button.event_id,
        author_id=context.resident.id,
        policy=context.premises.policy,
        now=context.now,
    )
    await context.show(views.created(context.words, event))


async def on_manage_tap(context: Context, button: ManageEvent) -> None:
    """Show what an event is and what can be done with it."""
    await context.forget_question()
    await show_overview(context, button.event_id)


async def show_overview(context: Context, event_id: EventId, *, toast: str | None = None) -> None:
    """Show an officer an event as it stands; a draft is shown as one."""
    shown = await context.database.read(look, event_id, now=context.now)
    event = shown.event
    if event.status is EventStatus.DRAFT:
        await drafts.show_draft(context, event)
    elif event.status is EventStatus.SCHEDULED and event.cancel_at is not None:
        await context.show(views.held(context.words, event, now=context.now), toast=toast)
    else:
        view = views.overview(context.words, shown, now=context.now)
        await context.show(view, toast=toast)


async def on_change_tap(context: Context, button: ChangeEvent) -> None:
    """Ask which field of an event is to be changed."""
    await context.forget_question()
    await changeable(context, button.event_id)
    shown = await context.database.read(look, button.event_id, now=context.now)
    await context.show(views.field_choice(context.words, shown))


async def changeable(context: Context, event_id: EventId) -> Event:
    """Get an event that can still be changed; what was asked of any other is forgotten.

    Raises:
        GoneError, TooLateError, ChangedError: as `community.changes.changeable` does.
    """
    event = await context.database.read(events.find, event_id)
    if event is None or closed(event, now=context.now) is not None:
        await context.forget_question()
    return await context.database.read(rules.changeable, event_id, now=context.now)


def look(reader: Reader, event_id: EventId, *, now: datetime) -> Overview:
    """Look up an event with what an officer sees of it; raises GoneError."""
    event = existing(reader, event_id)
    left = seating.seats_left(event.capacity, rsvps.seats(reader, event_id, now=now))
    commission = drafts.commission_of(reader, event)
    return Overview(event, commission, left, rsvps.counts(reader, event_id))
