"""What an order is and may become. Pure: no web, no clock, no state."""

from app.domain.orders import NewOrder, Order, StatusEvent
from app.domain.rejections import (
    AlreadyCancelled,
    CancelPending,
    CapacityReached,
    DuplicateClientOrderId,
    OrderRejection,
    Rejection,
    StoreUnavailable,
    TooLateToCancel,
    UnknownOrder,
)
from app.domain.statuses import TRANSITIONS, IllegalTransition, OrderStatus, Side

__all__ = [
    "TRANSITIONS",
    "AlreadyCancelled",
    "CancelPending",
    "CapacityReached",
    "DuplicateClientOrderId",
    "IllegalTransition",
    "NewOrder",
    "Order",
    "OrderRejection",
    "OrderStatus",
    "Rejection",
    "Side",
    "StatusEvent",
    "StoreUnavailable",
    "TooLateToCancel",
    "UnknownOrder",
]
