"""Announcements to a thousand, on the real bot, when something goes wrong on the way.

Each person gets one at most, and what nobody can know is counted (reliability.md §1.1, K7).
"""

from datetime import timedelta

from sandbox import Fault, Message, cut, status
from sandbox.ledger import Call
from storage import broadcasts
from storage.broadcasts import Broadcast, BroadcastStatus
from storage.events import Event
from storage.outbox import OutboxState
from storage.residents import Role
from tests.handlers.making import an_event
from tests.house import House, open_house
from tests.journeys.households import (
    SLOW,
    bare_room,
    inhabited,
    officer,
    settle,
    strangers,
    unreachable,
)
from tests.journeys.sending import (
    announce,
    arrived,
    at_rest,
    bulk_hold,
    ended,
    eventually,
    holds_in,
    notices,
    owed,
    sends,
    states_in,
)

TITLE = "Atelier cuisine"
CROWD = 1000
SECOND = timedelta(seconds=1)
HOUR = timedelta(hours=1)


async def broadcasts_of(house: House, event: Event) -> list[Broadcast]:
    found: list[Broadcast] = await house.read(broadcasts.of_event, event.id)
    return found


def announced(house: House) -> list[Call]:
    """List the requests to send an announcement."""
    return [call for call in sends(house) if TITLE in call.params["text"]]


async def counted(house: House) -> bool:
    """Let the seconds' tick close what has ended."""
    await house.advance(2 * SECOND)
    return True


# ------------------------------------------------------------------------------------------ F26


async def test_f26_hour_of_silence_outlives_a_restart_and_is_told_to_the_officer(
    sqlite_url: str,
) -> None:
    async with bare_room(sqlite_url, limits=dict(SLOW)) as (room, server, settings):
        async with inhabited(room, server, settings) as house:
            event = await an_event(house, capacity=None)
            people = await settle(house, 20)
            flood = Fault(
                status(429, retry_after=3600), method="sendMessage", chat=people[3].id, times=1
            )
            card = await announce(house, event, flood)
            await eventually(house, lambda: bulk_hold(house), "a silence")
            await at_rest(house)
            refused = next(call.at for call in sends(house, people[3].id))
            before = len(announced(house))
        await room.advance(10 * SECOND)

        async with inhabited(room, server, settings) as house:
            await house.advance(timedelta(minutes=55))
            await at_rest(house)
            silent = len(announced(house)) - before
            await house.karim.sees("⏸ reprise à 11:0")
            await house.advance(timedelta(minutes=5))
            await ended(house)
            await counted(house)
            await house.karim.sees("✅ 21 reçus")

        assert silent == 0
        assert before < 20
        assert sends(house, people[3].id)[1].at >= refused + HOUR
        assert card.text.startswith("✅ 21 reçus")
        assert set(arrived(house, TITLE).values()) == {1}


async def test_f26_shorter_silence_does_not_replace_a_longer_one(house: House) -> None:
    first, second = await settle(house, 2)
    faults = [
        Fault(status(429, retry_after=pause), method="sendMessage", chat=person.id, times=1)
        for person, pause in ((first, 3600), (second, 5))
    ]

    await announce(house, await an_event(house), *faults)
    await house.room.until(lambda: all(fault.struck for fault in faults))
    await at_rest(house)

    hold = await bulk_hold(house)
    assert hold is not None
    assert hold.until > house.now() + timedelta(minutes=59)


# ------------------------------------------------------------------------------------------ F30


async def test_f30_one_unknown_chat_is_a_person_who_left(house: House) -> None:
    await officer(house)
    people = [person.id for person in await settle(house, 5)]
    (lost,) = await strangers(house, 1)

    await announce(house, await an_event(house))
    await ended(house)

    assert await unreachable(house, [*people, lost]) == [lost]
    assert await owed(house) == {OutboxState.SENT: 6, OutboxState.SKIPPED: 1}
    assert len(arrived(house, TITLE)) == len(people) + 1


async def test_f30_wrong_database_pauses_the_broadcast_and_marks_nobody(sqlite_url: str) -> None:
    async with open_house(sqlite_url, limits=dict(SLOW)) as house:
        await officer(house)
        lost = await strangers(house, CROWD)
        event = await an_event(house, capacity=None)

        await announce(house, event)
        alert = await house.karim.sees("Mauvais jeton ou base ?")
        await at_rest(house)
        asked = len([call for call in sends(house) if not call.executed])
        await house.karim.sees("⏸ reprise à 11:0")
        await house.advance(30 * timedelta(minutes=1))
        await at_rest(house)

        assert alert.text.startswith("⚠️")
        assert await unreachable(house, lost) == []
        assert 20 <= asked <= 20 + 8
        assert len([call for call in sends(house) if not call.executed]) == asked
        states = await owed(house, "announcement")
        assert states[OutboxState.SENT] == 1
        assert states[OutboxState.PENDING] + states[OutboxState.SKIPPED] == CROWD
        assert states[OutboxState.SKIPPED] < 8, "in flight beside the one who was reached"


