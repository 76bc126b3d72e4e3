"""Cards of answers as pure screens: state first, within the rules, in every language."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from community.rsvps import Place
from handlers import buttons
from handlers.buttons import Button
from handlers.views.rsvps import Onlooker, card, fresh, group_card, more_guests, thanks
from handlers.views.view import Link, View
from handlers.words import languages, words_for
from storage.cards import CardKind
from storage.events import EventStatus
from storage.residents import Role
from storage.rsvps import Answer, Counts, Rsvp, Standing
from tests.handlers.views.rules import buttons_of, check, labels_of
from tests.handlers.views.samples import EVENT, MARKUP, PARENTS, RSVP, SAMIRA

NOW = datetime(2026, 12, 1, 9, tzinfo=UTC)
LONG = replace(EVENT, title="Un très long titre " * 4, location="Une très longue adresse")
STATES: dict[str, Rsvp | None] = {
    "silent": None,
    "confirmed": replace(RSVP, guests=2),
    "waiting": replace(RSVP, standing=Standing.WAITING, guests=3),
    "offered": replace(RSVP, standing=Standing.OFFERED),
    "maybe": replace(RSVP, answer=Answer.MAYBE, standing=Standing.NONE),
    "no": replace(RSVP, answer=Answer.NO, standing=Standing.NONE),
    "off the list": replace(RSVP, standing=Standing.NONE),
}
STORING: tuple[type[Button], ...] = (
    buttons.AnswerEvent,
    buttons.SetGuests,
    buttons.Retract,
    buttons.MoreGuests,
)


def onlooker(role: Role = Role.RESIDENT, *, is_reminded: bool = True) -> Onlooker:
    resident = replace(SAMIRA, role=role)
    return Onlooker(resident, PARENTS, "Roubaix", NOW, is_reminded=is_reminded)


def place(rsvp: Rsvp | None, *, left: int | None = 4, position: int | None = None) -> Place:
    return Place(EVENT, rsvp, left, position)


def links_of(view: View) -> Iterable[Link]:
    return (key for row in view.rows for key in row if isinstance(key, Link))


@pytest.mark.parametrize("language", languages())
@pytest.mark.parametrize("state", STATES)
@pytest.mark.parametrize("role", [Role.RESIDENT, Role.OFFICER])
def test_card_keeps_the_rules_of_the_screen(language: str, state: str, role: Role) -> None:
    at = replace(place(STATES[state], position=2), event=LONG)

    view = check(card(words_for(language), at, onlooker(role)))

    assert view.subject is not None
    assert (view.subject.kind, view.subject.id) == (CardKind.EVENT, EVENT.id)
    manages = [one for one in buttons_of(view) if isinstance(one, buttons.ManageEvent)]
    assert bool(manages) is (role is Role.OFFICER)


@pytest.mark.parametrize("state", STATES)
def test_visitors_card_has_no_button_that_stores_and_is_no_card_kept(state: str) -> None:
    visitor = replace(onlooker(), resident=None)

    view = check(card(words_for("fr"), place(STATES[state], position=1), visitor))

    assert not [one for one in buttons_of(view) if isinstance(one, STORING)]
    assert labels_of(view) == ["📍 Chemin", "☎️ Question"]
    assert view.subject is None


def test_answering_buttons_carry_the_version_that_the_person_sees() -> None:
    at = replace(place(None), event=replace(EVENT, version=7))

    view = card(words_for("fr"), at, onlooker())

    answers = [one for one in buttons_of(view) if isinstance(one, buttons.AnswerEvent)]
    assert [(one.answer, one.version) for one in answers] == [
        (Answer.YES, 7),
        (Answer.NO, 7),
        (Answer.MAYBE, 7),
    ]


def test_way_leads_to_the_place_in_the_community() -> None:
    (link,) = links_of(card(words_for("fr"), place(None), onlooker()))

    assert link.url == ("https://www.openstreetmap.org/search?query=Espace+Linn%C3%A9%2C+Roubaix")


def test_waiting_for_several_says_for_how_many() -> None:
    view = card(words_for("fr"), place(STATES["waiting"], position=2), onlooker())

    assert view.text.splitlines()[:2] == [
        "⏳ Vous êtes numéro 2. Vous n'avez PAS encore de place.",
        "🪑 Vous attendez 4 places.",
    ]


def test_offer_to_a_party_says_how_many_seats() -> None:
    offered = replace(RSVP, standing=Standing.OFFERED, guests=2)

    view = card(words_for("fr"), place(offered), onlooker())

    assert view.text.startswith("🎉 3 places pour vous !")
    assert labels_of(view)[:2] == ["✅ Je prends", "❌ Non"]


def test_reminder_is_promised_only_where_one_will_come() -> None:
    at = place(STATES["confirmed"])

    promised = card(words_for("fr"), at, onlooker(is_reminded=True)).text
    silent = card(words_for("fr"), at, onlooker(is_reminded=False)).text

    assert "🔔 Je vous le rappelle." in promised
    assert "🔔" not in silent


def test_no_shows_the_undo_while_the_seats_are_kept_only() -> None:
    gone = replace(RSVP, answer=Answer.NO, standing=Standing.NONE)
    held = replace(gone, held_until=NOW + timedelta(minutes=10))

    assert labels_of(card(words_for("fr"), place(held), onlooker())) == ["↩️ Annuler", "🏠"]
    assert labels_of(card(words_for("fr"), place(gone), onlooker())) == ["✅ Je viens", "🏠"]
    assert labels_of(thanks(words_for("fr"), place(gone), onlooker())) == ["✅ Je viens", "🏠"]


def test_cancelled_card_tells_the_reason_and_takes_no_answer() -> None:
    event = replace(EVENT, status=EventStatus.CANCELLED, cancel_reason=f"Pluie {MARKUP}")

    view = check(card(words_for("fr"), replace(place(None), event=event), onlooker()))

    assert view.text.splitlines()[0] == "❌ ANNULÉ"
    assert view.text.splitlines()[-1] == "Raison : Pluie &lt;b&gt;&amp;amp"
    assert not [one for one in buttons_of(view) if isinstance(one, STORING)]


@pytest.mark.parametrize(
    ("hours", "told"), [(1, "🕑 Le rendez-vous a commencé."), (3, "Le rendez-vous est terminé.")]
)
def test_started_card_says_that_it_has_started_or_is_over(hours: int, told: str) -> None:
    starts_at = EVENT.starts_at
    assert starts_at is not None
    later = replace(onlooker(), now=starts_at + timedelta(hours=hours))

    view = check(card(words_for("fr"), place(STATES["confirmed"]), later))

    assert view.text.splitlines()[:2] == [told, "✅ 3 places : vous + 2 personnes."]
    assert not [one for one in buttons_of(view) if isinstance(one, STORING)]


def test_titles_and_names_are_escaped_f56() -> None:
    event = replace(EVENT, title=MARKUP, location=MARKUP)
    named = replace(onlooker(), resident=replace(SAMIRA, first_name=MARKUP))

    for word in (card, fresh):
        view = word(words_for("fr"), replace(place(RSVP), event=event), named)
        assert MARKUP not in view.text
        assert "&lt;b&gt;&amp;amp" in view.text


@pytest.mark.parametrize("language", languages())
def test_question_of_guests_has_three_lines_and_numbers_under_the_word(language: str) -> None:
    view = fresh(words_for(language), place(RSVP), onlooker())

    assert len(view.text.splitlines()) == 3
    assert [len(row) for row in view.rows] == [1, 4, 2]
    assert labels_of(view)[1:5] == ["+1", "+2", "+3", "＋"]


@pytest.mark.parametrize(("left", "numbers"), [(0, []), (1, ["+1"]), (3, ["+1", "+2", "+3"])])
def test_question_offers_only_guests_that_fit(left: int, numbers: list[str]) -> None:
    view = fresh(words_for("fr"), place(RSVP, left=left), onlooker())

    assert [label for label in labels_of(view) if label.startswith("+")] == numbers
    assert "＋" not in labels_of(view)


def test_question_without_a_limit_leads_to_nine_guests() -> None:
    view = more_guests(words_for("fr"), place(RSVP, left=None), onlooker())

    guests = [one.guests for one in buttons_of(view) if isinstance(one, buttons.SetGuests)]
    assert guests == list(range(10))
    assert [len(row) for row in view.rows] == [1, 5, 4, 1]


@pytest.mark.parametrize(("capacity", "last"), [(12, "+9"), (3, "+2"), (1, "Juste moi")])
def test_question_of_guests_to_who_waits_offers_all_that_could_ever_fit(
    capacity: int, last: str
) -> None:
    event = replace(EVENT, capacity=capacity)
    at = replace(place(STATES["waiting"], left=0, position=2), event=event)

    view = more_guests(words_for("fr"), at, onlooker())

    assert view.text.startswith("⏳ Vous êtes numéro 2.")
    assert labels_of(view)[-2] == last


def test_group_card_has_counts_and_two_buttons() -> None:
    counts = Counts(parties=9, headcount=12, maybe=2, no=4, waiting=1, offered=1)

    view = check(
        group_card(words_for("fr"), EVENT, counts, commission=PARENTS, seats_left=0, now=NOW)
    )

    assert view.text.splitlines()[-1] == "✅ 9 · 🤔 2 · ⏳ 2"
    assert buttons_of(view) == [
        buttons.AnswerInGroup(EVENT.id, Answer.YES),
        buttons.AnswerInGroup(EVENT.id, Answer.NO),
    ]
    assert view.subject is not None
    assert view.subject.kind is CardKind.GROUP


@pytest.mark.parametrize("status", [EventStatus.CANCELLED, EventStatus.SCHEDULED])
def test_group_card_of_a_closed_event_has_no_button(status: EventStatus) -> None:
    event = replace(EVENT, status=status)
    counts = Counts(0, 0, 0, 0, 0, 0)

    view = group_card(
        words_for("fr"), event, counts, commission=None, seats_left=1, now=event.ends_at or NOW
    )

    assert view.rows == ()
