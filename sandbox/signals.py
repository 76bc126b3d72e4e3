"""A bell: those who wait for something are woken each time it rings, and look for themselves."""

import asyncio


class Signal:
    """Wakes everyone who waits, at each ring; remembers nothing."""

    __slots__ = ("_waiting",)

    def __init__(self) -> None:
        self._waiting: list[asyncio.Future[None]] = []

    def ring(self) -> None:
        """Wake all who wait now."""
        waiting, self._waiting = self._waiting, []
        for future in waiting:
            if not future.done():
                future.set_result(None)

    async def wait(self, seconds: float | None = None) -> bool:
        """Wait for the next ring, at most so many seconds; return whether it rang."""
        ring = self.listen()
        try:
            # Not wait_for: before Python 3.12 it loses a cancellation that comes with the ring.
            async with asyncio.timeout(seconds):
                await ring
        except TimeoutError:
            return False
        finally:
            self.forget(ring)
        return True

    def listen(self) -> asyncio.Future[None]:
        """Return a future that the next ring ends, from this very moment on."""
        ring = asyncio.get_running_loop().create_future()
        self._waiting.append(ring)
        return ring

    def forget(self, ring: asyncio.Future[None]) -> None:
        """Listen no longer."""
        if ring in self._waiting:
            self._waiting.remove(ring)
