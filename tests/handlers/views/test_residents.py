"""The home, help, languages and the team, as they are seen."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from handlers import buttons
from handlers.views import residents as views
from handlers.words import languages, words_for
from storage.ids import ResidentId
from storage.residents import Resident
from tests.handlers.views.rules import buttons_of, check, labels_of
from tests.handlers.views.samples import MARKUP, SAMIRA

FRENCH = words_for("fr")
PHONE = "03 20 00 00 00"
PAUSED = replace(SAMIRA, paused_at=datetime(2026, 12, 1, tzinfo=UTC))


@pytest.mark.parametrize("language", languages())
@pytest.mark.parametrize("is_officer", [False, True])
@pytest.mark.parametrize("resident", [SAMIRA, PAUSED], ids=["present", "paused"])
def test_home_keeps_the_rules(resident: Resident, language: str, *, is_officer: bool) -> None:
    view = views.home(words_for(language), resident, is_officer=is_officer, news="!")

    check(view, most_lines=3)


def test_home_of_a_resident_shows_no_duty() -> None:
    view = views.home(FRENCH, SAMIRA, is_officer=False)

    assert labels_of(view) == [
        "📅 Agenda",
        "🙋 Mes inscriptions",
        "👥 Les groupes",
        "🌍 Langue",
        "🔒 Mes données",
        "☎️ Aide",
    ]


def test_home_of_an_officer_adds_the_duties() -> None:
    view = views.home(FRENCH, SAMIRA, is_officer=True)

    assert labels_of(view)[6:] == [
        "🆕 Un rendez-vous",
        "📣 Annoncer",
        "👀 Qui vient",
        "🤝 Équipe",
    ]


def test_home_of_a_paused_person_says_so_first() -> None:
    view = views.home(FRENCH, PAUSED, is_officer=False)

    assert view.text.startswith("⏸ Je ne vous écris plus.")
    assert buttons.Resume() in buttons_of(view)


def test_home_escapes_the_name() -> None:
    view = views.home(FRENCH, replace(SAMIRA, first_name=MARKUP), is_officer=False)

    assert "&lt;b&gt;&amp;amp" in view.text


@pytest.mark.parametrize("language", languages())
def test_lost_gives_three_buttons_and_the_phone(language: str) -> None:
    view = check(views.lost(words_for(language), phone=PHONE), most_lines=3)

    assert buttons_of(view) == [buttons.OpenAgenda(), buttons.OpenRsvps(), buttons.Home()]
    assert PHONE in view.text


def test_lost_without_a_phone_has_no_such_sentence() -> None:
    view = views.lost(FRENCH, phone="")

    assert view.text == "Je ne sais pas faire cela."


@pytest.mark.parametrize("language", languages())
@pytest.mark.parametrize(
    ("resident", "way"), [(SAMIRA, buttons.Pause()), (PAUSED, buttons.Resume())]
)
def test_assistance_offers_the_other_state(
    resident: Resident, way: buttons.Button, language: str
) -> None:
    view = check(views.assistance(words_for(language), resident, phone=PHONE), most_lines=3)

    assert way in buttons_of(view)
    assert PHONE in view.text


def test_choice_of_languages_ticks_the_present_one() -> None:
    view = check(views.choice_of_languages(words_for("en")), most_lines=3)

    assert labels_of(view) == ["Français", "✅ English", "🏠"]


@pytest.mark.parametrize("language", languages())
def test_paused_offers_to_resume_and_the_data(language: str) -> None:
    view = check(views.paused(words_for(language)), most_lines=3)

    assert buttons_of(view) == [buttons.Resume(), buttons.OpenData(), buttons.Home()]


def test_team_names_everybody_escaped() -> None:
    view = check(views.team(FRENCH, [SAMIRA, replace(SAMIRA, first_name=MARKUP)]))

    assert view.text == "🤝 L'équipe : Samira, &lt;b&gt;&amp;amp"
    assert buttons_of(view) == [buttons.InviteOfficer(), buttons.Home()]


def test_invitation_holds_the_link() -> None:
    view = check(views.invitation(FRENCH, "https://t.me/bot?start=abc"))

    assert view.text.splitlines()[-1] == "https://t.me/bot?start=abc"


@pytest.mark.parametrize("language", languages())
def test_request_asks_about_the_candidate(language: str) -> None:
    karim = replace(SAMIRA, first_name="Karim", id=ResidentId(8))

    view = check(views.request(words_for(language), SAMIRA, karim), most_lines=3)

    assert "Samira" in view.text
    assert "Karim" in view.text
    assert buttons_of(view) == [
        buttons.AnswerRequest(SAMIRA.id, accepted=True),
        buttons.AnswerRequest(SAMIRA.id, accepted=False),
    ]


def test_request_from_the_operator_names_no_inviter() -> None:
    view = views.request(FRENCH, SAMIRA, None)

    assert len(view.text.splitlines()) == 2


@pytest.mark.parametrize("language", languages())
def test_decisions_differ(language: str) -> None:
    words = words_for(language)

    told = {views.decision(words, accepted=accepted).text for accepted in (True, False)}
    answered = {views.answered(words, SAMIRA, is_officer=joined).text for joined in (True, False)}

    assert len(told) == len(answered) == 2


def test_fault_alert_holds_the_code() -> None:
    assert "BCDFGH" in check(views.fault_alert(FRENCH, "BCDFGH")).text
