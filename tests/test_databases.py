"""The databases that tests are given: migrated, empty, and each alone."""

from sqlalchemy import create_engine, inspect

from storage.schema import HEAD, revision


def test_database_is_migrated(database_url: str) -> None:
    engine = create_engine(database_url)

    tables = inspect(engine).get_table_names()

    engine.dispose()
    assert revision(database_url) == HEAD
    assert {"residents", "outbox"} <= set(tables)
