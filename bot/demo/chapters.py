"""What happens in the demonstration, chapter by chapter; each checks what it promises."""

from collections.abc import Awaitable, Callable, Sequence
from datetime import UTC, datetime, timedelta

from bot.demo.quarter import MONDAY, Quarter, words_of
from sandbox import Person
from storage import events, outbox, residents, rsvps
from storage.events import EventStatus
from storage.outbox import OutboxState

REMINDED_AT = datetime(2026, 12, 4, 17, 0, 5, tzinfo=UTC)
"""The day before the event, just after 18:00 in Roubaix."""


def _check(holds: object, promise: str) -> None:
    if not holds:
        raise AssertionError(promise)


async def _welcome(quarter: Quarter, person: Person) -> None:
    words = words_of(person)
    await quarter.say(person, "/start")
    await quarter.tap_label(person, words.name)
    await quarter.tap(person, "welcome-agree")
    await quarter.tap_label(person, person.user.first_name)


async def gather(quarter: Quarter) -> None:
    """An officer and three residents meet the bot, each in their own language."""
    karim = quarter.people.karim
    for person in (karim, *quarter.people.residents):
        await _welcome(quarter, person)
    known = await quarter.database.read(residents.count)
    _check(known == len(quarter.room.people), "everybody who agreed is known")

    quarter.step("The officer founds a commission, the residents join it")
    await quarter.say(karim, "/groupes")
    await quarter.tap(karim, "commissions-found")
    await quarter.say(karim, quarter.words("demo-commission"))
    for person in quarter.people.residents:
        await quarter.say(person, "/groupes")
        await quarter.tap_label(person, "Parents")


async def create(quarter: Quarter) -> None:
    """One sentence makes an event; nobody is told yet."""
    karim = quarter.people.karim
    draft = await quarter.say(karim, quarter.words("demo-sentence"))
    quarter.keep("journey", karim, draft)
    await quarter.tap(karim, "events-create")
    (event,) = await quarter.database.read(events.upcoming, now=MONDAY)
    _check((event.capacity, event.childcare) == (4, True), "the sentence was understood")


async def announce(quarter: Quarter) -> None:
    """The officer announces it: exact preview, a minute to take it back, or now."""
    karim = quarter.people.karim
    await quarter.tap(karim, "button-announce")
    await quarter.tap_label(karim, "Parents")
    await quarter.tap_label(karim, "📤")
    await quarter.tap(karim, "broadcasts-now")
    for person in quarter.people.residents:
        quarter.show(person, await person.sees(lambda message: message.key("✅") is not None))


async def answer(quarter: Quarter) -> None:
    """Residents answer in one tap; seats are never oversold."""
    samira, ana, yusuf = quarter.people.residents
    await quarter.tap(samira, "rsvps-yes")
    quarter.keep("journey", samira, await quarter.tap_label(samira, "+2"))
    await quarter.tap(ana, "rsvps-yes")
    await quarter.tap(yusuf, "rsvps-yes")
    event = await quarter.event()
    counts = await quarter.database.read(rsvps.counts, event.id)
    _check((counts.headcount, counts.waiting) == (4, 1), "four seats are taken, one party waits")

    quarter.step("A seat is given up: after ten minutes the next one gets an offer")
    await quarter.say(ana, "/inscriptions")
    await quarter.tap_label(ana, quarter.words("demo-title"))
    await quarter.tap(ana, "rsvps-leave")
    await quarter.move_to(quarter.room.clock.now() + timedelta(minutes=11))
    offer = await yusuf.sees(lambda message: message.key(words_of(yusuf)("rsvps-take")) is not None)
    quarter.show(yusuf, offer)
    quarter.keep("journey", yusuf, offer)
    await quarter.tap(yusuf, "rsvps-take")

    quarter.step("The officer sees who comes")
    karim = quarter.people.karim
    await quarter.say(karim, "/presences")
    await quarter.tap_label(karim, "📅")
    await quarter.tap(karim, "rsvps-see-names")


async def move(quarter: Quarter) -> None:
    """The officer moves it: everybody concerned is told, once."""
    karim = quarter.people.karim
    await quarter.say(karim, "/agenda")
    await quarter.tap_label(karim, "📅")
    await quarter.tap(karim, "rsvps-manage")
    await quarter.tap(karim, "changes-change")
    await quarter.tap_label(karim, "🕑")
    await quarter.say(karim, quarter.words("demo-hours"))
    await quarter.tap(karim, "changes-confirm-told")
    await quarter.move_to(quarter.room.clock.now() + timedelta(minutes=2))
    samira = quarter.people.samira
    quarter.show(samira, await samira.sees(words_of(samira)("changes-moved")))


async def remind(quarter: Quarter) -> None:
    """The day before, at 18:00, a reminder."""
    samira = quarter.people.samira
    glance = samira.glance()
    await quarter.move_to(REMINDED_AT)
    quarter.show(samira, await samira.sees("🔔", after=glance))


async def cancel(quarter: Quarter) -> None:
    """The officer cancels it: the last word that everybody gets."""
    karim = quarter.people.karim
    await quarter.say(karim, "/agenda")
    await quarter.tap_label(karim, "📅")
    await quarter.tap(karim, "rsvps-manage")
    await quarter.tap(karim, "changes-cancel")
    await quarter.say(karim, quarter.words("demo-reason"))
    await quarter.tap(karim, "changes-cancel-told")
    await quarter.tap(karim, "changes-cancel-now")
    samira = quarter.people.samira
    cancelled = words_of(samira)("changes-is-cancelled", title="")
    quarter.show(samira, await samira.sees(cancelled.strip()))
    _check((await quarter.event()).status is EventStatus.CANCELLED, "the event is cancelled")


async def erase(quarter: Quarter) -> None:
    """A resident asks for nonsense, then erases everything."""
    samira = quarter.people.samira
    await quarter.say(samira, quarter.words("demo-nonsense"))
    await quarter.say(samira, "/donnees")
    await quarter.tap(samira, "privacy-erase")
    await quarter.tap(samira, "privacy-erase-yes")
    receipt, _, _ = words_of(samira)("privacy-receipt", number="#").partition("#")
    quarter.show(samira, await samira.sees(receipt))
    await quarter.room.quiet()
    database = quarter.database
    gone = await database.read(residents.find_speaking, samira.id)
    _check(gone is None, "nothing is left of her")


async def settle(quarter: Quarter) -> None:
    """Every message has ended."""
    tally = await quarter.database.read(outbox.count)
    open_states = (OutboxState.PENDING, OutboxState.SENDING, OutboxState.UNCERTAIN)
    _check(not any(state in tally for state in open_states), f"every message has ended: {tally}")
    quarter.tell("    " + ", ".join(f"{number} {state}" for state, number in tally.items()))


CHAPTERS: Sequence[Callable[[Quarter], Awaitable[None]]] = (
    gather,
    create,
    announce,
    answer,
    move,
    remind,
    cancel,
    erase,
    settle,
)
