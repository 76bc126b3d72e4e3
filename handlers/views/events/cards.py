"""An event in lines, as every card, reminder and notice shows it (product.md R2)."""

from handlers.buttons import SendCalendar
from handlers.views.view import Key, escape
from handlers.words import Words
from storage.commissions import Commission
from storage.events import Event, EventStatus

EVERYBODY = "🏘"
"""The pictogram of an event that is for no commission in particular."""


def card_lines(
    words: Words, event: Event, *, commission: Commission | None, seats_left: int | None
) -> list[str]:
    """Give the lines of an event's card: HTML, escaped; what is not known is left out.

    `seats_left` None: no limit. A cancelled event says so first, and shows no seats.
    """
    is_cancelled = event.status is EventStatus.CANCELLED
    extras = [
        words("events-childcare") if event.childcare else "",
        words("events-seats", count=seats_left)
        if seats_left is not None and not is_cancelled
        else "",
    ]
    return [
        line
        for line in (
            words("events-cancelled") if is_cancelled else "",
            title_line(event, commission),
            when(words, event),
            f"📍 {escape(event.location)}" if event.location is not None else "",
            "   ".join(extra for extra in extras if extra),
        )
        if line
    ]


def title_line(event: Event, commission: Commission | None) -> str:
    """Give an event's pictogram and title; empty without a title."""
    if event.title is None:
        return ""
    pictogram = escape(commission.pictogram) if commission is not None else EVERYBODY
    return f"{pictogram} <b>{escape(event.title)}</b>"


def when(words: Words, event: Event) -> str:
    """Give an event's day and hours; what is not known is left out."""
    parts = (
        f"📅 {words.day(event.day)}" if event.day is not None else "",
        f"🕑 {words.hours(event.starts, event.ends)}" if event.starts is not None else "",
    )
    return "  ".join(part for part in parts if part)


def when_in_full(words: Words, event: Event) -> str:
    """Give an event's day with its year, in capitals, and its hours."""
    parts = (
        f"📅 {words.full_day(event.day)}" if event.day is not None else "📅 ?",
        f"🕑 {words.hours(event.starts, event.ends)}" if event.starts is not None else "🕑 ?",
    )
    return " · ".join(parts)


def calendar_key(words: Words, event: Event) -> Key:
    """Give the event for the phone's own calendar."""
    return Key(words("calendars-add"), SendCalendar(event.id))
