"""What the program's exit codes mean, to systemd and to whoever reads the runbook.

Every end that an operator can do something about has one line that says what; all others are faults
of ours, and are logged by what they are and where, without the words that they carry (bot/logs.py).
"""

from collections.abc import Callable
from enum import IntEnum
from typing import Any

from telegram.error import TelegramError

from bot.config import ConfigError
from bot.lock import SecondInstanceError
from bot.logs import kinds
from bot.patience import TokenRefusedError
from storage.errors import (
    BusyError,
    DamagedError,
    NewerSchemaError,
    OtherBotError,
    UnreachableError,
)


class Exit(IntEnum):
    """Why the program stopped; 0 is a wanted end, 1 a fault."""

    OTHER = 1
    """Something else failed."""
    SETTINGS = 2
    """A setting is missing, unknown or impossible."""
    SECOND_INSTANCE = 3
    """Another Palabre holds this database or this token."""
    DAMAGED = 4
    """The database is damaged: restore it, do not restart."""
    TOKEN_REFUSED = 5
    """Telegram knows no bot by this token."""
    NEWER_DATABASE = 6
    """The database was written by a newer Palabre."""
    OTHER_BOT = 7
    """The database belongs to another bot."""


def _itself(error: Exception) -> str:
    return str(error)


def _first_line(error: Exception) -> str:
    return f"database.url: cannot be opened: {str(error).partition(chr(10))[0]}"


def _says(line: str) -> Callable[[Any], str]:
    return line.format


ENDS: dict[type[Exception], tuple[Exit, Callable[[Any], str]]] = {
    ConfigError: (Exit.SETTINGS, _itself),
    SecondInstanceError: (Exit.SECOND_INSTANCE, _itself),
    DamagedError: (
        Exit.DAMAGED,
        _says("the database is damaged: restore a backup before you start again"),
    ),
    TokenRefusedError: (
        Exit.TOKEN_REFUSED,
        _says("telegram.token: Telegram knows no bot by it; @BotFather gives a new one"),
    ),
    NewerSchemaError: (Exit.NEWER_DATABASE, _says("{}: run the newer Palabre that wrote it")),
    OtherBotError: (
        Exit.OTHER_BOT,
        _says("{}, and telegram.token is another's: change it or database.url"),
    ),
    UnreachableError: (Exit.OTHER, _first_line),
    BusyError: (Exit.OTHER, _says("the database is held by another program: try again later")),
    TelegramError: (
        Exit.OTHER,
        lambda error: f"telegram.api_url: no answer ({kinds(error)}): try again later",
    ),
}
"""The end that each error is, and the line that says so."""

EXPECTED = tuple(ENDS)


def end_of(error: Exception) -> tuple[Exit, str]:
    """Give the exit code and the line of one of the EXPECTED errors."""
    return next(
        (code, line(error)) for kind, (code, line) in ENDS.items() if isinstance(error, kind)
    )
