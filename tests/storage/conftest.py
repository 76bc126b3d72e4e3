"""What the tests of storage share."""

import shutil
from pathlib import Path

import pytest

from tests.storage.plans import fill


@pytest.fixture(scope="session")
def crowded_file(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give a SQLite file with 100 000 rows in each table that grows; nobody changes it."""
    path = tmp_path_factory.mktemp("crowded") / "palabre.db"
    shutil.copy(sqlite_template, path)
    fill(path)
    return path
