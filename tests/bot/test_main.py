"""The command line as people call it."""

import json
import subprocess
import sys
import sysconfig
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PALABRE = Path(sysconfig.get_path("scripts")) / "palabre"
HEAVY = {"aiohttp", "alembic", "apscheduler", "pydantic", "sqlalchemy", "structlog", "telegram"}


def ran(*command: str | Path, folder: Path = ROOT) -> subprocess.CompletedProcess[str]:
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)


@pytest.mark.parametrize("command", [(PALABRE,), (sys.executable, "-m", "bot")])
def test_help_names_the_commands(command: tuple[str, ...]) -> None:
    done = ran(*command, "--help")

    assert done.returncode == 0
    assert "check" in done.stdout


def test_help_imports_nothing_heavy() -> None:
    program = (
        "import sys\nfrom bot.__main__ import main\nmain(['--help'], standalone_mode=False)\n"
        "print(*sys.modules, file=sys.stderr)"
    )

    done = ran(sys.executable, "-c", program)

    assert done.returncode == 0
    assert not HEAVY & set(done.stderr.split())


def test_check_of_the_example_exits_2_for_want_of_a_token() -> None:
    done = ran(PALABRE, "check", "--config", ROOT / "config.example.toml", "--json")

    assert done.returncode == 2
    assert json.loads(done.stdout)["ok"] is False


def test_check_without_a_settings_file_says_what_to_do(tmp_path: Path) -> None:
    done = ran(PALABRE, "check", folder=tmp_path)

    assert done.returncode == 2
    assert "config.toml: not found; copy config.example.toml there" in done.stdout
