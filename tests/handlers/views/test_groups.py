"""What is said of Telegram groups, to officers and in the group."""

import pytest

from handlers import buttons
from handlers.views import groups as views
from handlers.views.view import Link, View
from handlers.words import languages, words_for
from storage.commissions import Commission
from storage.ids import CommissionId
from tests.handlers.views.rules import buttons_of, check
from tests.handlers.views.samples import MARKUP, PARENTS

FRENCH = words_for("fr")
ODD = Commission(CommissionId(3), MARKUP, "👥")


def test_code_is_told_with_the_command_to_type() -> None:
    view = views.code(FRENCH, PARENTS, "ABCD2345", bot_username="palabre_bot")

    assert "<code>/lier@palabre_bot ABCD2345</code>" in view.text
    assert "15 minutes" in view.text
    assert view.rows[0] == (
        Link("➕ Ajouter au groupe", "https://t.me/palabre_bot?startgroup=ABCD2345"),
    )


@pytest.mark.parametrize("lacks_link", [False, True])
def test_linked_asks_for_the_link_only_where_it_lacks(*, lacks_link: bool) -> None:
    view = views.linked(FRENCH, PARENTS, lacks_link=lacks_link)

    assert view.text.startswith("✅ Un groupe Telegram est relié à Parents.")
    assert ("https://t.me/" in view.text) is lacks_link


def test_lost_offers_to_link_another() -> None:
    view = views.lost(FRENCH, PARENTS)

    assert "Parents" in view.text
    assert buttons.LinkGroup(PARENTS.id) in buttons_of(view)


@pytest.mark.parametrize("language", languages())
def test_screens_keep_the_rules_and_escape(language: str) -> None:
    words = words_for(language)

    named: list[View] = [
        views.code(words, ODD, "ABCD2345", bot_username="palabre_bot"),
        views.linked_here(words, ODD),
        views.linked(words, ODD, lacks_link=True),
        views.lost(words, ODD),
    ]
    others = [
        views.wrong_code(words),
        views.invite_question(words, ODD.id),
        views.not_an_invite(words, ODD.id),
        views.invite_kept(words, ODD.id),
    ]

    assert all("&lt;b&gt;&amp;amp" in check(view).text for view in named)
    assert all(check(view).text for view in others)
    assert not any(MARKUP in view.text for view in named)
