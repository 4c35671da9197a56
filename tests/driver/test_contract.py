import json
from decimal import Decimal
from typing import Any

import pytest

from driver import (
    TRADING,
    ContractViolation,
    Hello,
    Malformed,
    Order,
    OrderEvent,
    OrderPage,
    OrderStatus,
    Reason,
    Rejection,
    Side,
    Unquoted,
    Unsupported,
)
from tests.driver.samples import (
    EVENT,
    HELLO,
    ORDER,
    PROBLEM,
    answer,
    problem,
    text,
    without,
)


def viewed(body: str) -> Order:
    order = TRADING.answers.viewed(answer(200, body))
    assert isinstance(order, Order)
    return order


def rejected(body: str, code: int) -> Rejection:
    rejection = TRADING.answers.placed(problem(code, body))
    assert isinstance(rejection, Rejection)
    return rejection


def test_an_order_is_read() -> None:
    order = viewed(text(ORDER))
    assert (order.reference, order.side, order.quantity) == ("R-1", Side.BUY, Decimal("100.5"))
    assert order.status is OrderStatus.PENDING
    assert order.created_at.microsecond == 678901


@pytest.mark.parametrize("field", ORDER)
def test_a_missing_field_is_named(field: str) -> None:
    with pytest.raises(ContractViolation, match=f"the answer breaks the contract: {field}"):
        viewed(without(ORDER, field))


def test_a_quantity_that_is_written_in_another_way_is_told_apart() -> None:
    with pytest.raises(ContractViolation) as raised:
        viewed(text(ORDER | {"quantity": "1e2"}))
    assert raised.value.only_quantities
    with pytest.raises(ContractViolation) as raised:
        viewed(text(ORDER | {"quantity": "1e2", "side": "buy"}))
    assert not raised.value.only_quantities


def test_an_extra_field_is_named() -> None:
    with pytest.raises(ContractViolation, match="colour: Extra inputs are not permitted"):
        viewed(text(ORDER, colour="red"))


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("orderId", "1"),
        ("orderId", ORDER["orderId"].upper()),
        ("clientOrderId", ""),
        ("clientOrderId", 7),
        ("symbol", "eurusd"),
        ("side", "buy"),
        ("quantity", 100.5),
        ("quantity", "100.50"),
        ("quantity", "1E+2"),
        ("quantity", "0100"),
        ("orderStatus", "CANCELED"),
        ("createdAt", "2026-01-02T03:04:05Z"),
        ("createdAt", "2026-01-02T03:04:05.678901+00:00"),
        ("updatedAt", 1767323045),
    ],
)
def test_a_wrong_value_is_named(field: str, value: Any) -> None:
    with pytest.raises(ContractViolation, match=field):
        viewed(text(ORDER, **{field: value}))


def test_what_is_not_json_is_a_violation_that_shows_it() -> None:
    with pytest.raises(ContractViolation, match="<html>"):
        viewed("<html>")


def test_a_page_is_read() -> None:
    body = json.dumps({"orders": [ORDER, ORDER], "nextCursor": None})
    page = TRADING.answers.listed(answer(200, body))
    assert isinstance(page, OrderPage)
    assert (len(page.orders), page.next_cursor) == (2, None)


def test_frames_are_read() -> None:
    assert TRADING.frames.read(text(HELLO)) == (Hello("s-1", 6),)
    (event,) = TRADING.frames.read(text(EVENT))
    assert isinstance(event, OrderEvent)
    assert (event.sequence, event.previous_status) == (7, OrderStatus.PENDING)


@pytest.mark.parametrize(
    "frame",
    [text(EVENT, type="news"), without(EVENT, "previousStatus"), text(HELLO, more=1), "[]", "x"],
)
def test_another_frame_is_a_violation(frame: str) -> None:
    with pytest.raises(ContractViolation, match="A frame of the event stream"):
        TRADING.frames.read(frame)


