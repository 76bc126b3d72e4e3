"""The bot's main job before your eyes, without a token: the real bot in a room with people in it.

A script moves the people and the clock; the bot, its database and HTTP are real, Telegram is the
sandbox's. Everything lives in a folder that goes away at the end.
"""

import asyncio
import secrets
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from bot.app import House, live, standing
from bot.settings import Settings
from handlers.words import Words, words_for
from sandbox import Message, Person, Room, Server
from storage import events, outbox, residents, rsvps
from storage.events import EventStatus
from storage.ids import EventId
from storage.outbox import OutboxState

MONDAY = datetime(2026, 11, 30, 9, 0, tzinfo=UTC)
"""When the story begins; its event is on Saturday the 5th of December."""
OFFICER_ID = 500_001
THOUGHT = timedelta(seconds=5)
"""What a person takes between two acts, so that no chat is faster than Telegram allows."""
PACE = 1000
"""Messages a second: nobody watches the gate here."""


@dataclass(frozen=True, slots=True)
class Quarter:
    """The room with the bot in it, and where the story is told."""

    room: Room
    house: House
    words: Words
    tell: Callable[[str], None]

    def step(self, title: str) -> None:
        """Tell what happens next."""
        self.tell(f"\n▶ {title}")

    def show(self, person: Person, message: Message) -> None:
        """Tell what a person's phone shows."""
        name = person.user.first_name
        self.tell("\n".join(f"    {name:>7} │ {line}" for line in message.text.splitlines()))
        for row in message.rows:
            self.tell(f"    {'':>7} │ " + "  ".join(f"[{key.label}]" for key in row))

    async def tap(self, person: Person, key: str) -> Message:
        """Have a person tap the button of a locale's key; gives what their phone shows then."""
        return await self.tap_label(person, words_for(_language(person))(key))

    async def tap_label(self, person: Person, label: str) -> Message:
        """Have a person tap the button that contains a label; gives what their phone shows then."""
        await person.sees(lambda message: message.key(label) is not None)
        self.tell(f"    {person.user.first_name:>7} ▸ [{label}]")
        return await self._act(person, lambda: person.tap(label))

    async def say(self, person: Person, text: str) -> Message:
        """Have a person write; gives what their phone shows then."""
        self.tell(f"    {person.user.first_name:>7} ▸ {text}")
        return await self._act(person, lambda: person.say(text))

    async def move_to(self, instant: datetime) -> None:
        """Move the quarter's clock, and let the bot do what is due."""
        local = instant.astimezone(self.house.services.premises.zone)
        self.tell(f"    {'clock':>7} ▸ {local:%A %d %B %H:%M}")
        await self.room.move_to(instant)
        await self.house.ticks.run_due()
        await self.room.quiet()

    async def _act(self, person: Person, act: Callable[[], object]) -> Message:
        await self.room.advance(THOUGHT)
        glance = person.glance()
        act()
        message = await person.sees(lambda _: True, after=glance)
        await self.room.quiet()
        message = person.find(lambda _: True, after=glance)
        self.show(person, message)
        return message


async def play(tell: Callable[[str], None], language: str = "fr") -> None:
    """Play the journey and check it at each step.

    Raises:
        AssertionError: something did not happen as promised; it says what a phone showed instead.
    """
    async with _quarter(tell, language) as quarter:
        for chapter in (_gather, _create, _announce, _answer, _move, _remind, _cancel, _erase):
            await chapter(quarter)
        await _settle(quarter)


@asynccontextmanager
async def _quarter(tell: Callable[[str], None], language: str) -> AsyncIterator[Quarter]:
    """Give a bot that lives in a room, on a database that goes away at the end."""
    token = f"{7_000_000_000 + secrets.randbelow(10**6)}:{secrets.token_urlsafe(26)}"
    room = Room(token=token, start=MONDAY)
    stop = asyncio.Event()
    with TemporaryDirectory(prefix="palabre-demo-") as folder:
        async with Server(room) as server:
            settings = _settings(room, server, Path(folder))
            async with standing(settings, room.clock) as house:
                life = asyncio.create_task(live(house, stop))
                try:
                    yield Quarter(room, house, words_for(language), tell)
                finally:
                    stop.set()
                    await life


