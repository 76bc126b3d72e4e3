"""A person's data, as they read it."""

from dataclasses import replace
from zoneinfo import ZoneInfo

import pytest

from community.privacy import Belongings
from handlers import buttons
from handlers.views import privacy as views
from handlers.views.view import View
from handlers.words import languages, words_for
from storage.commissions import Commission
from storage.ids import CommissionId
from storage.rsvps import Answer, Engagement, Standing
from tests.handlers.views.rules import buttons_of, check, labels_of
from tests.handlers.views.samples import COMING, EVENT, MARKUP, PARENTS, RSVP, SAMIRA

FRENCH = words_for("fr")
PARIS = ZoneInfo("Europe/Paris")


def shown(
    *commissions: Commission, coming: tuple[Engagement, ...] = (), language: str = "fr"
) -> View:
    mine = Belongings(SAMIRA, list(commissions), [])
    return check(views.belongings(words_for(language), mine, coming, zone=PARIS))


def test_belongings_tell_all_that_is_kept() -> None:
    view = shown(PARENTS, coming=(COMING,))

    assert view.text.splitlines() == [
        "🔒 Je garde :",
        "Prénom : Samira. Langue : Français.",
        "Code Telegram, pour vous écrire : 900007.",
        "👥 Groupes : Parents.",
        "✅ Atelier cuisine, Samedi 5 décembre",
        "Votre accord : Mardi 1er décembre 2026, texte 1. La copie dit tout.",
    ]


def test_belongings_offer_copy_rename_quit_and_erase() -> None:
    view = shown(PARENTS)

    assert labels_of(view) == [
        "⬇️ Une copie",
        "✏️ Prénom",
        "🚪 Quitter Parents",
        "🗑 Tout effacer",
        "🏠",
    ]


@pytest.mark.parametrize("language", languages())
def test_belongings_of_a_newcomer_say_none(language: str) -> None:
    words = words_for(language)

    view = shown(language=language)

    assert words("privacy-no-groups") in view.text
    assert words("privacy-no-answers") in view.text


@pytest.mark.parametrize(
    ("answer", "standing", "sign"),
    [
        (Answer.YES, Standing.CONFIRMED, "✅"),
        (Answer.MAYBE, Standing.NONE, "🤔"),
        (Answer.YES, Standing.WAITING, "⏳"),
        (Answer.YES, Standing.OFFERED, "⏳"),
    ],
)
def test_belongings_tell_where_an_answer_stands(
    answer: Answer, standing: Standing, sign: str
) -> None:
    coming = Engagement(EVENT, replace(RSVP, answer=answer, standing=standing))

    view = shown(coming=(coming,))

    assert f"{sign} Atelier cuisine" in view.text


def test_belongings_with_many_answers_count_the_rest() -> None:
    view = shown(PARENTS, coming=(COMING,) * 5)

    assert "… et 3 autres inscriptions." in view.text


def test_belongings_with_many_commissions_lead_to_their_list() -> None:
    many = [Commission(CommissionId(n), f"Groupe {n}", "👥") for n in range(1, 9)]

    view = shown(*many)

    assert buttons.OpenCommissions() in buttons_of(view)
    assert sum(isinstance(one, buttons.QuitCommission) for one in buttons_of(view)) == 6


def test_quit_of_a_long_name_keeps_the_name() -> None:
    view = shown(Commission(CommissionId(1), "Cadre de vie Linné", "🌳"))

    assert "🚪 Cadre de vie Linné" in labels_of(view)


def test_belongings_escape_what_people_wrote() -> None:
    mine = Belongings(replace(SAMIRA, first_name=MARKUP), [replace(PARENTS, name=MARKUP)], [])

    view = views.belongings(
        FRENCH, mine, [replace(COMING, event=replace(EVENT, title=MARKUP))], zone=PARIS
    )

    assert "<b>" not in view.text
    assert view.text.count("&lt;b&gt;&amp;amp") == 3


@pytest.mark.parametrize("language", languages())
def test_consequences_ask_before_what_cannot_be_undone(language: str) -> None:
    view = check(views.consequences(words_for(language)), most_lines=3)

    assert buttons_of(view) == [buttons.Erase(), buttons.OpenData()]


@pytest.mark.parametrize("language", languages())
def test_receipt_holds_the_number_and_no_button(language: str) -> None:
    view = check(views.receipt(words_for(language), "1F2E3D4C"))

    assert "1F2E3D4C" in view.text
    assert not view.rows
    assert not views.erased(words_for(language)).rows
