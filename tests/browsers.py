"""The browser of this machine, for tests that look at what people see."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from playwright.sync_api import Browser, Error, Playwright, expect, sync_playwright

PROGRAMS = ("chromium", "chromium-browser", "google-chrome", "chrome")
ARGUMENTS = ["--disable-gpu", "--disable-quic", "--disable-background-networking"]

expect.set_options(timeout=30_000)


@contextmanager
def open_browser() -> Iterator[Browser]:
    """A Chromium or Chrome without a window. Skips the test where there is none."""
    with sync_playwright() as playwright:
        browser = _launch(playwright)
        yield browser
        browser.close()


def _launch(playwright: Playwright) -> Browser:
    program = next(filter(None, map(shutil.which, PROGRAMS)), None)
    if program is not None:
        return playwright.chromium.launch(executable_path=program, args=ARGUMENTS)
    try:
        return playwright.chromium.launch(channel="chrome", args=ARGUMENTS)
    except Error:
        pytest.skip("there is no Chromium or Chrome on this machine")
