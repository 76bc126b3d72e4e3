"""Receiving when something is wrong: lost answers, repeated and shuffled updates, long silences."""

import json
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from structlog.testing import capture_logs

from bot.settings import Settings
from handlers.buttons import AnswerEvent, TellOutage, unpack
from sandbox import Fault, Message, Person, Room, Server, cut, raw, trickle
from sandbox.faults import Status
from sandbox.ledger import Call
from storage import inbox
from storage.rsvps import Answer
from tests.bot.breaking import a_round_trip, handled, undone, writing_stopped
from tests.handlers.answering import announced, change, invited, kept, resident_of, seats
from tests.handlers.making import an_event
from tests.house import KARIM_ID, House, living, new_room, settings_for

NOTED = "C'est noté, Samira. Vous avez 1 place."


def confirmed_up_to(house: House) -> int:
    """Give the last update that Telegram was told is received."""
    polls = house.room.ledger.calls("getUpdates")
    return max((int(call.params.get("offset") or 0) for call in polls), default=0) - 1


def tap_update(
    number: int, person: Person, button: AnswerEvent, message: Message
) -> dict[str, Any]:
    """Write a tap's update as Telegram would."""
    query = {
        "id": str(number),
        "from": person.user.card(),
        "message": dict(message.body),
        "chat_instance": "1",
        "data": button.pack(),
    }
    return {"update_id": number, "callback_query": query}


def answers(house: House, person: Person) -> list[Call]:
    return house.room.ledger.calls("editMessageText", chat=person.id)


def silence_of(alert: Message) -> TellOutage:
    """Give the silence that an alert's one tap tells people of."""
    key = alert.key("📨")
    button = unpack(key.callback_data or "") if key is not None else None
    assert isinstance(button, TellOutage)
    return button


def on_the_wall(house: House, seconds: int) -> str:
    """Write an instant as the calendar and the clock of the house show it, in French."""
    local = datetime.fromtimestamp(seconds, house.bot.services.premises.zone)
    day = {30: "Lundi 30 novembre", 1: "Mardi 1er décembre"}[local.day]
    return f"{day} à {local.hour} h {local.minute:02}".removesuffix(" 00")


@asynccontextmanager
async def town(url: str) -> AsyncIterator[tuple[Room, Server, Settings]]:
    """Give what bots may live in one after the other, on one database."""
    room = new_room()
    async with Server(room) as server:
        yield room, server, settings_for(room, server, url)


async def silent(house: House) -> None:
    """Have Telegram fall silent, and wait until the bot has noticed."""
    with capture_logs() as logs:
        await house.server.refuse()
        await house.room.until(lambda: any(line["event"] == "poll_failed" for line in logs))


async def heard_again(house: House, after: timedelta) -> None:
    """Let time pass, then have Telegram there again, and wait until all is handled."""
    polls = len(house.room.ledger.calls("getUpdates"))
    await house.room.advance(after)
    await house.server.accept()
    await house.room.advance(timedelta(seconds=31))
    await house.room.until(lambda: len(house.room.ledger.calls("getUpdates")) > polls)
    await house.rest()


# -------------------------------------------------------------------------------- F06, F36 to F38


async def test_f06_update_is_confirmed_to_telegram_only_once_it_is_committed(house: House) -> None:
    samira = await house.join("Samira")
    last = confirmed_up_to(house)

    async with writing_stopped(house.database):
        samira.say("/agenda")
        polls = house.room.ledger.calls("getUpdates")
        await house.room.until(lambda: bool(polls[-1].result))
        for _ in range(3):
            await a_round_trip(house)
        while_uncommitted = confirmed_up_to(house)
    await house.rest()

    assert while_uncommitted == last
    assert confirmed_up_to(house) == last + 1


async def test_f06_answer_that_is_lost_is_given_again_and_nothing_of_it_is_lost(
    house: House,
) -> None:
    samira = await house.join("Samira")
    fault = house.room.faults.add(Fault(cut(), method="getUpdates", when="after", times=2))
    # The poll that is open already escapes the fault: it is ended first.
    await house.say(samira, "/aide")
    seen = samira.glance()

    samira.say("/agenda")
    await house.room.until(lambda: fault.struck >= 1)
    for _ in range(3):
        await house.room.advance(timedelta(seconds=10))
    await samira.sees("Pas de rendez-vous", after=seen)
    await house.rest()

    assert len(house.room.ledger.calls("sendMessage", chat=samira.id)) == 4


