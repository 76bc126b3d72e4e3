"""What goes wrong on the way to Telegram, on the real bot: each message ends as its kind promises.

D and L are duplicates and losses, counted by what Telegram has executed (reliability.md §1.1, §2).
"""

from collections.abc import AsyncIterator
from datetime import timedelta
from typing import Literal

import pytest
import pytest_asyncio

from community import groups as group_rules
from sandbox import Fault, Group, Person, cut, cut_midway, delay, hang, raw, status
from sandbox.faults import Outcome
from sandbox.ledger import Call
from storage import cards, groups
from storage.cards import CardKind
from storage.groups import Group as Linked
from storage.ids import ChatId
from storage.outbox import OutboxState
from storage.rsvps import Standing
from tests.handlers.answering import invited, kept, resident_of
from tests.handlers.making import a_commission, an_event
from tests.house import House, open_house
from tests.journeys.sending import (
    SLOW,
    announce,
    arrived,
    at_rest,
    bulk_hold,
    cancel,
    come,
    ended,
    eventually,
    impatient,
    known,
    move,
    notices,
    officer,
    owed,
    sends,
    settle,
)

CANCELLED = "❌ ANNULÉ"
TITLE = "Atelier cuisine"
SECOND = timedelta(seconds=1)
MINUTE = timedelta(minutes=1)
PROBE = timedelta(seconds=16)
BAD_ANSWERS = pytest.mark.parametrize(
    "answer",
    [status(502), status(500), raw(b"<html>oops</html>", 502, "text/html"), raw(b"{", 200)],
    ids=["502 JSON", "500 JSON", "502 HTML", "broken JSON"],
)


@pytest_asyncio.fixture
async def slow_house(sqlite_url: str) -> AsyncIterator[House]:
    """Give a house that sends as fast as Telegram allows, 8 messages at once."""
    async with open_house(sqlite_url, limits=dict(SLOW)) as one:
        yield one


async def cancelled_for(house: House, number: int) -> list[Person]:
    """Give people who are owed the cancellation of their event (K5)."""
    event = await an_event(house, capacity=None)
    people = await settle(house, number)
    await come(house, event, people)
    await cancel(house, event)
    return people


def once_each(house: House, people: list[Person], text: str) -> bool:
    counted = arrived(house, text)
    return [counted[person.id] for person in people] == [1] * len(people)


# ----------------------------------------------------------------------------------- F21, F33


async def test_f21_refused_network_is_left_alone_and_asked_every_15_s(slow_house: House) -> None:
    house = slow_house
    await house.room.quiet()
    await house.server.refuse()
    people = await cancelled_for(house, 12)
    await eventually(house, lambda: bulk_hold(house), "a pause")
    await eventually(house, lambda: _none_under_way(house), "all owed again")
    house.room.ledger.clear()

    await house.server.accept()
    await house.advance(12 * SECOND)
    early = sends(house)
    await house.advance(4 * SECOND)
    await house.room.until(lambda: len(house.room.ledger.calls("getMe")) == 1)
    await house.advance(2 * MINUTE)
    await ended(house)

    assert early == []
    assert once_each(house, people, CANCELLED)
    assert {one.attempts for one in await notices(house)} == {1}


async def _none_under_way(house: House) -> bool:
    return OutboxState.SENDING not in await owed(house)


@BAD_ANSWERS
async def test_f33_one_bad_answer_is_a_message_of_unknown_fate(
    house: House, answer: Outcome
) -> None:
    house.room.faults.add(Fault(answer, method="sendMessage", times=1))

    (samira,) = await cancelled_for(house, 1)
    await at_rest(house)
    before = arrived(house, CANCELLED)[samira.id]
    await house.advance(MINUTE)
    await ended(house)

    assert before == 0
    assert arrived(house, CANCELLED)[samira.id] == 1


