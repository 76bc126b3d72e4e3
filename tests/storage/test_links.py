"""Links that open something."""

from dataclasses import replace

import pytest

from storage import links
from storage.database import Database
from storage.ids import ResidentId
from storage.links import Link, Purpose
from tests.storage.rows import HOUR, NOW, SECOND

CODE = b"\x00\xff" * 16
LINK = Link(CODE, Purpose.OFFICER, None, ResidentId(1), NOW + HOUR, 1)


async def test_find_of_an_unknown_code_gives_none(database: Database) -> None:
    assert await database.read(links.find, CODE, now=NOW) is None


async def test_link_opens_until_it_expires(database: Database) -> None:
    await database.write(links.add, LINK)

    assert await database.read(links.find, CODE, now=NOW + HOUR - SECOND) == LINK
    assert await database.read(links.find, CODE, now=NOW + HOUR) is None


async def test_link_with_one_use_opens_nothing_after_it(database: Database) -> None:
    await database.write(links.add, LINK)

    await database.write(links.use, CODE)
    await database.write(links.use, CODE)

    assert await database.read(links.find, CODE, now=NOW) is None


async def test_link_with_two_uses_opens_once_more(database: Database) -> None:
    await database.write(links.add, replace(LINK, uses_left=2))

    await database.write(links.use, CODE)

    assert await database.read(links.find, CODE, now=NOW) == LINK


async def test_link_without_a_number_of_uses_opens_again_and_again(database: Database) -> None:
    poster = Link(CODE, Purpose.EVENT, 5, None, NOW + HOUR, None)
    await database.write(links.add, poster)

    await database.write(links.use, CODE)

    assert await database.read(links.find, CODE, now=NOW) == poster


@pytest.mark.parametrize(
    ("link", "opens"),
    [
        (LINK, True),
        (replace(LINK, uses_left=None), True),
        (replace(LINK, uses_left=0), False),
        (replace(LINK, expires_at=NOW), False),
        (replace(LINK, purpose=Purpose.GROUP), False),
    ],
    ids=["open", "any number of uses", "used up", "expired", "of another purpose"],
)
async def test_is_open_tells_whether_a_link_of_the_purpose_still_opens(
    database: Database, link: Link, *, opens: bool
) -> None:
    await database.write(links.add, link)

    assert await database.read(links.is_open, Purpose.OFFICER, now=NOW) is opens


async def test_erase_author_forgets_who_made_the_links_and_keeps_them_open(
    database: Database,
) -> None:
    of_another = replace(LINK, code_hash=b"2", created_by=ResidentId(2))
    await database.write(links.add, LINK)
    await database.write(links.add, of_another)

    await database.write(links.erase_author, ResidentId(1))

    assert await database.read(links.find, CODE, now=NOW) == replace(LINK, created_by=None)
    assert await database.read(links.of_author, ResidentId(1)) == []
    assert await database.read(links.of_author, ResidentId(2)) == [of_another]


async def test_forget_deletes_the_expired_and_counts_them(database: Database) -> None:
    lasting = replace(LINK, code_hash=b"2", expires_at=NOW + 2 * HOUR)
    await database.write(links.add, LINK)
    await database.write(links.add, lasting)

    assert await database.write(links.forget, now=NOW + HOUR) == 1

    assert await database.read(links.find, CODE, now=NOW) is None
    assert await database.read(links.find, b"2", now=NOW) == lasting
