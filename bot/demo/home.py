"""Where a demonstration keeps what it keeps: a folder that goes away, or one that it has marked.

A real database is never touched: a folder that is not empty is used only if it holds our mark.
"""

import json
import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from bot.demo.plan import SEED
from bot.lock import held
from storage import bookmarks
from storage.database import Reader
from storage.errors import OtherBotError
from storage.sqlite.files import looking_at

MARK = "palabre-demo.json"
DATABASE = "palabre.db"
FIRST_BOT_ID = 7_000_000_000
_KEYS = {"token": str, "seed": int, "language": str}


class RefusedError(Exception):
    """A folder that cannot be the demonstration's; the text says why, in one line."""


@dataclass(frozen=True, slots=True)
class Home:
    """A folder of ours, and what its mark says: the bot's token (of no use elsewhere) and seed."""

    folder: Path
    token: str
    seed: int
    language: str

    @property
    def database(self) -> Path:
        """The bot's database."""
        return self.folder / DATABASE

    @property
    def log(self) -> Path:
        """What the bot writes on stderr."""
        return self.folder / "bot.log"

    def stopped_at(self) -> datetime | None:
        """Give the quarter's time when it was last left; None where nobody has noted it."""
        try:
            return datetime.fromisoformat(self._clock.read_text(encoding="utf-8"))
        except (FileNotFoundError, ValueError):
            return None

    def stop_at(self, now: datetime) -> None:
        """Note the quarter's time, for the next visit."""
        self._clock.write_text(now.isoformat(), encoding="utf-8")

    @property
    def _clock(self) -> Path:
        return self.folder / "clock"

    @property
    def bot_id(self) -> int:
        """The number of the bot that the token is for."""
        return int(self.token.partition(":")[0])


@contextmanager
def opened(folder: Path | None, *, language: str) -> Iterator[Home]:
    """Give a home: in `folder`, which stays and whose language goes on, or (None) for the time.

    Raises:
        RefusedError: the folder is somebody else's, or cannot be used.
        SecondInstanceError: another demonstration is at home there.
        OtherBotError: its database is another bot's.
    """
    if folder is None:
        with TemporaryDirectory(prefix="palabre-demo-") as name:
            yield _marked(Path(name), language)
        return
    home = _kept(folder, language)
    with held(folder / "demo.lock"):
        _check_owner(home)
        yield home


def _kept(folder: Path, language: str) -> Home:
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        is_empty = not any(folder.iterdir())
        mark = folder / MARK
        if not is_empty and not mark.is_file():
            raise RefusedError(f"{folder}: is not empty, and no demonstration has made it")
        return _marked(folder, language) if is_empty else _read(mark)
    except OSError as error:
        raise RefusedError(f"{folder}: cannot be used: {error.strerror}") from error


def _marked(folder: Path, language: str) -> Home:
    """Make a folder ours."""
    token = f"{FIRST_BOT_ID + secrets.randbelow(10**6)}:{secrets.token_urlsafe(26)}"
    told = {"token": token, "seed": SEED, "language": language}
    file = os.open(folder / MARK, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode=0o600)
    with os.fdopen(file, "w", encoding="utf-8") as mark:
        json.dump(told, mark)
    return Home(folder, token, SEED, language)


def _read(mark: Path) -> Home:
    try:
        told = json.loads(mark.read_text(encoding="utf-8"))
        token, seed, language = (kind(told[name]) for name, kind in _KEYS.items())
        int(token.partition(":")[0])
    except (KeyError, TypeError, ValueError) as error:
        raise RefusedError(f"{mark}: is not the mark of a demonstration") from error
    return Home(mark.parent, token, seed, language)


def _check_owner(home: Home) -> None:
    """Make sure that a database that is there is that of our own bot."""
    if not home.database.exists():
        return
    with looking_at(home.database) as connection:
        is_ours = connection.execute(
            "SELECT 1 FROM sqlite_master WHERE name = 'bookmarks'"
        ).fetchone()
        if is_ours is None:
            raise RefusedError(f"{home.database}: is not the database of a demonstration")
        owner = bookmarks.find(Reader(connection.cursor(), "sqlite"), bookmarks.OWNER)
    if owner is not None and owner != home.bot_id:
        raise OtherBotError(owner)
