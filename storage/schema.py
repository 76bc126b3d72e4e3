"""Opening a database: sound and of this program's schema, brought there first where needed.

The revisions are Alembic's and the same on both databases. Before an existing SQLite file is
changed, a copy of it is laid beside it.
"""

import os
from contextlib import closing
from pathlib import Path

from sqlalchemy.engine import URL, make_url

from storage.database import Database, Switchboard
from storage.errors import NewerSchemaError, UnreachableError
from storage.sqlite import SqliteEngine
from storage.sqlite.files import copy_into, looking_at, quick_check

MIGRATIONS = Path(__file__).parent / "migrations"
HEAD = "0001"
"""The newest revision. Kept here so that a start without a migration need not import Alembic."""


async def open_database(url: str) -> Database:
    """Open a database, migrated to HEAD; a SQLite file that is not there yet is made, mode 0600.

    Raises:
        DamagedError: the file is not a sound database.
        NewerSchemaError: a newer program has written it.
        BusyError: others kept it locked.
        UnreachableError: the server does not answer, or the file cannot be opened.
    """
    address = make_url(url)
    switchboard = Switchboard()
    if address.get_backend_name() == "sqlite":
        path = sqlite_path(address)
        if _holds_something(path):
            quick_check(path)
        migrate(url)
        return Database(await SqliteEngine.open(path, switchboard), switchboard)
    # psycopg takes as long to import as a whole SQLite start takes otherwise.
    from storage import postgresql  # noqa: PLC0415

    migrate(url)
    return Database(await postgresql.PostgresqlEngine.open(url, switchboard), switchboard)


def sqlite_path(address: URL) -> Path:
    """Give the file of a `sqlite:///` address, relative to the working folder unless absolute.

    Raises:
        ValueError: it names none; a database in memory would be another one for each thread.
    """
    if address.database in {None, "", ":memory:"}:
        raise ValueError("a SQLite address names a file")
    return Path(str(address.database))


def migrate(url: str) -> None:
    """Bring a database to HEAD; nothing happens where it is there.

    Raises:
        NewerSchemaError: its revision is not one of this program's; it is left untouched.
        BusyError, DamagedError, UnreachableError: as in `open_database`.
    """
    found = revision(url)
    if found == HEAD:
        return
    if found is not None and found not in known_revisions():
        raise NewerSchemaError(found)
    address = make_url(url)
    if address.get_backend_name() == "sqlite":
        _make_ready(sqlite_path(address))
    upgrade(url, MIGRATIONS)


def upgrade(url: str, migrations: Path) -> None:
    """Run the revisions of a folder that a database lacks: all of them, or none."""
    # Alembic costs a third of a second to import and is needed at one start in a hundred.
    from alembic import command  # noqa: PLC0415
    from alembic.config import Config  # noqa: PLC0415

    config = Config()
    config.set_main_option("script_location", str(migrations).replace("%", "%%"))
    config.attributes["url"] = url
    command.upgrade(config, "head")


def known_revisions() -> set[str]:
    """Give the revisions that this program knows, by the names of their files."""
    return {file.name.split("_")[0] for file in (MIGRATIONS / "versions").glob("[0-9]*.py")}


def revision(url: str) -> str | None:
    """Find a database's revision; None for an empty one.

    Raises:
        BusyError, DamagedError, UnreachableError: as in `open_database`.
    """
    address = make_url(url)
    if address.get_backend_name() == "sqlite":
        return _sqlite_revision(sqlite_path(address))
    from storage import postgresql  # noqa: PLC0415 - see open_database

    with closing(postgresql.connect(url)) as connection:
        found = connection.execute("SELECT to_regclass('alembic_version')").fetchone()
        if found is None or found[0] is None:
            return None
        row = connection.execute("SELECT version_num FROM alembic_version").fetchone()
    return row[0] if row else None


def _sqlite_revision(path: Path) -> str | None:
    if not _holds_something(path):
        return None
    with looking_at(path) as connection:
        tables = "SELECT 1 FROM sqlite_master WHERE name = 'alembic_version'"
        if connection.execute(tables).fetchone() is None:
            return None
        row = connection.execute("SELECT version_num FROM alembic_version").fetchone()
    return row[0] if row else None


def _holds_something(path: Path) -> bool:
    return path.exists() and path.stat().st_size > 0


def _make_ready(path: Path) -> None:
    """Copy a file that holds something; make one that is not there, for its owner alone."""
    if _holds_something(path):
        copy_aside(path)
        return
    try:
        os.close(os.open(path, os.O_CREAT | os.O_RDWR, 0o600))
    except OSError as error:
        raise UnreachableError(f"{path}: {error.strerror}") from error


def copy_aside(path: Path) -> Path:
    """Copy a file beside itself, whole, consistent and on the disk; gives the copy's path.

    One copy a revision: a start that fails again and again does not fill the disk.
    """
    copy = path.with_name(f"{path.name}.before-{HEAD}")
    unfinished = copy.with_name(f"{copy.name}.part")
    unfinished.unlink(missing_ok=True)
    file = os.open(unfinished, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600)
    try:
        copy_into(path, unfinished)
        os.fsync(file)
    finally:
        os.close(file)
    unfinished.replace(copy)
    return copy
