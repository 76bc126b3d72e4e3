"""The way of each update through the house, put together from rows and calls.

A way is what people see anyway: whose tap it was, which rows changed, what is owed, what was sent.
What a person has erased goes from the ways too: values of rows that went, and names.
"""

from collections import deque
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from bot.demo.tables import Change, Key
from handlers.words import Words
from sandbox import Call
from storage.inbox import InboxState

MOST_WAYS = 50
MOST_ROWS = 30
"""Rows told of one step."""
MOST_KNOWN = 2_000
"""Updates, taps and rows whose way is remembered."""
SAME_WAY = timedelta(seconds=2)
"""What the bot does by itself within this time is one way."""
STILL_ITS_OWN = timedelta(seconds=30)
"""A call to a chat this long after its last update belongs to that."""
NOBODY = 0
"""Stands for somebody who has erased everything."""
BY_ITSELF = 0
"""The number of a way that no update began."""
ENDED = {InboxState.DONE: "demo-behind-handled", InboxState.DEAD: "demo-behind-given-up"}

NameOf = Callable[[int], str]


@dataclass(slots=True)
class Step:
    """A step of a way; `number` counts those that are alike and stand in one line."""

    kind: str
    at: datetime | None
    key: str = ""
    values: dict[str, str] = field(default_factory=dict)
    whom: list[int] = field(default_factory=list)
    number: int = 1
    rows: list[Change] = field(default_factory=list)
    outcome: str = ""


@dataclass(slots=True)
class Way:
    """What one update did, or (BY_ITSELF) the bot without any."""

    update_id: int
    person_id: int | None
    chat_id: int | None
    what: str
    at: datetime
    steps: list[Step] = field(default_factory=list)
    is_open: bool = False

    def concerns(self, change: Change) -> bool:
        """Whether a row names what the way is about."""
        row = change.row
        if row.get("cause") == self.update_id:
            return True
        named = {row.get(name) for name in ("chat_id", "telegram_id")}
        return self.person_id in named or self.chat_id in named


@dataclass(frozen=True, slots=True)
class Seen:
    """What Telegram said of an update when it handed it over."""

    person_id: int | None
    chat_id: int | None
    what: str


