"""The browser of this machine, for tests that look at what people see."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Error, Page, Playwright, expect, sync_playwright

PROGRAMS = ("chromium", "chromium-browser", "google-chrome", "chrome")
AXE = Path(__file__).parents[1] / "node_modules" / "axe-core" / "axe.min.js"
ARGUMENTS = ["--disable-gpu", "--disable-quic", "--disable-background-networking"]

expect.set_options(timeout=30_000)


@contextmanager
def open_browser() -> Iterator[Browser]:
    """A Chromium or Chrome without a window. Skips the test where there is none."""
    with sync_playwright() as playwright:
        browser = _launch(playwright)
        yield browser
        browser.close()


def violations(page: Page) -> list[str]:
    """What axe finds wrong for people with disabilities, by WCAG and good practice."""
    if not AXE.exists():
        pytest.skip("axe-core is not installed: npm ci")
    page.evaluate(AXE.read_text(encoding="utf-8"))
    found: list[str] = page.evaluate(
        "async () => (await axe.run()).violations.flatMap("
        "each => each.nodes.map(node => `${each.id}: ${node.html}`))"
    )
    return found


def _launch(playwright: Playwright) -> Browser:
    program = next(filter(None, map(shutil.which, PROGRAMS)), None)
    if program is not None:
        return playwright.chromium.launch(executable_path=program, args=ARGUMENTS)
    try:
        return playwright.chromium.launch(channel="chrome", args=ARGUMENTS)
    except Error:
        pytest.skip("there is no Chromium or Chrome on this machine")