async def test_f36_update_that_is_polled_twice_counts_once(house: House) -> None:
    event = await an_event(house)
    samira = await invited(house, "Samira", event)
    puts: list[Any] = []
    house.room.updates.on_put = puts.append
    await house.tap(samira, "✅")
    house.room.updates.on_put = None
    shown = len(answers(house, samira))
    again = json.dumps({"ok": True, "result": [puts[0].json()]}).encode()
    fault = house.room.faults.add(Fault(raw(again), method="getUpdates", times=1))

    seen = samira.glance()
    samira.say("/aide")
    await house.room.until(lambda: fault.struck == 1)
    samira.say("/agenda")
    await samira.sees("Atelier cuisine", after=seen)
    await house.rest()

    assert len(answers(house, samira)) == shown
    assert (await seats(house, event)).confirmed == 1


async def test_f36_update_left_by_a_crash_and_given_again_counts_once(sqlite_url: str) -> None:
    async with town(sqlite_url) as (room, server, settings):
        async with living(room, settings) as bot:
            house = House(room, server, bot, room.person("Karim", id=KARIM_ID))
            event = await an_event(house)
            samira = await invited(house, "Samira", event)
            await bot.handling.finish(timedelta(0))
            samira.tap("✅")
            (row,) = await undone(house, 1)
        async with living(room, settings) as bot:
            house = replace(house, bot=bot)
            await samira.sees(NOTED)
            await bot.receiver.take([json.loads(row.payload)])
            await house.rest()
            confirmed = (await seats(house, event)).confirmed

    noted = [call for call in answers(house, samira) if NOTED in str(call.params["text"])]
    assert len(noted) == 1
    assert confirmed == 1


async def test_f37_older_answer_that_comes_late_never_overwrites_the_newer(house: House) -> None:
    event = await an_event(house)
    samira = await invited(house, "Samira", event)
    older = tap_update(
        800_000_001, samira, AnswerEvent(event.id, Answer.YES, event.version), samira.newest
    )
    newer = tap_update(
        800_000_002, samira, AnswerEvent(event.id, Answer.NO, event.version), samira.newest
    )

    await house.bot.receiver.take([newer])
    await house.rest()
    await house.bot.receiver.take([older])
    await house.rest()

    rsvp = await kept(house, samira, event)
    assert rsvp is not None
    assert rsvp.answer is Answer.NO
    assert (await seats(house, event)).confirmed == 0


async def test_f38_update_id_that_jumps_down_is_handled_and_the_offset_follows(
    house: House,
) -> None:
    samira = await house.join("Samira")
    house.room.updates.restart_ids(12)
    seen = samira.glance()

    await house.say(samira, "/agenda")

    await samira.sees("Pas de rendez-vous", after=seen)
    assert await house.read(inbox.poll_offset) == 13
    assert len(house.room.updates) == 0


# ---------------------------------------------------------------------------------------- F39


@pytest.mark.parametrize(
    "gap", [timedelta(minutes=3), timedelta(hours=6), timedelta(hours=30)], ids=str
)
async def test_f39_officer_is_told_the_exact_gap_once_and_tells_the_invited_with_one_tap(
    house: House, gap: timedelta
) -> None:
    event = await an_event(house)
    await house.welcome(house.karim)
    samira, yanis = await house.join("Samira"), await house.join("Yanis")
    await announced(house, event)
    await house.advance(timedelta(seconds=61))
    await samira.sees("Atelier cuisine")
    await house.say(yanis, "STOP")
    await silent(house)
    heard_at = house.bot.receiver.heard_at

    await heard_again(house, gap)
    alert = await house.karim.sees("Le robot n'a rien reçu")
    told = alert.text
    button = silence_of(alert)
    tap = house.karim.tap("📨", alert)
    await house.rest()
    first = alert.text
    await house.karim.tap_again(tap).answered()
    await house.rest()

    assert heard_at is not None
    assert button.since == int(heard_at.timestamp())
    assert gap <= timedelta(seconds=button.until - button.since) <= gap + timedelta(minutes=1)
    assert f"de {on_the_wall(house, button.since)} à {on_the_wall(house, button.until)}." in told
    assert "prévenue" in first
    assert "Tout le monde est déjà prévenu." in alert.text
    notice = [one for one in samira.received if "était en panne" in one.text]
    assert len(notice) == 1
    assert not [one for one in yanis.received if "était en panne" in one.text]


async def test_f39_what_was_written_is_done_and_one_recap_stands_for_all_answers(
    house: House,
) -> None:
    samira = await house.join("Samira")
    await silent(house)
    before = len(samira.received)
    for text in ("/agenda", "/aide", "/donnees", "STOP"):
        samira.say(text)

    await heard_again(house, timedelta(hours=6))
    await samira.sees("J'ai lu tous vos messages.")
    await house.rest()

    assert (await resident_of(house, samira)).paused_at is not None
    assert [one.text.splitlines()[0] for one in samira.received[before:]] == [
        "⏰ Je n'étais pas là. J'ai lu tous vos messages."
    ]