class Ways:
    """The last ways, oldest first."""

    def __init__(self, words: Words, name_of: NameOf) -> None:
        self._words = words
        self._name_of = name_of
        self._ways: deque[Way] = deque(maxlen=MOST_WAYS)
        self._seen: dict[int, Seen] = {}
        self._taps: dict[str, int] = {}
        self._owing: dict[tuple[str, Key], Way] = {}
        self._erased: set[int] = set()

    def see(self, update_id: int, seen: Seen, tap_id: str | None) -> None:
        """Note what an update is, as Telegram hands it over."""
        self._seen[update_id] = seen
        if tap_id is not None:
            self._taps[tap_id] = update_id

    def take(self, changes: Sequence[Change], now: datetime) -> None:
        """Tell what has changed between two looks."""
        self._forget(changes)
        inbox = [change for change in changes if change.table == "inbox"]
        for change in inbox:
            self._begin(change)
        open_ways = [way for way in self._ways if way.is_open]
        others = [change for change in changes if change.table != "inbox"]
        for way, rows in self._parted(others, open_ways, now):
            self._tell_rows(way, rows, now)
        for change in inbox:
            self._end(change, now)
        for known in (self._seen, self._taps, self._owing):
            _keep_last(known)

    def call(self, call: Call) -> None:
        """Tell a call that has ended."""
        way = self._way_of(call)
        chat = self._still_known(call.chat_id) if isinstance(call.chat_id, int) else None
        outcome = _outcome(call)
        key = "demo-behind-called" if chat is None else "demo-behind-sent"
        whom, values = [] if chat is None else [chat], {"method": call.method}
        last = way.steps[-1] if way.steps else None
        if last is not None and (last.key, last.values, last.outcome) == (key, values, outcome):
            last.number += 1
            last.whom += [one for one in whom if one not in last.whom]
        else:
            way.steps.append(Step("sent", call.at, key, values, whom, outcome=outcome))

    def told(self) -> dict[str, object]:
        """Give the ways as the page draws them."""
        return {"ways": [self._told_way(way) for way in self._ways]}

    # Updates

    def _begin(self, change: Change) -> None:
        if change.verb != "insert":
            return
        number = int(change.key[0] or 0)
        at = datetime.fromisoformat(str(change.new["received_at"]))
        seen = self._seen.pop(number, Seen(None, None, ""))
        way = Way(number, seen.person_id, seen.chat_id, seen.what, at, is_open=True)
        way.steps.append(Step("kept", at, "demo-behind-kept"))
        self._ways.append(way)

    def _end(self, change: Change, now: datetime) -> None:
        key = ENDED.get(InboxState(str(change.new["state"]))) if change.new else None
        if key is None:
            return
        for way in self._ways:
            if way.update_id == change.key[0] and way.is_open:
                way.is_open = False
                way.steps.append(Step("handled", now, key))

    # Rows

    def _parted(
        self, changes: Sequence[Change], open_ways: Sequence[Way], now: datetime
    ) -> Iterator[tuple[Way, list[Change]]]:
        """Give each way its rows, as far as anybody can know from outside."""
        parts: dict[int, tuple[Way, list[Change]]] = {}
        for change in changes:
            way = self._owner(change, open_ways) or self._by_itself(now)
            parts.setdefault(id(way), (way, []))[1].append(change)
        yield from parts.values()

    def _owner(self, change: Change, open_ways: Sequence[Way]) -> Way | None:
        if change.table in {"outbox", "cards"} and change.verb == "update":
            owing = self._owing.get((change.table, change.key))
            if owing is not None:
                return owing
        if len(open_ways) <= 1:
            return open_ways[0] if open_ways else None
        return next((way for way in open_ways if way.concerns(change)), open_ways[-1])

    def _by_itself(self, now: datetime) -> Way:
        last = self._ways[-1] if self._ways else None
        if last is not None and last.update_id == BY_ITSELF and now - last.at < SAME_WAY:
            return last
        way = Way(BY_ITSELF, None, None, "", now)
        self._ways.append(way)
        return way

    def _tell_rows(self, way: Way, changes: Sequence[Change], now: datetime) -> None:
        owed = [one for one in changes if _is_owed(one)]
        others = [one for one in changes if not _is_owed(one)]
        if others:
            step = Step("rows", now, "demo-behind-rows", number=len(others))
            step.rows = others[:MOST_ROWS]
            way.steps.append(step)
        for kind in dict.fromkeys(str(one.new["kind"]) for one in owed):
            alike = [one for one in owed if one.new["kind"] == kind]
            whom = [int(one.new["chat_id"] or 0) for one in alike]
            step = Step("owed", now, "demo-behind-owed", {"kind": kind}, whom, len(alike))
            step.rows = alike[:MOST_ROWS]
            way.steps.append(step)
        for change in changes:
            self._owing[change.table, change.key] = way

    def _forget(self, changes: Sequence[Change]) -> None:
        """Take out of all ways what is no longer kept."""
        for change in changes:
            if change.table == "residents":
                self._know_or_forget(int(change.row["telegram_id"] or 0), change.verb)
            emptied = {name for name, value in change.new.items() if value in (None, "", "{}")}
            gone = None if change.verb == "delete" else emptied
            if gone is None or gone:
                self._redact(change, gone)

    def _know_or_forget(self, person_id: int, verb: str) -> None:
        """Note that somebody is known; of who is not any more no way keeps a name."""
        if verb != "delete":
            self._erased.discard(person_id)
            return
        self._erased.add(person_id)
        for way in self._ways:
            if way.person_id == person_id:
                way.person_id, way.what = NOBODY, ""
            for step in way.steps:
                step.whom = [self._still_known(one) for one in step.whom]

    def _still_known(self, chat_id: int) -> int:
        return NOBODY if chat_id in self._erased else chat_id

    def _redact(self, change: Change, columns: set[str] | None) -> None:
        for step in (step for way in self._ways for step in way.steps):
            step.rows = [
                one.without(columns) if (one.table, one.key) == (change.table, change.key) else one
                for one in step.rows
            ]

    # Calls

    def _way_of(self, call: Call) -> Way:
        by_tap = self._taps.get(str(call.params.get("callback_query_id", "")))
        owing = [
            way
            for way in reversed(self._ways)
            if way.update_id == by_tap
            or (way.chat_id == call.chat_id and call.at - way.at < STILL_ITS_OWN)
            or any(step.kind == "owed" and call.chat_id in step.whom for step in way.steps)
        ]
        return owing[0] if owing else self._by_itself(call.at)

    # Telling

    def _told_way(self, way: Way) -> dict[str, object]:
        is_clock = way.person_id is None
        return {
            "update_id": way.update_id,
            "who": self._words("demo-behind-clock") if is_clock else self._name(way.person_id or 0),
            "what": way.what,
            "at": way.at.isoformat(),
            "steps": [self._told_step(step) for step in way.steps],
        }

    def _told_step(self, step: Step) -> Mapping[str, object]:
        return {
            "kind": step.kind,
            "at": None if step.at is None else step.at.isoformat(),
            "text": self._text(step),
            "rows": [row.told() for row in step.rows],
        }

    def _text(self, step: Step) -> str:
        words, number = self._words, step.number
        if step.key == "demo-behind-rows":
            return words(step.key, number=number)
        whom = ", ".join(dict.fromkeys(self._name(one) for one in step.whom[:3]))
        names = whom + (" …" if len(step.whom) > len(step.whom[:3]) else "")
        text = words(step.key, **step.values, **({"whom": names} if step.whom else {}))
        if number > 1:
            text = words("demo-behind-times", what=text, number=number)
        if step.outcome:
            is_lost = step.outcome == "lost"
            key = "demo-behind-lost" if is_lost else "demo-behind-refused"
            text = words(key, what=text, **({} if is_lost else {"code": step.outcome}))
        return text

    def _name(self, chat_id: int) -> str:
        return "·" if chat_id in {NOBODY, *self._erased} else self._name_of(chat_id)


def _keep_last(known: dict[Any, Any]) -> None:
    for key in list(known)[:-MOST_KNOWN]:
        del known[key]


def _is_owed(change: Change) -> bool:
    return (change.table, change.verb) == ("outbox", "insert")


def _outcome(call: Call) -> str:
    """Tell how a call ended: nothing for a yes, the code of a no, or that no answer came."""
    if call.response is None:
        return "lost"
    return "" if call.ok else str(call.response.get("error_code", ""))
