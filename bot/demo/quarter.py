"""The quarter in the room: its people with their phones, its group chat, its posters.

The room lives in memory, the database may be kept. So who comes back to a kept quarter finds empty
phones, and everything that the bot knows; the clock and all numbers go on from where they were.
"""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from bot.demo import plan as plans
from bot.demo.plan import COMMISSIONS, GRACE, KARIM, MONDAY, NOUR, PARENTS, SAMIRA, Plan
from bot.demo.seed import ON_POSTERS, Place
from bot.demo.sight import Sight
from handlers.words import words_for
from sandbox import Group, Person, Room
from sandbox.chats import Member
from storage import bookmarks, inbox

LINK = "https://t.me/{}?start={}"
_LATEST = (
    "SELECT max(received_at) FROM inbox",
    "SELECT max(at) FROM journal",
    "SELECT max(finished_at) FROM outbox",
)
_LAST_MESSAGE = (
    "SELECT max(id) FROM (SELECT max(message_id) AS id FROM outbox"
    " UNION SELECT max(message_id) FROM cards)"
)
_RESIDENTS = "SELECT telegram_id, first_name, language FROM residents"
_HEARD = "heard_at"
_FAR_FROM_ALL_BEFORE = 1_000


@dataclass(frozen=True, slots=True)
class Poster:
    """A sheet on a wall: its title, and the payload of its link."""

    title: str
    payload: str


@dataclass(frozen=True, slots=True)
class Cast:
    """Those of the quarter who have a part in the tour, and where they meet."""

    karim: Person
    samira: Person
    nour: Person
    grace: Person
    group: Group
    posters: tuple[Poster, ...]

    @property
    def phones(self) -> tuple[Person, ...]:
        """Whose phones are open from the start."""
        return self.karim, self.samira, self.nour, self.grace

    @property
    def place(self) -> Place:
        """The parents' group chat."""
        (link,) = self.group.room_chat.links
        return Place(self.group.id, link)


def furnish(room: Room, plan: Plan, *, language: str, seed: int) -> Cast:
    """Bring the quarter's people and its group into a room; none of them has a history there."""
    people = {one.telegram_id: _known(room, one) for one in plan.known}
    samira = room.person("Samira", language_code="fr", id=SAMIRA)
    words = words_for(language)
    group = room.group(words("demo-group"), supergroup=True, owner=people[KARIM])
    for parent in (people[one.telegram_id] for one in plan.known if PARENTS in one.commissions):
        group.room_chat.members[parent.id] = Member(parent.user)
    group.add_bot(people[KARIM])
    group.invite_link()
    # What Telegram told of all this was heard long ago.
    room.updates.clear()
    posters = tuple(
        Poster(words(key), plans.poster_code(seed, key))
        for key in (COMMISSIONS[PARENTS], *ON_POSTERS)
    )
    return Cast(people[KARIM], samira, people[NOUR], people[GRACE], group, posters)


def _known(room: Room, one: plans.Neighbour) -> Person:
    """Bring in somebody who has pressed START long ago."""
    person = room.person(one.first_name, language_code=one.language, id=one.telegram_id)
    person.private.started = True
    return person


def come_back(room: Room, sight: Sight, cast: Cast, stopped_at: datetime | None) -> None:
    """Have a room go on where a kept database stopped, and its clock, as far as that is known."""
    for telegram_id, first_name, language in sight.rows(_RESIDENTS):
        if telegram_id not in room.people:
            room.person(first_name, language_code=language, id=telegram_id)
        room.people[telegram_id].private.started = True
    instants = (_last_instant(sight), stopped_at or MONDAY, room.clock.now())
    room.clock.to(max(instants))
    offset = sight.look(inbox.poll_offset)
    if offset is not None:
        room.updates.restart_ids(offset)
    last = _last_message(sight)
    room.number_from(last + _FAR_FROM_ALL_BEFORE)
    cast.group.room_chat.last_id += last + _FAR_FROM_ALL_BEFORE


def quarter(cast: Cast, room: Room, *, language: str) -> dict[str, object]:
    """Tell the page who lives there, as its `quarter` event wants it."""
    return {
        "title": words_for(language)("demo-quarter"),
        "officer": cast.karim.id,
        "phones": [person.id for person in cast.phones],
        "groups": [cast.group.id],
        "posters": [
            {
                "title": poster.title,
                "link": LINK.format(room.bot.username, poster.payload),
                "payload": poster.payload,
            }
            for poster in cast.posters
        ],
    }


def _last_instant(sight: Sight) -> datetime:
    """Find the last instant at which anything was written."""
    told = [value for sql in _LATEST for (value,) in sight.rows(sql) if value is not None]
    instants = [datetime.fromisoformat(one) for one in told]
    heard = sight.look(bookmarks.find, _HEARD)
    if heard is not None:
        instants.append(datetime.fromtimestamp(heard, UTC))
    return max([MONDAY, *instants]) + timedelta(seconds=1)


def _last_message(sight: Sight) -> int:
    ((last,),) = sight.rows(_LAST_MESSAGE)
    return last or 0
