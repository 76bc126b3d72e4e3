"""Settings files as tests write them."""

from pathlib import Path

import pytest

from bot.config import ConfigError, load
from bot.settings import Settings

EXAMPLE = Path(__file__).parents[2] / "config.example.toml"
SECRET = "a-secret_of_the_webhook_0123456789"


def written(folder: Path, text: str) -> Path:
    path = folder / "config.toml"
    path.write_text(text, encoding="utf-8")
    return path


def read(folder: Path, text: str, **environ: str) -> Settings:
    return load(written(folder, text), environ)


def refusal(folder: Path, text: str, **environ: str) -> str:
    with pytest.raises(ConfigError) as caught:
        read(folder, text, **environ)
    return str(caught.value)
