"""Changing a field of an event: asked, previewed with how many will hear of it, then done.

What is to be set waits with the chat's question, in plain values; the button of a preview names the
update that made it, so it never confirms another one (F53).
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from community import changes as rules
from community import events as planning
from community.events import existing
from community.reading import Doubt
from handlers import events as drafts
from handlers.buttons import (
    ChangeField,
    ConfirmChange,
    Field,
    ManageEvent,
    SetChildcare,
    SetCommission,
    SetFold,
    SetNoLimit,
)
from handlers.changes.overviews import changeable, show_overview
from handlers.context import Context
from handlers.events import Values
from handlers.views import changes as views
from handlers.views import events as event_views
from storage import commissions, rsvps
from storage.commissions import Commission
from storage.database import Reader
from storage.events import Event, EventStatus
from storage.ids import CommissionId, EventId

CHANGE_FIELD = "change_field"
"""The question after a new value of an event's field."""
CHANGE_PREVIEW = "change_preview"
"""A previewed change that waits for its button; no text answers it."""
_READ: Mapping[str, Callable[[str], date | time]] = {
    "day": date.fromisoformat,
    "starts": time.fromisoformat,
    "ends": time.fromisoformat,
}


async def on_field_tap(context: Context, button: ChangeField) -> None:
    """Ask for a field of an event."""
    event = await changeable(context, button.event_id)
    await _ask(context, event, button.field)


async def on_field_text(context: Context, text: str) -> None:
    """Preview the change that was typed, or ask again for what was not understood."""
    field = Field(context.asked["field"])
    event = await changeable(context, EventId(context.asked["event_id"]))
    value = drafts.read_field(field, text, await drafts.hearing(context))
    if isinstance(value, Doubt):
        await _ask(context, event, field, value)
    else:
        await _preview(context, event, value)


async def on_childcare_tap(context: Context, button: SetChildcare) -> None:
    """Set whether there is childcare."""
    await _set(context, button.event_id, {"childcare": button.is_offered})


async def on_commission_tap(context: Context, button: SetCommission) -> None:
    """Set whom an event is for; 0: everybody."""
    await _set(context, button.event_id, {"commission_id": button.commission_id or None})


async def on_no_limit_tap(context: Context, button: SetNoLimit) -> None:
    """Set that there are seats for everybody."""
    await _set(context, button.event_id, {"capacity": None})


async def on_fold_tap(context: Context, button: SetFold) -> None:
    """Set which of an hour that comes twice is meant (F19)."""
    waiting = _waiting(context, button.event_id)
    await _set(context, button.event_id, {**waiting, "fold": min(button.fold, 1)})


async def on_confirm_tap(context: Context, button: ConfirmChange) -> None:
    """Change an event as previewed; where it has changed meanwhile, preview again (F53)."""
    event = await context.database.read(existing, button.event_id)
    values = _waiting(context, button.event_id, preview=button.preview)
    if not values:
        is_done = event.version > button.version
        toast = None if is_done else context.words("refusal-changed")
        await show_overview(context, event.id, toast=toast)
    elif event.version != button.version:
        await _preview(context, event, values, warning=context.words("refusal-changed"))
    else:
        await _change(context, event, values)


async def _change(context: Context, event: Event, values: Values) -> None:
    await context.conclude(
        rules.change,
        event_id=event.id,
        fields=values,
        seen_version=event.version,
        author_id=context.resident.id,
        policy=context.premises.policy,
        hold_for=context.premises.hold_for,
        now=context.now,
    )
    await show_overview(context, event.id, toast=context.words("changes-changed"))


async def _set(context: Context, event_id: EventId, values: Values) -> None:
    """Set fields of a draft at once, or preview what they would change of an event."""
    event = await context.database.read(existing, event_id)
    if event.status is EventStatus.DRAFT:
        await drafts.set_fields(context, event, values)
    else:
        await _preview(context, event, values)


async def _ask(context: Context, event: Event, field: Field, doubt: Doubt | None = None) -> None:
    known = await context.database.read(commissions.all_) if field is Field.COMMISSION else []
    view = event_views.question(
        context.words,
        field,
        event_id=event.id,
        back=ManageEvent(event.id),
        warnings=event_views.doubtful(context.words, [doubt] if doubt is not None else []),
        commissions=known,
    )
    await context.ask(CHANGE_FIELD, view, event_id=event.id, field=field)


async def _preview(
    context: Context, event: Event, values: Values, *, warning: str | None = None
) -> None:
    """Show what a change would do; it waits for its button."""
    zone = context.premises.zone
    seen = await context.database.read(_foresee, event, values, zone, context.now)
    if all(getattr(event, name) == value for name, value in seen.values.items()):
        await context.forget_question()
        await show_overview(context, event.id, toast=context.words("changes-same"))
        return
    view = views.change(
        context.words,
        event,
        seen.values,
        told=seen.told,
        preview=context.cause,
        commissions=seen.commissions,
        seats_taken=seen.seats_taken,
        beside=seen.beside,
        is_twofold=drafts.is_twofold(context, replace(event, **seen.values)),
        warning=warning,
    )
    await context.ask(
        CHANGE_PREVIEW, view, event_id=event.id, preview=context.cause, fields=_plain(values)
    )


@dataclass(frozen=True, slots=True)
class _Foreseen:
    """What a change would set, how many would be told, and what an officer should know first."""

    values: Values
    told: int
    commissions: tuple[Commission | None, Commission | None]
    seats_taken: int
    beside: list[Event]


def _foresee(
    reader: Reader, event: Event, values: Values, zone: ZoneInfo, now: datetime
) -> _Foreseen:
    """Look up what a change would do; raises what `community.changes.preview` raises."""
    checked, told = rules.preview(reader, event_id=event.id, fields=values, zone=zone, now=now)
    changed = replace(event, **checked)
    commission_id = values.get("commission_id")
    if commission_id is not None:
        planning.commission_known(reader, CommissionId(commission_id))
    return _Foreseen(
        checked,
        told,
        (drafts.commission_of(reader, event), drafts.commission_of(reader, changed)),
        rsvps.seats(reader, event.id, now=now).confirmed,
        planning.beside(reader, changed) if changed.starts_at != event.starts_at else [],
    )


def _plain(values: Values) -> dict[str, Any]:
    """Make values fit to wait with a question."""
    return {
        name: value.isoformat() if name in _READ and value is not None else value
        for name, value in values.items()
    }


def _waiting(context: Context, event_id: EventId, *, preview: int | None = None) -> Values:
    """Give the values of the preview that waits for its button; empty where none does."""
    prompt, asked = context.speaking.prompt, context.asked
    is_meant = prompt is not None and prompt.kind == CHANGE_PREVIEW
    if not is_meant or asked["event_id"] != event_id:
        return {}
    if preview is not None and asked["preview"] != preview:
        return {}
    plain: dict[str, Any] = asked["fields"]
    return {
        name: _READ[name](value) if name in _READ and value is not None else value
        for name, value in plain.items()
    }
