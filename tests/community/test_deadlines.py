"""How long an offer is kept: the nearer the start the shorter, and never into the night (R3)."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

import pytest

from community import rsvps
from storage.events import Event
from tests.community.world import POLICY, ZONE
from tests.handlers.views.samples import EVENT

SATURDAY = date(2026, 12, 5)


def _event(starts: time = time(14)) -> Event:
    starts_at = datetime.combine(SATURDAY, starts, tzinfo=ZONE).astimezone(UTC)
    return replace(EVENT, day=SATURDAY, starts=starts, starts_at=starts_at)


def _local(day: int, hour: int, minute: int = 0, second: int = 0) -> datetime:
    return datetime(2026, 12, day, hour, minute, second, tzinfo=ZONE).astimezone(UTC)


@pytest.mark.parametrize(
    ("now", "limit"),
    [
        (_local(1, 10), _local(2, 10)),
        (_local(2, 10, 1), _local(3, 10, 15)),
        (_local(2, 23, 59, 59), _local(4, 9)),
        (_local(3, 10), _local(3, 14)),
        (_local(3, 17), _local(4, 9)),
        (_local(4, 10), _local(4, 11)),
        (_local(4, 19, 30), _local(5, 9)),
        (_local(5, 13, 30), _local(5, 14)),
    ],
    ids=[
        "far: a day",
        "to the next quarter of an hour",
        "far, late: not in the night",
        "two days before: four hours",
        "two days before, late: the next morning",
        "the day before: an hour",
        "the day before, late: the next morning",
        "never after the start",
    ],
)
def test_offer_is_kept_for_less_time_the_nearer_the_start(now: datetime, limit: datetime) -> None:
    assert rsvps.answer_by(_event(), is_quiet=POLICY.is_quiet, now=now) == limit


@pytest.mark.parametrize(
    ("now", "is_day"),
    [
        (_local(4, 23, 59, 59), False),
        (_local(5, 0), True),
        (_local(5, 13), True),
        (_local(6, 0), True),
    ],
)
def test_day_of_an_event_is_that_of_its_place(now: datetime, *, is_day: bool) -> None:
    assert rsvps.is_day_of(_event(), now=now) is is_day


def test_offer_for_an_early_event_ends_with_its_start() -> None:
    early = _event(time(7))

    limit = rsvps.answer_by(early, is_quiet=POLICY.is_quiet, now=_local(4, 19, 30))

    assert early.starts_at is not None
    assert limit == early.starts_at
    assert limit - _local(4, 19, 30) < timedelta(hours=12)
