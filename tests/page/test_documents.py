"""The API's documents at /docs in a browser; what `visiting` finds of other hosts is a failure."""

import httpx
from playwright.sync_api import Browser, expect

from tests.app.processes import Served
from tests.page.conftest import visiting


def test_an_order_is_placed_from_the_documents(browser: Browser, server: Served) -> None:
    with visiting(browser, server, "/docs") as visit:
        visit.page.locator("#operations-orders-placeOrder").click()
        visit.page.get_by_role("button", name="Try it out").click()
        visit.page.get_by_role("button", name="Execute").click()
        answer = visit.page.locator(".live-responses-table .response")
        expect(answer).to_contain_text("201")
        expect(answer).to_contain_text("PENDING")


def test_a_browser_keeps_the_files_of_the_documents(http: httpx.Client) -> None:
    answer = http.get("/docs/swagger-ui-bundle.js")
    assert answer.status_code == 200
    kept = {"If-None-Match": answer.headers["etag"]}
    assert http.get("/docs/swagger-ui-bundle.js", headers=kept).status_code == 304
