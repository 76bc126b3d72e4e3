"""What is said of Telegram groups: to their officer in private, and in the group without names."""

from datetime import timedelta

from community.codes import TYPED_LIFETIME
from handlers.buttons import GiveInvite, LinkGroup, ManageCommission
from handlers.views.residents import home_key
from handlers.views.view import Key, Link, View, escape, lines
from handlers.words import Words
from storage.commissions import Commission
from storage.ids import CommissionId

LINK_COMMAND = "lier"
"""What an officer types in a group, with the code."""


def code(words: Words, commission: Commission, code: str, *, bot_username: str) -> View:
    """Tell an officer how a group is linked."""
    minutes = TYPED_LIFETIME // timedelta(minutes=1)
    typed = f"/{LINK_COMMAND}@{bot_username} {code}"
    url = f"https://t.me/{bot_username}?startgroup={code}"
    return View(
        lines(
            words("groups-code", name=escape(commission.name)),
            words("groups-code-add"),
            words("groups-code-type"),
            f"<code>{escape(typed)}</code>",
            words("groups-code-lifetime", minutes=minutes),
        ),
        (
            (Link(words("groups-add"), url),),
            (Key(words("button-back"), ManageCommission(commission.id)),),
        ),
    )


def linked_here(words: Words, commission: Commission) -> View:
    """Tell a group what it is linked to."""
    return View(words("groups-linked-here", name=escape(commission.name)))


def wrong_code(words: Words) -> View:
    """Tell a group that a code opens nothing."""
    return View(words("groups-wrong-code"))


def linked(words: Words, commission: Commission, *, lacks_link: bool) -> View:
    """Tell an officer that a group is linked, and ask for its invite link where it is not known."""
    return View(
        lines(
            words("groups-linked", name=escape(commission.name)),
            words("groups-ask-invite") if lacks_link else None,
        ),
        ((_settings(words, commission.id), home_key(words)),),
    )


def lost(words: Words, commission: Commission) -> View:
    """Tell an officer that the bot is no longer in a group."""
    return View(
        words("groups-lost", name=escape(commission.name)),
        ((Key(words("commissions-link-group"), LinkGroup(commission.id)), home_key(words)),),
    )


def invite_question(words: Words, commission_id: CommissionId) -> View:
    """Ask for a group's invite link."""
    return View(
        words("groups-ask-invite"),
        ((Key(words("button-back"), ManageCommission(commission_id)),),),
    )


def not_an_invite(words: Words, commission_id: CommissionId) -> View:
    """Tell that what was typed is no invite link."""
    again = Key(words("commissions-give-invite"), GiveInvite(commission_id))
    return View(words("groups-not-invite"), ((again, home_key(words)),))


def invite_kept(words: Words, commission_id: CommissionId) -> View:
    """Tell that a group's invite link is kept."""
    return View(words("groups-invite-kept"), ((_settings(words, commission_id), home_key(words)),))


def _settings(words: Words, commission_id: CommissionId) -> Key:
    return Key(words("groups-settings"), ManageCommission(commission_id))
