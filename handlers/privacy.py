"""A person's data: shown, copied, corrected, erased (reliability.md §5)."""

import json
from collections.abc import Callable, Mapping
from datetime import datetime

from community import commissions
from community import privacy as rules
from community.notices import Kind
from community.privacy import Belongings
from handlers import buttons, commands, residents
from handlers.buttons import Button
from handlers.context import Context
from handlers.guards import Route
from handlers.premises import Desk
from handlers.views import privacy as views
from handlers.views.view import View
from storage import rsvps
from storage.database import Reader
from storage.ids import ResidentId
from storage.outbox import Notice
from storage.residents import Role
from storage.rsvps import Engagement


async def show_data(context: Context, *, toast: str | None = None) -> None:
    """Show what is kept about the person."""
    mine, coming = await context.database.read(_look, context.resident.id, context.now)
    view = views.belongings(context.words, mine, coming, zone=context.premises.zone)
    await context.show(view, toast=toast)


def _look(
    reader: Reader, resident_id: ResidentId, now: datetime
) -> tuple[Belongings, list[Engagement]]:
    return (
        rules.belongings(reader, resident_id),
        rsvps.engagements(reader, resident_id, now=now),
    )


async def on_data_command(context: Context, _: str) -> None:
    """Show what is kept about the person."""
    await show_data(context)


async def on_data_tap(context: Context, _: buttons.OpenData) -> None:
    """Show what is kept about the person."""
    await context.turn_away()
    await show_data(context)


async def on_copy_tap(context: Context, _: buttons.CopyData) -> None:
    """Send all that is kept about the person as a JSON document."""
    rows = await context.database.read(rules.document, context.resident.id, now=context.now)
    await context.toast(context.words("privacy-document-sent"))
    await context.bot.send_document(
        context.chat_id,
        json.dumps(rows, ensure_ascii=False, indent=2).encode(),
        filename=context.words("privacy-document"),
    )


async def on_quit_tap(context: Context, button: buttons.QuitCommission) -> None:
    """Take the person out of a commission."""
    await context.database.write(
        commissions.leave,
        commission_id=button.commission_id,
        resident_id=context.resident.id,
        now=context.now,
    )
    await show_data(context, toast=context.words("privacy-quitted"))


async def on_ask_erase_tap(context: Context, _: buttons.AskErase) -> None:
    """Say what erasing means."""
    await context.show(views.consequences(context.words))


async def on_erase_tap(context: Context, _: buttons.Erase) -> None:
    """Erase all about the person; a second tap finds a visitor and says the same."""
    resident = context.speaking.resident
    if resident is not None:
        await context.database.write(
            rules.erase, resident_id=resident.id, cause=context.cause, now=context.now
        )
        context.scrub_when_done()
    await context.show(views.erased(context.words))
    if resident is not None and residents.is_officer(resident):
        await commands.withdraw(context.bot, resident.chat_id)


def word_receipt(desk: Desk, notice: Notice) -> View | None:
    """Give the receipt, in the language that the facts name: the person is not known any more."""
    return views.receipt(desk.words, notice.facts["number"])


TAPS: Mapping[type[Button], Route] = {
    buttons.OpenData: Route(on_data_tap, Role.RESIDENT),
    buttons.CopyData: Route(on_copy_tap, Role.RESIDENT),
    buttons.QuitCommission: Route(on_quit_tap, Role.RESIDENT),
    buttons.AskErase: Route(on_ask_erase_tap, Role.RESIDENT),
    buttons.Erase: Route(on_erase_tap, None),
}
COMMANDS: Mapping[str, Route] = {"donnees": Route(on_data_command, Role.RESIDENT)}
NOTICES: Mapping[Kind, Callable[[Desk, Notice], View | None]] = {Kind.ERASURE_RECEIPT: word_receipt}
