"""A person's data: all of it in the document, none of it left after erasure (I11, F51)."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta

import pytest
from sqlalchemy import Table, insert, literal

from community import (
    broadcasts,
    changes,
    commissions,
    events,
    groups,
    notices,
    privacy,
    residents,
    rsvps,
    team,
)
from community.notices import Kind
from storage import cards, holds, inbox, prompts
from storage import journal as journal_rows
from storage import residents as people
from storage import rsvps as answer_rows
from storage.broadcasts import Audience
from storage.cards import CardKind
from storage.columns import CATALOGUE
from storage.database import Database, Writer
from storage.errors import NotFoundError
from storage.ids import EventId, MessageId, ResidentId, UpdateId
from storage.inbox import Received
from storage.residents import RESIDENTS, Resident, Role
from storage.rsvps import Answer
from storage.statements import Change
from tests.community.world import (
    DAY,
    HOLD,
    HOUR,
    MINUTE,
    NOW,
    POLICY,
    Rows,
    commission,
    draft,
    event,
    full,
    officer,
    owed,
    resident,
    rows,
    say,
    sent,
    standings,
    update,
)

NAME, TELEGRAM_ID, RESIDENT_ID = "Zouzana", 777_123_456, ResidentId(55_501_234)
"""A person whose name and numbers are like no others in the database."""
BEING_HANDLED = UpdateId(31)
PUBLIC = frozenset({"bookmarks", "commissions", "groups", "reminders"})
"""Tables that say nothing of anybody."""


@dataclass(frozen=True)
class _Scene:
    """A person of whom every table speaks."""

    person: Resident
    event: EventId
    waiting: Resident


def _enter(writer: Writer) -> Resident:
    """Enter the person under a number of its own, as the last of the team."""
    values = {
        "id": RESIDENT_ID,
        "telegram_id": TELEGRAM_ID,
        "first_name": NAME,
        "language": "ar",
        "role": Role.ADMIN,
        "notice_version": 1,
        "consented_at": NOW,
    }
    columns = {name: literal(value, RESIDENTS.c[name].type) for name, value in values.items()}
    writer.change(Change(insert(RESIDENTS).values(columns)))
    return people.get(writer, RESIDENT_ID)


def _scene(writer: Writer) -> _Scene:
    """Have the person do all that a person can do."""
    colleague, other = officer(writer, 1), resident(writer, 2)
    person = _enter(writer)
    group = commission(writer, person)
    commissions.join(writer, commission_id=group.id, resident_id=person.id, now=NOW)
    commissions.share(writer, commission_id=group.id, officer_id=person.id, now=NOW)
    groups.open_code(writer, commission_id=group.id, officer_id=person.id, now=NOW)
    draft(writer, person)
    gathering = event(writer, person, capacity=1)
    events.share(writer, event_id=gathering.id, officer_id=person.id, now=NOW)
    say(writer, gathering.id, person.id)
    say(writer, gathering.id, other.id, now=NOW + MINUTE)
    begun = broadcasts.draft(
        writer,
        author_id=person.id,
        event_id=gathering.id,
        audience=Audience.EVERYONE,
        commission_id=None,
        cause=update(),
        now=NOW,
    )
    broadcasts.hold(writer, broadcast_id=begun.id, hold_for=HOLD, again=False, now=NOW)
    broadcasts.hurry(writer, broadcast_id=begun.id, now=NOW)
    _invite_and_be_invited(writer, person, colleague, other)
    changes.change(
        writer,
        event_id=gathering.id,
        fields={"location": "Ici"},
        seen_version=gathering.version,
        author_id=person.id,
        policy=POLICY,
        hold_for=HOLD,
        now=NOW,
    )
    team.report_fault(writer, code="4F2A", now=NOW)
    residents.pause(writer, resident_id=person.id, now=NOW)
    _chat(writer, person)
    return _Scene(person, gathering.id, other)


def _invite_and_be_invited(
    writer: Writer, person: Resident, colleague: Resident, other: Resident
) -> None:
    """Have the person invite somebody, and be appointed by a colleague, as they once were."""
    code = team.invite_officer(writer, invited_by=person.id, now=NOW)
    team.invite_officer(writer, invited_by=person.id, now=NOW)
    team.accept_invitation(writer, code=code, resident_id=other.id, now=NOW, cause=update())
    people.set_role(writer, person.id, Role.RESIDENT)
    third = officer(writer, 3)
    code = team.invite_officer(writer, invited_by=colleague.id, now=NOW)
    team.accept_invitation(writer, code=code, resident_id=person.id, now=NOW, cause=update())
    team.answer_request(writer, candidate_id=person.id, officer_id=third.id, accepted=True, now=NOW)


def _chat(writer: Writer, person: Resident) -> None:
    """Leave what a chat leaves: updates, a question, cards, a silence."""
    said = json.dumps({"from": {"id": TELEGRAM_ID, "first_name": NAME}})
    inbox.add(
        writer,
        [Received(UpdateId(number), person.chat_id, said) for number in (30, BEING_HANDLED)],
        now=NOW,
    )
    prompts.put(writer, person.chat_id, kind="name", facts={"was": NAME}, expires_at=NOW + DAY)
    cards.put(writer, person.chat_id, MessageId(5), kind=CardKind.EVENT, subject_id=1, now=NOW)
    holds.put(writer, person.chat_id, until=NOW + HOUR)


def _mentions(kept: Rows) -> set[str]:
    """Name the tables that hold the person's name or one of their numbers."""
    needles = (NAME, str(TELEGRAM_ID), str(RESIDENT_ID))
    return {
        table
        for table, lines in kept.items()
        if any(needle in repr(line) for line in lines for needle in needles)
    }


