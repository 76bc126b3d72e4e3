"""Announcing an event to many: for whom, the exact preview, a minute to take it back, progress.

Two taps, or two officers, make one broadcast: a button that comes too late shows how far it is
(F47).
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from community import broadcasts as rules
from community.broadcasts import Progress
from community.events import commission_known
from community.notices import Kind
from handlers import buttons
from handlers.buttons import Button
from handlers.context import Context
from handlers.guards import Route
from handlers.premises import Desk, Premises
from handlers.rsvps import Sight, group_card_at, look, onlooker, show_choice, sight_at
from handlers.views import broadcasts as views
from handlers.views.broadcasts import MOST_COMMISSIONS, Pace, Target
from handlers.views.residents import ANNOUNCE
from handlers.views.view import View
from storage import broadcasts, commissions, holds
from storage.broadcasts import Audience, Broadcast, BroadcastStatus
from storage.cards import Card, CardKind
from storage.commissions import Commission
from storage.database import Reader, Writer
from storage.events import Event, EventStatus
from storage.ids import BroadcastId, CommissionId, EventId, ResidentId, UpdateId
from storage.outbox import Notice
from storage.residents import Role


@dataclass(frozen=True, slots=True)
class Stage:
    """How far a broadcast has come; `groups` get the event's card besides.

    `refusal` names the words that say why nothing was done; `is_repeated`: it must be insisted on.
    `held_until` is when the last silence that Telegram asked for ends, or ended (F26).
    """

    progress: Progress
    groups: int
    refusal: str | None = None
    is_repeated: bool = False
    held_until: datetime | None = None


# ------------------------------------------------------------------------------------ for whom


async def on_announce_command(context: Context, _: str) -> None:
    """Ask an officer which event to announce."""
    await show_choice(context, ANNOUNCE)


async def on_announce_tap(context: Context, button: buttons.Announce) -> None:
    """Ask for whom an event is announced."""
    event, targets = await context.database.read(
        list_targets, event_id=button.event_id, now=context.now
    )
    await context.show(views.targets(context.words, event, targets))


def list_targets(reader: Reader, *, event_id: EventId, now: datetime) -> tuple[Event, list[Target]]:
    """Count whom each commission and everybody would reach, the event's own commission first.

    Raises:
        GoneError, TooLateError: the event is not there, or is not to be announced any more.
    """
    rules.check_announceable(reader, event_id, now=now)
    event = look(reader, event_id=event_id, resident_id=None, now=now).event
    known = sorted(commissions.all_(reader), key=lambda one: one.id != event.commission_id)
    found = [_target(reader, event, commission) for commission in known[:MOST_COMMISSIONS]]
    return event, [*found, _target(reader, event, None)]


def _target(reader: Reader, event: Event, commission: Commission | None) -> Target:
    reach = broadcasts.reach(
        reader,
        audience=Audience.EVERYONE if commission is None else Audience.COMMISSION,
        event_id=event.id,
        commission_id=commission.id if commission is not None else None,
    )
    return Target(commission, reach.reachable)


# ------------------------------------------------------------------------------------- preview


async def on_preview_tap(context: Context, button: buttons.PreviewBroadcast) -> None:
    """Show exactly what each person will get, then how many they are; nothing leaves."""
    stage, seen = await context.database.write(
        draft,
        tap=button,
        author_id=context.resident.id,
        now=context.now,
        cause=context.cause,
    )
    word = views.nudge if button.audience is Audience.SILENT else views.announcement
    sample = word(context.words, seen.place, onlooker(context.premises, seen, context.resident))
    await context.show(sample)
    await context.say(_view(context, stage))


def draft(
    writer: Writer,
    *,
    tap: buttons.PreviewBroadcast,
    author_id: ResidentId,
    now: datetime,
    cause: UpdateId,
) -> tuple[Stage, Sight]:
    """Begin an announcement; gives how far it is, and the event as somebody silent sees it.

    Raises:
        GoneError, TooLateError: as for `list_targets`; the commission is not there.
    """
    commission_id = None
    if tap.audience is Audience.COMMISSION:
        commission_id = CommissionId(tap.commission_id)
        commission_known(writer, commission_id)
    broadcast = rules.draft(
        writer,
        author_id=author_id,
        event_id=tap.event_id,
        audience=tap.audience,
        commission_id=commission_id,
        cause=cause,
        now=now,
    )
    seen = look(writer, event_id=tap.event_id, resident_id=None, now=now)
    return _stage(writer, broadcast), seen


# ------------------------------------------------------------------------------------- sending


async def on_send_tap(context: Context, button: buttons.SendBroadcast) -> None:
    """Let a broadcast leave after the time to take it back."""
    stage = await context.database.write(
        hold, tap=button, hold_for=context.premises.hold_for, now=context.now
    )
    await _show(context, stage)


async def on_hurry_tap(context: Context, button: buttons.HurryBroadcast) -> None:
    """Let a held broadcast leave now."""
    stage = await context.database.write(
        move_on, broadcast_id=button.broadcast_id, act=rules.hurry, now=context.now
    )
    await _show(context, stage)


async def on_take_back_tap(context: Context, button: buttons.TakeBackBroadcast) -> None:
    """Take a broadcast back before it leaves."""
    stage = await context.database.write(
        move_on, broadcast_id=button.broadcast_id, act=rules.take_back, now=context.now
    )
    await _show(context, stage)


async def on_stop_tap(context: Context, button: buttons.StopBroadcast) -> None:
    """Stop a broadcast that is leaving."""
    stage = await context.database.write(
        move_on, broadcast_id=button.broadcast_id, act=rules.stop, now=context.now
    )
    await _show(context, stage)


def hold(
    writer: Writer, *, tap: buttons.SendBroadcast, hold_for: timedelta, now: datetime
) -> Stage:
    """Hold a draft before it leaves, unless it has left the preview or must be insisted on (F47).

    Raises:
        GoneError, TooLateError: as for `list_targets`.
    """
    broadcast = rules.existing_broadcast(writer, tap.broadcast_id)
    if broadcast.status is not BroadcastStatus.DRAFT:
        return _stage(writer, broadcast, refusal="broadcasts-toast-under-way")
    if not tap.again and rules.was_out(writer, broadcast, now=now):
        return _stage(writer, broadcast, is_repeated=True)
    held = rules.hold(writer, broadcast_id=tap.broadcast_id, hold_for=hold_for, again=True, now=now)
    return _stage(writer, held)


_MOVES: Mapping[Callable[..., Broadcast], frozenset[BroadcastStatus]] = {
    rules.hurry: frozenset({BroadcastStatus.HELD}),
    rules.take_back: frozenset({BroadcastStatus.DRAFT, BroadcastStatus.HELD}),
    rules.stop: frozenset({BroadcastStatus.SENDING}),
}
"""From where each act moves a broadcast on; from elsewhere it comes too late."""


def move_on(
    writer: Writer,
    *,
    broadcast_id: BroadcastId,
    act: Callable[..., Broadcast],
    now: datetime,
) -> Stage:
    """Do one of _MOVES where it still can be; gives how far the broadcast is. Raises GoneError."""
    broadcast = rules.existing_broadcast(writer, broadcast_id)
    if broadcast.status not in _MOVES[act]:
        return _stage(writer, broadcast, refusal="broadcasts-toast-late")
    return _stage(writer, act(writer, broadcast_id=broadcast_id, now=now))


def _stage(
    reader: Reader, broadcast: Broadcast, *, refusal: str | None = None, is_repeated: bool = False
) -> Stage:
    hold = holds.find(reader, holds.EVERYONE)
    return Stage(
        rules.progress(reader, broadcast),
        len(rules.groups_of(reader, broadcast)),
        refusal,
        is_repeated,
        hold.until if hold is not None else None,
    )


async def _show(context: Context, stage: Stage) -> None:
    toast = context.words(stage.refusal) if stage.refusal is not None else None
    await context.show(_view(context, stage), toast=toast)


def _view(context: Context, stage: Stage) -> View:
    if stage.is_repeated:
        return views.repeated(context.words, stage.progress)
    pace = _pace(context.premises, stage, now=context.now)
    return views.progress(context.words, stage.progress, pace)


def _pace(premises: Premises, stage: Stage, *, now: datetime) -> Pace:
    until = stage.held_until
    goes_on_at = until.astimezone(premises.zone) if until is not None and until > now else None
    return Pace(now, premises.messages_per_second, stage.groups, goes_on_at)


# --------------------------------------------------------------------- messages owed, and cards


def word_announcement(desk: Desk, notice: Notice) -> View | None:
    """Tell a person of an event; None once it is cancelled or over."""
    seen = _worth_telling(desk, notice)
    if seen is None:
        return None
    return views.announcement(desk.words, seen.place, onlooker(desk.premises, seen, desk.resident))


def word_nudge(desk: Desk, notice: Notice) -> View | None:
    """Ask a silent person once more; None once they have answered, or it is too late."""
    seen = _worth_telling(desk, notice)
    if seen is None or seen.closed is not None or seen.place.rsvp is not None:
        return None
    return views.nudge(desk.words, seen.place, onlooker(desk.premises, seen, desk.resident))


def word_group_card(desk: Desk, notice: Notice) -> View | None:
    """Give an event's card for a group; None once it is cancelled or over."""
    seen = _worth_telling(desk, notice)
    return group_card_at(desk, seen.event.id) if seen is not None else None


