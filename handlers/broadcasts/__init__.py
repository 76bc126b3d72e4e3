"""Announcing an event to many: for whom, the exact preview, a minute to take it back, progress."""

from collections.abc import Callable, Mapping

from community.notices import Kind
from handlers import buttons
from handlers.broadcasts.taps import (
    on_announce_command,
    on_announce_tap,
    on_hurry_tap,
    on_preview_tap,
    on_send_tap,
    on_stop_tap,
    on_take_back_tap,
)
from handlers.broadcasts.wording import (
    word_announcement,
    word_group_card,
    word_nudge,
    word_progress,
)
from handlers.buttons import Button
from handlers.guards import Route
from handlers.premises import Desk
from handlers.views.view import View
from storage.cards import Card, CardKind
from storage.outbox import Notice
from storage.residents import Role

TAPS: Mapping[type[Button], Route] = {
    buttons.Announce: Route(on_announce_tap, Role.OFFICER),
    buttons.PreviewBroadcast: Route(on_preview_tap, Role.OFFICER),
    buttons.SendBroadcast: Route(on_send_tap, Role.OFFICER),
    buttons.HurryBroadcast: Route(on_hurry_tap, Role.OFFICER),
    buttons.TakeBackBroadcast: Route(on_take_back_tap, Role.OFFICER),
    buttons.StopBroadcast: Route(on_stop_tap, Role.OFFICER),
}
COMMANDS: Mapping[str, Route] = {"diffuser": Route(on_announce_command, Role.OFFICER)}
NOTICES: Mapping[Kind, Callable[[Desk, Notice], View | None]] = {
    Kind.ANNOUNCEMENT: word_announcement,
    Kind.NUDGE: word_nudge,
    Kind.GROUP_CARD: word_group_card,
}
CARDS: Mapping[CardKind, Callable[[Desk, Card], View | None]] = {
    CardKind.BROADCAST: word_progress,
}
