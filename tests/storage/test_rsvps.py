"""Answers, seats and the waitlist."""

from dataclasses import replace

import pytest

from storage import events, outbox, residents, rsvps
from storage.database import Database, Writer
from storage.events import Event
from storage.ids import EventId, UpdateId
from storage.outbox import OutboxState
from storage.residents import Resident
from storage.rsvps import Answer, Counts, Engagement, Guest, Seats, Standing
from tests.storage.rows import DAY, HOUR, NOW, SECOND, answer, crowd, event, resident, told

NO_SEATS = Seats(0, 0, 0)


def meal(writer: Writer, size: int) -> tuple[Event, list[Resident]]:
    """Put an event into the agenda and enter `size` people; the first organizes it."""
    people = crowd(writer, size)
    return event(writer, people[0]), people


async def test_event_without_answers_counts_nothing(database: Database) -> None:
    lunch, (ada,) = await database.write(meal, 1)

    assert await database.read(rsvps.find, lunch.id, ada.id) is None
    assert await database.read(rsvps.seats, lunch.id, now=NOW) == NO_SEATS
    assert await database.read(rsvps.counts, lunch.id) == Counts(0, 0, 0, 0, 0, 0)
    assert await database.read(rsvps.counts, EventId(999)) == Counts(0, 0, 0, 0, 0, 0)
    assert await database.read(rsvps.roster, lunch.id) == []
    assert await database.read(rsvps.waitlist, lunch.id) == []
    assert await database.read(rsvps.silent, lunch.id) == []
    assert await database.read(rsvps.concerned, lunch.id) == []
    assert await database.read(rsvps.contested, now=NOW) == []


async def test_put_again_replaces_the_answer_and_remove_takes_it_back_once(
    database: Database,
) -> None:
    lunch, (ada, bob) = await database.write(meal, 2)
    first = await database.write(answer, lunch.id, ada.id, guests=2, held_until=NOW)
    of_bob = await database.write(answer, lunch.id, bob.id)
    second = replace(
        first,
        answer=Answer.MAYBE,
        standing=Standing.NONE,
        guests=0,
        held_until=None,
        sequence=2,
        answered_at=NOW + HOUR,
        cause=UpdateId(9),
    )

    await database.write(rsvps.put, second)

    assert first.party == 3
    assert await database.read(rsvps.find, lunch.id, ada.id) == second
    assert await database.write(rsvps.remove, lunch.id, ada.id) is True
    assert await database.write(rsvps.remove, lunch.id, ada.id) is False
    assert await database.read(rsvps.of_resident, ada.id) == []
    assert await database.read(rsvps.of_resident, bob.id) == [of_bob]


async def test_seats_are_those_of_whole_parties_and_of_running_undos(database: Database) -> None:
    lunch, people = await database.write(meal, 7)

    def fill(writer: Writer) -> None:
        ada, bob, eve, dan, flo, gus, hal = (one.id for one in people)
        answer(writer, lunch.id, ada, guests=2)
        answer(writer, lunch.id, bob)
        answer(writer, lunch.id, eve, Standing.OFFERED, guests=1)
        answer(writer, lunch.id, dan, Standing.WAITING, guests=4)
        no = {"answer": Answer.NO, "guests": 4}
        answer(writer, lunch.id, flo, Standing.NONE, held_until=NOW + SECOND, **no)
        answer(writer, lunch.id, gus, Standing.NONE, held_until=NOW, **no)
        answer(writer, lunch.id, hal, Standing.NONE, **no)
        elsewhere = event(writer, people[0])
        answer(writer, elsewhere.id, ada, guests=8)

    await database.write(fill)

    seats = await database.read(rsvps.seats, lunch.id, now=NOW)
    assert seats == Seats(confirmed=4, offered=2, held=5)
    assert seats.taken == 11


async def test_counts_tell_parties_from_people(database: Database) -> None:
    lunch, people = await database.write(meal, 6)

    def fill(writer: Writer) -> None:
        ada, bob, eve, dan, flo, gus = (one.id for one in people)
        answer(writer, lunch.id, ada, guests=2)
        answer(writer, lunch.id, bob)
        answer(writer, lunch.id, eve, Standing.NONE, answer=Answer.MAYBE)
        answer(writer, lunch.id, dan, Standing.NONE, answer=Answer.NO)
        answer(writer, lunch.id, flo, Standing.WAITING, guests=3)
        answer(writer, lunch.id, gus, Standing.OFFERED)

    await database.write(fill)

    assert await database.read(rsvps.counts, lunch.id) == Counts(
        parties=2, headcount=4, maybe=1, no=1, waiting=1, offered=1
    )


async def test_roster_lists_every_answer_earliest_first(database: Database) -> None:
    lunch, (ada, bob, _) = await database.write(meal, 3)
    later = await database.write(answer, lunch.id, ada.id, answered_at=NOW + HOUR)
    sooner = await database.write(
        answer, lunch.id, bob.id, Standing.NONE, answer=Answer.NO, answered_at=NOW
    )

    roster = await database.read(rsvps.roster, lunch.id)

    assert roster == [Guest(bob, sooner), Guest(ada, later)]


async def test_waitlist_is_first_come_first_without_open_offers(database: Database) -> None:
    lunch, people = await database.write(meal, 5)
    queued = [NOW + HOUR, NOW, NOW + HOUR, NOW - HOUR]

    def wait(writer: Writer) -> None:
        for person, at in zip(people, queued, strict=False):
            answer(writer, lunch.id, person.id, Standing.WAITING, queued_at=at)
        answer(writer, lunch.id, people[4].id, Standing.OFFERED, queued_at=NOW - DAY)

    await database.write(wait)

    waitlist = await database.read(rsvps.waitlist, lunch.id)
    ada, bob, eve, dan, _ = people
    assert [guest.resident for guest in waitlist] == [dan, bob, ada, eve]


