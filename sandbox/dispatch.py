"""From the name of a method to its result: the ledger, the pace, and the method itself."""

import time

from sandbox.errors import Refusal
from sandbox.ledger import Call
from sandbox.methods import METHODS, SPELLING, Request
from sandbox.outcomes import Reply, in_json
from sandbox.params import Params
from sandbox.polling import Poller
from sandbox.shapes import Json
from sandbox.world import World

NOT_FOUND = Refusal(404, "Not Found")


class Dispatcher:
    """Carries calls out in a world."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._poller = Poller(world)

    def open(self, method: str, params: Params) -> Call:
        """Write a call down in the ledger; return its line."""
        spelled = SPELLING.get(method.lower(), method)
        call = Call(
            at=self._world.clock.now(),
            seconds=time.monotonic(),
            method=spelled,
            params=params.values,
            chat_id=params.values.get("chat_id"),
        )
        self._world.ledger.begin(call)
        return call

    async def answer(self, call: Call, params: Params) -> Reply:
        """Carry a call out; return the answer, a refusal included."""
        try:
            result = await self._carry_out(call, params)
        except Refusal as refusal:
            return in_json(refusal.answer())
        call.executed = True
        told: Json = {"ok": True, "result": result}
        return in_json(told)

    async def _carry_out(self, call: Call, params: Params) -> object:
        if call.method == "getUpdates":
            return await self._poller.poll(params)
        method = METHODS.get(call.method)
        if method is None:
            raise NOT_FOUND
        self._world.flood.check(call.method, call.chat_id, _weight(call))
        return method(Request(self._world, params))


def _weight(call: Call) -> int:
    media = call.params.get("media")
    return max(1, len(media)) if isinstance(media, list) else 1