def _personal() -> list[Table]:
    return [table for table in CATALOGUE.sorted_tables if table.name not in PUBLIC]


async def test_every_table_that_can_speak_of_a_person_does_in_this_scene(
    database: Database,
) -> None:
    await database.write(_scene)

    kept = await database.read(rows)

    assert _mentions(kept) == {table.name for table in _personal()}


# ----------------------------------------------------------------------------------- document


def _found_in(document: Mapping[str, object]) -> set[tuple[str, ...]]:
    """Give the field names of every record in a document."""
    records = [
        record
        for part in document.values()
        for record in (part if isinstance(part, list) else [part])
        if isinstance(record, dict)
    ]
    return {tuple(sorted(record)) for record in records}


async def test_document_has_a_row_of_every_table_that_speaks_of_the_person(
    database: Database,
) -> None:
    await database.write(_scene)

    document = await database.read(privacy.document, RESIDENT_ID, now=NOW)

    shapes = _found_in(document)
    assert [
        table.name for table in _personal() if tuple(sorted(table.c.keys())) not in shapes
    ] == []


async def test_document_is_plain_json_and_only_about_the_person(database: Database) -> None:
    await database.write(_scene)

    document = await database.read(privacy.document, RESIDENT_ID, now=NOW)
    text = json.dumps(document, ensure_ascii=False)

    assert json.loads(text) == document
    assert NAME in text
    assert "Samira" not in text
    resident_part = document["resident"]
    assert isinstance(resident_part, dict)
    assert resident_part["consented_at"] == NOW.isoformat()
    assert document["made_at"] == NOW.isoformat()


async def test_document_of_somebody_new_is_short(database: Database) -> None:
    person = await database.write(resident, 1)

    document = await database.read(privacy.document, person.id, now=NOW)

    filled = {name for name, part in document.items() if part}
    assert filled == {"made_at", "resident", "journal"}


async def test_document_and_belongings_of_nobody_are_not_found(database: Database) -> None:
    with pytest.raises(NotFoundError):
        await database.read(privacy.document, ResidentId(9), now=NOW)
    with pytest.raises(NotFoundError):
        await database.read(privacy.belongings, ResidentId(9))


async def test_belongings_are_what_a_person_understands(database: Database) -> None:
    scene = await database.write(_scene)

    mine = await database.read(privacy.belongings, RESIDENT_ID)

    assert mine.resident.first_name == NAME
    assert [one.name for one in mine.commissions] == ["Parents"]
    assert [one.event_id for one in mine.rsvps] == [scene.event]


# ------------------------------------------------------------------------------------- erase


async def _erase(database: Database, person: ResidentId = RESIDENT_ID) -> str | None:
    return await database.write(
        privacy.erase, resident_id=person, cause=BEING_HANDLED, now=NOW + MINUTE
    )


async def test_erasure_leaves_the_receipt_and_nothing_else(database: Database) -> None:
    await database.write(_scene)

    number = await _erase(database)
    await database.write(inbox.mark_done, BEING_HANDLED)
    kept = await database.read(rows)

    (receipt,) = await database.read(owed, Kind.ERASURE_RECEIPT)
    assert number is not None
    assert receipt.facts == {"number": number, "language": "ar"}
    assert _mentions(kept) == {"outbox"}
    about = [line for line in kept["outbox"] if str(TELEGRAM_ID) in repr(line)]
    assert [line[0] for line in about] == [receipt.id]


