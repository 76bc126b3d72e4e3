"""The commands that work beside a living bot, and what no log of any of them may hold."""

from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path

import pytest

from bot.program import secrets_of
from community import codes
from sandbox import Fault, status
from storage import bookmarks, links
from storage.links import Link, Purpose
from tests.bot.installation import Installation, Told, stopped, town
from tests.bot.settings_files import SECRET, read

LINK = "https://t.me/palabre_test_bot?start="


async def link_of(palabre: Installation, told: Told) -> Link | None:
    """Find what a printed link opens, as a bot that is given its code would."""
    code = told.out.removeprefix(LINK).rstrip("\n")
    return await palabre.read_rows(partial(codes.look_up, code=code, now=datetime.now(UTC)))


async def test_invite_prints_a_single_use_link_of_a_day_beside_a_living_bot(tmp_path: Path) -> None:
    async with town(tmp_path) as here, here.living() as process:
        told = await here.palabre.told("invite", "officer")
        living = await stopped(process)
        link = await link_of(here.palabre, told)

    assert (told.code, living.code) == (0, 0)
    assert told.out.startswith(LINK)
    assert link is not None
    assert (link.purpose, link.uses_left, link.created_by) == (Purpose.OFFICER, 1, None)
    lifetime = link.expires_at - datetime.now(UTC)
    assert timedelta(hours=23, minutes=59) < lifetime < timedelta(hours=24)


async def test_invite_before_the_first_run_makes_the_database_the_bots_own(tmp_path: Path) -> None:
    async with town(tmp_path) as here:
        told = await here.palabre.told("invite", "officer")
        owner = await here.palabre.read_rows(lambda r: bookmarks.find(r, bookmarks.OWNER))
        link = await link_of(here.palabre, told)

    assert told.code == 0
    assert owner == here.room.bot.id
    assert link is not None


@pytest.mark.usefixtures("sqlite_url")
async def test_invite_on_the_database_of_another_bot_exits_7_and_invites_nobody(
    tmp_path: Path,
) -> None:
    async with town(tmp_path) as here:
        await here.palabre.write_rows(partial(bookmarks.put_owner, bot_id=42))
        told = await here.palabre.told("invite", "officer")
        now = datetime.now(UTC)
        is_open = await here.palabre.read_rows(lambda r: links.is_open(r, Purpose.OFFICER, now=now))

    assert (told.code, told.out) == (7, "")
    assert not is_open


@pytest.mark.usefixtures("sqlite_url")
async def test_invite_without_telegram_exits_1_and_says_so_in_one_line(tmp_path: Path) -> None:
    async with town(tmp_path) as here:
        await here.server.refuse()
        told = await here.palabre.told("invite", "officer")

    *_, line = told.log.splitlines()
    assert (told.code, told.out) == (1, "")
    assert line == "telegram.api_url: no answer (NotSentError): try again later"


@pytest.mark.usefixtures("sqlite_url")
async def test_invite_with_a_refused_token_exits_5(tmp_path: Path) -> None:
    async with town(tmp_path) as here:
        here.room.faults.add(Fault(status(401), method="getMe"))
        told = await here.palabre.told("invite", "officer")

    assert told.code == 5


def test_f62_secrets_are_known_as_they_are_written_and_as_they_are_meant(tmp_path: Path) -> None:
    settings = read(
        tmp_path,
        f"""
        [telegram]
        token = "12:token"
        webhook.secret = "{SECRET}"
        [database]
        url = "postgresql+psycopg://palabre:p%40ss@db/palabre?password=second%2Fone"
        """,
    )

    known = set(secrets_of(settings))

    assert {"12:token", SECRET, "p%40ss", "p@ss", "second/one"} <= known
