"""Telling many: one broadcast however often clicked, each person once, and counts that add up."""

import asyncio
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import pytest

from community import broadcasts, changes, commissions, groups, privacy, rsvps
from community.broadcasts import LIFETIME, REPEAT_WITHIN
from community.errors import ChangedError, CommunityError, GoneError, RepeatedError, TooLateError
from community.notices import Kind
from storage import broadcasts as rows_of
from storage import cards, outbox
from storage import residents as people
from storage.broadcasts import Audience, Broadcast, BroadcastStatus
from storage.cards import CardKind
from storage.commissions import Commission
from storage.database import Database, Writer
from storage.events import Event
from storage.ids import BroadcastId, ChatId, CommissionId, EventId, MessageId
from storage.outbox import OutboxState
from storage.residents import Resident
from storage.rsvps import Answer
from tests.community.world import (
    DAY,
    HOLD,
    HOUR,
    NOW,
    SECOND,
    commission,
    crowd,
    event,
    full,
    officer,
    owed,
    resident,
    rows,
    say,
    sent,
    update,
)

MANY = 1_000
UNREACHABLE = 2
GROUP = ChatId(-7)


@dataclass(frozen=True)
class _Scene:
    """Of four people the first two are in the commission; the third paused, the fourth blocked."""

    event: Event
    officer: Resident
    commission: Commission
    people: list[Resident]


def _scene(writer: Writer) -> _Scene:
    organizer = officer(writer)
    everybody = crowd(writer, 4)
    group = commission(writer, organizer)
    for person in everybody[:2]:
        commissions.join(writer, commission_id=group.id, resident_id=person.id, now=NOW)
    people.set_paused(writer, everybody[2].id, NOW)
    people.set_unreachable(writer, everybody[3].id, NOW)
    return _Scene(event(writer, organizer), organizer, group, everybody)


def _draft(
    writer: Writer,
    scene: _Scene,
    audience: Audience = Audience.EVERYONE,
    *,
    now: datetime = NOW,
) -> Broadcast:
    return broadcasts.draft(
        writer,
        author_id=scene.officer.id,
        event_id=scene.event.id,
        audience=audience,
        commission_id=scene.commission.id if audience is Audience.COMMISSION else None,
        cause=update(),
        now=now,
    )


def _held(
    writer: Writer,
    scene: _Scene,
    audience: Audience = Audience.EVERYONE,
    *,
    again: bool = False,
    now: datetime = NOW,
) -> Broadcast:
    begun = _draft(writer, scene, audience, now=now)
    return broadcasts.hold(writer, broadcast_id=begun.id, hold_for=HOLD, again=again, now=now)


def _left(writer: Writer, scene: _Scene, audience: Audience = Audience.EVERYONE) -> Broadcast:
    held = _held(writer, scene, audience)
    return broadcasts.hurry(writer, broadcast_id=held.id, now=NOW)


async def test_draft_begun_twice_by_one_update_is_begun_once_and_tells_nobody(
    database: Database,
) -> None:
    scene, cause = await database.write(_scene), update()
    values: dict[str, Any] = {
        "author_id": scene.officer.id,
        "event_id": scene.event.id,
        "audience": Audience.EVERYONE,
        "commission_id": None,
        "cause": cause,
    }
    first = await database.write(broadcasts.draft, **values, now=NOW)
    before = await database.read(rows)

    again = await database.write(broadcasts.draft, **values, now=NOW + SECOND)

    assert again == first
    assert await database.read(rows) == before
    assert not await database.read(outbox.all_)


async def test_held_broadcast_leaves_after_the_hold_to_all_who_can_be_reached(
    database: Database,
) -> None:
    scene = await database.write(_scene)
    held = await database.write(_held, scene)

    early = await database.write(broadcasts.launch_due, now=NOW + HOLD - SECOND)
    owed_now = await database.write(broadcasts.launch_due, now=NOW + HOLD)
    again = await database.write(broadcasts.launch_due, now=NOW + HOLD)

    told = await database.read(owed, Kind.ANNOUNCEMENT)
    assert held.leaves_at == NOW + HOLD
    assert (early, owed_now, again) == (0, 3, 0)
    assert {one.resident_id for one in told} == {
        scene.officer.id,
        scene.people[0].id,
        scene.people[1].id,
    }
    assert {one.expires_at for one in told} == {NOW + HOLD + LIFETIME}


