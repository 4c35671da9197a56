"""Rejections: each is a problem with a type of its own."""

import json
from typing import Any

import httpx
import pytest

from app.edges.problems import CATALOGUE
from tests.app.trading_api import EXECUTION, ORDER, TradingApi
from tests.app.virtual_clock import VirtualClock

pytestmark = pytest.mark.anyio


@pytest.fixture
def api(clock: VirtualClock) -> TradingApi:
    return TradingApi(clock)


async def problem_of(api: TradingApi, answer: httpx.Response, slug: str) -> dict[str, Any]:
    """The problem, after a look at its form and at the page of its type."""
    assert answer.headers["content-type"] == "application/problem+json"
    problem: dict[str, Any] = answer.json()
    assert problem["type"] == f"/problems/{slug}"
    assert problem["status"] == answer.status_code
    assert problem["detail"].endswith(".")
    page = await api.ask("GET", problem["type"])
    assert page.headers["content-type"].startswith("text/plain")
    assert problem["title"] in page.text
    return problem


@pytest.mark.parametrize(
    ("method", "path", "status", "slug"),
    [
        ("GET", "/orders/unknown", 404, "unknown-order"),
        ("GET", "/orders/0b1ff1a4-5d2c-4a8e-9c39-6f1f6d1f7d11", 404, "unknown-order"),
        ("DELETE", "/orders/unknown", 404, "unknown-order"),
        ("GET", "/orders/", 404, "unknown-order"),
        ("GET", "/orders/a%2Fb/..%2F%00%ff", 404, "unknown-order"),
        ("GET", "/nowhere", 404, "not-found"),
        ("GET", "/ws", 404, "not-found"),
        ("GET", "/problems/unheard-of", 404, "not-found"),
        ("PATCH", "/orders", 405, "method-not-allowed"),
        ("POST", "/orders/unknown", 405, "method-not-allowed"),
        ("POST", "/healthz", 405, "method-not-allowed"),
    ],
)
async def test_what_is_not_there_is_rejected(
    api: TradingApi, method: str, path: str, status: int, slug: str
) -> None:
    answer = await api.ask(method, path)
    assert answer.status_code == status
    await problem_of(api, answer, slug)


@pytest.mark.parametrize(
    ("path", "allow"), [("/orders", "GET, POST"), ("/orders/x", "DELETE, GET"), ("/healthz", "GET")]
)
async def test_a_wrong_method_is_told_the_right_ones(
    api: TradingApi, path: str, allow: str
) -> None:
    assert (await api.ask("PATCH", path)).headers["allow"] == allow


@pytest.mark.parametrize(
    "body",
    [
        *(b"", b"{", b"nonsense", b'{"quantity": NaN}', b'{"quantity": -Infinity}', b"\xff\xfe"),
        *(b'"\xed\xa0\x80"', b"\xef\xbb\xbf{}", b"[" * 60_000, b"1" + b"e" + b"9" * 30, b"{}{}"),
        b'{"symbol": "EURUSD", "side": "BUY", "quantity": 1, "quantity": 2}',
    ],
)
async def test_a_body_that_is_not_json_is_rejected(api: TradingApi, body: bytes) -> None:
    answer = await api.ask("POST", "/orders", content=body)
    assert answer.status_code == 400
    await problem_of(api, answer, "malformed-json")


@pytest.mark.parametrize(
    ("fields", "pointer", "detail"),
    [
        ({"symbol": "eurusd"}, "/symbol", "must be six capital letters, such as EURUSD"),
        ({"side": "HOLD"}, "/side", "must be BUY or SELL"),
        ({"quantity": 0}, "/quantity", "must be greater than 0"),
        ({"quantity": True}, "/quantity", "must be a plain decimal number, such as 100.5"),
        (
            {"clientOrderId": "a b"},
            "/clientOrderId",
            "must be 1 to 64 of the characters A-Z a-z 0-9 . _ -",
        ),
        ({"a~/b": 1}, "/a~0~1b", "is not known here"),
        ({"client_order_id": "x"}, "/client_order_id", "is not known here"),
        ({"\ud800": 1}, "", "must have names of valid Unicode characters"),
    ],
)
async def test_a_bad_field_is_pointed_at(
    api: TradingApi, fields: dict[str, object], pointer: str, detail: str
) -> None:
    answer = await api.ask("POST", "/orders", content=json.dumps(ORDER | fields))
    assert answer.status_code == 422
    problem = await problem_of(api, answer, "invalid-order")
    assert problem["errors"] == [{"pointer": pointer, "detail": detail}]


@pytest.mark.parametrize("field", ORDER)
async def test_a_missing_field_is_pointed_at(api: TradingApi, field: str) -> None:
    order = {name: value for name, value in ORDER.items() if name != field}
    problem = (await api.ask("POST", "/orders", json=order)).json()
    assert problem["errors"] == [{"pointer": f"/{field}", "detail": "is required"}]


@pytest.mark.parametrize("document", [None, [], [ORDER], "text", 5, True])
async def test_an_order_that_is_no_object_is_rejected(api: TradingApi, document: object) -> None:
    answer = await api.ask("POST", "/orders", content=json.dumps(document))
    problem = await problem_of(api, answer, "invalid-order")
    assert problem["errors"] == [{"pointer": "", "detail": "must be a JSON object"}]


async def test_all_broken_rules_are_told_at_once_but_not_thousands(api: TradingApi) -> None:
    problem = (await api.ask("POST", "/orders", json={"side": 1, "x": 1})).json()
    pointers = {error["pointer"] for error in problem["errors"]}
    assert pointers == {"/symbol", "/side", "/quantity", "/x"}
    many = {f"x{number}": 1 for number in range(3000)}
    assert len((await api.ask("POST", "/orders", json=many)).json()["errors"]) == 20


