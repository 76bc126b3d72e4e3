"""The columns in their order, and how the application hears of them."""

from collections.abc import Callable, Mapping
from typing import Any

from telegram.ext import (
    Application,
    CallbackQueryHandler,
    ChatMemberHandler,
    MessageHandler,
    filters,
)

from handlers import (
    broadcasts,
    calendars,
    changes,
    commissions,
    errors,
    events,
    groups,
    outages,
    privacy,
    reminders,
    residents,
    rsvps,
    welcome,
)
from handlers.context import SERVICES
from handlers.premises import Desk, Services
from handlers.routing import Routes
from handlers.views.view import View
from storage.cards import Card
from storage.outbox import Notice

COLUMNS = (
    residents,
    commissions,
    groups,
    events,
    rsvps,
    calendars,
    reminders,
    broadcasts,
    outages,
    changes,
    privacy,
    welcome,
)

NOTICES: Mapping[str, Callable[[Desk, Notice], View | None]] = {
    kind: wording for column in COLUMNS for kind, wording in getattr(column, "NOTICES", {}).items()
}
"""How each kind of message owed is worded as it leaves; None: it is no longer true and stays."""
CARDS: Mapping[str, Callable[[Desk, Card], View | None]] = {
    kind: wording for column in COLUMNS for kind, wording in getattr(column, "CARDS", {}).items()
}
"""How each kind of card is worded when it is edited; None: it stays as it is."""


def register(application: Application[Any, Any, Any, Any, Any, Any], services: Services) -> Routes:
    """Have an application hand its updates to the columns; gives the routes."""
    routes = Routes(COLUMNS)
    application.bot_data[SERVICES] = services
    private = filters.ChatType.PRIVATE & filters.UpdateType.MESSAGE
    group = filters.ChatType.GROUPS & filters.UpdateType.MESSAGE
    application.add_handlers(
        [
            CallbackQueryHandler(routes.on_tap),
            MessageHandler(private, routes.on_private_message),
            MessageHandler(group, routes.on_group_message),
            ChatMemberHandler(routes.on_my_chat_member, ChatMemberHandler.MY_CHAT_MEMBER),
        ]
    )
    application.add_error_handler(errors.on_error)
    return routes
