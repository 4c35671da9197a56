"""Steps about viewing orders."""

from functools import partial

from bdd import story
from driver import OrderStatus
from step_defs.checks.orders import Content, require_event_times, require_status
from step_defs.checks.phantoms import require_announced_known
from step_defs.checks.stale_reads import require_fresh
from step_defs.phrases import then, things, when
from step_defs.world.answers import orders_in
from step_defs.world.selection import Selection, Target
from step_defs.world.world import World


@when("the trader views {target:Target}")
@story(gives=things.answers("view"))
def view(world: World, target: Target) -> None:
    """Views the order, or several orders simultaneously."""
    world.act([partial(world.port.view, order_id) for order_id in world.order_ids(target)])


@then("{orders:Orders} is/are shown as {status:Status}")
def is_shown_as(world: World, orders: Selection, status: OrderStatus) -> None:
    """Each of the latest responses that show the order shows this status."""
    for placement in world.select(orders):
        for order in world.sightings(placement):
            require_status(order, status)


@then("no view shows an older status than the latest event before the response")
@story(needs=things.latest(""))
def views_are_fresh(world: World) -> None:
    """The server reads the order when it responds, not when the request arrives."""
    for answer in world.answers:
        for order in orders_in(answer):
            require_fresh(world, order, answer.received)


@then("{orders:Orders} is/are still {status:Status} when viewed")
def stays_readable(world: World, orders: Selection, status: OrderStatus) -> None:
    """Views the orders now; each shows this status, assigned at the time that its event told."""
    placements = world.select(orders)
    views = world.ask([partial(world.port.view, each.order.order_id) for each in placements])
    for placement in placements:
        for order in world.sightings(placement, views):
            require_status(order, status)
            require_event_times(world, placement, order)


@then("every announced order can be viewed")
def announced_can_be_viewed(world: World) -> None:
    """Views every order that was announced since the scenario's first order, whoever placed it."""
    require_announced_known(world)


@then("{orders:Orders} shows/show {content:Content}")
def shows(world: World, orders: Selection, content: Content) -> None:
    """What was ordered: symbol, side, quantity and reference as the trader gave them.

    The times: created at the time of the PENDING event, updated at that of the latest event.
    """
    for placement in world.select(orders):
        for order in world.sightings(placement):
            content(world, placement, order)
