"""Events: the agenda that everybody sees, and the drafts of officers.

An event's card, with the person's own answer, is the rsvps column's; what changes an event of the
agenda is the changes column's.
"""

from handlers.buttons import (
    DiscardDraft,
    EditDraft,
    NewEvent,
    OpenAgenda,
    OpenDraft,
    ShareEvent,
)
from handlers.events.agenda import (
    on_agenda_command,
    on_agenda_tap,
    on_share_tap,
    show_agenda,
)
from handlers.events.drafts import (
    EVENT_FIELD,
    EVENT_SENTENCE,
    commission_of,
    is_twofold,
    on_discard_tap,
    on_edit_tap,
    on_field_text,
    on_new_tap,
    on_nouveau_command,
    on_open_tap,
    on_sentence,
    set_fields,
    show_draft,
)
from handlers.events.fields import Values, hearing, read_field
from handlers.guards import Route
from storage.residents import Role

__all__ = [
    "Values",
    "commission_of",
    "hearing",
    "is_twofold",
    "on_sentence",
    "read_field",
    "set_fields",
    "show_agenda",
    "show_draft",
]

TAPS = {
    OpenAgenda: Route(on_agenda_tap, None),
    ShareEvent: Route(on_share_tap, Role.OFFICER),
    NewEvent: Route(on_new_tap, Role.OFFICER),
    OpenDraft: Route(on_open_tap, Role.OFFICER),
    EditDraft: Route(on_edit_tap, Role.OFFICER),
    DiscardDraft: Route(on_discard_tap, Role.OFFICER),
}
COMMANDS = {
    "agenda": Route(on_agenda_command, None),
    "nouveau": Route(on_nouveau_command, Role.OFFICER),
}
PROMPTS = {
    EVENT_SENTENCE: Route(on_sentence, Role.OFFICER),
    EVENT_FIELD: Route(on_field_text, Role.OFFICER),
}
MENU = {"menu-agenda": Route(on_agenda_command, None)}
