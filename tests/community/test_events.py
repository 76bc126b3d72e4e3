"""Drafting events: what is said is checked, what is not is asked, the clock's nights included."""

from collections.abc import Mapping
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from community import changes, events, welcome
from community.errors import ChangedError, GoneError, InvalidInputError, TooLateError
from community.events import FARTHEST, MOST_SEATS, REQUIRED, USUAL_LENGTH, schedule
from storage import events as rows_of
from storage.database import Database, Writer
from storage.events import Event, EventStatus
from storage.ids import CommissionId, EventId
from storage.residents import Resident
from tests.community.world import (
    DAY,
    HOUR,
    MINUTE,
    NOW,
    POLICY,
    ZONE,
    commission,
    draft,
    event,
    officer,
    rows,
    update,
)

SPRING, AUTUMN = date(2027, 3, 28), date(2027, 10, 31)
SATURDAY = date(2027, 3, 6)


async def _begun(database: Database, fields: Mapping[str, Any], *, now: datetime = NOW) -> Event:
    organizer = await database.write(officer)
    return await database.write(
        events.begin, organizer_id=organizer.id, fields=fields, zone=ZONE, now=now, cause=update()
    )


async def _filled(database: Database, event_id: EventId, **fields: object) -> Event:
    return await database.write(events.fill, event_id=event_id, fields=fields, zone=ZONE, now=NOW)


async def _refused(database: Database, event_id: EventId, **fields: object) -> tuple[str, str]:
    before = await database.read(rows)
    with pytest.raises(InvalidInputError) as refusal:
        await _filled(database, event_id, **fields)
    assert await database.read(rows) == before
    return refusal.value.field, refusal.value.reason


# ------------------------------------------------------------------------------------ schedule


def test_schedule_of_a_plain_afternoon_is_in_utc() -> None:
    planned = schedule(SATURDAY, time(14), time(16), ZONE)

    assert planned.starts_at == datetime(2027, 3, 6, 13, tzinfo=UTC)
    assert planned.ends_at == datetime(2027, 3, 6, 15, tzinfo=UTC)
    assert not planned.is_twofold


def test_schedule_without_an_end_lasts_two_hours() -> None:
    planned = schedule(SATURDAY, time(14), None, ZONE)

    assert planned.ends_at - planned.starts_at == USUAL_LENGTH


def test_schedule_over_midnight_ends_the_next_morning() -> None:
    planned = schedule(SATURDAY, time(22), time(1), ZONE)

    assert planned.ends_at - planned.starts_at == 3 * HOUR


@pytest.mark.parametrize(
    ("starts", "ends"), [(time(14), time(14)), (time(14), time(13, 59)), (time(2), time(2))]
)
def test_schedule_whose_end_is_not_after_its_start_is_refused(starts: time, ends: time) -> None:
    with pytest.raises(InvalidInputError) as refusal:
        schedule(SATURDAY, starts, ends, ZONE)

    assert (refusal.value.field, refusal.value.reason) == ("hours", "order")


@pytest.mark.parametrize(
    ("day", "starts", "ends"),
    [(SPRING, time(2, 30), None), (SPRING - timedelta(days=1), time(23), time(2, 30))],
)
def test_f19_hour_that_spring_skips_is_refused(day: date, starts: time, ends: time | None) -> None:
    with pytest.raises(InvalidInputError) as refusal:
        schedule(day, starts, ends, ZONE)

    assert (refusal.value.field, refusal.value.reason) == ("hours", "nonexistent")


def test_f19_hour_that_autumn_repeats_is_the_first_unless_the_second_is_said() -> None:
    first = schedule(AUTUMN, time(2, 30), None, ZONE)
    second = schedule(AUTUMN, time(2, 30), None, ZONE, fold=1)

    assert first.is_twofold
    assert first.starts_at == datetime(2027, 10, 31, 0, 30, tzinfo=UTC)
    assert second.starts_at - first.starts_at == HOUR


