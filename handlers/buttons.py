"""Every button that a person may tap, and how it travels: a request with ids, never a right.

A button rides in Telegram's callback_data, 1 to 64 bytes
(https://core.telegram.org/bots/api#inlinekeyboardbutton), as `<version><code>:<field>:<field>…`. It is
parsed strictly, and whoever taps it is authorised again from their own id (F57).
"""

from collections.abc import Callable
from dataclasses import dataclass, fields
from enum import StrEnum
from typing import Any, get_type_hints

from storage.broadcasts import Audience
from storage.ids import BroadcastId, CommissionId, EventId, ResidentId
from storage.rsvps import Answer

VERSION = "1"
"""Grows when a button's fields change their meaning; older ones then say that they are old."""
MOST_BYTES = 64
"""https://core.telegram.org/bots/api#inlinekeyboardbutton (callback_data)."""
_MOST_DIGITS = 18


class Button:
    """The base of all buttons."""

    def pack(self) -> str:
        """Give the callback_data; raises ValueError past 64 bytes."""
        values = (_packed(getattr(self, field.name)) for field in fields(self))  # type: ignore[arg-type]  # every subclass is a dataclass
        data = ":".join((VERSION + CODES[type(self)], *values))
        if len(data.encode()) > MOST_BYTES:
            message = f"{type(self).__name__} needs more than {MOST_BYTES} bytes"
            raise ValueError(message)
        return data


class Field(StrEnum):
    """What an officer may set of an event."""

    TITLE = "title"
    DAY = "day"
    HOURS = "hours"
    LOCATION = "location"
    CAPACITY = "capacity"
    CHILDCARE = "childcare"
    COMMISSION = "commission"


# Before consent nothing is kept, so the language and the link's code ride along.
@dataclass(frozen=True, slots=True)
class ChooseLanguage(Button):
    """A visitor reads `language`; `code` is the link's that brought them, or empty."""

    language: str
    code: str


@dataclass(frozen=True, slots=True)
class Agree(Button):
    """A visitor agrees to the notice."""

    language: str
    code: str


@dataclass(frozen=True, slots=True)
class Refuse(Button):
    """A visitor does not agree."""

    language: str
    code: str


@dataclass(frozen=True, slots=True)
class LearnMore(Button):
    """A visitor wants to know more about their data."""

    language: str
    code: str


@dataclass(frozen=True, slots=True)
class KeepName(Button):
    """The first name that Telegram gave is right."""

    code: str


@dataclass(frozen=True, slots=True)
class OtherName(Button):
    """The person wants to be called otherwise."""

    code: str


@dataclass(frozen=True, slots=True)
class Home(Button):
    """Back to the start."""


@dataclass(frozen=True, slots=True)
class OpenAgenda(Button):
    """Show a page of the agenda."""

    page: int = 0


@dataclass(frozen=True, slots=True)
class OpenRsvps(Button):
    """Show what the person said yes or maybe to."""


@dataclass(frozen=True, slots=True)
class OpenLanguages(Button):
    """Show the languages."""


@dataclass(frozen=True, slots=True)
class SetLanguage(Button):
    """Write to the person in `language`."""

    language: str


@dataclass(frozen=True, slots=True)
class OpenHelp(Button):
    """Show how to reach a human."""


@dataclass(frozen=True, slots=True)
class Pause(Button):
    """Send no more messages."""


@dataclass(frozen=True, slots=True)
class Resume(Button):
    """Send messages again."""


@dataclass(frozen=True, slots=True)
class OpenData(Button):
    """Show what is kept about the person."""


@dataclass(frozen=True, slots=True)
class CopyData(Button):
    """Send it as a document."""


@dataclass(frozen=True, slots=True)
class AskErase(Button):
    """Show what erasing means."""


@dataclass(frozen=True, slots=True)
class Erase(Button):
    """Erase all about the person."""


@dataclass(frozen=True, slots=True)
class OpenCommissions(Button):
    """Show a page of the commissions to join and leave."""

    page: int = 0


@dataclass(frozen=True, slots=True)
class JoinCommission(Button):
    """Enter a commission."""

    commission_id: CommissionId


@dataclass(frozen=True, slots=True)
class LeaveCommission(Button):
    """Leave a commission, in the list."""

    commission_id: CommissionId


@dataclass(frozen=True, slots=True)
class QuitCommission(Button):
    """Leave a commission, among one's data."""

    commission_id: CommissionId


@dataclass(frozen=True, slots=True)
class FinishCommissions(Button):
    """The choice is made."""


@dataclass(frozen=True, slots=True)
class FoundCommission(Button):
    """Ask for the name of a new commission."""


@dataclass(frozen=True, slots=True)
class ManageCommission(Button):
    """Show an officer what can be done with a commission."""

    commission_id: CommissionId


