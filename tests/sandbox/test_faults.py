"""Faults by rule, and what the ledger keeps of them (F21 to F25, F27 to F35, F41)."""

import asyncio

import aiohttp
import pytest

from sandbox import Fault, Person, Room, cut, cut_midway, delay, hang, raw, status, trickle
from sandbox.faults import Outcome
from tests.sandbox.conftest import Api


async def send(api: Api, person: Person) -> dict[str, object]:
    return await api.call("sendMessage", chat_id=person.id, text="x")


@pytest.mark.parametrize("executed", [False, True])
@pytest.mark.parametrize("outcome", [cut(), hang(0.01)])
async def test_fault_cut_or_hang_connection_lost(
    api: Api, room: Room, samira: Person, outcome: Outcome, *, executed: bool
) -> None:
    room.faults.add(Fault(outcome, method="sendMessage", when="after" if executed else "before"))

    with pytest.raises(aiohttp.ClientConnectionError):
        await send(api, samira)

    await room.until(lambda: room.ledger.under_way == 0)
    call = room.ledger.calls("sendMessage")[0]
    assert len(samira.received) == int(executed)
    assert (call.executed, call.response) == (executed, None)
    assert call.fault
    assert (await api.call("getMe"))["ok"]


async def test_fault_cut_midway_body_incomplete(api: Api, room: Room, samira: Person) -> None:
    room.faults.add(Fault(cut_midway(), method="sendMessage", when="after", times=1))

    with pytest.raises((aiohttp.ClientPayloadError, aiohttp.ClientConnectionError)):
        await send(api, samira)

    assert len(samira.received) == 1


async def test_fault_status_before_not_executed(api: Api, room: Room, samira: Person) -> None:
    room.faults.add(Fault(status(502), method="sendMessage", times=1))

    answer = await send(api, samira)
    after = await send(api, samira)

    assert answer == {"ok": False, "error_code": 502, "description": "Bad Gateway"}
    assert after["ok"]
    assert [call.executed for call in room.ledger.calls("sendMessage")] == [False, True]


async def test_fault_retry_after_told(api: Api, room: Room, samira: Person) -> None:
    room.faults.add(Fault(status(429, retry_after=3600), method="*", chat=samira.id))

    answer = await send(api, samira)
    other = await api.call("getMe")

    assert answer["parameters"] == {"retry_after": 3600}
    assert answer["description"] == "Too Many Requests: retry after 3600"
    assert other["ok"]


async def test_fault_nth_strikes_that_call_alone(api: Api, room: Room, samira: Person) -> None:
    fault = room.faults.add(Fault(status(500), method="sendMessage", nth=2))

    oks = [(await send(api, samira))["ok"] for _ in range(4)]
    room.faults.remove(fault)

    assert oks == [True, False, True, True]
    assert (fault.matched, fault.struck) == (4, 1)


async def test_fault_probability_same_seed_same_calls(api: Api, room: Room, samira: Person) -> None:
    async def run() -> list[bool]:
        fault = room.faults.add(Fault(status(500), probability=0.5, seed=4))
        oks = [bool((await send(api, samira))["ok"]) for _ in range(20)]
        room.faults.remove(fault)
        return oks

    first = await run()

    assert first == await run()
    assert set(first) == {True, False}


async def test_fault_raw_bytes_as_given(api: Api, room: Room) -> None:
    room.faults.add(Fault(raw(b"<html>502</html>", 502, "text/html"), times=1))
    room.faults.add(Fault(raw(b'{"ok":true}'), times=1))

    async with api.session.get(f"{api.base}/getMe") as first:
        page = await first.text()
    async with api.session.get(f"{api.base}/getMe") as second:
        empty = await second.json()

    assert (first.status, page) == (502, "<html>502</html>")
    assert empty == {"ok": True}


async def test_fault_delay_and_latency_real_seconds(api: Api, room: Room, samira: Person) -> None:
    loop = asyncio.get_running_loop()
    room.faults.add(Fault(delay(0.05), method="sendMessage", when="after"))
    room.latency_seconds = 0.05

    before = loop.time()
    answer = await send(api, samira)

    assert answer["ok"]
    assert loop.time() - before >= 0.1


async def test_fault_trickle_whole_in_the_end(api: Api, room: Room) -> None:
    room.faults.add(Fault(trickle(5000), method="getMe"))

    assert (await api.result("getMe"))["is_bot"]


async def test_fault_cleared_all_well(api: Api, room: Room, samira: Person) -> None:
    room.faults.add(Fault(status(500)))
    room.faults.clear()

    assert (await send(api, samira))["ok"]


async def test_ledger_calls_by_method_and_chat(api: Api, room: Room, samira: Person) -> None:
    karim = room.person("Karim")
    karim.start()
    markup = {"inline_keyboard": [[{"text": "a", "callback_data": "b"}]]}
    form = {"chat_id": str(samira.id), "text": "7", "reply_markup": '{"inline_keyboard": []}'}

    await api.result("sendMessage", chat_id=karim.id, text="x", reply_markup=markup)
    await api.session.post(f"{api.base}/sendMessage", data=form)
    await api.call("sendMessage", chat_id=1, text="x")

    mine = room.ledger.calls("sendMessage", chat=samira.id)
    assert [call.params for call in mine] == [
        {"chat_id": samira.id, "text": "7", "reply_markup": {"inline_keyboard": []}}
    ]
    assert mine[0].result["text"] == "7"
    assert [call.ok for call in room.ledger.calls("sendMessage")] == [True, True, False]
    assert all(not call.under_way for call in room.ledger.calls())


async def test_ledger_limited_remembers_last(api: Api, room: Room) -> None:
    room.ledger.limit(2)

    for method in ("getMe", "getWebhookInfo", "getMyName"):
        await api.call(method)

    assert room.ledger.methods() == ["getWebhookInfo", "getMyName"]
