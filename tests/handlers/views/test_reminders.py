"""Reminders as pure screens: how soon an event is, on the wall clock of its readers."""

from dataclasses import replace
from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

import pytest

from community.reading.instants import to_instant
from community.rsvps import Place
from handlers.views.reminders import one, several, soon
from handlers.views.rsvps import Onlooker
from handlers.words import languages, words_for
from storage.rsvps import Answer, Standing
from tests.handlers.views.rules import check
from tests.handlers.views.samples import EVENT, MARKUP, PARENTS, RSVP, SAMIRA

PARIS = ZoneInfo("Europe/Paris")


def at(text: str) -> datetime:
    """Give an instant that the wall clock in Roubaix shows."""
    return datetime.fromisoformat(text).replace(tzinfo=PARIS).astimezone(UTC)


@pytest.mark.parametrize(
    ("now", "told"),
    [
        ("2026-11-28T18:00", "Dans 7 jours"),
        ("2026-12-03T23:59", "Dans 2 jours"),
        ("2026-12-04T00:01", "Demain"),
        ("2026-12-04T18:00", "Demain"),
        ("2026-12-05T08:00", "Aujourd'hui"),
        ("2026-12-05T10:59", "Aujourd'hui"),
        ("2026-12-05T11:00", "Dans 3 heures"),
        ("2026-12-05T12:02", "Dans 2 heures"),
        ("2026-12-05T12:30", "Dans 1 h 30"),
        ("2026-12-05T13:04", "Dans 1 heure"),
        ("2026-12-05T13:30", "Dans 30 minutes"),
        ("2026-12-05T13:59", "Dans 5 minutes"),
    ],
)
def test_soon_says_how_near_an_event_is(now: str, told: str) -> None:
    assert soon(words_for("fr"), EVENT, now=at(now), zone=PARIS) == told


def test_soon_counts_days_of_the_calendar_over_a_change_of_clocks_f17() -> None:
    sunday = date(2027, 3, 28)
    starts_at = to_instant(sunday, time(10), PARIS)
    event = replace(EVENT, day=sunday, starts=time(10), starts_at=starts_at)

    assert soon(words_for("fr"), event, now=at("2027-03-27T18:00"), zone=PARIS) == "Demain"


@pytest.mark.parametrize("language", languages())
@pytest.mark.parametrize("answer", [Answer.YES, Answer.MAYBE])
def test_reminder_keeps_the_rules_of_the_screen(language: str, answer: Answer) -> None:
    standing = Standing.CONFIRMED if answer is Answer.YES else Standing.NONE
    event = replace(EVENT, title=MARKUP)
    place = Place(event, replace(RSVP, answer=answer, standing=standing), 4, None)
    now = at("2026-12-04T18:00")
    reader = Onlooker(SAMIRA, PARENTS, "Roubaix", now, is_reminded=True)

    view = check(one(words_for(language), place, reader, zone=PARIS))

    assert MARKUP not in view.text
    assert "📅" in view.text.splitlines()[1]


@pytest.mark.parametrize("language", languages())
def test_reminder_of_several_keeps_the_rules_of_the_screen(language: str) -> None:
    now = at("2026-12-04T18:00")

    view = check(several(words_for(language), [EVENT] * 9, now=now, zone=PARIS))

    assert len(view.text.splitlines()) == 8