@dataclass(frozen=True, slots=True)
class ShareCommission(Button):
    """Make a link to a commission."""

    commission_id: CommissionId


@dataclass(frozen=True, slots=True)
class LinkGroup(Button):
    """Make a code that links a group to a commission."""

    commission_id: CommissionId


@dataclass(frozen=True, slots=True)
class GiveInvite(Button):
    """Ask for the link by which people join a commission's group."""

    commission_id: CommissionId


@dataclass(frozen=True, slots=True)
class OpenEvent(Button):
    """Show an event's card."""

    event_id: EventId


@dataclass(frozen=True, slots=True)
class ManageEvent(Button):
    """Show an officer what can be done with an event."""

    event_id: EventId


@dataclass(frozen=True, slots=True)
class ShareEvent(Button):
    """Make a link to an event."""

    event_id: EventId


@dataclass(frozen=True, slots=True)
class NewEvent(Button):
    """Ask for the sentence of a new event."""


@dataclass(frozen=True, slots=True)
class OpenDraft(Button):
    """Show a draft."""

    event_id: EventId


@dataclass(frozen=True, slots=True)
class EditDraft(Button):
    """Ask for a field of a draft."""

    event_id: EventId
    field: Field


@dataclass(frozen=True, slots=True)
class SetChildcare(Button):
    """Say whether an event has childcare."""

    event_id: EventId
    is_offered: bool


@dataclass(frozen=True, slots=True)
class SetCommission(Button):
    """Say whom an event is for; 0: everybody."""

    event_id: EventId
    commission_id: int


@dataclass(frozen=True, slots=True)
class SetNoLimit(Button):
    """Say that an event has seats for everybody."""

    event_id: EventId


@dataclass(frozen=True, slots=True)
class SetFold(Button):
    """Say which of an hour that comes twice an event starts at."""

    event_id: EventId
    fold: int


@dataclass(frozen=True, slots=True)
class CreateEvent(Button):
    """Put a draft into the agenda."""

    event_id: EventId


@dataclass(frozen=True, slots=True)
class DiscardDraft(Button):
    """Throw a draft away."""

    event_id: EventId


@dataclass(frozen=True, slots=True)
class AnswerEvent(Button):
    """Answer an event, as the person saw it in `version`."""

    event_id: EventId
    answer: Answer
    version: int


@dataclass(frozen=True, slots=True)
class AnswerInGroup(Button):
    """Answer an event from a group's card."""

    event_id: EventId
    answer: Answer


@dataclass(frozen=True, slots=True)
class SetGuests(Button):
    """Say how many come along."""

    event_id: EventId
    guests: int


@dataclass(frozen=True, slots=True)
class MoreGuests(Button):
    """Show larger numbers of guests."""

    event_id: EventId


@dataclass(frozen=True, slots=True)
class Retract(Button):
    """Take the answer back."""

    event_id: EventId


@dataclass(frozen=True, slots=True)
class ChooseEvent(Button):
    """Show the events to announce, or to see who comes."""

    purpose: str


@dataclass(frozen=True, slots=True)
class OpenRoster(Button):
    """Show who comes: counts."""

    event_id: EventId


@dataclass(frozen=True, slots=True)
class OpenNames(Button):
    """Show who comes: names."""

    event_id: EventId


@dataclass(frozen=True, slots=True)
class Announce(Button):
    """Ask for whom an event is announced."""

    event_id: EventId


@dataclass(frozen=True, slots=True)
class PreviewBroadcast(Button):
    """Show exactly what an audience would get; `commission_id` 0 for the other audiences."""

    event_id: EventId
    audience: Audience
    commission_id: int


@dataclass(frozen=True, slots=True)
class SendBroadcast(Button):
    """Let a broadcast leave; `again` insists on a repetition."""

    broadcast_id: BroadcastId
    again: bool


@dataclass(frozen=True, slots=True)
class HurryBroadcast(Button):
    """Let a held broadcast leave now."""

    broadcast_id: BroadcastId


@dataclass(frozen=True, slots=True)
class TakeBackBroadcast(Button):
    """Take a broadcast back before it leaves."""

    broadcast_id: BroadcastId


@dataclass(frozen=True, slots=True)
class StopBroadcast(Button):
    """Stop a broadcast that is leaving."""

    broadcast_id: BroadcastId


@dataclass(frozen=True, slots=True)
class ChangeEvent(Button):
    """Show what can be changed of an event."""

    event_id: EventId


@dataclass(frozen=True, slots=True)
class ChangeField(Button):
    """Ask for a field of an event."""

    event_id: EventId
    field: Field


@dataclass(frozen=True, slots=True)
class ConfirmChange(Button):
    """Change the event as the update `preview` showed it, and tell everybody concerned."""

    event_id: EventId
    version: int
    preview: int


@dataclass(frozen=True, slots=True)
class AskCancel(Button):
    """Ask for the reason of a cancellation."""

    event_id: EventId