async def test_f39_stop_after_many_messages_of_a_long_day_is_no_flood(house: House) -> None:
    samira = await house.join("Samira")
    await silent(house)
    for _ in range(40):
        samira.say("/agenda")
        await house.room.advance(timedelta(minutes=10))
    samira.say("STOP")

    await heard_again(house, timedelta(hours=1))

    assert (await resident_of(house, samira)).paused_at is not None


async def test_f39_short_silence_alerts_nobody_and_answers_what_was_asked(house: House) -> None:
    await an_event(house)
    await house.welcome(house.karim)
    samira = await house.join("Samira")
    await silent(house)
    seen = samira.glance()
    samira.say("/agenda")

    await heard_again(house, timedelta(seconds=60))

    await samira.sees("Atelier cuisine", after=seen)
    assert not [one for one in house.karim.received if "n'a rien reçu" in one.text]


async def test_f39_clock_that_is_moved_while_telegram_is_there_is_no_silence(house: House) -> None:
    await an_event(house)
    await house.welcome(house.karim)

    await house.advance(timedelta(hours=6))
    await house.say(house.karim, "/agenda")

    assert not [one for one in house.karim.received if "n'a rien reçu" in one.text]


async def test_f39_real_silence_right_after_a_move_of_the_clock_is_told(house: House) -> None:
    await an_event(house)
    await house.welcome(house.karim)
    await house.advance(timedelta(hours=1))
    await silent(house)

    await heard_again(house, timedelta(minutes=20))

    await house.karim.sees("n'a rien reçu")


async def test_f39_bot_that_was_down_tells_the_gap_after_its_restart(sqlite_url: str) -> None:
    async with town(sqlite_url) as (room, server, settings):
        async with living(room, settings) as bot:
            house = House(room, server, bot, room.person("Karim", id=KARIM_ID))
            await an_event(house)
            await house.welcome(house.karim)
        await room.advance(timedelta(hours=6))
        house.karim.say("/aide")
        async with living(room, settings) as bot:
            await house.karim.sees("n'a rien reçu")
            await replace(house, bot=bot).rest()

    assert len([one for one in house.karim.received if "n'a rien reçu" in one.text]) == 1


async def test_f39_nothing_that_was_written_while_the_bot_was_down_is_dropped(
    sqlite_url: str,
) -> None:
    async with town(sqlite_url) as (room, server, settings):
        async with living(room, settings) as bot:
            house = House(room, server, bot, room.person("Karim", id=KARIM_ID))
            samira, yanis = await house.join("Samira"), await house.join("Yanis")
        samira.say("STOP")
        yanis.say("/agenda")
        samira.say("/aide")
        await room.advance(timedelta(hours=6))
        async with living(room, settings) as bot:
            house = replace(house, bot=bot)
            await yanis.sees("J'ai lu tous vos messages.")
            await house.rest()
            paused = (await resident_of(house, samira)).paused_at

    assert paused is not None


# ---------------------------------------------------------------------------------------- F41


@pytest.mark.parametrize(
    "answer",
    [
        raw(b'{"ok":true,"result":[{"update_id":1,"mess'),
        raw(b'{"ok":true}'),
        raw(b'{"ok":true,"result":true}'),
        raw(b'{"ok":true,"result":[7]}'),
        raw(b'{"ok":true,"result":[{"message":{}}]}'),
        raw(b"<html>gateway</html>", 200, "text/html"),
        raw(b"[]"),
    ],
    ids=["truncated", "no result", "no list", "no update", "no number", "html", "no object"],
)
async def test_f41_bad_answer_to_a_poll_moves_nothing_and_the_next_is_taken(
    house: House, answer: Status
) -> None:
    samira = await house.join("Samira")
    fault = house.room.faults.add(Fault(answer, method="getUpdates", times=3))
    samira.say("/aide")
    await house.room.until(lambda: fault.struck == 1)
    offset = await house.read(inbox.poll_offset)
    seen = samira.glance()

    samira.say("/agenda")
    await house.room.advance(timedelta(seconds=30))
    await house.room.until(lambda: fault.struck == 2)
    while_bad = await house.read(inbox.poll_offset), len(house.room.updates)
    for _ in range(3):
        await house.room.advance(timedelta(seconds=30))
    await samira.sees("Pas de rendez-vous", after=seen)

    assert offset is not None
    assert while_bad == (offset, 2), "neither the one that is kept is confirmed, nor the new one"
    assert await house.read(inbox.poll_offset) == offset + 1


