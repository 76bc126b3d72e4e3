"""What residents do in a game: they come, answer, leave, block the bot; their updates repeat."""

from collections.abc import Callable
from datetime import timedelta
from itertools import count

from hypothesis import strategies as st
from hypothesis.stateful import (
    initialize,
    precondition,
    rule,
)

from community import (
    commissions,
    privacy,
    residents,
    rsvps,
    welcome,
)
from community.errors import CommunityError
from storage import residents as people
from storage.database import Writer
from storage.ids import CommissionId, EventId, UpdateId
from storage.residents import Resident
from storage.rsvps import Answer, Standing
from tests.community.judging import Judge
from tests.community.world import (
    DAY,
    FIRST_TELEGRAM_ID,
    HOUR,
    NOW,
    commission,
    event,
    officer,
)

FIRST_PEOPLE, MOST_PEOPLE = 5, 8
FIRST_START = NOW + 9 * DAY
GAP = 10
"""Between the ids of two updates, so that one can be older than the last and have been unseen."""

who = st.integers(0, MOST_PEOPLE - 1)
which = st.integers(0, 1)
answers = st.sampled_from([Answer.YES, Answer.YES, Answer.YES, Answer.MAYBE, Answer.NO])
capacities = st.sampled_from([1, 2, 3, 2, None])
rarely = st.sampled_from([False, False, True])


class Residents(Judge):
    """A few people, and two events that they may come to."""

    def __init__(self) -> None:
        super().__init__()
        self.updates = count(1_000, GAP)
        self.numbers = count(1)

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
            name=f"Nom {number:03}",
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
            self.tap_once(self.person(number), self.events[at], answer)

    @rule(at=which, number=who, answer=answers)
    def tap_twice(self, at: int, number: int, answer: Answer) -> None:
        self.tap_once(self.person(number), self.events[at], answer)
        picture = self.look()
        self.unchanged(picture, self._tapped(self.person(number), self.events[at], answer))

    def _tapped(self, person: Resident, event_id: EventId, answer: Answer) -> Callable[[], object]:
        """Give a further tap on the same button, which is an update of its own."""
        return self.answering(event_id, person, answer, self.update())

    def tap_once(self, person: Resident, event_id: EventId, answer: Answer) -> None:
        cause = self.update()
        if self.say(event_id, person, answer, cause):
            kept = self.look().find(event_id, person.id)
            if kept is not None and kept.rsvp.cause == cause:
                self.last[person.id] = self.answering(event_id, person, answer, cause)
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
                    self.take_back(number, at)
                else:
                    self.tap_once(guest.resident, event_id, Answer.NO)
                return

    def answering(
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
                self.tap_once(guest.resident, event_id, answer)
                return

    @rule(number=who, at=which)
    def retract(self, number: int, at: int) -> None:
        self.take_back(number, at)

    def take_back(self, number: int, at: int) -> None:
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
        self.unchanged(
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
            self.unchanged(picture, again)

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
        self.unchanged(self.look(), again)
        self.people = [one for one in self.people if one.id != person.id]
        self.came = {key: comes for key, comes in self.came.items() if key[1] != person.id}
        self.told = {key: told - {person.id} for key, told in self.told.items()}
        self.find_no_trace(person)
