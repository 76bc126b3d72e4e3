"""Answers as a person gives them: one seat or several, twice or in the wrong order, taken back."""

from datetime import datetime, timedelta
from typing import Any

import pytest

from community import changes, rsvps
from community.errors import GoneError, InvalidInputError, NoSeatsError, TooLateError
from community.notices import Kind
from community.rsvps import MOST_GUESTS, UNDO_TIME
from storage import rsvps as rows_of
from storage.database import Database, Writer
from storage.events import Event
from storage.ids import EventId, UpdateId
from storage.residents import Resident
from storage.rsvps import Answer, Standing
from tests.community.world import (
    DAY,
    HOUR,
    MINUTE,
    NOW,
    POLICY,
    SECOND,
    Full,
    change,
    draft,
    event,
    full,
    officer,
    owed,
    resident,
    rows,
    rsvp,
    say,
    standings,
    update,
)


def _one(writer: Writer, *, capacity: int | None = None) -> tuple[Event, Resident]:
    return event(writer, officer(writer), capacity=capacity), resident(writer, 1)


async def test_yes_takes_a_seat(database: Database) -> None:
    gathering, person = await database.write(_one, capacity=2)

    place = await database.write(say, gathering.id, person.id)

    assert place.rsvp is not None
    assert (place.rsvp.standing, place.seats_left, place.position) == (Standing.CONFIRMED, 1, None)


async def test_yes_without_a_limit_always_has_a_seat(database: Database) -> None:
    gathering, person = await database.write(_one)

    place = await database.write(say, gathering.id, person.id, guests=MOST_GUESTS)

    assert place.rsvp is not None
    assert (place.rsvp.party, place.seats_left) == (MOST_GUESTS + 1, None)
    assert place.rsvp.standing is Standing.CONFIRMED


@pytest.mark.parametrize("answer", [Answer.MAYBE, Answer.NO])
async def test_maybe_and_no_take_no_seat(database: Database, answer: Answer) -> None:
    gathering, person = await database.write(_one, capacity=2)

    place = await database.write(say, gathering.id, person.id, answer)

    assert place.rsvp is not None
    assert (place.rsvp.standing, place.seats_left) == (Standing.NONE, 2)


async def test_yes_to_a_full_event_waits_in_turn(database: Database) -> None:
    scene = await database.write(full, capacity=1, waiting=2)

    first, second = [
        await database.read(rsvps.place, event=scene.event, resident_id=person.id, now=NOW + MINUTE)
        for person in scene.waiting
    ]

    assert (first.position, second.position) == (1, 2)
    assert (first.seats_left, second.seats_left) == (0, 0)


async def test_visitor_stands_nowhere(database: Database) -> None:
    gathering, _ = await database.write(_one, capacity=2)

    place = await database.read(rsvps.place, event=gathering, resident_id=None, now=NOW)

    assert (place.rsvp, place.seats_left, place.position) == (None, 2, None)


@pytest.mark.parametrize("answer", Answer)
async def test_f42_double_tap_changes_nothing(database: Database, answer: Answer) -> None:
    gathering, person = await database.write(_one, capacity=2)
    first = await database.write(say, gathering.id, person.id, answer)
    before = await database.read(rows)

    again = [
        await database.write(say, gathering.id, person.id, answer, now=NOW + number * SECOND)
        for number in range(20)
    ]

    assert all(place == first for place in again)
    assert await database.read(rows) == before


async def test_f37_older_answer_that_comes_late_changes_nothing(database: Database) -> None:
    gathering, person = await database.write(_one, capacity=2)
    await database.write(say, gathering.id, person.id, cause=UpdateId(20))
    await database.write(say, gathering.id, person.id, Answer.NO, cause=UpdateId(30))
    before = await database.read(rows)

    await database.write(
        say, gathering.id, person.id, cause=UpdateId(25), now=NOW + timedelta(minutes=59)
    )

    assert await database.read(rows) == before


async def test_f37_older_number_of_guests_that_comes_late_changes_nothing(
    database: Database,
) -> None:
    gathering, person = await database.write(_one)
    values: dict[str, Any] = {"event_id": gathering.id, "resident_id": person.id, "now": NOW}
    await database.write(say, gathering.id, person.id, cause=UpdateId(20))
    await database.write(rsvps.set_guests, **values, guests=2, cause=UpdateId(30))
    before = await database.read(rows)

    await database.write(rsvps.set_guests, **values, guests=1, cause=UpdateId(25))

    assert await database.read(rows) == before


