"""An empty, migrated database for each test that asks: a copy of a template made once.

`database` is open and runs the test twice, on SQLite and on PostgreSQL, as does its address,
`database_url`; `sqlite_url` and `postgresql_url` run it once. Each address is what `database.url`
takes.
"""

import shutil
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
import pytest_asyncio

from storage.database import Database
from storage.schema import migrate, open_database
from tests.postgresql import Server


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give a migrated SQLite file to copy."""
    path = tmp_path_factory.mktemp("template") / "palabre.db"
    migrate(f"sqlite:///{path}")
    assert [one.name for one in path.parent.iterdir()] == [path.name]
    return path


@pytest.fixture(scope="session")
def postgresql_template(postgresql_server: Server) -> str:
    """Give the name of a migrated PostgreSQL database to copy."""
    name = postgresql_server.create()
    migrate(postgresql_server.url(name))
    return name


@pytest.fixture
def sqlite_url(sqlite_template: Path, tmp_path: Path) -> str:
    """Give the address of a SQLite file of the test's own."""
    return f"sqlite:///{shutil.copy(sqlite_template, tmp_path / 'palabre.db')}"


@pytest.fixture
def postgresql_url(postgresql_server: Server, postgresql_template: str) -> Iterator[str]:
    """Give the address of a PostgreSQL database of the test's own."""
    name = postgresql_server.create(postgresql_template)
    yield postgresql_server.url(name)
    postgresql_server.drop(name)


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgresql)])
def database_url(request: pytest.FixtureRequest) -> str:
    """Give the address of a database of the test's own, on each kind in turn."""
    return str(request.getfixturevalue(f"{request.param}_url"))


@asynccontextmanager
async def opened(url: str) -> AsyncIterator[Database]:
    """Give an open database, closed at the end of the block."""
    database = await open_database(url)
    try:
        yield database
    finally:
        await database.close()


@pytest_asyncio.fixture
async def database(database_url: str) -> AsyncIterator[Database]:
    """Give an open database of the test's own, on each kind in turn."""
    async with opened(database_url) as one:
        yield one
