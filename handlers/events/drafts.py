"""Drafts: one sentence or one question after the other, then the whole to look at (product.md A1).

What is not understood is asked and never guessed; the doubts that a sentence left travel with the
questions, so that none is forgotten on the way.
"""

from collections.abc import Iterable, Mapping, Sequence
from itertools import chain
from typing import Any

from community import events as rules
from community.errors import ChangedError, GoneError, InvalidInputError
from community.reading import Doubt, Reason
from community.reading import Field as Part
from handlers.buttons import DiscardDraft, EditDraft, Field, NewEvent, OpenDraft
from handlers.context import Context
from handlers.events.fields import (
    FIELDS,
    LACKING,
    Values,
    hearing,
    read_field,
    read_sentence,
    told,
)
from handlers.views import events as views
from handlers.views import refusals
from storage import commissions, events
from storage.commissions import Commission
from storage.database import Reader
from storage.events import Event, EventStatus
from storage.ids import EventId

EVENT_SENTENCE = "event_sentence"
"""The question after a sentence that says all of an event."""
EVENT_FIELD = "event_field"
"""The question after one field of a draft."""


async def on_nouveau_command(context: Context, argument: str) -> None:
    """Begin a draft from the sentence after the command, or ask for one."""
    if argument:
        await on_sentence(context, argument)
    else:
        await context.ask(EVENT_SENTENCE, views.sentence_question(context.words))


async def on_new_tap(context: Context, button: NewEvent) -> None:
    """Ask for a sentence."""
    del button
    await context.ask(EVENT_SENTENCE, views.sentence_question(context.words))


async def on_sentence(context: Context, text: str) -> None:
    """Begin a draft from what a sentence tells, then ask for what it does not tell."""
    heard = await hearing(context)
    reading = read_sentence(text, heard)
    values = told(reading, heard)
    zone = context.premises.zone
    draft = await context.conclude(
        rules.begin,
        organizer_id=context.resident.id,
        fields=values,
        zone=zone,
        now=context.now,
        cause=context.cause,
    )
    refused = rules.objection(draft, values, zone=zone, now=context.now)
    await _go_on(context, draft, reading.doubts, refused=refused)


async def on_field_text(context: Context, text: str) -> None:
    """Set the field that was asked for, or ask again for what was not understood."""
    field = Field(context.asked["field"])
    draft = await _open_draft(context, EventId(context.asked["event_id"]))
    doubts = _carried(context, draft.id)
    value = read_field(field, text, await hearing(context))
    if isinstance(value, Doubt):
        await _ask(context, draft, field, (value, *doubts))
    else:
        await set_fields(context, draft, value)


async def set_fields(context: Context, draft: Event, values: Values) -> None:
    """Set fields of a draft, then ask for what it lacks, or show it as a whole."""
    doubts = _carried(context, draft.id)
    filled = await context.conclude(
        rules.fill,
        event_id=draft.id,
        fields=values,
        zone=context.premises.zone,
        now=context.now,
    )
    await _go_on(context, filled, doubts)


async def on_edit_tap(context: Context, button: EditDraft) -> None:
    """Ask for a field of a draft."""
    draft = await _open_draft(context, button.event_id)
    await _ask(context, draft, button.field, ())


async def on_open_tap(context: Context, button: OpenDraft) -> None:
    """Show a draft as it is."""
    draft = await _open_draft(context, button.event_id)
    await _settle(context, draft.id)
    await show_draft(context, draft)


async def on_discard_tap(context: Context, button: DiscardDraft) -> None:
    """Throw a draft away; raises ChangedError where it has come into the agenda."""
    draft = await context.database.read(events.find, button.event_id)
    if draft is not None and draft.status is not EventStatus.DRAFT:
        raise ChangedError
    await _settle(context, button.event_id)
    await context.database.write(rules.discard, event_id=button.event_id)
    await context.show(views.discarded(context.words))


async def _settle(context: Context, event_id: EventId) -> None:
    """Forget what was asked about a draft; a question about another one stands."""
    if context.asked.get("event_id") == event_id:
        await context.forget_question()


async def show_draft(context: Context, draft: Event, doubts: Sequence[Doubt] = ()) -> None:
    """Show a draft as a whole, with what takes place at the same time."""
    commission, beside = await context.database.read(_around, draft)
    await context.show(
        views.draft(
            context.words,
            draft,
            commission=commission,
            beside=beside,
            doubts=doubts,
            is_twofold=is_twofold(context, draft),
        )
    )


def is_twofold(context: Context, event: Event) -> bool:
    """Whether the clock shows an event's start twice, on the night when it goes back (F19)."""
    if event.day is None or event.starts is None or event.starts_at is None:
        return False
    planned = rules.schedule(event.day, event.starts, None, context.premises.zone, fold=event.fold)
    return planned.is_twofold


async def _go_on(
    context: Context,
    draft: Event,
    doubts: Sequence[Doubt],
    *,
    refused: InvalidInputError | None = None,
) -> None:
    """Ask for what a draft lacks, then for what was doubtful; show it where nothing is left."""
    lacking = (LACKING[name] for name in rules.lacking(draft))
    doubted = (FIELDS[doubt.field] for doubt in doubts if doubt.field in FIELDS)
    field = next(chain(lacking, doubted), None)
    if field is None:
        await show_draft(context, draft, doubts)
        return
    warning = refusals.text(context.words, refused) if refused is not None else None
    await _ask(context, draft, field, doubts, warning=warning)


async def _ask(
    context: Context,
    draft: Event,
    field: Field,
    doubts: Sequence[Doubt],
    *,
    warning: str | None = None,
) -> None:
    """Ask for a field, telling first why: what was refused, or not understood of it."""
    about = [doubt for doubt in doubts if FIELDS.get(doubt.field) in {field, None}]
    later = [doubt for doubt in doubts if doubt not in about]
    known = await context.database.read(commissions.all_) if field is Field.COMMISSION else []
    refusal = [warning] if warning is not None else []
    warnings = [*refusal, *views.doubtful(context.words, about)]
    view = views.question(
        context.words,
        field,
        event_id=draft.id,
        back=OpenDraft(draft.id),
        warnings=warnings,
        commissions=known,
    )
    facts = [[doubt.field, doubt.text, doubt.reason] for doubt in later]
    await context.ask(EVENT_FIELD, view, event_id=draft.id, field=field, doubts=facts)


def _carried(context: Context, event_id: EventId) -> tuple[Doubt, ...]:
    """Give the doubts that the last question about a draft left for later."""
    asked: Mapping[str, Any] = context.asked
    if asked.get("event_id") != event_id:
        return ()
    kept: Iterable[Sequence[str]] = asked.get("doubts", ())
    return tuple(Doubt(Part(part), text, Reason(reason)) for part, text, reason in kept)


async def _open_draft(context: Context, event_id: EventId) -> Event:
    """Get a draft; where it is none any more it is not asked about either.

    Raises:
        GoneError: it was thrown away.
        ChangedError: it is in the agenda.
    """
    draft = await context.database.read(events.find, event_id)
    if draft is not None and draft.status is EventStatus.DRAFT:
        return draft
    await context.forget_question()
    raise GoneError if draft is None else ChangedError


def _around(reader: Reader, draft: Event) -> tuple[Commission | None, list[Event]]:
    return commission_of(reader, draft), rules.beside(reader, draft)


def commission_of(reader: Reader, event: Event) -> Commission | None:
    """Find the commission that an event is for, None: for everybody."""
    if event.commission_id is None:
        return None
    return commissions.find(reader, event.commission_id)