async def test_of_resident_lists_all_answers_oldest_event_first(database: Database) -> None:
    lunch, (ada, bob) = await database.write(meal, 2)
    dinner = await database.write(event, ada, starts_at=NOW - DAY)
    second = await database.write(answer, dinner.id, ada.id)
    first = await database.write(answer, lunch.id, ada.id)
    await database.write(answer, lunch.id, bob.id)

    assert await database.read(rsvps.of_resident, ada.id) == [first, second]


async def test_engagements_are_the_coming_yes_and_maybe_soonest_first(database: Database) -> None:
    (ada,) = await database.write(crowd, 1)

    def engage(writer: Writer) -> list[Engagement]:
        starts = (NOW + 2 * DAY, NOW + DAY, NOW - HOUR)
        later, sooner, running = (event(writer, ada, starts_at=at) for at in starts)
        over = event(writer, ada, starts_at=NOW - 2 * HOUR)
        refused, cancelled = event(writer, ada), event(writer, ada)
        events.set_cancelled(writer, cancelled.id)
        for one in (over, cancelled):
            answer(writer, one.id, ada.id)
        answer(writer, refused.id, ada.id, Standing.NONE, answer=Answer.NO)
        maybe = answer(writer, later.id, ada.id, Standing.NONE, answer=Answer.MAYBE)
        waits = answer(writer, sooner.id, ada.id, Standing.WAITING)
        comes = answer(writer, running.id, ada.id)
        return [Engagement(running, comes), Engagement(sooner, waits), Engagement(later, maybe)]

    expected = await database.write(engage)

    assert await database.read(rsvps.engagements, ada.id, now=NOW) == expected


async def test_silent_are_those_told_who_have_not_answered(database: Database) -> None:
    lunch, (ada, bob, eve, dan, flo) = await database.write(meal, 5)

    def tell(writer: Writer) -> None:
        elsewhere = event(writer, ada)
        told(writer, lunch.id, eve, OutboxState.UNCERTAIN)
        told(writer, lunch.id, ada)
        told(writer, lunch.id, bob)
        told(writer, lunch.id, dan, OutboxState.FAILED)
        told(writer, elsewhere.id, flo)
        answer(writer, lunch.id, bob.id, Standing.NONE, answer=Answer.NO)
        residents.set_paused(writer, eve.id, NOW)

    await database.write(tell)

    silent = await database.read(rsvps.silent, lunch.id)
    assert [one.id for one in silent] == [ada.id, eve.id]


async def test_concerned_are_all_but_those_who_said_no(database: Database) -> None:
    lunch, (ada, bob, eve, dan, flo, _) = await database.write(meal, 6)

    def reply(writer: Writer) -> None:
        answer(writer, lunch.id, flo.id, Standing.NONE, answer=Answer.NO)
        answer(writer, lunch.id, dan.id, Standing.OFFERED)
        answer(writer, lunch.id, eve.id, Standing.WAITING)
        answer(writer, lunch.id, bob.id, Standing.NONE, answer=Answer.MAYBE)
        answer(writer, lunch.id, ada.id)

    await database.write(reply)

    assert await database.read(rsvps.concerned, lunch.id) == [ada, bob, eve, dan]


@pytest.mark.parametrize("standing", [Standing.WAITING, Standing.OFFERED])
async def test_end_waiting_frees_those_who_wait_once_the_event_has_started(
    database: Database, standing: Standing
) -> None:
    lunch, (ada, bob) = await database.write(meal, 2)
    comes = await database.write(answer, lunch.id, ada.id)
    await database.write(answer, lunch.id, bob.id, standing)
    assert lunch.starts_at is not None

    early = await database.write(rsvps.end_waiting, now=lunch.starts_at - SECOND)
    ended = [await database.write(rsvps.end_waiting, now=lunch.starts_at) for _ in range(2)]

    assert early == 0
    assert ended == [1, 0]
    assert await database.read(rsvps.find, lunch.id, ada.id) == comes
    freed = await database.read(rsvps.find, lunch.id, bob.id)
    assert freed is not None
    assert freed.standing == Standing.NONE


async def test_contested_are_the_coming_events_that_somebody_waits_for(database: Database) -> None:
    ada, bob = await database.write(crowd, 2)

    def contest(writer: Writer) -> EventId:
        wanted, started, offered, cancelled = (
            event(writer, ada, starts_at=at) for at in (NOW + SECOND, NOW, NOW + DAY, NOW + DAY)
        )
        for one in (wanted, started, cancelled):
            answer(writer, one.id, ada.id, Standing.WAITING)
            answer(writer, one.id, bob.id, Standing.WAITING)
        answer(writer, offered.id, ada.id, Standing.OFFERED)
        events.set_cancelled(writer, cancelled.id)
        return wanted.id

    wanted = await database.write(contest)

    assert await database.read(rsvps.contested, now=NOW) == [wanted]


async def test_erased_person_is_neither_silent_nor_concerned_and_frees_the_seat(
    database: Database,
) -> None:
    lunch, (_, bob, eve) = await database.write(meal, 3)
    await database.write(answer, lunch.id, bob.id)
    await database.write(told, lunch.id, eve)

    def erase(writer: Writer) -> None:
        for person in (bob, eve):
            residents.remove(writer, person.id)
            outbox.erase_chat(writer, person.chat_id)

    await database.write(erase)

    assert await database.read(rsvps.seats, lunch.id, now=NOW) == NO_SEATS
    assert await database.read(rsvps.concerned, lunch.id) == []
    assert await database.read(rsvps.silent, lunch.id) == []
    assert (await database.write(resident, 2)).id not in {bob.id, eve.id}
