"""The first contact, as a visitor sees it."""

import pytest

from community.rsvps import Place
from handlers import buttons
from handlers.views import welcome as views
from handlers.words import languages, words_for
from tests.handlers.views.rules import buttons_of, check, labels_of
from tests.handlers.views.samples import EVENT, MARKUP

FRENCH = words_for("fr")
CODE = "c" * 40
"""The longest code that rides in a button."""
PHONE = "03 20 00 00 00"


def test_choice_of_languages_asks_in_each_and_carries_the_code() -> None:
    view = check(views.choice_of_languages(CODE), most_lines=3)

    assert view.text == "🌍 Votre langue ? · Your language?"
    assert labels_of(view) == ["Français", "English"]
    assert buttons_of(view) == [
        buttons.ChooseLanguage("fr", CODE),
        buttons.ChooseLanguage("en", CODE),
    ]


def test_notice_is_the_one_of_the_reference() -> None:
    view = views.notice(FRENCH, place="Roubaix", code=CODE)

    assert view.text.splitlines() == [
        "👋 Bonjour. Je suis le robot des habitants de Roubaix.",
        "Je vous dis les rendez-vous du quartier. C'est gratuit.",
        "🔒 Je garde : votre prénom, votre langue, vos inscriptions.",
        "Je ne garde pas votre numéro. Vous pouvez tout effacer.",
    ]
    assert labels_of(view) == ["✅ D'accord", "❌ Non merci", "🔒 En savoir plus"]


@pytest.mark.parametrize("language", languages())
def test_notice_carries_language_and_code(language: str) -> None:
    view = check(views.notice(words_for(language), place=MARKUP, code=CODE), most_lines=4)

    assert "&lt;b&gt;" in view.text
    assert buttons_of(view) == [
        buttons.Agree(language, CODE),
        buttons.Refuse(language, CODE),
        buttons.LearnMore(language, CODE),
    ]


@pytest.mark.parametrize("language", languages())
def test_details_still_ask_and_name_a_human(language: str) -> None:
    view = check(views.details(words_for(language), place="Roubaix", phone=PHONE, code=CODE))

    assert buttons_of(view) == [buttons.Agree(language, CODE), buttons.Refuse(language, CODE)]
    assert PHONE in view.text


def test_question_of_name_shows_the_name_as_a_label() -> None:
    view = check(views.question_of_name(FRENCH, "Samira", CODE), most_lines=3)

    assert labels_of(view) == ["Samira", "✏️ Un autre"]
    assert buttons_of(view) == [buttons.KeepName(CODE), buttons.OtherName(CODE)]


def test_question_of_name_shortens_a_long_name() -> None:
    view = check(views.question_of_name(FRENCH, "Maria de los Angeles Fernández", CODE))

    assert labels_of(view)[0].endswith("…")


STORING = (
    buttons.Agree,
    buttons.AnswerEvent,
    buttons.JoinCommission,
    buttons.KeepName,
)


@pytest.mark.parametrize("language", languages())
def test_refused_shows_the_event_and_stores_nothing(language: str) -> None:
    place = Place(EVENT, None, 4, None)

    view = views.refused(words_for(language), (place, None), phone=PHONE, code=CODE)

    assert "Atelier cuisine" in view.text
    assert PHONE in view.text
    assert not any(isinstance(one, STORING) for one in buttons_of(view))


def test_refused_without_an_event_is_short() -> None:
    view = check(views.refused(FRENCH, None, phone="", code=""), most_lines=1)

    assert view.text == "D'accord. Je ne garde rien."


@pytest.mark.parametrize("language", languages())
def test_dead_link_and_awaiting_give_a_way_on(language: str) -> None:
    words = words_for(language)

    for view in (views.dead_link(words), views.awaiting(words)):
        assert buttons.Home() in buttons_of(check(view, most_lines=3))
