"""Which promise is broken, where that takes a second look: at the server, or at what was sent."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING

from bdd import Rule
from driver import Draft, DriverError, Life, Order, OrderStatus, Subscription, TradingPort
from step_defs.world import rules
from step_defs.world.drafts import is_number
from step_defs.world.mismatches import ContractBroken, EventsWrong
from step_defs.world.subscribers import Subscribers

if TYPE_CHECKING:
    from step_defs.world.world import World


@contextmanager
def looked_into(
    subscribers: Subscribers, recorder: Subscription, port: TradingPort, order_id: str
) -> Iterator[None]:
    """If this subscriber misses an event, says who it is, and of an execution what else is known.

    Others may have silenced it; or the order is executed, and only its event is missing.
    """
    try:
        yield
    except EventsWrong as wrong:
        wrong.expected += f", told to {subscribers.called(recorder)}"
        if wrong.rule is rules.ORDER_EXECUTED:
            _look_into(wrong, subscribers, recorder, port, order_id)
        raise


def _look_into(
    wrong: EventsWrong,
    subscribers: Subscribers,
    recorder: Subscription,
    port: TradingPort,
    order_id: str,
) -> None:
    if (cause := subscribers.silenced_by(recorder)) is not None:
        wrong.rule = cause.promise
        wrong.got += f"\nand nothing else since {cause.name} has left or misbehaved"
    elif is_executed(port, order_id):
        wrong.rule = rules.STATUS_SEQUENCE
        wrong.got += "\nthough the order is EXECUTED when viewed"


def is_executed(port: TradingPort, order_id: str) -> bool:
    """What the server says of the order now; an answer that cannot be read says nothing."""
    try:
        shown = port.view(order_id).outcome
    except DriverError:
        return False
    return isinstance(shown, Order) and shown.status is OrderStatus.EXECUTED


@contextmanager
def quantities_in(drafts: Sequence[Draft]) -> Iterator[None]:
    """A quantity that is no number must be rejected, however the answer writes it.

    So an answer that shows an order with it breaks the promise of the scenario that has sent it.
    """
    try:
        yield
    except ContractBroken as broken:
        numbers = all(is_number(each.get("quantity")) for each in drafts)
        if broken.rule is rules.PLAIN_QUANTITY and not numbers:
            broken.rule = None
        raise


def rule_of_both(world: "World", order_id: str) -> Rule:
    """Whose promise an order breaks that was both executed and cancelled.

    If each cancel was sent when its EXECUTED event had been received, an executed order was
    cancelled; else nobody can tell which came first.
    """
    sent = [each.sent for each in world.cancels if order_id in each.log.request]
    executed = Life(world.subscribers.control.events_of(order_id)).first(OrderStatus.EXECUTED)
    late = bool(sent) and executed is not None and min(sent) > executed.received
    return rules.ONLY_PENDING_CANCELLED if late else rules.NEVER_BOTH
