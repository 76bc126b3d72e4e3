"""How an answer leaves the server: whole, late, cut, byte by byte, or as another one.

The faults of `faults` are carried out here, on the connection itself.
"""

import asyncio
import json
import socket
import struct
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import TypeAlias

from aiohttp import web

from sandbox.faults import Cut, Delay, Fault, Hang, Status, Trickle
from sandbox.ledger import Call
from sandbox.shapes import Json

NO_LINGER = struct.pack("ii", 1, 0)  # close with a reset instead of a farewell
HALF_SAID = b'{"ok":true,"result":{"message_id":'


@dataclass(frozen=True, slots=True)
class Reply:
    """An answer that is ready to leave."""

    status: int
    body: bytes
    content_type: str = "application/json"
    told: Json | None = None  # the same as JSON, for the ledger


Execution: TypeAlias = Callable[[], Awaitable[Reply]]


def in_json(told: Json) -> Reply:
    """Make the answer that says this."""
    return Reply(told.get("error_code", 200), json.dumps(told).encode(), told=told)


async def ready(reply: Reply) -> Reply:
    """Return an answer that needs no more work."""
    return reply


def sent(call: Call, reply: Reply) -> web.StreamResponse:
    """Send an answer whole, and write it in the ledger."""
    call.response = reply.told
    return web.Response(status=reply.status, body=reply.body, content_type=reply.content_type)


async def suffer(
    request: web.Request, call: Call, fault: Fault, execute: Execution
) -> web.StreamResponse:
    """Let a call meet a fault; return what is left of its answer."""
    call.fault = fault.name
    outcome = fault.then
    if isinstance(outcome, Delay):
        return await _late(call, fault, outcome, execute)
    if isinstance(outcome, Trickle):
        return await _trickled(request, call, outcome, await execute())
    reply = await execute() if fault.when == "after" else None
    if isinstance(outcome, Status):
        return sent(call, _instead(outcome))
    if isinstance(outcome, Hang):
        await asyncio.sleep(outcome.seconds)
    return await _cut(request, outcome, reply)


async def _late(call: Call, fault: Fault, outcome: Delay, execute: Execution) -> web.StreamResponse:
    if fault.when == "before":
        await asyncio.sleep(outcome.seconds)
        return sent(call, await execute())
    reply = await execute()
    await asyncio.sleep(outcome.seconds)
    return sent(call, reply)


def _instead(outcome: Status) -> Reply:
    if isinstance(outcome.body, bytes):
        return Reply(outcome.code, outcome.body, outcome.content_type)
    return Reply(outcome.code, json.dumps(outcome.body).encode(), told=outcome.body)


async def _cut(
    request: web.Request, outcome: Cut | Hang, reply: Reply | None
) -> web.StreamResponse:
    if isinstance(outcome, Cut) and outcome.sent_bytes:
        body = reply.body if reply else HALF_SAID + b"1" * 200
        response = _stream(reply, len(body))
        await response.prepare(request)
        await response.write(body[: outcome.sent_bytes])
        await asyncio.sleep(0)
        _reset(request)
        return response
    _reset(request)
    return web.Response()


async def _trickled(
    request: web.Request, call: Call, outcome: Trickle, reply: Reply
) -> web.StreamResponse:
    response = _stream(reply, len(reply.body))
    await response.prepare(request)
    for byte in reply.body:
        await response.write(bytes([byte]))
        await asyncio.sleep(1 / outcome.bytes_per_second)
    call.response = reply.told
    return response


def _stream(reply: Reply | None, length: int) -> web.StreamResponse:
    response = web.StreamResponse(status=reply.status if reply else 200)
    response.content_type = reply.content_type if reply else "application/json"
    response.content_length = length
    return response


def _reset(request: web.Request) -> None:
    transport = request.transport
    if transport is None:
        return
    plug = transport.get_extra_info("socket")
    if plug is not None:
        plug.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, NO_LINGER)
    transport.abort()
