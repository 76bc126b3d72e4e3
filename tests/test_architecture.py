"""The laws of the house, each executed by its tool, so that the suite fails where a law is broken.

The laws themselves are in pyproject.toml.
"""

import subprocess
import sysconfig
import tomllib
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[1]
TOOLS = Path(sysconfig.get_path("scripts"))
PINS = ("requirements.txt", "requirements-dev.txt", "requirements-bench.txt")


def project() -> dict[str, Any]:
    return tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))


@pytest.mark.parametrize(
    "command",
    [
        ("ruff", "format", "--check", "."),
        ("ruff", "check", "."),
        ("mypy",),
        ("lint-imports",),
    ],
    ids=["format", "lint", "types", "imports"],
)
def test_law_is_kept(command: tuple[str, ...]) -> None:
    tool, *arguments = command

    done = subprocess.run(
        [TOOLS / tool, *arguments], cwd=ROOT, capture_output=True, text=True, check=False
    )

    assert done.returncode == 0, done.stdout + done.stderr


def test_every_library_is_kept_off_the_floor_that_decides() -> None:
    """A new dependency must be named in the contract, or it could be imported unseen."""
    wanted = {line.split(">")[0].split("=")[0] for line in project()["project"]["dependencies"]}
    contracts = project()["tool"]["importlinter"]["contracts"]

    forbidden = {
        module
        for contract in contracts
        if contract.get("source_modules") == ["community"]
        for module in contract["forbidden_modules"]
    }

    imported_as = {
        "fluent.runtime": "fluent",
        "psycopg[binary]": "psycopg",
        "python-telegram-bot": "telegram",
    }
    # tzdata holds no code.
    assert {imported_as.get(name, name) for name in wanted - {"tzdata"}} <= forbidden


@pytest.mark.parametrize("pins", PINS)
def test_pins_have_hashes_and_name_no_address(pins: str) -> None:
    text = (ROOT / pins).read_text(encoding="utf-8")
    packages = [line for line in text.splitlines() if line[:1].isalnum()]

    assert packages
    assert all(line.endswith(" \\") and "==" in line for line in packages)
    assert "://" not in text


def test_pins_of_the_suite_hold_those_of_the_bot() -> None:
    bot, suite = (
        {
            line.split()[0]
            for line in (ROOT / name).read_text(encoding="utf-8").splitlines()
            if line[:1].isalnum()
        }
        for name in PINS[:2]
    )

    assert bot <= suite
