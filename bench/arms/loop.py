"""The loop that an arm lives on: asyncio's own, or uvloop."""

import asyncio
from collections.abc import Coroutine
from typing import Any, TypeVar

import uvloop

Result = TypeVar("Result")


def run(work: Coroutine[Any, Any, Result], *, fast: bool) -> Result:
    """Run a coroutine to its end, `fast` on uvloop; gives its result."""
    return uvloop.run(work) if fast else asyncio.run(work)
