"""Where there is no browser: skipped aloud, or a failure where one is required."""

import pytest

from tests.browser.chromium import REQUIRED, absent


def test_absent_browser_is_skipped_aloud() -> None:
    with pytest.raises(pytest.skip.Exception, match="CHROMIUM IS ABSENT"):
        absent({})


def test_absent_browser_is_a_failure_where_it_is_required() -> None:
    with pytest.raises(pytest.fail.Exception, match="required here"):
        absent({REQUIRED: "1"})