def _settings(room: Room, server: Server, folder: Path) -> Settings:
    values = {
        "telegram": {"token": room.token, "api_url": server.api_url},
        "database": {"url": f"sqlite:///{folder / 'palabre.db'}"},
        "community": {"name": "Roubaix", "contact_phone": "03 20 00 00 00"},
        "people": {"admins": [OFFICER_ID]},
        "limits": {"messages_per_second": PACE, "messages_per_minute_group": PACE},
    }
    return Settings.model_validate(values, context={"folder": folder})


def _language(person: Person) -> str:
    return person.user.language_code or "fr"


def _check(holds: object, promise: str) -> None:
    if not holds:
        raise AssertionError(promise)


async def _welcome(quarter: Quarter, person: Person) -> None:
    words = words_for(_language(person))
    await quarter.say(person, "/start")
    await quarter.tap_label(person, words.name)
    await quarter.tap(person, "welcome-agree")
    await quarter.tap_label(person, person.user.first_name)


async def _gather(quarter: Quarter) -> None:
    quarter.step("An officer and three residents meet the bot, each in their own language")
    karim = quarter.room.person("Karim", language_code=quarter.words.language, id=OFFICER_ID)
    for person in (karim, *_residents(quarter.room)):
        await _welcome(quarter, person)
    known = await quarter.house.services.database.read(residents.count)
    _check(known == len(quarter.room.people), "everybody who agreed is known")

    quarter.step("The officer founds a commission, the residents join it")
    await quarter.say(karim, "/groupes")
    await quarter.tap(karim, "commissions-found")
    await quarter.say(karim, quarter.words("demo-commission"))
    for person in _residents(quarter.room):
        await quarter.say(person, "/groupes")
        await quarter.tap_label(person, "Parents")


async def _create(quarter: Quarter) -> None:
    quarter.step("One sentence makes an event; nobody is told yet")
    karim = _officer(quarter.room)
    await quarter.say(karim, quarter.words("demo-sentence"))
    await quarter.tap(karim, "events-create")
    (event,) = await quarter.house.services.database.read(events.upcoming, now=MONDAY)
    _check((event.capacity, event.childcare) == (4, True), "the sentence was understood")


async def _announce(quarter: Quarter) -> None:
    quarter.step("The officer announces it: exact preview, a minute to take it back, or now")
    karim = _officer(quarter.room)
    await quarter.tap(karim, "button-announce")
    await quarter.tap_label(karim, "Parents")
    await quarter.tap_label(karim, "📤")
    await quarter.tap(karim, "broadcasts-now")
    for person in _residents(quarter.room):
        quarter.show(person, await person.sees(lambda message: message.key("✅") is not None))


async def _answer(quarter: Quarter) -> None:
    quarter.step("Residents answer in one tap; seats are never oversold")
    samira, ana, yusuf = _residents(quarter.room)
    await quarter.tap(samira, "rsvps-yes")
    await quarter.tap_label(samira, "+2")
    await quarter.tap(ana, "rsvps-yes")
    await quarter.tap(yusuf, "rsvps-yes")
    event = await _event(quarter)
    counts = await quarter.house.services.database.read(rsvps.counts, event.id)
    _check((counts.headcount, counts.waiting) == (4, 1), "four seats are taken, one party waits")

    quarter.step("A seat is given up: after ten minutes the next one gets an offer")
    await quarter.say(ana, "/inscriptions")
    await quarter.tap_label(ana, "Atelier cuisine")
    await quarter.tap(ana, "rsvps-leave")
    await quarter.move_to(quarter.room.clock.now() + timedelta(minutes=11))
    quarter.show(yusuf, await yusuf.sees(lambda message: message.key("✅ Je prends") is not None))
    await quarter.tap(yusuf, "rsvps-take")

    quarter.step("The officer sees who comes")
    karim = _officer(quarter.room)
    await quarter.say(karim, "/presences")
    await quarter.tap_label(karim, "📅")
    await quarter.tap(karim, "rsvps-see-names")