def test_f19_end_in_the_second_pass_follows_a_start_in_the_second_pass() -> None:
    planned = schedule(AUTUMN, time(2, 30), time(2, 45), ZONE, fold=1)

    assert planned.ends_at - planned.starts_at == 15 * MINUTE


def test_fold_means_nothing_on_a_plain_day() -> None:
    assert schedule(SATURDAY, time(14), time(16), ZONE, fold=1).fold == 0


@given(
    st.dates(date(2026, 1, 1), date(2030, 12, 31)),
    st.times(),
    st.none() | st.times(),
    st.sampled_from([0, 1]),
)
def test_schedule_ends_after_it_starts_or_is_refused(
    day: date, starts: time, ends: time | None, fold: int
) -> None:
    try:
        planned = schedule(day, starts, ends, ZONE, fold=fold)
    except InvalidInputError:
        return

    local = planned.starts_at.astimezone(ZONE)
    assert planned.starts_at < planned.ends_at <= planned.starts_at + DAY + HOUR
    assert (local.date(), local.time()) == (day, starts)


# -------------------------------------------------------------------------------------- drafts


async def test_draft_of_a_whole_sentence_lacks_nothing(database: Database) -> None:
    begun = await _begun(
        database,
        {
            "title": "Atelier cuisine",
            "day": SATURDAY,
            "starts": time(14),
            "location": "Espace Linné",
            "capacity": 12,
            "childcare": True,
        },
    )

    assert events.lacking(begun) == ()
    assert begun.status is EventStatus.DRAFT
    assert (begun.capacity, begun.childcare, begun.ends) == (12, True, time(16))


async def test_draft_of_nothing_lacks_all_that_is_required(database: Database) -> None:
    begun = await _begun(database, {})

    assert events.lacking(begun) == REQUIRED
    assert begun.starts_at is None


async def test_draft_begun_twice_by_one_update_is_begun_once(database: Database) -> None:
    organizer, cause = await database.write(officer), update()
    values: dict[str, Any] = {"organizer_id": organizer.id, "zone": ZONE, "cause": cause}
    fields = {"title": "Atelier", "childcare": True}
    first = await database.write(events.begin, fields=fields, **values, now=NOW)
    await _filled(database, first.id, title="Autre", location="Ici")
    before = await database.read(rows)

    again = await database.write(events.begin, fields=fields, **values, now=NOW + HOUR)

    assert again.title == "Autre"
    assert await database.read(rows) == before


@pytest.mark.parametrize(
    ("fields", "kept"),
    [
        ({"title": "x" * 81, "location": "Ici"}, {"title": None, "location": "Ici"}),
        ({"title": "\u200b", "capacity": 3}, {"title": None, "capacity": 3}),
        ({"capacity": 0, "title": "A"}, {"capacity": None, "title": "A"}),
        (
            {"day": date(2027, 2, 28), "starts": time(14)},
            {"day": None, "starts": time(14), "starts_at": None},
        ),
        (
            {"day": NOW.date(), "starts": time(9)},
            {"day": NOW.date(), "starts": None, "starts_at": None},
        ),
        (
            {"day": SPRING, "starts": time(2, 30)},
            {"day": SPRING, "starts": None, "starts_at": None},
        ),
        (
            {"day": SATURDAY, "starts": time(16), "ends": time(14)},
            {"day": SATURDAY, "starts": None, "ends": None},
        ),
        ({"commission_id": CommissionId(99), "title": "A"}, {"commission_id": None, "title": "A"}),
    ],
)
async def test_value_that_fails_is_left_to_be_asked_and_the_others_are_kept(
    database: Database, fields: Mapping[str, Any], kept: Mapping[str, Any]
) -> None:
    begun = await _begun(database, fields)

    assert {name: getattr(begun, name) for name in kept} == kept