async def test_f33_outage_stops_what_goes_in_bulk_and_it_resumes_alone(slow_house: House) -> None:
    house = slow_house
    await officer(house)
    event = await an_event(house, capacity=None)
    people = await settle(house, 60)
    outage = Fault(status(502), method="sendMessage")

    card = await announce(house, event, outage, Fault(status(502), method="getMe"))
    await eventually(house, lambda: bulk_hold(house), "a pause")
    await eventually(house, lambda: _none_under_way(house), "all decided")
    await house.karim.sees("⏸ reprise à 10:0")
    uncertain = (await owed(house, "announcement"))[OutboxState.UNCERTAIN]
    await house.advance(PROBE)
    await house.room.until(lambda: len(house.room.ledger.calls("getMe")) >= 2)
    still = (await owed(house, "announcement"))[OutboxState.UNCERTAIN]
    house.room.faults.clear()
    await house.advance(PROBE)
    await ended(house)
    await house.advance(2 * SECOND)
    await house.karim.sees(f"{uncertain} incertains")

    assert outage.struck == uncertain == still <= 3 * 8
    assert card.text.startswith(f"✅ {61 - uncertain} reçus · {uncertain} incertains")
    assert max(arrived(house, TITLE)[person.id] for person in people) == 1


# ------------------------------------------------------------------------------- F22, F23, F24


UNKNOWN = pytest.mark.parametrize(
    ("then", "when"),
    [
        (delay(2.0), "after"),
        (hang(), "before"),
        (cut(), "before"),
        (cut(), "after"),
        (cut_midway(), "after"),
    ],
    ids=["F22 late answer", "F23 no answer", "F24 cut before", "F24 cut after", "F24 cut midway"],
)


@UNKNOWN
async def test_f22_f23_f24_cancellation_of_unknown_fate_comes_again(
    sqlite_url: str, then: Outcome, when: Literal["before", "after"]
) -> None:
    async with impatient(sqlite_url) as house:
        fault = house.room.faults.add(_first(then, when))

        (samira,) = await cancelled_for(house, 1)
        await eventually(house, lambda: _postponed(house), "a retry")
        at_first = arrived(house, CANCELLED)[samira.id]
        await house.advance(59 * SECOND)
        early = len(sends(house, samira.id))
        await house.advance(2 * SECOND)
        await ended(house)

        assert fault.struck == 1
        assert (at_first, early) == (1 if when == "after" else 0, 1)
        assert arrived(house, CANCELLED)[samira.id] == at_first + 1
        assert await owed(house) == {OutboxState.SENT: 1}


def _first(then: Outcome, when: Literal["before", "after"], chat: int | None = None) -> Fault:
    return Fault(then, method="sendMessage", when=when, times=1, chat=chat)


async def _postponed(house: House) -> bool:
    (one,) = [one for one in await notices(house) if one.kind == "cancelled"]
    return one.state is OutboxState.PENDING and one.attempts == 1 and one.not_before > house.now()


@UNKNOWN
async def test_f22_f23_f24_announcement_of_unknown_fate_never_comes_twice(
    sqlite_url: str, then: Outcome, when: Literal["before", "after"]
) -> None:
    async with impatient(sqlite_url) as house:
        await officer(house)
        event = await an_event(house)
        (samira,) = await settle(house, 1)
        house.room.faults.add(_first(then, when, samira.id))

        card = await announce(house, event)
        await ended(house)
        await house.advance(timedelta(hours=1))
        await house.karim.sees("1 incertain")

        assert len(sends(house, samira.id)) == 1
        assert card.text.startswith("✅ 1 reçu · 1 incertain")


async def test_f22_cancellation_is_tried_four_times_then_counted_as_uncertain(
    house: House,
) -> None:
    house.room.faults.add(Fault(cut(), method="sendMessage", when="after"))

    (samira,) = await cancelled_for(house, 1)
    at = []
    for wait in (0, 60, 300, 900, 3600):
        await house.advance(timedelta(seconds=wait))
        await at_rest(house)
        at.append(len(sends(house, samira.id)))

    assert at == [1, 2, 3, 4, 4]
    assert await owed(house) == {OutboxState.UNCERTAIN: 1}


