"""Announcements to many."""

from dataclasses import replace

import pytest

from storage import broadcasts, commissions, outbox, residents
from storage.broadcasts import Audience, Broadcast, BroadcastStatus, Reach
from storage.commissions import Commission
from storage.database import Database, Topic, Writer
from storage.errors import NotFoundError
from storage.events import Event
from storage.ids import BroadcastId, CommissionId, UpdateId
from storage.outbox import OutboxState
from storage.residents import Resident
from storage.rsvps import Answer, Standing
from tests.storage.rows import (
    DAY,
    HOUR,
    NOW,
    SECOND,
    answer,
    commission,
    crowd,
    event,
    resident,
    told,
)


def settle(writer: Writer) -> tuple[Event, Commission, list[Resident]]:
    """Enter six people: 2 is paused, 3 unreachable; 1 to 4 are in the commission.

    All were told of the event, 5 excepted; 1 and 2 answered.
    """
    people = crowd(writer, 6)
    garden = commission(writer)
    lunch = event(writer, people[0])
    for person in people[:4]:
        commissions.add_member(writer, garden.id, person.id, now=NOW)
    for person in [*people[:4], people[5]]:
        told(writer, lunch.id, person)
    answer(writer, lunch.id, people[0].id)
    answer(writer, lunch.id, people[1].id, Standing.NONE, answer=Answer.NO)
    residents.set_paused(writer, people[1].id, NOW)
    residents.set_unreachable(writer, people[2].id, NOW)
    return lunch, garden, people


async def draft(
    database: Database,
    lunch: Event,
    audience: Audience,
    commission_id: CommissionId | None = None,
    cause: int | None = None,
) -> Broadcast:
    assert lunch.organizer_id is not None
    return await database.write(
        broadcasts.add_draft,
        author_id=lunch.organizer_id,
        event_id=lunch.id,
        audience=audience,
        commission_id=commission_id,
        cause=None if cause is None else UpdateId(cause),
    )


async def freeze(database: Database, broadcast: Broadcast) -> int:
    return await database.write(
        broadcasts.freeze,
        broadcast,
        kind="announcement",
        lane=3,
        silent=True,
        not_before=NOW,
        expires_at=NOW + DAY,
    )


async def recipients(database: Database, broadcast: Broadcast) -> list[int | None]:
    owed = await database.read(outbox.all_)
    return [one.resident_id for one in owed if one.dedupe_key.startswith(f"bc:{broadcast.id}:")]


async def test_lookups_of_what_is_not_there(database: Database) -> None:
    lunch, *_ = await database.write(settle)

    assert await database.read(broadcasts.find, BroadcastId(9)) is None
    assert await database.read(broadcasts.of_event, lunch.id) == []
    assert await database.read(broadcasts.sending) == []
    assert await database.read(broadcasts.leaving, now=NOW) == []
    with pytest.raises(NotFoundError):
        await database.read(broadcasts.get, BroadcastId(9))


async def test_draft_of_the_same_cause_is_the_same_row(database: Database) -> None:
    lunch, garden, people = await database.write(settle)

    first = await draft(database, lunch, Audience.COMMISSION, garden.id, cause=5)
    again = await draft(database, lunch, Audience.EVERYONE, cause=5)
    other = await draft(database, lunch, Audience.EVERYONE)

    assert first == again == await database.read(broadcasts.get, first.id)
    assert first == Broadcast(
        id=first.id,
        status=BroadcastStatus.DRAFT,
        author_id=people[0].id,
        event_id=lunch.id,
        audience=Audience.COMMISSION,
        commission_id=garden.id,
        leaves_at=None,
        started_at=None,
        finished_at=None,
        cause=UpdateId(5),
    )
    assert await database.read(broadcasts.of_event, lunch.id) == [first, other]


async def test_broadcast_moves_on_once_and_keeps_its_instants_f47(database: Database) -> None:
    lunch, *_ = await database.write(settle)
    begun = await draft(database, lunch, Audience.EVERYONE)
    held, sending, sent = BroadcastStatus.HELD, BroadcastStatus.SENDING, BroadcastStatus.SENT

    def hold(writer: Writer) -> bool:
        return broadcasts.set_status(
            writer, begun.id, from_=BroadcastStatus.DRAFT, to=held, leaves_at=NOW + HOUR
        )

    taps = [await database.write(hold) for _ in range(2)]
    started = await database.write(
        broadcasts.set_status, begun.id, from_=held, to=sending, started_at=NOW + 2 * HOUR
    )
    underway = await database.read(broadcasts.sending)
    ended = await database.write(
        broadcasts.set_status, begun.id, from_=sending, to=sent, finished_at=NOW + 3 * HOUR
    )

    assert taps == [True, False]
    assert (started, ended) == (True, True)
    assert [one.id for one in underway] == [begun.id]
    assert await database.read(broadcasts.get, begun.id) == replace(
        begun,
        status=sent,
        leaves_at=NOW + HOUR,
        started_at=NOW + 2 * HOUR,
        finished_at=NOW + 3 * HOUR,
    )


