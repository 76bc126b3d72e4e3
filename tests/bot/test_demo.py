"""The demo is what a newcomer sees first: it must play to its end, and say so when it does not."""

import subprocess
import sys
from pathlib import Path

import pytest

from bot import demo


@pytest.mark.parametrize("arguments", [["demo"], ["demo", "--script"]])
def test_demo_without_a_terminal_plays_the_journey_and_exits_0(
    arguments: list[str], tmp_path: Path
) -> None:
    pictures = tmp_path / "pictures"

    played = subprocess.run(
        [sys.executable, "-m", "bot", *arguments, "--pictures", str(pictures)],
        capture_output=True,
        text=True,
        timeout=100,
        check=False,
    )

    assert played.returncode == 0, played.stderr
    assert "Everything happened as promised" in played.stdout
    assert "<svg" in (pictures / "journey.svg").read_text(encoding="utf-8")


async def test_demo_in_english_plays_the_journey_too() -> None:
    told: list[str] = []

    pictures = await demo.play(told.append, language="en")

    assert any("Draft" in line for line in told)
    assert "journey" in pictures


async def test_demo_promise_that_does_not_hold_is_an_error() -> None:
    def tell(line: str) -> None:
        if "founds a commission" in line:
            raise AssertionError("stopped by the listener")

    with pytest.raises(AssertionError, match="stopped by the listener"):
        await demo.play(tell)
