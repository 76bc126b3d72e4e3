"""Commissions: founded once, joined and left by tapping, however often one taps."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from community import commissions
from community.commissions import MOST_NAME, MOST_PICTOGRAM, PICTOGRAM, parted
from community.errors import GoneError, InvalidInputError
from community.texts import length
from storage import commissions as rows_of
from storage.database import Database
from storage.ids import CommissionId
from tests.community.world import HOUR, NOW, commission, officer, resident, rows, update


@pytest.mark.parametrize(
    ("text", "pictogram", "name"),
    [
        ("🩺 Santé", "🩺", "Santé"),
        ("Santé", PICTOGRAM, "Santé"),
        ("👨\u200d👩\u200d👧 Parents", "👨\u200d👩\u200d👧", "Parents"),
        (
            "👩🏿\u200d❤\ufe0f\u200d💋\u200d👩🏽 Amour",
            "👩🏿\u200d❤\ufe0f\u200d💋\u200d👩🏽",
            "Amour",
        ),
        ("  Cadre   de vie ", PICTOGRAM, "Cadre de vie"),
        ("« Santé »", PICTOGRAM, "« Santé »"),
        ("- Santé", PICTOGRAM, "- Santé"),
        ("الصحة", PICTOGRAM, "الصحة"),
    ],
)
def test_name_is_parted_from_its_pictogram(text: str, pictogram: str, name: str) -> None:
    assert parted(text) == (pictogram, name)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "empty"),
        ("🩺", "empty"),
        ("🩺 \u200b", "empty"),
        ("x" * 18, "long"),
        ("🩺" * 9 + " A", "long"),
    ],
)
def test_name_that_cannot_be_kept_is_refused(text: str, reason: str) -> None:
    with pytest.raises(InvalidInputError) as refusal:
        parted(text)

    assert (refusal.value.field, refusal.value.reason) == ("commission", reason)


@given(st.text(max_size=60))
def test_parted_name_fits_a_label_or_is_refused(text: str) -> None:
    try:
        pictogram, name = parted(text)
    except InvalidInputError:
        return

    assert 0 < length(name) <= MOST_NAME
    assert 0 < length(pictogram) <= MOST_PICTOGRAM


async def test_commission_founded_twice_by_one_update_is_founded_once(database: Database) -> None:
    founder, cause = await database.write(officer), update()
    values: dict[str, Any] = {"founder_id": founder.id, "cause": cause}
    first = await database.write(commissions.found, text="🩺 Santé", **values, now=NOW)
    before = await database.read(rows)

    again = await database.write(commissions.found, text="🩺 Santé", **values, now=NOW + HOUR)

    assert again == first
    assert (first.name, first.pictogram) == ("Santé", "🩺")
    assert await database.read(rows) == before


@pytest.mark.parametrize("text", ["Santé", "SANTE", "🩺 santé"])
async def test_name_that_is_taken_is_refused(database: Database, text: str) -> None:
    founder = await database.write(officer)
    await database.write(commission, founder, "Santé")

    with pytest.raises(InvalidInputError) as refusal:
        await database.write(commission, founder, text)

    assert refusal.value.reason == "taken"
    assert len(await database.read(rows_of.all_)) == 1


async def test_name_whose_letters_come_apart_is_refused_not_a_fault(database: Database) -> None:
    founder = await database.write(officer)

    with pytest.raises(InvalidInputError) as refusal:
        await database.write(commission, founder, "\ufdfa" * MOST_NAME)

    assert refusal.value.reason == "long"


async def test_joining_and_leaving_twice_is_as_once(database: Database) -> None:
    founder, person = await database.write(officer), await database.write(resident, 1)
    group = await database.write(commission, founder)
    values: dict[str, Any] = {"commission_id": group.id, "resident_id": person.id}

    for later in (NOW, NOW + HOUR):
        assert await database.write(commissions.join, **values, now=later) == group
    joined = await database.read(rows_of.memberships, person.id)
    for _ in range(2):
        await database.write(commissions.leave, **values, now=NOW)

    verbs = [line[3] for line in (await database.read(rows))["journal"]]
    assert [(one.commission_id, one.joined_at) for one in joined] == [(group.id, NOW)]
    assert not await database.read(rows_of.of_resident, person.id)
    assert (verbs.count("join"), verbs.count("leave")) == (1, 1)


async def test_commission_that_is_not_there_is_gone(database: Database) -> None:
    person = await database.write(resident, 1)
    nowhere = CommissionId(99)

    with pytest.raises(GoneError):
        await database.write(
            commissions.join, commission_id=nowhere, resident_id=person.id, now=NOW
        )
    with pytest.raises(GoneError):
        await database.write(
            commissions.leave, commission_id=nowhere, resident_id=person.id, now=NOW
        )
    with pytest.raises(GoneError):
        await database.write(
            commissions.share, commission_id=nowhere, officer_id=person.id, now=NOW
        )
