"""An event created, moved, cancelled: all concerned hear the last truth, once (F45, F46)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

import pytest

from community import broadcasts, changes, events, groups, reminders, rsvps
from community.errors import ChangedError, GoneError, InvalidInputError, TooLateError
from community.notices import Kind
from storage import broadcasts as broadcast_rows
from storage import cards, outbox
from storage import events as rows_of
from storage import reminders as reminder_rows
from storage import residents as people
from storage.broadcasts import Audience, Broadcast, BroadcastStatus
from storage.cards import CardKind
from storage.database import Database, Writer
from storage.events import Event, EventStatus
from storage.ids import ChatId, CommissionId, EventId, MessageId
from storage.outbox import Notice, OutboxState
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
    commission,
    crowd,
    draft,
    event,
    fresh_event,
    officer,
    owed,
    resident,
    rows,
    say,
    sent,
    update,
)

OTHER_DAY = date(2027, 3, 13)


@dataclass(frozen=True)
class _Scene:
    """An event with one seat; each person has answered otherwise, the last not at all."""

    event: Event
    officer: Resident
    comes: Resident
    waits: Resident
    maybe: Resident
    declines: Resident
    blocked: Resident
    silent: Resident

    @property
    def concerned(self) -> list[int]:
        return [self.comes.id, self.waits.id, self.maybe.id]


def _scene(writer: Writer) -> _Scene:
    organizer = officer(writer)
    gathering = event(writer, organizer, capacity=1)
    comes, waits, maybe, declines, blocked, silent = crowd(writer, 6)
    answers = [
        (comes, Answer.YES),
        (waits, Answer.YES),
        (maybe, Answer.MAYBE),
        (declines, Answer.NO),
        (blocked, Answer.MAYBE),
    ]
    for number, (person, answer) in enumerate(answers):
        say(writer, gathering.id, person.id, answer, now=NOW + number * SECOND)
    people.set_unreachable(writer, blocked.id, NOW)
    return _Scene(gathering, organizer, comes, waits, maybe, declines, blocked, silent)


async def _change(
    database: Database,
    gathering: Event,
    fields: Mapping[str, Any],
    *,
    seen: int | None = None,
    now: datetime = NOW,
) -> Event:
    assert gathering.organizer_id is not None
    return await database.write(
        changes.change,
        event_id=gathering.id,
        fields=fields,
        seen_version=gathering.version if seen is None else seen,
        author_id=gathering.organizer_id,
        policy=POLICY,
        hold_for=HOLD,
        now=now,
    )


async def _told(database: Database, kind: Kind) -> list[Notice]:
    return await database.read(owed, kind)


# ------------------------------------------------------------------------------------- create


async def test_event_created_twice_is_created_once_and_nobody_is_told(database: Database) -> None:
    organizer = await database.write(officer)
    begun = await database.write(draft, organizer)
    values: dict[str, Any] = {"event_id": begun.id, "author_id": organizer.id, "policy": POLICY}
    created = await database.write(changes.create, **values, now=NOW)
    before = await database.read(rows)

    again = await database.write(changes.create, **values, now=NOW + HOUR)

    assert created.status is EventStatus.SCHEDULED
    assert again == created
    assert await database.read(rows) == before
    assert not await database.read(outbox.all_)
    assert len(await database.read(reminder_rows.of_event, begun.id)) == 2


@pytest.mark.parametrize("name", ["title", "day", "starts", "location"])
async def test_event_that_lacks_something_is_not_created(database: Database, name: str) -> None:
    whole = {"title": "A", "day": OTHER_DAY, "starts": time(14), "location": "Ici"}
    organizer = await database.write(officer)
    begun = await database.write(
        events.begin,
        organizer_id=organizer.id,
        fields={field: value for field, value in whole.items() if field != name},
        zone=ZONE,
        now=NOW,
        cause=update(),
    )

    with pytest.raises(InvalidInputError) as refusal:
        await database.write(
            changes.create,
            event_id=begun.id,
            author_id=organizer.id,
            policy=POLICY,
            now=NOW,
        )

    assert (refusal.value.field, refusal.value.reason) == (name, "lacking")


async def test_event_whose_start_has_passed_or_that_is_gone_is_not_created(
    database: Database,
) -> None:
    organizer = await database.write(officer)
    begun = await database.write(draft, organizer)
    values: dict[str, Any] = {"author_id": organizer.id, "policy": POLICY}

    with pytest.raises(InvalidInputError) as refusal:
        await database.write(changes.create, event_id=begun.id, **values, now=NOW + 5 * DAY)
    with pytest.raises(GoneError):
        await database.write(changes.create, event_id=EventId(99), **values, now=NOW)

    assert (refusal.value.field, refusal.value.reason) == ("hours", "past")


# ------------------------------------------------------------------------------------- change


@pytest.mark.parametrize(
    ("fields", "is_told"),
    [
        ({"location": "Maison du projet"}, True),
        ({"day": OTHER_DAY}, True),
        ({"starts": time(18)}, True),
        ({"ends": time(17)}, True),
        ({"title": "Autre atelier"}, False),
        ({"capacity": 5}, False),
        ({"childcare": True}, False),
    ],
)
async def test_change_of_time_or_place_is_told_to_those_concerned(
    database: Database, fields: Mapping[str, Any], *, is_told: bool
) -> None:
    scene = await database.write(_scene)
    values, told = await database.read(
        changes.preview, event_id=scene.event.id, fields=fields, zone=ZONE, now=NOW
    )

    changed = await _change(database, scene.event, fields)

    messages = await _told(database, Kind.MOVED)
    assert fields.items() <= values.items()
    assert [one.resident_id for one in messages] == (scene.concerned if is_told else [])
    assert told == len(messages)
    assert {one.not_before for one in messages} <= {NOW + HOLD}
    assert changed.version == scene.event.version + 1


async def test_moved_twice_within_the_hold_is_told_once_with_the_last_truth(
    database: Database,
) -> None:
    scene = await database.write(_scene)

    first = await _change(database, scene.event, {"location": "Ici"})
    last = await _change(database, first, {"day": OTHER_DAY}, now=NOW + 30 * SECOND)

    messages = await _told(database, Kind.MOVED)
    assert [one.resident_id for one in messages] == scene.concerned
    assert {one.event_version for one in messages} == {last.version}
    assert {one.not_before for one in messages} == {NOW + 30 * SECOND + HOLD}


async def test_moved_again_after_it_was_told_is_told_again(database: Database) -> None:
    scene = await database.write(_scene)
    first = await _change(database, scene.event, {"location": "Ici"})
    await database.write(sent, now=NOW + HOLD)

    await _change(database, first, {"location": "Là"}, now=NOW + HOUR)

    assert [one.resident_id for one in await _told(database, Kind.MOVED)] == scene.concerned


async def test_change_to_what_stands_already_changes_nothing(database: Database) -> None:
    scene = await database.write(_scene)
    before = await database.read(rows)

    await _change(database, scene.event, {"location": scene.event.location, "capacity": 1})
    _, told = await database.read(
        changes.preview,
        event_id=scene.event.id,
        fields={"location": scene.event.location},
        zone=ZONE,
        now=NOW,
    )

    assert await database.read(rows) == before
    assert told == 0


async def test_change_made_again_by_the_same_tap_changes_nothing(database: Database) -> None:
    scene = await database.write(_scene)
    first = await _change(database, scene.event, {"day": OTHER_DAY})
    before = await database.read(rows)

    again = await _change(database, scene.event, {"day": OTHER_DAY}, now=NOW + 5 * SECOND)

    assert again == first
    assert await database.read(rows) == before


async def test_f53_change_of_what_another_officer_changed_is_refused(database: Database) -> None:
    scene = await database.write(_scene)
    await _change(database, scene.event, {"location": "Ici"})
    before = await database.read(rows)

    with pytest.raises(ChangedError):
        await _change(database, scene.event, {"location": "Là"}, now=NOW + SECOND)

    assert await database.read(rows) == before


async def test_change_refreshes_every_card_of_the_event(database: Database) -> None:
    scene = await database.write(_scene)
    await database.write(_show_everywhere, scene.event)

    await _change(database, scene.event, {"title": "Autre"})

    stale = await database.read(cards.stale, now=NOW, most=10)
    assert {card.kind for card in stale} == {CardKind.EVENT, CardKind.GROUP}


def _show_everywhere(writer: Writer, gathering: Event) -> None:
    for number, kind in enumerate((CardKind.EVENT, CardKind.GROUP)):
        cards.put(
            writer,
            ChatId(number + 1),
            MessageId(1),
            kind=kind,
            subject_id=gathering.id,
            now=NOW,
        )


@pytest.mark.parametrize(
    ("fields", "refusal"),
    [
        ({"title": "x" * 81}, ("title", "long")),
        ({"title": None}, ("title", "lacking")),
        ({"day": None}, ("day", "lacking")),
        ({"starts": None}, ("starts", "lacking")),
        ({"location": None}, ("location", "lacking")),
        ({"day": date(2027, 2, 27)}, ("day", "past")),
        ({"day": date(2027, 3, 28), "starts": time(2, 30)}, ("hours", "nonexistent")),
    ],
)
async def test_change_to_a_bad_value_is_refused_and_changes_nothing(
    database: Database, fields: Mapping[str, Any], refusal: tuple[str, str]
) -> None:
    scene = await database.write(_scene)
    before = await database.read(rows)

    with pytest.raises(InvalidInputError) as refused:
        await _change(database, scene.event, fields)
    with pytest.raises(InvalidInputError):
        await database.read(
            changes.preview, event_id=scene.event.id, fields=fields, zone=ZONE, now=NOW
        )

    assert (refused.value.field, refused.value.reason) == refusal
    assert await database.read(rows) == before


async def test_event_that_cannot_be_changed_says_why(database: Database) -> None:
    scene = await database.write(_scene)
    begun = await database.write(draft, scene.officer)

    with pytest.raises(GoneError):
        await database.read(changes.changeable, EventId(99), now=NOW)
    with pytest.raises(ChangedError):
        await database.read(changes.changeable, begun.id, now=NOW)
    with pytest.raises(TooLateError) as started:
        await database.read(changes.changeable, scene.event.id, now=NOW + 5 * DAY)
    await database.write(changes.cancel, event_id=scene.event.id, now=NOW)
    with pytest.raises(TooLateError) as cancelled:
        await database.read(changes.changeable, scene.event.id, now=NOW)

    assert (started.value.reason, cancelled.value.reason) == ("started", "cancelled")


async def test_event_is_not_moved_to_a_commission_that_is_not_there(database: Database) -> None:
    scene = await database.write(_scene)

    with pytest.raises(GoneError):
        await _change(database, scene.event, {"commission_id": CommissionId(99)})


# ------------------------------------------------------------------------------------- cancel


async def test_cancellation_decided_takes_effect_after_the_hold(database: Database) -> None:
    scene = await database.write(_scene)
    decided = await database.write(
        changes.decide_cancel,
        event_id=scene.event.id,
        reason=" Salle\u202e fermée ",
        hold_for=HOLD,
        now=NOW,
    )

    early = await database.write(changes.cancel_decided, now=NOW + HOLD - SECOND)
    done = await database.write(changes.cancel_decided, now=NOW + HOLD)
    again = await database.write(changes.cancel_decided, now=NOW + HOUR)

    cancelled = await database.read(fresh_event, scene.event.id)
    told = await _told(database, Kind.CANCELLED)
    assert (decided.cancel_at, decided.cancel_reason) == (NOW + HOLD, "Salle fermée")
    assert (early, done, again) == (0, 1, 0)
    assert (cancelled.status, cancelled.cancel_reason) == (EventStatus.CANCELLED, "Salle fermée")
    assert [one.resident_id for one in told] == scene.concerned


async def test_cancellation_decided_again_keeps_its_moment(database: Database) -> None:
    scene = await database.write(_scene)
    values: dict[str, Any] = {"event_id": scene.event.id, "hold_for": HOLD}
    await database.write(changes.decide_cancel, **values, reason="A", now=NOW)
    before = await database.read(rows)

    await database.write(changes.decide_cancel, **values, reason="A", now=NOW + 30 * SECOND)

    assert await database.read(rows) == before


async def test_cancellation_taken_back_does_not_happen(database: Database) -> None:
    scene = await database.write(_scene)
    await database.write(
        changes.decide_cancel, event_id=scene.event.id, reason=None, hold_for=HOLD, now=NOW
    )

    for _ in range(2):
        kept = await database.write(changes.keep, event_id=scene.event.id)

    assert kept == scene.event
    assert not await database.write(changes.cancel_decided, now=NOW + DAY)


async def test_cancellation_that_is_done_is_not_taken_back(database: Database) -> None:
    scene = await database.write(_scene)
    await database.write(changes.cancel, event_id=scene.event.id, now=NOW)

    with pytest.raises(TooLateError):
        await database.write(changes.keep, event_id=scene.event.id)
    with pytest.raises(TooLateError):
        await database.write(
            changes.decide_cancel, event_id=scene.event.id, reason=None, hold_for=HOLD, now=NOW
        )


@pytest.mark.parametrize(("reason", "why"), [("", "empty"), ("\x00", "empty"), ("x" * 201, "long")])
async def test_bad_reason_is_refused(database: Database, reason: str, why: str) -> None:
    scene = await database.write(_scene)

    with pytest.raises(InvalidInputError) as refusal:
        await database.write(
            changes.decide_cancel, event_id=scene.event.id, reason=reason, hold_for=HOLD, now=NOW
        )

    assert (refusal.value.field, refusal.value.reason) == ("reason", why)


async def test_event_cancelled_twice_is_cancelled_once(database: Database) -> None:
    scene = await database.write(_scene)
    first = await database.write(changes.cancel, event_id=scene.event.id, now=NOW)
    before = await database.read(rows)

    again = await database.write(changes.cancel, event_id=scene.event.id, now=NOW + HOUR)

    assert again == first
    assert await database.read(rows) == before
    with pytest.raises(GoneError):
        await database.write(changes.cancel, event_id=EventId(99), now=NOW)


async def test_draft_is_not_cancelled(database: Database) -> None:
    begun = await database.write(draft, await database.write(officer))

    kept = await database.write(changes.cancel, event_id=begun.id, now=NOW)

    assert kept == begun


def _everything_owed(writer: Writer) -> tuple[_Scene, Broadcast]:
    """Owe a message of every kind about an event: some held, some leaving."""
    scene = _scene(writer)
    founder = scene.officer
    group = commission(writer, founder)
    code = groups.open_code(writer, commission_id=group.id, officer_id=founder.id, now=NOW)
    groups.link(writer, chat_id=ChatId(-7), code=code, invite_link=None, now=NOW)
    place = rsvps.place(writer, event=scene.event, resident_id=scene.comes.id, now=NOW)
    rsvps.confirm_in_private(writer, place=place, resident=scene.comes, now=NOW)
    leaving = _broadcast(writer, scene, now=NOW)
    broadcasts.hurry(writer, broadcast_id=leaving.id, now=NOW)
    held = _broadcast(writer, scene, now=NOW)
    moved = changes.change(
        writer,
        event_id=scene.event.id,
        fields={"location": "Ici"},
        seen_version=scene.event.version,
        author_id=founder.id,
        policy=POLICY,
        hold_for=HOLD,
        now=NOW,
    )
    rsvps.retract(writer, event_id=moved.id, resident_id=scene.comes.id, now=NOW)
    reminders.fire_due(writer, policy=POLICY, now=NOW + 4 * DAY + 5 * HOUR)
    return scene, held


def _broadcast(writer: Writer, scene: _Scene, *, now: datetime) -> Broadcast:
    begun = broadcasts.draft(
        writer,
        author_id=scene.officer.id,
        event_id=scene.event.id,
        audience=Audience.EVERYONE,
        commission_id=None,
        cause=update(),
        now=now,
    )
    return broadcasts.hold(writer, broadcast_id=begun.id, hold_for=HOLD, again=True, now=now)


async def test_f46_cancellation_is_the_last_word_on_all_that_is_owed(database: Database) -> None:
    scene, held = await database.write(_everything_owed)
    about = {one.kind for one in await database.read(owed) if one.event_id == scene.event.id}

    await database.write(changes.cancel, event_id=scene.event.id, now=NOW + MINUTE)
    await database.write(broadcasts.launch_due, now=NOW + DAY)

    left = [one for one in await database.read(owed) if one.event_id == scene.event.id]
    ended = await database.read(broadcast_rows.get, held.id)
    assert about == {
        Kind.OFFER,
        Kind.MOVED,
        Kind.REMINDER,
        Kind.CONFIRMATION,
        Kind.ANNOUNCEMENT,
        Kind.GROUP_CARD,
    }
    assert {one.kind for one in left} == {Kind.CANCELLED}
    assert sorted(one.resident_id or 0 for one in left) == sorted([scene.waits.id, scene.maybe.id])
    assert ended.status is BroadcastStatus.CANCELLED


async def test_f46_broadcast_that_was_leaving_ends_with_the_event(database: Database) -> None:
    scene = await database.write(_scene)
    begun = await database.write(_broadcast, scene, now=NOW)
    await database.write(broadcasts.hurry, broadcast_id=begun.id, now=NOW)

    await database.write(changes.cancel, event_id=scene.event.id, now=NOW)
    await database.write(broadcasts.finish_done, now=NOW)

    ended = await database.read(broadcast_rows.get, begun.id)
    tally = await database.read(outbox.tally, begun.id)
    assert ended.status is BroadcastStatus.SENT
    assert set(tally) == {OutboxState.CANCELLED}


async def test_f46_message_under_way_is_not_taken_back_and_the_cancellation_follows(
    database: Database,
) -> None:
    scene = await database.write(_scene)
    await _change(database, scene.event, {"location": "Ici"})
    claimed = await database.write(outbox.claim, lane=1, now=NOW + HOLD, most=10)

    await database.write(changes.cancel, event_id=scene.event.id, now=NOW + HOLD)
    blocked = await database.write(outbox.claim, lane=1, now=NOW + HOLD, most=10)
    for notice in claimed:
        await database.write(outbox.mark, notice.id, OutboxState.SENT, now=NOW + HOLD)
    after = await database.write(outbox.claim, lane=1, now=NOW + HOLD, most=10)

    assert {one.kind for one in claimed} == {Kind.MOVED}
    assert not blocked
    assert [one.resident_id for one in after] == scene.concerned
    assert {one.kind for one in after} == {Kind.CANCELLED}


async def test_cancelled_event_leaves_the_agenda_and_its_organizer_is_not_named_as_the_canceller(
    database: Database,
) -> None:
    scene = await database.write(_scene)

    await database.write(changes.cancel, event_id=scene.event.id, now=NOW)

    lines = [line for line in (await database.read(rows))["journal"] if line[3] == "cancel"]
    assert not await database.read(rows_of.upcoming, now=NOW)
    assert [line[2] for line in lines] == [None]


async def test_paused_person_hears_of_a_cancellation_and_a_blocked_one_cannot(
    database: Database,
) -> None:
    scene = await database.write(_scene)
    await database.write(people.set_paused, scene.comes.id, NOW)

    told = await database.read(changes.concerned, scene.event.id)

    assert [one.id for one in told] == scene.concerned
    late = await database.write(resident, 70)
    assert late.id not in scene.concerned
    assert timedelta(0) < HOLD
