"""The agenda, and drafts from one sentence or question by question, over HTTP."""

from datetime import UTC, date, datetime, time
from typing import Any

import pytest

from handlers.buttons import OpenDraft
from sandbox import Message
from sandbox.faults import Fault, cut
from storage import events as event_rows
from storage import prompts, residents
from storage.events import Event, EventStatus
from storage.ids import ChatId, EventId
from tests.handlers.making import a_commission, an_event
from tests.house import House

SENTENCE = "Atelier cuisine samedi 14h espace Linné 12 places garde"
FIELD_LABELS = ["📝", "📅", "🕑", "📍", "🪑", "👶", "👥"]


async def draft_of(house: House) -> Event:
    """Give Karim's newest draft."""
    karim = await house.read(residents.find_speaking, house.karim.id)
    assert karim is not None
    draft = await house.read(event_rows.latest_draft, karim.id)
    assert draft is not None
    return draft


async def drafting(house: House, sentence: str = SENTENCE) -> Message:
    """Have Karim write a sentence; gives what he then sees."""
    await house.welcome(house.karim)
    await house.say(house.karim, sentence)
    return house.karim.newest


async def asked(house: House) -> dict[str, Any] | None:
    prompt = await house.read(prompts.find, ChatId(house.karim.id), now=house.now())
    return dict(prompt.facts) if prompt is not None else None


async def test_agenda_opens_the_card_of_each_event(house: House) -> None:
    await an_event(house)
    samira = await house.join("Samira")

    await house.say(samira, "/agenda")

    assert "📅 Samedi 5 décembre 🕑 14 h — Atelier cuisine" in samira.newest.text
    await house.tap(samira, "📅 Atelier cuisine")
    assert "📍 Espace Linné" in samira.newest.text


async def test_agenda_shows_itself_to_a_visitor_and_keeps_nothing(house: House) -> None:
    await an_event(house)
    visitor = house.room.person("Visiteuse", language_code="fr")

    await house.say(visitor, "/agenda")

    assert "Atelier cuisine" in visitor.newest.text
    assert await house.read(residents.find_speaking, visitor.id) is None


async def test_agenda_turns_its_pages_in_place(house: House) -> None:
    for hour in range(8, 18):
        await an_event(house, title=f"Rendez-vous {hour}", starts=time(hour), ends=None)
    samira = await house.join("Samira")
    await house.say(samira, "/agenda")
    screens = len(samira.received)

    await house.tap(samira, "➡️")

    assert "Rendez-vous 17" in samira.newest.text
    assert "Rendez-vous 8" not in samira.newest.text
    assert len(samira.received) == screens


async def test_agenda_leaves_out_drafts(house: House) -> None:
    await drafting(house)

    await house.say(house.karim, "/agenda")

    assert "Atelier cuisine" not in house.karim.newest.text


async def test_sentence_becomes_a_whole_draft(house: House) -> None:
    screen = await drafting(house)

    assert screen.text.splitlines() == [
        "🆕 Brouillon.",
        "📝 Atelier cuisine",
        "📅 SAMEDI 5 DÉCEMBRE 2026 · 🕑 14 h à 16 h",
        "📍 Espace Linné",
        "🪑 12 · 👶 oui · 👥 Tous",
    ]
    assert screen.labels == [*FIELD_LABELS, "✅ Créer", "🗑"]


async def test_sentence_after_nouveau_becomes_a_draft(house: House) -> None:
    await drafting(house, f"/nouveau {SENTENCE}")

    assert (await draft_of(house)).title == "Atelier cuisine"


async def test_sentence_names_the_commission(house: House) -> None:
    parents = await a_commission(house, "Parents")

    screen = await drafting(house, f"{SENTENCE} pour les parents")

    assert "👥 Parents" in screen.text
    assert (await draft_of(house)).commission_id == parents.id


async def test_question_by_question_makes_the_same_draft(house: House) -> None:
    await house.welcome(house.karim)
    await house.say(house.karim, "/nouveau")
    assert house.karim.newest.text.startswith("🆕 Écrivez le rendez-vous en une phrase.")

    await house.say(house.karim, "Atelier cuisine")
    assert house.karim.newest.text.startswith("📅 Quel jour ?")
    await house.say(house.karim, "samedi")
    assert house.karim.newest.text.startswith("🕑 À quelle heure ?")
    await house.say(house.karim, "14h-16h")
    assert house.karim.newest.text.startswith("📍 Dans quel lieu ?")
    await house.say(house.karim, "Espace Linné")

    assert "📅 SAMEDI 5 DÉCEMBRE 2026 · 🕑 14 h à 16 h" in house.karim.newest.text
    assert await asked(house) is None


