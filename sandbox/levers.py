"""What the room's master can ask for by HTTP: faults, the ledger, the pace, the clock.

Arguments come by name in a JSON object.
"""

from collections.abc import Callable
from dataclasses import asdict
from datetime import datetime, timedelta
from typing import TypeAlias

from sandbox import faults
from sandbox.flood import Pace
from sandbox.ledger import Call
from sandbox.room import Room
from sandbox.shapes import Json

Action: TypeAlias = Callable[[Room, Json], object]
LONGEST_WAIT_SECONDS = 25.0
THEN: dict[str, Callable[..., faults.Outcome]] = {
    "status": faults.status,
    "cut": faults.cut,
    "cut_midway": faults.cut_midway,
    "hang": faults.hang,
    "delay": faults.delay,
    "trickle": faults.trickle,
    "raw": lambda body, **how: faults.raw(body.encode(), **how),
}


async def changes(room: Room, told: Json) -> Json:
    """Wait until the room has changed since a revision (`after`), at most `within` seconds."""
    after = int(told.get("after", room.revision))
    if room.revision <= after:
        wait = min(float(told.get("within", LONGEST_WAIT_SECONDS)), LONGEST_WAIT_SECONDS)
        await room.changed.wait(wait)
    return {"revision": room.revision}


def add_fault(room: Room, told: Json) -> Json:
    """Put a fault in force: `then` (a name), `with` (its arguments), and the rule's fields."""
    outcome = THEN[told["then"]](**told.get("with", {}))
    rule = {name: value for name, value in told.items() if name not in {"then", "with"}}
    fault = room.faults.add(faults.Fault(outcome, **rule))
    return {"name": fault.name}


def ledger(room: Room, told: Json) -> list[Json]:
    """List calls: of a `method`, of a `chat`; `last` bounds how many."""
    calls = room.ledger.calls(told.get("method"), chat=told.get("chat"))
    return [_line(call) for call in calls[-int(told.get("last", 100)) :]]


def _line(call: Call) -> Json:
    return {**asdict(call), "at": call.at.isoformat()}


def flood(room: Room, told: Json) -> None:
    """Turn the pace on (with its figures) or off (`off`)."""
    room.flood.enforce(None if told.get("off") else Pace(**told))


def latency(room: Room, told: Json) -> None:
    """Make every call take so many `seconds`."""
    room.latency_seconds = float(told["seconds"])


def now(room: Room, _told: Json) -> Json:
    """Return the room's time."""
    return {"now": room.clock.now().isoformat(), "frozen": room.clock.frozen}


async def advance(room: Room, told: Json) -> Json:
    """Move the clock by `seconds`."""
    await room.advance(timedelta(seconds=float(told["seconds"])))
    return now(room, told)


async def move_to(room: Room, told: Json) -> Json:
    """Move the clock to an instant, `at`."""
    await room.move_to(datetime.fromisoformat(told["at"]))
    return now(room, told)


async def quiet(room: Room, told: Json) -> None:
    """Wait until the bot is at rest."""
    await room.quiet(float(told.get("within", 10.0)))


LEVERS: dict[str, Action] = {
    action.__name__: action
    for action in (add_fault, advance, changes, flood, latency, ledger, move_to, now, quiet)
} | {
    "clear_faults": lambda room, _told: room.faults.clear(),
    "freeze": lambda room, _told: room.clock.freeze(),
    "thaw": lambda room, _told: room.clock.thaw(),
}
