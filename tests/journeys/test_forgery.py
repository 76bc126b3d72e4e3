"""People who are not what they seem: links forged and replayed, voices borrowed, unknown groups."""

import re
from datetime import timedelta

import pytest

from community import codes
from community.team import invite_officer
from handlers.buttons import SetGuests
from sandbox import Group, Person
from storage import groups, residents
from storage.ids import ChatId
from storage.links import Purpose
from storage.residents import Role
from tests.community.world import Rows, rows
from tests.handlers.answering import invited, kept
from tests.handlers.making import a_commission, an_event
from tests.house import House

DAY = timedelta(days=1)
UPDATES = {"inbox", "bookmarks"}
"""Tables that any update changes."""


async def role_of(house: House, person: Person) -> Role | None:
    resident = await house.read(residents.find_speaking, person.id)
    return resident.role if resident is not None else None


async def unchanged(house: House, before: Rows, *but: str) -> bool:
    after = await house.read(rows)
    return {name for name in after if after[name] != before[name]} <= UPDATES | set(but)


# ----------------------------------------------------------------------------------- F58 links


async def test_f58_link_holds_128_random_bits_and_no_id_and_only_its_hash_is_kept(
    house: House,
) -> None:
    event = await an_event(house)

    made = [await house.link(Purpose.EVENT, event.id) for _ in range(20)]

    kept_rows = str((await house.read(rows))["links"])
    assert len(set(made)) == 20
    assert all(re.fullmatch(r"[A-Za-z0-9_-]{22}", code) for code in made)
    assert not any(code in kept_rows for code in made)


async def test_f58_officers_invitation_opens_once_and_only_to_the_first(house: House) -> None:
    code = await house.write(invite_officer, invited_by=None, now=house.now())
    first, second = await house.join("Nadia", payload=code), await house.join("Eve", payload=code)

    assert await role_of(house, first) is Role.OFFICER
    assert await role_of(house, second) is Role.RESIDENT
    assert not any("Eve" in message.text for message in first.received)


async def test_f58_officers_invitation_expires_after_a_day(house: House) -> None:
    code = await house.write(invite_officer, invited_by=None, now=house.now())
    expires_at = house.now() + DAY
    # Looked up here and now: in the room, the hourly tick would have deleted it by then.
    in_time = await house.read(codes.look_up, code, now=expires_at - timedelta(seconds=1))
    too_late = await house.read(codes.look_up, code, now=expires_at)
    await house.advance(DAY + timedelta(seconds=1))

    late = await house.join("Nadia", payload=code)

    assert in_time is not None
    assert too_late is None
    assert await role_of(house, late) is Role.RESIDENT


async def test_f58_second_officer_says_yes_before_anybody_joins_the_team(house: House) -> None:
    await house.welcome(house.karim)
    karim = await house.read(residents.find_speaking, house.karim.id)
    assert karim is not None
    first = await house.write(invite_officer, invited_by=None, now=house.now())
    code = await house.write(invite_officer, invited_by=karim.id, now=house.now())
    nadia = await house.join("Nadia", payload=first)
    if await role_of(house, nadia) is not Role.OFFICER:
        await house.tap(house.karim, "✅")

    eve = await house.join("Eve", payload=code)
    waiting = await role_of(house, eve)
    request = await nadia.sees("Eve")
    await house.tap(nadia, "✅", request)

    assert waiting is Role.RESIDENT
    assert await role_of(house, eve) is Role.OFFICER


@pytest.mark.parametrize(
    "forged",
    ["A" * 22, "1", "officer", "../../etc", "x" * 64, "' OR 1=1 --", "é" * 20, "\x00"],
    ids=lambda text: ascii(text)[:12],
)
async def test_f58_forged_link_opens_nothing_and_changes_nothing(house: House, forged: str) -> None:
    samira = await house.join("Samira")
    await an_event(house)
    before = await house.read(rows)

    await house.say(samira, f"/start {forged}")

    assert await unchanged(house, before)
    assert await role_of(house, samira) is Role.RESIDENT


async def test_f58_code_of_one_purpose_opens_no_other(house: House) -> None:
    event = await an_event(house)
    typed = codes.new_typed_code()
    await house.write(
        codes.keep,
        typed,
        Purpose.GROUP,
        target_id=event.id,
        created_by=None,
        expires_at=house.now() + DAY,
        uses=1,
    )

    samira = await house.join("Samira", payload=typed)

    assert await role_of(house, samira) is Role.RESIDENT
    assert await house.read(codes.look_up, typed, now=house.now()) is not None


async def test_f57_button_of_another_persons_answer_acts_for_the_one_who_taps(
    house: House,
) -> None:
    event = await an_event(house)
    samira, eve = await invited(house, "Samira", event), await invited(house, "Eve", event)
    await house.tap(samira, "✅")

    await eve.tap_data(SetGuests(event.id, 5).pack()).answered()
    await house.rest()

    rsvp = await kept(house, samira, event)
    assert rsvp is not None
    assert rsvp.guests == 0
    assert (await kept(house, eve, event)) is None


