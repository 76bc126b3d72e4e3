"""The first contact, over HTTP: what a visitor sees, what is kept, what a link opens."""

from datetime import datetime, timedelta
from pathlib import Path

import pytest

from community import notices, residents
from community.notices import Kind
from handlers import buttons
from sandbox import Message, Person
from storage import commissions as commission_rows
from storage import inbox, outbox, prompts
from storage import residents as people
from storage.database import Writer
from storage.ids import ChatId
from storage.links import Purpose
from storage.outbox import OutboxState
from storage.residents import Resident, Role
from tests.handlers.making import a_commission, an_event
from tests.house import House

MENU = [["📅 Agenda", "🙋 Mes inscriptions"], ["🌍 Langue", "☎️ Aide"]]
CANARY = "Zaynabou"
"""A name that stands nowhere else."""


async def known(house: House, person: Person) -> Resident | None:
    return await house.read(people.find_speaking, person.id)


async def at_notice(house: House, person: Person, payload: str = "") -> None:
    person.start(payload)
    await person.sees("🌍 Votre langue ?")
    await house.tap(person, "Français")


def menus(person: Person) -> list[Message]:
    return [message for message in person.received if message.reply_rows]


async def test_start_of_a_visitor_asks_the_language_and_keeps_nothing(house: House) -> None:
    samira = house.room.person("Samira")

    samira.start()
    screen = await samira.sees("🌍 Votre langue ? · Your language?")

    assert screen.labels == ["Français", "English"]
    assert await known(house, samira) is None


async def test_language_leads_to_the_notice_in_the_same_message(house: House) -> None:
    samira = house.room.person("Samira")

    samira.start()
    await samira.sees("🌍")
    await house.tap(samira, "English")

    assert len(samira.received) == 1
    assert samira.newest.text.startswith("👋 Hello. I am the bot of the residents of Roubaix.")
    assert samira.newest.labels == ["✅ I agree", "❌ No, thank you", "🔒 Learn more"]
    assert await known(house, samira) is None


async def test_learn_more_tells_all_and_still_asks(house: House) -> None:
    samira = house.room.person("Samira")
    await at_notice(house, samira)

    await house.tap(samira, "🔒 En savoir plus")

    assert "03 20 00 00 00" in samira.newest.text
    assert samira.newest.labels == ["✅ D'accord", "❌ Non merci"]


async def test_consent_keeps_the_person_and_asks_the_name(house: House) -> None:
    samira = house.room.person("Samira")
    await at_notice(house, samira)

    await house.tap(samira, "✅ D'accord")

    resident = await known(house, samira)
    assert resident is not None
    assert (resident.first_name, resident.language, resident.role) == (
        "Samira",
        "fr",
        Role.RESIDENT,
    )
    assert resident.notice_version == residents.NOTICE_VERSION
    assert samira.newest.text == "Votre prénom ?"
    assert samira.newest.labels == ["Samira", "✏️ Un autre"]


async def test_first_contact_without_a_link_ends_at_the_agenda_with_the_menu(
    house: House,
) -> None:
    samira = await house.join("Samira")

    assert any(message.text.startswith("📅") for message in samira.received)
    assert samira.reply_keyboard == MENU
    assert len(menus(samira)) == 1


async def test_first_contact_in_english_is_english(house: House) -> None:
    john = await house.join("John", language="English")

    resident = await known(house, john)
    assert resident is not None
    assert resident.language == "en"
    assert john.reply_keyboard[0] == ["📅 Agenda", "🙋 My sign-ups"]


async def test_link_to_an_event_opens_its_card_at_once(house: House) -> None:
    event = await an_event(house, title="Atelier cuisine")
    code = await house.link(Purpose.EVENT, event.id)

    samira = await house.join("Samira", payload=code)

    card = samira.find("Atelier cuisine")
    assert card.key("✅ Je viens") is not None
    assert samira.reply_keyboard == MENU


async def test_link_to_a_commission_joins_it_at_once(house: House) -> None:
    commission = await a_commission(house, "👨‍👩‍👧 Parents")
    code = await house.link(Purpose.COMMISSION, commission.id)

    samira = await house.join("Samira", payload=code)

    resident = await known(house, samira)
    assert resident is not None
    assert await house.read(commission_rows.of_resident, resident.id) == [commission]
    assert samira.find("✅ Vous êtes dans Parents.").key("🏠") is not None


