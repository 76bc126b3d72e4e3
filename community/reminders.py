"""When people are reminded, and who: once each, by the wall clock, merged where two meet.

Who said yes and has a seat, or said maybe, is reminded (product.md R6). Quiet hours hold, except
for an event less than 12 hours away; what a stop of the machine has delayed still goes if it is of
use (F49).
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from community import lead_times, notices, team
from community.lead_times import Ahead, DaysBefore, LeadTime
from community.notices import DELIVERY, Kind
from storage import events, outbox, reminders, rsvps
from storage.database import Writer
from storage.events import Event, EventStatus
from storage.ids import EventId, ResidentId
from storage.outbox import Notice
from storage.reminders import Reminder
from storage.residents import Resident
from storage.rsvps import Answer, Standing

MORNING_ENDS = time(11)
"""An event that starts before is a morning event (product.md, rule 9)."""
SILENT_FROM = timedelta(days=3)
"""A reminder so long before does not ring (product.md R6: J-7 silent)."""
QUIET_LIFTS = timedelta(hours=12)
"""An event nearer than this is worth a message in quiet hours (F49)."""
ON_TIME = timedelta(minutes=30)
"""A reminder later than this has been missed, by a stop of the machine."""
EVE_STILL_USEFUL = timedelta(hours=3)
"""A missed reminder of days before still goes if the start is this far (F49)."""
LAST_USEFUL = timedelta(minutes=15)
"""No missed reminder goes nearer to the start than this (F49)."""
BEFORE_QUIET = timedelta(minutes=30)
"""A reminder that quiet hours forbid moves to this long before they begin."""
MOST_MOMENTS_KEPT = 1024
MOST_A_RUN = 200
"""Due reminders dealt with in one transaction; the next run takes the others."""


@dataclass(frozen=True, slots=True)
class Policy:
    """The settings that reminders follow. Quiet hours run from `quiet_from` over `quiet_to`."""

    lead_times: tuple[LeadTime, ...]
    quiet_from: time
    quiet_to: time
    zone: ZoneInfo

    def is_quiet(self, instant: datetime) -> bool:
        """Whether an instant lies in quiet hours."""
        at = instant.astimezone(self.zone).time()
        if self.quiet_from <= self.quiet_to:
            return self.quiet_from <= at < self.quiet_to
        return at >= self.quiet_from or at < self.quiet_to


def plan(starts_at: datetime, policy: Policy, *, now: datetime) -> list[tuple[str, datetime]]:
    """Give the lead times of an event and when each is due, earliest first; past ones are left out.

    An exact lead time that falls in quiet hours, or on the day of a morning event, merges with the
    reminder of the day before where one is still to come. Else what falls in quiet hours moves
    before them.
    """
    has_eve = any(
        now < _due_at(lead, starts_at, policy) < starts_at
        for lead in policy.lead_times
        if isinstance(lead, DaysBefore) and lead.days <= 1
    )
    planned = {
        due_at: str(lead)
        for lead in policy.lead_times
        if now < (due_at := _due_at(lead, starts_at, policy)) < starts_at
        and not (has_eve and _merges(lead, starts_at, policy))
    }
    return sorted(((lead, due_at) for due_at, lead in planned.items()), key=lambda one: one[1])


def _merges(lead: LeadTime, starts_at: datetime, policy: Policy) -> bool:
    """Whether a lead time is one with that of the day before."""
    if not isinstance(lead, Ahead):
        return False
    due_at = lead.due_at(starts_at, policy.zone)
    starts, due = starts_at.astimezone(policy.zone), due_at.astimezone(policy.zone)
    is_same_morning = starts.time() < MORNING_ENDS and due.date() == starts.date()
    return is_same_morning or policy.is_quiet(due_at)


# Each card of an event asks anew, and its answer is a matter of the calendar alone.
@lru_cache(MOST_MOMENTS_KEPT)
def _due_at(lead: LeadTime, starts_at: datetime, policy: Policy) -> datetime:
    """Give when a lead time is due, out of quiet hours."""
    due_at = lead.due_at(starts_at, policy.zone)
    return _before_quiet(due_at, policy) if policy.is_quiet(due_at) else due_at


def _before_quiet(instant: datetime, policy: Policy) -> datetime:
    """Give an instant shortly before the quiet hours that another lies in."""
    local = instant.astimezone(policy.zone)
    began_on = local.date()
    if policy.quiet_from > policy.quiet_to and local.time() < policy.quiet_to:
        began_on -= timedelta(days=1)
    began = datetime.combine(began_on, policy.quiet_from, tzinfo=policy.zone)
    return began.astimezone(UTC) - BEFORE_QUIET


def set_plan(writer: Writer, *, event: Event, policy: Policy, now: datetime) -> None:
    """Plan the reminders of an event that has a start afresh; those not sent are withdrawn."""
    withdraw(writer, event_id=event.id, now=now)
    if event.starts_at is not None:
        reminders.put_plan(writer, event.id, plan(event.starts_at, policy, now=now))


def withdraw(writer: Writer, *, event_id: EventId, now: datetime) -> None:
    """Remind nobody of an event any more; what is owed and not sent is withdrawn.

    A message that reminds of other events too is owed anew without this one.
    """
    reminders.remove_plan(writer, event_id)
    for notice in outbox.pending(writer, lane=DELIVERY[Kind.REMINDER].lane):
        reminded: list[EventId] = notice.facts["event_ids"]
        if event_id in reminded:
            outbox.cancel_key(writer, notice.dedupe_key, now=now)
            _owe_others(writer, notice, [one for one in reminded if one != event_id], now=now)


def _owe_others(
    writer: Writer, notice: Notice, event_ids: Sequence[EventId], *, now: datetime
) -> None:
    """Owe a merged reminder anew for those of its events that still concern its reader."""
    standing = [
        events.get(writer, event_id)
        for event_id in event_ids
        if any(one.id == notice.resident_id for one in _reminded(writer, event_id))
    ]
    starts = [event.starts_at for event in standing if event.starts_at is not None]
    if not starts:
        return
    notices.owe(
        writer,
        Kind.REMINDER,
        key=f"{notice.dedupe_key}-{'+'.join(str(event.id) for event in standing)}",
        chat_id=notice.chat_id,
        now=now,
        not_before=notice.not_before,
        expires_at=max(starts),
        silent=notice.silent,
        resident_id=notice.resident_id,
        event_id=standing[0].id,
        event_version=standing[0].version,
        facts={**notice.facts, "event_ids": [event.id for event in standing]},
    )


def is_useful(lead: LeadTime, *, due_at: datetime, starts_at: datetime, now: datetime) -> bool:
    """Whether a due reminder still goes: on time, or late but of use (F49)."""
    remaining = starts_at - now
    is_of_days = isinstance(lead, DaysBefore) and lead.days > 0
    if is_of_days and now - due_at > ON_TIME:
        return remaining >= EVE_STILL_USEFUL
    # One that was meant for the last half hour may come until half of its time is over.
    return remaining >= min(LAST_USEFUL, (starts_at - due_at) / 2)


def fire_due(writer: Writer, *, policy: Policy, now: datetime) -> int:
    """Owe every reminder whose time has come; gives the number of messages.

    Several reminders of one event that are due together, and several events of one person, make
    one message. In quiet hours what can wait for the morning does. The officers are told of those
    who were not reminded, because it was too late when it was noticed (F49).
    """
    near = now + QUIET_LIFTS if policy.is_quiet(now) else None
    due = reminders.due(writer, now=now, most=MOST_A_RUN, before=near)
    firing, missed = _fired(writer, due, now=now)
    by_person: dict[ResidentId, list[tuple[Event, LeadTime]]] = defaultdict(list)
    people: dict[ResidentId, Resident] = {}
    for event, lead in firing:
        for resident in _reminded(writer, event.id):
            people[resident.id] = resident
            by_person[resident.id].append((event, lead))
    for resident_id, reminded in by_person.items():
        _owe(writer, people[resident_id], reminded, now=now)
    for event in missed:
        _tell_officers(writer, event, now=now)
    return len(by_person)


def _fired(
    writer: Writer, due: Iterable[Reminder], *, now: datetime
) -> tuple[list[tuple[Event, LeadTime]], list[Event]]:
    """Mark due reminders fired; gives for each event the nearest of those that are of use.

    And the events of which none was, and none is to come.
    """
    chosen: dict[EventId, tuple[Event, LeadTime]] = {}
    late: dict[EventId, Event] = {}
    for reminder in due:
        reminders.mark_fired(writer, reminder, now=now)
        event = events.get(writer, reminder.event_id)
        if event.starts_at is None or event.status is not EventStatus.SCHEDULED:
            continue
        lead = lead_times.parse(reminder.lead_time)
        if is_useful(lead, due_at=reminder.due_at, starts_at=event.starts_at, now=now):
            chosen[event.id] = (event, lead)
        else:
            late[event.id] = event
    missed = [
        event
        for event in late.values()
        if event.id not in chosen
        and all(one.fired_at is not None for one in reminders.of_event(writer, event.id))
    ]
    return sorted(chosen.values(), key=lambda one: (one[0].starts_at or now, one[0].id)), missed


def _tell_officers(writer: Writer, event: Event, *, now: datetime) -> None:
    """Tell the officers how many people were not reminded of an event; nothing where none."""
    people = len(_reminded(writer, event.id))
    if people:
        key = f"missed:{event.id}:{event.starts_at:%Y%m%dT%H%M}"
        team.tell(writer, Kind.REMINDER_MISSED, key=key, now=now, event_id=event.id, people=people)


def _reminded(writer: Writer, event_id: EventId) -> list[Resident]:
    return [
        guest.resident
        for guest in rsvps.roster(writer, event_id)
        if guest.resident.is_reachable
        and (guest.rsvp.standing is Standing.CONFIRMED or guest.rsvp.answer is Answer.MAYBE)
    ]


def _owe(
    writer: Writer,
    resident: Resident,
    reminded: Sequence[tuple[Event, LeadTime]],
    *,
    now: datetime,
) -> None:
    first, lead = reminded[0]
    moments = "+".join(f"{event.id}:{event.starts_at:%Y%m%dT%H%M}:{at}" for event, at in reminded)
    starts = [event.starts_at for event, _ in reminded if event.starts_at is not None]
    notices.owe(
        writer,
        Kind.REMINDER,
        key=f"rem:{moments}:{resident.id}",
        chat_id=resident.chat_id,
        now=now,
        expires_at=max(starts),
        silent=min(starts) - now >= SILENT_FROM,
        resident_id=resident.id,
        event_id=first.id,
        event_version=first.version,
        facts={"event_ids": [event.id for event, _ in reminded], "lead_time": str(lead)},
    )
