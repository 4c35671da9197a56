import json
from typing import Any

from driver.contract import HttpAnswer

JSON, PROBLEM_JSON = "application/json", "application/problem+json"

ORDER: dict[str, Any] = {
    "orderId": "0d6a1c5e-7f3b-4c7e-9a55-2d9d3a8c0f11",
    "clientOrderId": "R-1",
    "symbol": "EURUSD",
    "side": "BUY",
    "quantity": "100.5",
    "orderStatus": "PENDING",
    "createdAt": "2026-01-02T03:04:05.678901Z",
    "updatedAt": "2026-01-02T03:04:05.678901Z",
}
EVENT: dict[str, Any] = {
    "type": "orderStatus",
    "sequence": 7,
    "orderId": ORDER["orderId"],
    "clientOrderId": "R-1",
    "orderStatus": "EXECUTED",
    "previousStatus": "PENDING",
    "occurredAt": "2026-01-02T03:04:05.678901Z",
}
HELLO: dict[str, Any] = {"type": "hello", "streamId": "s-1", "sequence": 6}
PROBLEM: dict[str, Any] = {
    "type": "/problems/invalid-order",
    "title": "Invalid order",
    "status": 422,
    "detail": "The quantity must be greater than 0.",
    "errors": [{"pointer": "/quantity", "detail": "must be greater than 0"}],
}


def text(body: dict[str, Any], **changes: Any) -> str:
    return json.dumps({**body, **changes})


def without(body: dict[str, Any], field: str) -> str:
    return json.dumps({name: value for name, value in body.items() if name != field})


def answer(code: int, body: str, media_type: str = JSON, **headers: str) -> HttpAnswer:
    return HttpAnswer("the answer", code, {"Content-Type": media_type, **headers}, body.encode())


def problem(code: int, body: str) -> HttpAnswer:
    return answer(code, body, PROBLEM_JSON)
