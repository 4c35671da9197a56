"""Steps about placing orders."""

from collections.abc import Sequence
from typing import cast

from bdd import story
from driver import Draft, OrderStatus, Side
from step_defs.checks.orders import (
    require_newly_pending,
    require_no_trace,
    require_own_identities,
)
from step_defs.checks.phantoms import require_nothing_else
from step_defs.phrases import given, table, then, things, when
from step_defs.phrases.new_orders import NewOrders
from step_defs.world.answers import Placement
from step_defs.world.drafts import draft, draft_with
from step_defs.world.selection import Selection
from step_defs.world.world import World

ORDER_COLUMNS = {
    "order": "OrderName",
    "side": "Side",
    "quantity": "Quantity",
    "symbol": "Symbol",
}


def name_rows(
    world: World, rows: Sequence[dict[str, object]], placements: Sequence[Placement]
) -> None:
    """Calls the orders by the names in the table."""
    for row, placement in zip(rows, placements, strict=True):
        world.name(str(row["order"]), placement)


def place_rows(world: World, rows: Sequence[dict[str, object]]) -> None:
    """Places the orders of a table, one after the other, and calls them by their names."""
    name_rows(world, rows, world.place(*([_draft_of(world, row)] for row in rows)))


def _draft_of(world: World, row: dict[str, object]) -> Draft:
    symbol = world.symbol(str(row["symbol"]))
    return draft(cast("Side", row["side"]), str(row["quantity"]), symbol)


@given("these orders:")
@table(required=ORDER_COLUMNS, optional={"status": "Status"}, named_by="order")
@story(gives=things.named_orders())
def these_orders(world: World, datatable: list[dict[str, object]]) -> None:
    """Places orders, one after the other, named from then on; waits for their statuses."""
    for row in datatable:
        cancelled = row.get("status") if row.get("status") is OrderStatus.CANCELLED else None
        name_rows(world, [row], world.bring_to([_draft_of(world, row)], cancelled))
    for row in datatable:
        status = row.get("status")
        if isinstance(status, OrderStatus):
            world.await_status(world.named(str(row["order"])), status)


@when("the trader places these orders:")
@table(required=ORDER_COLUMNS, named_by="order")
@story(gives=things.named_orders())
def place_table(world: World, datatable: list[dict[str, object]]) -> None:
    """Places orders, valid or not, one after the other, named from then on."""
    place_rows(world, datatable)


@when("the trader places these orders and immediately cancels {orders:Orders}:")
@table(required=ORDER_COLUMNS, named_by="order")
@story(gives=things.named_orders("cancel"))
def place_and_cancel_some(
    world: World, orders: Selection, datatable: list[dict[str, object]]
) -> None:
    """Places orders, named from then on; cancels these straight after their acceptance."""
    kept = [row for row in datatable if row["order"] not in orders.names]
    cancelled = [row for row in datatable if row not in kept]
    for rows, status in ((kept, None), (cancelled, OrderStatus.CANCELLED)):
        name_rows(world, rows, world.bring_to([_draft_of(world, row) for row in rows], status))


@given("{orders:NewOrders} is/are {status:Announced}")
@story(gives=things.new_orders())
def are_placed(world: World, orders: NewOrders, status: OrderStatus) -> None:
    """Places orders, which must be accepted, and waits for the event of this status."""
    for batch in orders.batches(world):
        world.bring_to(batch, status)


@when("the trader places {orders:NewOrders}")
@story(gives=things.new_orders())
def place(world: World, orders: NewOrders) -> None:
    """Places orders, valid or not."""
    world.place(*orders.batches(world))


@when("the trader places an order whose {field:Field} is {value:Value}")
@story(gives=things.new_orders())
def place_with(world: World, field: str, value: object) -> None:
    """Places an order to buy 100 EURUSD, with one field changed to this value."""
    world.place([draft_with({field: value})])


@when("the trader places an order with:")
@table(required={"field": "Field", "value": "Value"}, named_by="field")
@story(gives=things.new_orders())
def place_with_all(world: World, datatable: list[dict[str, object]]) -> None:
    """Places an order to buy 100 EURUSD, with these fields changed."""
    world.place([draft_with({str(row["field"]): row["value"] for row in datatable})])


@then("{orders:Orders} is/are accepted as PENDING")
def is_accepted(world: World, orders: Selection) -> None:
    """The response shows a new order that is PENDING and has an ID of its own."""
    for placement in world.select(orders):
        require_newly_pending(placement.order)
    require_own_identities([each.order for each in world.select(orders)])


@then("nothing but the accepted orders is listed or announced for {duration:Duration}")
def nothing_else_is_there(world: World, duration: float) -> None:
    """For a dedicated server: no other order is announced in this time, nor listed after it."""
    require_nothing_else(world, world.promise.scaled(duration))


@then("the order appears in no list and no event")
@story(needs=things.an_order)
def no_trace_is_left(world: World) -> None:
    """The rejected order is not listed and has no event."""
    require_no_trace(world, world.latest, 0)


@then("the order appears in no list and no event for {duration:Duration}")
@story(needs=things.an_order)
def no_trace_is_left_for(world: World, duration: float) -> None:
    """The rejected order has no event in all this time, and is not listed after it."""
    require_no_trace(world, world.latest, world.promise.scaled(duration))