async def test_link_of_a_known_person_opens_at_once(house: House) -> None:
    event = await an_event(house, title="Atelier cuisine")
    code = await house.link(Purpose.EVENT, event.id)
    samira = await house.join("Samira")

    await house.say(samira, f"/start {code}")

    assert samira.newest.key("✅ Je viens") is not None


@pytest.mark.parametrize(
    "code",
    ["forged", "a:b:c", "x" * 64, "é", "' OR 1=1 --", "0" * 500],
    ids=["forged", "colons", "64", "accent", "sql", "long"],
)
async def test_link_that_opens_nothing_is_told_f58(house: House, code: str) -> None:
    samira = await house.join("Samira")

    await house.say(samira, f"/start {code}")

    assert samira.newest.text == "😕 Ce lien ne marche plus."
    assert samira.newest.labels == ["📅 Agenda", "🏠"]


@pytest.mark.parametrize("code", ["a:b:c", "x" * 64, "é" * 30], ids=["colons", "64", "accents"])
async def test_visitor_with_an_odd_code_gets_through_f58(house: House, code: str) -> None:
    samira = await house.join("Samira", payload=code)

    assert await known(house, samira) is not None
    assert samira.reply_keyboard == MENU


async def test_start_of_a_known_person_is_the_home(house: House) -> None:
    samira = await house.join("Samira")

    await house.say(samira, "/start")

    assert samira.newest.text == "🏠 Bonjour Samira. Que voulez-vous faire ?"
    assert len(menus(samira)) == 1


# ------------------------------------------------------------------------------------- refusal


def remains(folder: Path, *needles: str) -> list[str]:
    """Give which of some texts stand in a file of the database, its log included."""
    content = b"".join(path.read_bytes() for path in folder.glob("palabre.db*"))
    return [needle for needle in needles if needle.encode() in content]


async def test_refusal_keeps_nothing_in_tables_and_files(house: House, tmp_path: Path) -> None:
    visitor = house.room.person(CANARY, id=987_654_321)
    await at_notice(house, visitor)

    await house.tap(visitor, "❌ Non merci")

    assert visitor.newest.text.startswith("D'accord. Je ne garde rien.")
    assert await known(house, visitor) is None
    assert await house.read(inbox.undone) == []
    assert await house.read(prompts.find, ChatId(visitor.id), now=house.now()) is None
    assert [one for one in await house.read(outbox.all_) if one.chat_id == visitor.id] == []
    assert remains(tmp_path, CANARY, "987654321") == []


async def test_canary_is_found_before_the_refusal(house: House, tmp_path: Path) -> None:
    """The search above can fail: a person who agrees is in the files."""
    await house.join(CANARY, id=987_654_321)

    assert remains(tmp_path, CANARY) == [CANARY]


async def test_refusal_shows_the_event_without_a_button_that_stores(house: House) -> None:
    event = await an_event(house, title="Atelier cuisine")
    code = await house.link(Purpose.EVENT, event.id)
    visitor = house.room.person("Samira")
    await at_notice(house, visitor, code)

    await house.tap(visitor, "❌ Non merci")

    assert "Voici quand même le rendez-vous :" in visitor.newest.text
    assert "Atelier cuisine" in visitor.newest.text
    assert "03 20 00 00 00" in visitor.newest.text
    assert visitor.newest.labels == ["↩️ Retour"]


async def test_refusal_may_be_reconsidered(house: House) -> None:
    visitor = house.room.person("Samira")
    await at_notice(house, visitor)
    await house.tap(visitor, "❌ Non merci")

    await house.tap(visitor, "↩️ Retour")
    await house.tap(visitor, "✅ D'accord")

    assert await known(house, visitor) is not None


async def test_visitor_who_writes_is_asked_the_language(house: House) -> None:
    visitor = house.room.person("Samira")

    for text in ("Bonjour", "/agenda@palabre_test_bot", "/nouveau", "/inconnu", "📅 Agenda"):
        mark = visitor.glance()
        await house.say(visitor, text)
        answer = await visitor.sees(lambda _: True, after=mark)
        assert answer.text.startswith(("🌍", "📅")), text

    assert await known(house, visitor) is None


