"""What sound settings may still lack before a bot can live by them: a token, a spoken language."""

from collections.abc import Mapping
from pathlib import Path

from bot.config import ConfigError, load
from bot.settings import Settings
from handlers.words import languages


def ready(path: Path | None, environ: Mapping[str, str]) -> Settings:
    """Read settings that a bot can live by; gives them.

    Raises:
        ConfigError: they cannot be read, or lack something.
    """
    settings = load(path, environ)
    problems = [*language_problems(settings), *token_problems(settings)]
    if problems:
        raise ConfigError(*problems)
    return settings


def language_problems(settings: Settings) -> list[str]:
    """Say, in one line, that the default language is not one that the bot speaks; else nothing."""
    language = settings.community.default_language
    if language in languages():
        return []
    return [f"community.default_language: {language}: the bot speaks {', '.join(languages())}"]


def token_problems(settings: Settings) -> list[str]:
    """Say, in one line, that there is no token and where to put it; else nothing."""
    if settings.telegram.token.get_secret_value():
        return []
    return ["telegram.token: empty; write it there or name a file in telegram.token_file"]
