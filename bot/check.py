"""What `palabre check` looks at: can this installation run, and if not, what is in the way.

Each line of the report is one check: its name, whether it passed, and a detail for a person. The
exit code is that of the first that failed, as `palabre run` would have given it.
"""

import asyncio
import json
import os
import shutil
import sqlite3
import sys
from collections.abc import Iterable, Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from importlib import metadata
from pathlib import Path
from typing import Literal

from bot.clock import SystemClock
from bot.config import ConfigError, load
from bot.exits import EXPECTED, Exit, end_of
from bot.identity import Identity, ask_identity
from bot.patience import confirmed
from bot.readiness import language_problems, token_problems
from bot.request import AiohttpRequest
from bot.settings import Database, Settings
from storage import bookmarks
from storage.database import Reader
from storage.errors import NewerSchemaError, OtherBotError
from storage.postgresql import connect
from storage.schema import HEAD, known_revisions, revision
from storage.sqlite.files import looking_at, quick_check

Name = Literal["settings", "database", "token", "versions", "disk"]

OLDEST_SQLITE = (3, 35)
"""RETURNING: https://www.sqlite.org/lang_returning.html"""

SOUND_SQLITE = (3, 51, 3)
"""Before it two connections that checkpoint at once may corrupt the file (reliability.md)."""

TELEGRAM_DEADLINE = timedelta(seconds=10)
"""Somebody waits for the report."""

NEEDED_BYTES = 100 * 1024 * 1024
WANTED_BYTES = 500 * 1024 * 1024
"""Below these the bot stops polling, or warns (reliability.md F08)."""


@dataclass(frozen=True)
class Check:
    """One thing looked at."""

    name: Name
    ok: bool
    detail: str
    exit: Exit = Exit.OTHER


def version() -> str:
    """Give Palabre's version."""
    return metadata.version("palabre")


def look(path: Path | None, environ: Mapping[str, str]) -> list[Check]:
    """Check an installation; what needs the settings is left out when they cannot be read."""
    try:
        settings = load(path, environ)
    except ConfigError as error:
        return [
            Check("settings", ok=False, detail="; ".join(error.problems), exit=Exit.SETTINGS),
            versions(),
        ]
    token, me = asyncio.run(known(settings))
    return [
        complete(settings),
        database(settings, me),
        token,
        versions(),
        disk(settings.state_folder),
    ]


def complete(settings: Settings) -> Check:
    """Check what settings that can be read may still say wrong."""
    problems = language_problems(settings)
    detail = "; ".join(problems) or "all known and possible"
    return Check("settings", ok=not problems, detail=detail, exit=Exit.SETTINGS)


async def known(settings: Settings) -> tuple[Check, Identity | None]:
    """Check that Telegram knows a bot by the token; gives that bot too where it does."""
    token = settings.telegram.token.get_secret_value()
    if problems := token_problems(settings):
        return Check("token", ok=False, detail=problems[0], exit=Exit.SETTINGS), None
    request = AiohttpRequest(token, settings.telegram.api_url, total_deadline=TELEGRAM_DEADLINE)
    await request.initialize()
    try:
        me = await confirmed(SystemClock(), partial(ask_identity, request))
    except EXPECTED as error:
        return _failed("token", error), None
    finally:
        await request.shutdown()
    return Check("token", ok=True, detail=f"@{me.username}, bot {me.id}"), me


def database(settings: Settings, me: Identity | None) -> Check:
    """Check that a start could use the database, without bringing it anywhere."""
    try:
        detail = _found(settings.database, me)
    except EXPECTED as error:
        return _failed("database", error)
    return Check("database", ok=True, detail=detail)


def _found(place: Database, me: Identity | None) -> str:
    """Tell what a database is; raises what a start would raise."""
    path = place.sqlite_path
    if path is not None and path.exists():
        quick_check(path)
    found = revision(place.url)
    if found is None:
        return f"empty: brought to schema {HEAD} at the next start"
    if found not in known_revisions():
        raise NewerSchemaError(found)
    with _reader(place) as reader:
        owner = bookmarks.find(reader, bookmarks.OWNER)
    if me is not None and owner not in {None, me.id}:
        raise OtherBotError(owner)
    return f"sound, of {'no bot yet' if owner is None else f'bot {owner}'}, {_age(found)}"


def _age(found: str) -> str:
    return f"schema {found}" + ("" if found == HEAD else f": brought to {HEAD} at the next start")


@contextmanager
def _reader(place: Database) -> Iterator[Reader]:
    """Give a way to look at a database that can change nothing."""
    path = place.sqlite_path
    if path is not None:
        with looking_at(path) as connection:
            yield Reader(connection.cursor(), "sqlite")
    else:
        with closing(connect(place.url)) as connection:
            yield Reader(connection.cursor(), "postgresql")


def versions(sqlite: tuple[int, ...] = sqlite3.sqlite_version_info) -> Check:
    """Check the versions underneath."""
    python = ".".join(map(str, sys.version_info[:3]))
    detail = f"Python {python}, SQLite {'.'.join(map(str, sqlite))}"
    if sqlite < SOUND_SQLITE:
        detail += " (before 3.51.3: let nothing else open the database)"
    library = metadata.version("python-telegram-bot")
    return Check(
        "versions", ok=sqlite >= OLDEST_SQLITE, detail=f"{detail}, python-telegram-bot {library}"
    )


def disk(folder: Path) -> Check:
    """Check the room left where the bot writes, or would once it has made the folder."""
    there = next(one for one in (folder, *folder.parents) if one.exists())
    if not there.is_dir() or not os.access(there, os.W_OK):
        return Check("disk", ok=False, detail=f"{there}: nothing can be written there")
    free = shutil.disk_usage(there).free
    wish = "" if free >= WANTED_BYTES else f"; {WANTED_BYTES // 2**20} MB are wanted"
    return Check("disk", ok=free >= NEEDED_BYTES, detail=f"{free // 2**20} MB free{wish}")


def _failed(name: Name, error: Exception) -> Check:
    code, line = end_of(error)
    return Check(name, ok=False, detail=line, exit=code)


def exit_code(checks: Iterable[Check]) -> int:
    """Give the exit code of the first that failed; 0 when none did."""
    return next((int(check.exit) for check in checks if not check.ok), 0)


def as_json(checks: list[Check]) -> str:
    """Give the report for programs."""
    rows = [{"name": check.name, "ok": check.ok, "detail": check.detail} for check in checks]
    report = {"ok": exit_code(checks) == 0, "version": version(), "checks": rows}
    return json.dumps(report, ensure_ascii=False)


def as_table(checks: list[Check]) -> str:
    """Give the report for people."""
    mark = {True: "ok  ", False: "FAIL"}
    lines = [f"{mark[check.ok]}  {check.name:<8}  {check.detail}" for check in checks]
    return "\n".join([f"Palabre {version()}", *lines])