async def test_audience_is_looked_up_again_when_it_leaves(database: Database) -> None:
    scene = await database.write(_scene)
    await database.write(_held, scene, Audience.COMMISSION)
    leaver, newcomer = scene.people[0], await database.write(resident, 50)
    values: dict[str, Any] = {"commission_id": scene.commission.id, "now": NOW}
    await database.write(commissions.leave, resident_id=leaver.id, **values)
    await database.write(commissions.join, resident_id=newcomer.id, **values)

    await database.write(broadcasts.launch_due, now=NOW + HOLD)

    told = await database.read(owed, Kind.ANNOUNCEMENT)
    assert {one.resident_id for one in told} == {scene.people[1].id, newcomer.id}


async def test_nudge_goes_to_those_who_were_told_and_are_silent(database: Database) -> None:
    scene = await database.write(_scene)
    await database.write(_left, scene)
    await database.write(sent)
    await database.write(say, scene.event.id, scene.people[0].id, Answer.NO)

    nudge = await database.write(_left, scene, Audience.SILENT)

    told = await database.read(owed, Kind.NUDGE)
    assert nudge.status is BroadcastStatus.SENDING
    assert {one.resident_id for one in told} == {scene.people[1].id, scene.officer.id}


# --------------------------------------------------------------------------------- twice, F47


async def test_f47_double_click_holds_one_broadcast(database: Database) -> None:
    scene = await database.write(_scene)
    begun = await database.write(_draft, scene)
    values: dict[str, Any] = {"broadcast_id": begun.id, "hold_for": HOLD, "again": False}

    outcomes = await asyncio.gather(
        *(database.write(broadcasts.hold, **values, now=NOW) for _ in range(20)),
        return_exceptions=True,
    )
    await database.write(broadcasts.launch_due, now=NOW + HOLD)

    refused = [one for one in outcomes if isinstance(one, ChangedError)]
    assert len(refused) == 19
    assert len(await database.read(owed, Kind.ANNOUNCEMENT)) == 3


async def test_f47_two_officers_who_announce_the_same_are_asked(database: Database) -> None:
    scene = await database.write(_scene)
    await database.write(_held, scene)

    with pytest.raises(RepeatedError):
        await database.write(_held, scene, now=NOW + SECOND)
    insisted = await database.write(_held, scene, again=True, now=NOW + SECOND)

    assert insisted.status is BroadcastStatus.HELD


@pytest.mark.parametrize(
    ("later", "is_repeated"), [(REPEAT_WITHIN - SECOND, True), (REPEAT_WITHIN + HOLD, False)]
)
async def test_f47_same_to_the_same_is_asked_about_within_a_day(
    database: Database, later: timedelta, *, is_repeated: bool
) -> None:
    scene = await database.write(_scene)
    first = await database.write(_held, scene)
    await database.write(broadcasts.launch_due, now=NOW + HOLD)
    begun = await database.write(_draft, scene, now=NOW + HOUR)

    assert await database.read(broadcasts.was_out, begun, now=NOW + later) == is_repeated
    assert not await database.read(broadcasts.was_out, begun, now=NOW + 30 * DAY)
    assert first.status is BroadcastStatus.HELD


async def test_f47_another_audience_is_no_repetition(database: Database) -> None:
    scene = await database.write(_scene)
    await database.write(_held, scene)

    other = await database.write(_held, scene, Audience.COMMISSION)

    assert other.status is BroadcastStatus.HELD


async def test_f47_taken_back_is_no_repetition_and_stopped_half_way_is(database: Database) -> None:
    scene = await database.write(_scene)
    held = await database.write(_held, scene)
    await database.write(broadcasts.take_back, broadcast_id=held.id, now=NOW)
    second = await database.write(_left, scene)
    await database.write(broadcasts.stop, broadcast_id=second.id, now=NOW)

    with pytest.raises(RepeatedError):
        await database.write(_held, scene)

    assert second.status is BroadcastStatus.SENDING


# ------------------------------------------------------------------------ taken back, stopped


@pytest.mark.parametrize("is_held", [True, False])
async def test_broadcast_taken_back_never_leaves(database: Database, *, is_held: bool) -> None:
    scene = await database.write(_scene)
    begun = await database.write(_held if is_held else _draft, scene)

    for _ in range(2):
        taken = await database.write(broadcasts.take_back, broadcast_id=begun.id, now=NOW)
    await database.write(broadcasts.launch_due, now=NOW + DAY)

    assert taken.status is BroadcastStatus.CANCELLED
    assert not await database.read(outbox.all_)
    with pytest.raises(ChangedError):
        await database.write(broadcasts.hurry, broadcast_id=begun.id, now=NOW)


