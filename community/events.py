"""Drafting events: fields one by one, checked as a whole; the local hours are the truth.

What an officer has not said is lacking, never guessed, but for the end: two hours after the start,
which the draft shows and the officer may change.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from community import codes, texts
from community.errors import ChangedError, GoneError, InvalidInputError, TooLateError
from community.reading.instants import AmbiguousTimeError, NonexistentTimeError, to_instant
from storage import commissions, events
from storage.database import Reader, Writer
from storage.events import Event, EventStatus
from storage.ids import CommissionId, EventId, ResidentId, UpdateId
from storage.links import Purpose

USUAL_LENGTH = timedelta(hours=2)
"""How long an event lasts while its officer has not said."""
LATEST_MORNING_END = time(6)
"""An end before the start is the next morning's up to this hour, else a mistake."""
FARTHEST = timedelta(days=550)
"""A date further ahead is a mistake of the keyboard."""
MOST_TITLE = 80
MOST_LOCATION = 80
MOST_SEATS = 9_999
LINK_AFTER_END = timedelta(days=30)
"""A poster's link to an event opens its card this long after it ended."""
TAPPED_LINK_LIFETIME = timedelta(days=1)
"""A link made for a tap in a group is followed at once, or never."""
_TIMED = frozenset({"day", "starts", "ends", "fold"})
_AGREEING = (("day", "starts", "ends", "fold"), ("day",), ("starts", "ends"), ())
"""What is kept of a day and hours that do not go together: the day rather than the hours."""
REQUIRED = ("title", "day", "starts", "location")
"""What an event must have before it is created, in the order in which it is asked."""


@dataclass(frozen=True, slots=True)
class Schedule:
    """When an event takes place, in UTC; `is_twofold` where the clock shows its start twice."""

    starts_at: datetime
    ends_at: datetime
    fold: int
    is_twofold: bool


def schedule(
    day: date, starts: time, ends: time | None, zone: ZoneInfo, *, fold: int = 0
) -> Schedule:
    """Compute when an event takes place; `fold` says which of an hour that comes twice.

    An end that comes twice is in the same pass as the start, else the first.

    Raises:
        InvalidInputError: the clock skips the start or the end ("nonexistent"), or the end is not
            after the start ("order").
    """
    starts_at, is_twofold = _instant(day, starts, zone, fold=fold)
    fold = fold if is_twofold else 0
    if ends is None:
        return Schedule(starts_at, starts_at + USUAL_LENGTH, fold, is_twofold)
    if ends == starts or LATEST_MORNING_END < ends < starts:
        raise InvalidInputError("hours", "order")
    last_day = day if ends > starts else day + timedelta(days=1)
    ends_at, _ = _instant(last_day, ends, zone, fold=fold)
    return Schedule(starts_at, ends_at, fold, is_twofold)


def _instant(day: date, at: time, zone: ZoneInfo, *, fold: int) -> tuple[datetime, bool]:
    """Give an hour's instant, and whether the clock shows it twice; raises InvalidInputError."""
    try:
        return to_instant(day, at, zone), False
    except NonexistentTimeError as error:
        raise InvalidInputError("hours", "nonexistent") from error
    except AmbiguousTimeError as error:
        return (error.first, error.second)[fold], True


def lacking(event: Event) -> tuple[str, ...]:
    """Name what must still be said before an event is created, in the order to ask it in."""
    return tuple(name for name in REQUIRED if getattr(event, name) is None)


def checked(
    event: Event, fields: Mapping[str, Any], *, zone: ZoneInfo, now: datetime
) -> dict[str, Any]:
    """Check new values against the whole event; gives all that must be set.

    Raises:
        InvalidInputError: naming the field and the reason.
    """
    values = dict(fields)
    for name, most in (("title", MOST_TITLE), ("location", MOST_LOCATION)):
        if values.get(name) is not None:
            values[name] = texts.line(values[name], field=name, most=most)
    capacity = values.get("capacity")
    if capacity is not None and not 1 <= capacity <= MOST_SEATS:
        raise InvalidInputError("capacity", "range")
    if values.keys() & _TIMED:
        values |= _timed(event, values, zone=zone, now=now)
    return values


def objection(
    event: Event, fields: Mapping[str, Any], *, zone: ZoneInfo, now: datetime
) -> InvalidInputError | None:
    """Tell why new values cannot be set, as `checked` would; None where they can."""
    try:
        checked(event, fields, zone=zone, now=now)
    except InvalidInputError as error:
        return error
    return None


def _timed(
    event: Event, values: Mapping[str, Any], *, zone: ZoneInfo, now: datetime
) -> dict[str, Any]:
    """Compute the instants that new local times make; nothing while one of them is lacking."""
    day = values.get("day", event.day)
    starts = values.get("starts", event.starts)
    is_other_start = event.starts is not None and "starts" in values
    # A new start without a new end keeps the usual length rather than an end that may precede it.
    ends = values.get("ends", None if is_other_start else event.ends)
    # Which of an hour that comes twice was said of that hour only.
    same_hour = (day, starts) == (event.day, event.starts)
    fold = values.get("fold", event.fold if same_hour else 0)
    if day is not None:
        _check_day(day, today=now.astimezone(zone).date())
    if day is None or starts is None:
        return {"ends": ends, "starts_at": None, "ends_at": None, "fold": 0}
    planned = schedule(day, starts, ends, zone, fold=fold)
    if planned.starts_at <= now:
        raise InvalidInputError("hours", "past")
    return {
        "ends": planned.ends_at.astimezone(zone).time(),
        "starts_at": planned.starts_at,
        "ends_at": planned.ends_at,
        "fold": planned.fold,
    }


