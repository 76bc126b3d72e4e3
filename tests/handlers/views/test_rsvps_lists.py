"""Lists of answers and rosters as pure screens: short, escaped, never too long to be sent."""

from collections.abc import Sequence
from dataclasses import replace

import pytest

from community import texts
from handlers import buttons
from handlers.views.rsvps import choice, engagements, names, roster
from handlers.words import languages, words_for
from storage.broadcasts import Audience
from storage.ids import EventId
from storage.rsvps import Answer, Counts, Guest, Standing
from tests.handlers.views.rules import buttons_of, check, labels_of
from tests.handlers.views.samples import COMING, EVENT, MARKUP, RSVP, SAMIRA

COUNTS = Counts(parties=9, headcount=12, maybe=0, no=4, waiting=1, offered=1)


def guests(number: int, name: str = "Samira") -> list[Guest]:
    return [Guest(replace(SAMIRA, first_name=name), RSVP) for _ in range(number)]


def named(text: str, name: str) -> Sequence[str]:
    return [line for line in text.splitlines() if line.startswith(name)]


@pytest.mark.parametrize("language", languages())
@pytest.mark.parametrize("number", [0, 1, 6, 7, 40])
def test_lists_keep_the_rules_of_the_screen(language: str, number: int) -> None:
    words = words_for(language)
    long = replace(COMING, event=replace(EVENT, title="Un très long titre " * 4))

    check(engagements(words, [long] * number))
    check(choice(words, [long.event] * number, buttons.OpenRoster))


def test_list_says_how_many_more_there_are() -> None:
    view = engagements(words_for("fr"), [COMING] * 7)

    assert view.text.splitlines()[-1] == "… et un autre dans l'agenda"
    assert len([one for one in buttons_of(view) if isinstance(one, buttons.OpenEvent)]) == 6


def test_titles_in_lists_are_escaped_f56() -> None:
    event = replace(EVENT, title=MARKUP)

    for view in (
        engagements(words_for("fr"), [replace(COMING, event=event)]),
        choice(words_for("fr"), [event], buttons.OpenRoster),
    ):
        assert MARKUP not in view.text
        assert labels_of(view)[0].endswith(MARKUP)


def test_roster_tells_counts_and_offers_to_nudge_who_can_be_reached() -> None:
    view = check(roster(words_for("fr"), EVENT, COUNTS, silent=49, nudged=47))

    assert view.text.splitlines()[-1] == (
        "✅ 9 inscriptions = 12 places · 🤔 0 · ⏳ 2 · ❌ 4 · 🔕 sans réponse 49"
    )
    assert labels_of(view)[1] == "🔔 Relancer les 47"
    assert buttons_of(view)[1] == buttons.PreviewBroadcast(EVENT.id, Audience.SILENT, 0)


@pytest.mark.parametrize("language", languages())
def test_roster_keeps_the_rules_with_large_numbers(language: str) -> None:
    counts = Counts(9_999, 99_999, 9_999, 9_999, 9_999, 9_999)

    check(roster(words_for(language), EVENT, counts, silent=99_999, nudged=99_999))


def test_roster_without_silent_people_nudges_nobody() -> None:
    view = roster(words_for("fr"), EVENT, COUNTS, silent=3, nudged=0)

    assert not [one for one in buttons_of(view) if isinstance(one, buttons.PreviewBroadcast)]


def test_names_stand_under_their_answer() -> None:
    answered = [
        replace(RSVP, answer=Answer.NO, standing=Standing.NONE),
        replace(RSVP, guests=2),
        replace(RSVP, standing=Standing.OFFERED),
        replace(RSVP, standing=Standing.WAITING, guests=1),
        replace(RSVP, answer=Answer.MAYBE, standing=Standing.NONE),
    ]

    view = names(words_for("fr"), EVENT, [Guest(SAMIRA, rsvp) for rsvp in answered], silent=[])

    assert view.text.splitlines()[3:] == [
        "<b>✅ Viennent : 3 places</b>",
        "Samira (3)",
        "",
        "<b>🎉 Place proposée : 1</b>",
        "Samira (1)",
        "",
        "<b>⏳ Liste d'attente : 1</b>",
        "Samira (2)",
        "",
        "<b>🤔 Peut-être : 1</b>",
        "Samira",
        "",
        "<b>❌ Ne viennent pas : 1</b>",
        "Samira",
    ]
    assert buttons_of(view) == [buttons.OpenRoster(EVENT.id), buttons.Home()]


def test_names_of_nobody_says_so() -> None:
    assert names(words_for("fr"), EVENT, [], silent=[]).text.endswith("Personne n'a répondu.")


@pytest.mark.parametrize("name", ["Samira", "🎉" * 16, MARKUP])
def test_names_too_many_for_one_message_are_cut_and_counted(name: str) -> None:
    view = names(words_for("fr"), replace(EVENT, id=EventId(4)), guests(700, name), silent=[])

    assert 3_900 < texts.length(view.text) <= 4_000
    shown = len([line for line in view.text.splitlines() if line.endswith(" (1)")])
    assert view.text.endswith(f"… et {700 - shown} autres")


def test_names_that_fit_are_all_there() -> None:
    view = names(words_for("fr"), EVENT, guests(300), silent=[])

    assert len(named(view.text, "Samira")) == 300
    assert "…" not in view.text


def test_names_of_the_silent_stand_last_with_who_cannot_be_reached() -> None:
    away = replace(SAMIRA, first_name="Zoé", unreachable_at=SAMIRA.consented_at)

    view = names(words_for("fr"), EVENT, [Guest(SAMIRA, RSVP)], silent=[away])

    assert "⛔ = ne reçoit pas mes messages" in view.text
    assert view.text.splitlines()[-2:] == ["<b>🔕 Sans réponse : 1</b>", "Zoé ⛔"]
