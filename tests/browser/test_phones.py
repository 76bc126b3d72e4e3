"""Phones in a real browser: what they show, and what is done on them."""

import pytest
from playwright.async_api import Locator, expect

from tests.browser.quarter import Quarter
from tests.browser.window import Window

pytestmark = pytest.mark.asyncio(loop_scope="session")
HOSTILE = "<img src=x onerror=alert(1)>"


async def test_message_hostile_text_is_text(quarter: Quarter, wide: Window) -> None:
    phone = wide.phone(quarter.samira.id)

    await quarter.send(quarter.samira.id, HOSTILE)

    await expect(phone.locator(".words").last).to_have_text(HOSTILE)
    assert await phone.locator("img").count() == 0


async def test_message_entities_mark_what_they_should_after_emojis(
    quarter: Quarter, wide: Window
) -> None:
    text = (
        "👩\u200d👩\u200d👧 <b>Atelier <i>cuisine</i></b> &lt;b&gt; "
        "<a href='https://example.org/x'>ici</a> /agenda"
    )

    await quarter.send(quarter.samira.id, text, parse_mode="HTML")

    words = wide.phone(quarter.samira.id).locator(".words").last
    await expect(words.locator("strong")).to_have_text("Atelier cuisine")
    await expect(words.locator("strong em")).to_have_text("cuisine")
    await expect(words.locator("a")).to_have_attribute("href", "https://example.org/x")
    await expect(words.locator("button.command")).to_have_text("/agenda")
    await expect(words).to_have_text("👩\u200d👩\u200d👧 Atelier cuisine <b> ici /agenda")


async def test_message_edited_changes_in_place_and_keeps_the_focus(
    quarter: Quarter, wide: Window
) -> None:
    card = await quarter.card(quarter.samira.id)
    phone = wide.phone(quarter.samira.id)
    await phone.locator(".key").last.focus()
    before = await phone.locator(".turn").count()

    rows = [[{"text": "↩️ Annuler", "callback_data": "u"}]]
    place = {"chat_id": quarter.samira.id, "message_id": card}
    markup = {"inline_keyboard": rows}
    await quarter.api.result("editMessageText", **place, text="C'est noté", reply_markup=markup)

    await expect(phone.locator(".words").last).to_have_text("C'est noté")
    assert await phone.locator(".turn").count() == before
    assert await wide.focused() == "↩️ Annuler"
    await expect(phone.locator(".foot").last).to_contain_text("edited")


async def test_message_deleted_leaves_a_line(quarter: Quarter, wide: Window) -> None:
    phone = wide.phone(quarter.samira.id)
    sent = await quarter.send(quarter.samira.id, "oups")
    await expect(phone.get_by_text("oups")).to_be_visible()

    await quarter.api.result("deleteMessage", chat_id=quarter.samira.id, message_id=sent)

    await expect(phone.get_by_text("oups")).to_have_count(0)
    await expect(phone.locator(".service").last).to_contain_text("Message deleted")


async def test_button_tapped_waits_then_shows_the_toast(quarter: Quarter, wide: Window) -> None:
    await quarter.card(quarter.samira.id)
    phone = wide.phone(quarter.samira.id)

    await phone.get_by_role("button", name="✅ Je viens").click()
    query = await quarter.heard("callback_query")
    await expect(phone.locator(".key.waits")).to_have_text("✅ Je viens")
    await quarter.api.result("answerCallbackQuery", callback_query_id=query["id"], text="Noté")

    await expect(phone.locator(".toast")).to_have_text("Noté")
    await expect(phone.locator(".key.waits")).to_have_count(0)
    assert (query["data"], query["from"]["id"]) == ("y", quarter.samira.id)


async def test_button_answered_by_an_alert_must_be_acknowledged(
    quarter: Quarter, wide: Window
) -> None:
    await quarter.card(quarter.samira.id)
    await wide.phone(quarter.samira.id).get_by_role("button", name="❌ Non").click()
    query = await quarter.heard("callback_query")

    told = {"callback_query_id": query["id"], "text": "Trop tard", "show_alert": True}
    await quarter.api.result("answerCallbackQuery", **told)

    alert = wide.tab.get_by_role("alertdialog")
    await expect(alert).to_contain_text("Trop tard")
    await wide.tab.keyboard.press("Enter")
    await expect(alert).to_have_count(0)


