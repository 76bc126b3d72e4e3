"""Answering events, one's own answers, and who comes. An answer is a target state (F42)."""

from collections.abc import Callable, Mapping

from community.notices import Kind
from handlers import buttons
from handlers.buttons import Button
from handlers.guards import Route
from handlers.premises import Desk
from handlers.rsvps.answers import (
    on_answer_tap,
    on_group_tap,
    on_guests_tap,
    on_more_guests_tap,
    on_open_tap,
    on_retract_tap,
    show_event,
)
from handlers.rsvps.lists import (
    on_choose_tap,
    on_names_tap,
    on_presences_command,
    on_roster_tap,
    on_rsvps_tap,
    on_rsvps_text,
    show_choice,
)
from handlers.rsvps.sights import Sight, look, onlooker, sight_at
from handlers.rsvps.wording import (
    group_card_at,
    word_confirmation,
    word_event_card,
    word_free_seats,
    word_group_card,
    word_offer,
    word_offer_passed,
)
from handlers.views.view import View
from storage.cards import Card, CardKind
from storage.outbox import Notice
from storage.residents import Role

__all__ = [
    "CARDS",
    "COMMANDS",
    "MENU",
    "NOTICES",
    "TAPS",
    "Sight",
    "group_card_at",
    "look",
    "onlooker",
    "show_choice",
    "show_event",
    "sight_at",
]

TAPS: Mapping[type[Button], Route] = {
    buttons.OpenEvent: Route(on_open_tap, Role.RESIDENT),
    buttons.AnswerEvent: Route(on_answer_tap, Role.RESIDENT),
    buttons.AnswerInGroup: Route(on_group_tap, None),
    buttons.SetGuests: Route(on_guests_tap, Role.RESIDENT),
    buttons.MoreGuests: Route(on_more_guests_tap, Role.RESIDENT),
    buttons.Retract: Route(on_retract_tap, Role.RESIDENT),
    buttons.OpenRsvps: Route(on_rsvps_tap, Role.RESIDENT),
    buttons.ChooseEvent: Route(on_choose_tap, Role.OFFICER),
    buttons.OpenRoster: Route(on_roster_tap, Role.OFFICER),
    buttons.OpenNames: Route(on_names_tap, Role.OFFICER),
}
COMMANDS: Mapping[str, Route] = {
    "inscriptions": Route(on_rsvps_text, Role.RESIDENT),
    "presences": Route(on_presences_command, Role.OFFICER),
}
MENU: Mapping[str, Route] = {"menu-rsvps": Route(on_rsvps_text, Role.RESIDENT)}
NOTICES: Mapping[Kind, Callable[[Desk, Notice], View | None]] = {
    Kind.CONFIRMATION: word_confirmation,
    Kind.OFFER: word_offer,
    Kind.FREE_SEATS: word_free_seats,
    Kind.OFFER_PASSED: word_offer_passed,
}
CARDS: Mapping[CardKind, Callable[[Desk, Card], View | None]] = {
    CardKind.EVENT: word_event_card,
    CardKind.GROUP: word_group_card,
}
