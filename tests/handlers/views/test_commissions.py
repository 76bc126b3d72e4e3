"""The list of commissions, what one is in, and an officer's view of one."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from handlers import buttons
from handlers.views import commissions as views
from handlers.views.view import Link
from handlers.words import languages, words_for
from storage.commissions import Commission, Option
from storage.groups import Group
from storage.ids import ChatId, CommissionId
from tests.handlers.views.rules import buttons_of, check, labels_of
from tests.handlers.views.samples import MARKUP, PARENTS

FRENCH = words_for("fr")
HEALTH = Commission(CommissionId(2), "Santé", "🩺")
MANY = [
    Option(Commission(CommissionId(number), f"Commission n° {number}", "👥"), is_member=False)
    for number in range(1, 31)
]
GROUP = Group(
    chat_id=ChatId(-200),
    commission_id=PARENTS.id,
    invite_link="https://t.me/+parents",
    linked_at=datetime(2026, 11, 30, tzinfo=UTC),
    lost_at=None,
)


def test_listing_marks_what_the_person_is_in() -> None:
    options = [Option(PARENTS, is_member=True), Option(HEALTH, is_member=False)]

    view = views.listing(FRENCH, options, page=0, is_officer=False)

    assert view.text == "👥 Les groupes du quartier."
    assert labels_of(view) == ["☑️ 👨‍👩‍👧 Parents", "▫️ 🩺 Santé", "✅ Fini"]
    assert buttons_of(view)[:2] == [
        buttons.LeaveCommission(PARENTS.id),
        buttons.JoinCommission(HEALTH.id),
    ]


def test_listing_of_none_says_so() -> None:
    view = views.listing(FRENCH, [], page=0, is_officer=False)

    assert view.text == "👥 Il n'y a pas encore de groupe."
    assert buttons_of(view) == [buttons.Home()]


def test_listing_of_an_officer_leads_to_settings() -> None:
    view = views.listing(FRENCH, [Option(HEALTH, is_member=False)], page=0, is_officer=True)

    assert "⚙️ Santé" in labels_of(view)
    assert buttons.ManageCommission(HEALTH.id) in buttons_of(view)
    assert buttons.FoundCommission() in buttons_of(view)


@pytest.mark.parametrize("language", languages())
@pytest.mark.parametrize("is_officer", [False, True])
@pytest.mark.parametrize("page", [0, 1, 99])
def test_listing_of_many_keeps_the_rules(language: str, page: int, *, is_officer: bool) -> None:
    view = views.listing(words_for(language), MANY, page=page, is_officer=is_officer)

    check(view)


@pytest.mark.parametrize("is_officer", [False, True])
def test_listing_of_many_shows_each_on_one_page(*, is_officer: bool) -> None:
    shown = [
        button.commission_id
        for page in range(-(-len(MANY) // views.page_size(is_officer=is_officer)))
        for button in buttons_of(views.listing(FRENCH, MANY, page=page, is_officer=is_officer))
        if isinstance(button, buttons.JoinCommission)
    ]

    assert shown == [option.commission.id for option in MANY]


def test_belongings_in_one_opens_its_group() -> None:
    view = views.belongings(FRENCH, [(PARENTS, "https://t.me/+parents")])

    assert view.text == "✅ Vous êtes dans Parents."
    assert view.rows[0] == (Link("💬 Ouvrir le groupe", "https://t.me/+parents"),)


def test_belongings_without_a_known_link_opens_nothing() -> None:
    view = views.belongings(FRENCH, [(PARENTS, None), (HEALTH, None)])

    assert view.text == "✅ Vous êtes dans Parents, Santé."
    assert buttons_of(view) == [buttons.OpenCommissions(), buttons.Home()]


def test_belongings_in_several_names_each_group() -> None:
    url = "https://t.me/+group"

    view = views.belongings(FRENCH, [(PARENTS, url), (HEALTH, url)])

    assert labels_of(view)[:2] == ["💬 Parents", "💬 Santé"]


@pytest.mark.parametrize("language", languages())
def test_belongings_in_many_keep_the_rules(language: str) -> None:
    belongs = [(option.commission, "https://t.me/+group") for option in MANY]

    check(views.belongings(words_for(language), belongs))


def test_belongings_in_none_say_so() -> None:
    assert views.belongings(FRENCH, []).text == "Vous n'êtes dans aucun groupe."


@pytest.mark.parametrize("language", languages())
@pytest.mark.parametrize("members", [0, 1, 412])
def test_settings_keep_the_rules(language: str, members: int) -> None:
    lacking = replace(GROUP, invite_link=None)

    view = views.settings(words_for(language), PARENTS, members=members, groups=[lacking])

    check(view)
    assert buttons.GiveInvite(PARENTS.id) in buttons_of(view)


def test_settings_of_a_group_with_a_link_do_not_ask_for_it() -> None:
    view = views.settings(FRENCH, PARENTS, members=2, groups=[GROUP])

    assert view.text == "⚙️ 👨‍👩‍👧 Parents\n👥 2 personnes\n💬 Un groupe Telegram est relié."
    assert buttons.GiveInvite(PARENTS.id) not in buttons_of(view)


def test_link_shows_the_address_to_copy() -> None:
    view = views.link(FRENCH, PARENTS, "https://t.me/bot?start=abc")

    assert "<code>https://t.me/bot?start=abc</code>" in view.text


def test_names_are_escaped_in_every_text() -> None:
    odd = Commission(CommissionId(3), MARKUP, "👥")

    texts = [
        views.belongings(FRENCH, [(odd, None)]).text,
        views.settings(FRENCH, odd, members=0, groups=[]).text,
        views.link(FRENCH, odd, "https://t.me/").text,
    ]

    assert all("&lt;b&gt;&amp;amp" in text and MARKUP not in text for text in texts)
