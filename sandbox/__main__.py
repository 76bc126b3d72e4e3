"""`python -m sandbox --port N --control-port M`: the room alone, until it is interrupted.

Prints one line of JSON with its addresses and its token, then serves.
"""

import argparse
import asyncio
import contextlib
import json
import signal
import sys

from sandbox.channel import ClockChannel
from sandbox.control import Control
from sandbox.room import Room
from sandbox.server import Server


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m sandbox", description=__doc__)
    parser.add_argument("--port", type=int, default=0, help="the Bot API's port")
    parser.add_argument("--control-port", type=int, default=0, help="the people's port")
    parser.add_argument("--clock-port", type=int, default=0, help="the clock's port")
    parser.add_argument("--token", help="the bot's token; made up when not given")
    return parser.parse_args()


async def _serve(chosen: argparse.Namespace) -> None:
    room = Room(token=chosen.token)
    stopped = asyncio.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(number, stopped.set)
    async with (
        Server(room, port=chosen.port) as server,
        Control(room, port=chosen.control_port) as control,
        ClockChannel(room, port=chosen.clock_port) as channel,
    ):
        told = {"api_url": server.api_url, "token": room.token}
        told |= {"control_url": control.url, "clock_url": channel.url}
        sys.stdout.write(json.dumps(told) + "\n")
        sys.stdout.flush()
        await stopped.wait()


if __name__ == "__main__":
    with contextlib.suppress(KeyboardInterrupt):
        asyncio.run(_serve(_arguments()))
