"""Steps about viewing orders."""

from functools import partial

from driver import OrderStatus
from step_defs.world.freshness import require_fresh
from step_defs.world.order_checks import require_same_time, require_status
from step_defs.world.selection import Selection, Target
from step_defs.world.vocabulary import then, when
from step_defs.world.world import World


@when("the trader views {target:Target}")
def view(world: World, target: Target) -> None:
    """Asks the server for one order."""
    world.act([partial(world.client.view, order_id) for order_id in world.order_ids(target)])


@then("{orders:Orders} is shown as {status:Status}")
def is_shown_as(world: World, orders: Selection, status: OrderStatus) -> None:
    """Each of the latest answers that show the order shows this status."""
    for placement in world.select(orders):
        for order in world.sightings(placement):
            require_status(order, status)


@when("the trader views every order at once")
def view_all(world: World) -> None:
    """Asks the server for each of the scenario's orders, all at the same moment."""
    placements = world.placements
    world.act([partial(world.client.view, each.order.order_id) for each in placements])


@then("no view shows an older status than was announced before it was answered")
def views_are_fresh(world: World) -> None:
    """The server looks the order up when it answers, not when it is asked."""
    for placement, answer in zip(world.placements, world.answers, strict=True):
        require_fresh(world, placement, answer)


@then("{orders:Orders} stays readable as {status:Status}")
@then("{orders:Orders} stay readable as {status:Status}")
def stays_readable(world: World, orders: Selection, status: OrderStatus) -> None:
    """Whoever views the order now is shown this status."""
    placements = world.select(orders)
    world.act([partial(world.client.view, each.order.order_id) for each in placements])
    is_shown_as(world, orders, status)


@then("{orders:Orders} shows the times that its events told")
def shows_event_times(world: World, orders: Selection) -> None:
    """Its creation is the time of its PENDING event, its update that of its latest event."""
    for placement in world.select(orders):
        for order in world.sightings(placement):
            pending = world.await_status(placement, OrderStatus.PENDING).event
            latest = world.await_status(placement, order.status).event
            require_same_time("became PENDING", pending.occurred_at, order.created_at)
            require_same_time(f"became {order.status}", latest.occurred_at, order.updated_at)
