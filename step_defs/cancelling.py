"""Steps about cancelling orders."""

from functools import partial

from bdd import story
from step_defs.checks.cancels import require_agreement
from step_defs.checks.lags import require_cancels_announced
from step_defs.phrases import then, things, when
from step_defs.phrases.new_orders import NewOrders
from step_defs.world.drafts import draft
from step_defs.world.mismatches import ScenarioWrong
from step_defs.world.selection import Selection, Target, Which
from step_defs.world.world import World


@when("the trader cancels {target:Target}")
@story(gives=things.cancels)
def cancel(world: World, target: Target) -> None:
    """Cancels the order, or several orders simultaneously."""
    world.act([partial(world.port.cancel, order_id) for order_id in world.order_ids(target)])


@when("the trader places {orders:NewOrders} and immediately cancels it/each")
@story(gives=things.new_orders("cancel"))
def place_and_cancel_each(world: World, orders: NewOrders) -> None:
    """Sends each cancel as soon as its order is accepted."""
    if orders.reference:
        raise ScenarioWrong(
            "The orders of this step need a reference each",
            expected="`an order`, or `20 orders`",
            got=f"orders with {orders.reference}",
        )
    world.place_and_cancel(*orders.batches(world))


@when("the trader places an order and sends {count:Count} simultaneous cancels")
@story(gives=things.new_orders("cancel"))
def place_and_cancel_many(world: World, count: int) -> None:
    """Sends all cancels at the same moment, as soon as the order is accepted."""
    world.place_and_cancel([draft()], cancels=count)


@when("the trader cancels every order, spread over the next {duration:Duration}")
@story(needs=things.an_order, gives=things.cancels)
def cancel_at_different_moments(world: World, duration: float) -> None:
    """Spreads the cancels evenly over the time, so that some arrive before the execution."""
    order_ids = world.order_ids(Selection(Which.EVERY))
    calls = [partial(world.port.cancel, order_id) for order_id in order_ids]
    world.act(calls, over=world.promise.scaled(duration))


@then("every CANCELLED event arrives together with the response to its cancel")
def is_announced_with_response(world: World) -> None:
    """Within 0.1 seconds, for at least half of the events."""
    require_cancels_announced(world)


@then("for every order the outcome of the cancel, the events and the final status agree")
def all_agree(world: World) -> None:
    """An accepted cancel means CANCELLED for good; one that was too late came after EXECUTED."""
    require_agreement(world)
