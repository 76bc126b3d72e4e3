"""Events for the phone's own calendar, which rings by itself and works without Telegram (R2)."""

from collections.abc import Mapping

from handlers import buttons
from handlers.buttons import Button
from handlers.context import Context
from handlers.guards import Route
from handlers.rsvps import look
from storage.residents import Role


async def on_calendar_tap(context: Context, button: buttons.SendCalendar) -> None:
    """Send an event as it now stands; a calendar that has it already is brought up to date."""
    seen = await context.database.read(
        look, event_id=button.event_id, resident_id=context.resident.id, now=context.now
    )
    # Half a second of imports that only this document needs.
    from handlers import ics  # noqa: PLC0415

    premises = context.premises
    document = ics.document(
        seen.event,
        host=premises.bot_username,
        community=premises.name,
        zone=premises.zone,
        now=context.now,
    )
    await context.toast()
    await context.bot.send_document(
        context.chat_id,
        document,
        filename=ics.file_name(seen.event),
        caption=context.words("calendars-how"),
    )


TAPS: Mapping[type[Button], Route] = {
    buttons.SendCalendar: Route(on_calendar_tap, Role.RESIDENT),
}
