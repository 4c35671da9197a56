"""Whether a server has orders that it should not have."""

from functools import partial

from driver import Rejection
from step_defs.checks.orders import require_listed
from step_defs.world.mismatches import ContractBroken
from step_defs.world.paging import pages_of
from step_defs.world.world import World

MOST = 100
"""Orders that are viewed at the same time: on a server that others use there may be thousands."""


def require_announced_known(world: World) -> None:
    """Each order that the control subscriber heard of can be viewed, up to the first hundred."""
    events = world.subscribers.control.events
    announced = list(dict.fromkeys(each.event.order_id for each in events))[:MOST]
    views = world.ask([partial(world.port.view, order_id) for order_id in announced])
    unknown = [
        f"order {order_id}: {view.outcome.reason}"
        for order_id, view in zip(announced, views, strict=True)
        if isinstance(view.outcome, Rejection)
    ]
    if unknown:
        raise ContractBroken(
            "An order was announced that cannot be viewed",
            expected=f"each of {len(announced)} announced orders",
            got="\n".join(unknown),
        )


def require_nothing_else(world: World, seconds: float) -> None:
    """For so many seconds only accepted orders are announced, and then nothing else is listed."""
    control = world.subscribers.control
    placed = [each for each in world.placements if not each.rejected]
    known = {each.order.order_id for each in placed}

    def others() -> list[str]:
        heard = (each.event.order_id for each in control.events)
        return list(dict.fromkeys(order_id for order_id in heard if order_id not in known))

    if control.wait(lambda: bool(others()), seconds):
        raise ContractBroken(
            "An order was announced that was not accepted",
            expected=f"events for {len(known)} accepted orders only",
            got="\n".join(f"order {order_id}" for order_id in others()),
        )
    require_listed(world.shown_in(pages_of(world, {})), placed)
