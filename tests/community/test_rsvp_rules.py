"""The rules of answers and seats as functions of values, whatever the values."""

from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from community.rsvps import (
    NO_UNDO_BEFORE_START,
    OUT_OF_ORDER,
    UNDO_TIME,
    decide,
    fits,
    is_outdated,
    next_parties,
    own_seats,
    room,
    seats_left,
)
from storage.ids import EventId, ResidentId, UpdateId
from storage.residents import Resident, Role
from storage.rsvps import Answer, Guest, Rsvp, Seats, Standing
from tests.community.world import NOW, SECOND

STARTS_AT = NOW + timedelta(days=2)
instants = st.none() | st.sampled_from([NOW - SECOND, NOW, NOW + SECOND, NOW + UNDO_TIME])
seats = st.none() | st.integers(0, 12)


def _rsvp(
    standing: Standing,
    *,
    answer: Answer = Answer.YES,
    guests: int = 0,
    held_until: datetime | None = None,
) -> Rsvp:
    waits = standing in {Standing.WAITING, Standing.OFFERED}
    return Rsvp(
        event_id=EventId(1),
        resident_id=ResidentId(1),
        answer=answer,
        standing=standing,
        guests=guests,
        queued_at=NOW if waits else None,
        offered_at=NOW if standing is Standing.OFFERED else None,
        offer_ends_at=None,
        held_until=held_until if standing is Standing.NONE else None,
        sequence=1,
        answered_at=NOW,
        cause=UpdateId(7),
    )


rsvps = st.builds(
    _rsvp,
    st.sampled_from(Standing),
    answer=st.sampled_from(Answer),
    guests=st.integers(0, 9),
    held_until=instants,
)


def _guest(number: int, party: int, *, is_reachable: bool = True) -> Guest:
    paused_at = None if is_reachable else NOW
    person = Resident(ResidentId(number), number, "A", "fr", Role.RESIDENT, 1, NOW, paused_at, None)
    return Guest(person, _rsvp(Standing.WAITING, guests=party - 1))


@given(rsvps, st.sampled_from(Answer), seats)
def test_same_answer_decided_twice_is_decided_once(
    old: Rsvp, answer: Answer, left: int | None
) -> None:
    once = decide(old, answer, left=left, starts_at=STARTS_AT, now=NOW)

    twice = decide(once, answer, left=left, starts_at=STARTS_AT, now=NOW + SECOND)

    assert twice == once


@given(rsvps, st.sampled_from(Answer), seats)
def test_decision_takes_no_more_than_is_left(old: Rsvp, answer: Answer, left: int | None) -> None:
    after = decide(old, answer, left=left, starts_at=STARTS_AT, now=NOW)

    had = old.standing in {Standing.CONFIRMED, Standing.OFFERED}
    if after.standing is Standing.CONFIRMED and not had:
        assert fits(after.party, left)
    assert after.standing is not Standing.OFFERED or after == old


@given(rsvps, st.sampled_from(Answer), seats)
def test_standing_goes_with_the_answer(old: Rsvp, answer: Answer, left: int | None) -> None:
    after = decide(old, answer, left=left, starts_at=STARTS_AT, now=NOW)

    assert after.answer is answer
    assert (after.standing is Standing.NONE) == (answer is not Answer.YES)
    assert (after.queued_at is not None) == (after.standing is Standing.WAITING)


@given(
    rsvps,
    st.sampled_from([Answer.NO, Answer.MAYBE]),
    st.timedeltas(SECOND, 10 * NO_UNDO_BEFORE_START),
)
def test_seats_given_up_are_kept_unless_the_start_is_near(
    old: Rsvp, answer: Answer, ahead: timedelta
) -> None:
    after = decide(old, answer, left=0, starts_at=NOW + ahead, now=NOW)

    if old.standing is Standing.CONFIRMED:
        expected = old.party if ahead > NO_UNDO_BEFORE_START else 0
        assert own_seats(after, now=NOW) == expected
        assert own_seats(after, now=NOW + UNDO_TIME) == 0
    if old.standing in {Standing.WAITING, Standing.OFFERED}:
        assert own_seats(after, now=NOW) == 0


@given(seats, st.integers(0, 9), st.integers(0, 9), st.integers(0, 9))
def test_seats_left_are_never_negative(
    capacity: int | None, confirmed: int, offered: int, held: int
) -> None:
    left = seats_left(capacity, Seats(confirmed, offered, held))

    assert left is None if capacity is None else left is not None and left >= 0
    if capacity is not None and left:
        assert left + confirmed + offered + held == capacity


@given(st.lists(st.tuples(st.integers(1, 10), st.booleans()), max_size=8), seats)
def test_next_parties_fill_the_seats_in_turn(
    parties: list[tuple[int, bool]], left: int | None
) -> None:
    queue = [
        _guest(number, party, is_reachable=is_reachable)
        for number, (party, is_reachable) in enumerate(parties)
    ]

    chosen = next_parties(queue, left)

    taken = sum(guest.rsvp.party for guest in chosen)
    passed = [guest for guest in queue if guest not in chosen and guest.resident.is_reachable]
    assert [guest for guest in queue if guest in chosen] == chosen
    assert all(guest.resident.is_reachable for guest in chosen)
    assert left is None or taken <= left
    assert not [guest for guest in passed if left is None or guest.rsvp.party <= left - taken]


def test_large_party_is_passed_by_one_that_fits() -> None:
    queue = [_guest(1, 3), _guest(2, 1), _guest(3, 2), _guest(4, 1)]

    assert [guest.resident.id for guest in next_parties(queue, 2)] == [2, 4]


@given(rsvps, seats, seats)
def test_who_waits_may_wait_for_all_seats_and_who_has_some_for_those_left(
    rsvp: Rsvp, left: int | None, capacity: int | None
) -> None:
    expected = capacity if rsvp.standing is Standing.WAITING else left

    assert room(rsvp, left=left, capacity=capacity) == expected


@pytest.mark.parametrize(
    ("cause", "after", "is_older"),
    [
        (6, timedelta(0), True),
        (6, OUT_OF_ORDER, True),
        (6, OUT_OF_ORDER + SECOND, False),
        (7, timedelta(0), False),
        (8, timedelta(0), False),
    ],
)
def test_f37_update_is_older_by_its_number_within_the_hour(
    cause: int, after: timedelta, *, is_older: bool
) -> None:
    last = _rsvp(Standing.CONFIRMED)

    assert is_outdated(last, UpdateId(cause), now=NOW + after) == is_older
