"""Free seats: offered in turn, once each, to parties that fit and can be reached (F43, F52)."""

import asyncio
from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from community import changes, residents, rsvps
from community.notices import Kind
from storage import outbox
from storage import residents as people
from storage import rsvps as rows_of
from storage.database import Database, Reader, Writer
from storage.events import Event
from storage.ids import EventId
from storage.outbox import OutboxState
from storage.residents import Resident
from storage.rsvps import Answer, Rsvp, Standing
from tests.community.world import (
    DAY,
    HOUR,
    MINUTE,
    NOW,
    POLICY,
    SECOND,
    Full,
    change,
    crowd,
    event,
    fresh_event,
    full,
    officer,
    owed,
    resident,
    rows,
    rsvp,
    say,
    sent,
    standings,
    update,
)

RACERS = 50
LATER = NOW + HOUR


async def _free(database: Database, event_id: EventId, person: Resident) -> None:
    """Have somebody take their answer back, so that their seat is free at once."""
    await database.write(rsvps.retract, event_id=event_id, resident_id=person.id, now=LATER)


async def test_free_seat_is_offered_to_the_first_who_waits(database: Database) -> None:
    scene = await database.write(full, capacity=2, waiting=2)

    await _free(database, scene.event.id, scene.seated[0])

    (offer,) = await database.read(owed, Kind.OFFER)
    assert await database.read(standings, scene.event.id, scene.waiting) == ["offered", "waiting"]
    assert (offer.resident_id, offer.expires_at) == (scene.waiting[0].id, scene.event.starts_at)


async def test_offer_is_made_once_however_often_seats_are_looked_for(database: Database) -> None:
    scene = await database.write(full, capacity=2, waiting=3)
    await _free(database, scene.event.id, scene.seated[0])
    before = await database.read(rows)

    offers = [
        await database.write(
            rsvps.offer_everywhere, is_quiet=POLICY.is_quiet, now=LATER + number * MINUTE
        )
        for number in range(3)
    ]

    assert offers == [0, 0, 0]
    assert await database.read(rows) == before


async def test_offer_taken_is_a_seat(database: Database) -> None:
    scene = await database.write(full, capacity=1, waiting=1)
    await _free(database, scene.event.id, scene.seated[0])

    place = await database.write(say, scene.event.id, scene.waiting[0].id, now=LATER)

    assert place.rsvp is not None
    assert (place.rsvp.standing, place.seats_left) == (Standing.CONFIRMED, 0)


@pytest.mark.parametrize("answer", [Answer.YES, Answer.NO, Answer.MAYBE])
async def test_offer_answered_before_its_message_left_is_withdrawn(
    database: Database, answer: Answer
) -> None:
    scene = await database.write(full, capacity=1, waiting=1)
    await _free(database, scene.event.id, scene.seated[0])

    await database.write(say, scene.event.id, scene.waiting[0].id, answer, now=LATER)

    (offer,) = [one for one in await database.read(outbox.all_) if one.kind == Kind.OFFER]
    assert offer.state is OutboxState.CANCELLED


async def test_offer_declined_goes_to_the_next_at_once(database: Database) -> None:
    scene = await database.write(full, capacity=1, waiting=2)
    await _free(database, scene.event.id, scene.seated[0])
    await database.write(sent, now=LATER)

    await database.write(say, scene.event.id, scene.waiting[0].id, Answer.NO, now=LATER)

    assert await database.read(standings, scene.event.id, scene.waiting) == ["none", "offered"]


async def test_offer_is_never_renewed_by_the_update_that_began_the_wait(
    database: Database,
) -> None:
    scene = await database.write(full, capacity=1, waiting=0)
    (person,) = await database.write(crowd, 1)
    cause = update()
    waiting = (await database.write(crowd, 2))[1]
    await database.write(say, scene.event.id, waiting.id, cause=cause)
    await _free(database, scene.event.id, person)

    await database.write(say, scene.event.id, waiting.id, cause=cause, now=LATER)

    assert await database.read(standings, scene.event.id, [waiting]) == ["offered"]