async def test_visitor_who_opens_an_event_of_the_agenda_is_led_to_it(house: House) -> None:
    await an_event(house, title="Atelier cuisine")
    visitor = house.room.person("Samira")
    await house.say(visitor, "/agenda")

    await house.tap(visitor, "Atelier cuisine")
    for label in ("Français", "✅ D'accord", "Samira"):
        await house.tap(visitor, label)

    assert "Atelier cuisine" in visitor.find(lambda message: bool(message.labels)).text
    assert visitor.holding("✅ Je viens").text.startswith("🏘 Atelier cuisine")


async def test_card_from_before_an_erasure_leads_its_reader_to_the_event_again(
    house: House,
) -> None:
    event = await an_event(house, title="Atelier cuisine")
    samira = await house.join("Samira", payload=await house.link(Purpose.EVENT, event.id))
    card = samira.holding("✅ Je viens")
    yes = card.key("✅ Je viens")
    assert yes is not None
    await house.say(samira, "/donnees")
    await house.tap(samira, "🗑 Tout effacer")
    await house.tap(samira, "🗑 Oui, effacer")

    await samira.tap_data(yes.callback_data or "", card).answered()
    for label in ("Français", "✅ D'accord", "Samira"):
        await house.tap(samira, label)

    assert samira.holding("✅ Je viens").text.startswith("🏘 Atelier cuisine")


async def test_visitor_who_says_stop_is_told_that_nothing_is_kept(house: House) -> None:
    visitor = house.room.person("Samira")

    await house.say(visitor, "STOP")

    assert visitor.newest.text == "D'accord. Je ne garde rien."


async def test_visitor_who_taps_a_residents_button_is_asked_the_language_f57(
    house: House,
) -> None:
    visitor = house.room.person("Samira")
    visitor.start()
    await visitor.sees("🌍")
    await visitor.tap_data(buttons.ChooseLanguage("fr", "").pack()).answered()
    await house.rest()
    notice = visitor.newest.text

    await visitor.tap_data(buttons.OpenData().pack()).answered()
    await house.rest()

    assert not notice.startswith("🌍")
    assert visitor.newest.text.startswith("🌍")
    assert await known(house, visitor) is None


async def test_forged_language_becomes_the_houses_f57(house: House) -> None:
    visitor = house.room.person("Samira")
    visitor.start()
    await visitor.sees("🌍")

    await visitor.tap_data(buttons.Agree("zz", "").pack()).answered()
    await house.rest()

    resident = await known(house, visitor)
    assert resident is not None
    assert resident.language == "fr"


# ---------------------------------------------------------------------------------- first name


async def test_agree_tapped_twice_is_once_f42(house: House) -> None:
    samira = house.room.person("Samira")
    await at_notice(house, samira)

    tap = samira.tap("✅ D'accord")
    again = samira.tap_again(tap)
    await tap.answered()
    await again.answered()
    await house.rest()

    assert len(await house.read(people.team)) == 0
    assert await house.read(people.count) == 1
    assert samira.newest.text == "Votre prénom ?"


async def test_name_tapped_twice_brings_one_menu_f42(house: House) -> None:
    samira = house.room.person("Samira")
    await at_notice(house, samira)
    await house.tap(samira, "✅ D'accord")

    tap = samira.tap("Samira")
    again = samira.tap_again(tap)
    await tap.answered()
    await again.answered()
    await house.rest()

    assert len(menus(samira)) == 1


async def test_other_name_is_kept_and_the_link_followed(house: House) -> None:
    event = await an_event(house, title="Atelier cuisine")
    code = await house.link(Purpose.EVENT, event.id)
    samira = house.room.person("Samira")
    await at_notice(house, samira, code)
    await house.tap(samira, "✅ D'accord")

    await house.tap(samira, "✏️ Un autre")
    await house.say(samira, "  Sam\u202e  ")

    resident = await known(house, samira)
    assert resident is not None
    assert resident.first_name == "Sam"
    assert samira.find("Atelier cuisine").key("✅ Je viens") is not None
    assert samira.reply_keyboard == MENU
    assert await house.read(prompts.find, ChatId(samira.id), now=house.now()) is None


