"""Why a request about orders may be rejected: one exception per reason."""

from typing import ClassVar

from app.domain.statuses import OrderStatus


class Rejection(Exception):
    """A request was turned down and left no trace; `str()` says why, in a sentence."""

    reason: ClassVar[str]


class CapacityReached(Rejection):
    """The server keeps as many orders as it may."""

    reason = "capacity-reached"

    def __init__(self, max_orders: int) -> None:
        super().__init__(f"The server holds its maximum of {max_orders} orders.")


class StoreUnavailable(Rejection):
    """What keeps the orders cannot be reached; what was asked for may have been done."""

    reason = "store-unavailable"

    def __init__(self) -> None:
        super().__init__("The server cannot reach its store; it keeps trying.")


class UnknownOrder(Rejection):
    """No order has this id."""

    reason = "unknown-order"

    def __init__(self) -> None:
        super().__init__("There is no order with this id.")


class OrderRejection(Rejection):
    """A rejection because of the state of one existing order."""

    sentence: ClassVar[str]

    def __init__(self, order_id: str, status: OrderStatus) -> None:
        super().__init__(self.sentence)
        self.order_id = order_id
        self.status = status


class DuplicateClientOrderId(OrderRejection):
    """An earlier order already carries the client's reference."""

    reason = "duplicate-client-order-id"
    sentence = "Another order already has this client order id."


class TooLateToCancel(OrderRejection):
    """The order has been executed."""

    reason = "too-late-to-cancel"
    sentence = "The order has already been executed."


class AlreadyCancelled(OrderRejection):
    """The order has been cancelled before."""

    reason = "already-cancelled"
    sentence = "The order has already been cancelled."


class CancelPending(OrderRejection):
    """Another request is cancelling the order."""

    reason = "cancel-pending"
    sentence = "Another request is already cancelling the order."