async def test_fields_are_filled_one_by_one(database: Database) -> None:
    begun = await _begun(database, {})
    group = await database.write(commission, await database.write(officer))

    await _filled(database, begun.id, starts=time(14))
    await _filled(database, begun.id, ends=time(17))
    await _filled(database, begun.id, title=" Atelier\u202e ")
    await _filled(database, begun.id, commission_id=group.id)
    await _filled(database, begun.id, location="Ici")
    whole = await _filled(database, begun.id, day=SATURDAY)

    assert events.lacking(whole) == ()
    assert (whole.title, whole.commission_id) == ("Atelier", group.id)
    assert whole.starts_at == datetime(2027, 3, 6, 13, tzinfo=UTC)
    assert whole.ends_at == datetime(2027, 3, 6, 16, tzinfo=UTC)
    assert whole.version == begun.version


async def test_end_said_before_the_start_is_kept(database: Database) -> None:
    begun = await _begun(database, {"day": SATURDAY, "ends": time(17)})

    whole = await _filled(database, begun.id, starts=time(14))

    assert whole.ends == time(17)


async def test_new_start_without_an_end_lasts_the_usual_time(database: Database) -> None:
    begun = await _begun(database, {"day": SATURDAY, "starts": time(14), "ends": time(15)})

    moved = await _filled(database, begun.id, starts=time(18))

    assert moved.ends == time(20)


async def test_new_day_keeps_the_hours(database: Database) -> None:
    begun = await _begun(database, {"day": SATURDAY, "starts": time(14), "ends": time(17)})

    moved = await _filled(database, begun.id, day=SATURDAY + DAY)

    assert (moved.starts, moved.ends) == (time(14), time(17))


async def test_f19_which_of_an_hour_is_said_of_that_hour_only(database: Database) -> None:
    begun = await _begun(database, {"day": AUTUMN, "starts": time(2, 30)})

    second = await _filled(database, begun.id, fold=1)
    plain = await _filled(database, begun.id, day=AUTUMN + DAY)
    back = await _filled(database, begun.id, day=AUTUMN)

    assert (begun.fold, second.fold, plain.fold, back.fold) == (0, 1, 0, 0)
    assert begun.starts_at is not None
    assert second.starts_at == begun.starts_at + HOUR
    assert back.starts_at == begun.starts_at


@pytest.mark.parametrize(
    ("fields", "refusal"),
    [
        ({"title": ""}, ("title", "empty")),
        ({"title": "x" * 81}, ("title", "long")),
        ({"location": "😀" * 41}, ("location", "long")),
        ({"capacity": 0}, ("capacity", "range")),
        ({"capacity": MOST_SEATS + 1}, ("capacity", "range")),
        ({"capacity": -(10**12)}, ("capacity", "range")),
        ({"day": date(2027, 2, 28)}, ("day", "past")),
        ({"day": NOW.date() + FARTHEST + DAY}, ("day", "far")),
        ({"day": date(9999, 12, 31)}, ("day", "far")),
        ({"day": NOW.date(), "starts": time(13)}, ("hours", "past")),
        ({"day": SATURDAY, "starts": time(14), "ends": time(14)}, ("hours", "order")),
        ({"day": SPRING, "starts": time(2)}, ("hours", "nonexistent")),
    ],
)
async def test_bad_value_is_refused_by_name_and_changes_nothing(
    database: Database, fields: Mapping[str, Any], refusal: tuple[str, str]
) -> None:
    begun = await _begun(database, {"title": "A"})

    assert await _refused(database, begun.id, **fields) == refusal
    assert events.objection(begun, fields, zone=ZONE, now=NOW) is not None


async def test_good_value_meets_no_objection(database: Database) -> None:
    begun = await _begun(database, {})

    assert events.objection(begun, {"day": SATURDAY}, zone=ZONE, now=NOW) is None


async def test_unknown_commission_is_gone(database: Database) -> None:
    begun = await _begun(database, {})

    with pytest.raises(GoneError):
        await _filled(database, begun.id, commission_id=CommissionId(99))


async def test_event_of_the_agenda_is_filled_no_more(database: Database) -> None:
    created = await database.write(_created)

    with pytest.raises(ChangedError):
        await _filled(database, created.id, title="Autre")


def _created(writer: Writer) -> Event:
    return event(writer, officer(writer))