# ------------------------------------------------------------------------------------ F25, F27


async def test_f25_chat_stays_silent_and_bulk_rests_while_others_go_on(house: House) -> None:
    await officer(house)
    events = [await an_event(house, capacity=None) for _ in range(2)]
    samira, leila = await settle(house, 2)
    for event in events:
        await come(house, event, [samira, leila])
    house.room.faults.add(
        Fault(status(429, retry_after=600), method="sendMessage", chat=samira.id, times=1)
    )

    await cancel(house, events[0])
    await leila.sees(CANCELLED)
    await at_rest(house)
    begun = sends(house, samira.id)[0].at
    card = await announce(house, await an_event(house, title="Balade"))
    await cancel(house, events[1])
    await house.room.until(lambda: arrived(house, CANCELLED)[leila.id] == 2)
    await at_rest(house)
    in_window = len(arrived(house, "Balade"))
    await house.karim.sees("⏸ reprise à 10:1")
    await house.advance(10 * MINUTE)
    await ended(house)
    await house.advance(2 * SECOND)
    await house.karim.sees("✅ 3 reçus")

    late = [call.at for call in sends(house, samira.id)[1:]]
    assert min(late) >= begun + 600.5 * SECOND
    assert len(late) == 3
    assert in_window == 0
    assert min(call.at for call in _bulk(house)) >= begun + 600 * SECOND
    assert card.text.startswith("✅ 3 reçus")


def _bulk(house: House) -> list[Call]:
    return [call for call in sends(house) if "Balade" in call.params["text"]]


async def test_f27_flood_in_one_group_holds_that_group_only(house: House) -> None:
    event = await an_event(house, capacity=None)
    first, second = [await linked(house, f"Groupe {one}") for one in range(2)]
    await settle(house, 3)
    house.room.faults.add(
        Fault(status(429, retry_after=40), method="sendMessage", chat=first.id, times=1)
    )

    await officer(house)
    await announce(house, event)
    await second.sees(TITLE)
    await at_rest(house)
    sent_meanwhile = (await owed(house, "announcement"))[OutboxState.SENT]
    silent = len(sends(house, first.id))
    await house.advance(45 * SECOND)
    await first.sees(TITLE)

    assert silent == 1
    assert sent_meanwhile == 4
    assert await bulk_hold(house) is None
    assert len(sends(house, first.id)) == 2


async def linked(house: House, title: str, *, supergroup: bool = True) -> Group:
    """Give a group linked to a commission of its own."""
    group = house.room.group(title, supergroup=supergroup)
    commission = await a_commission(house, f"🌱 {title}")
    await house.write(
        groups.put, ChatId(group.id), commission.id, invite_link=None, now=house.now()
    )
    # Only now: the bot leaves a group that it does not know (F72).
    group.add_bot(admin=supergroup)
    await house.rest()
    return group


# ------------------------------------------------------------------------------------ F28, F29


async def test_f28_blocked_person_is_marked_skipped_and_keeps_the_seat(house: House) -> None:
    await officer(house)
    event = await an_event(house)
    other = await an_event(house, title="Balade")
    samira = await invited(house, "Samira", event)
    await house.tap(samira, "✅ Je viens")
    await come(house, other, [samira])
    samira.private.blocked = True

    await cancel(house, other)
    await move(house, event, location="Salle 2")
    await at_rest(house)

    resident, rsvp = await resident_of(house, samira), await kept(house, samira, event)
    assert resident.unreachable_at is not None
    assert set(await owed(house)) == {OutboxState.SKIPPED}
    assert len([call for call in sends(house, samira.id) if not call.ok]) == 1
    assert rsvp is not None
    assert rsvp.standing is Standing.CONFIRMED
    await house.say(house.karim, "/presences")
    await house.tap(house.karim, f"📅 {TITLE}")
    await house.tap(house.karim, "👀 Noms")

    assert "Samira (1) ⛔" in house.karim.newest.text


