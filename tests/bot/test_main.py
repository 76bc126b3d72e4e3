"""The command line as people call it."""

import json
import subprocess
import sys
import sysconfig
from pathlib import Path

import pytest

from tests.bot.settings_files import written

ROOT = Path(__file__).parents[2]
PALABRE = Path(sysconfig.get_path("scripts")) / "palabre"
HEAVY = {"aiohttp", "alembic", "apscheduler", "pydantic", "sqlalchemy", "structlog", "telegram"}


def ran(*command: str | Path, folder: Path = ROOT) -> subprocess.CompletedProcess[str]:
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)


@pytest.mark.parametrize("command", [(PALABRE,), (sys.executable, "-m", "bot")])
def test_help_names_the_commands(command: tuple[str, ...]) -> None:
    done = ran(*command, "--help")

    assert done.returncode == 0
    assert {"check", "invite", "run"} <= set(done.stdout.split())


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


def test_run_of_the_example_exits_2_and_says_where_to_put_the_token() -> None:
    done = ran(PALABRE, "run", "--config", ROOT / "config.example.toml")

    assert done.returncode == 2
    assert done.stderr == (
        "telegram.token: empty; write it there or name a file in telegram.token_file\n"
    )


@pytest.mark.parametrize("command", [("run",), ("invite", "officer")])
def test_each_problem_of_the_settings_is_a_line(tmp_path: Path, command: tuple[str, ...]) -> None:
    path = written(tmp_path, "nothing = 1\n[community]\nclock = 2")

    done = ran(PALABRE, *command, "--config", path)

    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == "community.clock: unknown key\nnothing: unknown key\n"


def test_run_in_a_language_that_the_bot_does_not_speak_exits_2(tmp_path: Path) -> None:
    path = written(tmp_path, '[telegram]\ntoken = "1:a"\n[community]\ndefault_language = "eo"')

    done = ran(sys.executable, "-m", "bot", "run", "--config", path)

    assert done.returncode == 2
    assert done.stderr.startswith("community.default_language: eo: the bot speaks fr")
