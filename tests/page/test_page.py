"""The page in a real browser, against a real server."""

import secrets

import httpx
import pytest
from playwright.sync_api import Browser, expect

from tests.app.clients import place
from tests.app.processes import serving
from tests.browsers import violations
from tests.page.conftest import Visit, visiting

KEY = "a-key-of-the-operators-choice"
MANY = 300
PLACE_A_HUNDRED = """() => Promise.all(Array.from({ length: 100 }, () => fetch("/orders", {
    method: "POST", body: JSON.stringify({ symbol: "USDJPY", side: "SELL", quantity: "7" }) })))"""


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1400, 400])
def test_axe_finds_nothing(visit: Visit, width: int, scheme: str) -> None:
    visit.page.set_viewport_size({"width": width, "height": 900})
    visit.page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
    visit.place(quantity="-1", symbol="EUR")
    expect(visit.page.locator("#answers [data-pointer]")).to_have_count(2)
    visit.page.locator("#ticket-quantity").fill("5")
    visit.page.locator("#ticket-symbol").fill("GBPUSD")
    visit.page.get_by_role("button", name="Place order").click()
    expect(visit.page.locator("#answers .now")).to_be_visible()
    assert violations(visit.page) == []


@pytest.mark.parametrize("width", [400, 760, 1040, 1360])
def test_nothing_is_wider_than_the_screen(visit: Visit, width: int) -> None:
    visit.page.set_viewport_size({"width": width, "height": 900})
    visit.place(clientOrderId=secrets.token_hex(32))
    expect(visit.page.locator("#answers .status").first).to_be_visible()
    assert visit.page.evaluate("document.scrollingElement.scrollWidth") <= width
    row = visit.page.locator("#rows .row").first
    assert row.evaluate("row => row.scrollWidth <= row.clientWidth")


def test_an_order_is_followed_on_ticket_blotter_tape_and_chart(visit: Visit) -> None:
    reference = secrets.token_hex(8)
    visit.place(clientOrderId=reference)
    row = visit.page.locator("#rows .row", has_text=reference)
    expect(row.locator(".status")).to_have_text("EXECUTED")
    expect(row.locator(".quantity")).to_have_text("100.5")
    expect(visit.page.locator("#tape li", has_text=reference)).to_have_count(2)
    expect(visit.page.locator("#chart-figures")).to_contain_text("mean")
    expect(visit.page.locator("#answers li").first).to_contain_text("EXECUTED")


def test_a_rejection_leads_to_the_field(visit: Visit) -> None:
    visit.place(quantity="0")
    quantity = visit.page.locator("#ticket-quantity")
    expect(quantity).to_be_focused()
    expect(quantity).to_have_accessible_description("must be greater than 0")
    link = visit.page.locator("#answers").get_by_role("link", name="What this means")
    expect(link).to_have_attribute("href", "/problems/invalid-order")


def test_the_past_is_there_and_rows_are_made_for_what_is_in_view(
    browser: Browser, visit: Visit, http: httpx.Client
) -> None:
    for _ in range(MANY // 100):
        visit.page.evaluate(PLACE_A_HUNDRED)
    oldest = http.get("/orders", params={"limit": 1}).json()["orders"][0]["orderId"]
    with visiting(browser, visit.server) as other:
        state = other.page.locator("#blotter-state")
        expect(state).to_contain_text(" loaded")
        rows = other.page.locator("#rows .row")
        expect(rows.first).to_be_visible()
        assert rows.count() < 50
        other.page.locator("#rows").evaluate("rows => rows.scrollTop = rows.scrollHeight")
        last = other.page.locator(f'#rows [data-order-id="{oldest}"]')
        expect(last).to_be_visible()
        expect(last.locator(".symbol")).not_to_have_text("…")
        other.page.get_by_role("button", name="Back to the newest").click()
        expect(last).not_to_be_attached()


def test_a_row_stays_where_somebody_points_at_it(visit: Visit, http: httpx.Client) -> None:
    first = place(http, clientOrderId=secrets.token_hex(8))
    row = visit.page.locator(f'#rows [data-order-id="{first["orderId"]}"]')
    row.hover()
    before = row.bounding_box()
    later = place(http, clientOrderId=secrets.token_hex(8))
    expect(visit.page.locator("#tape")).to_contain_text(str(later["clientOrderId"]))
    visit.page.evaluate("() => new Promise(done => requestAnimationFrame(() => done()))")
    after = row.bounding_box()
    assert before is not None
    assert after is not None
    assert abs(after["y"] - before["y"]) < 2


def test_a_filter_by_reference_finds_one_order(visit: Visit, http: httpx.Client) -> None:
    order = place(http, clientOrderId=secrets.token_hex(8), symbol="AUDUSD")
    visit.page.locator("#filter-clientOrderId").fill(str(order["clientOrderId"]))
    visit.page.get_by_role("button", name="Filter").click()
    expect(visit.page.locator("#blotter-state")).to_have_text("1 matching")
    expect(visit.page.locator("#rows .symbol")).to_have_text(["AUDUSD"])
    visit.page.locator("#filter-symbol").fill("eur")
    visit.page.get_by_role("button", name="Filter").click()
    expect(visit.page.locator("#filter-symbol")).to_have_accessible_description(
        "must be six capital letters, such as EURUSD"
    )
    assert violations(visit.page) == []


def test_the_key_is_asked_for_and_then_used_everywhere(browser: Browser) -> None:
    with (
        serving(TRADING_API_KEY=KEY) as server,
        visiting(browser, server, connections_may_fail=True) as visit,
    ):
        expect(visit.page.get_by_label("Key", exact=True)).to_be_focused()
        assert violations(visit.page) == []
        visit.page.get_by_label("Key", exact=True).fill(KEY)
        visit.page.get_by_role("button", name="Connect").click()
        expect(visit.page.locator("#connection")).to_have_attribute("data-state", "live")
        visit.place()
        expect(visit.page.locator("#answers .now")).to_have_text("EXECUTED")
        visit.place(quantity="0")
        visit.page.get_by_role("link", name="What this means").click()
        expect(visit.page.locator("#answers .words")).to_contain_text("breaks a rule")
        assert KEY not in visit.page.content()
