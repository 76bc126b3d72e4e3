"""The page's own words: the same in each language, all of them used, and nowhere else."""

import json
import re
from pathlib import Path

import pytest

from sandbox.phones.page import HERE

STATIC = HERE / "static"
MODULES = sorted(STATIC.glob("*.js"))
LANGUAGES = sorted(path.stem for path in (HERE / "words").glob("*.json"))
MADE = (  # keys that are put together: their beginnings
    "service-",
    "step-",
    "row-",
    "call-",
    "switch-",
    "theme-",
)
COMMENT = re.compile(r"//.*?$|/\*.*?\*/", re.MULTILINE | re.DOTALL)
FILLED = re.compile(r"\{\w+\}")


def _words(language: str) -> dict[str, str]:
    path = HERE / "words" / f"{language}.json"
    words: dict[str, str] = json.loads(path.read_text(encoding="utf-8"))
    return words


def _source() -> str:
    files = [*MODULES, STATIC / "index.html"]
    return "\n".join(path.read_text(encoding="utf-8") for path in files)


def test_words_languages_have_the_same_keys_and_places() -> None:
    english = _words("en")

    assert LANGUAGES == ["en", "fr"]
    for language in LANGUAGES:
        words = _words(language)
        assert list(words) == list(english)
        assert words["language"] == language
        for key, text in words.items():
            assert text.strip(), key
            assert set(FILLED.findall(text)) == set(FILLED.findall(english[key])), key


def test_words_asked_for_are_there_and_those_there_are_used() -> None:
    source = _source()
    quoted = set(re.findall(r'"([a-z][\w-]*)"', source))
    asked = set(re.findall(r'say\("([\w-]+)"', source))
    asked |= set(re.findall(r'data-word(?:-\w+)?="([\w-]+)"', source))

    known = set(_words("en"))

    assert asked <= known
    unused = {key for key in known - quoted if not key.startswith(MADE)}
    assert unused == set()


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.stem)
def test_module_is_small_strict_and_writes_no_html(path: Path) -> None:
    source = path.read_text(encoding="utf-8")

    assert source.startswith('"use strict";\n// ')
    assert len(source.splitlines()) <= 300
    for forbidden in ("innerHTML", "outerHTML", "insertAdjacentHTML", "document.write", "eval("):
        assert forbidden not in source


def test_module_nothing_is_fetched_from_elsewhere() -> None:
    files = [path for path in STATIC.iterdir() if path.suffix in {".css", ".html", ".js"}]

    for path in files:
        code = COMMENT.sub("", path.read_text(encoding="utf-8"))
        assert "url(" not in code
        assert "@import" not in code
        assert not re.search(r'(src|href)="(?!/static/|#)', code)
