"""How a story is told: people act in words that they see, and every message sent is counted."""

from collections import Counter
from datetime import datetime, timedelta

from sandbox import Message, Person
from sandbox.ledger import Call
from sandbox.taps import Answer
from storage import broadcasts, cards, events, outbox
from storage.database import Reader
from storage.events import Event
from storage.ids import EventId
from storage.outbox import OutboxState
from tests.house import House

SENTENCE = "Atelier cuisine samedi 14h espace Linné 12 places garde parents"
TITLE = "Atelier cuisine"
CLOSED = {OutboxState.SENT, OutboxState.CANCELLED, OutboxState.EXPIRED, OutboxState.SKIPPED}
"""Where a message may end while nothing is broken."""


OPEN = {OutboxState.PENDING, OutboxState.SENDING}
A_SECOND = timedelta(seconds=1)
MOST_SECONDS = 40


class Tale:
    """A story in a house: what each person taps and types is counted, and what each is sent."""

    def __init__(self, house: House) -> None:
        self.house = house
        self.taps: Counter[str] = Counter()
        self.sentences: Counter[str] = Counter()
        self._told = 0

    async def tap(self, person: Person, label: str, message: Message | None = None) -> Answer:
        """Have a person tap the button that contains a label; gives what Telegram showed."""
        self.taps[person.user.first_name] += 1
        answer: Answer = await self.house.tap(person, label, message)
        return answer

    async def say(self, person: Person, text: str) -> None:
        """Have a person write."""
        self.sentences[person.user.first_name] += 1
        await self.house.say(person, text)

    async def tap_all(self, person: Person, *labels: str) -> None:
        """Have a person tap one button after the other."""
        for label in labels:
            await self.tap(person, label)

    async def pass_by(self, **duration: float) -> None:
        """Let time pass, and the bot do all that is due."""
        await self.move_to(self.house.now() + timedelta(**duration))

    async def move_to(self, instant: datetime) -> None:
        """Let time pass up to an instant, then second by second until nothing is due any more."""
        await self.house.move_to(instant)
        await self.house.rest()
        for _ in range(MOST_SECONDS):
            if not await self.house.read(_is_busy, self.house.now()):
                return
            await self.house.advance(A_SECOND)
            await self.house.rest()
        raise AssertionError(f"still busy after {MOST_SECONDS} s")

    async def gather(self, *names: str, language: str = "Français") -> list[Person]:
        """Bring people in who agreed and are in no commission."""
        return [await self.house.join(name, language=language) for name in names]

    async def found(self, text: str) -> None:
        """Have Karim, who is known, found a commission."""
        await self.say(self.house.karim, "/groupes")
        await self.tap(self.house.karim, "➕ Nouveau groupe")
        await self.say(self.house.karim, text)

    async def enter(self, name: str, *people: Person) -> None:
        """Have people enter a commission."""
        for person in people:
            await self.say(person, "/groupes")
            await self.tap(person, name)

    async def create(self, sentence: str = SENTENCE) -> Event:
        """Have Karim create an event from one sentence; gives it."""
        await self.say(self.house.karim, sentence)
        await self.tap(self.house.karim, "✅ Créer")
        return (await self.house.read(events.upcoming, now=self.house.now()))[-1]

    async def announce(self, whom: str) -> None:
        """Have Karim announce the event that he has before him, at once."""
        await self.tap_all(self.house.karim, "📣 Annoncer", whom, "📤 Envoyer", "⚡ Maintenant")
        await self.pass_by(seconds=5)

    def sent(self) -> dict[str, int]:
        """Count what was sent since this was last asked, by whom it went to; edits are not."""
        fresh = self.house.room.ledger.calls()[self._told :]
        self._told += len(fresh)
        return dict(Counter(self._name(call) for call in fresh if _sends(call)))

    async def event(self, number: int = 1) -> Event:
        """Get an event by its number, counted from 1."""
        return await self.house.read(events.get, EventId(number))

    async def has_ended_well(self) -> bool:
        """Whether nothing is owed any more, and nothing failed or is uncertain."""
        return set(await self.house.read(outbox.count)) <= CLOSED

    def _name(self, call: Call) -> str:
        room, chat_id = self.house.room, int(call.chat_id or 0)
        if chat_id in room.people:
            return room.people[chat_id].user.first_name
        return next(group.title for group in room.groups if group.id == chat_id)


def _is_busy(reader: Reader, now: datetime) -> bool:
    """Whether a message or an edit is due, or an announcement has not ended."""
    owed = (one for one in outbox.all_(reader) if one.state in OPEN and one.not_before <= now)
    return any(owed) or bool(cards.stale(reader, now=now, most=1) or broadcasts.sending(reader))


def _sends(call: Call) -> bool:
    is_message = call.method.startswith("send") and call.method != "sendChatAction"
    return is_message and call.ok


def shown(message: Message) -> tuple[str, list[list[str]]]:
    """Give what a person sees of a message: its text with its entities, and its keyboard."""
    marks = "".join(f"{one['type']}{one['offset']}+{one['length']}" for one in message.entities)
    return message.text + marks, [
        [f"{key.label}{key.callback_data}{key.url}" for key in row] for row in message.rows
    ]
