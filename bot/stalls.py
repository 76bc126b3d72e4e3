"""Notices when the program stood still: whatever was due came late by as much (F11)."""

import asyncio
import time

import structlog

LOOK_EVERY_S = 0.5
WORTH_TELLING_S = 1.0
"""A person who taps notices a second (reliability.md, F11)."""

_LOG: structlog.typing.FilteringBoundLogger = structlog.get_logger(__name__)


async def watch() -> None:
    """Log each time when nothing could run for longer than WORTH_TELLING_S, until cancelled."""
    while True:
        asked_at = time.monotonic()
        await asyncio.sleep(LOOK_EVERY_S)
        late = time.monotonic() - asked_at - LOOK_EVERY_S
        if late > WORTH_TELLING_S:
            _LOG.warning("stood_still", seconds=round(late, 1))