async def test_name_written_at_once_is_taken(house: House) -> None:
    samira = house.room.person("Samira")
    await at_notice(house, samira)
    await house.tap(samira, "✅ D'accord")

    await house.say(samira, "Sam")

    resident = await known(house, samira)
    assert resident is not None
    assert resident.first_name == "Sam"


@pytest.mark.parametrize("name", ["x" * 33, "x" * 4096, "\u200e"], ids=["33", "4096", "mark"])
async def test_name_that_cannot_be_kept_is_asked_again_f55(house: House, name: str) -> None:
    samira = house.room.person("Samira")
    await at_notice(house, samira)
    await house.tap(samira, "✅ D'accord")
    await house.tap(samira, "✏️ Un autre")

    await house.say(samira, name)
    await house.say(samira, "Sam")

    resident = await known(house, samira)
    assert resident is not None
    assert resident.first_name == "Sam"


@pytest.mark.parametrize(
    "name", ["🦊", "\u202e", "...", "x" * 64], ids=["fox", "mark", "dots", "long"]
)
async def test_unusable_name_of_telegrams_is_replaced_f55(house: House, name: str) -> None:
    person = house.room.person(name)
    await at_notice(house, person)

    await house.tap(person, "✅ D'accord")

    assert person.newest.labels == ["Habitant", "✏️ Un autre"]


async def test_markup_in_a_name_is_text_f56(house: House) -> None:
    person = await house.join("<b>Zoé</b>&lt;")

    await house.say(person, "/start")

    assert person.newest.text.startswith("🏠 Bonjour <b>Zoé</b>&lt;.")
    assert person.newest.entities == []


# -------------------------------------------------------------------------------------- reach


async def test_block_makes_unreachable_and_start_restores_f28(house: House) -> None:
    samira = await house.join("Samira")
    resident = await known(house, samira)
    assert resident is not None

    samira.block()
    await house.rest()
    blocked = await known(house, samira)
    samira.unblock()
    await house.rest()
    back = await known(house, samira)

    assert blocked is not None
    assert blocked.unreachable_at is not None
    assert back == resident


async def test_block_skips_what_is_owed_f28(house: House) -> None:
    samira = await house.join("Samira")
    await house.write(_owe_tomorrow, samira.id, house.now())

    samira.block()
    await house.rest()

    owed = [one for one in await house.read(outbox.all_) if one.chat_id == samira.id]
    assert [one.state for one in owed] == [OutboxState.SKIPPED]


def _owe_tomorrow(writer: Writer, telegram_id: int, now: datetime) -> None:
    notices.owe(
        writer,
        Kind.FAULT_ALERT,
        key="fault:test",
        chat_id=ChatId(telegram_id),
        now=now,
        not_before=now + timedelta(days=1),
        expires_at=None,
        facts={"code": "BCDFGH"},
    )


# --------------------------------------------------------------------------------- invitations


async def invited(house: House, inviter: Person) -> str:
    """Give the payload of an invitation that an officer has made."""
    await house.say(inviter, "/equipe")
    await house.tap(inviter, "➕ Inviter")
    return inviter.newest.text.split("start=")[-1]


def listed(house: House, person: Person) -> list[str]:
    return [one["command"] for one in house.room.profile.commands_for(person.id, "fr")]


async def test_admin_of_the_settings_is_an_officer_at_once(house: House) -> None:
    await house.welcome(house.karim)

    resident = await known(house, house.karim)
    assert resident is not None
    assert resident.role is Role.ADMIN
    assert "nouveau" in listed(house, house.karim)


async def test_invitation_of_the_only_officer_suffices_f58(house: House) -> None:
    await house.welcome(house.karim)
    payload = await invited(house, house.karim)

    samira = await house.join("Samira", payload=payload)

    resident = await known(house, samira)
    assert resident is not None
    assert resident.role is Role.OFFICER
    home = samira.find("🎉 Vous êtes dans l'équipe.")
    assert home.key("🤝 Équipe") is not None
    assert listed(house, samira)[:4] == ["nouveau", "diffuser", "presences", "equipe"]


