"""Every action, run a second time by the same update, changes nothing (I9).

The table names each action of the community: one that is missing from it fails the first test.
"""

import inspect
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from types import ModuleType
from typing import Any, get_type_hints

import pytest

from community import (
    broadcasts,
    changes,
    commissions,
    events,
    groups,
    notices,
    privacy,
    reminders,
    residents,
    rsvps,
    team,
    welcome,
)
from community.errors import CommunityError
from community.notices import Kind
from community.rsvps import Place
from storage import residents as people
from storage.broadcasts import Audience, Broadcast
from storage.commissions import Commission
from storage.database import Database, Writer
from storage.events import Event
from storage.ids import ChatId, UpdateId
from storage.residents import Resident
from storage.rsvps import Answer
from tests.community.world import (
    DAY,
    HOLD,
    HOUR,
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
    privacy,
    reminders,
    residents,
    rsvps,
    team,
    welcome,
)
MAKES_A_CODE = frozenset(
    {
        "commissions.share",
        "events.invite",
        "events.share",
        "groups.open_code",
        "team.invite_officer",
    }
)
"""Actions that make a code: only its hash is kept, so a second handling must make another."""
COUNTS_ATTEMPTS = frozenset({"residents.turn_away"})
"""Actions that write down each attempt, and nothing else."""


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
    changes.decide_cancel(writer, event_id=cancelling.id, reason=None, hold_for=-SECOND, now=NOW)
    candidate = resident(writer, 700)
    invitation = team.invite_officer(writer, invited_by=founder.id, now=NOW)
    team.accept_invitation(
        writer, code=invitation, resident_id=candidate.id, now=NOW, cause=update()
    )
    sending = _broadcast(writer, founder, filled.event)
    broadcasts.hurry(writer, broadcast_id=sending.id, now=NOW)
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
        held=_broadcast(writer, founder, event(writer, founder)),
        sending=sending,
        code=team.invite_officer(writer, invited_by=None, now=NOW),
        group_code=groups.open_code(writer, commission_id=group.id, officer_id=founder.id, now=NOW),
    )


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
    return broadcasts.hold(writer, broadcast_id=begun.id, hold_for=HOLD, again=True, now=NOW)


Act = Callable[[Writer, Scene, datetime], object]


def _place(writer: Writer, scene: Scene, now: datetime) -> Place:
    return rsvps.place(writer, event=scene.full, resident_id=scene.seated.id, now=now)


def _answered(who: str, answer: Answer, *, of: str = "full") -> Act:
    """Give the answer of a person of the scene to an event of it."""
    return lambda writer, scene, now: say(
        writer,
        getattr(scene, of).id,
        getattr(scene, who).id,
        answer,
        now=now,
        cause=CAUSE,
    )


def _guests(who: str, guests: int) -> Act:
    return lambda writer, scene, now: rsvps.set_guests(
        writer,
        event_id=scene.full.id,
        resident_id=getattr(scene, who).id,
        guests=guests,
        now=now,
        cause=CAUSE,
    )


def _changed(of: str, **fields: object) -> Act:
    return lambda writer, scene, now: changes.change(
        writer,
        event_id=getattr(scene, of).id,
        fields=fields,
        seen_version=getattr(scene, of).version,
        author_id=scene.officer.id,
        policy=POLICY,
        hold_for=HOLD,
        now=now,
    )


