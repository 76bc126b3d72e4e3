"""What stands around the phones: people, posters, the clock, the tour, and what happens behind."""

from datetime import timedelta

import pytest
from playwright.async_api import expect

from sandbox import Fault, status
from tests.browser.quarter import MONDAY, Quarter
from tests.browser.window import Window

pytestmark = pytest.mark.asyncio(loop_scope="session")


async def test_quarter_opens_its_phones_and_takes_its_title(quarter: Quarter, wide: Window) -> None:
    await expect(wide.tab.locator(".phone")).to_have_count(3)  # those that were there first

    quarter.publish_quarter()

    await expect(wide.tab.get_by_role("heading", level=1)).to_have_text("Linné")
    shown = [str(one) for one in (quarter.samira.id, quarter.yusuf.id, quarter.group.id)]
    await expect(wide.phone(quarter.group.id)).to_be_visible()
    phones = wide.tab.locator(".phone")
    assert await phones.evaluate_all("all => all.map((one) => one.dataset.id)") == shown


async def test_person_added_gets_a_phone_in_their_language(quarter: Quarter, wide: Window) -> None:
    await wide.tab.get_by_role("button", name="Add a person").click()
    await wide.tab.get_by_label("First name").fill("Leïla")
    await wide.tab.get_by_label("Language of the phone").select_option("ar")

    await wide.tab.get_by_role("button", name="Give them a phone").click()

    await expect(wide.tab.get_by_role("heading", name="Leïla")).to_be_visible()
    leila = next(one for one in quarter.room.people.values() if one.user.first_name == "Leïla")
    assert leila.user.language_code == "ar"
    await expect(wide.phone(leila.id)).to_have_attribute("dir", "rtl")


async def test_people_are_found_whatever_the_accents(quarter: Quarter, wide: Window) -> None:
    quarter.room.person("Hélène", language_code="fr")
    listed = wide.tab.locator("#people-list li:visible")

    await wide.tab.get_by_role("searchbox").fill("helene")
    await expect(listed).to_have_text(["HHélènefrançais"])
    await listed.get_by_role("button").click()

    await expect(wide.tab.get_by_role("heading", name="Hélène")).to_be_visible()


async def test_poster_scanned_by_someone_new_starts_with_its_payload(
    quarter: Quarter, wide: Window
) -> None:
    quarter.publish_quarter()
    await wide.control("posters").click()
    poster = wide.tab.get_by_role("dialog")
    code = poster.get_by_role("img")
    assert await code.evaluate("image => image.decode().then(() => image.naturalWidth)") > 50

    await poster.get_by_role("combobox").select_option("Someone new…")
    await wide.control("scan").click()
    await wide.tab.get_by_label("First name").fill("Ana")
    await wide.control("person-add").click()

    heard = await quarter.heard()
    assert (heard["text"], heard["from"]["first_name"]) == ("/start e_1", "Ana")


async def test_clock_is_that_of_the_zone_and_is_moved(quarter: Quarter, wide: Window) -> None:
    hour = wide.tab.locator("#clock-hour-now")
    await expect(hour).to_have_text("10:00")  # nine in the room, ten in Paris

    await wide.control("clock-hour").click()
    await expect(hour).to_have_text("11:00")
    await wide.control("clock-day").click()

    await expect(wide.tab.locator("#clock-day-name")).to_have_text("Tuesday, December 1")
    assert quarter.room.clock.now() - MONDAY > timedelta(days=1, hours=1)


async def test_clock_leads_to_moments_that_there_are(quarter: Quarter, wide: Window) -> None:
    await expect(wide.control("clock-reminder")).to_be_hidden()

    quarter.publish_quarter()
    await expect(wide.control("clock-event")).to_be_disabled()
    await wide.control("clock-reminder").click()

    await expect(wide.control("clock-reminder")).to_be_enabled()
    assert quarter.asked == [("clock_to", {"moment": "reminder"})]


