"""A PostgreSQL server of the tests' own: started once a process, in a folder thrown away after.

It is made from the server's own binaries, listens on a socket in its folder only, and never syncs
to the disk. A test gets a database copied from a migrated template, in some 20 ms. As root the
server runs as the user that its package made, for it refuses to run as root.
"""

import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from typing import NoReturn

import psycopg
import pytest
from psycopg import sql

REQUIRED = "REQUIRE_POSTGRESQL"
"""Set in .ci/run: there, an absent server is a failure."""

ABSENT = "POSTGRESQL IS ABSENT (apt install postgresql)"
OLDEST = 15
SERVER_USER = "postgres"
DATABASE = sql.Identifier

SPEED = ("fsync=off", "synchronous_commit=off", "full_page_writes=off", "shared_buffers=64MB")
"""What a server may leave out whose data nobody will want after a crash."""


@dataclass
class Server:
    """A running server."""

    folder: Path
    _numbers: Iterator[int] = field(default_factory=count)

    def url(self, database: str) -> str:
        """Give the address that `database.url` takes."""
        return f"postgresql+psycopg://{SERVER_USER}@/{database}?host={self.folder}"

    def create(self, template: str = "template0") -> str:
        """Make a database as a copy of another to which nobody is connected; gives its name."""
        name = f"palabre_{next(self._numbers)}"
        statement = sql.SQL("CREATE DATABASE {} TEMPLATE {}")
        self._run(statement.format(DATABASE(name), DATABASE(template)))
        return name

    def drop(self, database: str) -> None:
        """Remove a database, whoever is connected to it."""
        self._run(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(DATABASE(database)))

    def _run(self, statement: sql.Composed) -> None:
        address = f"host={self.folder} user={SERVER_USER} dbname=postgres"
        with psycopg.connect(address, autocommit=True) as connection:
            connection.execute(statement)


@contextmanager
def running(binaries: Path) -> Iterator[Server]:
    """Start a server by the programs of a folder, and stop it at the end of the block."""
    folder = Path(tempfile.mkdtemp(prefix="palabre-pg-"))
    account = _account()
    try:
        if account:
            os.chown(folder, account.pw_uid, account.pw_gid)
        data = folder / "data"
        options = f"-k {folder} -c listen_addresses= " + " ".join(f"-c {one}" for one in SPEED)
        _as_server(account, folder, binaries / "initdb", *_cluster(data))
        control = (binaries / "pg_ctl", "-D", data, "-s", "-w")
        _as_server(account, folder, *control, "-o", options, "-l", folder / "log", "start")
        try:
            yield Server(folder)
        finally:
            _as_server(account, folder, *control, "-m", "immediate", "stop")
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _cluster(data: Path) -> tuple[str | Path, ...]:
    locale = ("--encoding=UTF8", "--locale=C.UTF-8")
    return ("-D", data, "-U", SERVER_USER, "--auth=trust", "--no-sync", *locale)


def _as_server(account: pwd.struct_passwd | None, folder: Path, *command: str | Path) -> None:
    """Run one of the server's own programs, as its own user when we are root."""
    done = subprocess.run(
        command,
        cwd=folder,
        user=account.pw_uid if account else None,
        group=account.pw_gid if account else None,
        extra_groups=[] if account else None,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr


def _account() -> pwd.struct_passwd | None:
    return pwd.getpwnam(SERVER_USER) if os.geteuid() == 0 else None


def installed() -> Path | None:
    """Give the folder of the newest server's programs, Debian's or on the PATH; None without."""
    debian = Path("/usr/lib/postgresql").glob("*/bin/initdb")
    newest = max(debian, key=lambda path: int(path.parts[-3]), default=None)
    if newest and int(newest.parts[-3]) >= OLDEST:
        return newest.parent
    found = shutil.which("initdb")
    return Path(found).resolve().parent if found else None


def absent(environ: Mapping[str, str] = os.environ) -> NoReturn:
    """Skip the test that needs PostgreSQL, or fail where it is required."""
    if environ.get(REQUIRED):
        pytest.fail("PostgreSQL is required here and is not installed", pytrace=False)
    pytest.skip(ABSENT)


@pytest.fixture(scope="session")
def postgresql_server() -> Iterator[Server]:
    """Give the process's own PostgreSQL server."""
    binaries = installed()
    if binaries is None:
        absent()
    with running(binaries) as server:
        yield server


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say in one line how much was not shown for want of a server."""
    skipped = terminalreporter.stats.get("skipped", [])
    count = sum(ABSENT in str(report.longrepr) for report in skipped)
    if count:
        terminalreporter.write_line(f"{ABSENT}: {count} tests skipped", red=True, bold=True)