@pytest.mark.parametrize("way", ["/start", "unblocked"])
async def test_f28_person_who_comes_back_is_written_to_again(house: House, way: str) -> None:
    event = await an_event(house)
    samira = await invited(house, "Samira", event)
    await house.tap(samira, "✅ Je viens")
    samira.private.blocked = True
    await move(house, event, location="Salle 2")
    await at_rest(house)

    if way == "/start":
        samira.private.blocked = False
        await house.say(samira, "/start")
    else:
        samira.unblock()
        await house.rest()
    await cancel(house, event)
    await at_rest(house)

    assert (await resident_of(house, samira)).unreachable_at is None
    assert arrived(house, CANCELLED)[samira.id] == 1


async def test_f29_deleted_account_is_skipped_for_good(house: House) -> None:
    event = await an_event(house)
    (samira,) = await settle(house, 1)
    await come(house, event, [samira])
    samira.delete_account()

    await move(house, event, location="Salle 2")
    await at_rest(house)
    await cancel(house, event)
    await at_rest(house)

    assert (await known(house, samira.id)).unreachable_at is not None
    assert len(sends(house, samira.id)) == 1


@pytest.mark.parametrize(
    "words",
    [
        "Forbidden: bot was kicked from the supergroup chat",
        "Forbidden: bot is not a member of the supergroup chat",
        "Forbidden: the group chat was deleted",
    ],
)
async def test_f29_lost_group_is_told_to_the_officers(house: House, words: str) -> None:
    await officer(house)
    group = await linked(house, "Groupe")
    house.room.faults.add(Fault(status(403, words), method="sendMessage", chat=group.id))

    await announce(house, await an_event(house))
    await house.karim.sees("groupe")
    await at_rest(house)

    lost = await _linked_as(house, group.id)
    assert lost is not None
    assert lost.lost_at is not None
    assert (await owed(house, "group_lost"))[OutboxState.SENT] >= 1


async def _linked_as(house: House, chat_id: int) -> Linked | None:
    found: Linked | None = await house.read(groups.find, ChatId(chat_id))
    return found


# ------------------------------------------------------------------------------------------ F31


@pytest.mark.parametrize("is_told_first", [True, False], ids=["service message", "error"])
async def test_f31_group_that_became_a_supergroup_is_followed(
    house: House, *, is_told_first: bool
) -> None:
    await officer(house)
    group = await linked(house, "Groupe", supergroup=False)
    old = ChatId(group.id)
    new = ChatId(group.migrate(told=is_told_first))
    await house.rest()

    await announce(house, await an_event(house))
    await ended(house)
    await house.write(group_rules.follow, chat_id=old, new_chat_id=new)

    assert (await _linked_as(house, old), await _linked_as(house, new) is not None) == (None, True)
    assert arrived(house, TITLE)[new] == 1
    assert len(sends(house, old)) == (0 if is_told_first else 1)
    assert {one.chat_id for one in await notices(house) if one.kind == "group_card"} == {new}
    assert len(await house.read(cards.of_chat, new)) == 1


# ------------------------------------------------------------------------------------------ F35


async def test_f35_refused_cancellation_goes_once_more_as_plain_text(house: House) -> None:
    words = "Bad Request: can't parse entities: unsupported start tag"
    house.room.faults.add(Fault(status(400, words), method="sendMessage", times=1))

    (samira,) = await cancelled_for(house, 1)
    await ended(house)

    first, second = sends(house, samira.id)
    assert first.params["parse_mode"] == "HTML"
    assert "parse_mode" not in second.params
    assert arrived(house, CANCELLED)[samira.id] == 1


