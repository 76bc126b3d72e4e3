"""The quarter's past, as it stands in a database before the bot lives there."""

import sqlite3
from datetime import UTC, datetime
from pathlib import Path

from bot.demo.plan import GRACE, KARIM, NOUR, PARENTS
from bot.demo.plan import MONDAY as NOW
from bot.demo.seed import ANNOUNCED_AT
from bot.demo.tables import picture
from storage import commissions, events, groups, outbox, residents, rsvps
from storage.ids import ChatId
from storage.outbox import OutboxState
from storage.residents import Role
from tests.bot.demo.making import GROUP, sown

TOUR_REMINDS_AT = datetime(2026, 12, 4, 17, 0, tzinfo=UTC)
RANDOM = {("links", "code_hash"), ("outbox", "dedupe_key")}
"""What the bot draws by chance, and the tests cannot compare."""


def rows(connection: sqlite3.Connection) -> dict[str, list[str]]:
    """Give all rows as text, but for what is random in them."""
    seen = picture(connection)
    return {
        name: sorted(
            str({key: value for key, value in row.items() if (name, key) not in RANDOM})
            for row in seen.dicts_of(name)
        )
        for name in seen.tables
    }


async def test_quarter_of_one_seed_is_the_same_row_for_row(tmp_path: Path) -> None:
    (tmp_path / "one").mkdir()
    (tmp_path / "two").mkdir()

    async with sown(tmp_path / "one") as one, sown(tmp_path / "two") as two:
        with one.still() as first, two.still() as second:
            written, again = rows(first), rows(second)

    assert written == again
    assert len(written["residents"]) == 61
    assert len(written["rsvps"]) > 50


async def test_quarter_has_six_commissions_a_linked_group_and_its_officer(tmp_path: Path) -> None:
    async with sown(tmp_path) as sight:
        karim = sight.look(residents.find_speaking, KARIM)
        founded = sight.look(commissions.all_)
        group = sight.look(groups.find, ChatId(GROUP.chat_id))

    assert karim is not None
    assert karim.role is Role.ADMIN
    assert [one.pictogram for one in founded] == ["👨‍👩‍👧", "🩺", "🌳", "🎒", "🧓", "🎭"]
    assert group is not None
    assert group.commission_id == founded[PARENTS].id


async def test_person_of_a_language_that_the_bot_lacks_reads_its_default(tmp_path: Path) -> None:
    async with sown(tmp_path, language="en") as sight:
        people = [sight.look(residents.find_speaking, one) for one in (NOUR, GRACE)]

    assert [one.language for one in people if one is not None] == ["en", "en"]


async def test_one_event_is_full_with_people_who_wait_and_none_is_oversold(tmp_path: Path) -> None:
    async with sown(tmp_path) as sight:
        coming = sight.look(events.upcoming, now=NOW)
        seats = {one: sight.look(rsvps.seats, one.id, now=NOW).taken for one in coming}
        waiting = {one.title: len(sight.look(rsvps.waitlist, one.id)) for one in coming}

    assert len(coming) == 5
    assert all(one.capacity is None or taken <= one.capacity for one, taken in seats.items())
    assert [title for title, number in waiting.items() if number] == ["Sortie à la mer"]


async def test_past_is_over_and_only_the_last_announcement_is_still_owed(tmp_path: Path) -> None:
    async with sown(tmp_path) as sight:
        notices = sight.look(outbox.all_)

    owed = [one for one in notices if one.state is not OutboxState.SENT]
    assert {one.kind for one in owed} == {"announcement", "group_card"}
    assert {one.not_before for one in owed} == {ANNOUNCED_AT}
    assert {"group_linked", "reminder"} <= {one.kind for one in notices} - {"announcement"}
    numbers = [one.message_id for one in notices if one.message_id is not None]
    assert len(numbers) == len(set(numbers))


async def test_no_reminder_is_due_before_that_of_the_tour(tmp_path: Path) -> None:
    async with sown(tmp_path) as sight:
        ((due,),) = sight.rows("SELECT min(due_at) FROM reminders WHERE fired_at IS NULL")

    assert datetime.fromisoformat(due) > TOUR_REMINDS_AT
