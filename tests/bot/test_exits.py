"""What keeps a bot from starting: each reason has its exit code and one line.

Each test runs `python -m bot run` as a process of its own, against a Telegram in a room.
"""

import os
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import pytest

from sandbox import Fault, status
from storage import bookmarks
from tests.bot.installation import (
    Installation,
    Told,
    Town,
    officer,
    owe,
    statement,
    stopped,
    town,
)

OTHER_TOKEN = "7000000002:another-bot-that-nobody-knows-of-here"


@dataclass(frozen=True)
class Meeting:
    """How two bots ended of which the second came while the first lived."""

    first: Told
    second: Told
    asked: int
    """How often Telegram was asked who a bot is: once by each bot that gets so far."""

    def was_refused(self) -> bool:
        """Whether the second left with one line, having called nobody."""
        line = self.second.log.startswith("another Palabre already runs")
        return line and self.second.log.count("\n") == 1 and self.asked == 1


async def met(here: Town, second: Installation) -> Meeting:
    async with here.living() as process:
        told = await second.told("run")
        asked = len(here.room.ledger.calls("getMe"))
        return Meeting(await stopped(process), told, asked)


async def test_f69_second_bot_on_the_same_database_exits_3_before_any_call(tmp_path: Path) -> None:
    async with town(tmp_path) as here:
        second = Installation(tmp_path, OTHER_TOKEN, here.server.api_url)
        here.palabre.environ["PALABRE_TELEGRAM__TOKEN"] = here.room.token

        meeting = await met(here, second)

    assert (meeting.first.code, meeting.second.code) == (0, 3)
    assert meeting.was_refused()


async def test_f69_second_bot_with_the_same_token_exits_3_before_any_call(tmp_path: Path) -> None:
    (tmp_path / "second").mkdir()
    async with town(tmp_path) as here:
        second = Installation(tmp_path / "second", here.room.token, here.server.api_url)
        second.environ["XDG_STATE_HOME"] = str(tmp_path / "state")

        meeting = await met(here, second)

    assert (meeting.first.code, meeting.second.code) == (0, 3)
    assert meeting.was_refused()


@pytest.mark.postgresql
async def test_f69_second_bot_on_the_same_postgresql_exits_3_before_any_call(
    tmp_path: Path, postgresql_url: str
) -> None:
    async with town(tmp_path) as here:
        second = Installation(tmp_path, OTHER_TOKEN, here.server.api_url)
        for one in (here.palabre, second):
            one.environ["PALABRE_DATABASE__URL"] = postgresql_url
        here.palabre.environ["PALABRE_TELEGRAM__TOKEN"] = here.room.token

        meeting = await met(here, second)

    assert (meeting.first.code, meeting.second.code) == (0, 3)
    assert meeting.was_refused()


async def test_damaged_database_exits_4_before_any_call(tmp_path: Path, sqlite_url: str) -> None:
    with (tmp_path / Path(sqlite_url).name).open("r+b") as file:
        file.seek(4096)
        file.write(os.urandom(3 * 4096))
    async with town(tmp_path) as here:
        told = await here.palabre.told("run")

    assert told.code == 4
    assert told.log == "the database is damaged: restore a backup before you start again\n"
    assert len(here.room.ledger) == 0


@pytest.mark.usefixtures("sqlite_url")
@pytest.mark.parametrize("code", [401, 404])
async def test_refused_token_exits_5_after_a_second_call_within_5_seconds(
    tmp_path: Path, code: int
) -> None:
    async with town(tmp_path) as here:
        here.room.faults.add(Fault(status(code), method="getMe"))

        told = await here.palabre.told("run")

    first, second = here.room.ledger.calls()
    assert told.code == 5
    assert told.log == "telegram.token: Telegram knows no bot by it; @BotFather gives a new one\n"
    assert (first.method, second.method) == ("getMe", "getMe")
    assert 1 < second.seconds - first.seconds < 5


async def test_database_of_a_newer_palabre_exits_6_and_is_left_as_it_is(
    tmp_path: Path, sqlite_url: str
) -> None:
    path = tmp_path / Path(sqlite_url).name
    async with town(tmp_path) as here:
        statement(here.palabre, "UPDATE alembic_version SET version_num = '9999'")
        before = path.read_bytes()
        told = await here.palabre.told("run")

    assert told.code == 6
    assert "9999" in told.log
    assert path.read_bytes() == before
    assert len(here.room.ledger) == 0


@pytest.mark.usefixtures("sqlite_url")
async def test_f70_database_of_another_bot_exits_7_and_nothing_is_sent(tmp_path: Path) -> None:
    async with town(tmp_path) as here:
        anna = officer(here.room, "Anna")
        await here.palabre.write_rows(partial(owe, people=[anna]))
        await here.palabre.write_rows(partial(bookmarks.put_owner, bot_id=42))

        told = await here.palabre.told("run")

    assert told.code == 7
    assert "belongs to bot 42" in told.log
    assert [call.method for call in here.room.ledger.calls()] == ["getMe"]


async def test_port_that_is_taken_exits_2_and_names_the_setting(tmp_path: Path) -> None:
    async with town(tmp_path) as here:
        here.palabre.environ["PALABRE_HTTP__PORT"] = str(here.server.port)

        told = await here.palabre.told("run")

    assert told.code == 2
    assert f"http.port: cannot listen on 127.0.0.1:{here.server.port}" in told.log
