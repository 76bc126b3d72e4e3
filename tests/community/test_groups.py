"""Groups: linked by a one-time code, followed when they become supergroups, and lost (F31, F72)."""

import pytest

from community import broadcasts, codes, groups, notices
from community.errors import GoneError
from community.notices import Kind
from storage import cards, outbox
from storage import groups as rows_of
from storage.cards import CardKind
from storage.commissions import Commission
from storage.database import Database, Writer
from storage.ids import ChatId, CommissionId, MessageId
from storage.outbox import OutboxState
from storage.residents import Resident, Role
from tests.community.world import (
    DAY,
    HOUR,
    NOW,
    SECOND,
    commission,
    event,
    officer,
    owed,
    resident,
    rows,
)

GROUP, SUPERGROUP, OTHER = ChatId(-4001), ChatId(-1004001), ChatId(-4002)


async def _scene(database: Database) -> tuple[Commission, Resident]:
    founder = await database.write(officer)
    return await database.write(commission, founder), founder


async def _code(database: Database, group: Commission, by: Resident) -> str:
    return await database.write(groups.open_code, commission_id=group.id, officer_id=by.id, now=NOW)


async def _link(database: Database, code: str, chat_id: ChatId = GROUP) -> Commission:
    return await database.write(
        groups.link, chat_id=chat_id, code=code, invite_link="https://t.me/+x", now=NOW + SECOND
    )


async def _linked(database: Database) -> Commission:
    group, founder = await _scene(database)
    await _link(database, await _code(database, group, founder))
    return group


async def test_code_typed_links_the_group_and_its_officer_hears(database: Database) -> None:
    group, founder = await _scene(database)
    code = await _code(database, group, founder)

    linked = await _link(database, code.lower())

    told = await database.read(owed, Kind.GROUP_LINKED)
    kept = await database.read(rows_of.find, GROUP)
    assert linked == group
    assert kept is not None
    assert (kept.commission_id, kept.invite_link) == (group.id, "https://t.me/+x")
    assert [(one.resident_id, one.facts["group_id"]) for one in told] == [(founder.id, GROUP)]


async def test_code_links_one_group_only(database: Database) -> None:
    group, founder = await _scene(database)
    code = await _code(database, group, founder)
    await _link(database, code)

    with pytest.raises(GoneError):
        await _link(database, code, OTHER)

    assert await database.read(rows_of.find, OTHER) is None


async def test_code_is_void_after_its_time(database: Database) -> None:
    group, founder = await _scene(database)
    code = await _code(database, group, founder)

    with pytest.raises(GoneError):
        await database.write(
            groups.link,
            chat_id=GROUP,
            code=code,
            invite_link=None,
            now=NOW + codes.TYPED_LIFETIME,
        )


@pytest.mark.parametrize("code", ["", "AAAAAAAA", "é", "\x00", "x" * 10_000])
async def test_wrong_code_links_nothing(database: Database, code: str) -> None:
    await _scene(database)

    with pytest.raises(GoneError):
        await _link(database, code)

    assert not (await database.read(rows))["groups"]


async def test_code_for_a_commission_that_is_not_there_is_not_made(database: Database) -> None:
    founder = await database.write(officer)

    with pytest.raises(GoneError):
        await database.write(
            groups.open_code, commission_id=CommissionId(9), officer_id=founder.id, now=NOW
        )


async def test_bot_stays_in_an_unknown_group_only_while_a_code_is_open(database: Database) -> None:
    group, founder = await _scene(database)
    before = await database.read(groups.may_stay, GROUP, now=NOW)
    code = await _code(database, group, founder)
    open_ = await database.read(groups.may_stay, GROUP, now=NOW)
    closed = await database.read(groups.may_stay, GROUP, now=NOW + codes.TYPED_LIFETIME)
    await _link(database, code)

    linked = await database.read(groups.may_stay, GROUP, now=NOW + DAY)
    elsewhere = await database.read(groups.may_stay, OTHER, now=NOW)
    assert (before, open_, closed, linked, elsewhere) == (False, True, False, True, False)


async def test_invite_link_is_the_one_set_last(database: Database) -> None:
    await _linked(database)

    await database.write(groups.set_invite_link, chat_id=GROUP, invite_link="https://t.me/+y")

    kept = await database.read(rows_of.find, GROUP)
    assert kept is not None
    assert kept.invite_link == "https://t.me/+y"


