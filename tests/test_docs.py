"""What is written must be true: commands, targets, exit codes and links of the pages."""

import re
from pathlib import Path

import pytest

from bot.exits import Exit
from handlers.registration import COLUMNS
from handlers.words import words_for

ROOT = Path(__file__).resolve().parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")
PAGES = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").rglob("*.md"))]


def commands() -> set[str]:
    """Give every command that some column answers."""
    return {name for column in COLUMNS for name in getattr(column, "COMMANDS", {})}


def test_readme_lists_every_command_and_no_other() -> None:
    told = set(re.findall(r"`/([a-z]+)`", README))

    assert told == commands()


@pytest.mark.parametrize("language", ["fr", "en"])
def test_every_command_is_listed_by_telegram_in_words(language: str) -> None:
    words = words_for(language)

    assert all(words(f"command-{name}") for name in commands())


def test_readme_names_the_exit_codes_that_the_program_gives() -> None:
    told = {int(code) for code in re.findall(r"^\| (\d) \|", README, re.MULTILINE)}

    assert told == {int(code) for code in Exit} - {Exit.OTHER}


def test_pages_name_only_targets_that_the_makefile_has() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    targets = set(re.findall(r"^([a-z]+):", makefile, re.MULTILINE))

    told = {
        target
        for page in PAGES
        for target in re.findall(r"(?:`|^    )make ([a-z]+)", page.read_text(), re.MULTILINE)
    }

    assert told <= targets
    assert {"demo", "test", "check", "bench"} <= told


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_page_links_lead_somewhere(page: Path) -> None:
    links = re.findall(r"\]\(([^)#:]+)\)", page.read_text(encoding="utf-8"))

    missing = [link for link in links if not (page.parent / link).exists()]

    assert missing == []
