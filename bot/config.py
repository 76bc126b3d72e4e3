"""Every setting of Palabre: what may be written in config.toml, and what is refused.

A secret's file beats the environment, which beats the TOML file, which beats the defaults below.
`PALABRE_TELEGRAM__TOKEN` is `telegram.token`; lists in the environment are JSON. A key or a
`PALABRE_…` variable that means nothing is refused by name, for a setting that is silently ignored
is found out too late. Each problem is one line that begins with its key and never shows a value.
"""

import json
import os
import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, get_origin

from pydantic import BaseModel, ValidationError
from pydantic.fields import FieldInfo
from pydantic_core import ErrorDetails

from bot.settings import Settings

DEFAULT_PATH = Path("config.toml")
PREFIX = "PALABRE_"

Table = dict[str, Any]


class ConfigError(Exception):
    """The settings cannot be used; `problems` holds one line for each reason."""

    def __init__(self, *problems: str) -> None:
        super().__init__("\n".join(problems))
        self.problems = problems


def load(path: Path | None = None, environ: Mapping[str, str] = os.environ) -> Settings:
    """Read the settings file (./config.toml by default) and its overrides; gives them checked.

    An empty token passes, so that a new installation can be checked before it has one.

    Raises:
        ConfigError: the file cannot be read, or some settings are unknown or impossible.
    """
    path = DEFAULT_PATH if path is None else path
    table = _read_toml(path)
    _overlay(table, environ)
    folder = path.resolve().parent
    # Even a default path starts from the folder, so that this section is always read.
    table.setdefault("database", {})
    _overlay_token_file(table, folder)
    try:
        return Settings.model_validate(table, context={"folder": folder})
    except ValidationError as error:
        details = error.errors(include_input=False, include_url=False)
        raise ConfigError(*map(_problem, details)) from None


def _read_toml(path: Path) -> Table:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise ConfigError(f"{path}: not found; copy config.example.toml there") from None
    except OSError as error:
        raise ConfigError(f"{path}: cannot be read: {error.strerror}") from None
    except UnicodeDecodeError:
        raise ConfigError(f"{path}: is not UTF-8 text") from None
    except tomllib.TOMLDecodeError as error:
        raise ConfigError(f"{path}: is not TOML: {error}") from None


def _overlay(table: Table, environ: Mapping[str, str]) -> None:
    leaves = dict(_leaves(Settings, ()))
    names = sorted(name for name in environ if name.startswith(PREFIX))
    if unknown := [name for name in names if name not in leaves]:
        raise ConfigError(*(f"{name}: unknown setting in the environment" for name in unknown))
    for name in names:
        keys, field = leaves[name]
        _put(table, keys, _from_text(name, environ[name], field))


def _leaves(
    model: type[BaseModel], above: tuple[str, ...]
) -> Iterator[tuple[str, tuple[tuple[str, ...], FieldInfo]]]:
    """Give each setting's variable, with its keys and its field."""
    for key, field in model.model_fields.items():
        keys = (*above, key)
        if isinstance(field.annotation, type) and issubclass(field.annotation, BaseModel):
            yield from _leaves(field.annotation, keys)
        else:
            yield PREFIX + "__".join(keys).upper(), (keys, field)


def _from_text(name: str, text: str, field: FieldInfo) -> object:
    if get_origin(field.annotation) is not tuple:
        return text
    try:
        value: object = json.loads(text)
    except ValueError:
        value = None
    if not isinstance(value, list):
        raise ConfigError(f"{name}: write a JSON list")
    return value


def _put(table: Table, keys: tuple[str, ...], value: object) -> None:
    *sections, last = keys
    for depth, section in enumerate(sections, start=1):
        table = table.setdefault(section, {})
        if not isinstance(table, dict):
            raise ConfigError(f"{'.'.join(keys[:depth])}: is a section, not a value")
    table[last] = value


def _overlay_token_file(table: Table, folder: Path) -> None:
    telegram = table.get("telegram")
    if not isinstance(telegram, dict):
        return
    name = telegram.get("token_file")
    if not isinstance(name, str) or not name:
        return
    try:
        token = (folder / name).read_text(encoding="utf-8").strip()
    except (OSError, ValueError):
        raise ConfigError("telegram.token_file: the file cannot be read") from None
    if not token:
        raise ConfigError("telegram.token_file: the file is empty")
    table["telegram"] = {**telegram, "token": token}


_WORDS = {
    "extra_forbidden": "unknown key",
    "model_type": "is a section, not a value",
    "zoneinfo_str": "no such time zone; write one like Europe/Paris",
}


def _problem(error: ErrorDetails) -> str:
    key = ".".join(str(step) for step in error["loc"])
    reason = _WORDS.get(error["type"]) or error["msg"].removeprefix("Value error, ")
    # A check of several settings together names its key itself.
    return f"{key}: {reason}" if key else reason
