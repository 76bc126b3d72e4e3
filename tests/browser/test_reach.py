"""Whoever looks at it, with whatever: narrow windows, the keyboard alone, a screen reader."""

from importlib.resources import files
from typing import Literal

import pytest
from playwright.async_api import Browser, expect

from tests.browser.quarter import Quarter
from tests.browser.window import NARROW, WIDE, Window, window

pytestmark = pytest.mark.asyncio(loop_scope="session")
AXE = files("axe_playwright_python").joinpath("axe.min.js").read_text(encoding="utf-8")
GRAVE = {"serious", "critical"}
LONGEST_WALK = 40


async def test_narrow_window_shows_one_phone_under_tabs(
    chromium: Browser, quarter: Quarter
) -> None:
    await quarter.send(quarter.yusuf.id, "مرحبا")
    async with window(chromium, quarter.page.url, NARROW) as narrow:
        phones = narrow.tab.locator(".phone:visible")
        await expect(phones).to_have_count(1)
        await expect(narrow.phone(quarter.samira.id)).to_be_visible()

        await narrow.tab.get_by_role("tab", name="Samira").focus()
        await narrow.tab.keyboard.press("ArrowRight")

        await expect(phones).to_have_count(1)
        await expect(narrow.phone(quarter.yusuf.id)).to_be_visible()
        await expect(narrow.phone(quarter.yusuf.id).locator(".badge")).to_be_hidden()  # it is read
        width = "document.documentElement.scrollWidth"
        assert await narrow.tab.evaluate(width) <= NARROW[0]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", [WIDE, NARROW], ids=["wide", "narrow"])
async def test_page_has_no_grave_finding(
    chromium: Browser, quarter: Quarter, size: tuple[int, int], scheme: Literal["light", "dark"]
) -> None:
    await _talk(quarter)
    quarter.publish_quarter()
    pointer = {"phone": quarter.samira.id, "label": "Je viens", "say": "oui", "control": None}
    quarter.publish_tour(2, pointer)
    async with window(chromium, quarter.page.url, size, scheme) as shown:
        await expect(shown.tab.locator(".pointed")).not_to_have_count(0)
        phones = await _grave(shown)
        await shown.control("behind").click()
        behind = await _grave(shown)
        await shown.control("behind").click()
        await shown.control("posters").click()
        posters = await _grave(shown)

    assert (phones, behind, posters) == ([], [], [])


async def _talk(quarter: Quarter) -> None:
    markup = {"keyboard": [["📅 Agenda"]]}
    await quarter.send(quarter.samira.id, "Bonjour /aide", reply_markup=markup)
    await quarter.send(quarter.yusuf.id, "مرحبا", disable_notification=True)
    for chat in (quarter.samira.id, quarter.group.id):
        await quarter.card(chat, "<b>Atelier</b> <code>x</code>", parse_mode="HTML")
    quarter.samira.send_voice(b"OggS")
    quarter.samira.send_document(b"x")
    quarter.samira.say("Bonjour", quarter.group)
    quarter.karim.block()


async def _grave(shown: Window) -> list[str]:
    shown.faults[:] = [fault for fault in shown.faults if "OggS" not in fault]
    await shown.tab.evaluate(AXE)
    results = await shown.tab.evaluate("axe.run()")
    return [
        f"{found['id']}: {[node['html'][:120] for node in found['nodes']]}"
        for found in results["violations"]
        if found["impact"] in GRAVE
    ]


async def _walk(shown: Window, label: str) -> None:
    for _ in range(LONGEST_WALK):
        await shown.tab.keyboard.press("Tab")
        if await shown.focused() == label:
            return
    pytest.fail(f"{label!r} was not reached by Tab")


async def test_keyboard_alone_answers_writes_and_goes_between_phones(
    quarter: Quarter, wide: Window
) -> None:
    await quarter.card(quarter.samira.id)
    await quarter.card(quarter.yusuf.id)
    keys = wide.tab.keyboard

    await keys.press("Tab")
    assert await wide.focused() == "Skip to the phones"
    await keys.press("Enter")
    await _walk(wide, "Conversation of Samira")
    await _walk(wide, "✅ Je viens")
    await keys.press("Enter")
    query = await quarter.heard("callback_query")
    await _walk(wide, "Message from Samira")
    await keys.type("Bonjour")
    await keys.press("Enter")
    said = await quarter.heard()
    await wide.phone(quarter.samira.id).locator(".log").focus()
    await keys.press("ArrowRight")

    assert (query["data"], said["text"]) == ("y", "Bonjour")
    assert await wide.focused() != ""
    await expect(wide.phone(quarter.yusuf.id).locator(".log")).to_be_focused()
    outline = "getComputedStyle(document.activeElement).outlineStyle"
    assert await wide.tab.evaluate(outline) == "solid"


async def test_keyboard_menu_opens_moves_and_closes(quarter: Quarter, wide: Window) -> None:
    opener = wide.phone(quarter.samira.id).get_by_role("button", name="Menu of Samira's phone")
    await opener.focus()
    await wide.tab.keyboard.press("Enter")

    await expect(wide.tab.get_by_role("menuitem", name="Block the bot")).to_be_focused()
    await wide.tab.keyboard.press("ArrowDown")
    await expect(wide.tab.get_by_role("menuitem", name="Commands")).to_be_focused()
    await wide.tab.keyboard.press("Escape")

    await expect(wide.tab.get_by_role("menu")).to_have_count(0)
    await expect(opener).to_be_focused()


async def test_theme_is_chosen_and_kept(wide: Window) -> None:
    ground = "getComputedStyle(document.body).backgroundColor"
    light = await wide.tab.evaluate(ground)

    await wide.tab.get_by_role("button", name="Dark colours").click()
    dark = await wide.tab.evaluate(ground)
    await wide.tab.reload()
    await expect(wide.tab.get_by_role("button", name="Light colours")).to_be_visible()

    assert light != dark
    assert await wide.tab.evaluate(ground) == dark
