"""The courier: brings updates to the bot's webhook, again and again until they are taken.

https://core.telegram.org/bots/api#setwebhook. Updates of one chat or person keep their order; those
of several travel side by side, up to max_connections. Back-off runs on the room's clock.
"""

import asyncio
from collections import deque
from datetime import timedelta

import aiohttp

from sandbox.updates import Update
from sandbox.world import Webhook, World

SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"  # noqa: S105 — the header's name
ANSWER_SECONDS = 60.0
FIRST_PAUSE = timedelta(seconds=1)
LONGEST_PAUSE = timedelta(seconds=60)


class Courier:
    """Delivers while a webhook is set."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._lanes: dict[int, deque[Update]] = {}
        self._tasks: set[asyncio.Task[None]] = set()
        self._main: asyncio.Task[None] | None = None
        self._session: aiohttp.ClientSession | None = None
        self._slots = asyncio.Semaphore(1)

    def start(self) -> None:
        """Begin to watch for a webhook."""
        self._world.updates.on_put = self._enqueue
        self._main = asyncio.create_task(self._watch())

    async def stop(self) -> None:
        """Stop all deliveries; what was not taken stays in the queue."""
        self._world.updates.on_put = None
        tasks = [*self._tasks, *([self._main] if self._main else [])]
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        if self._session:
            await self._session.close()

    async def _watch(self) -> None:
        """Begin anew whenever the webhook is set or removed."""
        while True:
            self._restart()
            await self._world.webhook_changed.wait()

    def _restart(self) -> None:
        for task in self._tasks:
            task.cancel()
        self._tasks.clear()
        self._lanes.clear()
        webhook = self._world.webhook
        if not webhook.url:
            return
        self._slots = asyncio.Semaphore(max(1, webhook.max_connections))
        for update in self._world.updates.waiting(len(self._world.updates)):
            self._enqueue(update)

    def _enqueue(self, update: Update) -> None:
        if not self._world.webhook.url or self._main is None:
            return
        lane = self._lanes.get(update.lane)
        if lane is not None:
            lane.append(update)
            return
        self._lanes[update.lane] = deque([update])
        task = asyncio.create_task(self._serve(update.lane, self._world.webhook))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _serve(self, number: int, webhook: Webhook) -> None:
        """Bring one lane's updates in order, each until it is taken or has expired."""
        lane, pause = self._lanes[number], FIRST_PAUSE
        while lane:
            update = lane[0]
            if update.expires_at <= self._world.clock.now() or await self._brought(update, webhook):
                self._world.updates.discard(update.id)
                self._world.changed.ring()
                lane.popleft()
                pause = FIRST_PAUSE
                continue
            await self._world.clock.sleep_until(self._world.clock.now() + pause)
            pause = min(pause * 2, LONGEST_PAUSE)
        del self._lanes[number]

    async def _brought(self, update: Update, webhook: Webhook) -> bool:
        async with self._slots:
            wrong = await self._post(update, webhook)
        if wrong:
            webhook.last_error = wrong
            webhook.last_error_at = self._world.clock.timestamp()
        return not wrong

    async def _post(self, update: Update, webhook: Webhook) -> str:
        """Bring one update; return what went wrong, empty when nothing did."""
        headers = {SECRET_HEADER: webhook.secret} if webhook.secret else {}
        limit = aiohttp.ClientTimeout(total=ANSWER_SECONDS)
        try:
            async with self._client().post(
                webhook.url, json=update.json(), headers=headers, timeout=limit
            ) as response:
                await response.read()
                good = 200 <= response.status < 300  # noqa: PLR2004 — 2xx is HTTP's own word
                told = f"{response.status} {response.reason}"
                return "" if good else f"Wrong response from the webhook: {told}"
        except TimeoutError:
            return "Read timeout expired"
        except aiohttp.ClientConnectorError:
            return "Connection refused"
        except aiohttp.ClientError:
            return "Connection reset by peer"

    def _client(self) -> aiohttp.ClientSession:
        if self._session is None:
            self._session = aiohttp.ClientSession()
        return self._session