async def test_tour_marks_the_button_and_follows_its_message(
    quarter: Quarter, wide: Window
) -> None:
    quarter.publish_quarter()
    pointer = {"phone": quarter.yusuf.id, "label": "Je viens", "say": None, "control": None}
    await wide.control("tour-start").click()

    quarter.publish_tour(2, pointer)
    await expect(wide.tab.locator("#tour")).to_contain_text("Step 3 of 7")
    await quarter.card(quarter.yusuf.id)

    pointed = wide.phone(quarter.yusuf.id).locator(".pointed")
    await expect(pointed).to_have_text("✅ Je viens")
    await wide.control("tour-show").click()
    assert await wide.focused() == "✅ Je viens"
    quarter.publish_tour(3)
    await expect(wide.tab.locator(".pointed")).to_have_count(0)
    assert quarter.asked == [("tour_start", {})]


async def test_tour_proposes_words_and_one_tap_sends_them(quarter: Quarter, wide: Window) -> None:
    quarter.publish_quarter()
    pointer = {"phone": quarter.samira.id, "label": None, "say": "Atelier samedi", "control": None}
    quarter.publish_tour(1, pointer)

    await wide.tab.get_by_role("button", name="Send: Atelier samedi").click()

    assert (await quarter.heard())["text"] == "Atelier samedi"


async def test_tour_opens_the_drawer_for_a_control_in_it(quarter: Quarter, wide: Window) -> None:
    quarter.publish_quarter()
    pointer = {"phone": None, "label": None, "say": None, "control": "bot-kill"}

    quarter.publish_tour(4, pointer)

    await expect(wide.control("bot-kill")).to_be_visible()
    await expect(wide.tab.locator(".pointed")).to_have_text("Kill the bot")


async def test_tour_is_skipped_stopped_and_ends(quarter: Quarter, wide: Window) -> None:
    quarter.publish_quarter()
    quarter.publish_tour(0)

    await wide.control("tour-next").click()
    await wide.control("tour-stop").click()
    told = {"steps": [{"id": "a", "title": "A", "text": "a"}], "at": None, "is_over": True}
    quarter.page.publish("tour", {**told, "pointer": None})

    await expect(wide.tab.locator("#tour")).to_contain_text("The tour is over")
    assert quarter.asked == [("tour_next", {}), ("tour_stop", {})]


async def test_behind_ledger_tells_calls_and_marks_faults(quarter: Quarter, wide: Window) -> None:
    quarter.room.faults.add(Fault(status(429, retry_after=3), method="sendMessage", nth=2))
    await wide.control("behind").click()

    await quarter.send(quarter.samira.id, "Bonjour Samira")
    await quarter.api.call("sendMessage", chat_id=quarter.samira.id, text="Encore")

    calls = wide.tab.locator(".call")
    await expect(calls).to_have_count(2)
    await expect(calls.nth(1)).to_contain_text("Bonjour Samira")
    await expect(calls.nth(0)).to_have_class("call broken")
    await expect(calls.nth(0)).to_contain_text("429")


async def test_behind_way_tells_steps_and_rows(quarter: Quarter, wide: Window) -> None:
    quarter.publish_quarter()

    await wide.control("behind").click()

    way = wide.tab.locator(".way")
    await expect(way).to_contain_text("kept first")
    await expect(way.locator("tr").last).to_have_text("answer∅YES")


async def test_behind_switches_break_and_mend(quarter: Quarter, wide: Window) -> None:
    quarter.publish_quarter()
    await wide.control("behind").click()
    network = wide.tab.get_by_role("switch", name="Cut the network")

    await network.click()
    quarter.page.publish("switches", {"network": True, "flood": False})
    await expect(network).to_be_checked()
    await network.click()
    await wide.control("bot-kill").click()
    quarter.page.publish("bot", {"alive": False, "starts": 1})
    await wide.control("bot-start").click()

    await expect(wide.tab.locator("#bot")).to_have_text("bot stopped")
    turned = [("switch", {"what": "network", "broken": broken}) for broken in (True, False)]
    assert quarter.asked == [*turned, ("bot_kill", {}), ("bot_start", {})]