async def test_leaving_lists_the_held_whose_time_has_come_earliest_first(
    database: Database,
) -> None:
    lunch, *_ = await database.write(settle)
    begun = [await draft(database, lunch, Audience.EVERYONE) for _ in range(4)]
    for one, leaves_at in zip(begun, (NOW, NOW - HOUR, NOW + SECOND), strict=False):
        await database.write(
            broadcasts.set_status,
            one.id,
            from_=BroadcastStatus.DRAFT,
            to=BroadcastStatus.HELD,
            leaves_at=leaves_at,
        )

    leaving = await database.read(broadcasts.leaving, now=NOW)

    assert [one.id for one in leaving] == [begun[1].id, begun[0].id]


@pytest.mark.parametrize(
    ("audience", "numbers", "reach"),
    [
        (Audience.EVERYONE, [1, 4, 5, 6], Reach(people=6, reachable=4)),
        (Audience.COMMISSION, [1, 4], Reach(people=4, reachable=2)),
        (Audience.SILENT, [4, 6], Reach(people=3, reachable=2)),
    ],
)
async def test_freeze_owes_to_the_reachable_of_the_audience_that_reach_counts(
    database: Database, audience: Audience, numbers: list[int], reach: Reach
) -> None:
    lunch, garden, people = await database.write(settle)
    of_commission = garden.id if audience is Audience.COMMISSION else None
    begun = await draft(database, lunch, audience, of_commission)

    counted = await database.read(
        broadcasts.reach, audience=audience, event_id=lunch.id, commission_id=of_commission
    )
    owed = await freeze(database, begun)

    expected = [people[number - 1].id for number in numbers]
    assert counted == reach
    assert owed == reach.reachable
    assert await recipients(database, begun) == expected


async def test_frozen_message_holds_what_its_sending_needs(database: Database) -> None:
    lunch, _, people = await database.write(settle)
    begun = await draft(database, lunch, Audience.EVERYONE)

    await freeze(database, begun)

    (owed,) = await database.write(outbox.claim, lane=3, now=NOW, most=1)
    assert (owed.kind, owed.chat_id) == ("announcement", people[0].chat_id)
    assert (owed.resident_id, owed.event_id) == (people[0].id, lunch.id)
    assert (owed.broadcast_id, owed.dedupe_key) == (begun.id, f"bc:{begun.id}:{people[0].id}")
    assert (owed.silent, owed.expires_at, owed.facts) == (True, NOW + DAY, {})


async def test_freeze_again_owes_nothing_twice_and_newcomers_only_f48(database: Database) -> None:
    lunch, *_ = await database.write(settle)
    begun = await draft(database, lunch, Audience.EVERYONE)
    await freeze(database, begun)
    (claimed,) = await database.write(outbox.claim, lane=3, now=NOW, most=1)
    await database.write(outbox.mark, claimed.id, OutboxState.SENT, now=NOW)

    again = await freeze(database, begun)
    newcomer = await database.write(resident, 7)
    with_newcomer = await freeze(database, begun)

    assert (again, with_newcomer) == (0, 1)
    assert len(await recipients(database, begun)) == 5
    assert (await recipients(database, begun))[-1] == newcomer.id


async def test_two_broadcasts_of_one_event_owe_each_their_own(database: Database) -> None:
    lunch, *_ = await database.write(settle)
    one, two = [await draft(database, lunch, Audience.EVERYONE) for _ in range(2)]

    owed = [await freeze(database, begun) for begun in (one, two)]

    assert owed == [4, 4]
    assert await database.read(outbox.tally, one.id) == {OutboxState.PENDING: 4} | (
        {OutboxState.SENT: 5} if one.id == 1 else {}
    )


async def test_freeze_wakes_the_sender(database: Database) -> None:
    lunch, *_ = await database.write(settle)
    begun = await draft(database, lunch, Audience.EVERYONE)
    rung: list[int] = []
    database.listen(Topic.OUTBOX, lambda: rung.append(1))

    await freeze(database, begun)

    assert len(rung) == 1


async def test_of_author_lists_what_a_person_began_oldest_first(database: Database) -> None:
    lunch, _, people = await database.write(settle)
    one, two = [await draft(database, lunch, Audience.EVERYONE) for _ in range(2)]

    assert await database.read(broadcasts.of_author, people[0].id) == [one, two]
    assert await database.read(broadcasts.of_author, people[1].id) == []


async def test_audience_of_a_commission_without_members_is_empty(database: Database) -> None:
    lunch, *_ = await database.write(settle)
    music = await database.write(commission, "Musique")
    begun = await draft(database, lunch, Audience.COMMISSION, music.id)

    assert await freeze(database, begun) == 0

    assert await database.read(
        broadcasts.reach, audience=Audience.COMMISSION, event_id=lunch.id, commission_id=music.id
    ) == Reach(people=0, reachable=0)


async def test_broadcast_stands_without_its_author_when_they_are_erased(
    database: Database,
) -> None:
    lunch, _, people = await database.write(settle)
    begun = await draft(database, lunch, Audience.EVERYONE)

    await database.write(residents.remove, people[0].id)

    assert await database.read(broadcasts.get, begun.id) == replace(begun, author_id=None)
