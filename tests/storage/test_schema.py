"""Opening a database, and bringing it to this program's schema."""

import importlib
import pkgutil
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Engine, create_engine, inspect, make_url, text

import storage
from storage import residents
from storage.columns import CATALOGUE
from storage.errors import NewerSchemaError
from storage.schema import (
    HEAD,
    MIGRATIONS,
    known_revisions,
    migrate,
    open_database,
    revision,
    sqlite_path,
    upgrade,
)
from tests.databases import opened
from tests.postgresql import Server
from tests.storage.rows import resident

ROOT = Path(__file__).parents[2]

BROKEN_REVISION = """
from alembic import op
from sqlalchemy import Column, Integer

revision = "0002"
down_revision = "0001"

def upgrade():
    op.create_table("half", Column("id", Integer))
    op.execute("INSERT INTO half VALUES (1)")
    raise InterruptedError("killed here")
"""


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgresql)])
def empty_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """Give the address of a database without any table, on each kind in turn."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path / 'new.db'}"
        return
    server: Server = request.getfixturevalue("postgresql_server")
    name = server.create()
    yield server.url(name)
    server.drop(name)


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


def folder(path: Path) -> dict[str, bytes]:
    """Read all files beside a file, and the file."""
    return {one.name: one.read_bytes() for one in path.parent.iterdir()}


# ------------------------------------------------------------------ the revisions


def test_head_is_the_last_revision_and_the_only_one_without_a_successor() -> None:
    script = ScriptDirectory(MIGRATIONS)

    assert script.get_heads() == [HEAD]
    assert known_revisions() == {one.revision for one in script.walk_revisions()}


def test_revisions_make_the_tables_of_the_modules(database_url: str) -> None:
    for module in pkgutil.walk_packages(storage.__path__, "storage."):
        if not module.name.startswith("storage.migrations"):
            importlib.import_module(module.name)
    engine: Engine = create_engine(database_url)
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        differences = compare_metadata(context, CATALOGUE)
    engine.dispose()

    assert len(CATALOGUE.tables) > 10
    assert differences == []


async def test_empty_database_is_migrated_and_a_migrated_one_is_left(empty_url: str) -> None:
    before = revision(empty_url)

    async with opened(empty_url) as database:
        await database.write(resident, 1)
    async with opened(empty_url) as database:
        people = await database.read(residents.count)

    assert before is None
    assert revision(empty_url) == HEAD
    assert people == 1


def test_migration_that_fails_in_its_midst_leaves_nothing_f67(empty_url: str) -> None:
    """The last table that the first revision makes is there already."""
    execute(empty_url, "CREATE TABLE rsvps (id INTEGER)")

    with pytest.raises(Exception, match="rsvps"):
        migrate(empty_url)

    assert tables(empty_url) == {"rsvps"}
    assert revision(empty_url) is None


@pytest.mark.parametrize("migrated", [True, False])
def test_second_revision_that_fails_leaves_the_database_as_it_was_f67(
    empty_url: str, tmp_path: Path, *, migrated: bool
) -> None:
    """Wholly old: the revisions that went well before it are taken back too."""
    if migrated:
        migrate(empty_url)
    before = (revision(empty_url), tables(empty_url) if migrated else set())
    copied = tmp_path / "migrations"
    shutil.copytree(MIGRATIONS, copied, ignore=shutil.ignore_patterns("__pycache__"))
    (copied / "versions" / "0002_broken.py").write_text(BROKEN_REVISION, encoding="utf-8")

    with pytest.raises(InterruptedError):
        upgrade(empty_url, copied)

    assert (revision(empty_url), tables(empty_url)) == before


def test_newer_schema_is_refused_and_left_as_it_is_f68(database_url: str) -> None:
    execute(database_url, "UPDATE alembic_version SET version_num = '9999'")

    with pytest.raises(NewerSchemaError, match="9999") as refusal:
        migrate(database_url)

    assert refusal.value.found == "9999"
    assert revision(database_url) == "9999"


async def test_file_of_a_newer_program_is_not_touched_f68(sqlite_url: str, path: Path) -> None:
    execute(sqlite_url, "UPDATE alembic_version SET version_num = '9999'")
    before = folder(path)

    with pytest.raises(NewerSchemaError):
        await open_database(sqlite_url)

    assert folder(path) == before
    assert set(before) == {path.name}


# ------------------------------------------------------------------ how fast it starts

OPEN = """
import asyncio, sys
from storage.schema import open_database

async def start():
    database = await open_database(sys.argv[1])
    await database.close()

asyncio.run(start())
print("alembic" in sys.modules)
"""


@pytest.mark.parametrize(("migrated", "imported"), [(True, "False\n"), (False, "True\n")])
def test_open_imports_alembic_only_where_there_is_something_to_migrate(
    sqlite_url: str, tmp_path: Path, imported: str, *, migrated: bool
) -> None:
    url = sqlite_url if migrated else f"sqlite:///{tmp_path / 'new.db'}"

    done = subprocess.run(
        [sys.executable, "-c", OPEN, url], cwd=ROOT, capture_output=True, text=True, check=False
    )

    assert (done.stdout, done.stderr) == (imported, "")
