"""Takes the README's pictures from the page: `python -m tests.browser.pictures FOLDER`.

The guided tour is followed on the real page: a picture of it in light, one in dark, and one that
moves.
"""

import asyncio
import io
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from PIL import Image
from playwright.async_api import Browser, async_playwright

from tests.browser.chromium import arguments, installed
from tests.browser.following import follow, staged
from tests.browser.window import Scheme, Window, window

SIZE = (1500, 820)
STILL_AFTER = "full"
"""The step after which the phones have most to show."""
SMALLER = (1000, 547)
FRAME_MS, LAST_FRAME_MS = 1_600, 4_000
COLOURS = 256


def main(folder: Path) -> None:
    """Take every picture into a folder."""
    program = installed()
    if program is None:
        sys.exit("Chromium takes the pictures: apt install chromium")
    taken = asyncio.run(take(program))
    folder.mkdir(parents=True, exist_ok=True)
    for name, picture in taken.items():
        (folder / name).write_bytes(picture)


async def take(program: str) -> Mapping[str, bytes]:
    """Take every picture with a browser's program; gives each by its file's name."""
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=program, args=arguments())
        light, dark = await _tour(browser, "light"), await _tour(browser, "dark")
        await browser.close()
    return {
        "phones-light.png": light[STILL_AFTER],
        "phones-dark.png": dark[STILL_AFTER],
        "tour.gif": _animated(list(light.values())),
    }


async def _tour(browser: Browser, scheme: Scheme) -> Mapping[str, bytes]:
    """Follow the tour in a scheme of colours; gives a picture of the page after each step."""
    taken: dict[str, bytes] = {}
    with TemporaryDirectory() as folder:
        async with (
            staged(Path(folder) / "demo") as stage,
            window(browser, stage.url, SIZE, scheme) as shown,
        ):

            async def look(step: str) -> None:
                taken[step] = await _picture(shown)

            await look("start")
            await follow(stage, shown, look)
            await look("end")
    return taken


async def _picture(shown: Window) -> bytes:
    return await shown.tab.screenshot(animations="disabled")


def _animated(frames: Sequence[bytes]) -> bytes:
    first, *others = [
        Image.open(io.BytesIO(frame))
        .convert("RGB")
        .resize(SMALLER, Image.Resampling.LANCZOS)
        .quantize(COLOURS, dither=Image.Dither.NONE)
        for frame in frames
    ]
    written = io.BytesIO()
    durations = [FRAME_MS] * len(others) + [LAST_FRAME_MS]
    first.save(
        written,
        "GIF",
        save_all=True,
        append_images=others,
        duration=durations,
        loop=0,
        optimize=True,
    )
    return written.getvalue()


if __name__ == "__main__":
    main(Path(sys.argv[1]))
