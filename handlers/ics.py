"""An event as calendars exchange them: iCalendar (https://www.rfc-editor.org/rfc/rfc5545)."""

import re
from datetime import datetime
from zoneinfo import ZoneInfo

import icalendar

from handlers.vtimezones import observances
from storage.events import Event, EventStatus

MOST_NAME = 40
"""Characters of a document's name that a phone shows whole."""


def document(event: Event, *, host: str, community: str, zone: ZoneInfo, now: datetime) -> bytes:
    """Give an event that has a start as an iCalendar document, in UTF-8.

    Its UID stays, and its SEQUENCE grows with each change, so a calendar that takes it a second
    time shows the event as it now is; a cancelled one is struck out.

    Args:
        event: the event.
        host: what makes the UID one of a kind: the bot's user name.
        community: who organises it, as people call it.
        zone: where the event takes place; a VTIMEZONE of it goes along.
        now: the present instant.
    """
    calendar = icalendar.Calendar()
    calendar.add("prodid", "-//Palabre//FR")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    entry = icalendar.Event()
    entry.add("uid", f"event-{event.id}@{host}")
    entry.add("sequence", event.version)
    entry.add("dtstamp", now)
    entry.add("summary", event.title or "")
    entry.add("status", "CANCELLED" if event.status is EventStatus.CANCELLED else "CONFIRMED")
    for name, instant in (("dtstart", event.starts_at), ("dtend", event.ends_at)):
        if instant is not None:
            entry.add(name, instant.astimezone(zone))
    if event.location is not None:
        entry.add("location", f"{event.location}, {community}")
    calendar.add_component(entry)
    if event.starts_at is not None:
        calendar.add_component(_zone_of(event.starts_at, zone))
    return bytes(calendar.to_ical())


def _zone_of(instant: datetime, zone: ZoneInfo) -> icalendar.Timezone:
    """Give a zone's rules as they hold around an instant."""
    told = icalendar.Timezone()
    told.add("tzid", zone.key)
    for one in observances(zone, instant.year - 1):
        kind = icalendar.TimezoneDaylight if one.is_summer else icalendar.TimezoneStandard
        part = kind()
        part.add("dtstart", one.begins)
        part.add("tzoffsetfrom", one.before)
        part.add("tzoffsetto", one.after)
        part.add("tzname", one.name)
        if one.rule is not None:
            part.add("rrule", one.rule)
        told.add_component(part)
    return told


def file_name(event: Event) -> str:
    """Give the document's name: the title's letters and digits."""
    words = re.findall(r"\w+", event.title or "")
    return f"{'-'.join(words)[:MOST_NAME] or event.id}.ics"
