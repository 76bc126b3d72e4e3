"""The team: who becomes an officer, never by one person alone where there are two."""

from datetime import datetime, timedelta
from typing import Any

import pytest

from community import codes, team
from community.errors import GoneError, NotAllowedError
from community.notices import Kind
from storage import residents as people
from storage.database import Database, Writer
from storage.ids import ResidentId
from storage.links import Purpose
from storage.residents import Resident, Role
from tests.community.world import DAY, HOUR, NOW, officer, owed, resident, rows, sent, update


async def _invited(
    database: Database, invited_by: ResidentId | None, person: Resident, *, now: datetime = NOW
) -> bool:
    code = await database.write(team.invite_officer, invited_by=invited_by, now=NOW)
    return await database.write(
        team.accept_invitation, code=code, resident_id=person.id, now=now, cause=update()
    )


async def _role(database: Database, person: Resident) -> Role:
    return (await database.read(people.get, person.id)).role


async def test_admins_are_exactly_those_of_the_settings(database: Database) -> None:
    old = await database.write(resident, 1, Role.ADMIN)
    new = await database.write(officer, 2)
    other = await database.write(officer, 3)

    for _ in range(2):
        await database.write(team.name_admins, telegram_ids=[new.telegram_id, 12345])

    assert await _role(database, old) is Role.RESIDENT
    assert await _role(database, new) is Role.ADMIN
    assert await _role(database, other) is Role.OFFICER


async def test_invitation_of_the_only_officer_suffices(database: Database) -> None:
    alone, person = await database.write(officer, 1), await database.write(resident, 2)

    joined = await _invited(database, alone.id, person)

    assert joined
    assert await _role(database, person) is Role.OFFICER
    assert not await database.read(owed)
    assert "appoint" in repr((await database.read(rows))["journal"])


async def test_operators_invitation_suffices_where_there_is_no_team(database: Database) -> None:
    person = await database.write(resident, 2)

    assert await _invited(database, None, person)
    assert await _role(database, person) is Role.OFFICER


async def test_another_officer_is_asked_where_there_is_one(database: Database) -> None:
    inviter, other = await database.write(officer, 1), await database.write(officer, 3)
    person = await database.write(resident, 2)

    joined = await _invited(database, inviter.id, person)

    asked = await database.read(owed, Kind.TEAM_REQUEST)
    assert not joined
    assert await _role(database, person) is Role.RESIDENT
    assert [one.resident_id for one in asked] == [other.id]
    assert asked[0].facts == {"candidate_id": person.id, "invited_by": inviter.id}


async def test_operators_invitation_asks_the_officer_that_there_is(database: Database) -> None:
    only, person = await database.write(officer, 1), await database.write(resident, 2)

    joined = await _invited(database, None, person)

    assert not joined
    assert [one.resident_id for one in await database.read(owed)] == [only.id]


async def test_invitation_used_once_opens_nothing_more(database: Database) -> None:
    alone = await database.write(officer, 1)
    first, second = await database.write(resident, 2), await database.write(resident, 3)
    code = await database.write(team.invite_officer, invited_by=alone.id, now=NOW)
    await database.write(
        team.accept_invitation, code=code, resident_id=first.id, now=NOW, cause=update()
    )

    with pytest.raises(GoneError):
        await database.write(
            team.accept_invitation, code=code, resident_id=second.id, now=NOW, cause=update()
        )

    assert await _role(database, second) is Role.RESIDENT


@pytest.mark.parametrize("replays", [1, 3])
async def test_invitation_accepted_again_by_the_same_update_says_the_same(
    database: Database, replays: int
) -> None:
    inviter, person = await database.write(officer, 1), await database.write(resident, 2)
    await database.write(officer, 3)
    code = await database.write(team.invite_officer, invited_by=inviter.id, now=NOW)
    cause = update()
    values: dict[str, Any] = {"code": code, "resident_id": person.id, "cause": cause}
    first = await database.write(team.accept_invitation, **values, now=NOW)
    before = await database.read(rows)

    again = [
        await database.write(team.accept_invitation, **values, now=NOW + HOUR)
        for _ in range(replays)
    ]

    assert {first, *again} == {False}
    assert await database.read(rows) == before


async def test_invitation_expires_after_a_day(database: Database) -> None:
    alone, person = await database.write(officer, 1), await database.write(resident, 2)

    with pytest.raises(GoneError):
        await _invited(database, alone.id, person, now=NOW + DAY)

    assert await _role(database, person) is Role.RESIDENT


async def test_invitation_of_somebody_who_left_the_team_is_void(database: Database) -> None:
    former, person = (
        await database.write(resident, 1, Role.ADMIN),
        await database.write(resident, 2),
    )
    code = await database.write(team.invite_officer, invited_by=former.id, now=NOW)
    await database.write(team.name_admins, telegram_ids=[])

    for one in (former, person):
        with pytest.raises(GoneError):
            await database.write(
                team.accept_invitation, code=code, resident_id=one.id, now=NOW, cause=update()
            )

    assert await _role(database, former) is Role.RESIDENT


