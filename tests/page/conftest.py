"""A server and a browser for the tests of the page."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

import httpx
import pytest
from playwright.sync_api import Browser, Page, expect

from tests.app.clients import http_client
from tests.app.processes import Served, serving
from tests.browsers import open_browser


@dataclass
class Visit:
    """A page of the server, and whatever it complained of or asked other hosts for.

    Where `connections_may_fail` it may say so.
    """

    page: Page
    server: Served
    complaints: list[str] = field(default_factory=list)
    connections_may_fail: bool = False

    def place(self, **texts: str) -> None:
        """Fills in the ticket and places the order."""
        wanted = {"quantity": "100.5", "symbol": "EURUSD", "clientOrderId": ""} | texts
        self.page.get_by_role("radio", name="Buy").check()
        for name, text in wanted.items():
            self.page.locator(f"#ticket-{name}").fill(text)
        self.page.get_by_role("button", name="Place order").click()


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with open_browser() as browser:
        yield browser


@pytest.fixture(scope="module")
def server() -> Iterator[Served]:
    with serving(TRADING_DELAY_MIN="0.05", TRADING_DELAY_MAX="0.3") as server:
        yield server


@pytest.fixture
def http(server: Served) -> Iterator[httpx.Client]:
    with http_client(server) as client:
        yield client


@pytest.fixture
def visit(browser: Browser, server: Served) -> Iterator[Visit]:
    with visiting(browser, server) as visit:
        expect(visit.page.locator("#connection")).to_have_attribute("data-state", "live")
        yield visit


@contextmanager
def visiting(
    browser: Browser, server: Served, path: str = "/", *, connections_may_fail: bool = False
) -> Iterator[Visit]:
    """A page as it is opened; no script error, breach of its policy or other host is accepted."""
    context = browser.new_context(viewport={"width": 1400, "height": 900})
    page = context.new_page()
    visit = Visit(page, server, connections_may_fail=connections_may_fail)
    page.on("pageerror", lambda error: visit.complaints.append(str(error)))
    page.on("console", lambda message: note(visit, message.text))
    page.on("request", lambda request: note_host(visit, request.url))
    page.goto(f"{server.url}{path}")
    yield visit
    context.close()
    assert visit.complaints == []


def note(visit: Visit, text: str) -> None:
    # Chromium tells of each answer with an error code, which a rejection is.
    expected = "Failed to load resource" in text
    lost = visit.connections_may_fail and text.startswith("WebSocket connection to")
    if not expected and not lost:
        visit.complaints.append(text)


def note_host(visit: Visit, url: str) -> None:
    if not url.startswith((visit.server.url, "data:")):
        visit.complaints.append(f"asks another host: {url}")
