"""Events as documents for the phone's own calendar, read by a parser that is not ours (R2, A5)."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import vobject

from handlers import ics
from sandbox import Person
from storage.events import EventStatus
from tests.handlers.answering import TITLE, change, invited
from tests.handlers.making import an_event
from tests.handlers.views.samples import EVENT
from tests.house import House
from tests.journeys.sending import cancel

PARIS = ZoneInfo("Europe/Paris")
NOW = datetime(2026, 11, 30, 9, tzinfo=UTC)
SUNDAY_OF_CHANGE = date(2027, 3, 28)


def _read(content: bytes) -> vobject.base.Component:
    return vobject.readOne(content.decode("utf-8"))


def _document(**fields: Any) -> vobject.base.Component:  # noqa: ANN401 - any field
    event = replace(EVENT, **fields)
    content = ics.document(event, host="palabre_bot", community="Roubaix", zone=PARIS, now=NOW)
    return _read(content)


async def _sent(
    house: House, person: Person, label: str = "🗓 Calendrier"
) -> vobject.base.Component:
    await house.tap(person, label)
    document = person.newest.body["document"]
    assert document["file_name"] == "Atelier-cuisine.ics"
    return _read(house.room.files.to_download(document["file_id"]).content)


async def test_who_comes_gets_the_event_for_their_calendar(house: House) -> None:
    event = await an_event(house)
    samira = await invited(house, "Samira", event)
    await house.tap(samira, "✅ Je viens")
    await house.tap(samira, "Non, moi")

    calendar = await _sent(house, samira)

    entry = calendar.vevent
    assert samira.newest.text == "🗓 Touchez le fichier. Le rendez-vous va dans votre calendrier."
    assert calendar.method.value == "PUBLISH"
    assert entry.summary.value == TITLE
    assert entry.location.value == "Espace Linné, Roubaix"
    assert entry.dtstart.value == event.starts_at
    assert entry.dtend.value == event.ends_at
    assert (entry.sequence.value, entry.status.value) == ("1", "CONFIRMED")


async def test_event_that_changed_and_was_cancelled_is_the_same_entry_brought_up_to_date(
    house: House,
) -> None:
    event = await an_event(house)
    samira = await invited(house, "Samira", event)
    await house.tap(samira, "✅ Je viens")
    await house.tap(samira, "Non, moi")
    first = await _sent(house, samira)
    changed = await change(house, event, location="Salle 2")
    second = await _sent(house, samira)
    await cancel(house, changed)
    await samira.sees("❌ ANNULÉ")

    third = await _sent(house, samira)

    entries = [one.vevent for one in (first, second, third)]
    assert len({entry.uid.value for entry in entries}) == 1
    assert [int(entry.sequence.value) for entry in entries][:2] == [1, 2]
    assert int(third.vevent.sequence.value) >= 2
    assert second.vevent.location.value == "Salle 2, Roubaix"
    assert [entry.status.value for entry in entries] == ["CONFIRMED", "CONFIRMED", "CANCELLED"]


@pytest.mark.parametrize(
    ("day", "starts", "utc_hour"),
    [
        (SUNDAY_OF_CHANGE - timedelta(days=1), time(14), 13),
        (SUNDAY_OF_CHANGE, time(14), 12),
        (date(2026, 10, 24), time(14), 12),
        (date(2026, 10, 25), time(14), 13),
    ],
)
def test_f17_wall_clock_is_kept_over_a_change_of_hour(
    day: date, starts: time, utc_hour: int
) -> None:
    starts_at = datetime.combine(day, starts, tzinfo=PARIS).astimezone(UTC)

    calendar = _document(day=day, starts=starts, starts_at=starts_at, ends_at=starts_at)

    start = calendar.vevent.dtstart
    assert calendar.vtimezone.tzid.value == "Europe/Paris"
    assert start.params["X-VOBJ-ORIGINAL-TZID"] == ["Europe/Paris"]
    assert start.value.replace(tzinfo=None) == datetime.combine(day, starts)
    assert start.value.astimezone(UTC).hour == utc_hour


@pytest.mark.parametrize(
    "title",
    ["Thé, gâteaux; et jeux\\", "اجتماع الأولياء", "👩‍👩‍👧 " * 20, "<b>gras</b>\nEND:VEVENT"],
)
def test_any_title_comes_through_whole(title: str) -> None:
    assert _document(title=title).vevent.summary.value == title


def test_cancelled_event_is_struck_out_and_one_without_a_place_has_none() -> None:
    entry = _document(status=EventStatus.CANCELLED, location=None).vevent

    assert entry.status.value == "CANCELLED"
    assert not hasattr(entry, "location")


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("Thé, gâteaux; et jeux", "Thé-gâteaux-et-jeux.ics"),
        ("../../etc/passwd", "etc-passwd.ics"),
        ("🍲", f"{EVENT.id}.ics"),
        ("a" * 120, "a" * ics.MOST_NAME + ".ics"),
    ],
)
def test_document_is_named_after_the_event(title: str, name: str) -> None:
    assert ics.file_name(replace(EVENT, title=title)) == name