async def test_f38_lower_update_after_an_idle_week_is_a_new_answer(database: Database) -> None:
    gathering, person = await database.write(_one)
    await database.write(say, gathering.id, person.id, cause=UpdateId(900_000))

    await database.write(
        say, gathering.id, person.id, Answer.NO, cause=UpdateId(5), now=NOW + 2 * HOUR
    )

    assert (await database.read(rsvp, gathering.id, person)).answer is Answer.NO


async def test_f38_offer_is_taken_by_a_lower_update_after_an_idle_week(
    database: Database,
) -> None:
    scene = await database.write(full, capacity=1, waiting=0)
    person = await database.write(resident, 77)
    await database.write(say, scene.event.id, person.id, cause=UpdateId(900_000))
    later = NOW + 3 * DAY
    await database.write(_leave, scene.event.id, scene.seated[0], now=later)

    await database.write(say, scene.event.id, person.id, cause=UpdateId(5), now=later + MINUTE)

    assert await database.read(standings, scene.event.id, [person]) == ["confirmed"]


def _leave(writer: Writer, event_id: EventId, person: Resident, *, now: datetime = NOW) -> None:
    rsvps.retract(writer, event_id=event_id, resident_id=person.id, now=now)


@pytest.mark.parametrize("answer", [Answer.NO, Answer.MAYBE])
async def test_seat_given_up_is_kept_ten_minutes_for_an_undo(
    database: Database, answer: Answer
) -> None:
    scene = await database.write(full, capacity=1, waiting=1)
    event_id, person = scene.event.id, scene.seated[0]
    later = NOW + HOUR

    await database.write(say, event_id, person.id, answer, now=later)
    await database.write(
        rsvps.offer_everywhere, is_quiet=POLICY.is_quiet, now=later + UNDO_TIME - SECOND
    )
    kept = await database.read(standings, event_id, scene.waiting)
    await database.write(say, event_id, person.id, now=later + UNDO_TIME - SECOND)

    assert kept == ["waiting"]
    assert await database.read(standings, event_id, scene.seated) == ["confirmed"]
    assert not await database.read(owed, Kind.OFFER)


async def test_undo_brings_the_whole_party_back(database: Database) -> None:
    gathering, person = await database.write(_one, capacity=4)
    await database.write(say, gathering.id, person.id, guests=3)
    await database.write(say, gathering.id, person.id, Answer.NO)

    place = await database.write(say, gathering.id, person.id, now=NOW + MINUTE)

    assert place.rsvp is not None
    assert (place.rsvp.party, place.seats_left) == (4, 0)


async def test_seat_given_up_goes_on_after_ten_minutes(database: Database) -> None:
    scene = await database.write(full, capacity=1, waiting=1)
    event_id, person = scene.event.id, scene.seated[0]
    await database.write(say, event_id, person.id, Answer.NO)

    await database.write(rsvps.offer_everywhere, is_quiet=POLICY.is_quiet, now=NOW + UNDO_TIME)
    late = await database.write(say, event_id, person.id, now=NOW + UNDO_TIME + SECOND)

    assert await database.read(standings, event_id, scene.waiting) == ["offered"]
    assert late.rsvp is not None
    assert (late.rsvp.standing, late.position) == (Standing.WAITING, 1)


async def test_hold_is_not_cut_short_by_a_maybe_that_becomes_a_no(database: Database) -> None:
    scene = await database.write(full, capacity=1, waiting=1)
    event_id, person = scene.event.id, scene.seated[0]

    await database.write(say, event_id, person.id, Answer.MAYBE, now=NOW + HOUR)
    await database.write(say, event_id, person.id, Answer.NO, now=NOW + HOUR + MINUTE)
    back = await database.write(say, event_id, person.id, now=NOW + HOUR + 2 * MINUTE)

    assert back.rsvp is not None
    assert back.rsvp.standing is Standing.CONFIRMED


async def test_party_forgotten_after_the_undo_comes_back_alone(database: Database) -> None:
    gathering, person = await database.write(_one, capacity=4)
    await database.write(say, gathering.id, person.id, guests=3)
    await database.write(say, gathering.id, person.id, Answer.NO)

    place = await database.write(say, gathering.id, person.id, now=NOW + UNDO_TIME)

    assert place.rsvp is not None
    assert place.rsvp.guests == 0


async def test_seat_given_up_within_two_hours_of_the_start_goes_on_at_once(
    database: Database,
) -> None:
    scene = await database.write(full, capacity=1, waiting=1)
    soon = NOW + 5 * DAY - 2 * HOUR

    await database.write(say, scene.event.id, scene.seated[0].id, Answer.NO, now=soon)

    told = await database.read(owed, Kind.FREE_SEATS)
    assert [one.resident_id for one in told] == [scene.waiting[0].id]


