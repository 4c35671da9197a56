"""Orders and the events of their lives."""

from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal

from app.domain.rejections import AlreadyCancelled, CancelPending, TooLateToCancel
from app.domain.statuses import TRANSITIONS, IllegalTransition, OrderStatus, Side


@dataclass(frozen=True, slots=True)
class NewOrder:
    """A valid order that has no id and no status yet."""

    symbol: str
    side: Side
    quantity: Decimal
    client_order_id: str | None = None


@dataclass(frozen=True, slots=True)
class Order:
    """An order as it stands; a change makes a new value. Times are in UTC."""

    order_id: str
    client_order_id: str | None
    symbol: str
    side: Side
    quantity: Decimal
    status: OrderStatus
    created_at: datetime
    updated_at: datetime
    cancel_pending: bool = False

    @classmethod
    def pending(cls, order_id: str, new: NewOrder, at: datetime) -> "Order":
        """The order at the start of its life."""
        return cls(
            order_id=order_id,
            client_order_id=new.client_order_id,
            symbol=new.symbol,
            side=new.side,
            quantity=new.quantity,
            status=OrderStatus.PENDING,
            created_at=at,
            updated_at=at,
        )

    @property
    def executable(self) -> bool:
        """Whether the order waits for its execution and no cancel has been accepted."""
        return self.status is OrderStatus.PENDING and not self.cancel_pending

    def accept_cancel(self) -> "Order":
        """The same order, still PENDING but bound to be CANCELLED.

        Raises:
            TooLateToCancel, AlreadyCancelled, CancelPending: it cannot be cancelled (again).
        """
        if self.status is OrderStatus.EXECUTED:
            raise TooLateToCancel(self.order_id, self.status)
        if self.status is OrderStatus.CANCELLED:
            raise AlreadyCancelled(self.order_id, self.status)
        if self.cancel_pending:
            raise CancelPending(self.order_id, self.status)
        return replace(self, cancel_pending=True)

    def assign(self, status: OrderStatus, at: datetime) -> "Order":
        """The order with its next status.

        Raises:
            IllegalTransition: the status may not follow the present one.
        """
        bound_to_cancel = self.cancel_pending and status is OrderStatus.EXECUTED
        if bound_to_cancel or status not in TRANSITIONS[self.status]:
            raise IllegalTransition(self.status, status)
        return replace(self, status=status, updated_at=at, cancel_pending=False)


@dataclass(frozen=True, slots=True)
class StatusEvent:
    """A status was assigned to an order."""

    order_id: str
    client_order_id: str | None
    status: OrderStatus
    previous_status: OrderStatus | None
    occurred_at: datetime

    @classmethod
    def of(cls, order: Order, previous: OrderStatus | None) -> "StatusEvent":
        """The event that tells of the order's present status."""
        return cls(order.order_id, order.client_order_id, order.status, previous, order.updated_at)
