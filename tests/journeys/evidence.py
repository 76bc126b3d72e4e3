"""What people have seen, held against the database: who got what, how often, and is it true.

The ledger and the screens are the room's, so the bot cannot talk itself out of anything.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from itertools import pairwise

from sqlalchemy import select

from bot.desk import word_card
from community.notices import DELIVERY, Kind, Promise
from handlers.premises import Premises
from handlers.words import words_for
from sandbox import Call, Message, Person, Room
from sandbox.html import HtmlReader
from storage import cards, events, inbox, outbox, residents, rsvps
from storage.cards import CARDS, Card, CardKind
from storage.database import Reader
from storage.events import Event, EventStatus
from storage.ids import EventId, UpdateId
from storage.outbox import Notice, OutboxState
from storage.rsvps import Answer, Rsvp, Standing
from storage.statements import Look
from tests.journeys.invariants import all_events

WIDTH = 8
"""Sends in flight at most (reliability.md: W)."""
WORDS = words_for("fr")
_CARDS = Look(select(CARDS), Card)
_BEGINNINGS: Mapping[Kind, str] = {
    Kind.MOVED: WORDS("changes-moved"),
    Kind.CANCELLED: WORDS("changes-is-cancelled", title=""),
    Kind.NUDGE: WORDS("broadcasts-nudge"),
}
"""How the texts of some kinds begin; an announcement is known by its last button."""
_PARTY = range(1, 11)
_CLAIMS: Sequence[tuple[str, tuple[Answer, Standing]]] = (
    *(
        (WORDS("rsvps-confirmed", seats=party, guests=party - 1), (Answer.YES, Standing.CONFIRMED))
        for party in _PARTY
    ),
    (WORDS("rsvps-noted", name="|").partition("|")[0], (Answer.YES, Standing.CONFIRMED)),
    (WORDS("rsvps-waiting", position=0).partition("0")[0], (Answer.YES, Standing.WAITING)),
    *((WORDS("rsvps-offered", seats=party), (Answer.YES, Standing.OFFERED)) for party in _PARTY),
    (WORDS("rsvps-noted-maybe"), (Answer.MAYBE, Standing.NONE)),
    (WORDS("rsvps-noted-no"), (Answer.NO, Standing.NONE)),
    (WORDS("rsvps-thanks"), (Answer.NO, Standing.NONE)),
)
"""What a card says of a person's answer."""


