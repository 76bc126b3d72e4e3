"""Commissions: people join and leave them by tapping; officers found them and share them."""

from community import commissions as rules
from community.residents import may_act_as
from handlers.buttons import (
    FinishCommissions,
    FoundCommission,
    JoinCommission,
    LeaveCommission,
    ManageCommission,
    OpenCommissions,
    ShareCommission,
)
from handlers.context import Context
from handlers.guards import Route
from handlers.views import commissions as views
from storage import commissions, groups
from storage.commissions import Commission, Option
from storage.database import Reader
from storage.groups import Group
from storage.ids import CommissionId, ResidentId
from storage.residents import Role

COMMISSION_NAME = "commission_name"
"""The question after a new commission's name."""


async def on_groupes_command(context: Context, argument: str) -> None:
    """Show the commissions."""
    del argument
    await show_list(context)


async def on_open_tap(context: Context, button: OpenCommissions) -> None:
    """Show a page of the commissions."""
    await context.forget_question()
    await show_list(context, page=button.page)


async def show_list(context: Context, *, page: int = 0) -> None:
    """Show the commissions to join and leave."""
    options = await context.database.read(commissions.options, context.resident.id)
    view = views.listing(context.words, options, page=page, is_officer=_is_officer(context))
    await context.show(view)


async def on_join_tap(context: Context, button: JoinCommission) -> None:
    """Enter the person, and show the list as it now is."""
    await _join(context, button.commission_id)
    await _show_page_of(context, button.commission_id)


async def on_leave_tap(context: Context, button: LeaveCommission) -> None:
    """Take the person out, and show the list as it now is."""
    await context.database.write(
        rules.leave,
        commission_id=button.commission_id,
        resident_id=context.resident.id,
        now=context.now,
    )
    await _show_page_of(context, button.commission_id)


async def on_finish_tap(context: Context, button: FinishCommissions) -> None:
    """Tell which commissions the person is in."""
    del button
    belongs = await context.database.read(_belongings, context.resident.id)
    await context.show(views.belongings(context.words, belongs))


async def show_joined(context: Context, commission_id: CommissionId) -> None:
    """Enter the person into one commission, and tell so. Raises GoneError where it is not there."""
    commission = await _join(context, commission_id)
    url = await context.database.read(invite_link, commission_id)
    await context.show(views.belongings(context.words, [(commission, url)]))


async def on_found_tap(context: Context, button: FoundCommission) -> None:
    """Ask for the name of a new commission."""
    del button
    await context.ask(COMMISSION_NAME, views.question(context.words))


async def on_name_text(context: Context, text: str) -> None:
    """Found a commission under the name that was typed."""
    commission = await context.conclude(
        rules.found,
        text=text,
        founder_id=context.resident.id,
        now=context.now,
        cause=context.cause,
    )
    await _show_settings(context, commission.id)


async def on_manage_tap(context: Context, button: ManageCommission) -> None:
    """Show what can be done with a commission."""
    await context.forget_question()
    await _show_settings(context, button.commission_id)


async def on_share_tap(context: Context, button: ShareCommission) -> None:
    """Make a link to a commission, to copy."""
    code = await context.database.write(
        rules.share,
        commission_id=button.commission_id,
        officer_id=context.resident.id,
        now=context.now,
    )
    commission = await context.database.read(commissions.get, button.commission_id)
    url = context.premises.deep_link(code)
    await context.show(views.link(context.words, commission, url))


def invite_link(reader: Reader, commission_id: CommissionId) -> str | None:
    """Find the link by which people join a commission's group, None where it is not known."""
    known = (group.invite_link for group in groups.of_commission(reader, commission_id))
    return next((url for url in known if url is not None), None)


async def _join(context: Context, commission_id: CommissionId) -> Commission:
    return await context.database.write(
        rules.join, commission_id=commission_id, resident_id=context.resident.id, now=context.now
    )


async def _show_page_of(context: Context, commission_id: CommissionId) -> None:
    """Show the page of the list that a commission is on."""
    options = await context.database.read(commissions.options, context.resident.id)
    is_officer = _is_officer(context)
    size = views.page_size(is_officer=is_officer)
    page = _position(options, commission_id) // size
    await context.show(views.listing(context.words, options, page=page, is_officer=is_officer))


def _position(options: list[Option], commission_id: CommissionId) -> int:
    ids = [option.commission.id for option in options]
    return ids.index(commission_id) if commission_id in ids else 0


async def _show_settings(context: Context, commission_id: CommissionId) -> None:
    commission, members, linked = await context.database.read(_settings, commission_id)
    await context.show(views.settings(context.words, commission, members=members, groups=linked))


def _settings(reader: Reader, commission_id: CommissionId) -> tuple[Commission, int, list[Group]]:
    return (
        commissions.get(reader, commission_id),
        commissions.count_members(reader, commission_id),
        groups.of_commission(reader, commission_id),
    )


def _belongings(reader: Reader, resident_id: ResidentId) -> list[tuple[Commission, str | None]]:
    return [
        (commission, invite_link(reader, commission.id))
        for commission in commissions.of_resident(reader, resident_id)
    ]


def _is_officer(context: Context) -> bool:
    return may_act_as(context.resident, Role.OFFICER)


TAPS = {
    OpenCommissions: Route(on_open_tap, Role.RESIDENT),
    JoinCommission: Route(on_join_tap, Role.RESIDENT),
    LeaveCommission: Route(on_leave_tap, Role.RESIDENT),
    FinishCommissions: Route(on_finish_tap, Role.RESIDENT),
    FoundCommission: Route(on_found_tap, Role.OFFICER),
    ManageCommission: Route(on_manage_tap, Role.OFFICER),
    ShareCommission: Route(on_share_tap, Role.OFFICER),
}
COMMANDS = {"groupes": Route(on_groupes_command, Role.RESIDENT)}
PROMPTS = {COMMISSION_NAME: Route(on_name_text, Role.OFFICER)}