def test_a_rejection_is_read_with_neutral_names() -> None:
    errors = [{"pointer": "/clientOrderId", "detail": "is too long"}]
    rejection = rejected(text(PROBLEM, errors=errors), 422)
    assert rejection.reason is Reason.INVALID_ORDER
    assert [each.field for each in rejection.invalid_fields or ()] == ["reference"]
    assert rejection.explanation == "/problems/invalid-order"


@pytest.mark.parametrize(
    ("body", "status", "finding"),
    [
        (text(PROBLEM, status=400), 422, "the body says 400, the answer 422"),
        (text(PROBLEM, status=400), 400, "/problems/invalid-order goes with 422"),
        (text(PROBLEM, type="/problems/bad-luck"), 422, "no reason of the contract"),
        (text(PROBLEM, type="about:blank"), 422, "type"),
        (without(PROBLEM, "errors"), 422, "errors: must name"),
        (text(PROBLEM, detail=" "), 422, "detail"),
        (
            text(PROBLEM, type="/problems/already-cancelled", status=409),
            409,
            "orderId: must name the order; orderStatus: must tell",
        ),
    ],
)
def test_a_rejection_that_breaks_the_contract_is_told(body: str, status: int, finding: str) -> None:
    with pytest.raises(ContractViolation, match=finding):
        rejected(body, status)


def test_a_draft_is_encoded_as_it_is_worded() -> None:
    draft = {"symbol": "EURUSD", "reference": "R", "quantity": Unquoted("1e999"), "colour": None}
    request = TRADING.requests.place(draft)
    assert (request.method, request.path) == ("POST", "/orders")
    assert request.headers["Content-Type"] == "application/json"
    assert request.body == (
        b'{"symbol": "EURUSD", "clientOrderId": "R", "quantity": 1e999, "colour": null}'
    )


def test_enum_members_are_spelled_by_the_contract_and_text_is_sent_as_it_is() -> None:
    assert TRADING.requests.place({"side": Side.SELL}).body == b'{"side": "SELL"}'
    assert TRADING.requests.place({"side": "sell"}).body == b'{"side": "sell"}'
    path = TRADING.requests.list({"status": OrderStatus.PENDING}).path
    assert path == "/orders?status=PENDING"


def test_paths_are_escaped() -> None:
    requests = TRADING.requests
    assert requests.view("a/b ü").path == "/orders/a%2Fb%20%C3%BC"
    assert requests.list({"reference": "a b", "limit": "2"}).path == (
        "/orders?clientOrderId=a+b&limit=2"
    )
    assert requests.list({}).path == "/orders"
    assert requests.list({"symbol": ("A", "B"), "limit": 1}).path == (
        "/orders?symbol=A&symbol=B&limit=1"
    )
    assert requests.subscribe().path == "/ws"
    assert requests.subscribe("x y").path == "/ws?since=x+y"


def test_a_malformed_body_is_what_its_name_says() -> None:
    valid = {"symbol": "EURUSD"}
    bodies = {kind: TRADING.requests.place_malformed(kind, valid).body or b"" for kind in Malformed}
    for kind in (Malformed.TRUNCATED, Malformed.EMPTY, Malformed.PLAIN_TEXT):
        with pytest.raises(json.JSONDecodeError):
            json.loads(bodies[kind])
    assert bodies[Malformed.BRACKETS] == b"[" * 1000
    with pytest.raises(UnicodeDecodeError):
        bodies[Malformed.INVALID_CHARACTERS].decode()
    for kind in (Malformed.LIST, Malformed.NUMBER, Malformed.NULL):
        assert not isinstance(json.loads(bodies[kind]), dict)
    assert json.loads(bodies[Malformed.LONGEST]) == valid
    assert len(bodies[Malformed.TOO_LONG]) == len(bodies[Malformed.LONGEST]) + 1 == 65537


def test_what_is_not_supported_is_asked_for() -> None:
    requests = [str(TRADING.requests.unsupported(what)) for what in Unsupported]
    assert requests == ["GET /trades", "GET /problems/of-none", "PUT /orders", "DELETE /orders"]
