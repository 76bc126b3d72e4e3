"""Taps that answer an event. Whatever the button, the screen then shows the truth (F40, F42)."""

from datetime import timedelta

from community import events
from handlers import buttons
from handlers.context import Context
from handlers.rsvps.actions import (
    CHANGED,
    Outcome,
    answer,
    answer_in_group,
    retract,
    set_guests,
)
from handlers.rsvps.sights import Sight, look, onlooker
from handlers.views import rsvps as views
from handlers.views.view import View
from storage.ids import EventId, UpdateId
from storage.residents import Resident
from storage.rsvps import Answer, Standing

DOUBLE_TAP = timedelta(seconds=10)
"""A tap that changes nothing so soon after the answer belongs to it: the same question stays."""
_HAS_SEATS = frozenset({Standing.CONFIRMED, Standing.OFFERED})
_GROUP_TOASTS = {
    Answer.YES: "rsvps-toast-group-yes",
    Answer.NO: "rsvps-toast-group-no",
}


async def show_event(context: Context, event_id: EventId) -> None:
    """Show an event's card; a visitor sees it too, and nothing of them is kept.

    Raises:
        GoneError: there is no such event, or it is a draft.
    """
    await context.show(_card(context, await _look(context, event_id)))


async def on_open_tap(context: Context, button: buttons.OpenEvent) -> None:
    """Show an event's card."""
    await show_event(context, button.event_id)


async def on_answer_tap(context: Context, button: buttons.AnswerEvent) -> None:
    """Answer an event."""
    outcome = await context.database.write(
        answer,
        tap=button,
        resident_id=context.resident.id,
        now=context.now,
        cause=context.cause,
        shown_on=context.tapped,
    )
    view = _after_answer(context, outcome)
    if outcome.refusal is None and not outcome.is_news(context.cause):
        await context.show(view, toast=context.words("rsvps-toast-already"))
    else:
        await _show(context, outcome, view)


async def on_guests_tap(context: Context, button: buttons.SetGuests) -> None:
    """Say how many come along."""
    outcome = await context.database.write(
        set_guests,
        tap=button,
        resident_id=context.resident.id,
        now=context.now,
        cause=context.cause,
        shown_on=context.tapped,
    )
    await _show(context, outcome, _card(context, outcome.after))


async def on_more_guests_tap(context: Context, button: buttons.MoreGuests) -> None:
    """Ask how many come along."""
    seen = await _look(context, button.event_id)
    word = views.more_guests if seen.closed is None else views.card
    await context.show(word(context.words, seen.place, _onlooker(context, seen)))


async def on_retract_tap(context: Context, button: buttons.Retract) -> None:
    """Take an answer back."""
    outcome = await context.database.write(
        retract,
        tap=button,
        resident_id=context.resident.id,
        now=context.now,
        shown_on=context.tapped,
    )
    await _show(context, outcome, _card(context, outcome.after))


async def on_group_tap(context: Context, button: buttons.AnswerInGroup) -> None:
    """Answer from a group; what is personal goes to the private chat, which one tap opens."""
    resident = context.speaking.resident
    text = await _answer_in_group(context, resident, button) if resident is not None else None
    if resident is not None and resident.unreachable_at is None:
        await context.toast(text, alert=True)
        return
    code = await context.database.write(events.invite, event_id=button.event_id, now=context.now)
    await context.toast(url=context.premises.deep_link(code))


async def _answer_in_group(
    context: Context, resident: Resident, button: buttons.AnswerInGroup
) -> str:
    """Keep an answer given in a group and owe the person their card; gives what to tell them."""
    outcome = await context.database.write(
        answer_in_group, tap=button, resident=resident, now=context.now, cause=context.cause
    )
    return context.words(_group_toast(outcome, context.cause))


def _group_toast(outcome: Outcome, cause: UpdateId) -> str:
    rsvp = outcome.after.place.rsvp
    if outcome.refusal is not None:
        return outcome.refusal
    if rsvp is None or not outcome.is_news(cause):
        return "rsvps-toast-already"
    if rsvp.standing is Standing.WAITING:
        return "rsvps-toast-group-waiting"
    return _GROUP_TOASTS.get(rsvp.answer, "rsvps-toast-already")


def _after_answer(context: Context, outcome: Outcome) -> View:
    """Choose the screen that follows an answer: its question while it is new, else the card."""
    seen, rsvp = outcome.after, outcome.after.place.rsvp
    if outcome.refusal is not None or rsvp is None:
        return _card(context, seen)
    is_recent = seen.now - rsvp.answered_at < DOUBLE_TAP
    if not is_recent and not outcome.is_news(context.cause):
        return _card(context, seen)
    before = outcome.before.place.rsvp
    gave_up = before is not None and before.standing in _HAS_SEATS
    word = views.thanks if rsvp.answer is Answer.NO and gave_up else views.fresh
    return word(context.words, seen.place, _onlooker(context, seen))


async def _look(context: Context, event_id: EventId) -> Sight:
    resident = context.speaking.resident
    return await context.database.read(
        look, event_id=event_id, resident_id=resident.id if resident else None, now=context.now
    )


def _card(context: Context, seen: Sight) -> View:
    return views.card(context.words, seen.place, _onlooker(context, seen))


def _onlooker(context: Context, seen: Sight) -> views.Onlooker:
    return onlooker(context.premises, seen, context.speaking.resident)


async def _show(context: Context, outcome: Outcome, view: View) -> None:
    """Show a screen; why nothing was done is told aloud."""
    if outcome.refusal is None:
        await context.show(view)
        return
    is_loud = outcome.refusal != CHANGED
    await context.show(view, toast=context.words(outcome.refusal), alert=is_loud)
