"""SQLite's file: who may read it, what is done to a damaged one, the copy laid aside."""

import os
import sqlite3
import stat
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import create_engine, inspect, make_url, text

from storage.errors import DamagedError, UnreachableError
from storage.schema import (
    HEAD,
    copy_aside,
    migrate,
    open_database,
    revision,
    sqlite_path,
)
from tests.databases import opened
from tests.storage.rows import resident


@pytest.fixture
def path(sqlite_url: str) -> Path:
    return sqlite_path(make_url(sqlite_url))


def tables(url: str) -> set[str]:
    engine = create_engine(url)
    found = set(inspect(engine).get_table_names())
    engine.dispose()
    return found


def execute(url: str, sql: str) -> None:
    engine = create_engine(url)
    with engine.begin() as connection:
        connection.execute(text(sql))
    engine.dispose()


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def folder(path: Path) -> dict[str, bytes]:
    """Read all files beside a file, and the file."""
    return {one.name: one.read_bytes() for one in path.parent.iterdir()}


def modes(path: Path) -> dict[str, int]:
    """Give the modes of all files beside a file, and of the file."""
    return {one.name: mode(one) for one in path.parent.iterdir()}


def damage(path: Path, at: int) -> None:
    """Overwrite a page."""
    with path.open("r+b") as file:
        file.seek(at)
        file.write(b"\xff" * 4096)


@pytest.mark.parametrize("at", [0, 4096], ids=["header", "page"])
async def test_damaged_file_is_refused_and_not_touched_f10(
    sqlite_url: str, path: Path, at: int
) -> None:
    damage(path, at)
    before = folder(path)

    with pytest.raises(DamagedError):
        await open_database(sqlite_url)

    assert folder(path) == before


async def test_new_file_and_what_lies_beside_it_are_for_their_owner_alone(tmp_path: Path) -> None:
    file = tmp_path / "new.db"
    open_to_all = os.umask(0)
    try:
        async with opened(f"sqlite:///{file}") as database:
            await database.write(resident, 1)

            found = modes(file)
    finally:
        os.umask(open_to_all)

    assert found == {"new.db": 0o600, "new.db-wal": 0o600, "new.db-shm": 0o600}


async def test_relative_address_is_of_the_working_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)

    async with opened("sqlite:///new.db") as database:
        await database.write(resident, 1)

    assert set(folder(tmp_path / "new.db")) == {"new.db"}


@pytest.mark.parametrize("url", ["sqlite://", "sqlite:///:memory:"])
def test_address_without_a_file_is_refused(url: str) -> None:
    with pytest.raises(ValueError, match="names a file"):
        sqlite_path(make_url(url))


async def test_folder_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(UnreachableError, match=r"missing/new\.db"):
        await open_database(f"sqlite:///{tmp_path / 'missing' / 'new.db'}")


def test_file_that_holds_something_is_copied_before_it_is_changed_f67(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'old.db'}"
    execute(url, "CREATE TABLE older (words TEXT)")
    execute(url, "INSERT INTO older VALUES ('kept')")

    migrate(url)

    copy = tmp_path / f"old.db.before-{HEAD}"
    assert sorted(tmp_path.iterdir()) == [tmp_path / "old.db", copy]
    assert tables(f"sqlite:///{copy}") == {"older"}
    assert tables(url) > {"older", "residents"}
    assert mode(copy) == 0o600


def test_migration_that_fails_again_and_again_keeps_one_copy_f67(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'old.db'}"
    execute(url, "CREATE TABLE rsvps (id INTEGER)")

    for _ in range(3):
        with pytest.raises(Exception, match="rsvps"):
            migrate(url)

    assert len(list(tmp_path.iterdir())) == 2


def test_copy_aside_is_whole_though_the_last_commits_are_in_the_log_only(
    sqlite_url: str, path: Path
) -> None:
    with closing(sqlite3.connect(path, isolation_level=None)) as writing:
        writing.execute("PRAGMA journal_mode = WAL")
        writing.execute("INSERT INTO bookmarks VALUES ('late', 1)")
        left_by_a_kill = path.with_name(f"{path.name}.before-{HEAD}.part")
        left_by_a_kill.write_bytes(b"half a copy")

        copy = copy_aside(path)

    with closing(sqlite3.connect(copy)) as copied:
        assert copied.execute("SELECT name FROM bookmarks").fetchall() == [("late",)]
        assert copied.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    assert revision(f"sqlite:///{copy}") == revision(sqlite_url) == HEAD
    assert not left_by_a_kill.exists()
