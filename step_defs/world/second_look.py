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
    """If this subscriber misses an event, says who it is, and what else is known.

    Others may have silenced it; or the order is executed, and only its event is missing.
    """
    try:
        yield
    except EventsWrong as wrong:
        wrong.expected += f", told to {subscribers.called(recorder)}"
        if wrong.rule in (rules.ORDER_EXECUTED, rules.STATUS_SEQUENCE):
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
    elif wrong.rule is rules.ORDER_EXECUTED and is_executed(port, order_id):
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


def rule_of_both(world: "World") -> Rule:
    """Whose promise the scenario's orders break that were both executed and cancelled.

    Of one whose cancel was sent before its EXECUTED event came, nobody can tell what was first. If
    another one was cancelled though that had come, the server cancels executed orders.
    """
    return rule_of_late_cancels(world) or rules.NEVER_BOTH


def rule_of_late_cancels(world: "World") -> Rule | None:
    """The promise that is broken if the server has cancelled an executed order of the scenario."""
    lives = Life.of_each(world.subscribers.control.events)
    own = [(each, lives[each]) for each in world.own_order_ids if each in lives]
    late = any(_is_cancelled_late(world, order_id, life) for order_id, life in own)
    return rules.ONLY_PENDING_CANCELLED if late else None


def _is_cancelled_late(world: "World", order_id: str, life: Life) -> bool:
    """Whether every cancel of the order was sent after its EXECUTED event, and one was accepted."""
    cancels = [each for each in world.cancels if order_id in each.log.request]
    executed = life.first(OrderStatus.EXECUTED)
    if executed is None or not any(each.outcome is None for each in cancels):
        return False
    return min(each.sent for each in cancels) > executed.received
