"""The ways of updates, put together from rows and calls; and what they no longer tell."""

import time
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from bot.demo.behind import seen_of
from bot.demo.tables import Change, Value
from bot.demo.ways import MOST_WAYS, Seen, Ways
from handlers.words import words_for
from sandbox import Call

NOW = datetime(2026, 11, 30, 9, 0, tzinfo=UTC)
SAMIRA = 500_002
NAMES = {SAMIRA: "Samira", 7: "Karim"}


def change(table: str, verb: str, key: Value, **columns: Value) -> Change:
    """Give a change of a row that is new, or gone."""
    is_gone = verb == "delete"
    pairs = {name: (None, None if is_gone else value) for name, value in columns.items()}
    row = dict(columns)
    return Change(table, verb, (key,), pairs, row if is_gone else {}, {} if is_gone else row)


def kept(number: int, state: str = "new") -> Change:
    """Give the row of an update that has just been kept."""
    return change("inbox", "insert", number, received_at=NOW.isoformat(), state=state)


def samira(verb: str) -> Change:
    """Give the row of a person who comes or goes."""
    return change("residents", verb, 9, telegram_id=SAMIRA, first_name="Samira")


def ended(number: int) -> Change:
    """Give the row of an update that is handled."""
    return Change("inbox", "update", (number,), {}, {"state": "new"}, {"state": "done"})


def call(method: str, chat: int | None, response: dict[str, Any] | None) -> Call:
    """Give a call that has ended."""
    return Call(NOW, time.monotonic(), method, {}, chat, time.monotonic(), response)


@pytest.fixture
def ways() -> Ways:
    """Give ways that know of one tap."""
    one = Ways(words_for("en"), lambda chat: NAMES.get(chat, "?"))
    one.see(100, Seen(SAMIRA, SAMIRA, "▸ Samira"), "tap")
    return one


def told(ways: Ways) -> list[dict[str, Any]]:
    """Give the ways as the page gets them."""
    listed = ways.told()["ways"]
    assert isinstance(listed, list)
    return listed


def test_way_of_a_tap_is_kept_changed_owed_handled_and_sent(ways: Ways) -> None:
    rsvp = change("rsvps", "insert", 3, answer="yes")
    owed = change("outbox", "insert", 4, kind="offer", chat_id=7)

    ways.take([kept(100), rsvp, owed], NOW)
    ways.take([ended(100)], NOW)
    ways.call(call("sendMessage", 7, {"ok": True}))

    (way,) = told(ways)
    assert (way["update_id"], way["who"], way["what"]) == (100, "Samira", "▸ Samira")
    assert [(step["kind"], step["text"]) for step in way["steps"]] == [
        ("kept", "Kept, before it was confirmed to Telegram"),
        ("rows", "1 row changed"),
        ("owed", "Owed: offer → Karim"),
        ("handled", "Handled"),
        ("sent", "sendMessage → Karim"),
    ]
    assert way["steps"][1]["rows"] == [
        {"table": "rsvps", "verb": "insert", "key": "3", "columns": {"answer": [None, "yes"]}}
    ]


def test_rows_without_an_update_are_what_the_bot_did_by_itself(ways: Ways) -> None:
    ways.take([change("reminders", "insert", 1, fired_at="now")], NOW)
    ways.take([change("reminders", "insert", 2, fired_at="now")], NOW)
    ways.take([change("reminders", "insert", 3, fired_at="now")], NOW + timedelta(minutes=1))

    assert [(way["update_id"], way["who"], len(way["steps"])) for way in told(ways)] == [
        (0, "🕑", 2),
        (0, "🕑", 1),
    ]


def test_rows_of_updates_side_by_side_go_to_whom_they_name(ways: Ways) -> None:
    ways.see(101, Seen(7, 7, "/agenda"), None)

    ways.take([kept(100), kept(101), change("cards", "insert", 1, chat_id=SAMIRA)], NOW)

    assert [len(way["steps"]) for way in told(ways)] == [2, 1]


@pytest.mark.parametrize(
    ("response", "text"),
    [
        ({"ok": False, "error_code": 429}, "sendMessage → Samira: refused, 429"),
        (None, "sendMessage → Samira: no answer"),
    ],
)
def test_call_that_failed_says_how(ways: Ways, response: dict[str, Any], text: str) -> None:
    ways.take([kept(100)], NOW)
    ways.call(call("sendMessage", SAMIRA, response))

    assert told(ways)[0]["steps"][-1]["text"] == text


def test_calls_that_are_alike_stand_in_one_line(ways: Ways) -> None:
    ways.take([kept(100)], NOW)
    for _ in range(3):
        ways.call(call("editMessageText", SAMIRA, {"ok": True}))

    assert told(ways)[0]["steps"][-1]["text"] == "editMessageText → Samira ×3"


def test_what_a_person_erases_goes_from_the_ways_with_their_name(ways: Ways) -> None:
    ways.take([kept(100), samira("insert")], NOW)
    assert "Samira" in str(told(ways))

    ways.take([samira("delete")], NOW)
    ways.call(call("sendMessage", SAMIRA, {"ok": True}))
    ways.take([samira("insert").without(None)], NOW)

    assert "Samira" not in str(told(ways))
    assert str(SAMIRA) not in str(told(ways))


def test_value_that_is_emptied_goes_from_the_ways(ways: Ways) -> None:
    owed = change("outbox", "insert", 4, kind="offer", chat_id=7, facts='{"number": "XY"}')
    ways.take([kept(100), owed], NOW)
    emptied = Change("outbox", "update", (4,), {"facts": ("", "{}")}, {}, {"facts": "{}"})

    ways.take([emptied], NOW)

    assert "XY" not in str(told(ways))


def test_ways_are_bounded(ways: Ways) -> None:
    for number in range(200, 200 + 2 * MOST_WAYS):
        ways.take([kept(number, "done")], NOW)

    assert len(told(ways)) == MOST_WAYS
    assert told(ways)[-1]["update_id"] == 199 + 2 * MOST_WAYS


def test_what_was_written_is_not_told_but_commands_and_labels_are() -> None:
    head = {"from": {"id": 5}, "chat": {"id": 5}}
    keyboard = {"inline_keyboard": [[{"text": "Yes", "callback_data": "1y"}]]}
    tap = {"id": "9", "from": {"id": 5}, "data": "1y"}
    tap["message"] = {"chat": {"id": 5}, "reply_markup": keyboard}

    seen = [
        seen_of({"update_id": 1, "message": {**head, "text": "my son is ill"}}),
        seen_of({"update_id": 2, "message": {**head, "text": "/start XyZ"}}),
        seen_of({"update_id": 3, "message": {**head, "voice": {}}}),
        seen_of({"update_id": 4, "callback_query": tap}),
    ]

    assert [one.what for one, _ in seen] == ["💬", "/start", "·", "▸ Yes"]
    assert [tap_id for _, tap_id in seen] == [None, None, None, "9"]
