"""One Palabre at a time on a database and on a token (F69)."""

import os
import signal
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from bot.lock import SecondInstanceError, database_lock, held, token_lock

HOLDER = """
import sys
from pathlib import Path
from bot.lock import held
with held(*map(Path, sys.argv[1:])):
    print("held", flush=True)
    sys.stdin.read()
"""


def other_bot(*paths: Path) -> subprocess.Popen[str]:
    """Start another process; gives it once it holds the locks."""
    process = subprocess.Popen(
        [sys.executable, "-c", HOLDER, *map(str, paths)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None
    assert process.stdout.readline() == "held\n"
    return process


def test_f69_second_process_on_one_database_is_refused(tmp_path: Path) -> None:
    path = database_lock(tmp_path / "palabre.db")

    with other_bot(path), pytest.raises(SecondInstanceError) as caught, held(path):
        pass

    assert caught.value.path == path


def test_f69_lock_dies_with_the_process_that_is_killed(tmp_path: Path) -> None:
    path = tmp_path / "palabre.db.lock"
    with other_bot(path) as process:
        process.send_signal(signal.SIGKILL)

    with held(path):
        taken = path.exists()

    assert process.returncode == -signal.SIGKILL
    assert taken


def test_lock_is_free_again_after_the_block(tmp_path: Path) -> None:
    path = tmp_path / "palabre.db.lock"

    with held(path):
        pass

    with other_bot(path) as process:
        process.communicate()
    assert process.returncode == 0


def test_second_lock_refused_gives_the_first_back(tmp_path: Path) -> None:
    free, taken = tmp_path / "free.lock", tmp_path / "taken.lock"

    with other_bot(taken):
        with pytest.raises(SecondInstanceError), held(free, taken):
            pass
        with held(free):
            pass


def test_block_that_fails_to_wait_is_not_taken_for_a_second_bot(tmp_path: Path) -> None:
    with pytest.raises(BlockingIOError), held(tmp_path / "palabre.db.lock"):
        raise BlockingIOError


def test_different_databases_do_not_hinder_each_other(tmp_path: Path) -> None:
    first, second = database_lock(tmp_path / "a.db"), database_lock(tmp_path / "b.db")

    with other_bot(first), held(second):
        pass

    assert first != second


def test_lock_file_and_its_folder_are_private(tmp_path: Path) -> None:
    path = tmp_path / "state" / "token.lock"

    with held(path):
        modes = [stat.S_IMODE(one.stat().st_mode) for one in (path, path.parent)]

    assert modes == [0o600, 0o700]


def test_token_lock_tells_tokens_apart_without_telling_them(tmp_path: Path) -> None:
    environ = {"XDG_STATE_HOME": str(tmp_path)}

    first, second = token_lock("12:CANARY", environ), token_lock("13:CANARY", environ)

    assert first != second
    assert "CANARY" not in str(first)
    assert first.parent == tmp_path / "palabre"


def test_f69_token_lock_lies_in_the_home_of_who_runs_the_bot(tmp_path: Path) -> None:
    path = token_lock("12:token", {"HOME": str(tmp_path)})

    assert path.parent == tmp_path / ".local" / "state" / "palabre"


def test_token_lock_without_a_home_lies_in_a_folder_of_the_account() -> None:
    assert token_lock("12:token", {}).parent.name == f"palabre-{os.getuid()}"
