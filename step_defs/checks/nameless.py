"""Whether a rejected order left a trace, where orders have no references to know them by."""

import time
from dataclasses import asdict
from functools import partial

from driver import Order, OrderStatus
from step_defs.world.answers import Placement
from step_defs.world.mismatches import ContractBroken
from step_defs.world.transcript import fields_in_words
from step_defs.world.world import World

COMPARED = ("symbol", "side", "quantity")


def require_no_likeness(world: World, placement: Placement, seconds: float) -> None:
    """No order that is announced until then, and that nobody here placed, is like the rejected one.

    What was rejected is invalid, so that no order of anybody else is like it.
    """
    control = world.subscribers.control
    until = time.perf_counter() + seconds
    control.wait(lambda: time.perf_counter() > until, seconds)
    own = {each.order.order_id for each in world.placements if not each.rejected}
    strangers = {
        received.event.order_id
        for received in control.events
        if received.received > placement.answer.sent
        and received.event.status is OrderStatus.PENDING
        and received.event.order_id not in own
    }
    calls = [partial(world.port.view, order_id) for order_id in sorted(strangers)]
    for answer in world.ask(calls) if calls else ():
        if isinstance(answer.outcome, Order) and _is_like(answer.outcome, placement):
            raise ContractBroken(
                "An event was sent for a rejected order",
                expected="no order like the rejected one",
                got=fields_in_words(asdict(answer.outcome)),
            )


def _is_like(order: Order, placement: Placement) -> bool:
    wanted = {name: placement.draft.get(name) for name in COMPARED}
    return all(str(getattr(order, name)) == str(value) for name, value in wanted.items())
