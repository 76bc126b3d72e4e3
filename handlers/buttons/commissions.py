"""Commissions and their Telegram groups."""

from dataclasses import dataclass

from handlers.buttons.button import Button
from storage.ids import CommissionId


@dataclass(frozen=True, slots=True)
class OpenCommissions(Button):
    """Show a page of the commissions to join and leave."""

    CODE = "co"

    page: int = 0


@dataclass(frozen=True, slots=True)
class JoinCommission(Button):
    """Enter a commission."""

    CODE = "cj"

    commission_id: CommissionId


@dataclass(frozen=True, slots=True)
class LeaveCommission(Button):
    """Leave a commission, in the list."""

    CODE = "cl"

    commission_id: CommissionId


@dataclass(frozen=True, slots=True)
class QuitCommission(Button):
    """Leave a commission, among one's data."""

    CODE = "cq"

    commission_id: CommissionId


@dataclass(frozen=True, slots=True)
class FinishCommissions(Button):
    """The choice is made."""

    CODE = "cf"


@dataclass(frozen=True, slots=True)
class FoundCommission(Button):
    """Ask for the name of a new commission."""

    CODE = "cn"


@dataclass(frozen=True, slots=True)
class ManageCommission(Button):
    """Show an officer what can be done with a commission."""

    CODE = "cm"

    commission_id: CommissionId


@dataclass(frozen=True, slots=True)
class ShareCommission(Button):
    """Make a link to a commission."""

    CODE = "cs"

    commission_id: CommissionId


@dataclass(frozen=True, slots=True)
class LinkGroup(Button):
    """Make a code that links a group to a commission."""

    CODE = "cg"

    commission_id: CommissionId


@dataclass(frozen=True, slots=True)
class GiveInvite(Button):
    """Ask for the link by which people join a commission's group."""

    CODE = "ci"

    commission_id: CommissionId