# -------------------------------------------------------------------------- F71 borrowed voices

SENTENCE = "Atelier cuisine samedi 14h espace Linné 12 places"


async def a_draft(house: House) -> bool:
    return bool((await house.read(rows))["events"])


async def test_f71_forwarded_command_executes_nothing(house: House) -> None:
    await house.welcome(house.karim)
    eve = await house.join("Eve")
    written = eve.say(f"/nouveau {SENTENCE}")
    await house.rest()

    house.karim.forward(written)
    await house.rest()

    assert not await a_draft(house)


async def test_f71_edited_message_executes_nothing(house: House) -> None:
    await house.welcome(house.karim)
    written = house.karim.say("/aide")
    await house.rest()
    seen = len(house.karim.received)

    house.karim.edit(written, f"/nouveau {SENTENCE}")
    await house.rest()

    assert not await a_draft(house)
    assert len(house.karim.received) == seen


async def test_f71_message_written_by_way_of_a_bot_executes_nothing(house: House) -> None:
    await house.welcome(house.karim)
    written = house.karim.say("/aide")
    await house.rest()
    body = dict(written.body) | {"text": f"/nouveau {SENTENCE}", "via_bot": house.room.bot.card()}

    house.room.updates.put("message", body, house.karim.id)
    await house.rest()

    assert not await a_draft(house)


async def linking(house: House) -> tuple[Group, str]:
    """Have a group with the bot in it, and an open code of a commission."""
    commission = await a_commission(house, "Parents")
    code = codes.new_typed_code()
    await house.write(
        codes.keep,
        code,
        Purpose.GROUP,
        target_id=commission.id,
        created_by=None,
        expires_at=house.now() + DAY,
        uses=1,
    )
    group = house.room.group("Parents", supergroup=True)
    group.add_bot(admin=True)
    await house.rest()
    return group, code


@pytest.mark.parametrize("voice", ["anonymous", "channel", "edited", "forwarded"])
async def test_f71_code_typed_in_a_group_counts_only_from_a_person(
    house: House, voice: str
) -> None:
    group, code = await linking(house)
    eve = await house.join("Eve")
    group.add(eve)
    text = f"/lier@{house.room.bot.username} {code}"

    if voice == "anonymous":
        group.say_anonymously(text)
    elif voice == "channel":
        group.say_as_channel(text)
    elif voice == "edited":
        eve.edit(eve.say(f"/aide@{house.room.bot.username}", group), text)
    else:
        eve.forward(eve.say(text), group)
    await house.rest()

    assert await house.read(groups.find, ChatId(group.id)) is None
    assert await house.read(codes.look_up, code, now=house.now()) is not None


async def test_f71_officers_command_in_a_group_executes_nothing_and_names_nobody(
    house: House,
) -> None:
    await house.welcome(house.karim)
    group, code = await linking(house)
    group.add(house.karim)
    house.karim.say(f"/lier@{house.room.bot.username} {code}", group)
    await house.rest()

    for command in ("nouveau", "equipe", "donnees", "inscriptions", "presences"):
        house.karim.say(f"/{command}@{house.room.bot.username}", group)
        await house.rest()

    said = " ".join(message.text for message in group.received)
    assert "Karim" not in said
    assert not await a_draft(house)


async def test_forged_tap_in_a_group_turns_its_card_into_nobodys_own(house: House) -> None:
    await house.welcome(house.karim)
    group, code = await linking(house)
    group.add(house.karim)
    house.karim.say(f"/lier@{house.room.bot.username} {code}", group)
    await house.rest()
    shown = group.newest.text

    for data in ("1my", "1da", "1te", "1h"):
        answer = await house.karim.tap_data(data, group.newest).answered()
        assert answer.text == "Ce bouton n'est plus valable."
    await house.rest()

    assert group.newest.text == shown


# ------------------------------------------------------------------------------ F72 the unknown


async def test_f72_unknown_group_is_left_at_once_and_nothing_of_it_is_kept(house: House) -> None:
    eve = await house.join("Eve")
    before = await house.read(rows)
    group = house.room.group("CANARY-GROUP", supergroup=True)

    group.add_bot(eve)
    await house.rest()
    group.add_bot(eve, admin=True)
    await house.rest()

    assert not group.room_chat.holds(house.room.bot.id)
    assert len(house.room.ledger.calls("leaveChat")) >= 2
    assert await unchanged(house, before)
    assert str(group.id) not in str(await house.read(rows))


async def test_f72_linked_group_that_removes_the_bot_is_left_when_it_comes_back(
    house: House,
) -> None:
    await house.welcome(house.karim)
    group, code = await linking(house)
    group.add(house.karim)
    house.karim.say(f"/lier@{house.room.bot.username} {code}", group)
    await house.rest()
    group.remove_bot()
    await house.rest()
    lost = await house.read(groups.find, ChatId(group.id))

    group.add_bot()
    await house.rest()

    assert lost is not None
    assert lost.lost_at is not None
    assert not group.room_chat.holds(house.room.bot.id)
