"""Settings: what is read, what beats what, what is refused and in which words."""

import json
import tomllib
from collections.abc import Iterator
from datetime import time, timedelta
from pathlib import Path

import pytest
from pydantic import BaseModel

from bot.config import ConfigError, load
from bot.settings import Settings
from community.lead_times import Ahead, DaysBefore
from tests.bot.settings_files import EXAMPLE, read, refusal, written


def names(model: type[BaseModel], above: str = "") -> Iterator[str]:
    for key, field in model.model_fields.items():
        if isinstance(field.annotation, type) and issubclass(field.annotation, BaseModel):
            yield from names(field.annotation, f"{above}{key}.")
        else:
            yield above + key


def test_example_file_loads_as_it_stands() -> None:
    settings = load(EXAMPLE, {})

    assert settings.telegram.token.get_secret_value() == ""


def test_example_file_holds_the_defaults(tmp_path: Path) -> None:
    example = load(EXAMPLE, {}).model_dump(exclude={"database"})

    assert example == read(tmp_path, "").model_dump(exclude={"database"})


def test_example_file_holds_every_setting_with_a_comment() -> None:
    commented: set[str] = set()
    section, after_comment = "", False
    for line in EXAMPLE.read_text(encoding="utf-8").splitlines():
        if line.startswith("["):
            section = line.strip("[]")
        elif "=" in line and (not line.startswith("# ")) and after_comment:
            commented.add(f"{section}.{line.removeprefix('#').split(' =')[0]}")
        after_comment = line.startswith("#") or (after_comment and "=" in line)

    assert commented == set(names(Settings))


def test_example_file_gives_optional_settings_values_that_pass(tmp_path: Path) -> None:
    lines = EXAMPLE.read_text(encoding="utf-8").splitlines()
    uncommented = "\n".join(
        line.removeprefix("#") if line.startswith("#") and not line.startswith("# ") else line
        for line in lines
    )

    settings = read(tmp_path, uncommented)

    assert settings.http.port == 8080


def test_environment_beats_the_file(tmp_path: Path) -> None:
    settings = read(
        tmp_path, '[telegram]\ntoken = "1:file"', PALABRE_TELEGRAM__TOKEN="1:environment"
    )

    assert settings.telegram.token.get_secret_value() == "1:environment"


def test_token_file_beats_the_environment(tmp_path: Path) -> None:
    (tmp_path / "token").write_text("1:secret-file\n", encoding="utf-8")

    settings = read(
        tmp_path, '[telegram]\ntoken_file = "token"', PALABRE_TELEGRAM__TOKEN="1:environment"
    )

    assert settings.telegram.token.get_secret_value() == "1:secret-file"


def test_token_file_can_be_named_by_the_environment(tmp_path: Path) -> None:
    secret = tmp_path / "elsewhere"
    secret.write_text("1:secret-file", encoding="utf-8")

    settings = read(tmp_path, "", PALABRE_TELEGRAM__TOKEN_FILE=str(secret))

    assert settings.telegram.token.get_secret_value() == "1:secret-file"


@pytest.mark.parametrize("content", [None, "", " \n"])
def test_token_file_without_a_token_is_refused(tmp_path: Path, content: str | None) -> None:
    if content is not None:
        (tmp_path / "token").write_text(content, encoding="utf-8")

    assert refusal(tmp_path, '[telegram]\ntoken_file = "token"').startswith("telegram.token_file:")


def test_environment_lists_are_json(tmp_path: Path) -> None:
    settings = read(
        tmp_path,
        "",
        PALABRE_PEOPLE__ADMINS="[12, 34]",
        PALABRE_REMINDERS__LEAD_TIMES=json.dumps(["3d@09:30", "45m"]),
    )

    assert settings.people.admins == (12, 34)
    assert settings.reminders.lead_times == (
        DaysBefore(3, time(9, 30)),
        Ahead(timedelta(minutes=45)),
    )


@pytest.mark.parametrize("text", ["12, 34", "12", '{"a": 1}', ""])
def test_environment_list_that_is_not_json_is_refused(tmp_path: Path, text: str) -> None:
    problem = refusal(tmp_path, "", PALABRE_PEOPLE__ADMINS=text)

    assert problem == "PALABRE_PEOPLE__ADMINS: write a JSON list"


def test_environment_numbers_and_deep_sections_are_read(tmp_path: Path) -> None:
    settings = read(
        tmp_path,
        "",
        PALABRE_LIMITS__MESSAGES_PER_SECOND="7",
        PALABRE_TELEGRAM__WEBHOOK__PORT="9000",
        PALABRE_COMMUNITY__CONTACT_PHONE="0123456789",
    )

    assert settings.limits.messages_per_second == 7
    assert settings.telegram.webhook.port == 9000
    assert settings.community.contact_phone == "0123456789"


@pytest.mark.parametrize(
    "name", ["PALABRE_TELEGRAM__TOKN", "PALABRE_TELEGRAM_TOKEN", "PALABRE_", "PALABRE_TELEGRAM"]
)
def test_environment_with_an_unknown_setting_is_refused_by_name(tmp_path: Path, name: str) -> None:
    assert refusal(tmp_path, "", **{name: "x"}) == f"{name}: unknown setting in the environment"


def test_environment_of_others_is_let_be(tmp_path: Path) -> None:
    settings = read(tmp_path, "", REQUIRE_POSTGRESQL="1", HOME="/home/somebody")

    assert settings.telegram.mode == "polling"


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("[telegram]\ntokn = 1", "telegram.tokn"),
        ("[telegram.webhook]\npath = 1", "telegram.webhook.path"),
        ("[telegrm]\ntoken = 1", "telegrm"),
        ('state_folder = "x"', "state_folder"),
    ],
)
def test_unknown_key_is_refused_by_its_full_name(tmp_path: Path, text: str, key: str) -> None:
    assert refusal(tmp_path, text) == f"{key}: unknown key"


def test_every_problem_is_told_at_once(tmp_path: Path) -> None:
    text = "[limits]\nmessages_per_second = 0\n[broadcast]\nhold_seconds = -1"

    with pytest.raises(ConfigError) as caught:
        read(tmp_path, text)

    assert len(caught.value.problems) == 2


def test_refusal_never_shows_a_secret(tmp_path: Path) -> None:
    canary = "CANARYCANARY"
    text = f'[telegram]\ntoken = "12:{canary}/"\n[telegram.webhook]\nsecret = "{canary}"\n'

    assert canary not in refusal(tmp_path, text)


@pytest.mark.parametrize(
    ("content", "problem"),
    [(b"[telegram\n", "is not TOML"), (b"\xff\xfe", "is not UTF-8 text")],
)
def test_file_that_is_not_toml_is_refused(tmp_path: Path, content: bytes, problem: str) -> None:
    path = tmp_path / "config.toml"
    path.write_bytes(content)

    with pytest.raises(ConfigError, match=problem):
        load(path, {})


def test_absent_file_is_refused_with_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match=r"not found; copy config\.example\.toml"):
        load(tmp_path / "config.toml", {})


def test_no_path_means_config_toml_here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    written(tmp_path, '[community]\nname = "Here"')
    monkeypatch.chdir(tmp_path)

    settings = load(environ={})

    assert settings.community.name == "Here"


def test_example_file_is_toml_by_the_standard_library() -> None:
    assert set(tomllib.loads(EXAMPLE.read_text(encoding="utf-8"))) == set(Settings.model_fields)
