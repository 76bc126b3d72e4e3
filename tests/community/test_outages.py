"""Silences of Telegram's: who is told of them, and how often."""

from datetime import timedelta

import pytest

from community import broadcasts, outages, residents
from community.errors import GoneError
from community.notices import Kind
from storage.broadcasts import Audience
from storage.database import Database, Writer
from storage.events import Event
from storage.ids import UpdateId
from storage.outbox import Notice
from storage.residents import Resident
from tests.community.world import (
    HOUR,
    MINUTE,
    NOW,
    SECOND,
    event,
    officer,
    owed,
    resident,
    rows,
    say,
    sent,
    update,
)


async def silence(database: Database, gap: timedelta, *, last: bool = True) -> bool:
    """Hear Telegram before a gap and after it; `last`: the bot has lived through it."""
    await database.write(outages.heard, now=NOW - gap, last=NOW - gap)
    return await database.write(outages.heard, now=NOW, last=NOW - gap if last else None)


def with_event(writer: Writer) -> tuple[Resident, Event]:
    organizer = officer(writer)
    return organizer, event(writer, organizer)


def announce(writer: Writer, organizer: Resident, gathering: Event) -> None:
    """Tell everybody of an event; all of it arrives."""
    draft = broadcasts.draft(
        writer,
        author_id=organizer.id,
        event_id=gathering.id,
        audience=Audience.EVERYONE,
        commission_id=None,
        cause=update(),
        now=NOW,
    )
    broadcasts.hold(writer, broadcast_id=draft.id, hold_for=timedelta(), again=True, now=NOW)
    broadcasts.hurry(writer, broadcast_id=draft.id, now=NOW)
    broadcasts.launch_due(writer, now=NOW)
    sent(writer)


async def alerts(database: Database) -> list[Notice]:
    return await database.read(owed, Kind.OUTAGE_ALERT)


async def test_f39_first_hearing_ever_is_no_silence(database: Database) -> None:
    await database.write(with_event)

    assert not await database.write(outages.heard, now=NOW, last=None)


@pytest.mark.parametrize("lives", [True, False], ids=["lived through", "restarted"])
async def test_f39_silence_longer_than_a_tap_lives_alerts_each_officer_with_its_length(
    database: Database, *, lives: bool
) -> None:
    organizer, _ = await database.write(with_event)
    gap = outages.TAP_LIFE + SECOND

    assert await silence(database, gap, last=lives)

    (alert,) = await alerts(database)
    assert alert.resident_id == organizer.id
    assert alert.facts == {
        "since": int((NOW - gap).timestamp()),
        "until": int(NOW.timestamp()),
    }


async def test_f39_silence_no_longer_than_a_tap_lives_alerts_nobody(database: Database) -> None:
    await database.write(with_event)

    assert not await silence(database, outages.TAP_LIFE)
    assert await alerts(database) == []


async def test_f39_silence_without_events_alerts_nobody(database: Database) -> None:
    await database.write(officer)

    assert not await silence(database, HOUR)


async def test_f39_what_was_written_down_counts_only_after_a_start(database: Database) -> None:
    await database.write(with_event)
    await database.write(outages.heard, now=NOW - HOUR, last=NOW - HOUR)

    assert not await database.write(outages.heard, now=NOW, last=NOW - MINUTE)


async def test_f39_those_who_were_invited_and_are_silent_are_told_once(
    database: Database,
) -> None:
    organizer, gathering = await database.write(with_event)
    invited, answered, paused = [await database.write(resident, number) for number in (1, 2, 3)]
    await database.write(announce, organizer, gathering)
    await database.write(say, gathering.id, answered.id)
    await database.write(residents.pause, resident_id=paused.id, now=NOW)
    await silence(database, HOUR)
    (alert,) = await alerts(database)

    told = [
        await database.write(outages.tell, **alert.facts, officer_id=organizer.id, now=NOW)
        for _ in range(2)
    ]

    notices = await database.read(owed, Kind.OUTAGE_NOTICE)
    assert invited.id in {one.resident_id for one in notices}
    assert not {answered.id, paused.id} & {one.resident_id for one in notices}
    assert told == [len(notices), 0]


async def test_f57_silence_that_no_alert_spoke_of_is_told_to_nobody(database: Database) -> None:
    organizer, gathering = await database.write(with_event)
    other = await database.write(officer, 901)
    await database.write(resident, 1)
    await database.write(announce, organizer, gathering)
    before = await database.read(rows)

    for author in (organizer, other):
        with pytest.raises(GoneError):
            await database.write(outages.tell, since=0, until=10**17, officer_id=author.id, now=NOW)

    assert await database.read(rows) == before


async def test_f39_one_recap_stands_for_all_that_was_written_before_it(database: Database) -> None:
    person = await database.write(resident, 1)

    async def late(written_at: timedelta, number: int, now: timedelta) -> bool:
        return await database.write(
            outages.recap,
            resident=person,
            written_at=NOW + written_at,
            cause=UpdateId(number),
            now=NOW + now,
        )

    owes = [
        await late(-2 * HOUR, 1, timedelta()),
        await late(-2 * HOUR, 1, SECOND),
        await late(-HOUR, 2, SECOND),
        await late(HOUR, 3, 3 * HOUR),
    ]

    assert owes == [True, False, False, True]
