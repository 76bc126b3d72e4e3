"""What a tap does to an answer: whole actions, each in one transaction.

An event that is closed, or no longer as the person saw it, takes nothing: the outcome says why
(F40). `shown_on` is the message that was tapped, which the answer to the tap edits.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime

from community import rsvps as rules
from community.rsvps import Place
from handlers import buttons
from handlers.rsvps.sights import Sight, look
from storage.database import Writer
from storage.ids import MessageId, ResidentId, UpdateId
from storage.residents import Resident
from storage.rsvps import Answer

CHANGED = "rsvps-toast-changed"
NOT_COMING = "refusal-input-guests-not-coming"


@dataclass(frozen=True, slots=True)
class Outcome:
    """Where a person stood, and what they now see; `refusal` names why nothing was done."""

    before: Sight
    after: Sight
    refusal: str | None = None

    def is_news(self, cause: UpdateId) -> bool:
        """Whether this very update, be it handled a second time, made the present answer."""
        rsvp = self.after.place.rsvp
        return rsvp is not None and rsvp.cause == cause


def answer(
    writer: Writer,
    *,
    tap: buttons.AnswerEvent,
    resident_id: ResidentId,
    now: datetime,
    cause: UpdateId,
    shown_on: MessageId | None,
) -> Outcome:
    """Answer an event, unless it is closed or has changed since the person saw it."""
    before = look(writer, event_id=tap.event_id, resident_id=resident_id, now=now)
    if before.event.version != tap.version and before.closed is None:
        return Outcome(before, before, CHANGED)
    return _unless_closed(
        before,
        lambda: rules.answer(
            writer,
            event_id=tap.event_id,
            resident_id=resident_id,
            answer=tap.answer,
            now=now,
            cause=cause,
            shown_on=shown_on,
        ),
    )


def answer_in_group(
    writer: Writer,
    *,
    tap: buttons.AnswerInGroup,
    resident: Resident,
    now: datetime,
    cause: UpdateId,
) -> Outcome:
    """Answer an event from a group and owe the person's card in private, in one action."""
    outcome = _unless_closed(
        look(writer, event_id=tap.event_id, resident_id=resident.id, now=now),
        lambda: rules.answer(
            writer,
            event_id=tap.event_id,
            resident_id=resident.id,
            answer=tap.answer,
            now=now,
            cause=cause,
        ),
    )
    if outcome.refusal is None and outcome.is_news(cause):
        rules.confirm_in_private(writer, place=outcome.after.place, resident=resident, now=now)
    return outcome


def set_guests(
    writer: Writer,
    *,
    tap: buttons.SetGuests,
    resident_id: ResidentId,
    now: datetime,
    cause: UpdateId,
    shown_on: MessageId | None,
) -> Outcome:
    """Say how many come along, unless the event is closed or the person does not come."""
    before = look(writer, event_id=tap.event_id, resident_id=resident_id, now=now)
    rsvp = before.place.rsvp
    if before.closed is None and (rsvp is None or rsvp.answer is not Answer.YES):
        return Outcome(before, before, NOT_COMING)
    return _unless_closed(
        before,
        lambda: rules.set_guests(
            writer,
            event_id=tap.event_id,
            resident_id=resident_id,
            guests=tap.guests,
            now=now,
            cause=cause,
            shown_on=shown_on,
        ),
    )


def retract(
    writer: Writer,
    *,
    tap: buttons.Retract,
    resident_id: ResidentId,
    now: datetime,
    shown_on: MessageId | None,
) -> Outcome:
    """Take an answer back, unless the event is closed."""
    return _unless_closed(
        look(writer, event_id=tap.event_id, resident_id=resident_id, now=now),
        lambda: rules.retract(
            writer,
            event_id=tap.event_id,
            resident_id=resident_id,
            now=now,
            shown_on=shown_on,
        ),
    )


def _unless_closed(before: Sight, act: Callable[[], Place]) -> Outcome:
    if before.closed is not None:
        return Outcome(before, before, f"refusal-late-{before.closed}")
    return Outcome(before, replace(before, place=act()))
