"""The commands that live, or work beside a bot that does; each ends in an exit code."""

import asyncio
import gc
import signal
from asyncio import AbstractEventLoop
from collections.abc import Callable, Coroutine, Iterator, Mapping
from contextlib import AsyncExitStack, contextmanager
from pathlib import Path
from typing import TypeVar
from urllib.parse import parse_qs, unquote, urlsplit

import click
import structlog

from bot import logs
from bot.app import serve
from bot.clock import SystemClock
from bot.exits import EXPECTED, Exit, end_of
from bot.house import premises_of
from bot.identity import ask_identity
from bot.patience import confirmed
from bot.readiness import ready
from bot.request import AiohttpRequest
from bot.settings import Settings
from community import team
from storage import bookmarks
from storage.schema import open_database

Result = TypeVar("Result")

SIGNALS = (signal.SIGTERM, signal.SIGINT)

OBJECTS_BETWEEN_LOOKS = 20_000
"""How many objects more than before make Python look for garbage. By its own 700 it looks several
times for every tap, through what is under way for others: a tenth of the main thread's time."""

_LOG: structlog.typing.FilteringBoundLogger = structlog.get_logger(__name__)


def run(path: Path | None, environ: Mapping[str, str]) -> int:
    """Live until a signal asks to stop; gives the exit code."""
    return _ended(lambda: _in_loop(_live, ready(path, environ)))


def invite_officer(path: Path | None, environ: Mapping[str, str]) -> int:
    """Print a link that makes an officer of who follows it; gives the exit code."""

    def invite() -> None:
        click.echo(_in_loop(_invite, ready(path, environ)))
        click.echo("For one person, once, within 24 hours: send it to them alone.", err=True)

    return _ended(invite)


def secrets_of(settings: Settings) -> list[str]:
    """List what no log may hold, as it is written and as it is meant."""
    address = urlsplit(settings.database.url)
    passwords = [address.password or "", *parse_qs(address.query).get("password", [])]
    return [
        settings.telegram.token.get_secret_value(),
        settings.telegram.webhook.secret.get_secret_value(),
        *passwords,
        *map(unquote, passwords),
    ]


def _ended(work: Callable[[], None]) -> int:
    """Do a command's work; gives the exit code, and tells in one line what was in the way."""
    try:
        work()
    except EXPECTED as error:
        code, line = end_of(error)
        if code is Exit.OTHER:
            _LOG.critical("ended", fault=logs.kinds(error), at=logs.places(error))
        click.echo(line, err=True)
        return code
    return 0


def _in_loop(
    work: Callable[[Settings], Coroutine[object, object, Result]], settings: Settings
) -> Result:
    logs.configure(hidden=secrets_of(settings))
    # What is imported by now stays: no later look for garbage passes over it again.
    gc.freeze()
    gc.set_threshold(OBJECTS_BETWEEN_LOOKS)
    gc.enable()
    with asyncio.Runner(loop_factory=_loop_factory()) as runner:
        return runner.run(work(settings))


def _loop_factory() -> Callable[[], AbstractEventLoop] | None:
    """Give uvloop's loop, or the standard one where uvloop does not install."""
    try:
        from uvloop import new_event_loop  # noqa: PLC0415 - absent on some platforms
    except ImportError:
        return None
    return new_event_loop


async def _live(settings: Settings) -> None:
    stop = asyncio.Event()
    with _set_by_signals(stop):
        await serve(settings, SystemClock(), stop)
    _LOG.info("stopped")


@contextmanager
def _set_by_signals(stop: asyncio.Event) -> Iterator[None]:
    """Have each signal set `stop`; one that comes when all has ended is of no consequence."""
    loop = asyncio.get_running_loop()
    for number in SIGNALS:
        loop.add_signal_handler(number, stop.set)
    try:
        yield
    finally:
        for number in SIGNALS:
            loop.remove_signal_handler(number)
            signal.signal(number, signal.SIG_IGN)


async def _invite(settings: Settings) -> str:
    """Make an invitation, beside a running bot or without one; gives its link."""
    clock = SystemClock()
    async with AsyncExitStack() as stack:
        database = await open_database(settings.database.url)
        stack.push_async_callback(database.close)
        token = settings.telegram.token.get_secret_value()
        request = AiohttpRequest(token, settings.telegram.api_url)
        await request.initialize()
        stack.push_async_callback(request.shutdown)
        me = await confirmed(clock, lambda: ask_identity(request))
        await database.write(bookmarks.put_owner, me.id)
        code = await database.write(team.invite_officer, invited_by=None, now=clock.now())
    return premises_of(settings, me.username).deep_link(code)
