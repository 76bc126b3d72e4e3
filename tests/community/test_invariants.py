"""Whatever people do and in whatever order, what is promised holds (reliability.md §3).

A machine of Hypothesis plays residents, officers, the clock, crashes and repeated updates on one
database, and looks after each step at all rows with eyes of its own: no rule of the community
helps it to judge.
"""

import shutil
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from datetime import datetime, timedelta
from itertools import count
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from community import (
    broadcasts,
    changes,
    commissions,
    notices,
    privacy,
    reminders,
    residents,
    rsvps,
    welcome,
)
from community.errors import CommunityError
from community.notices import Kind
from storage import events as event_rows
from storage import outbox
from storage import reminders as reminder_rows
from storage import residents as people
from storage import rsvps as answer_rows
from storage.broadcasts import Audience
from storage.database import Reader, Writer
from storage.events import Event, EventStatus
from storage.ids import CommissionId, EventId, ResidentId, UpdateId
from storage.outbox import Notice, OutboxState
from storage.residents import Resident
from storage.rsvps import Answer, Guest, Rsvp, Standing
from tests.community.rooms import Room, postgresql_room, sqlite_room
from tests.community.world import (
    DAY,
    FIRST_TELEGRAM_ID,
    HOLD,
    HOUR,
    MINUTE,
    NOW,
    POLICY,
    SECOND,
    Rows,
    commission,
    event,
    officer,
    rows,
)

FIRST_PEOPLE, MOST_PEOPLE = 5, 8
FIRST_START = NOW + 9 * DAY
GAP = 10
"""Between the ids of two updates, so that one can be older than the last and have been unseen."""
_SEATED = frozenset({Standing.CONFIRMED, Standing.OFFERED})
_IN = frozenset({Standing.CONFIRMED, Standing.OFFERED, Standing.WAITING})

who = st.integers(0, MOST_PEOPLE - 1)
which = st.integers(0, 1)
answers = st.sampled_from([Answer.YES, Answer.YES, Answer.YES, Answer.MAYBE, Answer.NO])
capacities = st.sampled_from([1, 2, 3, 2, None])
rarely = st.sampled_from([False, False, True])


class Picture:
    """All that the invariants look at, at one instant."""

    def __init__(self, reader: Reader, event_ids: list[EventId]) -> None:
        self.rows: Rows = rows(reader)
        self.events = {one: event_rows.get(reader, one) for one in event_ids}
        self.guests = {one: answer_rows.roster(reader, one) for one in event_ids}
        self.notices = outbox.all_(reader)

    def find(self, event_id: EventId, resident_id: ResidentId) -> Guest | None:
        """Find a person's line on an event's roster."""
        lines = (one for one in self.guests[event_id] if one.resident.id == resident_id)
        return next(lines, None)

    def taken(self, event_id: EventId) -> int:
        """Count the seats that people have or are offered."""
        lines = self.guests[event_id]
        return sum(one.rsvp.party for one in lines if one.rsvp.standing in _SEATED)

    def free(self, event_id: EventId, now: datetime) -> int | None:
        """Count the seats that nobody has, is offered or may undo to."""
        capacity = self.events[event_id].capacity
        if capacity is None:
            return None
        held = sum(
            one.rsvp.party
            for one in self.guests[event_id]
            if one.rsvp.standing is Standing.NONE
            and one.rsvp.held_until is not None
            and one.rsvp.held_until > now
        )
        return capacity - self.taken(event_id) - held

    def queue(self, event_id: EventId) -> list[Guest]:
        """List who waits, first come first."""
        waiting = [one for one in self.guests[event_id] if one.rsvp.standing is Standing.WAITING]
        return sorted(waiting, key=_turn)


def _turn(guest: Guest) -> tuple[datetime, int]:
    assert guest.rsvp.queued_at is not None
    return guest.rsvp.queued_at, guest.resident.id