ACTIONS: dict[str, Act] = {
    "broadcasts.draft": lambda writer, scene, now: broadcasts.draft(
        writer,
        author_id=scene.officer.id,
        event_id=scene.open.id,
        audience=Audience.COMMISSION,
        commission_id=scene.commission.id,
        cause=CAUSE,
        now=now,
    ),
    "broadcasts.hold": lambda writer, scene, now: broadcasts.hold(
        writer, broadcast_id=scene.begun.id, hold_for=HOLD, again=False, now=now
    ),
    "broadcasts.hurry": lambda writer, scene, now: broadcasts.hurry(
        writer, broadcast_id=scene.held.id, now=now
    ),
    "broadcasts.launch": lambda writer, scene, now: broadcasts.launch(
        writer, broadcast=broadcasts.existing_broadcast(writer, scene.held.id), now=now
    ),
    "broadcasts.take_back": lambda writer, scene, now: broadcasts.take_back(
        writer, broadcast_id=scene.held.id, now=now
    ),
    "broadcasts.stop": lambda writer, scene, now: broadcasts.stop(
        writer, broadcast_id=scene.sending.id, now=now
    ),
    "broadcasts.withdraw": lambda writer, scene, now: broadcasts.withdraw(
        writer, event_id=scene.held.event_id, now=now
    ),
    "broadcasts.launch_due": lambda writer, _, now: broadcasts.launch_due(writer, now=now + HOLD),
    "broadcasts.finish_done": lambda writer, _, now: (
        sent(writer, now=now) and broadcasts.finish_done(writer, now=now)
    ),
    "changes.create": lambda writer, scene, now: changes.create(
        writer, event_id=scene.draft.id, author_id=scene.officer.id, policy=POLICY, now=now
    ),
    "changes.change place": _changed("full", location="Ici"),
    "changes.change capacity": _changed("full", capacity=5),
    "changes.decide_cancel": lambda writer, scene, now: changes.decide_cancel(
        writer, event_id=scene.full.id, reason="Pluie", hold_for=HOLD, now=now
    ),
    "changes.keep": lambda writer, scene, _: changes.keep(writer, event_id=scene.cancelling.id),
    "changes.cancel": lambda writer, scene, now: changes.cancel(
        writer, event_id=scene.full.id, now=now
    ),
    "changes.cancel_decided": lambda writer, _, now: changes.cancel_decided(writer, now=now),
    "commissions.found": lambda writer, scene, now: commissions.found(
        writer, text="🩺 Santé", founder_id=scene.officer.id, now=now, cause=CAUSE
    ),
    "commissions.join": lambda writer, scene, now: commissions.join(
        writer, commission_id=scene.commission.id, resident_id=scene.seated.id, now=now
    ),
    "commissions.leave": lambda writer, scene, now: commissions.leave(
        writer, commission_id=scene.commission.id, resident_id=scene.seated.id, now=now
    ),
    "events.begin": lambda writer, scene, now: events.begin(
        writer,
        organizer_id=scene.officer.id,
        fields={"title": "A", "childcare": True},
        zone=ZONE,
        now=now,
        cause=CAUSE,
    ),
    "events.fill": lambda writer, scene, now: events.fill(
        writer, event_id=scene.draft.id, fields={"capacity": 7}, zone=ZONE, now=now
    ),
    "events.discard": lambda writer, scene, _: events.discard(writer, event_id=scene.draft.id),
    "groups.link": lambda writer, scene, now: groups.link(
        writer, chat_id=SUPERGROUP, code=scene.group_code, invite_link=None, now=now
    ),
    "groups.set_invite_link": lambda writer, _scene, _now: groups.set_invite_link(
        writer, chat_id=GROUP, invite_link="https://t.me/+x"
    ),
    "groups.lose": lambda writer, _, now: groups.lose(writer, chat_id=GROUP, now=now),
    "groups.follow": lambda writer, _scene, _now: groups.follow(
        writer, chat_id=GROUP, new_chat_id=SUPERGROUP
    ),
    "team.tell": lambda writer, _scene, now: team.tell(
        writer, Kind.GROUP_LOST, key="lost", now=now, commission_id=1
    ),
    "broadcasts.follow_group": lambda writer, _scene, now: broadcasts.follow_group(
        writer, chat_id=GROUP, new_chat_id=SUPERGROUP, now=now
    ),
    "notices.owe": lambda writer, scene, now: notices.owe(
        writer,
        Kind.MOVED,
        key="once",
        chat_id=scene.seated.chat_id,
        now=now,
        expires_at=None,
    ),
    "notices.expire": lambda writer, _, now: notices.expire(writer, now=now + 3 * DAY),
    "privacy.erase": lambda writer, scene, now: privacy.erase(
        writer, resident_id=scene.offered.id, cause=CAUSE, now=now
    ),
    "privacy.erase an officer": lambda writer, scene, now: privacy.erase(
        writer, resident_id=scene.officer.id, cause=CAUSE, now=now
    ),
    "reminders.set_plan": lambda writer, scene, _: reminders.set_plan(
        writer, event=scene.open, policy=POLICY, now=NOW
    ),
    "reminders.withdraw": lambda writer, scene, now: reminders.withdraw(
        writer, event_id=scene.open.id, now=now
    ),
    "reminders.fire_due": lambda writer, _, now: reminders.fire_due(
        writer, policy=POLICY, now=now + 4 * DAY + 5 * HOUR
    ),
    "residents.rename": lambda writer, scene, _: residents.rename(
        writer, resident_id=scene.seated.id, name="Ana"
    ),
    "residents.speak": lambda writer, scene, _: residents.speak(
        writer, resident_id=scene.seated.id, language="en"
    ),
    "residents.pause": lambda writer, scene, now: residents.pause(
        writer, resident_id=scene.seated.id, now=now
    ),
    "residents.resume": lambda writer, scene, _: residents.resume(
        writer, resident_id=scene.seated.id
    ),
    "residents.welcome_back": lambda writer, scene, _: residents.welcome_back(
        writer, resident_id=scene.seated.id
    ),
    "team.name_admins": lambda writer, scene, _: team.name_admins(
        writer, telegram_ids=[scene.seated.telegram_id]
    ),
    "team.accept_invitation": lambda writer, scene, now: team.accept_invitation(
        writer, code=scene.code, resident_id=scene.waiting.id, now=now, cause=CAUSE
    ),
    "team.appoint": lambda writer, scene, now: team.appoint(
        writer, resident_id=scene.seated.id, appointed_by=scene.officer.id, now=now
    ),
    "team.answer_request": lambda writer, scene, now: team.answer_request(
        writer,
        candidate_id=scene.candidate.id,
        officer_id=scene.other_officer.id,
        accepted=True,
        now=now,
    ),
    "team.forget_requests": lambda writer, scene, now: team.forget_requests(
        writer, resident_id=scene.officer.id, now=now
    ),
    "team.report_mistake": lambda writer, _, now: team.report_mistake(writer, now=now),
    "team.report_fault": lambda writer, _, now: team.report_fault(writer, code="4F2A", now=now),
    "rsvps.answer yes, first": _answered("seated", Answer.YES, of="open"),
    "rsvps.answer yes, offered": _answered("offered", Answer.YES),
    "rsvps.answer yes, waiting": _answered("waiting", Answer.YES),
    "rsvps.answer yes, full": _answered("officer", Answer.YES),
    "rsvps.answer maybe": _answered("seated", Answer.MAYBE),
    "rsvps.answer no": _answered("seated", Answer.NO),
    "rsvps.answer no, offered": _answered("offered", Answer.NO),
    "rsvps.set_guests": _guests("waiting", 1),
    "rsvps.set_guests too many": _guests("seated", 3),
    "rsvps.retract": lambda writer, scene, now: rsvps.retract(
        writer, event_id=scene.full.id, resident_id=scene.seated.id, now=now
    ),
    "rsvps.confirm_in_private": lambda writer, scene, now: rsvps.confirm_in_private(
        writer, place=_place(writer, scene, now), resident=scene.seated, now=now
    ),
    "rsvps.offer_seats": lambda writer, scene, now: rsvps.offer_seats(
        writer, event=scene.full, now=now
    ),
    "rsvps.offer_everywhere": lambda writer, _, now: rsvps.offer_everywhere(
        writer, is_quiet=POLICY.is_quiet, now=now + 6 * DAY
    ),
    "rsvps.give_grace": lambda writer, _, now: rsvps.give_grace(writer, now=now),
    "rsvps.lose_reach": lambda writer, scene, now: rsvps.lose_reach(
        writer, resident=people.get(writer, scene.offered.id), now=now
    ),
    "welcome.consent": lambda writer, _, now: welcome.consent(
        writer, telegram_id=NEWCOMER, name="Nadia", language="fr", admins=(), now=now
    ),
    "welcome.lose_touch": lambda writer, scene, now: welcome.lose_touch(
        writer, resident=people.get(writer, scene.offered.id), now=now
    ),
    "welcome.refuse": lambda writer, _scene, _now: welcome.refuse(
        writer, chat_id=ChatId(NEWCOMER), cause=CAUSE
    ),
}
WITHOUT_EFFECT = frozenset(
    {
        "residents.resume",
        "residents.welcome_back",
        "rsvps.answer yes, waiting",
        "rsvps.give_grace",
        "rsvps.set_guests too many",
        "rsvps.offer_seats",
        "reminders.set_plan",
        "welcome.refuse",
        "commissions.leave",
    }
)
"""What changes nothing in this scene even the first time."""


