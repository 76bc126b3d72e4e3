"""After a silence of Telegram's: what officers and residents read, over HTTP."""

from datetime import timedelta

from community import outages
from handlers.buttons import Home, OpenRsvps, TellOutage
from handlers.views import outages as views
from handlers.views.view import Key
from handlers.words import words_for
from storage import inbox
from tests.community.world import rows
from tests.handlers.answering import announced
from tests.handlers.making import an_event
from tests.house import House

HOUR = timedelta(hours=1)


async def test_f39_officer_is_alerted_and_tells_the_invited_who_find_the_agenda(
    house: House,
) -> None:
    event = await an_event(house)
    await house.welcome(house.karim)
    samira = await house.join("Samira")
    await announced(house, event)
    await house.advance(timedelta(seconds=61))
    await samira.sees("Atelier cuisine")

    await house.write(outages.heard, now=house.now(), last=house.now() - HOUR)
    alert = await house.karim.sees("Le robot n'a rien reçu")
    await house.tap(house.karim, "📨", alert)

    assert alert.text.startswith("✅ ")
    notice = await samira.sees("était en panne")
    await house.tap(samira, "📅", notice)
    assert "Atelier cuisine" in notice.text


async def test_f57_forged_silence_is_told_to_nobody(house: House) -> None:
    await an_event(house)
    await house.welcome(house.karim)
    before = await house.read(rows)

    answer = await house.karim.tap_data(TellOutage(1, 10**17).pack()).answered()
    await house.rest()

    after = await house.read(rows)
    assert answer.text == "Cela n'existe plus."
    assert {name for name in before if before[name] != after[name]} <= {"inbox", "bookmarks"}
    assert await house.read(inbox.count_new) == 0


def test_recap_leads_to_where_the_person_stands() -> None:
    view = views.recap(words_for("en"))

    led = [type(key.button) for row in view.rows for key in row if isinstance(key, Key)]
    assert led == [OpenRsvps, Home]