async def test_family_waits_for_its_seats_and_the_next_that_fits_passes(
    database: Database,
) -> None:
    scene = await database.write(full, capacity=3, waiting=2)
    family, single = scene.waiting
    await database.write(say, scene.event.id, family.id, guests=2, now=NOW + MINUTE)

    await _free(database, scene.event.id, scene.seated[0])
    passed = await database.read(standings, scene.event.id, [family, single])
    for person in scene.seated[1:]:
        await _free(database, scene.event.id, person)
    await database.write(say, scene.event.id, single.id, Answer.NO, now=LATER)

    assert passed == ["waiting", "offered"]
    assert await database.read(standings, scene.event.id, [family, single]) == ["offered", "none"]


@pytest.mark.parametrize("in_the_way", ["paused", "unreachable"])
async def test_f52_person_who_cannot_be_reached_is_passed_and_keeps_their_place(
    database: Database, in_the_way: str
) -> None:
    scene = await database.write(full, capacity=1, waiting=2)
    first, second = scene.waiting
    cut_off = people.set_paused if in_the_way == "paused" else people.set_unreachable
    await database.write(cut_off, first.id, NOW)

    await _free(database, scene.event.id, scene.seated[0])
    passed = await database.read(standings, scene.event.id, scene.waiting)
    await database.write(cut_off, first.id, None)
    await database.write(say, scene.event.id, second.id, Answer.NO, now=LATER)

    assert passed == ["waiting", "offered"]
    assert await database.read(standings, scene.event.id, scene.waiting) == ["offered", "none"]


async def test_person_who_resumes_has_the_seat_that_nobody_else_wanted(database: Database) -> None:
    scene = await database.write(full, capacity=1, waiting=1)
    (only,) = scene.waiting
    await database.write(residents.pause, resident_id=only.id, now=NOW)
    await _free(database, scene.event.id, scene.seated[0])
    idle = await database.read(standings, scene.event.id, [only])

    await database.write(residents.resume, resident_id=only.id)
    offers = await database.write(rsvps.offer_everywhere, is_quiet=POLICY.is_quiet, now=LATER)

    assert (idle, offers) == (["waiting"], 1)


async def test_paused_person_who_taps_yes_has_the_seat_that_is_free(database: Database) -> None:
    scene = await database.write(full, capacity=1, waiting=1)
    (only,) = scene.waiting
    await database.write(residents.pause, resident_id=only.id, now=NOW)
    await _free(database, scene.event.id, scene.seated[0])

    await database.write(say, scene.event.id, only.id, now=LATER)

    assert await database.read(standings, scene.event.id, [only]) == ["confirmed"]


async def test_f52_chain_of_people_who_left_ends_in_one_tick(database: Database) -> None:
    scene = await database.write(full, capacity=1, waiting=4)
    await _free(database, scene.event.id, scene.seated[0])

    for person in scene.waiting:
        fresh = await database.read(people.get, person.id)
        await database.write(rsvps.lose_reach, resident=fresh, now=LATER)

    assert await database.read(standings, scene.event.id, scene.waiting) == ["waiting"] * 4
    assert not await database.read(owed, Kind.OFFER)


async def test_losing_reach_twice_is_as_once(database: Database) -> None:
    scene = await database.write(full, capacity=1, waiting=1)
    await database.write(rsvps.lose_reach, resident=scene.seated[0], now=LATER)
    before = await database.read(rows)
    fresh = await database.read(people.get, scene.seated[0].id)

    await database.write(rsvps.lose_reach, resident=fresh, now=LATER + HOUR)

    assert fresh.unreachable_at == LATER
    assert await database.read(rows) == before
    assert await database.read(standings, scene.event.id, scene.seated) == ["confirmed"]


async def test_start_ends_the_waitlist_and_its_offers(database: Database) -> None:
    scene = await database.write(full, capacity=1, waiting=2)
    await _free(database, scene.event.id, scene.seated[0])

    for _ in range(2):
        await database.write(rsvps.offer_everywhere, is_quiet=POLICY.is_quiet, now=NOW + 5 * DAY)

    assert await database.read(standings, scene.event.id, scene.waiting) == ["none", "none"]


