from datetime import UTC, datetime, timedelta
from decimal import Decimal

from driver import Action, Answer, LoggedRequest, Order, OrderEvent, OrderStatus, Side
from step_defs.world.answers import AnyAnswer, Placement
from step_defs.world.drafts import draft

NOON = datetime(2026, 1, 2, 12, tzinfo=UTC)
PENDING, EXECUTED, CANCELLED = OrderStatus


def event(
    sequence: int, order_id: str, status: OrderStatus, *, second: float = 0, reference: str = "R"
) -> OrderEvent:
    previous = None if status is PENDING else PENDING
    occurred_at = NOON + timedelta(seconds=second)
    return OrderEvent(sequence, order_id, reference, status, previous, occurred_at)


def order(order_id: str, *, second: float = 0, status: OrderStatus = PENDING) -> Order:
    created_at = NOON + timedelta(seconds=second)
    return Order(order_id, "R", "EURUSD", Side.BUY, Decimal(100), status, created_at, created_at)


def answer(outcome: object, sent: float = 0, received: float = 1) -> AnyAnswer:
    log = LoggedRequest("POST /", None, "200", "", sent, received)
    return Answer(outcome, Action.PLACE, log)


def placed(order_id: str, second: float) -> Placement:
    return Placement(draft(), answer(order(order_id, second=second)))
