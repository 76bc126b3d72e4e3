"""The room: the world, and the ways in which a test or a demo acts upon it and waits for it."""

import asyncio
import time
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta

from sandbox.chats import GroupChat, User
from sandbox.groups import Group
from sandbox.people import Person
from sandbox.world import FIRST_GROUP_ID, FIRST_PERSON_ID, FIRST_SUPERGROUP_ID, World

WAIT_SECONDS = 10.0
LOOK_AGAIN_SECONDS = 0.02  # for conditions that no change in the room announces
SETTLE_SECONDS = 0.05


class Room(World):
    """A Telegram with one bot, some people, some groups."""

    def __init__(
        self,
        *,
        token: str | None = None,
        username: str = "palabre_test_bot",
        start: datetime | None = None,
        seed: int = 0,
    ) -> None:
        super().__init__(token=token, username=username, start=start, seed=seed)
        self.people: dict[int, Person] = {}
        self.groups: list[Group] = []
        self.followers: list[Callable[[], Awaitable[None]]] = []
        self._next_person = FIRST_PERSON_ID

    def person(
        self,
        first_name: str,
        *,
        language_code: str = "",
        username: str = "",
        last_name: str = "",
        id: int | None = None,  # noqa: A002 — Telegram's own word
    ) -> Person:
        """Bring in someone who has never written to the bot."""
        person_id = self._free_id() if id is None else id
        user = User(person_id, first_name, last_name, username, language_code)
        self.people[person_id] = person = Person(self, user)
        self.changed.ring()
        return person

    def group(
        self,
        title: str,
        *,
        supergroup: bool = False,
        forum: bool = False,
        owner: Person | None = None,
    ) -> Group:
        """Make a group; somebody unknown to the bot owns it unless an owner is given."""
        kind = "supergroup" if supergroup or forum else "group"
        first = FIRST_SUPERGROUP_ID if kind == "supergroup" else FIRST_GROUP_ID
        chat = GroupChat(first - len(self.groups) * 10, kind, title=title, is_forum=forum)
        group = Group(self, chat, owner.user if owner else self.person("Owner").user)
        self.groups.append(group)
        return group

    async def until(
        self, condition: Callable[[], bool], within: float = WAIT_SECONDS, what: str = ""
    ) -> None:
        """Wait until a condition holds, whatever it looks at.

        Raises:
            AssertionError: it did not within so many seconds.
        """
        deadline = time.monotonic() + within
        while not condition():
            if time.monotonic() >= deadline:
                raise AssertionError(f"not within {within} s: {what or condition}")
            await self.changed.wait(LOOK_AGAIN_SECONDS)

    async def quiet(self, within: float = WAIT_SECONDS, settle: float = SETTLE_SECONDS) -> None:
        """Wait until the bot has confirmed every update and nothing was called for a moment.

        Raises:
            AssertionError: it did not come to rest within so many seconds.
        """

        def at_rest() -> bool:
            ledger = self.ledger
            busy = len(self.updates) > 0 or ledger.under_way > 0
            return not busy and time.monotonic() - ledger.last_seconds >= settle

        await self.until(at_rest, within, "the bot at rest")

    async def advance(self, by: timedelta) -> None:
        """Move the clock by a duration, and wait until every connected clock has heard it."""
        self.clock.advance(by)
        await self._heard()

    async def move_to(self, instant: datetime) -> None:
        """Move the clock to an instant, and wait until every connected clock has heard it."""
        self.clock.to(instant)
        await self._heard()

    async def _heard(self) -> None:
        await asyncio.gather(*(follower() for follower in self.followers))

    def _free_id(self) -> int:
        while self._next_person in self.users:
            self._next_person += 1
        self._next_person += 1
        return self._next_person - 1
