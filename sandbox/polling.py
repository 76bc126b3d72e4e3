"""getUpdates: one poll at a time, held open until something comes.

https://core.telegram.org/bots/api#getupdates (limit 1-100; a webhook excludes it)
"""

import asyncio

from sandbox.errors import Refusal
from sandbox.params import Params
from sandbox.shapes import Json
from sandbox.signals import Signal
from sandbox.world import World

LIMIT = 100  # https://core.telegram.org/bots/api#getupdates
LONGEST_POLL_SECONDS = 50
TERMINATED = (
    "Conflict: terminated by other getUpdates request; "
    "make sure that only one bot instance is running"
)
BY_WEBHOOK = "Conflict: terminated by setWebhook request"
WEBHOOK_ACTIVE = (
    "Conflict: can't use getUpdates method while webhook is active; "
    "use deleteWebhook to delete the webhook first"
)


class Poller:
    """Serves getUpdates; a newer call ends the one that waits."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._turn = 0
        self._newer = Signal()

    async def poll(self, params: Params) -> list[Json]:
        """Return updates, as soon as there are any, or none when the time is up.

        Raises:
            Refusal: another poll came, or a webhook is set.
        """
        self._turn += 1
        turn = self._turn
        self._newer.ring()
        if self._world.webhook.url:
            raise Refusal(409, WEBHOOK_ACTIVE)
        if "allowed_updates" in params:
            self._world.updates.allow(params.listed("allowed_updates"))
        found = self._fetch(params)
        deadline = self._now() + min(LONGEST_POLL_SECONDS, max(0, params.integer("timeout")))
        while not found and (left := deadline - self._now()) > 0:
            await self._something(left)
            self._check_undisturbed(turn)
            found = self._fetch(params)
        return found

    def _now(self) -> float:
        return asyncio.get_running_loop().time()

    def _check_undisturbed(self, turn: int) -> None:
        if self._world.webhook.url:
            raise Refusal(409, BY_WEBHOOK)
        if turn != self._turn:
            raise Refusal(409, TERMINATED)

    def _fetch(self, params: Params) -> list[Json]:
        limit = params.integer("limit", LIMIT)
        limit = limit if 1 <= limit <= LIMIT else LIMIT
        updates = self._world.updates.fetch(params.integer("offset"), limit)
        return [update.json() for update in updates]

    async def _something(self, seconds: float) -> None:
        # Listening begins here and now: a task would begin later, and miss what rings meanwhile.
        rings = {bell: bell.listen() for bell in (self._world.updates.arrived, self._newer)}
        try:
            await asyncio.wait(rings.values(), timeout=seconds, return_when=asyncio.FIRST_COMPLETED)
        finally:
            for bell, ring in rings.items():
                bell.forget(ring)
