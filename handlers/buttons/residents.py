"""Home, languages, help, pause, and the officers' team."""

from dataclasses import dataclass

from handlers.buttons.button import Button
from storage.ids import EventId, ResidentId


@dataclass(frozen=True, slots=True)
class Home(Button):
    """Back to the start."""

    CODE = "h"


@dataclass(frozen=True, slots=True)
class OpenLanguages(Button):
    """Show the languages."""

    CODE = "la"


@dataclass(frozen=True, slots=True)
class SetLanguage(Button):
    """Write to the person in `language`."""

    CODE = "ls"

    language: str


@dataclass(frozen=True, slots=True)
class OpenHelp(Button):
    """Show how to reach a human."""

    CODE = "he"


@dataclass(frozen=True, slots=True)
class Pause(Button):
    """Send no more messages."""

    CODE = "pa"


@dataclass(frozen=True, slots=True)
class FewerMessages(Button):
    """Show the ways to fewer messages, to who was told of an event."""

    CODE = "pf"

    event_id: EventId


@dataclass(frozen=True, slots=True)
class Resume(Button):
    """Send messages again."""

    CODE = "pr"


@dataclass(frozen=True, slots=True)
class OpenTeam(Button):
    """Show the officers."""

    CODE = "te"


@dataclass(frozen=True, slots=True)
class InviteOfficer(Button):
    """Make an invitation to the team."""

    CODE = "ti"


@dataclass(frozen=True, slots=True)
class AnswerRequest(Button):
    """Say yes or no to somebody who wants to join the team."""

    CODE = "ta"

    candidate_id: ResidentId
    accepted: bool
