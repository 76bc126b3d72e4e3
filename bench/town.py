"""A town that taps: the sandbox and its people in a process of their own.

So bots of any make are measured from outside. `python -m bench.town '{…}'` prints where Telegram is
and which messages stand there, then obeys one line at a time: `{"for_s": 6, "under_way": 300,
"wants_edit": true}` has so many people tap at any time for so long and prints what came back; the
end of its input ends it. Everybody has a card of one of the events, and each event a card in a
group. Taps carry our buttons; the other bots read them too.
"""

import asyncio
import itertools
import json
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass, field

import uvloop

from bench.arms.answers import ANSWERS
from bench.seed import FIRST_PERSON
from handlers.buttons import AnswerEvent
from sandbox import Message, Person, Room, Server
from sandbox.chats import Member
from storage.ids import EventId
from storage.rsvps import Answer

PATIENCE_S = 20.0
LABELS = ("✅ Je viens", "❌ Je ne viens pas", "🤔 Peut-être", "🧭 Y aller", "❓", "🏠 Accueil")
TEXT = "🏘 Atelier cuisine n° 1\n📅 Samedi 5 décembre  🕑 14 h - 16 h\n📍 Espace Linné"
CARD = {
    "text": TEXT,
    "entities": [{"type": "bold", "offset": 3, "length": 20}],
    "reply_markup": {
        "inline_keyboard": [
            [
                {"text": label, "callback_data": f"1ra:{number}:maybe:1"}
                for number, label in enumerate(LABELS[at : at + 2])
            ]
            for at in range(0, len(LABELS), 2)
        ]
    },
}
"""A card as big as the bots' own, so that a bot that edits none gets updates of the same size."""


@dataclass(slots=True)
class Phone:
    """A person, their card, and what they answer next."""

    person: Person
    card: Message
    event_id: EventId
    answers: Iterator[str] = field(default_factory=lambda: itertools.cycle(ANSWERS))

    async def tap(self, *, wants_edit: bool) -> float:
        """Answer otherwise than before; gives the seconds until the tap was answered."""
        edits, chat = self.card.edits, self.person.chat
        button = AnswerEvent(self.event_id, Answer(next(self.answers)), 1)
        began = time.perf_counter()
        await self.person.tap_data(button.pack(), self.card).answered(PATIENCE_S)
        waited = time.perf_counter() - began
        while wants_edit and self.card.edits == edits:
            assert await chat.signal.wait(PATIENCE_S), "the card was not edited"
        return waited


class Town:
    """The people, and the groups' cards."""

    def __init__(self, room: Room, people: int, events: int) -> None:
        self.phones = [_phone(room, number, events) for number in range(1, people + 1)]
        self.cards = [_group_card(room, number) for number in range(1, events + 1)]
        self._turns = itertools.cycle(self.phones)

    async def live(self, for_s: float, under_way: int, *, wants_edit: bool) -> dict[str, float]:
        """Tap for so long; gives taps a second, waits, and edits of the groups' cards a second."""
        waits: list[float] = []
        edits = sum(card.edits for card in self.cards)
        began = time.perf_counter()

        async def go_on() -> None:
            while time.perf_counter() - began < for_s:
                waits.append(await next(self._turns).tap(wants_edit=wants_edit))

        await asyncio.gather(*(go_on() for _ in range(under_way)))
        took = time.perf_counter() - began
        edits = sum(card.edits for card in self.cards) - edits
        return {
            "taps": len(waits),
            "per_s": len(waits) / took,
            "p50_ms": sorted(waits)[len(waits) // 2] * 1_000,
            "group_edits_per_s": edits / took,
        }


def _phone(room: Room, number: int, events: int) -> Phone:
    person = room.person("Inès", language_code="fr", id=FIRST_PERSON + number)
    person.private.started = True
    card = room.post(person.private, room.bot, dict(CARD), by_bot=True)
    return Phone(person, card, EventId((number - 1) % events + 1))


def _group_card(room: Room, number: int) -> Message:
    group = room.group(f"Groupe {number}")
    group.room_chat.members[room.bot.id] = Member(room.bot, "member")
    return room.post(group.chat, room.bot, dict(CARD), by_bot=True)


async def serve(people: int, events: int, latency_s: float) -> None:
    """Print where everything is, then obey until the input ends."""
    room = Room()
    room.ledger.limit(0)
    room.latency_seconds = latency_s
    town = Town(room, people, events)
    async with Server(room) as server:
        say(
            token=room.token,
            api_url=server.api_url,
            people=[[phone.card.chat_id, phone.card.id] for phone in town.phones],
            groups=[[card.chat_id, card.id] for card in town.cards],
        )
        while line := await asyncio.to_thread(sys.stdin.readline):
            say(**await town.live(**json.loads(line)))


def say(**told: object) -> None:
    """Print a line of JSON."""
    sys.stdout.write(json.dumps(told) + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    uvloop.run(serve(**json.loads(sys.argv[1])))
