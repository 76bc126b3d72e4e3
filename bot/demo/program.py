"""`palabre demo`: opens the stage, then shows the page until told to stop, or plays the tour."""

import asyncio
import errno
import os
import signal
import sys
import webbrowser
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import click

from bot import logs
from bot.demo import home, opening, script
from bot.demo.stage import BotEndedError
from bot.exits import EXPECTED, Exit, end_of

SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
SCREENS = ("DISPLAY", "WAYLAND_DISPLAY")
ALWAYS_A_SCREEN = frozenset({"darwin", "win32"})
ANY_PORT = 0


@dataclass(frozen=True, slots=True)
class Wishes:
    """What was asked for on the command line; `folder` None: nothing stays."""

    port: int
    opens_browser: bool
    language: str
    folder: Path | None
    is_scripted: bool


def main(wishes: Wishes) -> int:
    """Give the demonstration; gives the exit code, and tells in one line what was in the way."""
    logs.configure("WARNING")
    try:
        return asyncio.run(_until_told(wishes))
    except home.RefusedError as error:
        return _told(str(error), Exit.SETTINGS)
    except BotEndedError as error:
        return _told(f"the bot has ended: {error}", Exit.OTHER)
    except AssertionError as error:
        return _told(f"\nnot as promised: {error}", Exit.OTHER)
    except EXPECTED as error:
        code, line = end_of(error)
        return _told(line, code)
    except OSError as error:
        if error.errno != errno.EADDRINUSE:
            raise
        return _told(f"--port {wishes.port}: another program listens there", Exit.SETTINGS)


def _told(line: str, code: Exit) -> Exit:
    click.echo(line, err=True)
    return code


async def _until_told(wishes: Wishes) -> int:
    """Do what was asked for until it is done, or a signal asks to stop; gives the exit code."""
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in SIGNALS:
        loop.add_signal_handler(number, stop.set)
    work = _play(wishes) if wishes.is_scripted else _show(wishes)
    working, stopping = asyncio.create_task(work), asyncio.create_task(stop.wait())
    await asyncio.wait({working, stopping}, return_when=asyncio.FIRST_COMPLETED)
    stopping.cancel()
    if not working.done():
        working.cancel()
        with suppress(asyncio.CancelledError):
            await working
        return _told("stopped before its end", Exit.OTHER) if wishes.is_scripted else 0
    return working.result()


async def _show(wishes: Wishes) -> int:
    """Show the page until cancelled."""
    with home.opened(wishes.folder, language=wishes.language) as house:
        async with opening.opened(house, port=wishes.port, complain=_complain) as shown:
            click.echo(f"Palabre lives at {shown.url}")
            if wishes.opens_browser and _has_screen():
                await asyncio.to_thread(_open_browser, shown.url)
            await shown.run()
    return 0


async def _play(wishes: Wishes) -> int:
    with home.opened(wishes.folder, language=wishes.language) as house:
        async with opening.opened(house, port=ANY_PORT, complain=_complain) as played:
            await script.play(played, click.echo)
    return 0


def _complain(line: str) -> None:
    click.echo(f"the bot has ended: {line}", err=True)


def _has_screen() -> bool:
    """Whether a browser would have a screen to open on, other than this terminal."""
    return sys.platform in ALWAYS_A_SCREEN or any(os.environ.get(name) for name in SCREENS)


def _open_browser(url: str) -> None:
    with suppress(webbrowser.Error):
        webbrowser.open(url)
