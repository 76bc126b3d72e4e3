"""One field of an event as an officer types it: what it sets, or why it was not understood."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from community.reading import (
    Doubt,
    Reading,
    Reason,
    Vocabulary,
    read,
    read_day,
    read_hours,
    read_seats,
)
from community.reading import Field as Part
from community.texts import clean, folded
from handlers.buttons import Field
from handlers.context import Context
from handlers.words import vocabulary
from storage import commissions, events
from storage.commissions import Commission
from storage.database import Reader

FIELDS: Mapping[Part, Field] = {
    Part.TITLE: Field.TITLE,
    Part.DAY: Field.DAY,
    Part.STARTS: Field.HOURS,
    Part.ENDS: Field.HOURS,
    Part.LOCATION: Field.LOCATION,
    Part.CAPACITY: Field.CAPACITY,
    Part.CHILDCARE: Field.CHILDCARE,
    Part.COMMISSION: Field.COMMISSION,
}
"""Which field a doubt is about; a doubt about anything else is only told."""
LACKING: Mapping[str, Field] = {
    "title": Field.TITLE,
    "day": Field.DAY,
    "starts": Field.HOURS,
    "location": Field.LOCATION,
}
"""Which field asks for what community.events.REQUIRED names."""

Values = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Hearing:
    """What is needed to understand an officer: `now` is the wall clock, names as they are kept."""

    vocabulary: Vocabulary
    now: datetime
    commissions: Sequence[Commission]
    places: Sequence[str]


async def hearing(context: Context) -> Hearing:
    """Gather what is needed to understand the one who speaks."""
    known, places = await context.database.read(_names, context.now)
    local = context.now.astimezone(context.premises.zone)
    return Hearing(vocabulary(context.language), local, known, places)


def read_sentence(text: str, heard: Hearing) -> Reading:
    """Read a sentence into the parts of an event."""
    return read(
        text,
        heard.vocabulary,
        now=heard.now,
        commissions=[commission.name for commission in heard.commissions],
        places=heard.places,
    )


def told(reading: Reading, heard: Hearing) -> Values:
    """Give the values that a sentence tells, by their column."""
    values = {
        "title": reading.title,
        "day": reading.day,
        "starts": reading.starts,
        "ends": reading.ends,
        "location": reading.location,
        "capacity": reading.capacity,
        "childcare": reading.childcare,
        "commission_id": _commission_id(reading.commission or "", heard),
    }
    return {name: value for name, value in values.items() if value is not None}


def read_field(field: Field, text: str, heard: Hearing) -> Values | Doubt:
    """Read an answer about one field."""
    return _READERS[field](text, heard)


def _read_title(text: str, heard: Hearing) -> Values | Doubt:
    del heard
    return {"title": text}


def _read_location(text: str, heard: Hearing) -> Values | Doubt:
    del heard
    return {"location": text}


def _read_day(text: str, heard: Hearing) -> Values | Doubt:
    day = read_day(text, heard.vocabulary, now=heard.now)
    return day if isinstance(day, Doubt) else {"day": day, "fold": 0}


def _read_hours(text: str, heard: Hearing) -> Values | Doubt:
    hours = read_hours(text, heard.vocabulary)
    if isinstance(hours, Doubt):
        return hours
    starts, ends = hours
    return {"starts": starts, "ends": ends, "fold": 0}


def _read_capacity(text: str, heard: Hearing) -> Values | Doubt:
    seats = read_seats(text, heard.vocabulary)
    return seats if isinstance(seats, Doubt) else {"capacity": seats}


def _read_childcare(text: str, heard: Hearing) -> Values | Doubt:
    said = folded(text)
    for phrases, is_offered in ((heard.vocabulary.yes, True), (heard.vocabulary.no, False)):
        if said in map(folded, phrases):
            return {"childcare": is_offered}
    return Doubt(Part.CHILDCARE, clean(text), Reason.UNCLEAR)


def _read_commission(text: str, heard: Hearing) -> Values | Doubt:
    commission_id = _commission_id(text, heard)
    if commission_id is None:
        return Doubt(Part.COMMISSION, clean(text), Reason.UNKNOWN)
    return {"commission_id": commission_id}


_READERS: Mapping[Field, Callable[[str, Hearing], Values | Doubt]] = {
    Field.TITLE: _read_title,
    Field.DAY: _read_day,
    Field.HOURS: _read_hours,
    Field.LOCATION: _read_location,
    Field.CAPACITY: _read_capacity,
    Field.CHILDCARE: _read_childcare,
    Field.COMMISSION: _read_commission,
}


def _commission_id(name: str, heard: Hearing) -> int | None:
    ids = {folded(commission.name): commission.id for commission in heard.commissions}
    return ids.get(folded(name))


def _names(reader: Reader, now: datetime) -> tuple[list[Commission], list[str]]:
    """List the commissions, and the places of what is in the agenda."""
    places = {event.location for event in events.upcoming(reader, now=now)}
    return commissions.all_(reader), sorted(place for place in places if place is not None)