async def test_person_who_comes_after_a_hold_ended_waits_behind_those_who_wait(
    database: Database,
) -> None:
    scene = await database.write(full, capacity=1, waiting=1)
    late = await database.write(resident, 50)
    await database.write(say, scene.event.id, scene.seated[0].id, Answer.NO)

    await database.write(say, scene.event.id, late.id, now=NOW + UNDO_TIME + SECOND)

    assert await database.read(standings, scene.event.id, [*scene.waiting, late]) == [
        "offered",
        "waiting",
    ]


async def test_rejoining_goes_last(database: Database) -> None:
    scene = await database.write(full, capacity=1, waiting=2)
    first, second = scene.waiting

    await database.write(say, scene.event.id, first.id, Answer.NO, now=NOW + MINUTE)
    back = await database.write(say, scene.event.id, first.id, now=NOW + 2 * MINUTE)

    other = await database.read(
        rsvps.place, event=scene.event, resident_id=second.id, now=NOW + 3 * MINUTE
    )
    assert (other.position, back.position) == (1, 2)


# -------------------------------------------------------------------------------------- guests


async def _guests(database: Database, scene: Full, person: Resident, guests: int) -> None:
    await database.write(
        rsvps.set_guests,
        event_id=scene.event.id,
        resident_id=person.id,
        guests=guests,
        now=NOW + MINUTE,
        cause=update(),
    )


async def test_guests_that_do_not_fit_are_refused_and_told_how_many_would(
    database: Database,
) -> None:
    gathering, person = await database.write(_one, capacity=3)
    await database.write(say, gathering.id, person.id)
    await database.write(say, gathering.id, (await database.write(resident, 2)).id)
    before = await database.read(rows)

    with pytest.raises(NoSeatsError) as refusal:
        await database.write(say, gathering.id, person.id, guests=2)

    assert refusal.value.guests == 1
    assert await database.read(rows) == before


@pytest.mark.parametrize("guests", [-1, MOST_GUESTS + 1, 10**9])
async def test_number_of_guests_out_of_range_is_refused(database: Database, guests: int) -> None:
    scene = await database.write(full, capacity=2, waiting=0)

    with pytest.raises(InvalidInputError) as refusal:
        await _guests(database, scene, scene.seated[0], guests)

    assert (refusal.value.field, refusal.value.reason) == ("guests", "range")


@pytest.mark.parametrize("answer", [None, Answer.NO, Answer.MAYBE])
async def test_guests_of_somebody_who_does_not_come_are_refused(
    database: Database, answer: Answer | None
) -> None:
    scene = await database.write(full, capacity=2, waiting=0)
    person = await database.write(resident, 60)
    if answer is not None:
        await database.write(say, scene.event.id, person.id, answer)

    with pytest.raises(InvalidInputError) as refusal:
        await _guests(database, scene, person, 1)

    assert refusal.value.reason == "not_coming"


async def test_person_who_waits_may_wait_for_as_many_seats_as_there_are(
    database: Database,
) -> None:
    scene = await database.write(full, capacity=3, waiting=2)
    person = scene.waiting[0]

    await _guests(database, scene, person, 2)
    with pytest.raises(NoSeatsError) as refusal:
        await _guests(database, scene, person, 3)

    kept = await database.read(rsvp, scene.event.id, person)
    assert (kept.guests, kept.standing) == (2, Standing.WAITING)
    assert refusal.value.guests == 2


async def test_party_that_waits_and_shrinks_to_fit_has_an_offer(database: Database) -> None:
    scene = await database.write(full, capacity=2, waiting=1)
    person = scene.waiting[0]
    await _guests(database, scene, person, 1)
    await database.write(_leave, scene.event.id, scene.seated[0])
    before = await database.read(standings, scene.event.id, scene.waiting)

    await _guests(database, scene, person, 0)

    assert before == ["waiting"]
    assert await database.read(standings, scene.event.id, scene.waiting) == ["offered"]


async def test_party_that_shrinks_gives_its_seats_to_those_who_wait(database: Database) -> None:
    gathering, person = await database.write(_one, capacity=2)
    await database.write(say, gathering.id, person.id, guests=1)
    other = await database.write(resident, 2)
    await database.write(say, gathering.id, other.id, now=NOW + SECOND)

    await database.write(
        rsvps.set_guests,
        event_id=gathering.id,
        resident_id=person.id,
        guests=0,
        now=NOW + MINUTE,
        cause=UpdateId(10**9),
    )

    assert await database.read(standings, gathering.id, [other]) == ["offered"]