@dataclass(frozen=True, slots=True)
class PreviewCancel(Button):
    """Show what a cancellation without a reason would do."""

    event_id: EventId


@dataclass(frozen=True, slots=True)
class CancelEvent(Button):
    """Cancel an event after a moment."""

    event_id: EventId


@dataclass(frozen=True, slots=True)
class CancelNow(Button):
    """Cancel an event at once."""

    event_id: EventId


@dataclass(frozen=True, slots=True)
class KeepEvent(Button):
    """Take a decided cancellation back."""

    event_id: EventId


@dataclass(frozen=True, slots=True)
class OpenTeam(Button):
    """Show the officers."""


@dataclass(frozen=True, slots=True)
class InviteOfficer(Button):
    """Make an invitation to the team."""


@dataclass(frozen=True, slots=True)
class AnswerRequest(Button):
    """Say yes or no to somebody who wants to join the team."""

    candidate_id: ResidentId
    accepted: bool


@dataclass(frozen=True, slots=True)
class TellOutage(Button):
    """Tell those who were invited of a silence, in seconds since 1970."""

    since: int
    until: int


CODES: dict[type[Button], str] = {
    ChooseLanguage: "wl",
    Agree: "wa",
    Refuse: "wr",
    LearnMore: "wm",
    KeepName: "wk",
    OtherName: "wo",
    Home: "h",
    OpenAgenda: "ag",
    OpenRsvps: "my",
    OpenLanguages: "la",
    SetLanguage: "ls",
    OpenHelp: "he",
    Pause: "pa",
    Resume: "pr",
    OpenData: "da",
    CopyData: "dc",
    AskErase: "de",
    Erase: "dx",
    OpenCommissions: "co",
    JoinCommission: "cj",
    LeaveCommission: "cl",
    QuitCommission: "cq",
    FinishCommissions: "cf",
    FoundCommission: "cn",
    ManageCommission: "cm",
    ShareCommission: "cs",
    LinkGroup: "cg",
    GiveInvite: "ci",
    OpenEvent: "ev",
    ManageEvent: "em",
    ShareEvent: "es",
    NewEvent: "en",
    OpenDraft: "do",
    EditDraft: "df",
    SetChildcare: "dk",
    SetCommission: "dg",
    SetNoLimit: "dn",
    SetFold: "d2",
    CreateEvent: "dy",
    DiscardDraft: "dd",
    AnswerEvent: "ra",
    AnswerInGroup: "rg",
    SetGuests: "rn",
    MoreGuests: "rm",
    Retract: "rx",
    ChooseEvent: "ec",
    OpenRoster: "ro",
    OpenNames: "rr",
    Announce: "ba",
    PreviewBroadcast: "bp",
    SendBroadcast: "bs",
    HurryBroadcast: "bh",
    TakeBackBroadcast: "bt",
    StopBroadcast: "bx",
    ChangeEvent: "xe",
    ChangeField: "xf",
    ConfirmChange: "xc",
    AskCancel: "xa",
    PreviewCancel: "xp",
    CancelEvent: "xd",
    CancelNow: "xn",
    KeepEvent: "xk",
    OpenTeam: "te",
    InviteOfficer: "ti",
    AnswerRequest: "ta",
    TellOutage: "ot",
}
"""What each button is called on its way. A code is never given to another button."""
_BY_CODE = {code: button for button, code in CODES.items()}


def unpack(data: str) -> Button | None:
    """Read callback_data; None where it is not exactly what some button packs to."""
    head, *texts = data.split(":")
    kind = _BY_CODE.get(head.removeprefix(VERSION)) if head.startswith(VERSION) else None
    if kind is None:
        return None
    readers = _READERS[kind]
    if len(texts) != len(readers):
        return None
    try:
        button = kind(*(read(text) for read, text in zip(readers, texts, strict=True)))
    except ValueError:
        return None
    return button if button.pack() == data else None


def _packed(value: Any) -> str:
    return str(int(value)) if isinstance(value, bool) else str(value)


def _read_number(text: str) -> int:
    if len(text) > _MOST_DIGITS or not (text.isascii() and text.isdigit()):
        raise ValueError(text)
    return int(text)


def _read_flag(text: str) -> bool:
    return {"0": False, "1": True}[text] if text in {"0", "1"} else _refuse(text)


def _refuse(text: str) -> bool:
    raise ValueError(text)


def _reader(hint: Any) -> Callable[[str], Any]:
    if hint is bool:
        return _read_flag
    if hint is str or (isinstance(hint, type) and issubclass(hint, StrEnum)):
        return hint
    return _read_number


_READERS = {
    kind: [_reader(get_type_hints(kind)[field.name]) for field in fields(kind)]  # type: ignore[arg-type]  # every subclass is a dataclass
    for kind in CODES
}
