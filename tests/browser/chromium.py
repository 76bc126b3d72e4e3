"""A Chromium to look at pages with: the machine's own, never one that is downloaded.

Where there is none the tests are skipped, aloud; where it is required they fail.
"""

import os
import shutil
from collections.abc import Mapping
from typing import NoReturn

import pytest

REQUIRED = "REQUIRE_CHROMIUM"
"""Set where an absent browser is a failure."""

ABSENT = "CHROMIUM IS ABSENT (apt install chromium)"
NAMES = ("chromium", "chromium-browser", "google-chrome")
MICROPHONE = ("--use-fake-device-for-media-stream", "--use-fake-ui-for-media-stream")
"""A microphone that beeps, and nobody to ask whether it may be heard."""


def installed() -> str | None:
    """Give the path of the browser's program; None without."""
    return next((found for name in NAMES if (found := shutil.which(name))), None)


def arguments() -> list[str]:
    """Give the arguments that it is started with; its sandbox does not run as root."""
    return [*MICROPHONE, *(["--no-sandbox"] if os.geteuid() == 0 else [])]


def absent(environ: Mapping[str, str] = os.environ) -> NoReturn:
    """Skip the test that needs a browser, or fail where it is required."""
    if environ.get(REQUIRED):
        pytest.fail("Chromium is required here and is not installed", pytrace=False)
    pytest.skip(ABSENT)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say in one line how much was not shown for want of a browser."""
    skipped = terminalreporter.stats.get("skipped", [])
    count = sum(ABSENT in str(report.longrepr) for report in skipped)
    if count:
        terminalreporter.write_line(f"{ABSENT}: {count} tests skipped", red=True, bold=True)