async def test_f35_refused_announcement_is_failed_and_counted(house: House) -> None:
    await officer(house)
    event = await an_event(house)
    samira, _ = await settle(house, 2)
    words = "Bad Request: message is too long"
    house.room.faults.add(Fault(status(400, words), method="sendMessage", chat=samira.id))

    await announce(house, event)
    await ended(house)

    assert await owed(house, "announcement") == {OutboxState.SENT: 2, OutboxState.FAILED: 1}
    assert len(sends(house, samira.id)) == 1
    assert (await known(house, samira.id)).unreachable_at is None


# ------------------------------------------------------------------------------------ F45, F46


async def test_f45_change_while_an_announcement_is_on_its_way_is_shown_on_its_card(
    house: House,
) -> None:
    await officer(house)
    event = await an_event(house)
    (samira,) = await settle(house, 1)
    house.room.faults.add(Fault(delay(0.5), method="sendMessage", chat=samira.id))

    await announce(house, event)
    await house.room.until(lambda: len(sends(house, samira.id)) == 1)
    await move(house, event, location="Salle 2")
    await ended(house)
    card = await samira.sees("Salle 2")

    assert "Espace Linné" in sends(house, samira.id)[0].params["text"]
    assert len(samira.received) == 1
    edits = house.room.ledger.calls("editMessageText", chat=samira.id)
    assert len(edits) == 1
    assert card.id == samira.received[0].id


async def test_f45_unchanged_announcement_is_never_edited(house: House) -> None:
    await officer(house)
    people = await settle(house, 5)
    event = await an_event(house)
    await move(house, event, location="Salle 2")

    await announce(house, event)
    await ended(house)
    await house.room.quiet()

    edited = {call.chat_id for call in house.room.ledger.calls("editMessageText")}
    assert not edited & {person.id for person in people}


async def test_f45_answer_while_the_groups_card_is_on_its_way_is_counted_there(
    house: House,
) -> None:
    await officer(house)
    group = await linked(house, "Groupe")
    event = await an_event(house)
    (samira,) = await settle(house, 1)
    house.room.faults.add(Fault(delay(0.5), method="sendMessage", chat=group.id))

    await announce(house, event)
    await house.room.until(lambda: len(sends(house, group.id)) == 1)
    await come(house, event, [samira])
    await group.sees("🪑 Reste 11 places")

    assert "🪑 Reste 12 places" in sends(house, group.id)[0].params["text"]


async def test_f46_offer_that_waits_for_a_retry_never_follows_the_cancellation(
    house: House,
) -> None:
    event = await an_event(house, capacity=1)
    samira, leila = await settle(house, 2)
    await come(house, event, [samira])
    await come(house, event, [leila])
    house.room.faults.add(Fault(cut(), method="sendMessage", when="after", chat=leila.id, times=1))
    await move(house, event, capacity=2)
    await house.room.until(lambda: len(sends(house, leila.id)) == 1)
    await at_rest(house)
    assert (await owed(house, "offer"))[OutboxState.PENDING] == 1

    await cancel(house, event)
    await house.advance(timedelta(minutes=30))
    await ended(house)

    assert CANCELLED in sends(house, leila.id)[-1].params["text"]
    assert len(sends(house, leila.id)) == 2


async def test_f46_offer_in_flight_at_the_cancellation_is_not_sent_again(
    sqlite_url: str,
) -> None:
    async with impatient(sqlite_url) as house:
        event = await an_event(house, capacity=1)
        samira, leila = await settle(house, 2)
        await come(house, event, [samira])
        await come(house, event, [leila])
        house.room.faults.add(Fault(hang(), method="sendMessage", chat=leila.id, times=1))
        await move(house, event, capacity=2)
        await house.room.until(lambda: len(sends(house, leila.id)) == 1)

        await cancel(house, event)
        await at_rest(house)
        await house.advance(timedelta(minutes=30))
        await ended(house)

        texts = [call.params["text"] for call in sends(house, leila.id)]
        assert [CANCELLED in text for text in texts] == [False, True]
        assert await house.read(cards.of_subject, CardKind.BROADCAST, 1) == []