class Quarter(RuleBasedStateMachine):
    """Two events, a few people, an officer and a clock."""

    open_room: Callable[[], Room]

    def __init__(self) -> None:
        super().__init__()
        self.room = self.open_room()
        self.now = NOW
        self.updates = count(1_000, GAP)
        self.numbers = count(1)
        self.came: dict[tuple[EventId, ResidentId], bool] = {}
        self.last: dict[ResidentId, Callable[[], object]] = {}
        self.people: list[Resident] = []
        self.told: dict[EventId, set[ResidentId]] = {}

    @initialize(first=capacities, second=capacities)
    def begin(self, first: int | None, second: int | None) -> None:
        self.officer = self.room.run(officer)
        self.events = [
            self.room.run(event, self.officer, capacity=first, starts_at=FIRST_START).id,
            self.room.run(
                event, self.officer, capacity=second, starts_at=FIRST_START + 3 * HOUR
            ).id,
        ]
        self.commission: CommissionId = self.room.run(commission, self.officer).id
        for _ in range(FIRST_PEOPLE):
            self.enter()
        self.before = self.look()

    def teardown(self) -> None:
        self.room.close()

    # ------------------------------------------------------------------------- what is done

    def look(self) -> Picture:
        return self.room.run(lambda writer: Picture(writer, self.events))

    def update(self) -> UpdateId:
        return UpdateId(next(self.updates))

    def person(self, number: int) -> Resident:
        """Give one of those who are there, as they now stand."""
        known = self.people[number % len(self.people)]
        return self.room.run(people.get, known.id)

    def try_(self, act: Callable[[Writer], object], by: Resident | None = None) -> bool:
        """Do something that may be refused; True where it was done. It may come again."""
        try:
            self.room.run(act)
        except CommunityError:
            return False
        if by is not None:
            self.last[by.id] = lambda: self.room.run(act)
        return True

    def note(self, event_id: EventId, person: Resident, *, comes: bool) -> None:
        self.came[event_id, person.id] = comes

    @rule()
    @precondition(lambda self: len(self.people) < MOST_PEOPLE)
    def enter(self) -> None:
        number = next(self.numbers)
        entered = self.room.run(
            welcome.consent,
            telegram_id=FIRST_TELEGRAM_ID + number,
            name=f"Nom {number}",
            language="fr",
            admins=(),
            now=self.now,
        )
        self.people.append(entered)

    @rule(number=who, joins=st.booleans())
    def belong(self, number: int, *, joins: bool) -> None:
        person = self.person(number)
        act = commissions.join if joins else commissions.leave
        self.try_(
            lambda writer: act(
                writer, commission_id=self.commission, resident_id=person.id, now=self.now
            ),
            person,
        )

    def say(self, event_id: EventId, person: Resident, answer: Answer, cause: UpdateId) -> bool:
        done = self.try_(
            lambda writer: rsvps.answer(
                writer,
                event_id=event_id,
                resident_id=person.id,
                answer=answer,
                now=self.now,
                cause=cause,
            ),
            None,
        )
        if done:
            self.note(event_id, person, comes=answer is Answer.YES)
        return done

    @rule(at=which, taps=st.lists(st.tuples(who, answers), min_size=1, max_size=5))
    def tap(self, at: int, taps: list[tuple[int, Answer]]) -> None:
        for number, answer in taps:
            self._tap(self.person(number), self.events[at], answer)

    @rule(at=which, number=who, answer=answers)
    def tap_twice(self, at: int, number: int, answer: Answer) -> None:
        self._tap(self.person(number), self.events[at], answer)
        picture = self.look()
        self._unchanged(picture, self._tapped(self.person(number), self.events[at], answer))

    def _tapped(self, person: Resident, event_id: EventId, answer: Answer) -> Callable[[], object]:
        """Give a further tap on the same button, which is an update of its own."""
        return self._again(event_id, person, answer, self.update())

    def _tap(self, person: Resident, event_id: EventId, answer: Answer) -> None:
        cause = self.update()
        if self.say(event_id, person, answer, cause):
            kept = self.look().find(event_id, person.id)
            if kept is not None and kept.rsvp.cause == cause:
                self.last[person.id] = self._again(event_id, person, answer, cause)
        self.everything_holds()

    @rule(at=which, leaves=st.booleans())
    def free_a_seat(self, at: int, *, leaves: bool) -> None:
        """Have the first who has a seat give it up, so that there is something to offer."""
        event_id = self.events[at]
        for guest in self.look().guests[event_id]:
            if guest.rsvp.standing is Standing.CONFIRMED:
                number = next(
                    place for place, one in enumerate(self.people) if one.id == guest.resident.id
                )
                if leaves:
                    self._retract(number, at)
                else:
                    self._tap(guest.resident, event_id, Answer.NO)
                return

    def _again(
        self, event_id: EventId, person: Resident, answer: Answer, cause: UpdateId
    ) -> Callable[[], object]:
        """Give an answer's handling, at the moment when it is handled."""
        return lambda: self.room.run(
            rsvps.answer,
            event_id=event_id,
            resident_id=person.id,
            answer=answer,
            now=self.now,
            cause=cause,
        )

    @rule(number=who, at=which, guests=st.integers(0, 3))
    def bring(self, number: int, at: int, guests: int) -> None:
        person, event_id, cause = self.person(number), self.events[at], self.update()
        self.try_(
            lambda writer: rsvps.set_guests(
                writer,
                event_id=event_id,
                resident_id=person.id,
                guests=guests,
                now=self.now,
                cause=cause,
            ),
            person,
        )

    @rule(at=which, takes=st.booleans())
    def answer_offer(self, at: int, *, takes: bool) -> None:
        event_id = self.events[at]
        for guest in self.look().guests[event_id]:
            if guest.rsvp.standing is Standing.OFFERED:
                answer = Answer.YES if takes else Answer.NO
                self._tap(guest.resident, event_id, answer)
                return

    @rule(number=who, at=which)
    def retract(self, number: int, at: int) -> None:
        self._retract(number, at)

    def _retract(self, number: int, at: int) -> None:
        person, event_id = self.person(number), self.events[at]
        if self.try_(
            lambda writer: rsvps.retract(
                writer, event_id=event_id, resident_id=person.id, now=self.now
            ),
            person,
        ):
            self.note(event_id, person, comes=False)

    @rule(number=who, at=which, answer=answers, late=st.timedeltas(timedelta(0), HOUR))
    def hear_an_older_update(self, number: int, at: int, answer: Answer, late: timedelta) -> None:
        """F37: what was said before the last answer, and comes after it, changes nothing."""
        person, event_id = self.person(number), self.events[at]
        picture = self.look()
        kept = picture.find(event_id, person.id)
        if kept is None or kept.rsvp.cause is None or self.now > kept.rsvp.answered_at + HOUR:
            return
        moment = min(self.now + late, kept.rsvp.answered_at + HOUR)
        older = UpdateId(kept.rsvp.cause - 1)
        self._unchanged(
            picture,
            lambda: self.room.run(
                rsvps.answer,
                event_id=event_id,
                resident_id=person.id,
                answer=answer,
                now=max(moment, self.now),
                cause=older,
            ),
        )

    @rule()
    def hear_the_last_updates_again(self) -> None:
        """I9: each person's last update, handled a second time, changes nothing."""
        picture = self.look()
        for again in self.last.values():
            self._unchanged(picture, again)

    def _unchanged(self, picture: Picture, act: Callable[[], object]) -> None:
        with suppress(CommunityError):
            act()
        after = self.look()
        changed = {name for name in after.rows if after.rows[name] != picture.rows[name]}
        assert not changed, f"a second handling changed {changed}"

    @rule(at=which, capacity=capacities)
    def resize(self, at: int, capacity: int | None) -> None:
        self._change(self.events[at], capacity=capacity)

    @rule(at=which, hours=st.sampled_from([1, 24, 48]))
    def move(self, at: int, hours: int) -> None:
        gathering = self.room.run(event_rows.get, self.events[at])
        assert gathering.starts_at is not None
        local = (gathering.starts_at + hours * HOUR).astimezone(POLICY.zone)
        self._change(gathering.id, day=local.date(), starts=local.time())

    def _change(self, event_id: EventId, **fields: object) -> None:
        seen = self.room.run(event_rows.get, event_id).version
        self.try_(
            lambda writer: changes.change(
                writer,
                event_id=event_id,
                fields=fields,
                seen_version=seen,
                author_id=self.officer.id,
                policy=POLICY,
                hold_for=HOLD,
                now=self.now,
            ),
            self.officer,
        )

    @rule(at=which, keeps=st.booleans(), really=rarely)
    def decide_to_cancel(self, at: int, *, keeps: bool, really: bool) -> None:
        if not really:
            return
        event_id = self.events[at]
        decided = self.try_(
            lambda writer: changes.decide_cancel(
                writer, event_id=event_id, reason=None, hold_for=HOLD, now=self.now
            ),
            self.officer,
        )
        if decided and keeps:
            self.try_(lambda writer: changes.keep(writer, event_id=event_id), self.officer)

    def _owed_about(self) -> set[EventId]:
        """Give the events of which an offer or a reminder has not left."""
        return {
            event_id
            for notice in self.before.notices
            if notice.state is OutboxState.PENDING and notice.kind in {Kind.OFFER, Kind.REMINDER}
            for event_id in _events_of(notice)
            if self.before.events[event_id].status is EventStatus.SCHEDULED
        }

    @rule(really=rarely)
    @precondition(lambda self: self._owed_about())
    def cancel_what_is_owed(self, *, really: bool) -> None:
        if really:
            event_id = min(self._owed_about())
            self.try_(
                lambda writer: changes.cancel(writer, event_id=event_id, now=self.now),
                self.officer,
            )

    @rule(at=which, audience=st.sampled_from(Audience))
    def announce(self, at: int, audience: Audience) -> None:
        event_id, cause = self.events[at], self.update()
        of = self.commission if audience is Audience.COMMISSION else None

        def act(writer: Writer) -> None:
            begun = broadcasts.draft(
                writer,
                author_id=self.officer.id,
                event_id=event_id,
                audience=audience,
                commission_id=of,
                cause=cause,
                now=self.now,
            )
            broadcasts.hold(writer, broadcast_id=begun.id, hold_for=HOLD, again=True, now=self.now)

        self.try_(act, self.officer)

    @rule(number=who, how=st.sampled_from(["pause", "resume", "block", "unblock"]))
    def reach(self, number: int, how: str) -> None:
        person = self.person(number)
        acts: dict[str, Callable[[Writer], object]] = {
            "pause": lambda writer: residents.pause(writer, resident_id=person.id, now=self.now),
            "resume": lambda writer: residents.resume(writer, resident_id=person.id),
            "block": lambda writer: welcome.lose_touch(
                writer, resident=people.get(writer, person.id), now=self.now
            ),
            "unblock": lambda writer: residents.welcome_back(writer, resident_id=person.id),
        }
        self.try_(acts[how], person)

    @rule(number=who, really=rarely)
    @precondition(lambda self: len(self.people) > 1)
    def erase(self, number: int, *, really: bool) -> None:
        if not really:
            return
        person, cause = self.person(number), self.update()
        self.try_(
            lambda writer: privacy.erase(writer, resident_id=person.id, cause=cause, now=self.now),
            person,
        )
        again = self.last.pop(person.id)
        self._unchanged(self.look(), again)
        self.people = [one for one in self.people if one.id != person.id]
        self.came = {key: comes for key, comes in self.came.items() if key[1] != person.id}
        self.told = {key: told - {person.id} for key, told in self.told.items()}
        self._find_no_trace(person)

    def _find_no_trace(self, person: Resident) -> None:
        """I11: only the receipt, which goes within a day, still has the chat's number."""
        left = {
            name: [line for line in lines if str(person.telegram_id) in repr(line)]
            for name, lines in self.look().rows.items()
        }
        assert person.first_name not in repr(self.look().rows)
        assert [name for name, lines in left.items() if lines] == ["outbox"]
        assert {line[1] for line in left["outbox"]} == {Kind.ERASURE_RECEIPT}

    @rule(by=st.sampled_from([SECOND, 61 * SECOND, 9 * MINUTE, 11 * MINUTE, 5 * HOUR, 20 * HOUR]))
    def wait(self, by: timedelta) -> None:
        self.now += by
        self.tick()

    @rule()
    def wait_for_the_next_reminder(self) -> None:
        planned = [
            one.due_at
            for event_id in self.events
            for one in self.room.run(reminder_rows.of_event, event_id)
            if one.fired_at is None
        ]
        self.now = max(self.now, min(planned, default=self.now))
        self.tick()

    def tick(self) -> None:
        """Run each of the clock's actions, then look whether a seat is idle (I3)."""
        for act in self._ticks():
            self.room.run(act)
        after = self.look()
        for event_id, gathering in after.events.items():
            if self._takes_answers(gathering) and gathering.cancel_at is None:
                self._find_no_idle_seat(after, event_id)

    def _ticks(self) -> list[Callable[[Writer], object]]:
        return [
            lambda writer: changes.cancel_decided(writer, now=self.now),
            lambda writer: broadcasts.launch_due(writer, now=self.now),
            lambda writer: broadcasts.finish_done(writer, now=self.now),
            lambda writer: reminders.fire_due(writer, policy=POLICY, now=self.now),
            lambda writer: rsvps.offer_everywhere(writer, now=self.now),
            lambda writer: notices.expire(writer, now=self.now),
        ]

    @rule(refused=st.integers(0, 9))
    def deliver(self, refused: int) -> None:
        """Let what is due leave; the person of one message has blocked the bot."""
        due = [
            notice
            for lane in (1, 2, 3)
            for notice in self.room.run(outbox.claim, lane=lane, now=self.now, most=50)
        ]
        for number, notice in enumerate(due):
            self.room.run(self._end, notice, OutboxState.SENT)
            if number == refused and notice.resident_id is not None:
                found = self.room.run(people.find, notice.resident_id)
                if found is not None:
                    self.last.pop(found.id, None)
                    self.room.run(welcome.lose_touch, resident=found, now=self.now)

    def _end(self, writer: Writer, notice: Notice, state: OutboxState) -> None:
        if notice.kind == Kind.ERASURE_RECEIPT:
            outbox.erase(writer, notice.id)
        else:
            outbox.mark(writer, notice.id, state, now=self.now)

    @rule(number=who, at=which, answer=answers)
    def crash(self, number: int, at: int, answer: Answer) -> None:
        """F05: a kill before the commit leaves nothing; what is kept outlives a kill after it."""
        person, event_id, cause = self.person(number), self.events[at], self.update()
        before = self.look()
        act = self._again(event_id, person, answer, cause)
        try:
            self.room.crash(
                rsvps.answer,
                event_id=event_id,
                resident_id=person.id,
                answer=answer,
                now=self.now,
                cause=cause,
            )
        except CommunityError:
            self.room.restart()
        assert self.look().rows == before.rows
        try:
            act()
        except CommunityError:
            return
        self.note(event_id, person, comes=answer is Answer.YES)
        kept = self.look()
        self.room.restart()
        assert self.look().rows == kept.rows
        mine = kept.find(event_id, person.id)
        if mine is not None and mine.rsvp.cause == cause:
            self.last[person.id] = act
            self._unchanged(kept, act)

    # --------------------------------------------------------------------- what must hold

    def _takes_answers(self, gathering: Event) -> bool:
        starts_at = gathering.starts_at
        is_to_come = starts_at is not None and starts_at > self.now
        return gathering.status is EventStatus.SCHEDULED and is_to_come

    def _find_no_idle_seat(self, after: Picture, event_id: EventId) -> None:
        """I3."""
        free = after.free(event_id, self.now)
        idle = [
            guest
            for guest in after.queue(event_id)
            if guest.resident.is_reachable and (free is None or guest.rsvp.party <= free)
        ]
        assert not idle, f"{free} seats are idle while {len(idle)} parties wait that fit"

    @invariant()
    def everything_holds(self) -> None:
        if not hasattr(self, "before"):
            return
        after = self.look()
        for event_id in self.events:
            self._check_seats(after, event_id)
            self._check_turns(after, event_id)
            self._check_who_is_in(after, event_id)
            self._check_cancelled(after, event_id)
        self._check_intents(after)
        self.before = after

    def _check_seats(self, after: Picture, event_id: EventId) -> None:
        """I1: never more than there are, and after lowering never more than there were."""
        capacity = after.events[event_id].capacity
        if capacity is not None:
            taken, were = after.taken(event_id), self.before.taken(event_id)
            assert taken <= max(capacity, were), f"{taken} of {capacity} seats are taken"

    def _check_turns(self, after: Picture, event_id: EventId) -> None:
        """I4 and I5: offers in turn to parties that fit, and who comes to wait goes last."""
        earlier = {one.resident.id: one.rsvp for one in self.before.guests[event_id]}
        queue = after.queue(event_id)
        for guest in after.guests[event_id]:
            was = earlier.get(guest.resident.id)
            if guest.rsvp.standing is Standing.OFFERED and not _stood(was, Standing.OFFERED):
                self._check_offer(guest, queue)
            if guest.rsvp.standing is Standing.WAITING and not _stood(
                was, Standing.WAITING, Standing.OFFERED
            ):
                others = [_turn(one)[0] for one in queue if one.resident.id != guest.resident.id]
                assert all(queued_at <= _turn(guest)[0] for queued_at in others), "I5"

    def _check_offer(self, offered: Guest, queue: list[Guest]) -> None:
        passed = [
            one
            for one in queue
            if _turn(one) < _turn(offered)
            and one.resident.is_reachable
            and one.rsvp.party <= offered.rsvp.party
        ]
        assert not passed, "an offer went past somebody whose party would have fitted"

    def _check_who_is_in(self, after: Picture, event_id: EventId) -> None:
        """I2 and I7: one answer a person, and in is who came and did not leave."""
        ids = [one.resident.id for one in after.guests[event_id]]
        assert len(ids) == len(set(ids)), "I2"
        if self._takes_answers(after.events[event_id]):
            standing = {
                one.resident.id for one in after.guests[event_id] if one.rsvp.standing in _IN
            }
            came = {person for (at, person), comes in self.came.items() if comes and at == event_id}
            assert standing == came, "I7"

    def _check_cancelled(self, after: Picture, event_id: EventId) -> None:
        """I6: one cancellation for each person concerned, and nothing else is owed any more."""
        if after.events[event_id].status is not EventStatus.CANCELLED:
            return
        if self.before.events[event_id].status is EventStatus.SCHEDULED:
            self.told[event_id] = {
                one.resident.id
                for one in after.guests[event_id]
                if one.rsvp.answer is not Answer.NO and one.resident.unreachable_at is None
            }
        about = [one for one in after.notices if event_id in _events_of(one)]
        owed = {one.kind for one in about if one.state is OutboxState.PENDING}
        words = [one.resident_id for one in about if one.kind == Kind.CANCELLED]
        assert owed <= {Kind.CANCELLED}, "I6"
        assert len(words) == len(set(words)), "I6"
        assert self.told.get(event_id, set()) <= set(words), "I6"

    def _check_intents(self, after: Picture) -> None:
        """I12: one intent a key, and only to those whom it concerns."""
        keys = [one.dedupe_key for one in after.notices]
        assert len(keys) == len(set(keys)), "I12"
        known = {one.id for one in self.before.notices}
        for notice in after.notices:
            is_new = notice.id not in known and notice.state is OutboxState.PENDING
            if is_new and notice.kind == Kind.REMINDER:
                assert all(self._may_be_reminded(after, notice, at) for at in _events_of(notice))
            if is_new and notice.kind in {Kind.ANNOUNCEMENT, Kind.NUDGE}:
                assert notice.resident_id is not None
                assert self.room.run(people.get, notice.resident_id).is_reachable, "I12"

    def _may_be_reminded(self, after: Picture, notice: Notice, event_id: EventId) -> bool:
        assert notice.resident_id is not None
        guest = after.find(event_id, notice.resident_id)
        if guest is None:
            return False
        comes = guest.rsvp.standing is Standing.CONFIRMED or guest.rsvp.answer is Answer.MAYBE
        return comes and guest.resident.is_reachable


