"""When Telegram could not be heard: taps are lost, so people may have to tap again (F39).

A tap waits 150 s at Telegram, other updates 24 h (performance.md, limits). After a longer silence
with events open, the officers are told its exact length and offered one tap to tell those who were
invited. What people wrote meanwhile is done, and one message to each stands for all the answers.
"""

from datetime import UTC, datetime, timedelta

from community import notices, team
from community.errors import GoneError
from community.notices import Kind
from storage import bookmarks, events, journal, outbox, rsvps
from storage.database import Writer
from storage.ids import ResidentId, UpdateId
from storage.residents import Resident

TAP_LIFE = timedelta(seconds=150)
"""Taps older than this never arrive."""
HEARD_EVERY = timedelta(seconds=30)
"""How often it is written down that Telegram was heard."""
LIFETIME = timedelta(hours=24)
_HEARD = "heard_at"


def heard(writer: Writer, *, now: datetime, last: datetime | None) -> bool:
    """Note that Telegram is heard; True where the silence before was long and officers are told.

    `last` is when it was last heard; None after a start, when what was written down counts.
    """
    kept = bookmarks.find(writer, _HEARD)
    bookmarks.put(writer, _HEARD, int(now.timestamp()))
    since = kept if last is None else int(last.timestamp())
    if since is None or now - datetime.fromtimestamp(since, UTC) <= TAP_LIFE:
        return False
    if not events.upcoming(writer, now=now, most=1):
        return False
    until = int(now.timestamp())
    key = _alert(since, until)
    team.tell(writer, Kind.OUTAGE_ALERT, key=key, now=now, since=since, until=until)
    return True


def tell(writer: Writer, *, since: int, until: int, officer_id: ResidentId, now: datetime) -> int:
    """Tell everybody with an open invitation of a silence, once; gives how many are told.

    `since` and `until` are seconds since 1970, as the alert gave them.

    Raises:
        GoneError: this officer was never alerted to such a silence.
    """
    alert = f"{_alert(since, until)}:{officer_id}"
    if all(one.dedupe_key != alert for one in outbox.of_resident(writer, officer_id)):
        raise GoneError
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


def recap(
    writer: Writer, *, resident: Resident, written_at: datetime, cause: UpdateId, now: datetime
) -> bool:
    """Owe a person one message in place of an answer that comes too late to what they wrote.

    False where one that is newer than what they wrote is owed, or sent, already.
    """
    for notice in outbox.of_resident(writer, resident.id):
        if notice.kind == Kind.RECAP and notice.not_before > written_at:
            return False
    return notices.owe(
        writer,
        Kind.RECAP,
        key=f"recap:{resident.id}:{cause}",
        chat_id=resident.chat_id,
        now=now,
        expires_at=now + LIFETIME,
        resident_id=resident.id,
    )


def _alert(since: int, until: int) -> str:
    """Give the key of the alert to the officers, which also proves that there was one."""
    return f"gap:{since}:{until}"