def _check_day(day: date, *, today: date) -> None:
    """Refuse a day that is past or too far away; raises InvalidInputError."""
    if day < today:
        raise InvalidInputError("day", "past")
    if day > today + FARTHEST:
        raise InvalidInputError("day", "far")


def begin(
    writer: Writer,
    *,
    organizer_id: ResidentId,
    fields: Mapping[str, Any],
    zone: ZoneInfo,
    now: datetime,
    cause: UpdateId,
) -> Event:
    """Begin a draft from what was understood of a sentence; the same cause begins it once.

    A value that fails its check is left lacking, to be asked.
    """
    draft = events.add_draft(writer, organizer_id=organizer_id, now=now, cause=cause)
    if draft.title is not None or draft.day is not None:
        return draft  # this very update has filled it before
    known = _acceptable(draft, fields, zone=zone, now=now)
    commission_id = known.get("commission_id")
    if commission_id is not None and commissions.find(writer, commission_id) is None:
        del known["commission_id"]
    return events.set_fields(writer, draft, version=draft.version, **known)


def _acceptable(
    draft: Event, fields: Mapping[str, Any], *, zone: ZoneInfo, now: datetime
) -> dict[str, Any]:
    """Give the checked values of `fields` that stand; of day and hours, those that agree."""
    timed = {name: value for name, value in fields.items() if name in _TIMED}
    parts = [{name: value} for name, value in fields.items() if name not in _TIMED]
    agreeing = [{name: timed[name] for name in names if name in timed} for names in _AGREEING]
    tries = [one for one in agreeing if objection(draft, one, zone=zone, now=now) is None]
    accepted = [one for one in parts if objection(draft, one, zone=zone, now=now) is None]
    known: dict[str, Any] = {}
    for part in (*accepted, *tries[:1]):
        known |= checked(draft, part, zone=zone, now=now)
    return known


def fill(
    writer: Writer, *, event_id: EventId, fields: Mapping[str, Any], zone: ZoneInfo, now: datetime
) -> Event:
    """Set fields of a draft; gives it as it now is.

    Raises:
        GoneError: it was thrown away, or the commission is not there.
        ChangedError: it is a draft no longer.
        InvalidInputError: naming the field and the reason; nothing is changed.
    """
    draft = existing(writer, event_id)
    if draft.status is not EventStatus.DRAFT:
        raise ChangedError
    if fields.get("commission_id") is not None:
        commission_known(writer, fields["commission_id"])
    values = checked(draft, fields, zone=zone, now=now)
    return events.set_fields(writer, draft, version=draft.version, **values)


def discard(writer: Writer, *, event_id: EventId) -> None:
    """Throw a draft away; nothing happens where it is gone or created."""
    events.remove_draft(writer, event_id)


def existing(reader: Reader, event_id: EventId) -> Event:
    """Get an event; raises GoneError where it is not there."""
    event = events.find(reader, event_id)
    if event is None:
        raise GoneError
    return event


def closed(event: Event, *, now: datetime) -> str | None:
    """Say why an event takes no answers, as TooLateError does; None while it takes them."""
    if event.status is EventStatus.CANCELLED:
        return "cancelled"
    if event.status is EventStatus.DRAFT or event.starts_at is None or event.starts_at <= now:
        return "started"
    return None


def commission_known(reader: Reader, commission_id: CommissionId) -> None:
    """Make sure that a commission is there; raises GoneError."""
    if commissions.find(reader, commission_id) is None:
        raise GoneError


def beside(reader: Reader, event: Event) -> list[Event]:
    """List the agenda's other events that overlap an event in time, soonest first."""
    if event.starts_at is None or event.ends_at is None:
        return []
    around = events.starting(reader, after=event.starts_at - timedelta(days=1), until=event.ends_at)
    return [
        other
        for other in around
        if other.id != event.id
        and other.starts_at is not None
        and other.ends_at is not None
        and other.starts_at < event.ends_at
        and other.ends_at > event.starts_at
    ]


def share(writer: Writer, *, event_id: EventId, officer_id: ResidentId, now: datetime) -> str:
    """Make a link's code that opens an event's card; each call makes another.

    Raises:
        GoneError: the event is not there.
        ChangedError: it is a draft.
    """
    event = existing(writer, event_id)
    if event.ends_at is None or event.status is EventStatus.DRAFT:
        raise ChangedError
    code = codes.new_link_code()
    codes.keep(
        writer,
        code,
        Purpose.EVENT,
        target_id=event_id,
        created_by=officer_id,
        expires_at=max(event.ends_at, now) + LINK_AFTER_END,
        uses=None,
    )
    return code


def invite(writer: Writer, *, event_id: EventId, now: datetime) -> str:
    """Make a link's code for somebody unknown who taps on an event; nothing is kept of them.

    Raises:
        GoneError: the event is not there.
        TooLateError: it takes no answers.
    """
    reason = closed(existing(writer, event_id), now=now)
    if reason is not None:
        raise TooLateError(reason)
    code = codes.new_link_code()
    codes.keep(
        writer,
        code,
        Purpose.EVENT,
        target_id=event_id,
        created_by=None,
        expires_at=now + TAPPED_LINK_LIFETIME,
        uses=None,
    )
    return code
