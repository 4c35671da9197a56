"""The order calls over HTTP: what they answer and when."""

import json
from typing import Any

import httpx
import pytest
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from tests.app.trading_api import ANSWER, EXECUTION, ORDER, TradingApi
from tests.app.virtual_clock import VirtualClock, settle

pytestmark = pytest.mark.anyio


@pytest.fixture
def api(clock: VirtualClock) -> TradingApi:
    return TradingApi(clock)


def ids(answer: httpx.Response) -> list[str]:
    return [order["orderId"] for order in answer.json()["orders"]]


async def walk(api: TradingApi, query: str, cursor: str | None) -> list[str]:
    met = []
    while cursor:
        page = await api.ask("GET", f"/orders?{query}&cursor={cursor}")
        met += ids(page)
        cursor = page.json()["nextCursor"]
    return met


async def test_a_placed_order_is_echoed_and_pending(api: TradingApi) -> None:
    answer = await api.ask("POST", "/orders", json=ORDER | {"clientOrderId": "ref"})
    assert answer.status_code == 201
    order = answer.json()
    assert answer.headers["location"] == f"/orders/{order.pop('orderId')}"
    assert order == ORDER | {
        "clientOrderId": "ref",
        "orderStatus": "PENDING",
        "createdAt": "2026-01-02T03:04:05.500000Z",
        "updatedAt": "2026-01-02T03:04:05.500000Z",
    }


@pytest.mark.parametrize(
    ("sent", "shown"),
    [
        ("100", "100"),
        ("100.50", "100.5"),
        ('"100.50"', "100.5"),
        ("1e2", "100"),
        ("999999999.12345678", "999999999.12345678"),
        ("1000000000", "1000000000"),
        ("0.00000001", "0.00000001"),
    ],
)
async def test_a_quantity_is_kept_exactly(api: TradingApi, sent: str, shown: str) -> None:
    body = json.dumps(ORDER).replace('"100.5"', sent)
    answer = await api.ask("POST", "/orders", content=body)
    assert answer.json()["quantity"] == shown


@pytest.mark.parametrize("content_type", [None, "text/plain", "application/x-www-form-urlencoded"])
async def test_the_content_type_does_not_matter(api: TradingApi, content_type: str | None) -> None:
    headers = {"content-type": content_type} if content_type else {}
    answer = await api.ask("POST", "/orders", content=json.dumps(ORDER), headers=headers)
    assert answer.status_code == 201


async def test_a_null_reference_is_no_reference(api: TradingApi) -> None:
    assert (await api.place(clientOrderId=None))["clientOrderId"] is None
    assert (await api.place(clientOrderId=None))["clientOrderId"] is None


async def test_an_order_is_executed_after_its_own_delay(api: TradingApi) -> None:
    order = await api.place()
    await api.clock.advance(EXECUTION - ANSWER - 0.001)
    path = f"/orders/{order['orderId']}"
    assert (await api.ask("GET", path)).json() == order
    shown = (await api.ask("GET", path)).json()
    assert shown == order | {
        "orderStatus": "EXECUTED",
        "updatedAt": "2026-01-02T03:04:15.500000Z",
    }


def whose_clients_are_gone(app: ASGIApp) -> ASGIApp:
    async def send_nothing(_message: Message) -> None:
        raise OSError

    async def call(scope: Scope, receive: Receive, send: Send) -> None:
        await app(scope, receive, send_nothing if scope["method"] == "POST" else send)

    return call


async def test_an_order_is_executed_even_if_its_answer_cannot_be_sent(clock: VirtualClock) -> None:
    api = TradingApi(clock, whose_clients_are_gone)
    placing = await api.send("POST", "/orders", json=ORDER)
    await clock.advance(ANSWER)
    assert placing.exception() is not None
    await clock.advance(EXECUTION)
    orders = (await api.ask("GET", "/orders")).json()["orders"]
    assert [order["orderStatus"] for order in orders] == ["EXECUTED"]


async def test_when_the_server_stops_waiting_requests_are_answered_and_nothing_is_executed(
    api: TradingApi,
) -> None:
    async with api.app.router.lifespan_context(api.app):
        order = await api.place()
        placing = await api.send("POST", "/orders", json=ORDER)
        viewing = await api.send("GET", f"/orders/{order['orderId']}")
    await settle()
    assert placing.result().json()["orderStatus"] == "PENDING"
    assert viewing.result().json()["orderStatus"] == "PENDING"
    orders = (await api.ask("GET", "/orders")).json()["orders"]
    assert [order["orderStatus"] for order in orders] == ["PENDING", "PENDING"]


