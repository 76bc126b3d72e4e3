"""An officer's view of an event, previews of changes, and what people are told."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import pytest

from community.rsvps import Place
from handlers import buttons
from handlers.views import changes as views
from handlers.views.changes import Overview
from handlers.views.view import Subject, View
from handlers.words import Words, languages, words_for
from storage.cards import CardKind
from storage.events import Event, EventStatus
from storage.rsvps import Answer, Counts, Rsvp, Standing
from tests.handlers.views.rules import buttons_of, check, labels_of
from tests.handlers.views.samples import EVENT, MARKUP, PARENTS, RSVP

FRENCH = words_for("fr")
NOW = datetime(2026, 12, 1, 9, tzinfo=UTC)
COUNTS = Counts(parties=9, headcount=12, maybe=3, no=4, waiting=1, offered=1)
SHOWN = Overview(EVENT, PARENTS, 0, COUNTS)
CANCELLED = replace(EVENT, status=EventStatus.CANCELLED, cancel_reason=MARKUP)
LABELS_OF_OPEN = [
    "👀 Qui vient",
    "✏️ Changer",
    "📣 Annoncer",
    "🔗 Lien",
    "❌ Annuler",
    "🏠",
]


def change(words: Words = FRENCH, event: Event = EVENT, **traits: object) -> View:
    known: dict[str, Any] = {
        "values": {"day": date(2026, 12, 6)},
        "told": 11,
        "preview": 77,
        "commissions": (PARENTS, PARENTS),
        "seats_taken": 0,
        "beside": [],
        "is_twofold": False,
    }
    return views.change(words, event, **(known | traits))


def moved(rsvp: Rsvp | None = RSVP, news: tuple[str, ...] = ("day",), event: Event = EVENT) -> View:
    place = Place(event, rsvp, 3, 2)
    return views.moved_notice(FRENCH, place, commission=PARENTS, news=news)


def test_created_says_that_nobody_is_told() -> None:
    view = views.created(FRENCH, EVENT)

    assert view.text.splitlines() == [
        "✅ Créé, personne n'est prévenu.",
        "<b>Atelier cuisine</b>",
        "📅 Samedi 5 décembre, 🕑 14 h",
    ]
    assert labels_of(view) == ["📣 Annoncer", "🔗 Lien", "⚙️ Gérer", "🏠"]


def test_overview_shows_the_card_the_counts_and_all_that_can_be_done() -> None:
    view = views.overview(FRENCH, SHOWN, now=NOW)

    assert view.text.splitlines()[-1] == "✅ 12 · 🤔 3 · ⏳ 2 · ❌ 4"
    assert labels_of(view) == LABELS_OF_OPEN


@pytest.mark.parametrize(
    ("event", "now"),
    [(CANCELLED, NOW), (EVENT, NOW + timedelta(days=30))],
    ids=["cancelled", "over"],
)
def test_overview_of_a_closed_event_only_leads_to_who_comes(event: Event, now: datetime) -> None:
    view = views.overview(FRENCH, replace(SHOWN, event=event), now=now)

    assert labels_of(view) == ["👀 Qui vient", "🏠"]


def test_change_shows_what_is_and_what_will_be_and_who_is_told() -> None:
    view = change()

    assert view.text.splitlines() == [
        "📅 Samedi 5 décembre → 📅 Dimanche 6 décembre",
        "11 personnes seront prévenues.",
    ]
    assert labels_of(view) == ["✅ Changer et dire", "↩️ Retour"]
    assert buttons_of(view)[0] == buttons.ConfirmChange(EVENT.id, EVENT.version, 77)


def test_change_that_nobody_hears_of_does_not_claim_it() -> None:
    view = change(values={"title": "Autre"}, told=0)

    assert view.text.endswith("Personne ne sera prévenu.")
    assert labels_of(view)[0] == "✅ Changer"


def test_f44_capacity_below_the_seats_taken_is_warned_of() -> None:
    view = change(values={"capacity": 10}, seats_taken=12, told=0)

    assert "🪑 12 → 🪑 10" in view.text
    assert "⚠️ 12 places sont déjà prises. Personne n'est retiré." in view.text


@pytest.mark.parametrize("capacity", [12, 13, None])
def test_f44_capacity_that_holds_the_seats_taken_is_not_warned_of(capacity: int | None) -> None:
    view = change(values={"capacity": capacity}, seats_taken=12, told=0)

    assert "⚠️" not in view.text


def test_change_to_an_hour_that_comes_twice_asks_which() -> None:
    values = {"day": date(2027, 10, 31), "starts": time(2, 30), "ends": time(4), "fold": 0}

    view = change(values=values, is_twofold=True)

    assert "la 1re fois" in view.text
    assert buttons.SetFold(EVENT.id, 1) in buttons_of(view)


@pytest.mark.parametrize("language", languages())
def test_change_of_everything_keeps_the_rules(language: str) -> None:
    values = {"title": MARKUP, "location": MARKUP}

    view = change(words_for(language), values=values, warning="!", seats_taken=99)

    check(view)
    assert MARKUP not in view.text


def test_cancellation_tells_the_reason_and_how_many_hear() -> None:
    view = views.cancellation(FRENCH, EVENT, reason=MARKUP, told=1)

    assert "Raison : &lt;b&gt;&amp;amp" in view.text
    assert view.text.endswith("1 personne sera prévenue.")
    assert labels_of(view) == ["❌ Annuler et dire", "↩️ Retour"]


def test_held_counts_the_seconds_and_becomes_the_event() -> None:
    deciding = replace(EVENT, cancel_at=NOW + timedelta(seconds=60))

    view = views.held(FRENCH, deciding, now=NOW)

    assert "⏳ Annulation dans 60 s." in view.text
    assert labels_of(view) == ["↩️ Garder", "⚡ Maintenant"]
    assert view.subject == Subject(CardKind.EVENT, EVENT.id)


def test_moved_tells_the_full_date_what_is_new_and_where_the_person_stands() -> None:
    view = moved()

    assert view.text.splitlines() == [
        "🔔 Ce rendez-vous a changé. Nouveau jour.",
        "👨‍👩‍👧 <b>Atelier cuisine</b>",
        "📅 SAMEDI 5 DÉCEMBRE 2026 · 🕑 14 h à 16 h",
        "📍 Espace Linné",
        "✅ 1 place : vous.",
        "Venez-vous toujours ?",
    ]


def test_moved_asks_again_with_the_version_that_it_shows() -> None:
    view = moved(event=replace(EVENT, version=4))

    assert buttons_of(view)[:2] == [
        buttons.AnswerEvent(EVENT.id, Answer.YES, 4),
        buttons.AnswerEvent(EVENT.id, Answer.NO, 4),
    ]
    assert view.subject == Subject(CardKind.EVENT, EVENT.id)


def test_moved_says_new_hours_once() -> None:
    view = moved(news=("ends", "location", "starts"))

    assert view.text.startswith("🔔 Ce rendez-vous a changé. Nouvelle heure. Nouveau lieu.\n")


@pytest.mark.parametrize(
    ("rsvp", "line"),
    [
        (replace(RSVP, standing=Standing.WAITING), "⏳ Vous êtes numéro 2."),
        (replace(RSVP, standing=Standing.NONE, answer=Answer.MAYBE), "🤔 C'est noté : peut-être."),
    ],
    ids=["waiting", "maybe"],
)
def test_moved_does_not_promise_a_seat_that_is_none(rsvp: Rsvp, line: str) -> None:
    view = moved(rsvp)

    assert line in view.text
    assert "✅ 1 place" not in view.text


def test_moved_to_whom_a_seat_is_offered_says_nothing_of_seats() -> None:
    view = moved(replace(RSVP, standing=Standing.OFFERED))

    assert len(view.text.splitlines()) == 5


def test_cancelled_tells_the_full_date_and_the_reason_escaped() -> None:
    view = views.cancelled_notice(FRENCH, CANCELLED, phone="03 20 00 00 00")

    assert view.text.splitlines() == [
        "❌ ANNULÉ : Atelier cuisine",
        "📅 SAMEDI 5 DÉCEMBRE 2026 · 🕑 14 h à 16 h",
        "Raison : &lt;b&gt;&amp;amp",
        "☎️ Une question ? Appelez le 03 20 00 00 00.",
    ]
    assert view.subject == Subject(CardKind.EVENT, EVENT.id)


def test_cancelled_without_a_reason_or_a_phone_has_no_line_for_them() -> None:
    view = views.cancelled_notice(FRENCH, replace(CANCELLED, cancel_reason=None), phone="")

    assert len(view.text.splitlines()) == 2


@pytest.mark.parametrize("language", languages())
def test_screens_keep_the_rules_and_escape(language: str) -> None:
    words = words_for(language)
    odd = replace(EVENT, title=MARKUP, location=MARKUP)
    shown = replace(SHOWN, event=odd)

    screens = [
        views.overview(words, shown, now=NOW),
        views.overview(
            words, replace(shown, event=replace(odd, status=EventStatus.CANCELLED)), now=NOW
        ),
        views.field_choice(words, shown),
        views.reason_question(words, odd),
        views.cancellation(words, odd, reason=MARKUP, told=0),
        views.held(words, odd, now=NOW),
        views.cancelled(words, odd, told=412),
        views.moved_notice(words, Place(odd, RSVP, 3, None), commission=PARENTS, news=("day",)),
        views.cancelled_notice(words, odd, phone=MARKUP),
    ]

    assert all(check(view) for view in screens)
    assert not any(MARKUP in view.text for view in screens)