async def test_f30_many_unknown_chats_among_known_ones_are_a_mistake_too(
    sqlite_url: str,
) -> None:
    async with open_house(sqlite_url, limits=dict(SLOW)) as house:
        await officer(house)
        lost = []
        for group in range(30):
            lost += await strangers(house, 2, start=group * 2)
            await settle(house, 3)

        await announce(house, await an_event(house, capacity=None))
        await house.karim.sees("Mauvais jeton ou base ?")
        await at_rest(house)

        assert await unreachable(house, lost) == []
        assert await bulk_hold(house) is not None
        assert OutboxState.SENDING not in await owed(house)


async def test_f30_messages_in_doubt_at_a_stop_are_owed_and_never_uncertain(
    sqlite_url: str,
) -> None:
    async with bare_room(sqlite_url, limits=dict(SLOW)) as (room, server, settings):
        async with inhabited(room, server, settings) as house:
            await officer(house)
            lost = await strangers(house, 5)
            await announce(house, await an_event(house), Fault(cut(), chat=house.karim.id))
            await house.room.until(lambda: {call.chat_id for call in sends(house)} >= set(lost))
            await at_rest(house)

        async with inhabited(room, server, settings) as house:
            await at_rest(house)
            doubted = [one for one in await notices(house) if one.chat_id in lost]

            assert {one.state for one in doubted} == {OutboxState.PENDING}
            assert len(sends(house)) == len(lost) + 2
            assert await unreachable(house, lost) == []


# ------------------------------------------------------------------------------------------ F47


async def previewed(house: House, event: Event) -> Message:
    """Have Karim look at an announcement to all; gives what he steers it with."""
    await house.say(house.karim, "/diffuser")
    await house.tap(house.karim, f"📅 {event.title}")
    await house.tap(house.karim, "🏘 Tous")
    return house.karim.newest


async def test_f47_double_clicks_of_two_officers_make_one_broadcast(house: House) -> None:
    await officer(house)
    (leila,) = await settle(house, 1, role=Role.OFFICER)
    people = await settle(house, CROWD - 2)
    event = await an_event(house, capacity=None)
    steering = await previewed(house, event)
    await house.say(leila, "/diffuser")
    await house.tap(leila, f"📅 {TITLE}")
    await house.tap(leila, "🏘 Tous")

    taps = [house.karim.tap("📤 Envoyer", steering), leila.tap("📤 Envoyer")]
    taps += [house.karim.tap_again(taps[0]), leila.tap_again(taps[1])]
    for tap in taps:
        await tap.answered()
    await house.room.quiet()
    hurry = house.karim.tap("⚡ Maintenant") if steering.key("⚡") else leila.tap("⚡ Maintenant")
    again = (house.karim if steering.key("⚡") else leila).tap_again(hurry)
    await hurry.answered()
    await again.answered()
    await ended(house)
    await house.advance(2 * timedelta(minutes=1))
    await at_rest(house)

    ended_as = [one.status for one in await broadcasts_of(house, event)]
    assert sorted(ended_as) == [BroadcastStatus.DRAFT, BroadcastStatus.SENT]
    assert (await owed(house)) == {OutboxState.SENT: CROWD}
    counts = arrived(house, TITLE)
    assert [counts[person.id] for person in people] == [1] * (CROWD - 2)


# ------------------------------------------------------------------------------------------ F48


async def test_f48_broadcast_resumes_after_a_restart_and_is_counted_to_the_last(
    sqlite_url: str,
) -> None:
    async with bare_room(sqlite_url) as (room, server, settings):
        async with inhabited(room, server, settings) as house:
            await officer(house)
            people = await settle(house, CROWD - 1)
            people[5].private.blocked = True
            event = await an_event(house, capacity=None)
            doubtful = Fault(status(502), method="sendMessage", chat=people[10].id, when="after")
            card = await announce(house, event, doubtful)
            await house.room.until(lambda: len(house.room.ledger) >= CROWD // 3)
        sent_before = len(arrived(house, TITLE))
        between = (await states_in(sqlite_url))[OutboxState.SENDING]
        silences = await holds_in(sqlite_url)
        async with inhabited(room, server, settings) as house:
            await settle(house, 3)
            await ended(house)
            await counted(house)
            await house.karim.sees(f"✅ {CROWD - 2} reçus")
            await at_rest(house)
            states = await owed(house, "announcement")
            lost = await unreachable(house, [person.id for person in people])

        assert sent_before < CROWD
        assert (between, silences) == (0, []), "a stop is no fault of the network's"
        assert states == {
            OutboxState.SENT: CROWD - 2,
            OutboxState.SKIPPED: 1,
            OutboxState.UNCERTAIN: 1,
        }
        assert max(arrived(house, TITLE).values()) == 1
        assert len(arrived(house, TITLE)) == CROWD - 1
        told = f"✅ {CROWD - 2} reçus · 1 a bloqué le robot · 1 incertain"
        assert card.text.startswith(told)
        assert len([one for one in house.karim.received if one.text.startswith(told)]) == 1
        assert lost == [people[5].id]