async def test_a_cancelled_order_stays_readable(api: TradingApi) -> None:
    order = await api.place()
    cancelled = await api.ask("DELETE", f"/orders/{order['orderId']}")
    assert (cancelled.status_code, cancelled.content) == (204, b"")
    shown = (await api.ask("GET", f"/orders/{order['orderId']}")).json()
    assert shown["orderStatus"] == "CANCELLED"
    assert shown["updatedAt"] > shown["createdAt"] == order["createdAt"]


async def test_orders_are_listed_oldest_first(api: TradingApi) -> None:
    placed = [(await api.place())["orderId"] for _ in range(3)]
    page = await api.ask("GET", "/orders")
    assert page.json()["nextCursor"] is None
    assert ids(page) == placed


async def test_a_walk_meets_each_order_once_while_new_ones_arrive(api: TradingApi) -> None:
    placed = [(await api.place())["orderId"] for _ in range(5)]
    first = await api.ask("GET", "/orders?limit=2")
    await api.place()
    rest = await walk(api, "limit=2", first.json()["nextCursor"])
    assert (ids(first) + rest)[:5] == placed


async def test_filters_combine(api: TradingApi) -> None:
    euro = await api.place(clientOrderId="euro")
    pound = await api.place(symbol="GBPUSD")
    await api.ask("DELETE", f"/orders/{euro['orderId']}")

    async def found(query: str) -> list[str]:
        return ids(await api.ask("GET", f"/orders?{query}"))

    assert await found("status=CANCELLED") == [euro["orderId"]]
    assert await found("status=PENDING") == [pound["orderId"]]
    assert await found("symbol=GBPUSD") == [pound["orderId"]]
    assert await found("symbol=GBPUSD&status=CANCELLED") == []
    assert await found("clientOrderId=euro") == [euro["orderId"]]
    assert await found("clientOrderId=euro&status=PENDING") == []
    assert await found("clientOrderId=other") == []


async def test_a_cursor_is_a_place_among_all_orders_whatever_the_filter(api: TradingApi) -> None:
    orders = [await api.place(symbol=symbol) for symbol in ("EURUSD", "GBPUSD", "EURUSD", "GBPUSD")]
    page = (await api.ask("GET", "/orders?symbol=EURUSD&limit=1")).json()
    others = await api.ask("GET", f"/orders?symbol=GBPUSD&cursor={page['nextCursor']}")
    shown = [order["orderId"] for order in others.json()["orders"]]
    assert shown == [orders[1]["orderId"], orders[3]["orderId"]]


async def test_one_page_holds_100_orders_unless_asked_otherwise(api: TradingApi) -> None:
    for answer in [await api.send("POST", "/orders", json=ORDER) for _ in range(101)]:
        await api.clock.advance(ANSWER)
        await answer
    assert len(ids(await api.ask("GET", "/orders"))) == 100
    assert len(ids(await api.ask("GET", "/orders?limit=500"))) == 101


@pytest.mark.parametrize(
    ("method", "path", "content"),
    [
        ("POST", "/orders", {"json": ORDER}),
        ("POST", "/orders", {"content": b"{"}),
        ("POST", "/orders", {"content": b" " * 70_000}),
        ("POST", "/orders", {"json": {}}),
        ("GET", "/orders", {}),
        ("GET", "/orders?limit=0", {}),
        ("GET", "/orders/unknown", {}),
        ("DELETE", "/orders/unknown", {}),
        ("PATCH", "/orders", {}),
        ("PUT", "/orders/unknown", {}),
    ],
)
async def test_every_answer_under_orders_takes_its_delay(
    api: TradingApi, method: str, path: str, content: dict[str, Any]
) -> None:
    answer = await api.send(method, path, **content)
    await api.clock.advance(ANSWER - 0.001)
    assert not answer.done()
    await api.clock.advance(0.001)
    assert answer.done()


@pytest.mark.parametrize("path", ["/healthz", "/problems/unknown-order", "/nowhere", "/ordersx"])
async def test_other_answers_are_not_delayed(api: TradingApi, path: str) -> None:
    answer = await api.send("GET", path)
    assert answer.done()


async def test_requests_wait_side_by_side(api: TradingApi) -> None:
    answers = [await api.send("POST", "/orders", json=ORDER) for _ in range(20)]
    await api.clock.advance(ANSWER)
    assert all(answer.done() for answer in answers)


async def test_the_server_is_healthy(api: TradingApi) -> None:
    answer = await api.ask("GET", "/healthz")
    assert (answer.status_code, answer.json()) == (200, {"status": "ok"})
