"""What a change or a cancellation would do, before it is done, and how many would hear of it."""

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from handlers.buttons import (
    CancelEvent,
    ConfirmChange,
    ManageEvent,
    PreviewCancel,
)
from handlers.views.events import audience, fold_row, same_time
from handlers.views.view import Key, View, escape, lines
from handlers.words import Words
from storage.commissions import Commission
from storage.events import Event


def change(
    words: Words,
    event: Event,
    values: dict[str, Any],
    *,
    told: int,
    preview: int,
    commissions: tuple[Commission | None, Commission | None],
    seats_taken: int,
    beside: list[Event],
    is_twofold: bool,
    warning: str | None = None,
) -> View:
    """Show what is and what will be, and how many people will be told; a warning stands first.

    Args:
        commissions: whom the event is for, and whom it will be for.
        seats_taken: by those who are confirmed; more than the new capacity is warned of (F44).
    """
    changed = replace(event, **values)
    is_short = changed.capacity is not None and changed.capacity < seats_taken
    confirm = "changes-confirm-told" if told else "changes-confirm"
    return View(
        lines(
            f"⚠️ {warning}" if warning is not None else None,
            *_differences(words, event, changed, commissions),
            same_time(words, beside),
            words("changes-short", taken=seats_taken) if is_short else None,
            words("events-twofold", turn=changed.fold + 1) if is_twofold else None,
            words("changes-will-be-told", count=told),
        ),
        (
            *(fold_row(words, event.id) if is_twofold else ()),
            (
                Key(words(confirm), ConfirmChange(event.id, event.version, preview)),
                Key(words("button-back"), ManageEvent(event.id)),
            ),
        ),
    )


def reason_question(words: Words, event: Event) -> View:
    """Ask why an event is cancelled."""
    return View(
        lines(
            words("changes-ask-reason", title=escape(event.title or "")),
            words("changes-reason-example"),
        ),
        (
            (
                Key(words("changes-no-reason"), PreviewCancel(event.id)),
                Key(words("button-back"), ManageEvent(event.id)),
            ),
        ),
    )


def cancellation(words: Words, event: Event, *, reason: str | None, told: int) -> View:
    """Show what will be cancelled and why, and how many people will be told."""
    return View(
        lines(
            words("changes-cancel-title", title=escape(event.title or "")),
            f"📅 {words.day(event.day)}" if event.day is not None else None,
            words("changes-reason", reason=escape(reason)) if reason is not None else None,
            words("changes-will-be-told", count=told),
        ),
        (
            (
                Key(words("changes-cancel-told"), CancelEvent(event.id)),
                Key(words("button-back"), ManageEvent(event.id)),
            ),
        ),
    )


def _differences(
    words: Words,
    event: Event,
    changed: Event,
    commissions: tuple[Commission | None, Commission | None],
) -> Iterable[str]:
    before = _shown(words, event, commissions[0])
    after = _shown(words, changed, commissions[1])
    for old, new in zip(before, after, strict=True):
        if old != new:
            yield words("changes-difference", old=old, new=new)


def _shown(words: Words, event: Event, commission: Commission | None) -> tuple[str, ...]:
    """Give each field in words, escaped, in an order that is always the same."""
    seats = str(event.capacity) if event.capacity is not None else words("events-no-limit")
    return (
        f"📝 {escape(event.title or '')}",
        f"📅 {words.day(event.day)}" if event.day is not None else "",
        f"🕑 {words.hours(event.starts, event.ends)}" if event.starts is not None else "",
        f"📍 {escape(event.location or '')}",
        f"🪑 {seats}",
        f"👶 {words('events-yes' if event.childcare else 'events-no')}",
        f"👥 {audience(words, commission)}",
    )