async def test_broadcast_that_leaves_is_not_taken_back_and_one_that_does_not_is_not_stopped(
    database: Database,
) -> None:
    scene = await database.write(_scene)
    held = await database.write(_held, scene)

    with pytest.raises(ChangedError):
        await database.write(broadcasts.stop, broadcast_id=held.id, now=NOW)
    await database.write(broadcasts.hurry, broadcast_id=held.id, now=NOW)
    with pytest.raises(ChangedError):
        await database.write(broadcasts.take_back, broadcast_id=held.id, now=NOW)
    with pytest.raises(ChangedError):
        await database.write(broadcasts.hurry, broadcast_id=held.id, now=NOW)

    assert len(await database.read(owed, Kind.ANNOUNCEMENT)) == 3


async def test_stopped_broadcast_sends_nothing_more_and_counts_what_it_sent(
    database: Database,
) -> None:
    scene = await database.write(_scene)
    await database.write(_link, scene)
    leaving = await database.write(_left, scene)
    first = (await database.read(owed, Kind.ANNOUNCEMENT))[0]
    await database.write(outbox.mark, first.id, OutboxState.SENT, now=NOW)

    for _ in range(2):
        stopped = await database.write(broadcasts.stop, broadcast_id=leaving.id, now=NOW)

    counted = await database.read(broadcasts.progress, stopped)
    assert stopped.status is BroadcastStatus.CANCELLED
    assert not await database.read(owed, Kind.ANNOUNCEMENT)
    assert not await database.read(owed, Kind.GROUP_CARD)
    assert (counted.sent, counted.unreachable, counted.waiting, counted.total) == (1, 2, 0, 3)


def _link(writer: Writer, scene: _Scene) -> None:
    code = groups.open_code(
        writer, commission_id=scene.commission.id, officer_id=scene.officer.id, now=NOW
    )
    groups.link(writer, chat_id=GROUP, code=code, invite_link=None, now=NOW)


@pytest.mark.parametrize(
    ("audience", "cards_owed"),
    [(Audience.EVERYONE, 1), (Audience.COMMISSION, 1), (Audience.SILENT, 0)],
)
async def test_group_of_the_audience_gets_the_card_once(
    database: Database, audience: Audience, cards_owed: int
) -> None:
    scene = await database.write(_scene)
    await database.write(_link, scene)

    leaving = await database.write(_left, scene, audience)

    posted = await database.read(owed, Kind.GROUP_CARD)
    assert [one.chat_id for one in posted] == [GROUP] * cards_owed
    assert len(await database.read(broadcasts.groups_of, leaving)) == cards_owed


async def test_lost_group_gets_nothing(database: Database) -> None:
    scene = await database.write(_scene)
    await database.write(_link, scene)
    await database.write(groups.lose, chat_id=GROUP, now=NOW)

    await database.write(_left, scene)

    assert not await database.read(owed, Kind.GROUP_CARD)


# --------------------------------------------------------------------------------- the counts


async def test_f48_counts_of_a_thousand_add_up_to_the_frozen_audience(database: Database) -> None:
    ends = [
        OutboxState.SENT,
        OutboxState.FAILED,
        OutboxState.SKIPPED,
        OutboxState.UNCERTAIN,
        OutboxState.EXPIRED,
    ]

    def scene(writer: Writer) -> Broadcast:
        crowd(writer, MANY)
        leaving = _left(writer, _scene(writer))
        for number, notice in enumerate(owed(writer, Kind.ANNOUNCEMENT)):
            if number % 6 != 5:
                outbox.mark(writer, notice.id, ends[number % 6], now=NOW)
        return leaving

    leaving = await database.write(scene)
    half_way = await database.read(broadcasts.progress, leaving)
    unfinished = await database.write(broadcasts.finish_done, now=NOW)
    await database.write(sent)
    finished = await database.write(broadcasts.finish_done, now=NOW)
    done = await database.read(broadcasts.progress, await database.read(rows_of.get, leaving.id))

    for counted in (half_way, done):
        parts = counted.sent + counted.unreachable + counted.uncertain + counted.waiting
        assert parts == counted.total == MANY - UNREACHABLE
    assert (unfinished, finished) == (0, 1)
    assert done.waiting == 0
    assert done.broadcast.status is BroadcastStatus.SENT


