"""Every screen of the bot, with little and with as much as is ever kept, obeys the screen's rules.

The views are found, not listed: a new one is rendered here too, from what its arguments are called.
Rules: product.md, rule 4 of the screen; https://core.telegram.org/bots/api#sendmessage.
"""

import importlib
import inspect
import pkgutil
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from itertools import product

import pytest

from community import texts
from handlers import buttons, views
from handlers.buttons import Field
from handlers.views.events import doubtful
from handlers.views.view import Link, View, label
from handlers.words import Words, languages, words_for
from tests.handlers.views.extremes import DOUBTS, OVERRIDES, VALUES
from tests.handlers.views.rules import MOST_CARD_LINES, MOST_ROWS, buttons_of, labels_of, most_in
from tests.handlers.views.samples import EVENT

Render = Callable[..., View]

MOST_UNITS = 4096
MOST_QUESTION_LINES = 3
SINGLE = re.compile(r"[+＋]?\d*|\W+")
"""A label that is a number or a pictogram alone."""

BUILDING_BLOCKS = {"rsvps.parts.screen"}
"""What lays a view out from another's text: no screen of its own."""
WITHOUT_KEYS = {
    "residents.menu",
    "groups.linked_here",
    "groups.wrong_code",
    "privacy.erased",
    "privacy.receipt",
    "refusals.busy",
    "refusals.flood",
    "rsvps.group.group_card",
}
"""They bring the permanent keyboard, stand in a group, or speak to who is known no more."""
QUESTIONS = {
    "broadcasts.targets",
    "changes.previews.reason_question",
    "commissions.question",
    "events.drafts.question",
    "events.drafts.sentence_question",
    "groups.invite_question",
    "privacy.consequences",
    "residents.choice_of_languages",
    "residents.fewer",
    "residents.request",
    "rsvps.answered.more_guests",
    "welcome.choice_of_languages",
    "welcome.question_of_name",
    "welcome.writing_of_name",
}
LISTS = {"rsvps.roster.names"}
"""As long as there are people."""


def found_views() -> Iterator[tuple[str, Render]]:
    """Find each function of handlers/views that gives a View."""
    for module in pkgutil.walk_packages(views.__path__, "handlers.views."):
        members = vars(importlib.import_module(module.name)).items()
        for name, member in members:
            is_ours = inspect.isfunction(member) and member.__module__ == module.name
            if is_ours and not name.startswith("_") and member.__annotations__["return"] is View:
                yield f"{module.name.removeprefix('handlers.views.')}.{name}", member


VIEWS = {name: view for name, view in found_views() if name not in BUILDING_BLOCKS}


def renderings(name: str, words: Words) -> Iterator[View]:
    """Render a view with everything that its arguments may be."""
    render = VIEWS[name]
    choices = {
        argument: OVERRIDES.get(name, {}).get(argument, VALUES.get(argument))
        for argument in inspect.signature(render).parameters
        if argument != "words"
    }
    unknown = [argument for argument, values in choices.items() if values is None]
    assert not unknown, f"{name}: what may {unknown} be?"
    given = {"words": words} if "words" in inspect.signature(render).parameters else {}
    for values in product(*(values or () for values in choices.values())):
        yield render(**given, **dict(zip(choices, values, strict=True)))


def graphemes_fit(labels: Iterable[str]) -> bool:
    """Whether no label would be cut."""
    return all(one and label(one) == one for one in labels)


def most_lines(name: str) -> int:
    """Give how many lines a screen may have."""
    return MOST_QUESTION_LINES if name in QUESTIONS else MOST_CARD_LINES


@pytest.mark.parametrize("language", languages())
@pytest.mark.parametrize("name", sorted(VIEWS))
def test_every_screen_keeps_the_rules_with_little_and_with_much(name: str, language: str) -> None:
    rendered = list(renderings(name, words_for(language)))

    assert rendered
    for view in rendered:
        shown = f"{view.text}\n{[labels_of(replace(view, rows=(row,))) for row in view.rows]}"
        lines = len(view.text.splitlines())
        assert name in LISTS or 0 < lines <= most_lines(name), shown
        assert texts.length(re.sub(r"<[^>]+>", "", view.text)) <= MOST_UNITS, shown
        assert len(view.rows) <= MOST_ROWS, shown
        assert all(0 < len(row) <= most_in(row) for row in view.rows), shown
        assert graphemes_fit(labels_of(view)), shown
        assert all(len(one.pack().encode()) <= buttons.MOST_BYTES for one in buttons_of(view))


@pytest.mark.parametrize("name", sorted(VIEWS.keys() - WITHOUT_KEYS))
def test_every_screen_has_a_way_on(name: str) -> None:
    for view in renderings(name, words_for("fr")):
        assert [key for row in view.rows for key in row if not isinstance(key, Link)], view.text


@pytest.mark.parametrize("name", sorted(QUESTIONS - {"residents.request"}))
def test_every_question_can_be_left(name: str) -> None:
    for view in renderings(name, words_for("fr")):
        assert len(buttons_of(view)) >= 1, view.text


@pytest.mark.parametrize("language", languages())
def test_doubts_before_a_question_stay_within_a_small_screen(language: str) -> None:
    words = words_for(language)
    for doubt in DOUBTS:
        view = VIEWS["events.drafts.question"](
            words,
            Field.DAY,
            event_id=EVENT.id,
            back=buttons.OpenDraft(EVENT.id),
            warnings=doubtful(words, [doubt] * 5),
        )
        assert len(view.text.splitlines()) == MOST_QUESTION_LINES
        assert view.text.count("❓") == MOST_QUESTION_LINES - 1


def test_labels_are_words_or_signs_never_abbreviations() -> None:
    names = sorted(VIEWS.keys() - LISTS)
    for name in names:
        for view in renderings(name, words_for("fr")):
            for one in labels_of(view):
                assert SINGLE.fullmatch(one) or not re.search(r"\b(lun|mar|mer|jeu|ven|sam)\.", one)


def test_lists_above_name_only_views_that_exist() -> None:
    known = VIEWS.keys()

    assert known >= QUESTIONS | WITHOUT_KEYS | LISTS | OVERRIDES.keys()