@pytest.mark.parametrize(
    ("query", "name"),
    [
        *(("status=pending", "status"), ("status=", "status"), ("symbol=eur", "symbol")),
        *((f"limit={text}", "limit") for text in ("0", "501", "1.0", "", "%2B5", "1_0", "9" * 20)),
        *(("cursor=x", "cursor"), ("cursor=", "cursor"), ("cursor=%C3%A4", "cursor")),
        ("cursor=YWZ0ZXI6MQ%3D%3D!", "cursor"),
        *(("clientOrderId=a%20b", "clientOrderId"), ("stauts=PENDING", "stauts")),
        *(("limit=1&limit=1", "limit"), ("status=PENDING&limit=1&status=PENDING", "status")),
    ],
)
async def test_a_bad_query_names_its_parameter(api: TradingApi, query: str, name: str) -> None:
    answer = await api.ask("GET", f"/orders?{query}")
    assert answer.status_code == 422
    problem = await problem_of(api, answer, "invalid-query")
    assert [error["pointer"] for error in problem["errors"]] == [name]


async def test_a_body_of_64_kib_is_read_and_one_byte_more_is_not(api: TradingApi) -> None:
    order = json.dumps(ORDER).encode()
    full = order + b" " * (64 * 1024 - len(order))
    assert (await api.ask("POST", "/orders", content=full)).status_code == 201
    answer = await api.ask("POST", "/orders", content=full + b" ")
    assert answer.status_code == 413
    await problem_of(api, answer, "body-too-large")


async def test_an_endless_body_is_rejected_before_its_end(api: TradingApi) -> None:
    sent = 0

    async def endless() -> Any:
        nonlocal sent
        while True:
            sent += 1024
            yield b" " * 1024

    answer = await api.ask("POST", "/orders", content=endless())
    assert answer.status_code == 413
    assert sent <= 66 * 1024


async def test_a_second_order_with_a_reference_names_the_first(api: TradingApi) -> None:
    first = await api.place(clientOrderId="ref")
    answer = await api.ask("POST", "/orders", json=ORDER | {"clientOrderId": "ref"})
    assert answer.status_code == 409
    problem = await problem_of(api, answer, "duplicate-client-order-id")
    assert problem["orderId"] == first["orderId"]
    assert problem["orderStatus"] == "PENDING"


async def test_cancels_are_rejected_each_for_its_reason(api: TradingApi) -> None:
    order = await api.place()
    path = f"/orders/{order['orderId']}"
    first = await api.send("DELETE", path)
    rejections = [("cancel-pending", "PENDING", await api.ask("DELETE", path))]
    assert (await first).status_code == 204
    rejections.append(("already-cancelled", "CANCELLED", await api.ask("DELETE", path)))

    executed = await api.place()
    await api.clock.advance(EXECUTION)
    late = await api.ask("DELETE", f"/orders/{executed['orderId']}")
    for slug, status, answer in rejections:
        problem = await problem_of(api, answer, slug)
        assert (problem["orderId"], problem["orderStatus"]) == (order["orderId"], status)
    problem = await problem_of(api, late, "too-late-to-cancel")
    assert (problem["orderId"], problem["orderStatus"]) == (executed["orderId"], "EXECUTED")


async def test_the_first_reason_counts_form_then_fields_then_reference_then_capacity(
    clock: VirtualClock,
) -> None:
    api = TradingApi(clock, max_orders=1)
    first = ORDER | {"clientOrderId": "once"}
    await api.ask("POST", "/orders", json=first)
    broken = first | {"quantity": 0}
    bodies = [json.dumps(broken)[:-1], json.dumps(broken), json.dumps(first), json.dumps(ORDER)]
    answers = [await api.ask("POST", "/orders", content=body) for body in bodies]
    assert [answer.json()["type"] for answer in answers] == [
        "/problems/malformed-json",
        "/problems/invalid-order",
        "/problems/duplicate-client-order-id",
        "/problems/capacity-reached",
    ]


async def test_a_full_server_takes_no_more(clock: VirtualClock) -> None:
    api = TradingApi(clock, max_orders=1)
    await api.place()
    answer = await api.ask("POST", "/orders", json=ORDER)
    assert answer.status_code == 503
    await problem_of(api, answer, "capacity-reached")


async def test_a_defect_of_the_server_is_a_problem_too(clock: VirtualClock) -> None:
    api = TradingApi(clock)

    async def defect() -> None:
        raise ZeroDivisionError

    api.app.add_api_route("/defect", defect)
    transport = httpx.ASGITransport(api.app, raise_app_exceptions=False)
    async with httpx.AsyncClient(transport=transport, base_url="http://test") as client:
        answer = await client.get("/defect")
    assert answer.status_code == 500
    problem = await problem_of(api, answer, "internal-error")
    assert "Zero" not in answer.text
    assert problem["title"] == "Internal error"


async def test_rejected_orders_leave_no_trace(api: TradingApi) -> None:
    for body in (b"{", b"{}", json.dumps(ORDER | {"quantity": 0, "clientOrderId": "ref"})):
        await api.ask("POST", "/orders", content=body)
    assert (await api.ask("GET", "/orders")).json()["orders"] == []
    assert (await api.place(clientOrderId="ref"))["clientOrderId"] == "ref"


@pytest.mark.parametrize("slug", CATALOGUE)
async def test_every_problem_type_explains_itself(api: TradingApi, slug: str) -> None:
    page = await api.ask("GET", f"/problems/{slug}")
    assert page.status_code == 200
    assert page.text.strip().endswith(".")
