"""How orders and events are written in the engine."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from decimal import Decimal

from app.domain import Order, OrderStatus, Side, StatusEvent

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_CANCELLING = "CANCELLING"


def state_of(order: Order) -> str:
    """What the engine compares before it changes an order; no order is in one state twice."""
    return _CANCELLING if order.cancel_pending else order.status


def moment(microseconds: str) -> datetime:
    """A time as the engine writes it."""
    return _EPOCH + timedelta(microseconds=int(microseconds))


def read_order(fields: Sequence[str]) -> tuple[int, Order]:
    """An order and its position, from the fields that the scripts return."""
    position, order_id, reference, symbol, side, quantity, state, created, updated = fields
    cancelling = state == _CANCELLING
    order = Order(
        order_id=order_id,
        client_order_id=reference or None,
        symbol=symbol,
        side=Side(side),
        quantity=Decimal(quantity),
        status=OrderStatus.PENDING if cancelling else OrderStatus(state),
        created_at=moment(created),
        updated_at=moment(updated),
        cancel_pending=cancelling,
    )
    return int(position), order


def read_event(fields: Mapping[str, str]) -> StatusEvent:
    """An event of the stream."""
    previous = fields["previous"]
    return StatusEvent(
        order_id=fields["id"],
        client_order_id=fields["reference"] or None,
        status=OrderStatus(fields["status"]),
        previous_status=OrderStatus(previous) if previous else None,
        occurred_at=moment(fields["at"]),
    )
