"""What `bench.record` wrote down: the statements of each action, with their values."""

import json
from pathlib import Path
from typing import Any

Action = list[tuple[str, dict[str, Any]]]
PRAGMAS = ("journal_mode = WAL", "synchronous = FULL", "foreign_keys = ON", "secure_delete = ON")


def recorded(path: str, actions: int) -> list[Action]:
    """Give the first actions that were written down."""
    with Path(path).open() as lines:
        return [json.loads(line) for line, _ in zip(lines, range(actions), strict=False)]
