"""`palabre check`: what it finds, in which order, and the exit code it gives."""

import asyncio
import json
from collections.abc import Mapping
from functools import partial
from pathlib import Path

import pytest

from bot.check import Check, as_json, as_table, disk, exit_code, look, version, versions
from bot.exits import Exit
from sandbox import Fault, Room, status
from storage import bookmarks
from storage.schema import HEAD
from tests.bot.installation import Installation, Town, statement, town
from tests.bot.settings_files import written

Report = Mapping[str, Check]


async def looked(palabre: Installation) -> Report:
    """Look at an installation, from another thread: Telegram answers in this one."""
    checks = await asyncio.to_thread(look, palabre.config, palabre.environ)
    assert [check.name for check in checks] == ["settings", "database", "token", "versions", "disk"]
    return {check.name: check for check in checks}


def failed(checks: Report) -> dict[str, Exit]:
    return {name: check.exit for name, check in checks.items() if not check.ok}


def test_settings_refused_are_the_first_failure_with_their_exit_code(tmp_path: Path) -> None:
    checks = look(written(tmp_path, "[nothing]\n[never]"), {})

    assert checks[0].name == "settings"
    assert checks[0].detail == "nothing: unknown key; never: unknown key"
    assert exit_code(checks) == Exit.SETTINGS


def test_empty_token_passes_the_settings_and_fails_as_run_would(tmp_path: Path) -> None:
    checks = {str(check.name): check for check in look(written(tmp_path, ""), {})}

    assert checks["settings"].ok
    assert failed(checks) == {"token": Exit.SETTINGS}
    assert "telegram.token" in checks["token"].detail


def names_in(folder: Path) -> list[str]:
    return [path.name for path in folder.iterdir()]


async def test_sound_installation_passes_and_nothing_is_made(tmp_path: Path) -> None:
    async with town(tmp_path) as here:
        checks = await looked(here.palabre)

    assert failed(checks) == {}
    assert checks["database"].detail == f"empty: brought to schema {HEAD} at the next start"
    assert checks["token"].detail == "@palabre_test_bot, bot 7000000001"
    assert names_in(tmp_path) == ["config.toml"]


async def test_database_in_use_is_named_by_its_bot_and_left_as_it_is(
    tmp_path: Path, sqlite_url: str
) -> None:
    path = tmp_path / Path(sqlite_url).name
    async with town(tmp_path) as here:
        await here.palabre.write_rows(partial(bookmarks.put_owner, bot_id=here.room.bot.id))
        before = path.read_bytes()
        checks = await looked(here.palabre)

    assert failed(checks) == {}
    assert checks["database"].detail == f"sound, of bot 7000000001, schema {HEAD}"
    assert path.read_bytes() == before


@pytest.mark.usefixtures("sqlite_url")
async def test_database_of_another_bot_fails_with_7(tmp_path: Path) -> None:
    async with town(tmp_path) as here:
        await here.palabre.write_rows(partial(bookmarks.put_owner, bot_id=42))

        checks = await looked(here.palabre)

    assert failed(checks) == {"database": Exit.OTHER_BOT}
    assert "bot 42" in checks["database"].detail


@pytest.mark.usefixtures("sqlite_url")
async def test_database_of_a_newer_palabre_fails_with_6(tmp_path: Path) -> None:
    async with town(tmp_path) as here:
        statement(here.palabre, "UPDATE alembic_version SET version_num = '9999'")

        checks = await looked(here.palabre)

    assert failed(checks) == {"database": Exit.NEWER_DATABASE}


async def test_file_that_is_no_database_fails_with_4(tmp_path: Path) -> None:
    (tmp_path / "palabre.db").write_bytes(b"not a database" * 1000)
    async with town(tmp_path) as here:
        checks = await looked(here.palabre)

    assert failed(checks) == {"database": Exit.DAMAGED}


