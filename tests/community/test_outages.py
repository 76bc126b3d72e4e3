"""When Telegram could not be heard, those who may have tapped in vain are told, once (F39)."""

from community import broadcasts, outages
from community.notices import Kind
from storage import bookmarks, outbox
from storage.broadcasts import Audience
from storage.database import Database, Reader, Writer
from storage.residents import Resident
from tests.community.world import (
    DAY,
    HOLD,
    HOUR,
    MINUTE,
    NOW,
    event,
    officer,
    owed,
    resident,
    say,
    sent,
    update,
)


async def test_f39_long_silence_is_told_to_officers_and_then_to_the_invited_once(
    database: Database,
) -> None:
    def scene(writer: Writer) -> tuple[Resident, Resident]:
        organizer, invited = officer(writer), resident(writer, 1)
        gathering = event(writer, organizer)
        begun = broadcasts.draft(
            writer,
            author_id=organizer.id,
            event_id=gathering.id,
            audience=Audience.EVERYONE,
            commission_id=None,
            cause=update(),
            now=NOW,
        )
        broadcasts.hold(writer, broadcast_id=begun.id, hold_for=HOLD, again=False, now=NOW)
        broadcasts.hurry(writer, broadcast_id=begun.id, now=NOW)
        sent(writer)
        say(writer, gathering.id, organizer.id)
        return organizer, invited

    organizer, invited = await database.write(scene)
    since, until = int(NOW.timestamp()), int((NOW + HOUR).timestamp())
    heard = [
        await database.write(outages.heard, now=now, was_listening=False)
        for now in (NOW, NOW + MINUTE, NOW + HOUR + MINUTE, NOW + HOUR + 2 * MINUTE)
    ]
    told = [
        await database.write(
            outages.tell, since=since, until=until, officer_id=organizer.id, now=NOW + 2 * HOUR
        )
        for _ in range(2)
    ]

    alerts = await database.read(owed, Kind.OUTAGE_ALERT)
    notes = await database.read(owed, Kind.OUTAGE_NOTICE)
    assert heard == [False, False, True, False]
    assert told == [1, 0]
    assert [one.resident_id for one in alerts] == [organizer.id]
    assert [one.resident_id for one in notes] == [invited.id]
    assert await database.read(_heard_at) == int((NOW + HOUR + 2 * MINUTE).timestamp())


async def test_f39_silence_without_an_event_to_come_troubles_nobody(database: Database) -> None:
    await database.write(officer)

    heard = [
        await database.write(outages.heard, now=now, was_listening=False)
        for now in (NOW, NOW + DAY)
    ]

    assert heard == [False, False]
    assert not await database.read(outbox.all_)


def _heard_at(reader: Reader) -> int | None:
    return bookmarks.find(reader, "heard_at")


async def test_clock_that_was_moved_is_no_silence(database: Database) -> None:
    def scene(writer: Writer) -> None:
        event(writer, officer(writer))

    await database.write(scene)
    await database.write(outages.heard, now=NOW, was_listening=False)

    heard = await database.write(outages.heard, now=NOW + DAY, was_listening=True)

    assert not heard
    assert not await database.read(outbox.all_)