def _stood(was: Rsvp | None, *standings: Standing) -> bool:
    return was is not None and was.standing in standings


def _events_of(notice: Notice) -> set[EventId]:
    merged: list[EventId] = notice.facts.get("event_ids", [])
    own = {notice.event_id} if notice.event_id is not None else set()
    return own | set(merged)


def _play(open_room: Callable[[], Room], *, games: int, steps: int) -> None:
    machine = type("Quarter", (Quarter,), {"open_room": staticmethod(open_room)})
    run_state_machine_as_test(
        machine,
        settings=settings(
            max_examples=games,
            stateful_step_count=steps,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )


def _files(template: Path, folder: Path) -> Callable[[], Room]:
    """Give what opens a SQLite file of its own for each game."""
    numbers = count()

    def open_room() -> Room:
        path = folder / f"game{next(numbers)}.db"
        for earlier in folder.glob("game*"):
            earlier.unlink()
        return sqlite_room(Path(shutil.copy(template, path)))

    return open_room


def test_invariants_hold_on_sqlite(sqlite_template: Path, tmp_path: Path) -> None:
    _play(_files(sqlite_template, tmp_path), games=200, steps=50)


@pytest.mark.postgresql
def test_invariants_hold_on_postgresql(postgresql_url: str) -> None:
    _play(lambda: postgresql_room(postgresql_url), games=8, steps=30)


@pytest.mark.soak
def test_invariants_hold_on_sqlite_for_long(sqlite_template: Path, tmp_path: Path) -> None:
    _play(_files(sqlite_template, tmp_path), games=1_500, steps=80)


@pytest.mark.soak
@pytest.mark.postgresql
def test_invariants_hold_on_postgresql_for_long(postgresql_url: str) -> None:
    _play(lambda: postgresql_room(postgresql_url), games=150, steps=60)


def test_picture_of_a_held_seat_is_not_free() -> None:
    """The judge's own arithmetic: a seat kept for an undo is neither taken nor free."""
    picture = Picture.__new__(Picture)
    at = EventId(1)
    held = Rsvp(
        event_id=at,
        resident_id=ResidentId(1),
        answer=Answer.NO,
        standing=Standing.NONE,
        guests=1,
        queued_at=None,
        offered_at=None,
        held_until=NOW + MINUTE,
        sequence=1,
        answered_at=NOW,
        cause=None,
    )
    person = Resident(ResidentId(1), 1, "A", "fr", people.Role.RESIDENT, 1, NOW, None, None)
    picture.guests = {at: [Guest(person, held), Guest(person, replace(held, held_until=NOW))]}
    gathering = Event.__new__(Event)
    object.__setattr__(gathering, "capacity", 5)
    picture.events = {at: gathering}

    assert picture.taken(at) == 0
    assert picture.free(at, NOW) == 3