async def test_button_with_a_deep_link_starts_the_bot(quarter: Quarter, wide: Window) -> None:
    link = f"https://t.me/{quarter.room.bot.username}?start=e_1"
    rows = [[{"text": "Ouvrir", "url": link}]]
    markup = {"inline_keyboard": rows}
    await quarter.send(quarter.samira.id, "Voici", reply_markup=markup)

    await wide.phone(quarter.samira.id).get_by_role("button", name="Ouvrir").click()

    assert (await quarter.heard())["text"] == "/start e_1"


async def test_button_that_leads_outside_opens_nothing_by_itself(
    quarter: Quarter, wide: Window
) -> None:
    rows = [[{"text": "Chemin", "url": "https://www.openstreetmap.org/"}]]
    markup = {"inline_keyboard": rows}
    await quarter.send(quarter.samira.id, "Voici", reply_markup=markup)

    await wide.phone(quarter.samira.id).get_by_role("button", name="Chemin").click()

    box = wide.tab.get_by_role("dialog")
    await expect(box.get_by_role("link")).to_have_attribute(
        "href", "https://www.openstreetmap.org/"
    )


async def test_label_that_is_long_is_shown_whole(quarter: Quarter, wide: Window) -> None:
    label = "Je ne peux plus venir, prévenez la personne qui attend, merci beaucoup"
    rows = [[{"text": label, "callback_data": "x"}, {"text": label, "callback_data": "z"}]]
    markup = {"inline_keyboard": rows}
    await quarter.send(quarter.samira.id, "Voici", reply_markup=markup)

    key = wide.phone(quarter.samira.id).locator(".key").first
    await expect(key).to_have_text(label)
    spill = "key => key.scrollWidth > key.clientWidth || key.scrollHeight > key.clientHeight"
    assert not await key.evaluate(spill)


async def test_arrival_that_rings_and_one_that_does_not(quarter: Quarter, wide: Window) -> None:
    loud, quiet = (wide.phone(person.id) for person in (quarter.samira, quarter.yusuf))

    await quarter.send(quarter.yusuf.id, "sans bruit", disable_notification=True)
    await expect(quiet.locator(".badge")).to_have_text("1")
    await quarter.send(quarter.samira.id, "dring")

    await expect(loud.locator(".badge.loud")).to_have_text("1")
    await expect(wide.tab.locator("#said")).to_contain_text("Samira's phone rings: dring")
    await expect(quiet.locator(".badge.loud")).to_have_count(0)
    await expect(quiet.get_by_label("arrived without a sound")).to_be_visible()
    await loud.locator(".log").click()
    await expect(loud.locator(".badge")).to_be_hidden()


async def test_text_typed_is_sent_by_enter(quarter: Quarter, wide: Window) -> None:
    field = wide.phone(quarter.samira.id).get_by_role("textbox")

    await field.fill("Bonjour 👋")
    await field.press("Shift+Enter")
    await field.press_sequentially("à tous")
    await field.press("Enter")

    assert (await quarter.heard())["text"] == "Bonjour 👋\nà tous"
    await expect(field).to_have_value("")


async def test_reply_keyboard_key_sends_its_label(quarter: Quarter, wide: Window) -> None:
    markup = {"keyboard": [["📅 Agenda", "🌍 Langue"]]}
    await quarter.send(quarter.samira.id, "Bonjour", reply_markup=markup)
    phone = wide.phone(quarter.samira.id)

    await phone.get_by_role("button", name="📅 Agenda").click()
    heard = await quarter.heard()
    await quarter.send(quarter.samira.id, "Fini", reply_markup={"remove_keyboard": True})

    assert heard["text"] == "📅 Agenda"
    await expect(phone.locator(".reply-key")).to_have_count(0)


async def test_commands_are_listed_and_sent(quarter: Quarter, wide: Window) -> None:
    known = [{"command": "agenda", "description": "Les rendez-vous"}]
    await quarter.api.result("setMyCommands", commands=known)

    await wide.phone(quarter.samira.id).get_by_role("button", name="Commands").click()
    await wide.tab.get_by_role("menuitem", name="/agenda").click()

    assert (await quarter.heard())["text"] == "/agenda"


