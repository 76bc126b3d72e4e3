"""Announcements as pure screens: what people read, and what their officer steers."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from community.broadcasts import Progress
from community.rsvps import Place
from handlers import buttons
from handlers.views.broadcasts import (
    Pace,
    Target,
    announcement,
    nudge,
    progress,
    repeated,
    targets,
)
from handlers.views.rsvps import Onlooker, card
from handlers.words import languages, words_for
from storage.broadcasts import Audience, Broadcast, BroadcastStatus, Reach
from storage.cards import CardKind
from storage.ids import BroadcastId, CommissionId
from storage.outbox import OutboxState
from tests.handlers.views.rules import buttons_of, check, labels_of
from tests.handlers.views.samples import EVENT, PARENTS, RSVP, SAMIRA

NOW = datetime(2026, 12, 1, 9, tzinfo=UTC)
PACE = Pace(NOW, messages_per_second=30, groups=0)
BROADCAST = Broadcast(
    id=BroadcastId(8),
    status=BroadcastStatus.DRAFT,
    author_id=SAMIRA.id,
    event_id=EVENT.id,
    audience=Audience.EVERYONE,
    commission_id=None,
    leaves_at=NOW + timedelta(seconds=60),
    started_at=None,
    finished_at=None,
    cause=None,
)
READER = Onlooker(SAMIRA, PARENTS, "Roubaix", NOW, is_reminded=True)


def told(
    status: BroadcastStatus, tally: Mapping[OutboxState, int], reach: Reach | None = None
) -> Progress:
    broadcast = replace(BROADCAST, status=status)
    return Progress(broadcast, EVENT, reach or Reach(412, 398), tally)


HALFWAY = {
    OutboxState.SENT: 212,
    OutboxState.SKIPPED: 3,
    OutboxState.PENDING: 175,
    OutboxState.SENDING: 8,
}
DONE = {OutboxState.SENT: 391, OutboxState.SKIPPED: 5, OutboxState.UNCERTAIN: 2}


@pytest.mark.parametrize(
    ("status", "tally", "first", "labels"),
    [
        (
            BroadcastStatus.DRAFT,
            {},
            "👀 412 personnes : 398 joignables. Durée ≈ 14 s.",
            ["📤 Envoyer à 398", "✖️"],
        ),
        (
            BroadcastStatus.HELD,
            {},
            "⏳ Départ dans 60 s.",
            ["↩️ Annuler", "⚡ Maintenant"],
        ),
        (
            BroadcastStatus.SENDING,
            HALFWAY,
            "📤 212 / 398 · ⛔ 3 · reste ≈ 7 s",
            ["⏸ Arrêter"],
        ),
        (
            BroadcastStatus.SENT,
            DONE,
            "✅ 391 reçus · 5 ont bloqué le robot · 2 incertains",
            ["📊 Réponses", "🏠"],
        ),
        (
            BroadcastStatus.CANCELLED,
            {},
            "↩️ Annulé. Rien n'est parti.",
            ["📊 Réponses", "🏠"],
        ),
        (
            BroadcastStatus.CANCELLED,
            {OutboxState.SENT: 1, OutboxState.CANCELLED: 2},
            "⏸ Arrêté. ✅ 1 reçu · 2 non envoyés",
            ["📊 Réponses", "🏠"],
        ),
    ],
)
def test_progress_tells_each_stage_with_what_can_be_done(
    status: BroadcastStatus, tally: Mapping[OutboxState, int], first: str, labels: list[str]
) -> None:
    view = check(progress(words_for("fr"), told(status, tally), PACE))

    assert view.text.splitlines()[0] == first
    assert labels_of(view) == labels
    assert view.subject is not None
    assert (view.subject.kind, view.subject.id) == (CardKind.BROADCAST, BROADCAST.id)


@pytest.mark.parametrize("language", languages())
@pytest.mark.parametrize("status", list(BroadcastStatus))
def test_progress_keeps_the_rules_with_large_numbers(
    language: str, status: BroadcastStatus
) -> None:
    tally = dict.fromkeys(OutboxState, 99_999)

    check(progress(words_for(language), told(status, tally, Reach(99_999, 99_999)), PACE))


def test_result_counts_every_message_once_f48() -> None:
    tally = {state: 10**place for place, state in enumerate(OutboxState)}

    view = progress(words_for("fr"), told(BroadcastStatus.SENT, tally), PACE)

    numbers = "".join(sign for sign in view.text.splitlines()[0] if sign.isdigit() or sign == "·")
    assert sum(int(number) for number in numbers.split("·")) == sum(tally.values())


def test_preview_says_that_groups_get_the_card_too() -> None:
    draft = told(BroadcastStatus.DRAFT, {}, Reach(0, 0))

    view = progress(words_for("fr"), draft, replace(PACE, groups=1))

    assert view.text.splitlines()[-1] == "👥 La carte va aussi dans 1 groupe Telegram."
    assert buttons_of(view)[0] == buttons.SendBroadcast(BROADCAST.id, again=False)


def test_preview_for_nobody_cannot_be_sent() -> None:
    view = progress(words_for("fr"), told(BroadcastStatus.DRAFT, {}, Reach(3, 0)), PACE)

    assert view.text == "👀 Personne ne peut recevoir ce message."
    assert labels_of(view) == ["✖️"]


def test_held_broadcast_never_counts_below_zero() -> None:
    late = replace(PACE, now=NOW + timedelta(minutes=5))

    view = progress(words_for("fr"), told(BroadcastStatus.HELD, {}), late)

    assert view.text.startswith("⏳ Départ dans 0 s.")


@pytest.mark.parametrize("language", languages())
def test_repetition_asks_and_insists_on_one_button(language: str) -> None:
    view = check(repeated(words_for(language), told(BroadcastStatus.DRAFT, {})))

    assert buttons_of(view) == [
        buttons.SendBroadcast(BROADCAST.id, again=True),
        buttons.TakeBackBroadcast(BROADCAST.id),
    ]


@pytest.mark.parametrize("language", languages())
def test_targets_keep_the_rules_and_the_numbers(language: str) -> None:
    long = replace(PARENTS, id=CommissionId(5), name="Un très long nom de commission")
    found = [*[Target(long, 12_345)] * 7, Target(None, 99_999)]

    view = check(targets(words_for(language), EVENT, found))

    assert all("345" in label for label in labels_of(view)[:7])
    assert buttons_of(view)[0] == buttons.PreviewBroadcast(EVENT.id, Audience.COMMISSION, 5)
    assert buttons_of(view)[7] == buttons.PreviewBroadcast(EVENT.id, Audience.EVERYONE, 0)


@pytest.mark.parametrize("language", languages())
def test_announcement_and_nudge_keep_the_rules(language: str) -> None:
    place = Place(EVENT, None, 4, None)

    for word in (announcement, nudge):
        view = check(word(words_for(language), place, READER))
        assert buttons.FewerMessages(EVENT.id) in buttons_of(view)
        assert view.subject is not None
        assert view.subject.kind is CardKind.EVENT


def test_announcement_to_who_has_answered_is_their_card() -> None:
    place = Place(EVENT, RSVP, 4, None)

    assert announcement(words_for("fr"), place, READER) == card(words_for("fr"), place, READER)
