"""Every action, run a second time by the same update, changes nothing (I9).

The table names each action of the community: one that is missing from it fails the first test.
"""

import inspect
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from types import ModuleType
from typing import get_type_hints

import pytest

from community import (
    broadcasts,
    changes,
    commissions,
    events,
    groups,
    notices,
    outages,
    privacy,
    reminders,
    residents,
    rsvps,
    welcome,
)
from community.errors import CommunityError
from community.notices import Kind
from community.rsvps import Place
from storage import rsvps as answer_rows
from storage import residents as people
from storage.broadcasts import Audience, Broadcast
from storage.commissions import Commission
from storage.database import Database, Writer
from storage.events import Event
from storage.ids import ChatId, ResidentId, UpdateId
from storage.residents import Resident
from storage.rsvps import Answer
from tests.community.world import (
    DAY,
    HOLD,
    HOUR,
    MINUTE,
    NOW,
    POLICY,
    SECOND,
    ZONE,
    Rows,
    commission,
    draft,
    event,
    full,
    officer,
    resident,
    rows,
    say,
    sent,
    update,
)

CAUSE = UpdateId(10**7)
"""The update that is handled twice; no other in the scene has it."""
NEWCOMER = 990_000
GROUP, SUPERGROUP = ChatId(-4001), ChatId(-1004001)
MODULES: tuple[ModuleType, ...] = (
    broadcasts,
    changes,
    commissions,
    events,
    groups,
    notices,
    outages,
    privacy,
    reminders,
    residents,
    rsvps,
    welcome,
)
MAKES_A_CODE = frozenset(
    {
        "commissions.share",
        "events.invite",
        "events.share",
        "groups.open_code",
        "residents.invite_officer",
    }
)
"""Actions that make a code: only its hash is kept, so a second handling must make another."""
PARTS = frozenset({"broadcasts.launch", "broadcasts.withdraw", "residents.forget_requests"})
"""Actions that are public for their own noun's sake: parts of hurry, launch_due, cancel, erase."""


@dataclass(frozen=True)
class Scene:
    """A little of everything, in every state."""

    officer: Resident
    other_officer: Resident
    seated: Resident
    offered: Resident
    waiting: Resident
    candidate: Resident
    full: Event
    open: Event
    draft: Event
    cancelling: Event
    commission: Commission
    begun: Broadcast
    held: Broadcast
    sending: Broadcast
    code: str
    group_code: str


def _scene(writer: Writer) -> Scene:
    filled = full(writer, capacity=2, waiting=3)
    second = officer(writer, 901)
    freed = filled.seated[1]
    rsvps.retract(writer, event_id=filled.event.id, resident_id=freed.id, now=NOW)
    founder = filled.officer
    group = commission(writer, founder)
    linked = groups.open_code(writer, commission_id=group.id, officer_id=founder.id, now=NOW)
    groups.link(writer, chat_id=GROUP, code=linked, invite_link=None, now=NOW)
    gathering = event(writer, founder, commission_id=group.id)
    cancelling = event(writer, founder)
    changes.decide_cancel(
        writer, event_id=cancelling.id, reason=None, hold_for=-SECOND, now=NOW
    )
    candidate = resident(writer, 700)
    invitation = residents.invite_officer(writer, invited_by=founder.id, now=NOW)
    residents.accept_invitation(
        writer, code=invitation, resident_id=candidate.id, now=NOW, cause=update()
    )
    sending = _broadcast(writer, founder, filled.event)
    broadcasts.hurry(writer, broadcast_id=sending.id, now=NOW)
    outages.heard(writer, now=NOW - HOUR, was_listening=False)
    return Scene(
        officer=founder,
        other_officer=second,
        seated=filled.seated[0],
        offered=filled.waiting[0],
        waiting=filled.waiting[1],
        candidate=candidate,
        full=filled.event,
        open=gathering,
        draft=draft(writer, founder),
        cancelling=cancelling,
        commission=group,
        begun=_begun(writer, founder, gathering),
        held=_broadcast(writer, founder, cancelling_free(writer, founder)),
        sending=sending,
        code=residents.invite_officer(writer, invited_by=None, now=NOW),
        group_code=groups.open_code(
            writer, commission_id=group.id, officer_id=founder.id, now=NOW
        ),
    )


def cancelling_free(writer: Writer, organizer: Resident) -> Event:
    """Put one more event into the agenda, that nothing else is done with."""
    return event(writer, organizer)


def _begun(writer: Writer, author: Resident, about: Event) -> Broadcast:
    return broadcasts.draft(
        writer,
        author_id=author.id,
        event_id=about.id,
        audience=Audience.EVERYONE,
        commission_id=None,
        cause=update(),
        now=NOW,
    )


def _broadcast(writer: Writer, author: Resident, about: Event) -> Broadcast:
    begun = _begun(writer, author, about)
    return broadcasts.hold(
        writer, broadcast_id=begun.id, hold_for=HOLD, again=True, now=NOW
    )
