"""What the tour promises, held against the database and the phones."""

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.demo.scene import Scene
from bot.demo.tables import picture
from community.notices import Kind
from handlers.words import words_for
from sandbox import Room
from storage import commissions, events, outbox, reminders, residents, rsvps
from storage.outbox import OutboxState
from storage.rsvps import Standing

ZONE = ZoneInfo("Europe/Paris")
A_MINUTE = timedelta(minutes=1)
THE_EVE = "1d@18:00"
OPEN = {OutboxState.PENDING, OutboxState.SENDING, OutboxState.UNCERTAIN}


def check(holds: object, promise: str) -> None:
    """Go on where a promise holds; raises AssertionError, which says it, where it does not."""
    if not holds:
        raise AssertionError(promise)


def check_seats(scene: Scene, room: Room) -> None:
    """No event has more people than seats."""
    now = room.clock.now()
    for event in scene.sight.look(events.upcoming, now=now):
        taken = scene.sight.look(rsvps.seats, event.id, now=now).taken
        check(
            event.capacity is None or taken <= event.capacity,
            f"event {event.id} has {taken} people on {event.capacity} seats",
        )


def check_announced(scene: Scene) -> None:
    """Each of the parents has got the card, once, and nobody else."""
    told = [one.chat_id for one in scene.notices(Kind.ANNOUNCEMENT)]
    karim = scene.cast.karim
    check(len(told) == len(set(told)), "nobody is told of an event twice")
    check(karim.id not in told, "only the parents are told")
    commission = scene.commission()
    count = scene.sight.look(commissions.count_reachable, commission.id)
    check(len(told) == count, f"all {count} parents are told, not {len(told)}")


def check_reminded(scene: Scene) -> None:
    """Who comes was reminded once, when it was due: the day before, that is at 18:00."""
    story, samira = scene.story(), scene.cast.samira
    told = scene.notices(Kind.REMINDER, samira)
    check(len(told) == 1, f"one reminder, not {len(told)}")
    planned = [] if story is None else scene.sight.look(reminders.of_event, story.id)
    sent_at = told[0].finished_at
    due = [one for one in planned if sent_at is not None and _is_on_time(one.due_at, sent_at)]
    check(due, f"reminded when it is due, not at {sent_at}")
    if story is not None and story.day is not None and due[0].lead_time == THE_EVE:
        eve = datetime.combine(story.day - timedelta(days=1), time(18), tzinfo=ZONE)
        check(due[0].due_at == eve, f"reminded at 18:00 on the day before, not at {due[0].due_at}")


def _is_on_time(due_at: datetime, sent_at: datetime) -> bool:
    return due_at <= sent_at < due_at + A_MINUTE


def check_cancelled(scene: Scene) -> None:
    """Everybody concerned reads once that the event is cancelled, and nobody else does."""
    story, cast = scene.story(), scene.cast
    title = story.title if story is not None and story.title is not None else ""
    for person in cast.phones:
        is_concerned = scene.standing(person) not in {None, Standing.NONE}
        resident = scene.resident(person)
        words = words_for(resident.language if resident is not None else scene.language)
        line = words("changes-is-cancelled", title=title)
        read = [one for one in person.received if one.text.startswith(line) and not one.edits]
        check(
            len(read) == int(is_concerned),
            f"{person.user.first_name} is told of the cancellation {len(read)} times",
        )


def check_erased(scene: Scene) -> None:
    """Nothing is left of who erased, in any table."""
    samira = scene.cast.samira
    check(scene.sight.look(residents.find_speaking, samira.id) is None, "she is unknown")
    with scene.sight.still() as connection:
        seen = picture(connection)
    for table in seen.tables:
        for row in seen.rows_of(table).values():
            left = [
                value for value in row if value == samira.id or samira.user.first_name in str(value)
            ]
            check(not left, f"something is left of her in {table}")


def check_ended(scene: Scene) -> str:
    """Every message has ended one way or the other; gives how, in one line."""
    tally = scene.sight.look(outbox.count)
    check(not OPEN & tally.keys(), f"every message has ended: {tally}")
    return ", ".join(f"{number} {state}" for state, number in sorted(tally.items()))