async def test_invitation_works_once_f58(house: House) -> None:
    await house.welcome(house.karim)
    payload = await invited(house, house.karim)
    await house.join("Samira", payload=payload)

    thief = await house.join("Voleur", payload=payload)

    resident = await known(house, thief)
    assert resident is not None
    assert resident.role is Role.RESIDENT
    assert thief.find("😕 Ce lien ne marche plus.").key("🏠") is not None


async def test_invitation_lives_a_day_f58(house: House) -> None:
    await house.welcome(house.karim)
    payload = await invited(house, house.karim)
    await house.advance(timedelta(hours=25))

    late = await house.join("Samira", payload=payload)

    resident = await known(house, late)
    assert resident is not None
    assert resident.role is Role.RESIDENT


async def test_invitation_opened_by_its_author_is_not_used_up(house: House) -> None:
    await house.welcome(house.karim)
    payload = await invited(house, house.karim)

    await house.say(house.karim, f"/start {payload}")
    samira = await house.join("Samira", payload=payload)

    resident = await known(house, samira)
    assert resident is not None
    assert resident.role is Role.OFFICER


@pytest.mark.parametrize(
    ("answer", "role", "told"),
    [
        ("✅ Oui", Role.OFFICER, "🎉 Vous êtes dans l'équipe."),
        ("❌ Non", Role.RESIDENT, "L'équipe a répondu non"),
    ],
)
async def test_invitation_needs_another_officers_yes_f58(
    house: House, answer: str, role: Role, told: str
) -> None:
    await house.welcome(house.karim)
    nadia = await house.join("Nadia", payload=await invited(house, house.karim))
    samira = await house.join("Samira", payload=await invited(house, house.karim))
    before = await known(house, samira)
    request = await nadia.sees("🤝 Samira veut entrer dans l'équipe.\nInvitation de Karim.")

    await house.tap(nadia, answer, request)

    after = await known(house, samira)
    assert before is not None
    assert after is not None
    assert (before.role, after.role) == (Role.RESIDENT, role)
    assert samira.find("⏳ C'est noté.").key("🏠") is not None
    assert (await samira.sees(told)).key("🏠") is not None
    assert ("equipe" in listed(house, samira)) is (role is Role.OFFICER)


async def test_first_answer_to_a_candidate_decides_f47(house: House) -> None:
    await house.welcome(house.karim)
    nadia = await house.join("Nadia", payload=await invited(house, house.karim))
    samira = await house.join("Samira", payload=await invited(house, house.karim))
    request = await nadia.sees("🤝 Samira veut")

    await house.tap(nadia, "❌ Non", request)
    await nadia.tap_data(
        buttons.AnswerRequest((await at_home(house, samira)).id, accepted=True).pack()
    ).answered()
    await house.rest()

    assert (await at_home(house, samira)).role is Role.RESIDENT
    assert nadia.newest.text == "❌ Samira n'est pas dans l'équipe."


async def test_candidate_cannot_say_yes_to_themselves_f57(house: House) -> None:
    await house.welcome(house.karim)
    await house.join("Nadia", payload=await invited(house, house.karim))
    samira = await house.join("Samira", payload=await invited(house, house.karim))
    candidate = await at_home(house, samira)

    await samira.tap_data(buttons.AnswerRequest(candidate.id, accepted=True).pack()).answered()
    await house.rest()

    assert (await at_home(house, samira)).role is Role.RESIDENT


async def test_officer_cannot_appoint_whom_nobody_invited_f57(house: House) -> None:
    await house.welcome(house.karim)
    samira = await house.join("Samira")
    resident = await at_home(house, samira)

    answer = house.karim.tap_data(buttons.AnswerRequest(resident.id, accepted=True).pack())
    told = await answer.answered()
    await house.rest()

    assert told.show_alert
    assert (await at_home(house, samira)).role is Role.RESIDENT


async def at_home(house: House, person: Person) -> Resident:
    """Give a person who must be known."""
    resident = await known(house, person)
    assert resident is not None
    return resident
