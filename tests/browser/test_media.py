"""Voices, photos and files on phones: sent, shown, played, downloaded."""

import base64
from pathlib import Path
from typing import Any

import aiohttp
import pytest
from playwright.async_api import expect

from sandbox.phones.page import HERE
from tests.browser.quarter import Quarter
from tests.browser.window import Window

pytestmark = pytest.mark.asyncio(loop_scope="session")
SAMPLE = (HERE / "static" / "sample.ogg").read_bytes()
DOT = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)
DECODED = """async (source) => {
  const file = await (await fetch(source)).arrayBuffer();
  return (await new OfflineAudioContext(1, 48000, 48000).decodeAudioData(file)).duration;
}"""


async def _upload(quarter: Quarter, method: str, kind: str, content: bytes, name: str) -> None:
    form = aiohttp.FormData()
    form.add_field("chat_id", str(quarter.samira.id))
    form.add_field(kind, content, filename=name)
    async with quarter.api.session.post(f"{quarter.api.base}/{method}", data=form) as response:
        assert (await response.json())["ok"]


async def test_voice_of_the_bot_is_played(quarter: Quarter, wide: Window) -> None:
    await _upload(quarter, "sendVoice", "voice", SAMPLE, "voice.ogg")
    voice = wide.phone(quarter.samira.id).locator(".voice")
    await expect(voice.locator(".length")).to_have_text("0:03")

    await voice.get_by_role("button", name="Play").click()

    await expect(voice.get_by_role("button", name="Pause")).to_be_visible()
    await expect(voice.locator(".played").first).to_be_visible()


async def test_voice_that_is_none_says_so(quarter: Quarter, wide: Window) -> None:
    await _upload(quarter, "sendVoice", "voice", b"not a sound", "voice.ogg")

    voice = wide.phone(quarter.samira.id).locator(".voice")

    await expect(voice).to_contain_text("this sound cannot be played")
    wide.faults.clear()  # the browser complains of the sound, as it should


async def test_voice_recorded_arrives_as_ogg_opus(quarter: Quarter, wide: Window) -> None:
    phone = wide.phone(quarter.samira.id)
    await phone.get_by_role("button", name="Record a voice message").click()
    end = phone.get_by_role("button", name="Stop and send the voice message")
    await expect(end).to_be_visible()
    await wide.tab.wait_for_function(
        "since => performance.now() - since > 900", arg=await wide.tab.evaluate("performance.now()")
    )

    await end.click()
    voice = (await quarter.heard())["voice"]

    stored = quarter.room.files.by_id(voice["file_id"])
    assert stored is not None
    assert stored.content.startswith(b"OggS")
    assert b"OpusHead" in stored.content[:100]
    seconds = await wide.tab.evaluate(DECODED, f"/files/{voice['file_id']}")
    assert 0.5 < seconds < 10


async def test_voice_sample_is_sent_without_a_microphone(quarter: Quarter, wide: Window) -> None:
    phone = wide.phone(quarter.samira.id)

    await phone.get_by_role("button", name="Attach").click()
    await wide.tab.get_by_role("menuitem", name="Sample voice message").click()
    voice = (await quarter.heard())["voice"]

    stored = quarter.room.files.by_id(voice["file_id"])
    assert stored is not None
    assert stored.content == SAMPLE


async def test_photo_is_shown_and_enlarged(quarter: Quarter, wide: Window) -> None:
    await _upload(quarter, "sendPhoto", "photo", DOT, "door.png")
    phone = wide.phone(quarter.samira.id)

    await phone.get_by_role("button", name="Enlarge: Photo").click()

    large = wide.tab.get_by_role("dialog").get_by_role("img")
    await expect(large).to_be_visible()
    assert await large.evaluate("image => image.naturalWidth") == 1


async def test_photo_chosen_is_sent(quarter: Quarter, wide: Window) -> None:
    phone = wide.phone(quarter.samira.id)
    await phone.get_by_role("button", name="Attach").click()
    async with wide.tab.expect_file_chooser() as chooser:
        await wide.tab.get_by_role("menuitem", name="Photo…").click()

    file: Any = {"name": "door.png", "mimeType": "image/png", "buffer": DOT}
    await (await chooser.value).set_files(file)

    assert (await quarter.heard())["photo"][-1]["file_size"] == len(DOT)


async def test_document_is_downloaded(quarter: Quarter, wide: Window, tmp_path: Path) -> None:
    await _upload(quarter, "sendDocument", "document", b"%PDF-1.7", "feuille.pdf")

    async with wide.tab.expect_download() as download:
        await wide.phone(quarter.samira.id).get_by_role("link", name="feuille.pdf").click()
    kept = tmp_path / "kept.pdf"
    await (await download.value).save_as(kept)

    assert (await download.value).suggested_filename == "feuille.pdf"
    assert kept.read_bytes() == b"%PDF-1.7"
