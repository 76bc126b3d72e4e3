"""What handlers are given: whose language, how late is too late, and answers that find nobody."""

from datetime import timedelta

import pytest
from structlog.testing import capture_logs

from handlers.context import MENU_LIFETIME
from sandbox import Fault, status
from storage import inbox, residents
from tests.bot.breaking import as_time_passes
from tests.handlers.answering import resident_of
from tests.house import House

BLOCKED = status(403, "Forbidden: bot was blocked by the user")


@pytest.mark.parametrize(
    ("code", "spoken"),
    [("en-GB", "en"), ("en", "en"), ("fr", "fr"), ("xx", "fr"), ("", "fr")],
)
async def test_visitor_is_spoken_to_in_the_language_of_their_telegram_or_the_houses(
    house: House, code: str, spoken: str
) -> None:
    visitor = house.room.person("Visitor", language_code=code)
    goodbye = {"en": "I keep nothing", "fr": "Je ne garde rien"}

    await house.say(visitor, "/start")
    await visitor.tap_data(f"1wr:{spoken}:").answered()
    await visitor.sees(goodbye[spoken])
    await house.rest()
    await house.say(visitor, "STOP")

    told = visitor.newest.text
    assert ("Je ne" in told) == (spoken == "fr"), told


@pytest.mark.parametrize("is_late", [False, True])
async def test_f39_menu_is_answered_up_to_its_lifetime_and_one_recap_stands_for_later_ones(
    house: House, *, is_late: bool
) -> None:
    samira = await house.join("Samira")
    margin = timedelta(seconds=40)
    with capture_logs() as logs:
        await house.server.refuse()
        await house.room.until(lambda: any(one["event"] == "poll_failed" for one in logs))
    seen = samira.glance()
    samira.say("/agenda")

    await house.room.advance(MENU_LIFETIME + (margin if is_late else -margin))
    await house.server.accept()
    await as_time_passes(house, lambda: len(house.room.updates) == 0, timedelta(seconds=1))

    wanted = "J'ai lu tous vos messages." if is_late else "Pas de rendez-vous"
    await samira.sees(wanted, after=seen)


async def test_f28_answer_that_finds_a_person_gone_ends_the_update_and_notes_it(
    house: House,
) -> None:
    samira = await house.join("Samira")
    house.room.faults.add(Fault(BLOCKED, method="sendMessage", chat=samira.id))

    await house.say(samira, "/aide")

    assert (await resident_of(house, samira)).unreachable_at is not None
    assert await house.read(inbox.count_new) == 0


async def test_f28_person_back_after_a_block_is_answered_and_can_be_reached(house: House) -> None:
    samira = await house.join("Samira")
    samira.block()
    await house.rest()
    gone = await resident_of(house, samira)
    seen = samira.glance()

    samira.unblock()
    await house.say(samira, "/aide")

    assert gone.unreachable_at is not None
    assert (await resident_of(house, samira)).unreachable_at is None
    await samira.sees("Touchez un bouton", after=seen)
    assert await house.read(residents.count_reachable) == 1
