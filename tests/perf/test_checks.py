import json
from datetime import UTC, datetime
from typing import Any

import pytest

from driver import Order, OrderEvent, OrderStatus
from perf.checks import RawAnswer, event_findings, read_answer, repeated

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
) -> RawAnswer:
    return RawAnswer(status, content_type, location, json.dumps({**BODY, **changes}).encode())


def placed() -> Order:
    order, findings = read_answer(DRAFT, answer())
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
        (answer(content_type="text/html"), "The answer's content type is text/html instead of"),
        (answer(location=None), "The answer's Location is not that of the order"),
        (answer(location="/orders/1"), "The answer's Location is not that of the order"),
        (answer(orderStatus="CANCELLED"), "The answer says CANCELLED instead of PENDING"),
        (answer(clientOrderId=None), "The answer echoes another reference"),
        (answer(quantity="70"), "The answer echoes another quantity"),
    ],
)
def test_an_accepted_order_with_one_fault(wrong: RawAnswer, finding: str) -> None:
    order, findings = read_answer(DRAFT, wrong)
    assert order is not None
    assert len(findings) == 1
    assert findings[0].startswith(finding)


@pytest.mark.parametrize("status", [200, 202, 301, 404, 500])
def test_another_status_is_no_order(status: int) -> None:
    assert read_answer(DRAFT, answer(status=status)) == (
        None,
        (f"Answered with {status} instead of 201",),
    )


def test_a_rejection_is_named_by_its_reason() -> None:
    problem = {
        "type": "/problems/capacity-reached",
        "title": "Full",
        "status": 503,
        "detail": "No room for another order.",
    }
    rejection = RawAnswer(503, "application/problem+json", None, json.dumps(problem).encode())
    assert read_answer(DRAFT, rejection) == (None, ("Rejected (503) because of capacity reached",))


def test_a_body_that_breaks_the_contract_is_no_order() -> None:
    order, findings = read_answer(DRAFT, answer(quantity=7))
    assert order is None
    assert findings[0].startswith("The answer's quantity")


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