async def test_what_is_doubtful_is_asked_and_never_guessed(house: House) -> None:
    screen = await drafting(
        house, "Atelier cuisine samedi ou dimanche 14h espace Linné 12 ou 15 places 5€"
    )

    assert screen.text.splitlines() == [
        "❓ Je lis plusieurs réponses : « samedi · dimanche ».",
        "❓ Je ne garde pas le prix : « 5€ ».",
        "📅 Quel jour ? Exemple : samedi, ou 5 décembre",
    ]
    await house.say(house.karim, "samedi")
    assert house.karim.newest.text.splitlines() == [
        "❓ « 12 ou 15 places » peut se lire de deux façons.",
        "🪑 Combien de places ? Écrivez un nombre.",
    ]
    await house.say(house.karim, "15")
    assert "🪑 15" in house.karim.newest.text
    assert house.karim.newest.text.startswith("🆕 Brouillon.")


async def test_answer_that_is_not_understood_is_asked_again(house: House) -> None:
    await drafting(house, "Atelier cuisine")

    await house.say(house.karim, "peut-être un jour")

    assert house.karim.newest.text.startswith("❓ Je ne comprends pas « peut-être un jour ».")
    assert (await draft_of(house)).day is None
    await house.say(house.karim, "samedi")
    assert (await draft_of(house)).day == date(2026, 12, 5)


@pytest.mark.parametrize(
    ("pictogram", "answer", "shown"),
    [
        ("📝", "Atelier couture", "📝 Atelier couture"),
        ("📅", "12/12", "📅 SAMEDI 12 DÉCEMBRE 2026"),
        ("🕑", "18h30 à 20h", "🕑 18 h 30 à 20 h"),
        ("📍", "Salle des fêtes", "📍 Salle des fêtes"),
        ("🪑", "30", "🪑 30"),
        ("👶", "non", "👶 non"),
        ("👥", "parents", "👥 Parents"),
    ],
)
async def test_each_field_is_edited_by_typing(
    house: House, pictogram: str, answer: str, shown: str
) -> None:
    await a_commission(house, "Parents")
    await drafting(house)
    await house.tap(house.karim, pictogram)

    await house.say(house.karim, answer)

    assert shown in house.karim.newest.text
    assert house.karim.newest.labels[-2:] == ["✅ Créer", "🗑"]


@pytest.mark.parametrize(
    ("pictogram", "label", "shown"),
    [("🪑", "♾", "🪑 sans limite"), ("👶", "❌ Non", "👶 non"), ("👥", "Parents", "👥 Parents")],
)
async def test_fields_with_choices_are_edited_by_tapping(
    house: House, pictogram: str, label: str, shown: str
) -> None:
    await a_commission(house, "Parents")
    await drafting(house)
    await house.tap(house.karim, pictogram)

    await house.tap(house.karim, label)

    assert shown in house.karim.newest.text
    assert await asked(house) is None


@pytest.mark.parametrize(
    ("pictogram", "answer", "refusal"),
    [
        ("📝", "x" * 200, "Ce titre est trop long."),
        ("🕑", "16h à 14h", "« 16h à 14h » : la fin est avant le début."),
        ("🪑", "0", "« 0 » n'est pas possible."),
        ("📅", "1er janvier 2030", "« 1er janvier 2030 » est trop loin."),
    ],
)
async def test_bad_answer_is_told_in_words_and_changes_nothing(
    house: House, pictogram: str, answer: str, refusal: str
) -> None:
    await drafting(house)
    before = await draft_of(house)
    await house.tap(house.karim, pictogram)

    await house.say(house.karim, answer)

    assert refusal in house.karim.newest.text
    assert await draft_of(house) == before


async def test_f19_hour_that_does_not_exist_is_refused_in_words(house: House) -> None:
    screen = await drafting(house, "Veillée dimanche 28 mars 2027 à 02h30 espace Linné")

    assert screen.text.startswith("Heure inexistante : cette nuit-là, on avance d'une heure.")
    assert (await draft_of(house)).starts is None
    await house.say(house.karim, "03h30")
    assert "🕑 3 h 30 à 5 h 30" in house.karim.newest.text


