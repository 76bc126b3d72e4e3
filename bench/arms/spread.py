"""How waits are spread."""

from collections.abc import Sequence

HUNDREDTH = 0.99


def p99_ms(waits: Sequence[float]) -> float:
    """Give the wait, in milliseconds, that one in a hundred exceeds."""
    return sorted(waits)[int(len(waits) * HUNDREDTH)] * 1_000