def _actions() -> set[str]:
    """Name every public action of the community: a function whose first argument is a Writer."""
    return {
        f"{module.__name__.partition('.')[2]}.{name}"
        for module in MODULES
        for name, function in vars(module).items()
        if inspect.isfunction(function)
        and function.__module__.startswith(module.__name__)
        and not name.startswith("_")
        and Writer in get_type_hints(function).values()
    }


def test_every_action_of_the_community_is_tried_twice_here() -> None:
    tried = {name.partition(" ")[0] for name in ACTIONS}

    assert _actions() == tried | MAKES_A_CODE | COUNTS_ATTEMPTS


async def _run(database: Database, act: Act, scene: Scene, now: datetime) -> Rows:
    """Run an action, refused or not; gives all rows as they then stand."""
    with suppress(CommunityError):
        await database.write(act, scene, now)
    return await database.read(rows)


@pytest.mark.parametrize("name", ACTIONS)
async def test_action_run_again_by_the_same_update_changes_nothing(
    database: Database, name: str
) -> None:
    scene = await database.write(_scene)
    before = await database.read(rows)

    once = await _run(database, ACTIONS[name], scene, NOW + SECOND)
    later = [
        await _run(database, ACTIONS[name], scene, NOW + SECOND + delay)
        for delay in (timedelta(0), 5 * SECOND, 45 * SECOND)
    ]

    assert (once == before) == (name in WITHOUT_EFFECT)
    for again in later:
        assert [table for table in again if again[table] != once[table]] == []


