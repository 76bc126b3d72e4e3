"""One Palabre at a time: locks that the operating system drops when the process dies.

Two locks (reliability.md F69): a file beside the SQLite database, and a file named by a hash of the
token in the state folder of whoever runs the bot. No lease and no process number to go stale: a
killed bot never keeps its successor out. The files stay behind, empty; removing one while a lock
is held would let a second bot in. Another host is not seen from here: Telegram's 409 tells (F32).
"""

import fcntl
import hashlib
import os
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from pathlib import Path

from storage.errors import BusyError


class SecondInstanceError(Exception):
    """Another Palabre runs on the same database or with the same token."""

    def __init__(self, path: Path) -> None:
        super().__init__(f"another Palabre already runs: it holds {path}")
        self.path = path


def database_lock(database: Path) -> Path:
    """Name the lock file that lies beside a SQLite database."""
    return database.with_name(database.name + ".lock")


def token_lock(token: str, environ: Mapping[str, str] = os.environ) -> Path:
    """Name the lock file of a token, the same for all that one person runs on this host."""
    fingerprint = hashlib.sha256(f"palabre:{token}".encode()).hexdigest()[:24]
    return _state_home(environ) / f"token-{fingerprint}.lock"


@contextmanager
def held(*paths: Path) -> Iterator[None]:
    """Hold every lock until the end of the block; folders are made as needed.

    Raises:
        SecondInstanceError: another process holds one of them; none is kept then.
    """
    with ExitStack() as stack:
        for path in paths:
            stack.enter_context(_lock(path))
        yield


@contextmanager
def postgresql_lock(url: str) -> Iterator[None]:
    """Hold the advisory lock of a PostgreSQL database until the end of the block.

    Raises:
        SecondInstanceError: another session holds it.
    """
    # Only a bot on PostgreSQL pays for importing its driver.
    from storage.postgresql import BotLock  # noqa: PLC0415

    try:
        lock = BotLock(url)
    except BusyError as error:
        raise SecondInstanceError(Path("the database")) from error
    try:
        yield
    finally:
        lock.release()


@contextmanager
def _lock(path: Path) -> Iterator[None]:
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    file = os.open(path, os.O_RDWR | os.O_CREAT, mode=0o600)
    try:
        _take(file, path)
        yield
    finally:
        os.close(file)


def _take(file: int, path: Path) -> None:
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError as error:
        raise SecondInstanceError(path) from error


def _state_home(environ: Mapping[str, str]) -> Path:
    """Give where programs keep their state (XDG base directories), or a folder of our own in /tmp.

    A service without a home has no other place that a second one of the same person would look in.
    """
    if state := environ.get("XDG_STATE_HOME"):
        return Path(state) / "palabre"
    if (home := environ.get("HOME")) and os.access(home, os.W_OK):
        return Path(home) / ".local" / "state" / "palabre"
    return Path(tempfile.gettempdir()) / f"palabre-{os.getuid()}"