async def test_f41_answer_that_trickles_in_is_given_again_once_the_line_is_cut(
    house: House,
) -> None:
    samira = await house.join("Samira")
    offset = (await house.read(inbox.poll_offset) or 0) + 1
    seen = samira.glance()
    fault = house.room.faults.add(Fault(trickle(1.0), method="getUpdates", times=1))
    samira.say("/aide")
    await house.room.until(lambda: fault.struck == 1)
    samira.say("/agenda")
    await house.room.until(lambda: house.room.ledger.calls("getUpdates")[-1].executed)
    trickling = await house.read(inbox.poll_offset)

    await house.server.refuse()
    await house.server.accept()
    await house.room.advance(timedelta(seconds=10))
    await samira.sees("Pas de rendez-vous", after=seen)

    assert trickling == offset


# ----------------------------------------------------------------------------------- F40, F42


async def test_f40_tap_on_a_message_that_is_gone_acts_and_shows_itself_anew(house: House) -> None:
    event = await an_event(house)
    samira = await invited(house, "Samira", event)
    card = samira.holding("✅")
    samira.delete(card)

    await house.tap(samira, "✅", card)

    assert card.deleted
    assert NOTED in samira.newest.text
    assert (await seats(house, event)).confirmed == 1


async def test_f40_tap_whose_time_has_run_out_acts_all_the_same(house: House) -> None:
    event = await an_event(house)
    samira = await invited(house, "Samira", event)
    async with writing_stopped(house.database):
        samira.tap("✅")
        await house.room.until(lambda: bool(house.room.ledger.calls("getUpdates")[-1].result))
        await house.room.advance(timedelta(minutes=5))
    await samira.sees(NOTED)

    refused = [call for call in house.room.ledger.calls("answerCallbackQuery") if not call.ok]
    assert refused
    assert (await seats(house, event)).confirmed == 1


async def test_f40_tap_too_old_on_a_message_that_is_gone_shows_itself_anew(house: House) -> None:
    event = await an_event(house)
    samira = await invited(house, "Samira", event)
    card = samira.holding("✅")
    async with writing_stopped(house.database):
        samira.tap("✅", card)
        await house.room.until(lambda: bool(house.room.ledger.calls("getUpdates")[-1].result))
        await house.room.advance(timedelta(minutes=5))
        samira.delete(card)
    await samira.sees(NOTED)

    assert [call for call in house.room.ledger.calls("answerCallbackQuery") if not call.ok]


async def test_f40_old_version_shows_the_new_date_and_asks_again(house: House) -> None:
    event = await an_event(house)
    samira = await invited(house, "Samira", event)
    old = AnswerEvent(event.id, Answer.YES, event.version).pack()
    await change(house, event, day=date(2026, 12, 6))

    await samira.tap_data(old).answered()
    await house.rest()

    assert "Dimanche 6 décembre" in samira.newest.text
    assert (await kept(house, samira, event)) is None


async def test_f42_twenty_taps_a_second_make_one_row_and_one_confirmation(house: House) -> None:
    event = await an_event(house)
    samira = await invited(house, "Samira", event)
    card = samira.holding("✅")

    taps = [samira.tap("✅", card) for _ in range(20)]
    for tap in taps:
        await house.room.advance(timedelta(seconds=1))
        await tap.answered()
    await house.rest()
    given = [await tap.answered() for tap in taps]

    seated = await seats(house, event)
    shown = [call for call in answers(house, samira) if call.ok]
    noted = [call for call in shown if NOTED in str(call.params["text"])]
    assert (seated.confirmed, len(noted)) == (1, 1)
    assert [one.text for one in given[1:]] == ["✅ C'est déjà noté."] * 19


# ---------------------------------------------------------------------------------------- F54


async def test_f54_flood_is_warned_once_then_met_in_silence_and_others_are_answered(
    house: House,
) -> None:
    loud = await house.join("Samira")
    others = [await house.join(f"P{number}") for number in range(5)]
    await house.room.advance(timedelta(minutes=2))
    seen = len(loud.received)
    took: list[float] = []

    for other in others * 4:
        for _ in range(25):
            loud.say("/agenda")
        glance, asked_at = other.glance(), time.monotonic()
        other.say("/aide")
        await other.sees("Touchez un bouton", after=glance)
        took.append(time.monotonic() - asked_at)
    await handled(house)
    await house.rest()

    warnings = [one for one in loud.received[seen:] if "Vous allez trop vite" in one.text]
    assert len(warnings) == 1
    assert len(loud.received) - seen <= 31 + 5
    assert sorted(took)[int(len(took) * 0.95)] < 1
    await house.room.advance(timedelta(seconds=61))
    glance = loud.glance()
    await house.say(loud, "/aide")
    await loud.sees("Touchez un bouton", after=glance)