async def _move(quarter: Quarter) -> None:
    quarter.step("The officer moves it: everybody concerned is told, once")
    karim = _officer(quarter.room)
    await quarter.say(karim, "/agenda")
    await quarter.tap_label(karim, "📅")
    await quarter.tap(karim, "rsvps-manage")
    await quarter.tap(karim, "changes-change")
    await quarter.tap_label(karim, "🕑")
    await quarter.say(karim, quarter.words("demo-hours"))
    await quarter.tap(karim, "changes-confirm-told")
    await quarter.move_to(quarter.room.clock.now() + timedelta(minutes=2))
    samira = _residents(quarter.room)[0]
    quarter.show(samira, await samira.sees(words_for("fr")("changes-moved")))


async def _remind(quarter: Quarter) -> None:
    quarter.step("The day before, at 18:00, a reminder")
    samira = _residents(quarter.room)[0]
    glance = samira.glance()
    await quarter.move_to(datetime(2026, 12, 4, 17, 0, 5, tzinfo=UTC))
    quarter.show(samira, await samira.sees("🔔", after=glance))


async def _cancel(quarter: Quarter) -> None:
    quarter.step("The officer cancels it: the last word that everybody gets")
    karim = _officer(quarter.room)
    await quarter.say(karim, "/agenda")
    await quarter.tap_label(karim, "📅")
    await quarter.tap(karim, "rsvps-manage")
    await quarter.tap(karim, "changes-cancel")
    await quarter.say(karim, quarter.words("demo-reason"))
    await quarter.tap(karim, "changes-cancel-told")
    await quarter.tap(karim, "changes-cancel-now")
    samira = _residents(quarter.room)[0]
    cancelled = words_for("fr")("changes-is-cancelled", title="")
    quarter.show(samira, await samira.sees(cancelled.strip()))
    _check((await _event(quarter)).status is EventStatus.CANCELLED, "the event is cancelled")


async def _erase(quarter: Quarter) -> None:
    quarter.step("A resident asks for nonsense, then erases everything")
    samira = _residents(quarter.room)[0]
    await quarter.say(samira, quarter.words("demo-nonsense"))
    await quarter.say(samira, "/donnees")
    await quarter.tap(samira, "privacy-erase")
    await quarter.tap(samira, "privacy-erase-yes")
    receipt, _, _ = words_for("fr")("privacy-receipt", number="#").partition("#")
    quarter.show(samira, await samira.sees(receipt))
    await quarter.room.quiet()
    database = quarter.house.services.database
    gone = await database.read(residents.find_speaking, samira.id)
    _check(gone is None, "nothing is left of her")


async def _settle(quarter: Quarter) -> None:
    tally = await quarter.house.services.database.read(outbox.count)
    open_states = (OutboxState.PENDING, OutboxState.SENDING, OutboxState.UNCERTAIN)
    _check(not any(state in tally for state in open_states), f"every message has ended: {tally}")
    quarter.step(
        "Everything happened as promised: "
        + ", ".join(f"{number} {state}" for state, number in tally.items())
    )


async def _event(quarter: Quarter) -> events.Event:
    """Get the one event of the story."""
    return await quarter.house.services.database.read(events.get, EventId(1))


def _officer(room: Room) -> Person:
    return room.people[OFFICER_ID]


def _residents(room: Room) -> tuple[Person, Person, Person]:
    """Give Samira, Ana and Yusuf, whom the first call brings in."""
    known = [person for person in room.people.values() if person.id != OFFICER_ID]
    if not known:
        known = [
            room.person("Samira", language_code="fr"),
            room.person("Ana", language_code="en"),
            room.person("Yusuf", language_code="fr"),
        ]
    first, second, third = known
    return first, second, third
