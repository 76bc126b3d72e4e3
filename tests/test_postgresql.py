"""The tests' own PostgreSQL: copies of a template, each alone; loud where it is absent."""

import psycopg
import pytest

from tests.postgresql import REQUIRED, Server, absent

pytestmark = pytest.mark.postgresql


def connected(server: Server, database: str) -> psycopg.Connection[tuple[int]]:
    return psycopg.connect(server.url(database).replace("+psycopg", ""))


def seen(server: Server, database: str) -> list[tuple[int]]:
    with connected(server, database) as connection:
        return connection.execute("SELECT n FROM seen ORDER BY n").fetchall()


def test_copy_of_a_template_has_its_rows_and_is_alone(postgresql_server: Server) -> None:
    template = postgresql_server.create()
    with connected(postgresql_server, template) as connection:
        connection.execute("SELECT 1 AS n INTO seen")
    first, second = (postgresql_server.create(template) for _ in range(2))

    with connected(postgresql_server, first) as connection:
        connection.execute("INSERT INTO seen VALUES (2)")

    assert seen(postgresql_server, first) == [(1,), (2,)]
    assert seen(postgresql_server, second) == [(1,)]


def test_absent_server_is_skipped_aloud() -> None:
    with pytest.raises(pytest.skip.Exception, match="POSTGRESQL IS ABSENT"):
        absent({})


def test_absent_server_is_a_failure_where_it_is_required() -> None:
    with pytest.raises(pytest.fail.Exception, match="required here"):
        absent({REQUIRED: "1"})
