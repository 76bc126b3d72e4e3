"""Each bench still runs and prints its lines; docs/performance.md has the figures."""

import subprocess
import sys

import pytest

from bench.rounds import OTHERS, ROOT

WITH_OTHERS = pytest.mark.skipif(
    not OTHERS.exists(), reason="the other frameworks are installed by `make bench` only"
)


@pytest.mark.parametrize(
    ("script", "name"),
    [
        pytest.param("b1_taps", "B1", marks=WITH_OTHERS),
        pytest.param("b2_cpu", "B2", marks=WITH_OTHERS),
        pytest.param("b3_actions", "B3", marks=WITH_OTHERS),
        ("b7_rows", "B7"),
        ("b10_start", "B10"),
    ],
)
def test_bench_asked_to_be_quick_prints_its_lines(script: str, name: str) -> None:
    done = subprocess.run(
        [sys.executable, "-m", f"bench.{script}", "--quick"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
        timeout=240,
    )

    assert done.returncode == 0, done.stderr
    head, _, *lines = done.stdout.splitlines()
    assert head.startswith("| id | what ")
    assert lines
    assert all(line.startswith(f"| {name} | ") for line in lines)