async def test_erasure_leaves_nothing_at_all_once_the_receipt_has_ended(
    database: Database,
) -> None:
    await database.write(_scene)
    await _erase(database)
    await database.write(inbox.mark_done, BEING_HANDLED)

    await database.write(notices.expire, now=NOW + MINUTE + privacy.RECEIPT_LIFETIME)

    assert _mentions(await database.read(rows)) == set()


async def test_receipt_waits_until_telegram_lets_a_message_in_again(database: Database) -> None:
    await database.write(_scene)

    await _erase(database)

    (receipt,) = await database.read(owed, Kind.ERASURE_RECEIPT)
    assert receipt.not_before == NOW + HOUR
    assert receipt.expires_at == NOW + MINUTE + timedelta(hours=24)


async def test_erasure_passes_the_seat_on_and_keeps_what_others_need(database: Database) -> None:
    scene = await database.write(_scene)

    await _erase(database)

    kept = await database.read(rows)
    assert await database.read(standings, scene.event, [scene.waiting]) == ["offered"]
    assert [notice.kind for notice in await database.read(owed, Kind.OFFER)] == [Kind.OFFER]
    assert len(kept["events"]) == 1  # the draft went, the event of the agenda stays
    assert len(kept["commissions"]) == 1
    assert {line[3] for line in kept["links"]} == {None, 1}
    assert len(kept["links"]) == 6  # posters and codes still open what they opened


async def test_erasure_asks_the_team_no_more_and_forgets_who_invited(database: Database) -> None:
    await database.write(_scene)
    before = await database.read(owed, Kind.TEAM_REQUEST)

    await _erase(database)

    after = await database.read(owed, Kind.TEAM_REQUEST)
    assert RESIDENT_ID in {one.facts["invited_by"] for one in before}
    assert {one.facts["invited_by"] for one in after} == {None}
    assert {one.dedupe_key for one in after} < {one.dedupe_key for one in before}


async def test_erasure_twice_is_as_once(database: Database) -> None:
    await database.write(_scene)
    await _erase(database)
    before = await database.read(rows)

    again = await _erase(database)

    assert again is None
    assert await database.read(rows) == before


async def test_person_who_comes_back_is_somebody_new(database: Database) -> None:
    scene = await database.write(full, capacity=1, waiting=0)
    old = scene.seated[0]
    await _erase(database, old.id)

    new = await database.write(resident, 1)

    assert new.telegram_id == old.telegram_id
    assert new.id != old.id
    assert await database.read(answer_rows.of_resident, new.id) == []


async def test_erased_person_who_waited_leaves_the_queue(database: Database) -> None:
    scene = await database.write(full, capacity=1, waiting=2)

    await _erase(database, scene.waiting[0].id)

    place = await database.read(
        rsvps.place, event=scene.event, resident_id=scene.waiting[1].id, now=NOW + HOUR
    )
    assert place.position == 1


async def test_erased_maybe_frees_no_seat(database: Database) -> None:
    scene = await database.write(full, capacity=1, waiting=1)
    undecided = await database.write(resident, 80)
    await database.write(say, scene.event.id, undecided.id, Answer.MAYBE)

    await _erase(database, undecided.id)

    assert await database.read(standings, scene.event.id, scene.waiting) == ["waiting"]


async def test_f51_nothing_leaves_for_an_erased_person_but_the_receipt(database: Database) -> None:
    await database.write(_scene)
    await _erase(database)

    left = await database.write(sent, now=NOW + DAY)

    assert [one.kind for one in left if one.chat_id == TELEGRAM_ID] == [Kind.ERASURE_RECEIPT]


async def test_journal_keeps_what_was_done_without_who_did_it(database: Database) -> None:
    await database.write(_scene)
    before = await database.read(journal_rows.of_actor, RESIDENT_ID)

    await _erase(database)

    verbs = [line[3] for line in (await database.read(rows))["journal"]]
    assert {"found", "join", "appoint", "confirmed"} <= {entry.verb for entry in before}
    assert await database.read(journal_rows.of_actor, RESIDENT_ID) == []
    assert {"found", "join", "appoint", "confirmed", "erase"} <= set(verbs)
