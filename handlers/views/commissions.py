"""The screens of the commissions: the list to join and leave, what one is in, an officer's view."""

from collections.abc import Sequence

from handlers.buttons import (
    FinishCommissions,
    FoundCommission,
    GiveInvite,
    JoinCommission,
    LeaveCommission,
    LinkGroup,
    ManageCommission,
    OpenCommissions,
    ShareCommission,
)
from handlers.views.residents import home_key
from handlers.views.view import Key, Link, Row, View, arrows, escape, label, lines, rows
from handlers.words import Words
from storage.commissions import Commission, Option
from storage.groups import Group

RESIDENTS_PAGE = 8
"""Four rows of two, so that all stays within 6 rows (product.md, rule 4)."""
OFFICERS_PAGE = 4
"""Four rows of one: each has its own settings beside it."""
MOST_GROUPS = 8
IN, OUT = "☑️", "▫️"


def page_size(*, is_officer: bool) -> int:
    """Give how many commissions a page of the list holds."""
    return OFFICERS_PAGE if is_officer else RESIDENTS_PAGE


def listing(words: Words, options: Sequence[Option], *, page: int, is_officer: bool) -> View:
    """Show the commissions, each with whether the person belongs to it."""
    size = page_size(is_officer=is_officer)
    pages = max(1, -(-len(options) // size))
    at = min(page, pages - 1)
    shown = options[at * size : (at + 1) * size]
    keys = [key for option in shown for key in _keys(option, is_officer=is_officer)]
    return View(
        words("commissions-title") if options else words("commissions-none"),
        (
            *rows(keys),
            *arrows(at, pages, OpenCommissions),
            _last_row(words, has_some=bool(options), is_officer=is_officer),
        ),
    )


def _keys(option: Option, *, is_officer: bool) -> list[Key]:
    commission = option.commission
    turn = LeaveCommission if option.is_member else JoinCommission
    mark = IN if option.is_member else OUT
    toggle = Key(label(f"{mark} {commission.pictogram} {commission.name}"), turn(commission.id))
    settings = Key(label(f"⚙️ {commission.name}"), ManageCommission(commission.id))
    return [toggle, settings] if is_officer else [toggle]


def _last_row(words: Words, *, has_some: bool, is_officer: bool) -> Row:
    found = [Key(words("commissions-found"), FoundCommission())] if is_officer else []
    done = Key(words("commissions-finish"), FinishCommissions()) if has_some else home_key(words)
    return (*found, done)


def belongings(words: Words, belongs: Sequence[tuple[Commission, str | None]]) -> View:
    """Tell which commissions a person is in, each with its group's invite link where known."""
    links = [(commission, url) for commission, url in belongs if url is not None]
    names = ", ".join(escape(commission.name) for commission, _ in belongs)
    one = len(links) == 1
    keys = [
        Link(
            words("commissions-open-group") if one else label(f"💬 {commission.name}"),
            url,
        )
        for commission, url in links[:MOST_GROUPS]
    ]
    text = words("commissions-in", names=names) if belongs else words("commissions-in-none")
    return View(text, (*rows(keys), _way_back(words)))


def question(words: Words) -> View:
    """Ask for the name of a new commission."""
    return View(
        lines(words("commissions-ask-name"), words("commissions-name-example")),
        ((Key(words("button-back"), OpenCommissions()),),),
    )


def settings(
    words: Words, commission: Commission, *, members: int, groups: Sequence[Group]
) -> View:
    """Show an officer a commission, and what can be done with it."""
    lacks_link = any(group.invite_link is None for group in groups)
    state = "linked" if groups else "unlinked"
    give = Key(words("commissions-give-invite"), GiveInvite(commission.id))
    return View(
        lines(
            f"⚙️ {escape(commission.pictogram)} {escape(commission.name)}",
            words("commissions-members", count=members),
            words(f"commissions-group-{state}"),
        ),
        (
            (
                Key(words("commissions-share"), ShareCommission(commission.id)),
                Key(words("commissions-link-group"), LinkGroup(commission.id)),
            ),
            *(((give,),) if lacks_link else ()),
            _way_back(words),
        ),
    )


def link(words: Words, commission: Commission, url: str) -> View:
    """Show a link that opens a commission, to copy."""
    return View(
        lines(
            words("commissions-link", name=escape(commission.name)),
            f"<code>{escape(url)}</code>",
        ),
        ((Key(words("button-back"), ManageCommission(commission.id)),),),
    )


def _way_back(words: Words) -> Row:
    return (
        Key(words("button-back"), OpenCommissions()),
        home_key(words),
    )
