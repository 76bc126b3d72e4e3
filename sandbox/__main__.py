"""`python -m sandbox --port N --control-port M`: the room alone, until it is interrupted.

Prints one line of JSON with its addresses and its token, then serves. With `--page-port`, the
phones of its people can be opened in a browser, whatever bot is in the room.
"""

import argparse
import asyncio
import contextlib
import json
import signal
import sys

from sandbox.channel import ClockChannel
from sandbox.control import Control
from sandbox.phones import Page
from sandbox.room import Room
from sandbox.server import Server


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m sandbox", description=__doc__)
    parser.add_argument("--port", type=int, default=0, help="the Bot API's port")
    parser.add_argument("--control-port", type=int, default=0, help="the people's port")
    parser.add_argument("--clock-port", type=int, default=0, help="the clock's port")
    parser.add_argument("--page-port", type=int, help="the phones' page; none when not given")
    parser.add_argument("--language", default="en", help="the language of the page's labels")
    parser.add_argument("--token", help="the bot's token; made up when not given")
    return parser.parse_args()


async def _serve(chosen: argparse.Namespace) -> None:
    room = Room(token=chosen.token)
    stopped = asyncio.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(number, stopped.set)
    async with contextlib.AsyncExitStack() as stack:
        server = await stack.enter_async_context(Server(room, port=chosen.port))
        control = await stack.enter_async_context(Control(room, port=chosen.control_port))
        channel = await stack.enter_async_context(ClockChannel(room, port=chosen.clock_port))
        told = {"api_url": server.api_url, "token": room.token}
        told |= {"control_url": control.url, "clock_url": channel.url}
        if chosen.page_port is not None:
            page = Page(room, port=chosen.page_port, language=chosen.language)
            told["page_url"] = (await stack.enter_async_context(page)).url
        sys.stdout.write(json.dumps(told) + "\n")
        sys.stdout.flush()
        await stopped.wait()


if __name__ == "__main__":
    with contextlib.suppress(KeyboardInterrupt):
        asyncio.run(_serve(_arguments()))
