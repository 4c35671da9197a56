import json
from decimal import Decimal
from typing import Any

import pytest

from driver import ContractViolation, Hello, OrderEvent, OrderStatus, Reason, Side, Unquoted, wire
from tests.driver.samples import EVENT, HELLO, ORDER, PROBLEM, text, without


def test_an_order_is_read() -> None:
    order = wire.read_order(text(ORDER), "the answer")
    assert (order.reference, order.side, order.quantity) == ("R-1", Side.BUY, Decimal("100.5"))
    assert order.status is OrderStatus.PENDING
    assert order.created_at.microsecond == 678901


@pytest.mark.parametrize("field", ORDER)
def test_a_missing_field_is_named(field: str) -> None:
    with pytest.raises(ContractViolation, match=f"the answer breaks the contract: {field}"):
        wire.read_order(without(ORDER, field), "the answer")


def test_an_extra_field_is_named() -> None:
    with pytest.raises(ContractViolation, match="colour: Extra inputs are not permitted"):
        wire.read_order(text(ORDER, colour="red"), "the answer")


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
        wire.read_order(text(ORDER, **{field: value}), "the answer")


def test_what_is_not_json_is_a_violation_that_shows_it() -> None:
    with pytest.raises(ContractViolation, match="<html>"):
        wire.read_order("<html>", "the answer")


def test_a_page_is_read() -> None:
    page = wire.read_page(json.dumps({"orders": [ORDER, ORDER], "nextCursor": None}), "the list")
    assert (len(page.orders), page.next_cursor) == (2, None)


def test_frames_are_read() -> None:
    assert wire.read_frame(text(HELLO)) == Hello("s-1", 6)
    event = wire.read_frame(text(EVENT))
    assert isinstance(event, OrderEvent)
    assert (event.sequence, event.previous_status) == (7, OrderStatus.PENDING)


@pytest.mark.parametrize(
    "frame",
    [text(EVENT, type="news"), without(EVENT, "previousStatus"), text(HELLO, more=1), "[]", "x"],
)
def test_another_frame_is_a_violation(frame: str) -> None:
    with pytest.raises(ContractViolation, match="A frame of the event stream"):
        wire.read_frame(frame)


def test_a_rejection_is_read_with_neutral_names() -> None:
    errors = [{"pointer": "/clientOrderId", "detail": "is too long"}]
    rejection = wire.read_rejection(text(PROBLEM, errors=errors), 422, "the answer")
    assert rejection.reason is Reason.INVALID_ORDER
    assert [fault.field for fault in rejection.faults] == ["reference"]
    assert rejection.explanation_path == "/problems/invalid-order"


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
        wire.read_rejection(body, status, "the answer")


def test_a_draft_is_encoded_as_it_is_worded() -> None:
    draft = {"symbol": "EURUSD", "reference": "R", "quantity": Unquoted("1e999"), "colour": None}
    assert wire.encode(draft) == (
        '{"symbol": "EURUSD", "clientOrderId": "R", "quantity": 1e999, "colour": null}'
    )


def test_paths_are_escaped() -> None:
    assert wire.order_path("a/b ü") == "/orders/a%2Fb%20%C3%BC"
    assert wire.listing_path({"reference": "a b", "limit": "2"}) == (
        "/orders?clientOrderId=a+b&limit=2"
    )
    assert wire.listing_path({}) == "/orders"
    assert (wire.events_path(None), wire.events_path("x y")) == ("/ws", "/ws?since=x+y")
