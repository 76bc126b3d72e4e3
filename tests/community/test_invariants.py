"""Whatever people do and in whatever order, what is promised holds (reliability.md §3).

A machine of Hypothesis plays residents, officers, the clock, crashes and repeated updates on one
database, and looks after each step at all rows with eyes of its own: no rule of the community
helps it to judge.
"""

import shutil
from collections.abc import Callable
from dataclasses import replace
from itertools import count
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from hypothesis.stateful import (
    run_state_machine_as_test,
)

from storage import residents as people
from storage.events import Event
from storage.ids import EventId, ResidentId
from storage.residents import Resident
from storage.rsvps import Answer, Guest, Rsvp, Standing
from tests.community.pictures import Picture
from tests.community.quarter import Quarter
from tests.community.rooms import Room, postgresql_room, sqlite_room
from tests.community.world import (
    MINUTE,
    NOW,
)


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
    _play(_files(sqlite_template, tmp_path), games=300, steps=50)


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
        offer_ends_at=None,
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