async def test_nothing_is_offered_of_an_event_that_is_cancelled_or_about_to_be(
    database: Database,
) -> None:
    scene = await database.write(full, capacity=1, waiting=1)
    await database.write(
        changes.decide_cancel,
        event_id=scene.event.id,
        reason=None,
        hold_for=MINUTE,
        now=LATER,
    )

    await _free(database, scene.event.id, scene.seated[0])
    held = await database.read(standings, scene.event.id, scene.waiting)
    await database.write(changes.keep, event_id=scene.event.id)
    offers = await database.write(rsvps.offer_everywhere, is_quiet=POLICY.is_quiet, now=LATER)

    assert (held, offers) == (["waiting"], 1)


# ---------------------------------------------------------------------------------- capacity


@pytest.mark.parametrize(("capacity", "offered"), [(2, 1), (3, 2), (9, 3), (None, 3)])
async def test_capacity_raised_offers_the_new_seats(
    database: Database, capacity: int | None, offered: int
) -> None:
    scene = await database.write(full, capacity=1, waiting=3)

    await database.write(change, scene.event, capacity=capacity)

    found = await database.read(standings, scene.event.id, scene.waiting)
    assert found == ["offered"] * offered + ["waiting"] * (3 - offered)


async def test_f44_capacity_lowered_removes_nobody_and_offers_nothing_until_below(
    database: Database,
) -> None:
    scene = await database.write(full, capacity=3, waiting=1)
    await database.write(change, scene.event, capacity=1)
    kept = await database.read(standings, scene.event.id, scene.seated)

    offers = []
    for person in scene.seated:
        await _free(database, scene.event.id, person)
        offers.append(len(await database.read(owed, Kind.OFFER)))

    assert kept == ["confirmed"] * 3
    assert offers == [0, 0, 1]


async def test_f44_open_offer_outlives_a_lower_capacity(database: Database) -> None:
    scene = await database.write(full, capacity=2, waiting=1)
    await _free(database, scene.event.id, scene.seated[0])
    await database.write(change, scene.event, capacity=1, now=LATER)

    place = await database.write(say, scene.event.id, scene.waiting[0].id, now=LATER)

    assert place.rsvp is not None
    assert (place.rsvp.standing, place.seats_left) == (Standing.CONFIRMED, 0)


# -------------------------------------------------------------------------------------- races


def _open(writer: Writer, capacity: int) -> tuple[Event, list[Resident]]:
    return event(writer, officer(writer), capacity=capacity), crowd(writer, RACERS)


@pytest.mark.parametrize("capacity", [1, 7])
async def test_f43_of_fifty_who_want_the_last_seats_nobody_is_seated_too_many(
    database: Database, capacity: int
) -> None:
    gathering, racers = await database.write(_open, capacity)

    places = await asyncio.gather(
        *(database.write(say, gathering.id, racer.id, now=NOW + SECOND) for racer in racers)
    )

    told = [place.rsvp.standing for place in places if place.rsvp is not None]
    stood = await database.read(standings, gathering.id, racers)
    queue = await database.read(rows_of.waitlist, gathering.id)
    positions = [
        (
            await database.read(
                rsvps.place, event=gathering, resident_id=guest.resident.id, now=LATER
            )
        ).position
        for guest in queue
    ]
    assert stood == [str(standing) for standing in told]
    assert stood.count("confirmed") == capacity
    assert positions == list(range(1, RACERS - capacity + 1))


async def test_f43_of_fifty_who_leave_and_join_no_seat_is_idle(database: Database) -> None:
    scene = await database.write(full, capacity=10, waiting=40)

    await asyncio.gather(
        *(
            database.write(rsvps.retract, event_id=scene.event.id, resident_id=person.id, now=LATER)
            for person in scene.seated
        )
    )

    stood = await database.read(standings, scene.event.id, scene.waiting)
    assert stood == ["offered"] * 10 + ["waiting"] * 30
    assert len(await database.read(owed, Kind.OFFER)) == 10


