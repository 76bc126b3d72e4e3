"""Flood control: off by default; honest about when to come back."""

from datetime import timedelta

import pytest

from sandbox import Pace, Person, Room
from tests.sandbox.conftest import Api


@pytest.fixture(autouse=True)
def _still(room: Room) -> None:
    room.clock.freeze()


async def taken(api: Api, chat_id: int, times: int, method: str = "sendMessage") -> list[int]:
    """Return the retry_after of each call, 0 for one that passed."""
    waits = []
    for number in range(times):
        answer = await api.call(method, chat_id=chat_id, text=str(number))
        waits.append(answer.get("parameters", {}).get("retry_after", 0))
    return waits


async def test_flood_off_all_pass(api: Api, samira: Person) -> None:
    assert await taken(api, samira.id, 100) == [0] * 100


async def test_flood_private_chat_burst_then_one_a_second(
    api: Api, room: Room, samira: Person
) -> None:
    room.flood.enforce(Pace(chat_burst=3))

    first = await taken(api, samira.id, 4)
    await room.advance(timedelta(seconds=0.9))
    early = await taken(api, samira.id, 1)
    await room.advance(timedelta(seconds=0.1))
    in_time = await taken(api, samira.id, 1)

    assert (first, early, in_time) == ([0, 0, 0, 1], [1], [0])


async def test_flood_group_twenty_a_minute_edits_included(api: Api, room: Room) -> None:
    room.flood.enforce(Pace())
    group = room.group("Parents", supergroup=True)
    group.add_bot()

    sent = await taken(api, group.id, 19)
    await room.advance(timedelta(seconds=20))
    last = await taken(api, group.id, 1)
    edit = await api.call("editMessageText", chat_id=group.id, message_id=2, text="y")
    await room.advance(timedelta(seconds=40))
    after = await taken(api, group.id, 1)

    assert (sent, last, after) == ([0] * 19, [0], [0])
    assert edit["parameters"]["retry_after"] == 40


async def test_flood_thirty_a_second_in_all(api: Api, room: Room) -> None:
    room.flood.enforce(Pace())
    people = [room.person(f"P{number}") for number in range(31)]
    for person in people:
        person.start()

    waits = [(await taken(api, person.id, 1))[0] for person in people]
    await room.advance(timedelta(seconds=1))

    assert waits == [0] * 30 + [1]
    assert await taken(api, people[-1].id, 1) == [0]


async def test_flood_answers_and_polls_not_counted(api: Api, room: Room, samira: Person) -> None:
    room.flood.enforce(Pace(per_second=1))
    await taken(api, samira.id, 1)

    for method in ("getMe", "getUpdates", "getWebhookInfo"):
        assert (await api.call(method))["ok"]
    late = await api.call("answerCallbackQuery", callback_query_id="1")
    assert late["error_code"] == 400