async def test_broadcast_to_nobody_ends_at_once(database: Database) -> None:
    scene = await database.write(_scene)
    await database.write(_left, scene, Audience.SILENT)

    assert await database.write(broadcasts.finish_done, now=NOW) == 1
    assert await database.write(broadcasts.finish_done, now=NOW) == 0


async def test_f51_person_who_erases_all_during_a_broadcast_gets_nothing_of_it(
    database: Database,
) -> None:
    scene = await database.write(_scene)
    leaving = await database.write(_left, scene)
    person = scene.people[0]

    await database.write(privacy.erase, resident_id=person.id, cause=update(), now=NOW)

    counted = await database.read(broadcasts.progress, leaving)
    left = await database.read(owed, None, person)
    assert [one.kind for one in left] == [Kind.ERASURE_RECEIPT]
    assert counted.total == counted.waiting == 2


# -------------------------------------------------------------------------- what may be told


async def test_event_that_is_over_or_cancelled_is_not_announced(database: Database) -> None:
    scene = await database.write(_scene)
    begun = await database.write(_draft, scene)
    held = await database.write(_held, scene)

    with pytest.raises(TooLateError) as over:
        await database.write(_draft, scene, now=NOW + 6 * DAY)
    await database.write(
        changes.decide_cancel, event_id=scene.event.id, reason=None, hold_for=HOLD, now=NOW
    )
    with pytest.raises(TooLateError) as cancelled:
        await database.write(
            broadcasts.hold, broadcast_id=begun.id, hold_for=HOLD, again=True, now=NOW
        )
    await database.write(broadcasts.launch_due, now=NOW + HOLD)

    assert (over.value.reason, cancelled.value.reason) == ("started", "cancelled")
    assert (await database.read(rows_of.get, held.id)).status is BroadcastStatus.CANCELLED
    assert not await database.read(outbox.all_)


async def test_announcement_is_no_news_after_the_end_of_the_event(database: Database) -> None:
    scene = await database.write(_scene)
    assert scene.event.ends_at is not None
    late = scene.event.ends_at - HOUR
    held = await database.write(_held, scene, now=late)

    await database.write(broadcasts.hurry, broadcast_id=held.id, now=late)

    told = await database.read(owed, Kind.ANNOUNCEMENT)
    assert {one.expires_at for one in told} == {scene.event.ends_at}


async def test_broadcast_of_what_is_not_there_is_refused(database: Database) -> None:
    scene = await database.write(_scene)
    nothing = BroadcastId(99)
    values: dict[str, Any] = {"author_id": scene.officer.id, "cause": update(), "now": NOW}

    for act in (broadcasts.hurry, broadcasts.take_back, broadcasts.stop):
        with pytest.raises(GoneError):
            await database.write(act, broadcast_id=nothing, now=NOW)
    with pytest.raises(GoneError):
        await database.read(broadcasts.existing_broadcast, nothing)
    for event_id, commission_id in (
        (EventId(99), None),
        (scene.event.id, CommissionId(99)),
    ):
        with pytest.raises(CommunityError):
            await database.write(
                broadcasts.draft,
                event_id=event_id,
                audience=Audience.COMMISSION,
                commission_id=commission_id,
                **values,
            )


async def test_card_of_the_officer_follows_each_step(database: Database) -> None:
    scene = await database.write(_scene)
    begun = await database.write(_held, scene)
    await database.write(_show, begun, scene.officer)

    wanted = []
    for act in (broadcasts.hurry, broadcasts.stop):
        await database.write(act, broadcast_id=begun.id, now=NOW)
        (card,) = await database.read(cards.of_chat, scene.officer.chat_id)
        wanted.append(card.wanted)

    assert wanted == [1, 2]


def _show(writer: Writer, broadcast: Broadcast, person: Resident) -> None:
    cards.put(
        writer,
        person.chat_id,
        MessageId(1),
        kind=CardKind.BROADCAST,
        subject_id=broadcast.id,
        now=NOW,
    )


async def test_people_who_wait_are_announced_to_like_others(database: Database) -> None:
    def scene(writer: Writer) -> tuple[int, int]:
        filled = full(writer, capacity=1, waiting=2)
        group = commission(writer, filled.officer)
        leaving = _left(writer, _Scene(filled.event, filled.officer, group, []))
        place = rsvps.place(writer, event=filled.event, resident_id=filled.waiting[1].id, now=NOW)
        return broadcasts.progress(writer, leaving).total, place.position or 0

    assert await database.write(scene) == (4, 2)