async def test_f43_read_then_write_in_two_transactions_oversells(database: Database) -> None:
    """The positive control: what the one transaction is for."""
    gathering, racers = await database.write(_open, 1)

    seen = await asyncio.gather(
        *(database.read(_look_then_decide, gathering, racer) for racer in racers)
    )
    await asyncio.gather(*(database.write(rows_of.put, decided) for decided in seen))

    stood = await database.read(standings, gathering.id, racers)
    assert stood.count("confirmed") == RACERS


def _look_then_decide(reader: Reader, gathering: Event, racer: Resident) -> Rsvp:
    place = rsvps.place(reader, event=gathering, resident_id=racer.id, now=NOW)
    silent = Rsvp(
        event_id=gathering.id,
        resident_id=racer.id,
        answer=Answer.NO,
        standing=Standing.NONE,
        guests=0,
        queued_at=None,
        offered_at=None,
        offer_ends_at=None,
        held_until=None,
        sequence=0,
        answered_at=NOW,
        cause=None,
    )
    return rsvps.decide(silent, Answer.YES, left=place.seats_left, starts_at=NOW + DAY, now=NOW)


async def test_event_over_its_capacity_by_hand_is_told_by_the_counts(database: Database) -> None:
    scene = await database.write(full, capacity=2, waiting=1)
    await database.write(_seat_by_force, scene.event.id, scene.waiting[0])

    place = await database.read(
        rsvps.place, event=scene.event, resident_id=None, now=NOW + timedelta(minutes=1)
    )

    seats = await database.read(rows_of.seats, scene.event.id, now=NOW)
    assert (place.seats_left, seats.taken) == (0, 3)
    assert (await database.read(fresh_event, scene.event.id)).capacity == 2


def _seat_by_force(writer: Writer, event_id: EventId, person: Resident) -> None:
    rows_of.put(writer, replace(rsvp(writer, event_id, person), standing=Standing.CONFIRMED))


# ------------------------------------------------------------------------------- offers that end


async def _tick(database: Database, now: datetime) -> None:
    await database.write(rsvps.offer_everywhere, is_quiet=POLICY.is_quiet, now=now)


async def _offered(database: Database, *, waiting: int = 2) -> Full:
    """Give a full event of which a seat has become free, offered by a message that has left."""
    scene = await database.write(full, capacity=2, waiting=waiting)
    await _free(database, scene.event.id, scene.seated[0])
    await database.write(sent, now=LATER)
    await _tick(database, LATER)
    return scene


async def test_offer_that_nobody_answers_goes_on_and_its_party_waits_last(
    database: Database,
) -> None:
    scene = await _offered(database, waiting=3)

    await _tick(database, LATER + DAY - SECOND)
    kept = await database.read(standings, scene.event.id, scene.waiting)
    for _ in range(2):
        await _tick(database, LATER + DAY)

    passed = await database.read(owed, Kind.OFFER_PASSED)
    offers = await database.read(owed, Kind.OFFER)
    queue = await database.read(rows_of.waitlist, scene.event.id)
    first, second, third = scene.waiting
    assert kept == ["offered", "waiting", "waiting"]
    assert [one.resident_id for one in passed] == [first.id]
    assert [one.resident_id for one in offers] == [second.id]
    assert [guest.resident.id for guest in queue] == [third.id, first.id]


async def test_offer_is_kept_on_while_nobody_else_waits_that_fits(database: Database) -> None:
    scene = await _offered(database, waiting=1)
    family = await database.write(resident, 77)
    await database.write(say, scene.event.id, family.id, guests=1, now=LATER)

    await _tick(database, LATER + 2 * DAY)
    taken = await database.write(say, scene.event.id, scene.waiting[0].id, now=LATER + 2 * DAY)

    assert await database.read(owed, Kind.OFFER_PASSED) == []
    assert taken.rsvp is not None
    assert taken.rsvp.standing is Standing.CONFIRMED


async def test_offer_of_an_event_that_is_about_to_be_cancelled_is_taken_from_nobody(
    database: Database,
) -> None:
    scene = await _offered(database)
    await database.write(
        changes.decide_cancel,
        event_id=scene.event.id,
        reason=None,
        hold_for=HOUR,
        now=LATER + 2 * DAY,
    )

    await _tick(database, LATER + 2 * DAY)

    assert await database.read(standings, scene.event.id, scene.waiting) == ["offered", "waiting"]
    assert await database.read(owed, Kind.OFFER_PASSED) == []


