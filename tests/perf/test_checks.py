import json
from datetime import UTC, datetime
from typing import Any

import pytest

from driver import TRADING, Order, OrderEvent, OrderStatus
from driver.contract import HttpAnswer
from perf.checks import event_findings, read_answer, repeated

DRAFT = {"reference": "order-1", "symbol": "EURUSD", "side": "BUY", "quantity": "7"}
ORDER_ID = "0b4fe5a2-6f1c-4d3b-9a55-6d7d6b0a7d11"
NOW = "2026-01-02T03:04:05.000006Z"
BODY = {
    "orderId": ORDER_ID,
    "clientOrderId": "order-1",
    "symbol": "EURUSD",
    "side": "BUY",
    "quantity": "7",
    "orderStatus": "PENDING",
    "createdAt": NOW,
    "updatedAt": NOW,
}
PENDING, EXECUTED, CANCELLED = OrderStatus.PENDING, OrderStatus.EXECUTED, OrderStatus.CANCELLED


def answer(
    status: int = 201,
    content_type: str = "application/json",
    location: str | None = f"/orders/{ORDER_ID}",
    **changes: Any,
) -> HttpAnswer:
    headers = {"Content-Type": content_type, **({"Location": location} if location else {})}
    return HttpAnswer("The answer", status, headers, json.dumps({**BODY, **changes}).encode())


def placed() -> Order:
    order, findings = read_answer(TRADING, DRAFT, answer())
    assert order is not None
    assert findings == ()
    return order


def events(*statuses: OrderStatus, reference: str | None = "order-1") -> list[OrderEvent]:
    occurred = datetime(2026, 1, 2, tzinfo=UTC)
    return [
        OrderEvent(number, ORDER_ID, reference, status, None, occurred)
        for number, status in enumerate(statuses, 1)
    ]


def test_an_answer_as_promised_gives_the_order() -> None:
    assert placed().order_id == ORDER_ID


@pytest.mark.parametrize(
    ("wrong", "finding"),
    [
        (answer(orderStatus="CANCELLED"), "The answer says CANCELLED instead of PENDING"),
        (answer(clientOrderId=None), "The answer echoes another reference"),
        (answer(quantity="70"), "The answer echoes another quantity"),
    ],
)
def test_an_accepted_order_that_is_wrong(wrong: HttpAnswer, finding: str) -> None:
    order, findings = read_answer(TRADING, DRAFT, wrong)
    assert order is not None
    assert findings == (finding,)


@pytest.mark.parametrize(
    ("wrong", "finding"),
    [
        (answer(content_type="text/html"), "status 201; content type: text/html instead of"),
        (answer(location=None), "Location: None instead of"),
        (answer(location="/orders/1"), "Location: /orders/1 instead of"),
        (answer(status=200), "status: 200 where 201 is promised"),
        (answer(status=301), "status: 301 where 201 is promised"),
        (answer(status=500), "status 500; content type: application/json instead of"),
    ],
)
def test_an_answer_that_breaks_the_contract_is_no_order(wrong: HttpAnswer, finding: str) -> None:
    order, findings = read_answer(TRADING, DRAFT, wrong)
    assert order is None
    assert findings[0].startswith(f"The answer breaks the contract: {finding}")


def test_a_rejection_is_named_by_its_reason() -> None:
    problem = {
        "type": "/problems/capacity-reached",
        "title": "Full",
        "status": 503,
        "detail": "The server is full.",
    }
    headers = {"Content-Type": "application/problem+json"}
    rejection = HttpAnswer("The answer", 503, headers, json.dumps(problem).encode())
    found = read_answer(TRADING, DRAFT, rejection)
    assert found == (None, ("Rejected (503) because of capacity reached",))


def test_a_body_that_breaks_the_contract_is_no_order() -> None:
    order, findings = read_answer(TRADING, DRAFT, answer(quantity=7))
    assert order is None
    assert findings[0].startswith("The answer breaks the contract: quantity")


def test_events_as_promised() -> None:
    assert event_findings(placed(), events(PENDING, EXECUTED)) == ()


@pytest.mark.parametrize(
    ("statuses", "findings"),
    [
        ((), ("No PENDING event arrived", "No EXECUTED event arrived")),
        ((PENDING,), ("No EXECUTED event arrived",)),
        ((EXECUTED,), ("No PENDING event arrived",)),
        ((EXECUTED, PENDING), ("EXECUTED was announced before PENDING",)),
        ((PENDING, PENDING, EXECUTED), ("The PENDING event arrived more than once",)),
        ((PENDING, EXECUTED, EXECUTED), ("The EXECUTED event arrived more than once",)),
        (
            (PENDING, EXECUTED, CANCELLED),
            ("A CANCELLED event arrived, though nobody cancels",),
        ),
    ],
)
def test_events_otherwise(statuses: tuple[OrderStatus, ...], findings: tuple[str, ...]) -> None:
    assert event_findings(placed(), events(*statuses)) == findings


def test_events_with_another_reference() -> None:
    found = event_findings(placed(), events(PENDING, EXECUTED, reference=None))
    assert found == ("An event tells another reference than the answer",)


def test_repeated_ids() -> None:
    assert repeated(["a", "b", "a", "c", "c", "c"]) == {"a", "c"}
