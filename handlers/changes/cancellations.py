"""Cancelling an event: a reason, how many will hear of it, then a moment to take it back."""

from datetime import datetime

from community import changes as rules
from community import texts
from community.events import existing
from handlers.buttons import AskCancel, CancelEvent, CancelNow, KeepEvent, PreviewCancel
from handlers.changes.overviews import changeable, show_overview
from handlers.context import Context
from handlers.views import changes as views
from storage import cards
from storage.database import Reader, Writer
from storage.events import Event, EventStatus
from storage.ids import ChatId, EventId, MessageId

CANCEL_REASON = "cancel_reason"
"""The question why an event is cancelled."""
CANCEL_PREVIEW = "cancel_preview"
"""A previewed cancellation that waits for its button; no text answers it."""


async def on_ask_tap(context: Context, button: AskCancel) -> None:
    """Ask why an event is cancelled."""
    event = await changeable(context, button.event_id)
    await context.ask(CANCEL_REASON, views.reason_question(context.words, event), event_id=event.id)


async def on_reason_text(context: Context, text: str) -> None:
    """Show what cancelling for this reason would do."""
    await changeable(context, EventId(context.asked["event_id"]))
    reason = texts.line(text, field="reason", most=rules.MOST_REASON)
    await _preview(context, EventId(context.asked["event_id"]), reason)


async def on_preview_tap(context: Context, button: PreviewCancel) -> None:
    """Show what cancelling without a reason would do."""
    await _preview(context, button.event_id, None)


async def on_cancel_tap(context: Context, button: CancelEvent) -> None:
    """Decide to cancel an event as previewed; it takes effect after a moment."""
    event = await context.database.read(existing, button.event_id)
    prompt, asked = context.speaking.prompt, context.asked
    is_previewed = prompt is not None and prompt.kind == CANCEL_PREVIEW
    if event.cancel_at is not None:
        await context.show(views.held(context.words, event, now=context.now))
    elif is_previewed and asked["event_id"] == event.id:
        await _decide(context, event.id, asked["reason"])
    else:
        await _preview(context, event.id, None)


async def on_keep_tap(context: Context, button: KeepEvent) -> None:
    """Take a decided cancellation back."""
    await context.database.write(rules.keep, event_id=button.event_id)
    await show_overview(context, button.event_id, toast=context.words("changes-kept"))


async def on_cancel_now_tap(context: Context, button: CancelNow) -> None:
    """Cancel an event whose cancellation is decided, at once."""
    event, told = await context.database.write(
        _cancel,
        context.chat_id,
        context.tapped,
        event_id=button.event_id,
        now=context.now,
    )
    if event.status is EventStatus.CANCELLED:
        await context.show(views.cancelled(context.words, event, told=told))
    else:
        await show_overview(context, event.id)


async def _preview(context: Context, event_id: EventId, reason: str | None) -> None:
    event, told = await context.database.read(_foresee, event_id)
    view = views.cancellation(context.words, event, reason=reason, told=told)
    await context.ask(CANCEL_PREVIEW, view, event_id=event_id, reason=reason)


async def _decide(context: Context, event_id: EventId, reason: str | None) -> None:
    event = await context.conclude(
        rules.decide_cancel,
        event_id=event_id,
        reason=reason,
        hold_for=context.premises.hold_for,
        now=context.now,
    )
    await context.show(views.held(context.words, event, now=context.now))


def _foresee(reader: Reader, event_id: EventId) -> tuple[Event, int]:
    return existing(reader, event_id), len(rules.concerned(reader, event_id))


def _cancel(
    writer: Writer,
    chat_id: ChatId,
    message_id: MessageId | None,
    *,
    event_id: EventId,
    now: datetime,
) -> tuple[Event, int]:
    """Cancel an event, unless that was taken back; gives it, and how many are told.

    The message tapped is about to say so itself, so it is not edited as a card besides.
    """
    event = existing(writer, event_id)
    if event.status is EventStatus.SCHEDULED and event.cancel_at is None:
        return event, 0
    if message_id is not None:
        cards.remove(writer, chat_id, message_id)
    cancelled = rules.cancel(writer, event_id=event_id, now=now)
    return cancelled, len(rules.concerned(writer, event_id))
