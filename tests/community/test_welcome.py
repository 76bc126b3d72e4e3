"""The first contact: nothing is kept before consent, and a link keeps its promise (F58)."""

from collections.abc import Collection

import pytest

from community import commissions, events, groups, residents, rsvps, team, welcome
from community.errors import InvalidInputError
from community.welcome import Promise
from storage import cards, inbox, prompts
from storage import residents as people
from storage.cards import CardKind
from storage.database import Database, Writer
from storage.ids import ChatId, MessageId, UpdateId
from storage.inbox import Received
from storage.residents import Resident, Role
from tests.community.world import (
    DAY,
    HOUR,
    NOW,
    commission,
    event,
    full,
    officer,
    owed,
    resident,
    rows,
    rsvp,
    standings,
)

VISITOR = 990_417


async def _consent(
    database: Database, name: str = "Nadia", admins: Collection[int] = ()
) -> Resident:
    return await database.write(
        welcome.consent,
        telegram_id=VISITOR,
        name=name,
        language="ar",
        admins=admins,
        now=NOW,
    )


async def test_consent_enters_a_person_with_the_notice_they_agreed_to(database: Database) -> None:
    entered = await _consent(database)

    assert entered.telegram_id == VISITOR
    assert (entered.first_name, entered.language, entered.role) == ("Nadia", "ar", Role.RESIDENT)
    assert (entered.notice_version, entered.consented_at) == (residents.NOTICE_VERSION, NOW)
    assert await database.read(people.find_speaking, VISITOR) == entered


async def test_consent_of_somebody_named_in_the_settings_makes_an_admin(database: Database) -> None:
    entered = await _consent(database, admins=[VISITOR])

    assert entered.role is Role.ADMIN


async def test_consent_given_twice_enters_once(database: Database) -> None:
    first = await _consent(database)
    before = await database.read(rows)

    second = await _consent(database, name="Somebody else")

    assert second == first
    assert await database.read(rows) == before


@pytest.mark.parametrize("name", ["", "\u200b\u202e", "x" * 33])
async def test_consent_without_a_name_keeps_nothing(database: Database, name: str) -> None:
    with pytest.raises(InvalidInputError):
        await _consent(database, name=name)

    assert str(VISITOR) not in repr(await database.read(rows))


async def test_refusal_leaves_no_trace_of_the_visitor(database: Database) -> None:
    def meet(writer: Writer) -> None:
        chat = ChatId(VISITOR)
        inbox.add(
            writer,
            [
                Received(UpdateId(number), chat, f'{{"from":{{"first_name":"Nadia {number}"}}}}')
                for number in (1, 2)
            ],
            now=NOW,
        )
        prompts.put(writer, chat, kind="name", facts={"n": "Nadia"}, expires_at=NOW + DAY)
        cards.put(writer, chat, MessageId(3), kind=CardKind.EVENT, subject_id=1, now=NOW)

    await database.write(meet)

    await database.write(welcome.refuse, chat_id=ChatId(VISITOR), cause=UpdateId(2))
    await database.write(inbox.mark_done, UpdateId(2))

    left = repr(await database.read(rows))
    assert str(VISITOR) not in left
    assert "Nadia" not in left


async def test_link_to_an_event_promises_its_card(database: Database) -> None:
    organizer = await database.write(officer)
    gathering = await database.write(event, organizer)
    code = await database.write(
        events.share, event_id=gathering.id, officer_id=organizer.id, now=NOW
    )

    assert await database.read(welcome.promise, code, now=NOW) == Promise(event_id=gathering.id)
    assert await database.read(welcome.promise, code, now=NOW + 90 * DAY) == Promise()


async def test_link_to_a_commission_promises_it(database: Database) -> None:
    founder = await database.write(officer)
    group = await database.write(commission, founder)
    code = await database.write(
        commissions.share, commission_id=group.id, officer_id=founder.id, now=NOW
    )

    assert await database.read(welcome.promise, code, now=NOW) == Promise(commission_id=group.id)


async def test_invitation_promises_the_team_until_it_is_used(database: Database) -> None:
    person = await database.write(resident, 1)
    code = await database.write(team.invite_officer, invited_by=None, now=NOW)
    before = await database.read(welcome.promise, code, now=NOW)
    await database.write(
        team.accept_invitation, code=code, resident_id=person.id, now=NOW, cause=UpdateId(1)
    )

    assert before == Promise(is_invitation=True)
    assert await database.read(welcome.promise, code, now=NOW) == Promise()


async def test_code_to_type_in_a_group_promises_nothing_in_a_link(database: Database) -> None:
    founder = await database.write(officer)
    group = await database.write(commission, founder)
    code = await database.write(
        groups.open_code, commission_id=group.id, officer_id=founder.id, now=NOW
    )

    assert await database.read(welcome.promise, code, now=NOW) == Promise()


@pytest.mark.parametrize("code", ["", "1", "event_1", "é\x00", "\ud83d", "a" * 64, "a" * 100_000])
async def test_forged_code_promises_nothing(database: Database, code: str) -> None:
    assert await database.read(welcome.promise, code, now=NOW) == Promise()


async def test_person_who_blocks_gets_nothing_and_their_offer_goes_on(database: Database) -> None:
    scene = await database.write(full, capacity=1, waiting=2)
    first, second = scene.waiting
    await database.write(
        rsvps.retract, event_id=scene.event.id, resident_id=scene.seated[0].id, now=NOW + HOUR
    )
    before = await database.read(standings, scene.event.id, scene.waiting)

    await database.write(welcome.lose_touch, resident=first, now=NOW + 2 * HOUR)

    after = await database.read(standings, scene.event.id, scene.waiting)
    assert before == ["offered", "waiting"]
    assert after == ["waiting", "offered"]
    assert not await database.read(owed, None, first)
    assert len(await database.read(owed, None, second)) == 1
    kept = await database.read(rsvp, scene.event.id, first)
    assert kept.queued_at is not None
