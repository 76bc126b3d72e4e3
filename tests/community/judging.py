"""The judge of a game: what must hold after each step, seen with eyes of its own."""

from collections.abc import Callable
from contextlib import suppress

from hypothesis.stateful import RuleBasedStateMachine, invariant

from community.errors import CommunityError
from community.notices import Kind
from storage import residents as people
from storage.events import Event, EventStatus
from storage.ids import EventId, ResidentId
from storage.outbox import Notice, OutboxState
from storage.residents import Resident
from storage.rsvps import Answer, Guest, Rsvp, Standing
from tests.community.pictures import Picture, events_of, turn
from tests.community.rooms import Room
from tests.community.world import NOW, ZONE

_IN = frozenset({Standing.CONFIRMED, Standing.OFFERED, Standing.WAITING})


class Judge(RuleBasedStateMachine):
    """A room with its events and people, and all that must hold of them."""

    open_room: Callable[[], Room]

    def __init__(self) -> None:
        super().__init__()
        self.room = self.open_room()
        self.now = NOW
        self.events: list[EventId] = []
        self.came: dict[tuple[EventId, ResidentId], bool] = {}
        self.last: dict[ResidentId, Callable[[], object]] = {}
        self.people: list[Resident] = []
        self.told: dict[EventId, set[ResidentId]] = {}

    def teardown(self) -> None:
        self.room.close()

    def look(self) -> Picture:
        return self.room.run(lambda writer: Picture(writer, self.events))

    def unchanged(self, picture: Picture, act: Callable[[], object]) -> None:
        with suppress(CommunityError):
            act()
        after = self.look()
        changed = {name for name in after.rows if after.rows[name] != picture.rows[name]}
        assert not changed, f"a second handling changed {changed}"

    def find_no_trace(self, person: Resident) -> None:
        """I11: only the receipt, which goes within a day, still has the chat's number."""
        left = {
            name: [line for line in lines if str(person.telegram_id) in repr(line)]
            for name, lines in self.look().rows.items()
        }
        assert person.first_name not in repr(self.look().rows)
        assert [name for name, lines in left.items() if lines] == ["outbox"]
        assert {line[1] for line in left["outbox"]} == {Kind.ERASURE_RECEIPT}

    def takes_answers(self, gathering: Event) -> bool:
        starts_at = gathering.starts_at
        is_to_come = starts_at is not None and starts_at > self.now
        return gathering.status is EventStatus.SCHEDULED and is_to_come

    def find_no_idle_seat(self, after: Picture, event_id: EventId) -> None:
        """I3."""
        free = after.free(event_id, self.now)
        idle = [
            guest
            for guest in after.queue(event_id)
            if guest.resident.is_reachable and (free is None or guest.rsvp.party <= free)
        ]
        if self.is_day_of(after.events[event_id]):
            # Nothing is kept for anybody on the day itself, but they have been told.
            idle = [guest for guest in idle if guest.rsvp.offered_at is None]
        assert not idle, f"{free} seats are idle while {len(idle)} parties wait that fit"

    def is_day_of(self, gathering: Event) -> bool:
        return gathering.day == self.now.astimezone(ZONE).date()

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
                others = [turn(one)[0] for one in queue if one.resident.id != guest.resident.id]
                assert all(queued_at <= turn(guest)[0] for queued_at in others), "I5"

    def _check_offer(self, offered: Guest, queue: list[Guest]) -> None:
        passed = [
            one
            for one in queue
            if turn(one) < turn(offered)
            and one.resident.is_reachable
            and one.rsvp.party <= offered.rsvp.party
        ]
        assert not passed, "an offer went past somebody whose party would have fitted"

    def _check_who_is_in(self, after: Picture, event_id: EventId) -> None:
        """I2 and I7: one answer a person, and in is who came and did not leave."""
        ids = [one.resident.id for one in after.guests[event_id]]
        assert len(ids) == len(set(ids)), "I2"
        if self.takes_answers(after.events[event_id]):
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
        about = [one for one in after.notices if event_id in events_of(one)]
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
                assert all(self._may_be_reminded(after, notice, at) for at in events_of(notice))
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
