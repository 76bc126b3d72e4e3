"""Where a demonstration may be at home, and where never."""

import sqlite3
import stat
from contextlib import closing
from pathlib import Path

import pytest

from bot.demo import home
from bot.demo.home import MARK, RefusedError
from bot.lock import SecondInstanceError
from storage.errors import OtherBotError
from tests.bot.demo.making import sown


def test_home_without_a_folder_goes_away() -> None:
    with home.opened(None, language="fr") as one:
        folder = one.folder
        assert folder.is_dir()

    assert not folder.exists()


def test_kept_home_stays_for_its_owner_alone_and_is_the_same_bot(tmp_path: Path) -> None:
    folder = tmp_path / "new" / "quarter"

    with home.opened(folder, language="en") as first:
        pass
    with home.opened(folder, language="fr") as second:
        pass

    assert second == first
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert stat.S_IMODE((folder / MARK).stat().st_mode) == 0o600


def test_folder_that_holds_anything_else_is_refused_untouched(tmp_path: Path) -> None:
    (tmp_path / "palabre.db").write_bytes(b"a real one")

    with pytest.raises(RefusedError, match="is not empty"), home.opened(tmp_path, language="fr"):
        pass

    assert [one.name for one in tmp_path.iterdir()] == ["palabre.db"]


@pytest.mark.parametrize("mark", ["", "[]", "{}", '{"token": "x", "seed": 1, "language": "fr"}'])
def test_mark_that_says_nothing_is_refused(tmp_path: Path, mark: str) -> None:
    (tmp_path / MARK).write_text(mark, encoding="utf-8")

    with pytest.raises(RefusedError, match="not the mark"), home.opened(tmp_path, language="fr"):
        pass


def test_name_of_a_file_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "file"
    file.touch()

    with pytest.raises(RefusedError, match="cannot be used"), home.opened(file, language="fr"):
        pass


async def test_database_of_another_bot_is_refused(tmp_path: Path) -> None:
    with home.opened(tmp_path, language="fr") as one:
        pass
    async with sown(tmp_path):
        pass
    with closing(sqlite3.connect(one.database)) as connection, connection:
        connection.execute("INSERT INTO bookmarks VALUES ('bot_id', 42)")

    with pytest.raises(OtherBotError), home.opened(tmp_path, language="fr"):
        pass


def test_database_that_is_not_the_bots_is_refused(tmp_path: Path) -> None:
    with home.opened(tmp_path, language="fr") as one:
        pass
    with closing(sqlite3.connect(one.database)) as connection, connection:
        connection.execute("CREATE TABLE accounts (id)")

    refused = pytest.raises(RefusedError, match="is not the database")
    with refused, home.opened(tmp_path, language="fr"):
        pass


def test_second_demonstration_in_the_same_folder_is_refused(tmp_path: Path) -> None:
    first = home.opened(tmp_path, language="fr")
    refused = pytest.raises(SecondInstanceError)

    with first, refused, home.opened(tmp_path, language="fr"):
        pass
