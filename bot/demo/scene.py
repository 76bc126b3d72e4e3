"""What the tour sees: the bot's database, the phones, and the event that the story is about."""

from collections.abc import Iterator
from dataclasses import dataclass
from operator import attrgetter

from bot.demo.quarter import Cast
from bot.demo.sight import Sight
from community.notices import Kind
from handlers.words import languages, words_for
from sandbox import Message, Person, Room
from storage import commissions, events, outbox, residents, rsvps
from storage.commissions import Commission
from storage.events import Event, EventStatus
from storage.ids import EventId
from storage.outbox import Notice, OutboxState
from storage.residents import Resident
from storage.rsvps import Rsvp, Standing

LOOKED_AT = 2
"""A person looks at so many messages: the last that have changed."""


@dataclass(frozen=True, slots=True)
class Pointer:
    """Where to tap: a button or a text on a phone, or one of the page's own controls."""

    phone: int | None = None
    label: str | None = None
    say: str | None = None
    control: str | None = None


@dataclass(frozen=True, slots=True)
class Scene:
    """One look at the story; `since` is the last event that was there before it began."""

    sight: Sight
    room: Room
    cast: Cast
    language: str
    since: EventId

    def resident(self, person: Person) -> Resident | None:
        """Find what the bot knows about somebody."""
        return self.sight.look(residents.find_speaking, person.id)

    def story(self) -> Event | None:
        """Find the event that the tour has made, cancelled or not; None before."""
        karim = self.resident(self.cast.karim)
        if karim is None:
            return None
        made = [
            event
            for event in self.sight.look(events.organized, karim.id)
            if event.id > self.since and event.status is not EventStatus.DRAFT
        ]
        return max(made, key=attrgetter("id"), default=None)

    def commission(self) -> Commission:
        """Get the parents' commission, the first that was founded."""
        return self.sight.look(commissions.all_)[0]

    def belongs(self, person: Person) -> bool:
        """Whether somebody is in the parents' commission."""
        resident = self.resident(person)
        return resident is not None and self.commission() in self.sight.look(
            commissions.of_resident, resident.id
        )

    def rsvp(self, person: Person) -> Rsvp | None:
        """Find somebody's answer to the story's event."""
        resident, story = self.resident(person), self.story()
        if resident is None or story is None:
            return None
        return self.sight.look(rsvps.find, story.id, resident.id)

    def standing(self, person: Person) -> Standing | None:
        """Tell what somebody's answer holds; None while there is none."""
        rsvp = self.rsvp(person)
        return None if rsvp is None else rsvp.standing

    def notices(self, kind: Kind, person: Person | None = None) -> list[Notice]:
        """List the messages of a kind about the story's event, to somebody or to everybody."""
        story = self.story()
        return [
            notice
            for notice in self.sight.look(outbox.all_)
            if story is not None
            and (notice.kind, notice.event_id) == (kind, story.id)
            and person in (None, self._reader(notice))
        ]

    def was_told(self, kind: Kind, person: Person) -> bool:
        """Whether somebody has got a message of a kind about the story's event."""
        return any(one.state is OutboxState.SENT for one in self.notices(kind, person))

    def owes(self, person: Person) -> bool:
        """Whether anything is kept of a message to somebody, sent or not."""
        return any(one.chat_id == person.id for one in self.sight.look(outbox.all_))

    def _reader(self, notice: Notice) -> Person | None:
        return next((one for one in self.cast.phones if one.id == notice.chat_id), None)

    # Phones

    def label(self, person: Person, fragment: str) -> str | None:
        """Find the whole label that has a fragment, on what the person looks at; None: it is not.

        A fragment that is a key of the locales is looked for in every language.
        """
        wanted = list(_in_words(fragment))
        for message in _looked_at(person):
            for text in wanted:
                key = message.key(text)
                if key is not None:
                    return key.label
        return None


def _looked_at(person: Person) -> list[Message]:
    """List the messages that changed last, the very last first."""
    return sorted(person.received, key=attrgetter("changed"), reverse=True)[:LOOKED_AT]


def _in_words(fragment: str) -> Iterator[str]:
    """Give a key's texts, in each language; a text that is no key is itself."""
    for language in languages():
        words = words_for(language)
        yield words(fragment) if fragment in words.keys else fragment
