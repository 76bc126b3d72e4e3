"""The quarter as it is thought out."""

from collections import Counter

from bot.demo.names import FIRST_NAMES
from bot.demo.plan import COMMISSIONS, FIRST_NEIGHBOUR, MONDAY, plan, poster_code
from storage.rsvps import Answer


def test_plan_of_one_seed_is_the_same_and_of_another_is_not() -> None:
    one, same, other = plan(1), plan(1), plan(2)

    assert one == same
    assert one.neighbours != other.neighbours
    assert one.gatherings != other.gatherings


def test_plan_holds_a_quarter_of_many_languages_and_large_families() -> None:
    quarter = plan()

    languages = Counter(one.language for one in quarter.known)
    assert 55 <= len(quarter.known) <= 65
    assert {"fr", "ar", "en", "tr", "pt", "pl", "ro", "es", "uk", "kab"} == set(languages)
    assert max(one.guests for one in quarter.known) >= 3
    belongings = {number for one in quarter.known for number in one.commissions}
    assert belongings == set(range(len(COMMISSIONS)))
    assert len(COMMISSIONS) == 6


def test_plan_names_everybody_once_and_nobody_as_those_of_the_tour() -> None:
    names = [name for group in FIRST_NAMES.values() for name in group]

    assert len(names) == len(set(names))
    assert not {"Karim", "Samira", "Nour", "Grace"} & set(names)


def test_plan_has_past_and_coming_events_and_one_that_too_many_want() -> None:
    gatherings = plan().gatherings

    past = [one for one in gatherings if one.day < MONDAY.date()]
    crowded = [
        one.kind.title
        for one in gatherings
        if one.kind.capacity is not None
        and sum(reply.guests + 1 for reply in one.replies if reply.answer is Answer.YES)
        > one.kind.capacity
    ]
    assert len(past) >= 4
    assert len(gatherings) - len(past) >= 4
    assert crowded == ["demo-event-outing"]


def test_replies_come_after_the_event_is_made_and_before_it_takes_place() -> None:
    quarter = plan()
    agreed = {one.telegram_id: one.agreed_at for one in quarter.known}

    for gathering in quarter.gatherings:
        for reply in gathering.replies:
            assert gathering.made_at < reply.at < MONDAY
            assert reply.at.date() < gathering.day
            assert reply.at > agreed[reply.telegram_id]
            assert reply.telegram_id >= FIRST_NEIGHBOUR


def test_poster_code_follows_from_the_seed_and_is_as_long_as_those_of_the_bot() -> None:
    code = poster_code(1, "sea")

    assert code == poster_code(1, "sea")
    assert code not in {poster_code(2, "sea"), poster_code(1, "park")}
    assert len(code) == 22