async def test_guests_of_an_event_over_its_capacity_may_fall_but_not_rise(
    database: Database,
) -> None:
    gathering, person = await database.write(_one, capacity=4)
    await database.write(say, gathering.id, person.id, guests=3)
    await database.write(_lower, gathering, 1)
    values: dict[str, Any] = {"event_id": gathering.id, "resident_id": person.id, "now": NOW}

    with pytest.raises(NoSeatsError) as refusal:
        await database.write(rsvps.set_guests, **values, guests=4, cause=UpdateId(10**9))
    await database.write(rsvps.set_guests, **values, guests=2, cause=UpdateId(10**9))

    assert refusal.value.guests == 3
    assert (await database.read(rsvp, gathering.id, person)).guests == 2


def _lower(writer: Writer, gathering: Event, capacity: int) -> None:
    change(writer, gathering, capacity=capacity)


# ------------------------------------------------------------------------------- retract, gone


async def test_answer_taken_back_was_never_given(database: Database) -> None:
    scene = await database.write(full, capacity=1, waiting=1)

    await database.write(_leave, scene.event.id, scene.seated[0])
    await database.write(_leave, scene.event.id, scene.seated[0])

    assert await database.read(standings, scene.event.id, [*scene.seated, *scene.waiting]) == [
        "silent",
        "offered",
    ]


async def test_person_who_takes_back_and_waits_again_hears_of_the_second_offer(
    database: Database,
) -> None:
    scene = await database.write(full, capacity=1, waiting=1)
    event_id, person = scene.event.id, scene.waiting[0]
    await database.write(_leave, event_id, scene.seated[0])
    await database.write(_leave, event_id, person)
    await database.write(say, event_id, scene.seated[0].id, now=NOW + HOUR)
    await database.write(say, event_id, person.id, now=NOW + HOUR + SECOND)
    withdrawn = await database.read(owed, Kind.OFFER)

    await database.write(_leave, event_id, scene.seated[0])

    assert not withdrawn
    assert [one.resident_id for one in await database.read(owed, Kind.OFFER)] == [person.id]


async def test_answer_to_an_event_that_takes_none_is_refused(database: Database) -> None:
    gathering, person = await database.write(_one)
    begun = await database.write(_drafted)
    cancelled = await database.write(_cancelled)

    for event_id, now, reason in [
        (gathering.id, NOW + 5 * DAY, "started"),
        (begun.id, NOW, "started"),
        (cancelled.id, NOW, "cancelled"),
    ]:
        with pytest.raises(TooLateError) as refusal:
            await database.write(say, event_id, person.id, now=now)
        assert refusal.value.reason == reason
        with pytest.raises(TooLateError):
            await database.write(rsvps.retract, event_id=event_id, resident_id=person.id, now=now)
    with pytest.raises(GoneError):
        await database.write(say, EventId(99), person.id)


def _drafted(writer: Writer) -> Event:
    return draft(writer, officer(writer))


def _cancelled(writer: Writer) -> Event:
    created = event(writer, officer(writer))
    return changes.cancel(writer, event_id=created.id, now=NOW)


async def test_answer_given_in_a_group_is_confirmed_in_private_once(database: Database) -> None:
    gathering, person = await database.write(_one)
    place = await database.write(say, gathering.id, person.id)

    for _ in range(2):
        await database.write(rsvps.confirm_in_private, place=place, resident=person, now=NOW)

    (told,) = await database.read(owed, Kind.CONFIRMATION)
    assert (told.chat_id, told.silent, told.expires_at) == (
        person.chat_id,
        True,
        gathering.starts_at,
    )


async def test_nobody_is_confirmed_who_has_not_answered(database: Database) -> None:
    gathering, person = await database.write(_one)
    place = await database.read(rsvps.place, event=gathering, resident_id=person.id, now=NOW)

    await database.write(rsvps.confirm_in_private, place=place, resident=person, now=NOW)

    assert not await database.read(owed)


async def test_every_change_is_written_down_without_a_name(database: Database) -> None:
    gathering, person = await database.write(_one, capacity=1)
    await database.write(say, gathering.id, person.id)
    await database.write(say, gathering.id, person.id, Answer.NO)

    lines = (await database.read(rows))["journal"]

    verbs = [line[3] for line in sorted(lines, key=lambda line: str(line[0]).zfill(9))]
    assert verbs[-2:] == ["confirmed", "none"]
    assert "Samira" not in repr(lines)
    assert await database.read(rows_of.counts, gathering.id) == rows_of.Counts(0, 0, 0, 1, 0, 0)
