"""How Alembic reaches the database: one transaction for all, so a kill leaves old or new."""

import sqlite3
from typing import Any

from alembic import context
from sqlalchemy import create_engine, event, pool

from storage.columns import CATALOGUE


def _begin_ourselves(connection: sqlite3.Connection, _record: Any) -> None:
    connection.isolation_level = None  # sqlite3 would otherwise commit before each CREATE TABLE


def run() -> None:
    """Run the revisions that lack."""
    engine = create_engine(context.config.attributes["url"], poolclass=pool.NullPool)
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", _begin_ourselves)
        event.listen(engine, "begin", lambda opened: opened.exec_driver_sql("BEGIN IMMEDIATE"))
    with engine.connect() as connection:
        context.configure(
            connection=connection,
            target_metadata=CATALOGUE,
            transactional_ddl=True,  # which Alembic believes SQLite unable of
            transaction_per_migration=False,
        )
        with context.begin_transaction():
            context.run_migrations()
    engine.dispose()


run()
