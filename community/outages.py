"""When Telegram could not be heard: taps are lost, so people may have to tap again (F39).

A tap waits 150 s at Telegram, other updates 24 h (performance.md, limits). After a longer silence
with events open, the officers are told its exact length and offered one tap to tell those who were
invited.
"""

from datetime import UTC, datetime, timedelta

from community import notices
from community.notices import Kind
from community.residents import REPORT_LIFETIME
from storage import bookmarks, events, journal, residents, rsvps
from storage.database import Writer
from storage.ids import ResidentId

TAP_LIFE = timedelta(seconds=150)
"""Taps older than this never arrive."""
HEARD_EVERY = timedelta(seconds=30)
"""How often it is written down that Telegram was heard."""
LIFETIME = timedelta(hours=24)
_HEARD = "heard_at"


def heard(writer: Writer, *, now: datetime, was_listening: bool) -> bool:
    """Note that Telegram is heard; True where the silence before was long and officers are told.

    `was_listening`: no time was lost, whatever the clock says, because the clock itself was moved.
    """
    last = bookmarks.find(writer, _HEARD)
    bookmarks.put(writer, _HEARD, int(now.timestamp()))
    if last is None or was_listening:
        return False
    since = datetime.fromtimestamp(last, UTC)
    if now - since <= TAP_LIFE + HEARD_EVERY or not events.upcoming(writer, now=now, most=1):
        return False
    for officer in residents.team(writer):
        notices.owe(
            writer,
            Kind.OUTAGE_ALERT,
            key=f"gap:{last}:{officer.id}",
            chat_id=officer.chat_id,
            now=now,
            expires_at=now + REPORT_LIFETIME,
            resident_id=officer.id,
            facts={"since": last, "until": int(now.timestamp())},
        )
    return True


def tell(writer: Writer, *, since: int, until: int, officer_id: ResidentId, now: datetime) -> int:
    """Tell everybody with an open invitation of a silence, once; gives how many are told.

    `since` and `until` are seconds since 1970, as the alert gave them.
    """
    open_to = {
        resident.id: resident
        for event in events.upcoming(writer, now=now)
        for resident in rsvps.silent(writer, event.id)
        if resident.is_reachable
    }
    told = sum(
        notices.owe(
            writer,
            Kind.OUTAGE_NOTICE,
            key=f"gap:{since}:told:{resident.id}",
            chat_id=resident.chat_id,
            now=now,
            expires_at=now + LIFETIME,
            resident_id=resident.id,
            facts={"since": since, "until": until},
        )
        for resident in open_to.values()
    )
    if told:
        journal.add(writer, at=now, actor_id=officer_id, verb="tell", noun="outage")
    return told
