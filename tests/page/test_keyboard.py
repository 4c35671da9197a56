"""The page with the keyboard alone: whoever presses a button keeps their place."""

import secrets
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Locator, expect

from tests.app.clients import http_client, place
from tests.app.processes import Served, serving
from tests.page.conftest import Visit, visiting


@pytest.fixture(scope="module")
def slow_server() -> Iterator[Served]:
    with serving(TRADING_DELAY_MIN="6", TRADING_DELAY_MAX="6") as server:
        yield server


@pytest.fixture
def slow_visit(browser: Browser, slow_server: Served) -> Iterator[Visit]:
    with visiting(browser, slow_server) as visit:
        expect(visit.page.locator("#connection")).to_have_attribute("data-state", "live")
        yield visit


def press(button: Locator) -> None:
    """A press of a key; the button stays where it is, and does nothing more, until the answer."""
    button.focus()
    button.press("Enter")
    expect(button).to_have_attribute("aria-disabled", "true")
    expect(button).to_be_focused()
    button.press("Enter")


def test_a_cancel_in_the_answers_leads_to_the_answers(slow_visit: Visit) -> None:
    slow_visit.place()
    press(slow_visit.page.locator("#answers button.cancel"))
    expect(slow_visit.page.locator("#answers .cancel-answer")).to_have_text("Cancel accepted")
    expect(slow_visit.page.locator("#answers")).to_be_focused()


def test_a_cancel_in_the_list_leads_to_the_list(slow_visit: Visit, slow_server: Served) -> None:
    reference = secrets.token_hex(8)
    with http_client(slow_server) as http:
        place(http, clientOrderId=reference)
    row = slow_visit.page.locator("#rows .row", has_text=reference)
    press(row.get_by_role("button", name="Cancel"))
    expect(slow_visit.page.locator("#blotter-answer")).to_contain_text("accepted")
    expect(slow_visit.page.locator("#rows")).to_be_focused()
    expect(row.locator(".status")).to_have_text("CANCELLED")


def test_an_execution_takes_the_button_and_leaves_the_place(slow_visit: Visit) -> None:
    slow_visit.place()
    slow_visit.page.locator("#answers button.cancel").focus()
    expect(slow_visit.page.locator("#answers .now")).to_have_text("EXECUTED")
    expect(slow_visit.page.locator("#answers")).to_be_focused()
