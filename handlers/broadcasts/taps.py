"""Taps that announce an event: for whom, the exact preview, a minute to take it back."""

from community import broadcasts as rules
from handlers import buttons
from handlers.broadcasts.actions import Stage, draft, hold, list_targets, move_on
from handlers.broadcasts.wording import pace_of
from handlers.context import Context
from handlers.rsvps import onlooker, show_choice
from handlers.views import broadcasts as views
from handlers.views.residents import ANNOUNCE
from handlers.views.view import View
from storage.broadcasts import Audience


async def on_announce_command(context: Context, _: str) -> None:
    """Ask an officer which event to announce."""
    await show_choice(context, ANNOUNCE)


async def on_announce_tap(context: Context, button: buttons.Announce) -> None:
    """Ask for whom an event is announced."""
    event, targets = await context.database.read(
        list_targets, event_id=button.event_id, now=context.now
    )
    await context.show(views.targets(context.words, event, targets))


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


async def _show(context: Context, stage: Stage) -> None:
    toast = context.words(stage.refusal) if stage.refusal is not None else None
    await context.show(_view(context, stage), toast=toast)


def _view(context: Context, stage: Stage) -> View:
    if stage.is_repeated:
        return views.repeated(context.words, stage.progress)
    pace = pace_of(context.premises, stage, now=context.now)
    return views.progress(context.words, stage.progress, pace)
