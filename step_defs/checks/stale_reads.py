"""Whether an answer shows an order as it was when the answer left."""

from driver import Order, OrderStatus
from step_defs.world.mismatches import ContractBroken
from step_defs.world.subscribers import await_status
from step_defs.world.world import World


def require_fresh(world: World, shown: Order, answered: float) -> None:
    """An order that was announced as EXECUTED well before the answer is not shown as PENDING."""
    recorder, seconds = world.subscribers.control, world.promise.delay_deadline
    executed = await_status(recorder, shown.order_id, OrderStatus.EXECUTED, seconds)
    ahead = answered - executed.received
    if ahead > FRESH * world.promise.delay_max and shown.status is not OrderStatus.EXECUTED:
        raise ContractBroken(
            "An order is shown with an outdated status",
            expected=f"{OrderStatus.EXECUTED}, announced {ahead:.3f} s before the answer",
            got=f"{shown.status} for order {shown.order_id}",
        )


FRESH = 0.15
"""Of the longest delay: how old a status an answer may show, for its way and a busy machine."""
