"""What Telegram refuses, on the real bot: too fast, gone, moved, or not to its liking."""

from datetime import timedelta

import pytest

from community import broadcasts
from sandbox import Fault, status
from sandbox.ledger import Call
from storage import cards
from storage.ids import ChatId
from storage.outbox import OutboxState
from storage.rsvps import Standing
from tests.handlers.answering import invited, kept, resident_of
from tests.handlers.making import an_event
from tests.house import House
from tests.journeys.households import come, known, officer, settle
from tests.journeys.sending import (
    announce,
    arrived,
    at_rest,
    bulk_hold,
    cancel,
    cancelled_for,
    ended,
    linked,
    linked_as,
    move,
    notices,
    owed,
    sends,
)

CANCELLED = "❌ ANNULÉ"
TITLE = "Atelier cuisine"
SECOND = timedelta(seconds=1)
MINUTE = timedelta(minutes=1)


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

    lost = await linked_as(house, group.id)
    assert lost is not None
    assert lost.lost_at is not None
    assert (await owed(house, "group_lost"))[OutboxState.SENT] >= 1


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
    await house.write(broadcasts.follow_group, chat_id=old, new_chat_id=new, now=house.now())

    assert (await linked_as(house, old), await linked_as(house, new) is not None) == (None, True)
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