async def test_lost_group_is_told_to_the_officers_once(database: Database) -> None:
    await _linked(database)
    await database.write(resident, 5, Role.ADMIN)
    await database.write(_owe_and_show, GROUP)

    for later in (NOW, NOW + HOUR):
        await database.write(groups.lose, chat_id=GROUP, now=later)

    pending = await database.read(owed)
    skipped = [one for one in await database.read(outbox.all_) if one.chat_id == GROUP]
    assert [one.kind for one in pending if one.kind == Kind.GROUP_LOST] == ["group_lost"] * 2
    assert [one.state for one in skipped] == [OutboxState.SKIPPED]
    assert not await database.read(cards.of_chat, GROUP)
    assert not await database.read(groups.may_stay, GROUP, now=NOW)


async def test_unknown_group_that_is_lost_leaves_nothing(database: Database) -> None:
    await database.write(officer)
    before = await database.read(rows)

    await database.write(groups.lose, chat_id=OTHER, now=NOW)

    assert await database.read(rows) == before


def _owe_and_show(writer: Writer, chat_id: ChatId) -> None:
    notices.owe(
        writer,
        Kind.GROUP_CARD,
        key=f"grp:1:{chat_id}",
        chat_id=chat_id,
        now=NOW,
        expires_at=NOW + DAY,
    )
    cards.put(writer, chat_id, MessageId(1), kind=CardKind.GROUP, subject_id=1, now=NOW)


@pytest.mark.parametrize("signals", [1, 2, 3])
async def test_supergroup_is_followed_everywhere_however_often_told(
    database: Database, signals: int
) -> None:
    group = await _linked(database)
    await database.write(_owe_and_show, GROUP)

    for _ in range(signals):
        await database.write(
            broadcasts.follow_group, chat_id=GROUP, new_chat_id=SUPERGROUP, now=NOW
        )

    kept = await database.read(rows_of.find, SUPERGROUP)
    assert kept is not None
    assert (kept.commission_id, kept.invite_link) == (group.id, "https://t.me/+x")
    assert str(GROUP) not in repr((await database.read(rows))["cards"])
    assert [one.chat_id for one in await database.read(owed, Kind.GROUP_CARD)] == [SUPERGROUP]
    assert await database.read(rows_of.find, GROUP) is None


async def test_supergroup_linked_anew_before_it_is_followed_stays_linked(
    database: Database,
) -> None:
    group = await _linked(database)
    await database.write(_owe_and_show, GROUP)
    founder = await database.write(officer)
    await _link(database, await _code(database, group, founder), SUPERGROUP)

    await database.write(broadcasts.follow_group, chat_id=GROUP, new_chat_id=SUPERGROUP, now=NOW)

    assert await database.read(rows_of.find, GROUP) is None
    assert [one.chat_id for one in await database.read(rows_of.living)] == [SUPERGROUP]
    assert [one.chat_id for one in await database.read(owed, Kind.GROUP_CARD)] == [SUPERGROUP]


@pytest.mark.parametrize("signals", [1, 2])
async def test_f31_supergroup_is_owed_its_cards_anew_those_of_open_events_only(
    database: Database, signals: int
) -> None:
    await _linked(database)
    person = await database.write(officer, 901)
    coming = await database.write(event, person, starts_at=NOW + DAY)
    begun = await database.write(event, person, starts_at=NOW - 5 * HOUR, now=NOW - DAY)
    for message, shown in enumerate((coming, coming, begun), start=1):
        await database.write(
            cards.put,
            GROUP,
            MessageId(message),
            kind=CardKind.GROUP,
            subject_id=shown.id,
            now=NOW,
        )

    for _ in range(signals):
        await database.write(
            broadcasts.follow_group, chat_id=GROUP, new_chat_id=SUPERGROUP, now=NOW
        )

    (one,) = await database.read(owed, Kind.GROUP_CARD)
    assert (one.chat_id, one.event_id, one.expires_at) == (SUPERGROUP, coming.id, NOW + DAY)


async def test_following_an_unknown_group_changes_nothing(database: Database) -> None:
    before = await database.read(rows)

    await database.write(broadcasts.follow_group, chat_id=OTHER, new_chat_id=SUPERGROUP, now=NOW)

    assert await database.read(rows) == before