async def test_f19_hour_that_comes_twice_is_asked_first_by_default(house: House) -> None:
    screen = await drafting(house, "Veillée dimanche 31 octobre 2027 à 02h30 espace Linné")
    first = (await draft_of(house)).starts_at

    assert "la 1re fois" in screen.text
    await house.tap(house.karim, "2️⃣ 2e fois")

    second = (await draft_of(house)).starts_at
    assert "la 2e fois" in house.karim.newest.text
    assert first == datetime(2027, 10, 31, 0, 30, tzinfo=UTC)
    assert second == datetime(2027, 10, 31, 1, 30, tzinfo=UTC)


async def test_same_hour_as_another_event_is_warned_of(house: House) -> None:
    await an_event(house, title="Conseil citoyen", starts=time(15), ends=time(17))

    screen = await drafting(house)

    assert "⚠️ même heure : Conseil citoyen" in screen.text


async def test_discarded_draft_is_gone_and_its_old_buttons_say_so(house: House) -> None:
    screen = await drafting(house)
    draft = await draft_of(house)
    old = house.karim.tap("📝", screen)
    await old.answered()

    await house.tap(house.karim, "↩️")
    await house.tap(house.karim, "🗑")
    answer = await house.karim.tap_again(old).answered()
    await house.rest()

    assert answer.text == "Cela n'existe plus."
    assert await house.read(event_rows.find, draft.id) is None


async def test_way_back_from_a_question_shows_the_draft_and_forgets_it(house: House) -> None:
    await drafting(house)
    await house.tap(house.karim, "📝")

    await house.tap(house.karim, "↩️")

    assert house.karim.newest.text.startswith("🆕 Brouillon.")
    assert await asked(house) is None


async def test_f56_markup_in_a_sentence_is_shown_as_it_was_typed(house: House) -> None:
    screen = await drafting(house, "Atelier <b>A&B</b> samedi 14h espace <i>Linné</i>")

    assert "Atelier <b>A&B</b>" in screen.text
    assert not [entity for entity in screen.entities if entity["type"] in {"bold", "italic"}]


async def test_f55_huge_sentence_is_told_and_asked(house: House) -> None:
    screen = await drafting(house, "cuisine " * 500)

    assert screen.text.splitlines() == [
        "Ce titre est trop long. Écrivez un titre plus court.",
        "📝 Quel est le titre ?",
    ]


async def test_f59_draft_is_seen_by_officers_only(house: House) -> None:
    await drafting(house)
    draft = await draft_of(house)
    samira = await house.join("Samira")

    await samira.tap_data(OpenDraft(draft.id).pack()).answered()
    await house.rest()

    assert "Atelier cuisine" not in samira.dump()


async def test_sentence_of_a_resident_is_no_draft(house: House) -> None:
    samira = await house.join("Samira")

    await house.say(samira, SENTENCE)

    assert await house.read(event_rows.find, EventId(1)) is None


async def test_link_to_an_event_is_shared_by_its_officer(house: House) -> None:
    await drafting(house)
    await house.tap(house.karim, "✅ Créer")

    await house.tap(house.karim, "🔗 Lien")

    address = house.karim.newest.text.splitlines()[-1]
    samira = await house.join("Samira", payload=address.partition("start=")[2])
    assert "Atelier cuisine" in samira.find("📍 Espace Linné").text


async def test_created_event_refuses_the_old_buttons_of_its_draft(house: House) -> None:
    screen = await drafting(house)
    old = house.karim.tap("📝", screen)
    await old.answered()
    await house.tap(house.karim, "↩️")
    await house.tap(house.karim, "✅ Créer")

    answer = await house.karim.tap_again(old).answered()
    await house.rest()

    assert answer.text == "Cela a changé. Regardez à nouveau."
    event = await house.read(event_rows.get, EventId(1))
    assert event.status is EventStatus.SCHEDULED


async def test_f22_answer_whose_reply_is_lost_is_read_once(house: House) -> None:
    await drafting(house, "Atelier cuisine samedi")
    house.room.faults.add(Fault(cut(), method="sendMessage", times=1))

    await house.say(house.karim, "14h")
    await house.karim.sees("📍 Dans quel lieu ?")

    draft = await draft_of(house)
    assert (draft.starts, draft.location) == (time(14), None)
