"""Whether an answer shows an order as it was when the answer left."""

from driver import OrderStatus
from step_defs.world.mismatches import ContractBroken
from step_defs.world.world import AnyAnswer, Placement, World, accepted


def require_fresh(world: World, placement: Placement, answer: AnyAnswer) -> None:
    """An order that was announced as EXECUTED well before the answer is not shown as PENDING."""
    executed = world.await_status(placement, OrderStatus.EXECUTED)
    ahead = answer.exchange.received - executed.received
    shown = accepted(answer).status
    if ahead > FRESH * world.promise.delay_max and shown is not OrderStatus.EXECUTED:
        raise ContractBroken(
            f"Order {placement.order.order_id} is shown with a status of long ago",
            expected=f"{OrderStatus.EXECUTED}, announced {ahead:.3f} s before the answer",
            got=shown,
        )


FRESH = 0.15
"""Of the longest delay: how old a status an answer may show, for its way and a busy machine."""
