"""What is measured, one process each: takes values and prints figures, both as JSON."""

import json
import sys
from collections.abc import Callable, Mapping
from typing import Any


def answer(arm: Callable[..., Mapping[str, float]]) -> None:
    """Run an arm on the process's argument and print its figures."""
    figures = arm(**_values())
    sys.stdout.write(json.dumps(figures) + "\n")


def _values() -> dict[str, Any]:
    values: dict[str, Any] = json.loads(sys.argv[1])
    return values