@pytest.mark.postgresql
async def test_postgresql_is_looked_at_too(tmp_path: Path, postgresql_url: str) -> None:
    async with town(tmp_path) as here:
        here.palabre.environ["PALABRE_DATABASE__URL"] = postgresql_url
        checks = await looked(here.palabre)

    assert failed(checks) == {}
    assert checks["database"].detail == f"sound, of no bot yet, schema {HEAD}"


async def test_postgresql_that_does_not_answer_fails_without_its_password(tmp_path: Path) -> None:
    async with town(tmp_path) as here:
        address = f"postgresql+psycopg://palabre:CANARY@/palabre?host={tmp_path}"
        here.palabre.environ["PALABRE_DATABASE__URL"] = address
        checks = await looked(here.palabre)

    assert failed(checks) == {"database": Exit.OTHER}
    assert checks["database"].detail.startswith("database.url: cannot be opened: ")
    assert "CANARY" not in checks["database"].detail


async def test_token_that_telegram_does_not_know_fails_with_5(tmp_path: Path) -> None:
    async with town(tmp_path) as here:
        here.palabre.environ["PALABRE_TELEGRAM__TOKEN"] = Room(username="elsewhere_bot").token
        checks = await looked(here.palabre)

    assert failed(checks) == {"token": Exit.TOKEN_REFUSED}


async def answering(here: Town, code: int) -> Report:
    here.room.faults.add(Fault(status(code), method="getMe"))
    return await looked(here.palabre)


async def test_network_that_is_away_fails_with_1(tmp_path: Path) -> None:
    async with town(tmp_path) as here:
        await here.server.refuse()
        away = await looked(here.palabre)
        await here.server.accept()
        broken = await answering(here, 502)

    assert failed(away) == failed(broken) == {"token": Exit.OTHER}
    assert "NotSentError" in away["token"].detail
    assert "AmbiguousError" in broken["token"].detail


async def test_language_that_the_bot_does_not_speak_fails_with_2(tmp_path: Path) -> None:
    async with town(tmp_path) as here:
        here.palabre.environ["PALABRE_COMMUNITY__DEFAULT_LANGUAGE"] = "eo"
        checks = await looked(here.palabre)

    assert failed(checks) == {"settings": Exit.SETTINGS}
    assert checks["settings"].detail.startswith("community.default_language: eo: ")


def test_first_failure_gives_the_exit_code() -> None:
    checks = [
        Check("settings", ok=True, detail=""),
        Check("token", ok=False, detail="", exit=Exit.TOKEN_REFUSED),
        Check("disk", ok=False, detail=""),
    ]

    assert exit_code(checks) == 5
    assert exit_code(checks[2:]) == 1
    assert exit_code(checks[:1]) == 0


def test_old_sqlite_fails_and_an_unsound_one_is_named() -> None:
    assert not versions((3, 34, 0)).ok
    assert "before 3.51.3" in versions((3, 51, 2)).detail
    assert "before" not in versions((3, 51, 3)).detail
    assert versions((3, 51, 2)).ok


def test_disk_of_a_folder_that_a_start_would_make_is_that_of_the_one_above(tmp_path: Path) -> None:
    assert disk(tmp_path).name == "disk"
    assert disk(tmp_path / "to" / "be" / "made").ok == disk(tmp_path).ok


def test_disk_of_a_folder_that_cannot_be_made_fails(tmp_path: Path) -> None:
    (tmp_path / "file").touch()

    assert not disk(tmp_path / "file" / "folder").ok


def test_json_report_has_the_shape_of_the_contract() -> None:
    report = json.loads(as_json([Check("disk", ok=False, detail="3 MB")]))

    assert report == {
        "ok": False,
        "version": version(),
        "checks": [{"name": "disk", "ok": False, "detail": "3 MB"}],
    }


def test_table_marks_what_failed() -> None:
    table = as_table([Check("settings", ok=True, detail="a"), Check("disk", ok=False, detail="b")])

    assert [line.split() for line in table.splitlines()[1:]] == [
        ["ok", "settings", "a"],
        ["FAIL", "disk", "b"],
    ]