@dataclass(frozen=True)
class Evidence:
    """The room as it stands; `kills` bound what may have come twice, or may not be known."""

    room: Room
    people: Sequence[Person]
    premises: Premises
    kills: int

    def against(self, reader: Reader) -> list[str]:
        """List where the database and what people saw disagree."""
        every = all_events(reader)
        notices = outbox.all_(reader)
        return [
            *self._confirmed(reader),
            *self._arrived(notices),
            *self._doubts(notices),
            *self._repeats(notices, every),
            *self._answers(reader, every),
            *self._counts(reader),
        ]

    def _confirmed(self, reader: Reader) -> Iterator[str]:
        """What Telegram was told to forget is kept (F06)."""
        known_since = self.room.clock.now() - timedelta(days=6)
        for call, following in pairwise(self.room.ledger.calls("getUpdates")):
            given = [int(update["update_id"]) for update in call.result or ()]
            is_confirmed = given and following.params.get("offset") == given[-1] + 1
            if is_confirmed and call.at > known_since:
                lost = [one for one in given if inbox.find(reader, UpdateId(one)) is None]
                yield from (f"update {one}: confirmed, and not kept" for one in lost)

    def _arrived(self, notices: Sequence[Notice]) -> Iterator[str]:
        """What is called sent stands in its chat."""
        for notice in notices:
            if notice.state is OutboxState.SENT:
                chat = self.room.chats[notice.chat_id]
                if notice.message_id is None or notice.message_id not in chat.messages:
                    yield f"{notice.dedupe_key}: called sent, and is not there"

    def _doubts(self, notices: Sequence[Notice]) -> Iterator[str]:
        """A kill leaves no more in doubt than was under way."""
        doubts = sum(notice.state is OutboxState.UNCERTAIN for notice in notices)
        if doubts > WIDTH * self.kills:
            yield f"{doubts} messages are uncertain after {self.kills} kills"

    def _repeats(self, notices: Sequence[Notice], every: Sequence[Event]) -> Iterator[str]:
        """At most once is never twice (D = 0); at least once is seldom twice."""
        titles = {event.id: event.title or "" for event in every}
        lasting = {person.id for person in self.people if not self._has_erased(person)}
        owed: Counter[tuple[object, ...]] = Counter()
        for notice in notices:
            if notice.state in {OutboxState.SENT, OutboxState.UNCERTAIN}:
                owed[
                    notice.chat_id,
                    notice.kind,
                    titles.get(notice.event_id) if notice.event_id else None,
                ] += 1
        repeats = 0
        for (chat_id, kind, title), number in self._sent(set(titles.values())).items():
            surplus = number - owed[chat_id, kind, title]
            if chat_id not in lasting or surplus <= 0:
                continue
            repeats += surplus
            if DELIVERY[kind].promise is Promise.AT_MOST_ONCE:
                yield f"{kind} of {title!r} to {chat_id}: {surplus} too many"
        if repeats > WIDTH * self.kills:
            yield f"{repeats} messages came twice after {self.kills} kills"

    def _sent(self, titles: set[str]) -> Counter[tuple[int, Kind, str]]:
        """Count by chat, kind and title what Telegram has executed."""
        sent: Counter[tuple[int, Kind, str]] = Counter()
        for call in self.room.ledger.calls("sendMessage"):
            kind = _kind_of(call) if call.executed else None
            if kind is not None and isinstance(call.chat_id, int):
                sent[call.chat_id, kind, _title_in(str(call.params["text"]), titles)] += 1
        return sent

    def _has_erased(self, person: Person) -> bool:
        erased = WORDS("privacy-erased").partition(".")[0]
        return any(
            erased in str(call.params.get("text", ""))
            for call in self.room.ledger.calls(chat=person.id)
        )

    def _answers(self, reader: Reader, every: Sequence[Event]) -> Iterator[str]:
        """The card that a person looked at last says what they have answered (I13)."""
        coming = [event for event in every if self._is_coming(event)]
        for person in self.people:
            resident = residents.find_speaking(reader, person.id)
            if resident is None or resident.unreachable_at is not None:
                continue
            for event in coming:
                card = self._newest_card(reader, person, event)
                rsvp = rsvps.find(reader, event.id, resident.id)
                if card is not None and _disagrees(card.text, rsvp):
                    yield f"event {event.id}, {rsvp}: {person.user.first_name} sees {card.text!r}"

    def _is_coming(self, event: Event) -> bool:
        has_begun = event.starts_at is None or event.starts_at <= self.room.clock.now()
        return event.status is EventStatus.SCHEDULED and not has_begun

    def _newest_card(self, reader: Reader, person: Person, event: Event) -> Message | None:
        messages = [
            person.private.messages[card.message_id]
            for card in cards.of_subject(reader, CardKind.EVENT, event.id)
            if card.chat_id == person.id and card.message_id in person.private.messages
        ]
        return max(messages, key=lambda message: message.changed, default=None)

    def _counts(self, reader: Reader) -> Iterator[str]:
        """A group's card shows the present counts."""
        for card in reader.all(_CARDS):
            event = events.find(reader, EventId(card.subject_id))
            if card.kind is not CardKind.GROUP or event is None or not self._is_coming(event):
                continue
            message = self.room.chats[card.chat_id].messages[card.message_id]
            view = word_card(reader, card, self.premises, self.room.clock.now()).view
            meant = HtmlReader(view.text).read()[0] if view is not None else message.text
            if message.text != meant:
                yield f"the group sees {message.text!r} instead of {meant!r}"


def _kind_of(call: Call) -> Kind | None:
    text = str(call.params.get("text", ""))
    for kind, beginning in _BEGINNINGS.items():
        if text.startswith(beginning):
            return kind
    keyboard = str(call.params.get("reply_markup") or "")
    return Kind.ANNOUNCEMENT if WORDS("broadcasts-fewer") in keyboard else None


def _title_in(text: str, titles: set[str]) -> str:
    """Find the title that a text is about: the longest, where one is part of another."""
    return max((title for title in titles if title in text), key=len, default="")


def _disagrees(text: str, rsvp: Rsvp | None) -> bool:
    """Whether a card claims an answer that is not the person's."""
    claims = {claim for fragment, claim in _CLAIMS if fragment in text}
    return bool(claims) and (rsvp is None or (rsvp.answer, rsvp.standing) not in claims)
