"""The contract that this project publishes."""

from driver.contract.contract import Contract
from driver.contract.disconnections import DisconnectionRule
from driver.contract.terms import (
    Endpoint,
    Endpoints,
    Fields,
    RejectionRule,
    Rejections,
    Terms,
    Words,
)
from driver.vocabulary import Capability, DisconnectReason, OrderStatus, Reason, Side

_POLICY_VIOLATION, _TRY_AGAIN_LATER, _GOING_AWAY = 1008, 1013, 1001  # RFC 6455, 7.4

_DRAFT = {
    "reference": "clientOrderId",
    "symbol": "symbol",
    "side": "side",
    "quantity": "quantity",
}

_ENDPOINTS = Endpoints(
    place=Endpoint("POST", "/orders", 201),
    view=Endpoint("GET", "/orders/{order_id}", 200),
    list=Endpoint("GET", "/orders", 200),
    cancel=Endpoint("DELETE", "/orders/{order_id}", 204),
    health=Endpoint("GET", "/healthz", 200),
    document=Endpoint("GET", "/openapi.json", 200),
    events="/ws",
    unknown="/trades",
)

_FIELDS = Fields(
    draft=_DRAFT,
    filters={
        "status": "status",
        "symbol": "symbol",
        "reference": "clientOrderId",
        "limit": "limit",
        "cursor": "cursor",
    },
    order={
        **_DRAFT,
        "order_id": "orderId",
        "status": "orderStatus",
        "created_at": "createdAt",
        "updated_at": "updatedAt",
    },
    page={"orders": "orders", "next_cursor": "nextCursor"},
    hello={"kind": "type", "stream_id": "streamId", "sequence": "sequence"},
    event={
        "kind": "type",
        "sequence": "sequence",
        "order_id": "orderId",
        "reference": "clientOrderId",
        "status": "orderStatus",
        "previous_status": "previousStatus",
        "occurred_at": "occurredAt",
    },
    problem={"order_id": "orderId", "status": "orderStatus"},
    since="since",
)

_WORDS = Words(
    statuses={
        OrderStatus.PENDING: "PENDING",
        OrderStatus.EXECUTED: "EXECUTED",
        OrderStatus.CANCELLED: "CANCELLED",
    },
    sides={Side.BUY: "BUY", Side.SELL: "SELL"},
    hello="hello",
    event="orderStatus",
)

_REJECTIONS = Rejections(
    prefix="/problems/",
    rules={
        Reason.MALFORMED: RejectionRule("malformed-json", 400),
        Reason.DUPLICATE_REFERENCE: RejectionRule("duplicate-client-order-id", 409),
        Reason.TOO_LARGE: RejectionRule("body-too-large", 413),
        Reason.INVALID_ORDER: RejectionRule("invalid-order", 422),
        Reason.CAPACITY_REACHED: RejectionRule("capacity-reached", 503),
        Reason.INVALID_QUERY: RejectionRule("invalid-query", 422),
        Reason.UNKNOWN_ORDER: RejectionRule("unknown-order", 404),
        Reason.TOO_LATE_TO_CANCEL: RejectionRule("too-late-to-cancel", 409),
        Reason.ALREADY_CANCELLED: RejectionRule("already-cancelled", 409),
        Reason.CANCEL_PENDING: RejectionRule("cancel-pending", 409),
        Reason.UNKNOWN_PATH: RejectionRule("not-found", 404),
        Reason.METHOD_NOT_ALLOWED: RejectionRule("method-not-allowed", 405),
        Reason.UNAUTHORIZED: RejectionRule("unauthorized", 401),
        Reason.FOREIGN_ORIGIN: RejectionRule("foreign-origin", 403),
    },
)

_DISCONNECTIONS = {
    DisconnectReason.NOT_A_NUMBER: DisconnectionRule(
        _POLICY_VIOLATION, ("number", "integer", "numeric", "digit")
    ),
    DisconnectReason.AHEAD: DisconnectionRule(
        _POLICY_VIOLATION, ("ahead", "future", "beyond", "latest")
    ),
    DisconnectReason.TOO_OLD: DisconnectionRule(
        _POLICY_VIOLATION, ("back", "before", "kept", "past", "old")
    ),
    DisconnectReason.INVALID: DisconnectionRule(_POLICY_VIOLATION),
    DisconnectReason.SLOW: DisconnectionRule(
        _TRY_AGAIN_LATER, ("slow consumer, resume with since={last}",)
    ),
    DisconnectReason.SHUTDOWN: DisconnectionRule(_GOING_AWAY),
}

TRADING_TERMS = Terms(
    endpoints=_ENDPOINTS,
    fields=_FIELDS,
    words=_WORDS,
    rejections=_REJECTIONS,
    disconnections=_DISCONNECTIONS,
    capabilities=frozenset(Capability),
    longest_body=64 * 1024,
)
"""The terms of the contract that this project publishes."""

TRADING = Contract.of(TRADING_TERMS)
"""The contract that this project publishes."""
