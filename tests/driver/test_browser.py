"""What is said when the page cannot be driven."""

import sys

import pytest

from driver.page import Browser, NoBrowser


def test_a_driver_that_does_not_start_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("playwright", reason="Playwright is not installed")
    monkeypatch.setenv("PLAYWRIGHT_NODEJS_PATH", sys.executable)  # no Node.js
    with pytest.raises(NoBrowser, match=r"does not start .* python -m playwright --version"):
        Browser.launch()
