"""The agenda, the lines of a card, and the drafts of officers."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

import pytest

from community.reading import Doubt, Reason
from community.reading import Field as Part
from handlers import buttons
from handlers.buttons import Field
from handlers.views import events as views
from handlers.words import languages, words_for
from storage.commissions import Commission
from storage.events import Event, EventStatus
from storage.ids import CommissionId, EventId
from tests.handlers.views.rules import buttons_of, check, labels_of
from tests.handlers.views.samples import EVENT, MARKUP, PARENTS

FRENCH = words_for("fr")
DRAFT = replace(EVENT, status=EventStatus.DRAFT)
BARE = replace(
    DRAFT,
    title=None,
    day=None,
    starts=None,
    ends=None,
    starts_at=None,
    ends_at=None,
    location=None,
    capacity=None,
    childcare=False,
)
COUNCIL = replace(EVENT, id=EventId(9), title="Conseil citoyen")
DOUBTS = [
    Doubt(Part.SENTENCE, "bla", Reason.UNCLEAR),
    Doubt(Part.PRICE, "5 €", Reason.NOT_KEPT),
    Doubt(Part.SENTENCE, "blo", Reason.UNCLEAR),
]
COMMISSIONS = [
    Commission(CommissionId(number), f"Commission n° {number}", "👥") for number in range(1, 31)
]


def lines_of(event: Event, seats_left: int | None = None) -> list[str]:
    return views.card_lines(FRENCH, event, commission=PARENTS, seats_left=seats_left)


def test_card_says_what_when_where_and_for_whom() -> None:
    lines = lines_of(EVENT, seats_left=4)

    assert lines == [
        "👨‍👩‍👧 <b>Atelier cuisine</b>",
        "📅 Samedi 5 décembre  🕑 14 h à 16 h",
        "📍 Espace Linné",
        "👶 Garde d'enfants : oui   🪑 Reste 4 places",
    ]


def test_card_of_a_full_event_says_so() -> None:
    assert lines_of(EVENT, seats_left=0)[-1].endswith("🪑 Complet")


def test_card_without_limit_or_childcare_has_no_line_for_them() -> None:
    lines = lines_of(replace(EVENT, childcare=False))

    assert lines[-1] == "📍 Espace Linné"


def test_card_of_a_cancelled_event_says_so_first_and_shows_no_seats() -> None:
    lines = lines_of(replace(EVENT, status=EventStatus.CANCELLED), seats_left=4)

    assert lines[0] == "❌ ANNULÉ"
    assert not any("🪑" in line for line in lines)


def test_card_escapes_what_people_wrote() -> None:
    lines = lines_of(replace(EVENT, title=MARKUP, location=MARKUP))

    assert sum("&lt;b&gt;&amp;amp" in line for line in lines) == 2
    assert not any(MARKUP in line for line in lines)


def test_agenda_names_each_event_in_full_and_opens_it() -> None:
    view = views.agenda(FRENCH, [EVENT], page=0, is_officer=False)

    assert "📅 Samedi 5 décembre 🕑 14 h — Atelier cuisine" in view.text
    assert labels_of(view) == ["📅 Atelier cuisine", "🏠"]
    assert buttons_of(view)[0] == buttons.OpenEvent(EVENT.id)


def test_agenda_without_events_says_so() -> None:
    view = views.agenda(FRENCH, [], page=0, is_officer=True)

    assert view.text == "📅 Pas de rendez-vous pour le moment."
    assert buttons_of(view) == [buttons.NewEvent(), buttons.Home()]


@pytest.mark.parametrize("language", languages())
@pytest.mark.parametrize("page", [0, 1, 3, 99])
def test_agenda_of_many_keeps_the_rules(language: str, page: int) -> None:
    many = [replace(EVENT, id=EventId(number), title="É" * 80) for number in range(1, 21)]

    check(views.agenda(words_for(language), many, page=page, is_officer=True))


def test_agenda_of_many_shows_each_on_one_page() -> None:
    many = [replace(EVENT, id=EventId(number)) for number in range(1, 21)]

    shown = [
        button.event_id
        for page in range(4)
        for button in buttons_of(views.agenda(FRENCH, many, page=page, is_officer=False))
        if isinstance(button, buttons.OpenEvent)
    ]

    assert shown == [event.id for event in many]


def test_draft_shows_the_weekday_and_the_full_date() -> None:
    view = views.draft(FRENCH, DRAFT, commission=PARENTS, beside=[COUNCIL])

    assert view.text.splitlines() == [
        "🆕 Brouillon.",
        "📝 Atelier cuisine",
        "📅 SAMEDI 5 DÉCEMBRE 2026 · 🕑 14 h à 16 h",
        "📍 Espace Linné",
        "🪑 12 · 👶 oui · 👥 Parents",
        "⚠️ même heure : Conseil citoyen",
    ]


def test_draft_lets_each_field_be_edited() -> None:
    view = views.draft(FRENCH, DRAFT, commission=None)

    assert labels_of(view) == ["📝", "📅", "🕑", "📍", "🪑", "👶", "👥", "✅ Créer", "🗑"]
    assert {
        button.field for button in buttons_of(view) if isinstance(button, buttons.EditDraft)
    } == set(Field)


def test_draft_that_lacks_everything_shows_what_it_lacks() -> None:
    text = views.draft(FRENCH, BARE, commission=None).text

    assert text.count("?") == 4
    assert "🪑 sans limite · 👶 non · 👥 Tous" in text


@pytest.mark.parametrize("language", languages())
def test_draft_at_its_fullest_keeps_the_rules(language: str) -> None:
    draft = replace(DRAFT, title=MARKUP, location=MARKUP)

    view = views.draft(
        words_for(language),
        draft,
        commission=Commission(CommissionId(3), MARKUP, "👥"),
        beside=[replace(COUNCIL, title=MARKUP)],
        doubts=[Doubt(Part.SENTENCE, MARKUP, Reason.UNCLEAR)] * 3,
        is_twofold=True,
    )

    check(view)
    assert MARKUP not in view.text


def test_draft_of_an_hour_that_comes_twice_asks_which() -> None:
    twofold = replace(DRAFT, day=date(2027, 10, 31), starts=time(2, 30), fold=1)

    view = views.draft(FRENCH, twofold, commission=None, is_twofold=True)

    assert "la 2e fois" in view.text
    assert buttons.SetFold(DRAFT.id, 0) in buttons_of(view)
    assert buttons.SetFold(DRAFT.id, 1) in buttons_of(view)


@pytest.mark.parametrize("language", languages())
@pytest.mark.parametrize("field", list(Field))
def test_question_keeps_the_rules_and_leads_back(language: str, field: Field) -> None:
    words = words_for(language)
    back = buttons.OpenDraft(DRAFT.id)

    view = views.question(
        words,
        field,
        event_id=DRAFT.id,
        back=back,
        warnings=views.doubtful(words, DOUBTS),
        commissions=COMMISSIONS,
    )

    check(view, most_lines=3)
    assert buttons_of(view)[-1] == back


def test_question_for_the_seats_offers_no_limit() -> None:
    view = views.question(
        FRENCH, Field.CAPACITY, event_id=DRAFT.id, back=buttons.OpenDraft(DRAFT.id)
    )

    assert labels_of(view)[0] == "♾ Sans limite"


def test_doubts_are_told_in_words() -> None:
    told = views.doubtful(FRENCH, DOUBTS)

    assert told == [
        "❓ Je ne comprends pas « bla ».",
        "❓ Je ne garde pas le prix : « 5 € ».",
    ]


def test_day_and_hours_follow_the_local_fields() -> None:
    late = replace(EVENT, starts_at=datetime(2027, 1, 1, tzinfo=UTC) + timedelta(days=1))

    assert views.when(FRENCH, late) == views.when(FRENCH, EVENT)


@pytest.mark.parametrize("language", languages())
def test_other_screens_keep_the_rules(language: str) -> None:
    words = words_for(language)

    check(views.discarded(words))
    check(views.sentence_question(words), most_lines=3)
    check(views.link(words, EVENT, "https://t.me/bot?start=abc"), most_lines=3)
