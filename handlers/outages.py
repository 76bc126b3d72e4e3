"""After a silence of Telegram's: the officers hear of it, and tell those invited by one tap."""

from collections.abc import Callable, Mapping
from datetime import UTC, datetime

from community import outages
from community.notices import Kind
from handlers import buttons
from handlers.buttons import Button
from handlers.context import Context
from handlers.guards import Route
from handlers.premises import Desk
from handlers.views import outages as views
from handlers.views.view import View
from storage.outbox import Notice
from storage.residents import Role


async def on_tell_tap(context: Context, button: buttons.TellOutage) -> None:
    """Tell everybody with an open invitation; a second tap finds them told."""
    told = await context.database.write(
        outages.tell,
        since=button.since,
        until=button.until,
        officer_id=context.resident.id,
        now=context.now,
    )
    await context.show(views.told(context.words, told))


def word_alert(desk: Desk, notice: Notice) -> View:
    """Word the alert to an officer."""
    return views.alert(desk.words, *_span(desk, notice))


def word_notice(desk: Desk, notice: Notice) -> View:
    """Word what a resident is told."""
    return views.notice(desk.words, *_span(desk, notice)[:2])


def word_recap(desk: Desk, _: Notice) -> View:
    """Word that all that a person wrote during a long silence was read."""
    return views.recap(desk.words)


def _span(desk: Desk, notice: Notice) -> tuple[datetime, datetime, int, int]:
    """Give the silence in local time, and as it travels in the button."""
    since, until = int(notice.facts["since"]), int(notice.facts["until"])
    zone = desk.premises.zone
    return (
        datetime.fromtimestamp(since, UTC).astimezone(zone),
        datetime.fromtimestamp(until, UTC).astimezone(zone),
        since,
        until,
    )


TAPS: Mapping[type[Button], Route] = {buttons.TellOutage: Route(on_tell_tap, Role.OFFICER)}
NOTICES: Mapping[Kind, Callable[[Desk, Notice], View | None]] = {
    Kind.OUTAGE_ALERT: word_alert,
    Kind.OUTAGE_NOTICE: word_notice,
    Kind.RECAP: word_recap,
}
