"""The audit journal."""

from storage import journal
from storage.database import Database, Writer
from storage.ids import ResidentId
from storage.journal import Entry
from tests.storage.rows import HOUR, NOW


async def test_of_noun_without_lines_gives_nothing(database: Database) -> None:
    assert await database.read(journal.of_noun, "event") == []


async def test_of_noun_gives_its_lines_oldest_first_and_no_others(database: Database) -> None:
    ada = ResidentId(7)

    await database.write(
        journal.add, at=NOW + HOUR, actor_id=ada, verb="create", noun="event", noun_id=1
    )
    await database.write(journal.add, at=NOW, actor_id=None, verb="cancel", noun="event")
    await database.write(journal.add, at=NOW, actor_id=None, verb="erase", noun="resident")

    first, second = await database.read(journal.of_noun, "event")
    assert first == Entry(first.id, NOW + HOUR, ada, "create", "event", 1)
    assert second == Entry(second.id, NOW, None, "cancel", "event", None)
    assert first.id < second.id


async def test_lines_of_a_person_are_what_they_did_and_what_was_done_to_them(
    database: Database,
) -> None:
    ada, bob = ResidentId(1), ResidentId(2)

    def write(writer: Writer) -> None:
        journal.add(writer, at=NOW, actor_id=ada, verb="create", noun="event", noun_id=2)
        journal.add(writer, at=NOW, actor_id=bob, verb="invite", noun="resident", noun_id=ada)
        journal.add(writer, at=NOW, actor_id=bob, verb="create", noun="event", noun_id=1)

    await database.write(write)

    lines = await database.read(journal.of_actor, ada)
    assert [(line.verb, line.actor_id) for line in lines] == [("create", ada), ("invite", bob)]


async def test_erase_actor_keeps_the_lines_without_the_person(database: Database) -> None:
    ada, bob = ResidentId(1), ResidentId(2)

    def write(writer: Writer) -> None:
        journal.add(writer, at=NOW, actor_id=ada, verb="create", noun="event", noun_id=1)
        journal.add(writer, at=NOW, actor_id=bob, verb="invite", noun="resident", noun_id=ada)

    await database.write(write)

    await database.write(journal.erase_actor, ada)

    assert await database.read(journal.of_actor, ada) == []
    (created,) = await database.read(journal.of_noun, "event")
    (invited,) = await database.read(journal.of_noun, "resident")
    assert (created.actor_id, created.noun_id) == (None, 1)
    assert (invited.actor_id, invited.noun_id) == (bob, None)