async def test_bot_at_work_is_shown_until_it_writes(quarter: Quarter, wide: Window) -> None:
    state = wide.phone(quarter.samira.id).locator(".state")

    await quarter.api.result("sendChatAction", chat_id=quarter.samira.id, action="typing")
    await expect(state).to_have_text("is typing…")
    await quarter.send(quarter.samira.id, "Voilà")

    await expect(state).to_have_text("bot")


async def test_person_blocks_and_unblocks_the_bot(quarter: Quarter, wide: Window) -> None:
    phone = wide.phone(quarter.samira.id)

    await phone.get_by_role("button", name="Menu of Samira's phone").click()
    await wide.tab.get_by_role("menuitem", name="Block the bot").click()
    unblock = phone.get_by_role("button", name="Unblock the bot")
    await expect(unblock).to_be_visible()
    blocked = quarter.samira.private.blocked
    await unblock.click()

    await expect(phone.get_by_role("textbox")).to_be_visible()
    assert (blocked, quarter.samira.private.blocked) == (True, False)


async def test_newcomer_starts_by_the_button(quarter: Quarter, wide: Window) -> None:
    ana = quarter.room.person("Ana", language_code="pt")
    phone = wide.phone(ana.id)

    await phone.get_by_role("button", name="START").click()

    assert (await quarter.heard())["text"] == "/start"
    await expect(phone.get_by_role("textbox")).to_be_visible()


async def test_group_is_a_phone_where_anyone_speaks(quarter: Quarter, wide: Window) -> None:
    await wide.tab.get_by_role("button", name="Parents").click()
    phone = wide.phone(quarter.group.id)
    await phone.get_by_label("Who speaks").select_option("Samira")

    field = phone.get_by_role("textbox")
    await field.fill("Bonjour à tous")
    await field.press("Enter")
    await expect(phone.locator(".mine .words")).to_have_text("Bonjour à tous")
    await phone.get_by_label("Who speaks").select_option("Karim")

    await expect(phone.locator(".theirs .sender").last).to_have_text("Samira")
    await quarter.card(quarter.group.id)
    await phone.get_by_role("button", name="✅ Je viens").click()
    query = await quarter.heard("callback_query")
    assert query["from"]["id"] == quarter.karim.id


async def test_group_that_migrates_keeps_its_phone(quarter: Quarter, wide: Window) -> None:
    await wide.tab.get_by_role("button", name="Parents").click()
    await expect(wide.phone(quarter.group.id)).to_be_visible()

    new = quarter.group.migrate()

    await expect(wide.phone(new)).to_be_visible()
    await expect(wide.tab.locator(".phone")).to_have_count(4)


async def test_day_is_told_once_above_its_messages(quarter: Quarter, wide: Window) -> None:
    phone = wide.phone(quarter.samira.id)
    await quarter.send(quarter.samira.id, "lundi")

    await wide.control("clock-day").click()
    await expect(wide.tab.locator("#clock-day-name")).to_have_text("Tuesday, December 1")
    await quarter.send(quarter.samira.id, "mardi")

    await expect(phone.locator(".day")).to_have_text(["lundi 30 novembre", "mardi 1 décembre"])


async def _edges(thing: Locator) -> tuple[float, float]:
    box = await thing.bounding_box()
    assert box is not None
    return box["x"], box["x"] + box["width"]


async def test_arabic_phone_is_mirrored(quarter: Quarter, wide: Window) -> None:
    await quarter.send(quarter.yusuf.id, "مرحبا يوسف")
    phone = wide.phone(quarter.yusuf.id)
    log = await _edges(phone.locator(".log"))

    theirs = await _edges(phone.locator(".theirs .bubble").last)
    mine = await _edges(phone.locator(".mine .bubble").last)
    field = await _edges(phone.get_by_role("textbox"))
    voice = await _edges(phone.get_by_role("button", name="Record a voice message"))

    await expect(phone).to_have_attribute("dir", "rtl")
    await expect(phone.locator(".words").last).to_have_css("direction", "rtl")
    assert log[1] - theirs[1] < 20  # the bot speaks from the right
    assert mine[0] - log[0] < 20
    assert voice[1] < field[0]
    await expect(wide.phone(quarter.samira.id)).to_have_css("direction", "ltr")
