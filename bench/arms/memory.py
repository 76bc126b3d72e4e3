"""How much memory a process holds."""

import gc
from pathlib import Path

KB_A_MB = 1_024


def resident_mb() -> float:
    """Read the process's resident memory in megabytes, after a collection."""
    gc.collect()
    lines = Path("/proc/self/status").read_text().splitlines()
    line = next(line for line in lines if line.startswith("VmRSS:"))
    return int(line.split()[1]) / KB_A_MB