@pytest.mark.parametrize("forged", ["", "x", "é" * 30, "x" * 1000])
async def test_forged_invitation_opens_nothing(database: Database, forged: str) -> None:
    person = await database.write(resident, 2)

    with pytest.raises(GoneError):
        await database.write(
            team.accept_invitation, code=forged, resident_id=person.id, now=NOW, cause=update()
        )


async def test_code_of_another_purpose_is_no_invitation(database: Database) -> None:
    def keep(writer: Writer) -> None:
        codes.keep(
            writer,
            "poster",
            Purpose.COMMISSION,
            target_id=1,
            created_by=None,
            expires_at=NOW + DAY,
            uses=None,
        )

    person = await database.write(resident, 2)
    await database.write(keep)

    with pytest.raises(GoneError):
        await database.write(
            team.accept_invitation,
            code="poster",
            resident_id=person.id,
            now=NOW,
            cause=update(),
        )


async def test_member_of_the_team_uses_no_invitation_up(database: Database) -> None:
    alone, person = await database.write(officer, 1), await database.write(resident, 2)
    code = await database.write(team.invite_officer, invited_by=alone.id, now=NOW)

    own = await database.write(
        team.accept_invitation, code=code, resident_id=alone.id, now=NOW, cause=update()
    )
    used = await database.write(
        team.accept_invitation, code=code, resident_id=person.id, now=NOW, cause=update()
    )

    assert own
    assert used


async def _asked(database: Database) -> tuple[Resident, Resident, Resident]:
    """Give a candidate and the two officers who are asked about them."""
    inviter = await database.write(officer, 1)
    first, second = await database.write(officer, 3), await database.write(officer, 4)
    person = await database.write(resident, 2)
    await _invited(database, inviter.id, person)
    return person, first, second


async def _answer(
    database: Database,
    candidate: Resident,
    by: Resident,
    *,
    accepted: bool,
    now: datetime = NOW + HOUR,
) -> Resident:
    return await database.write(
        team.answer_request,
        candidate_id=candidate.id,
        officer_id=by.id,
        accepted=accepted,
        now=now,
    )


@pytest.mark.parametrize("accepted", [True, False])
async def test_first_answer_decides_and_the_candidate_hears_once(
    database: Database, *, accepted: bool
) -> None:
    person, first, second = await _asked(database)

    stood = await _answer(database, person, first, accepted=accepted)
    for other in (first, second):
        await _answer(database, person, other, accepted=not accepted)

    told = await database.read(owed, Kind.TEAM_ANSWER)
    expected = Role.OFFICER if accepted else Role.RESIDENT
    assert stood.role is expected
    assert await _role(database, person) is expected
    assert [(one.resident_id, one.facts) for one in told] == [(person.id, {"accepted": accepted})]


async def test_nobody_answers_for_themselves(database: Database) -> None:
    person, _, _ = await _asked(database)

    with pytest.raises(NotAllowedError):
        await _answer(database, person, person, accepted=True)


async def test_officer_who_was_never_asked_decides_nothing(database: Database) -> None:
    person, first, _ = await _asked(database)
    late, stranger = await database.write(officer, 9), await database.write(resident, 10)

    with pytest.raises(GoneError):
        await _answer(database, person, late, accepted=True)
    with pytest.raises(GoneError):
        await _answer(database, stranger, first, accepted=True)

    assert await _role(database, person) is Role.RESIDENT


async def test_request_of_long_ago_can_no_longer_be_answered(database: Database) -> None:
    person, first, _ = await _asked(database)

    with pytest.raises(GoneError):
        await _answer(database, person, first, accepted=True, now=NOW + team.REPORT_LIFETIME)

    assert await _role(database, person) is Role.RESIDENT


async def test_request_can_be_answered_after_it_was_delivered(database: Database) -> None:
    person, first, _ = await _asked(database)
    await database.write(sent)

    stood = await _answer(database, person, first, accepted=True, now=NOW + timedelta(hours=47))

    assert stood.role is Role.OFFICER


async def test_appointing_nobody_is_refused(database: Database) -> None:
    with pytest.raises(GoneError):
        await database.write(team.appoint, resident_id=ResidentId(77), appointed_by=None, now=NOW)


async def test_fault_is_told_to_each_officer_once(database: Database) -> None:
    officers = [await database.write(officer, 1), await database.write(resident, 2, Role.ADMIN)]
    await database.write(resident, 3)

    for _ in range(3):
        await database.write(team.report_fault, code="4F2A", now=NOW)

    told = await database.read(owed, Kind.FAULT_ALERT)
    assert [one.resident_id for one in told] == [one.id for one in officers]
    assert {one.facts["code"] for one in told} == {"4F2A"}