async def test_discarded_draft_is_gone_and_discarding_twice_is_as_once(database: Database) -> None:
    begun = await _begun(database, {})

    for _ in range(2):
        await database.write(events.discard, event_id=begun.id)

    with pytest.raises(GoneError):
        await _filled(database, begun.id, title="A")
    with pytest.raises(GoneError):
        await database.read(events.existing, begun.id)


async def test_event_of_the_agenda_is_not_discarded(database: Database) -> None:
    created = await database.write(_created)

    await database.write(events.discard, event_id=created.id)

    assert await database.read(rows_of.get, created.id) == created


# ------------------------------------------------------------------------------- beside, links


@pytest.mark.parametrize(
    ("begins", "is_beside"),
    [
        (-2 * HOUR, False),
        (-119 * MINUTE, True),
        (0 * HOUR, True),
        (119 * MINUTE, True),
        (2 * HOUR, False),
    ],
)
async def test_events_that_overlap_are_beside_one_another(
    database: Database, begins: timedelta, *, is_beside: bool
) -> None:
    organizer = await database.write(officer)
    one = await database.write(event, organizer, starts_at=NOW + 5 * DAY)
    other = await database.write(event, organizer, starts_at=NOW + 5 * DAY + begins)

    found = await database.read(events.beside, one)

    assert [near.id for near in found] == ([other.id] if is_beside else [])


async def test_drafts_and_cancelled_events_are_beside_nothing(database: Database) -> None:
    def scene(writer: Writer) -> tuple[Event, Event]:
        organizer = officer(writer)
        cancelled = event(writer, organizer)
        changes.cancel(writer, event_id=cancelled.id, now=NOW)
        return event(writer, organizer), draft(writer, organizer)

    one, begun = await database.write(scene)

    assert await database.read(events.beside, one) == []
    assert [near.id for near in await database.read(events.beside, begun)] == [one.id]


async def test_link_is_shared_of_events_of_the_agenda_only(database: Database) -> None:
    organizer: Resident = await database.write(officer)
    begun = await database.write(draft, organizer)
    created = await database.write(event, organizer)
    values: dict[str, Any] = {"officer_id": organizer.id, "now": NOW}

    with pytest.raises(ChangedError):
        await database.write(events.share, event_id=begun.id, **values)
    with pytest.raises(GoneError):
        await database.write(events.share, event_id=EventId(99), **values)
    codes = {await database.write(events.share, event_id=created.id, **values) for _ in range(2)}

    assert len(codes) == 2


async def test_invitation_to_an_event_names_nobody_and_ends(database: Database) -> None:
    created = await database.write(_created)
    code = await database.write(events.invite, event_id=created.id, now=NOW)

    promised = await database.read(welcome.promise, code, now=NOW)
    later = await database.read(welcome.promise, code, now=NOW + events.TAPPED_LINK_LIFETIME)

    (link,) = (await database.read(rows))["links"]
    assert promised.event_id == created.id
    assert later.event_id is None
    assert link[3] is None


async def test_invitation_to_an_event_that_takes_no_answers_is_refused(database: Database) -> None:
    created = await database.write(_created)
    begun = await database.write(_drafted)

    with pytest.raises(TooLateError):
        await database.write(events.invite, event_id=created.id, now=NOW + 6 * DAY)
    with pytest.raises(TooLateError):
        await database.write(events.invite, event_id=begun.id, now=NOW)
    with pytest.raises(GoneError):
        await database.write(events.invite, event_id=EventId(99), now=NOW)


def _drafted(writer: Writer) -> Event:
    return draft(writer, officer(writer))


async def test_closed_says_why_an_event_takes_no_answers(database: Database) -> None:
    created = await database.write(_created)
    begun = await database.write(_drafted)
    cancelled = await database.write(changes.cancel, event_id=created.id, now=NOW)

    assert events.closed(created, now=NOW) is None
    assert events.closed(created, now=NOW + 5 * DAY) == "started"
    assert events.closed(begun, now=NOW) == "started"
    assert events.closed(cancelled, now=NOW) == "cancelled"
    assert POLICY.zone is ZONE