def word_progress(desk: Desk, card: Card) -> View | None:
    """Show how far a broadcast has come; None where it is gone."""
    broadcast = broadcasts.find(desk.reader, BroadcastId(card.subject_id))
    if broadcast is None:
        return None
    stage = _stage(desk.reader, broadcast)
    return views.progress(desk.words, stage.progress, _pace(desk.premises, stage, now=desk.now))


def _worth_telling(desk: Desk, notice: Notice) -> Sight | None:
    """See an event that is neither cancelled, beyond being taken back, nor over."""
    seen = sight_at(desk, notice.event_id)
    if seen is None or seen.event.status is not EventStatus.SCHEDULED:
        return None
    is_over = seen.event.ends_at is None or seen.event.ends_at <= desk.now
    return None if is_over else seen


TAPS: Mapping[type[Button], Route] = {
    buttons.Announce: Route(on_announce_tap, Role.OFFICER),
    buttons.PreviewBroadcast: Route(on_preview_tap, Role.OFFICER),
    buttons.SendBroadcast: Route(on_send_tap, Role.OFFICER),
    buttons.HurryBroadcast: Route(on_hurry_tap, Role.OFFICER),
    buttons.TakeBackBroadcast: Route(on_take_back_tap, Role.OFFICER),
    buttons.StopBroadcast: Route(on_stop_tap, Role.OFFICER),
}
COMMANDS: Mapping[str, Route] = {"diffuser": Route(on_announce_command, Role.OFFICER)}
NOTICES: Mapping[Kind, Callable[[Desk, Notice], View | None]] = {
    Kind.ANNOUNCEMENT: word_announcement,
    Kind.NUDGE: word_nudge,
    Kind.GROUP_CARD: word_group_card,
}
CARDS: Mapping[CardKind, Callable[[Desk, Card], View | None]] = {
    CardKind.BROADCAST: word_progress,
}
