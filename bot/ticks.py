"""The table of ticks: what runs by the clock, how often, and which community action it is.

Truth is a row with a date: each tick looks for rows whose date has come and deals with all of them,
so a tick that is late or was missed loses nothing.
"""

from datetime import timedelta

from bot.clock import Tick
from community import broadcasts, changes, notices, reminders, rsvps
from handlers.premises import Services
from storage import bookmarks, holds, inbox, links, outbox, prompts
from storage.database import Database, Writer

SOON = timedelta(seconds=1)
OFTEN = timedelta(seconds=5)
HOURLY = timedelta(hours=1)
SCRUBBED_EVERY = timedelta(hours=23)
"""What a visitor wrote is out of the tables once it is answered, and out of the files within a day
(reliability.md §5), an hourly tick being late."""
INBOX_KEPT = timedelta(days=7)
"""An update's id is kept so long after it was handled (reliability.md §5)."""
_SCRUBBED = "scrubbed_at"
OUTBOX_KEPT = timedelta(days=90)
"""A message's key is kept so long after its end (reliability.md §5)."""


def table(services: Services) -> list[Tick]:
    """Give every tick of the house."""
    database, now, policy = services.database, services.now, services.premises.policy

    async def announce() -> None:
        await database.write(broadcasts.launch_due, now=now())
        await database.write(broadcasts.finish_done, now=now())

    async def change() -> None:
        await database.write(changes.cancel_decided, now=now())

    async def remind() -> None:
        while await database.write(reminders.fire_due, policy=policy, now=now()):
            continue

    async def seat() -> None:
        await database.write(rsvps.offer_everywhere, is_quiet=policy.is_quiet, now=now())

    async def expire() -> None:
        await database.write(notices.expire, now=now())

    async def tidy() -> None:
        await _tidy(services)

    return [
        Tick("announce", SOON, announce),
        Tick("change", SOON, change),
        Tick("remind", OFTEN, remind),
        Tick("seat", OFTEN, seat),
        Tick("expire", OFTEN, expire),
        Tick("tidy", HOURLY, tidy),
    ]


async def _tidy(services: Services) -> None:
    database: Database = services.database
    await database.write(_forget, services=services)
    now = int(services.now().timestamp())
    last = await database.read(bookmarks.find, _SCRUBBED)
    if last is not None and now - last >= SCRUBBED_EVERY.total_seconds():
        await database.scrub()
    elif last is not None:
        return
    await database.write(bookmarks.put, _SCRUBBED, now)


def _forget(writer: Writer, *, services: Services) -> None:
    """Delete what is kept no longer."""
    now = services.now()
    inbox.forget(writer, before=now - INBOX_KEPT)
    outbox.forget(writer, before=now - OUTBOX_KEPT)
    prompts.forget(writer, now=now)
    links.forget(writer, now=now)
    holds.forget(writer, now=now)
