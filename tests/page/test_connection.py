"""The page when the server goes away and comes back."""

from urllib.parse import urlsplit

from playwright.sync_api import Browser, expect

from tests.app.processes import serving
from tests.browsers import violations
from tests.page.conftest import visiting


def test_a_server_that_begins_anew_is_told_as_what_it_is(browser: Browser) -> None:
    delays = {"TRADING_DELAY_MIN": "1.5", "TRADING_DELAY_MAX": "1.5"}
    with (
        serving(**delays) as first,
        visiting(browser, first, connections_may_fail=True) as visit,
    ):
        page, port = visit.page, str(urlsplit(first.url).port)
        visit.place()
        expect(page.locator("#answers button.cancel")).to_be_visible()
        first.stop()
        expect(page.locator("#connection")).to_contain_text("Connection lost after event")
        assert violations(page) == []
        with serving("app", "--port", port):
            told = "the server does not know what was before"
            expect(page.locator("#connection")).to_contain_text(told)
            expect(page.locator("#blotter-state")).to_have_text("0 loaded")
            expect(page.locator("#answers button.cancel")).to_have_count(0)
            visit.place(clientOrderId="after-that")
            expect(page.locator("#rows .row", has_text="after-that")).to_be_visible()


def test_a_quiet_server_is_no_lost_connection(browser: Browser) -> None:
    with serving() as server, visiting(browser, server) as visit:
        page = visit.page
        expect(page.locator("#connection")).to_have_text("Live since event 0")
        with page.expect_websocket() as renewed:
            page.evaluate(HALF_A_MINUTE_LATER)
        renewed.value.wait_for_event("framereceived")
        visit.place()
        expect(page.locator("#tape li")).to_have_count(2)
        expect(page.locator("#connection")).to_have_text("Live since event 0")


HALF_A_MINUTE_LATER = """() => {
    const now = Date.now, begun = now();
    Date.now = () => begun + 5 * (now() - begun);
}"""
"""The clock runs five times as fast, so that each tick is still in time."""
