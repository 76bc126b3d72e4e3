"""Announcing an event."""

from dataclasses import dataclass

from handlers.buttons.button import Button
from storage.broadcasts import Audience
from storage.ids import BroadcastId, EventId


@dataclass(frozen=True, slots=True)
class Announce(Button):
    """Ask for whom an event is announced."""

    CODE = "ba"

    event_id: EventId


@dataclass(frozen=True, slots=True)
class PreviewBroadcast(Button):
    """Show exactly what an audience would get; `commission_id` 0 for the other audiences."""

    CODE = "bp"

    event_id: EventId
    audience: Audience
    commission_id: int


@dataclass(frozen=True, slots=True)
class SendBroadcast(Button):
    """Let a broadcast leave; `again` insists on a repetition."""

    CODE = "bs"

    broadcast_id: BroadcastId
    again: bool


@dataclass(frozen=True, slots=True)
class HurryBroadcast(Button):
    """Let a held broadcast leave now."""

    CODE = "bh"

    broadcast_id: BroadcastId


@dataclass(frozen=True, slots=True)
class TakeBackBroadcast(Button):
    """Take a broadcast back before it leaves."""

    CODE = "bt"

    broadcast_id: BroadcastId


@dataclass(frozen=True, slots=True)
class StopBroadcast(Button):
    """Stop a broadcast that is leaving."""

    CODE = "bx"

    broadcast_id: BroadcastId
