"""What an officer, the clock and a bad day do in a game."""

from collections.abc import Callable
from datetime import timedelta

from hypothesis import strategies as st
from hypothesis.stateful import (
    precondition,
    rule,
)

from community import (
    broadcasts,
    changes,
    notices,
    reminders,
    rsvps,
    welcome,
)
from community.errors import CommunityError
from community.notices import Kind
from storage import events as event_rows
from storage import outbox
from storage import reminders as reminder_rows
from storage import residents as people
from storage.broadcasts import Audience
from storage.database import Writer
from storage.events import EventStatus
from storage.ids import EventId
from storage.outbox import Notice, OutboxState
from storage.rsvps import Answer
from tests.community.pictures import events_of
from tests.community.playing import Residents, answers, capacities, rarely, which, who
from tests.community.world import (
    HOLD,
    HOUR,
    MINUTE,
    POLICY,
    SECOND,
)


class Quarter(Residents):
    """Residents, an officer, a clock, a Telegram that refuses, and kills."""

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
            for event_id in events_of(notice)
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
            if self.takes_answers(gathering) and gathering.cancel_at is None:
                self.find_no_idle_seat(after, event_id)

    def _ticks(self) -> list[Callable[[Writer], object]]:
        return [
            lambda writer: changes.cancel_decided(writer, now=self.now),
            lambda writer: broadcasts.launch_due(writer, now=self.now),
            lambda writer: broadcasts.finish_done(writer, now=self.now),
            lambda writer: reminders.fire_due(writer, policy=POLICY, now=self.now),
            lambda writer: rsvps.offer_everywhere(writer, is_quiet=POLICY.is_quiet, now=self.now),
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
        act = self.answering(event_id, person, answer, cause)
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
            self.unchanged(kept, act)
