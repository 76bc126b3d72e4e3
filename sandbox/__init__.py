"""A Telegram in a room: a strict Bot API server on loopback, and people who use it.

    room = Room()
    async with Server(room) as server:          # server.api_url, room.token
        samira = room.person("Samira", language_code="fr")
        samira.start("payload")                 # acts are immediate
        card = await samira.sees("Bonjour")     # waits are awaited
        answer = await samira.tap("Oui").answered()
        await room.advance(timedelta(hours=2))  # time is moved by hand

It refuses as Telegram refuses, keeps updates until they are confirmed, and can be made to fail:
`room.faults.add(Fault(cut(), method="sendMessage", when="after", nth=3))`. `room.ledger.calls()`
tells every call. `room.flood.enforce(Pace())` turns Telegram's limits on. It knows nothing of our
bot and imports none of its floors.
"""

from sandbox.channel import ClockChannel
from sandbox.clock import RemoteClock, RoomClock
from sandbox.control import Control
from sandbox.faults import (
    Fault,
    cut,
    cut_midway,
    delay,
    hang,
    raw,
    status,
    trickle,
)
from sandbox.flood import Pace
from sandbox.groups import Group
from sandbox.ledger import Call
from sandbox.messages import Key, Message
from sandbox.people import Person
from sandbox.room import Room
from sandbox.server import Server
from sandbox.taps import Answer, Tap

__all__ = [
    "Answer",
    "Call",
    "ClockChannel",
    "Control",
    "Fault",
    "Group",
    "Key",
    "Message",
    "Pace",
    "Person",
    "RemoteClock",
    "Room",
    "RoomClock",
    "Server",
    "Tap",
    "cut",
    "cut_midway",
    "delay",
    "hang",
    "raw",
    "status",
    "trickle",
]
