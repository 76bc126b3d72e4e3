"""The lock that says a bot lives on a PostgreSQL database (F69)."""

from collections.abc import Iterator
from contextlib import closing, contextmanager
from typing import Any

import psycopg
import pytest

from storage.errors import BusyError
from storage.postgresql import BotLock
from tests.postgresql import Server

pytestmark = pytest.mark.postgresql


@contextmanager
def connection_of_our_own(url: str) -> Iterator[psycopg.Connection[Any]]:
    with closing(psycopg.connect(url.replace("+psycopg", ""), autocommit=True)) as connection:
        yield connection


def test_second_bot_on_the_database_is_refused_until_the_first_goes_f69(
    postgresql_url: str,
) -> None:
    first = BotLock(postgresql_url)

    with pytest.raises(BusyError):
        BotLock(postgresql_url)
    first.release()
    second = BotLock(postgresql_url)

    second.release()


def test_lock_of_a_bot_that_died_keeps_nobody_out_f69(postgresql_url: str) -> None:
    dead = BotLock(postgresql_url)
    with connection_of_our_own(postgresql_url) as connection:
        connection.execute(
            "SELECT pg_terminate_backend(pid, 5000) FROM pg_locks"
            " WHERE locktype = 'advisory' AND database ="
            " (SELECT oid FROM pg_database WHERE datname = current_database())"
        )

    BotLock(postgresql_url).release()

    dead.release()


def test_lock_of_another_database_keeps_nobody_out_f69(
    postgresql_url: str, postgresql_server: Server
) -> None:
    elsewhere = postgresql_server.create()
    other = BotLock(postgresql_server.url(elsewhere))

    BotLock(postgresql_url).release()

    other.release()
    postgresql_server.drop(elsewhere)