@pytest.mark.parametrize("name", MAKES_A_CODE)
async def test_action_that_makes_a_code_makes_another_and_nothing_else(
    database: Database, name: str
) -> None:
    scene = await database.write(_scene)
    noun, verb = name.split(".")
    action = next(vars(module)[verb] for module in MODULES if module.__name__.endswith(f".{noun}"))
    given: dict[str, Any] = {
        "commission_id": scene.commission.id,
        "event_id": scene.open.id,
        "officer_id": scene.officer.id,
        "invited_by": scene.officer.id,
        "now": NOW,
    }
    wanted = {key: given[key] for key in inspect.signature(action).parameters if key in given}
    first = await database.write(action, **wanted)
    before = await database.read(rows)

    second = await database.write(action, **wanted)

    after = await database.read(rows)
    changed = {table for table in after if after[table] != before[table]}
    assert first != second
    assert changed - {"journal"} == {"links"}
    assert len(after["links"]) == len(before["links"]) + 1


async def test_turning_away_again_writes_one_more_line_and_nothing_else(
    database: Database,
) -> None:
    person = await database.write(resident, 1)
    before = await database.read(rows)

    await database.write(residents.turn_away, resident_id=person.id, now=NOW)

    after = await database.read(rows)
    assert {table for table in after if after[table] != before[table]} == {"journal"}
