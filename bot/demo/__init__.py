"""The bot's main job before your eyes, without a token: the real bot in a room with people in it.

A script moves the people and the clock (bot/demo/chapters.py); nothing of it touches a real
token or a real database.
"""

import asyncio
from collections.abc import Callable, Mapping
from pathlib import Path

import click

from bot import logs
from bot.demo.chapters import CHAPTERS
from bot.demo.quarter import open_quarter
from bot.exits import Exit
from sandbox.drawing import phones


def main(pictures: Path | None = None) -> int:
    """Play the journey on the terminal; gives 0, or 1 where something was not as promised."""
    logs.configure("WARNING")
    try:
        drawn = asyncio.run(play(click.echo))
    except AssertionError as error:
        click.echo(f"\nnot as promised: {error}", err=True)
        return Exit.OTHER
    if pictures is not None:
        pictures.mkdir(parents=True, exist_ok=True)
        for name, picture in drawn.items():
            (pictures / f"{name}.svg").write_text(picture, encoding="utf-8")
    return 0


async def play(tell: Callable[[str], None], language: str = "fr") -> Mapping[str, str]:
    """Play the journey and check it at each step; gives pictures of it (SVG), by name.

    Raises:
        AssertionError: something did not happen as promised; it says what a phone showed instead.
    """
    async with open_quarter(tell, language) as quarter:
        for chapter in CHAPTERS:
            quarter.step((chapter.__doc__ or "").rstrip("."))
            await chapter(quarter)
        quarter.step("Everything happened as promised")
    return {
        name: phones([(owner, [message]) for owner, message in screens])
        for name, screens in quarter.album.items()
    }
