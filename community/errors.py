"""What the community refuses. Each refusal is told in words; none is a fault.

CommunityError
├── NotAllowedError       this person may not do that
├── InvalidInputError     what was typed cannot be taken (field, reason)
├── TooLateError          the event has started, is over or is cancelled
├── NoSeatsError          the party does not fit (how many guests would)
├── GoneError             what the button spoke of is no longer there
├── ChangedError          it stands otherwise than the person saw
└── RepeatedError         the same was sent to the same people a short while ago
"""


class CommunityError(Exception):
    """A refusal that the person is told of, in their language."""


class NotAllowedError(CommunityError):
    """The person's role does not reach that far; nothing says what they missed."""


class InvalidInputError(CommunityError):
    """What was typed for `field` cannot be taken, for `reason`: both name words in the locales."""

    def __init__(self, field: str, reason: str) -> None:
        super().__init__(f"{field}: {reason}")
        self.field = field
        self.reason = reason


class TooLateError(CommunityError):
    """The moment is over: `reason` is "started" or "cancelled"."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class NoSeatsError(CommunityError):
    """There are not enough seats; `guests` could still come along."""

    def __init__(self, guests: int) -> None:
        super().__init__(f"room for {guests} guests")
        self.guests = guests


class GoneError(CommunityError):
    """What the button spoke of is no longer there."""


class ChangedError(CommunityError):
    """It no longer stands where the person saw it, so nothing was done."""


class RepeatedError(CommunityError):
    """The same announcement went to the same audience less than a day ago."""
