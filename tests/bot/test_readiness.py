"""What sound settings may still lack."""

from pathlib import Path

import pytest

from bot.config import ConfigError
from bot.readiness import ready
from handlers.words import languages
from tests.bot.settings_files import written


def lacks(folder: Path, text: str) -> tuple[str, ...]:
    with pytest.raises(ConfigError) as caught:
        ready(written(folder, text), {})
    return caught.value.problems


def test_settings_with_a_token_and_a_spoken_language_are_ready(tmp_path: Path) -> None:
    path = written(tmp_path, '[telegram]\ntoken = "1:a"\n[community]\ndefault_language = "fr"')

    settings = ready(path, {})

    assert settings.telegram.token.get_secret_value() == "1:a"


def test_every_lack_is_told_at_once(tmp_path: Path) -> None:
    language, token = lacks(tmp_path, '[community]\ndefault_language = "eo"')

    assert language.endswith(f"eo: the bot speaks {', '.join(languages())}")
    assert token.startswith("telegram.token: empty")
