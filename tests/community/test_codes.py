"""Codes that open something: random, kept as hashes only, void once used up or expired (F58)."""

import re
from datetime import timedelta

from community import codes
from storage.database import Database, Reader, Writer
from storage.links import Purpose
from tests.community.world import NOW, SECOND, rows

LIFETIME = timedelta(hours=1)


def _keep(writer: Writer, code: str, uses: int | None = None) -> None:
    codes.keep(
        writer,
        code,
        Purpose.EVENT,
        target_id=7,
        created_by=None,
        expires_at=NOW + LIFETIME,
        uses=uses,
    )


def test_link_code_fits_telegram_and_differs_each_time() -> None:
    made = {codes.new_link_code() for _ in range(1_000)}

    assert len(made) == 1_000
    assert all(re.fullmatch(r"[A-Za-z0-9_-]{22}", code) for code in made)


def test_typed_code_has_no_letter_taken_for_another() -> None:
    made = {codes.new_typed_code() for _ in range(1_000)}

    assert len(made) == 1_000
    assert all(len(code) == codes.TYPED_LENGTH for code in made)
    assert not set("".join(made)) & set("IO01")


async def test_code_kept_is_found_until_it_expires(database: Database) -> None:
    await database.write(_keep, "opens")

    before = await database.read(codes.look_up, "opens", now=NOW + LIFETIME - SECOND)
    after = await database.read(codes.look_up, "opens", now=NOW + LIFETIME)

    assert before is not None
    assert before.target_id == 7
    assert after is None


async def test_code_itself_is_nowhere_in_the_database(database: Database) -> None:
    code = codes.new_link_code()

    await database.write(_keep, code)

    kept = await database.read(rows)
    assert kept["links"]
    assert code not in repr(kept)
    assert code.encode().hex() not in repr(kept)


async def test_codes_that_open_nothing_look_alike(database: Database) -> None:
    def look(reader: Reader) -> list[object]:
        tries = ["", "unknown", "é", "\ud83d", "\x00", "x" * 65, "x" * 100_000]
        return [codes.look_up(reader, code, now=NOW) for code in tries]

    await database.write(_keep, "x" * 65)
    await database.write(_keep, "used", uses=0)

    assert set(await database.read(look)) == {None}
    assert await database.read(codes.look_up, "used", now=NOW) is None
