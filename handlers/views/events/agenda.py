"""The agenda, and a link to one of its events."""

from collections.abc import Sequence

from handlers.buttons import ManageEvent, NewEvent, OpenAgenda, OpenEvent
from handlers.views.residents import home_key
from handlers.views.view import Key, View, arrows, escape, label, lines, rows
from handlers.words import Words
from storage.events import Event

PAGE = 6
"""A line each, within 8 lines, and three rows of two (product.md, rule 4)."""


def agenda(words: Words, upcoming: Sequence[Event], *, page: int, is_officer: bool) -> View:
    """Show a page of what comes, soonest first; each event opens its card."""
    pages = max(1, -(-len(upcoming) // PAGE))
    at = min(page, pages - 1)
    shown = [event for event in upcoming if event.day is not None][at * PAGE : (at + 1) * PAGE]
    new = [Key(words("button-new-event"), NewEvent())] if is_officer else []
    return View(
        lines(
            words("events-agenda") if shown else words("events-agenda-empty"),
            *(_line(words, event) for event in shown),
        ),
        (
            *rows(_key(event, shown) for event in shown),
            *arrows(at, pages, OpenAgenda),
            (*new, home_key(words)),
        ),
    )


def _line(words: Words, event: Event) -> str | None:
    if event.day is None or event.starts is None:
        return None
    return words(
        "events-agenda-line",
        day=words.day(event.day),
        hour=words.hour(event.starts),
        title=escape(event.title or ""),
    )


def _key(event: Event, shown: Sequence[Event]) -> Key:
    """Name an event by its title; where several have the same, by the number of the day too."""
    title = event.title or ""
    is_alone = sum(one.title == event.title for one in shown) == 1
    number = f"{event.day.day} · " if event.day is not None and not is_alone else ""
    return Key(label(f"📅 {number}{title}"), OpenEvent(event.id))


def link(words: Words, event: Event, url: str) -> View:
    """Show a link that opens an event's card, to copy."""
    return View(
        lines(
            words("events-link", title=escape(event.title or "")),
            f"<code>{escape(url)}</code>",
        ),
        ((Key(words("button-back"), ManageEvent(event.id)),),),
    )