async def test_offer_goes_on_to_nobody_where_seats_were_taken_away(database: Database) -> None:
    scene = await _offered(database)
    await database.write(change, scene.event, capacity=1, now=LATER)

    await _tick(database, LATER + 2 * DAY)

    assert await database.read(standings, scene.event.id, scene.waiting) == ["offered", "waiting"]
    assert await database.read(owed, Kind.OFFER_PASSED) == []


async def test_time_of_an_offer_runs_from_when_its_message_left(database: Database) -> None:
    scene = await database.write(full, capacity=2, waiting=2)
    await _free(database, scene.event.id, scene.seated[0])
    await _tick(database, LATER + 30 * HOUR)
    unsent = await database.read(rsvp, scene.event.id, scene.waiting[0])

    await database.write(sent, now=LATER + 30 * HOUR)
    await _tick(database, LATER + 30 * HOUR)

    timed = await database.read(rsvp, scene.event.id, scene.waiting[0])
    assert (unsent.standing, unsent.offer_ends_at) == (Standing.OFFERED, None)
    assert timed.offer_ends_at == rsvps.answer_by(
        scene.event, is_quiet=POLICY.is_quiet, now=LATER + 30 * HOUR
    )


async def test_f50_offer_that_ended_while_the_machine_was_off_has_two_more_hours(
    database: Database,
) -> None:
    scene = await _offered(database)
    back_at = LATER + DAY + 5 * HOUR

    given = await database.write(rsvps.give_grace, now=back_at)
    await _tick(database, back_at)
    await _tick(database, back_at + 2 * HOUR - SECOND)
    kept = await database.read(standings, scene.event.id, scene.waiting)
    await _tick(database, back_at + 2 * HOUR)

    assert (given, kept) == (1, ["offered", "waiting"])
    assert await database.read(standings, scene.event.id, scene.waiting) == ["waiting", "offered"]


async def test_f50_grace_shortens_no_offer(database: Database) -> None:
    scene = await _offered(database)
    before = await database.read(rsvp, scene.event.id, scene.waiting[0])

    await database.write(rsvps.give_grace, now=LATER + HOUR)

    assert await database.read(rsvp, scene.event.id, scene.waiting[0]) == before


# ------------------------------------------------------------------------------ the day itself


async def test_on_the_day_all_who_wait_and_fit_are_told_and_the_first_has_the_seat(
    database: Database,
) -> None:
    today = NOW + 5 * DAY - 2 * HOUR
    scene = await database.write(full, capacity=2, waiting=3)
    first, second, third = scene.waiting
    await database.write(say, scene.event.id, first.id, guests=1)

    await database.write(
        rsvps.retract, event_id=scene.event.id, resident_id=scene.seated[0].id, now=today
    )
    for _ in range(2):
        await _tick(database, today)
    told = [one.resident_id for one in await database.read(owed, Kind.FREE_SEATS)]
    taken = await database.write(say, scene.event.id, third.id, now=today)
    late = await database.write(say, scene.event.id, second.id, now=today)

    assert await database.read(owed, Kind.OFFER) == []
    assert told == [second.id, third.id]
    assert taken.rsvp is not None
    assert late.rsvp is not None
    assert (taken.rsvp.standing, late.rsvp.standing) == (Standing.CONFIRMED, Standing.WAITING)


async def test_on_the_day_a_seat_that_is_free_again_is_told_again(database: Database) -> None:
    today = NOW + 5 * DAY - 2 * HOUR
    scene = await database.write(full, capacity=1, waiting=2)
    first, second = scene.waiting

    for leaves in (scene.seated[0], first):
        await database.write(
            rsvps.retract, event_id=scene.event.id, resident_id=leaves.id, now=today
        )
        await _tick(database, today)
        if leaves is not first:
            await database.write(say, scene.event.id, first.id, now=today)

    told = [one.resident_id for one in await database.read(owed, Kind.FREE_SEATS)]
    assert told == [first.id, second.id, second.id]
