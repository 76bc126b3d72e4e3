"""The page over time: reloads, a server that comes back, and a large crowd."""

import pytest
from playwright.async_api import Browser, expect

from sandbox import Room
from sandbox.phones import Page
from tests.browser.quarter import Quarter
from tests.browser.relay import relay
from tests.browser.window import Window, window

pytestmark = pytest.mark.asyncio(loop_scope="session")
PEOPLE = 60
MESSAGES = 5_000
MOST_NODES = 6_000
DRAWN = 60


async def test_reload_keeps_phones_and_what_is_on_them(quarter: Quarter, wide: Window) -> None:
    quarter.publish_quarter()
    await wide.tab.get_by_role("button", name="Karim français").click()
    await quarter.card(quarter.samira.id)
    await wide.phone(quarter.yusuf.id).get_by_role("button", name="Put away").click()
    await wide.tab.get_by_role("heading", level=1).click()  # eyes off: what comes stays unread
    await quarter.send(quarter.group.id, "Bonjour à tous")
    await expect(wide.phone(quarter.samira.id).locator(".key")).to_have_count(2)
    phones = "all => all.map((one) => one.dataset.id)"
    before = await wide.tab.locator(".phone").evaluate_all(phones)

    await wide.tab.reload()

    await expect(wide.phone(quarter.samira.id).locator(".key")).to_have_count(2)
    assert sorted(await wide.tab.locator(".phone").evaluate_all(phones)) == sorted(before)
    await expect(wide.tab.get_by_role("heading", level=1)).to_have_text("Linné")
    await expect(wide.phone(quarter.group.id).locator(".badge")).to_have_text("1")


async def test_page_that_comes_back_with_another_room_is_believed(
    chromium: Browser, quarter: Quarter
) -> None:
    port = int(quarter.page.url.rsplit(":", 1)[1].strip("/"))
    async with window(chromium, quarter.page.url) as shown:
        await expect(shown.phone(quarter.samira.id)).to_be_visible()
        await quarter.page.__aexit__(None, None, None)
        await expect(shown.tab.get_by_role("alert")).to_contain_text("Trying again")

        async with Page(quarter.room, port=port, language="fr"):
            await expect(shown.tab.get_by_role("heading", level=1)).to_have_text("Les téléphones")

            await expect(shown.phone(quarter.samira.id)).to_be_visible()
            shown.faults.clear()  # the browser told of the cut line, as it should


async def test_room_that_is_empty_says_so_until_someone_comes(chromium: Browser) -> None:
    room = Room()
    async with Page(room) as page:
        tab = await chromium.new_page()
        await tab.goto(page.url)
        await expect(tab.get_by_text("No phone is open.")).to_be_visible()

        ana = room.person("Ana", language_code="pt")

        await expect(tab.locator(f"#panel-{ana.id}")).to_be_visible()
        await expect(tab.get_by_text("No phone is open.")).to_be_hidden()
        await tab.close()


async def test_crowd_is_drawn_within_bounds(chromium: Browser, quarter: Quarter) -> None:
    crowd = [quarter.room.person(f"Person {at}", language_code="fr") for at in range(PEOPLE)]
    for at in range(MESSAGES):
        crowd[at % 3].say(f"message {at}")
    async with window(chromium, quarter.page.url) as shown:
        await shown.tab.get_by_role("searchbox").fill("Person 0")
        await shown.tab.get_by_role("button", name="Person 0 français").click()
        phone = shown.phone(crowd[0].id)
        turns = phone.locator(".turn")
        await expect(turns).to_have_count(DRAWN)
        nodes = await shown.tab.evaluate("document.querySelectorAll('*').length")

        log = phone.locator(".log")
        await log.evaluate("log => { log.scrollTop = 0; }")
        await expect(turns).to_have_count(2 * DRAWN)
        await phone.get_by_role("button", name="Go to the newest message").click()
        await expect(turns).to_have_count(DRAWN)
        for at in range(2 * DRAWN):
            crowd[0].say(f"more {at}")

        await expect(phone.get_by_text(f"more {2 * DRAWN - 1}")).to_be_visible()
        await expect(turns).to_have_count(DRAWN)
        assert nodes < MOST_NODES


async def test_line_that_was_cut_is_caught_up_with(chromium: Browser, quarter: Quarter) -> None:
    port = int(quarter.page.url.rsplit(":", 1)[1].strip("/"))
    async with relay(port) as (line, begin):
        tab = await chromium.new_page()
        await tab.goto(f"http://127.0.0.1:{begin}/")
        turns = tab.locator(f"#panel-{quarter.samira.id} .turn")
        await expect(turns).to_have_count(1)

        line.cut()
        await expect(tab.get_by_role("alert")).to_contain_text("Trying again")
        for at in range(2 * DRAWN):
            quarter.samira.say(f"meanwhile {at}")
        line.mend()

        await expect(turns.last).to_contain_text(f"meanwhile {2 * DRAWN - 1}")
        await expect(turns).to_have_count(DRAWN)
        await expect(tab.get_by_role("alert")).to_have_count(0)
        await tab.close()
