"""The agenda, which everybody may see, and links to its events."""

from community import events as rules
from community.residents import may_act_as
from handlers.buttons import OpenAgenda, ShareEvent
from handlers.context import Context
from handlers.views import events as views
from storage import events
from storage.residents import Role


async def on_agenda_command(context: Context, argument: str) -> None:
    """Show the agenda, for the command or the label of the keyboard."""
    del argument
    await show_agenda(context)


async def on_agenda_tap(context: Context, button: OpenAgenda) -> None:
    """Show a page of the agenda."""
    await context.forget_question()
    await show_agenda(context, page=button.page)


async def show_agenda(context: Context, *, page: int = 0) -> None:
    """Show what comes, soonest first."""
    upcoming = await context.database.read(events.upcoming, now=context.now)
    is_officer = may_act_as(context.speaking.resident, Role.OFFICER)
    await context.show(views.agenda(context.words, upcoming, page=page, is_officer=is_officer))


async def on_share_tap(context: Context, button: ShareEvent) -> None:
    """Make a link to an event, to copy."""
    code = await context.database.write(
        rules.share, event_id=button.event_id, officer_id=context.resident.id, now=context.now
    )
    event = await context.database.read(events.get, button.event_id)
    url = context.premises.deep_link(code)
    await context.show(views.link(context.words, event, url))
