"""Steps about placing orders."""

from driver import Draft, OrderStatus, Side
from step_defs.world.drafts import (
    REFERENCE,
    draft,
    draft_with,
    unique_reference,
)
from step_defs.world.order_checks import (
    require_never_announced,
    require_newly_pending,
    require_no_trace,
    require_own_identities,
    require_shown,
)
from step_defs.world.races import bring_to
from step_defs.world.selection import Selection
from step_defs.world.vocabulary import given, table, then, when
from step_defs.world.world import World


def place_rows(world: World, rows: list[dict[str, object]], status: object) -> None:
    """Places the orders of a table and brings them to a status."""
    placements = bring_to(world, [_draft_of(world, row) for row in rows], status)
    for row, placement in zip(rows, placements, strict=True):
        world.call(str(row["order"]), placement)


def _draft_of(world: World, row: dict[str, object]) -> Draft:
    symbol = world.symbol(str(row["symbol"]))
    return draft(Side(str(row["side"])), str(row["quantity"]), symbol)


@when("the trader places these orders and cancels {orders:Orders} at once:")
@table(required={"order": "Name", "side": "Side", "quantity": "Quantity", "symbol": "Symbol"})
def place_and_cancel_some(
    world: World, orders: Selection, datatable: list[dict[str, object]]
) -> None:
    """Places orders, which go by their names from then on; each cancel follows its answer."""
    kept = [row for row in datatable if row["order"] not in orders.names]
    cancelled = [row for row in datatable if row not in kept]
    for rows, status in ((kept, None), (cancelled, OrderStatus.CANCELLED)):
        place_rows(world, rows, status)


@given("an order is placed")
def an_order_is_placed(world: World) -> None:
    """Places an order to buy 100 EURUSD, which must be accepted."""
    bring_to(world, [draft()], OrderStatus.PENDING)


@given("these orders:")
@table(
    required={"order": "Name", "side": "Side", "quantity": "Quantity", "symbol": "Symbol"},
    optional={"status": "Status"},
)
def these_orders(world: World, datatable: list[dict[str, object]]) -> None:
    """Places orders, which go by their names from then on, and brings them to their statuses."""
    for status in dict.fromkeys(row.get("status") for row in datatable):
        place_rows(world, [row for row in datatable if row.get("status") is status], status)


@given("{count:Count} orders are placed at the same time")
@when("the trader places {count:Count} orders at the same time")
def place_many(world: World, count: int) -> None:
    """Places orders to buy 100 EURUSD, all at the same moment."""
    world.place(*(draft() for _ in range(count)))


@when("the trader places {count:Count} orders, {batch:Count} at a time")
def place_in_batches(world: World, count: int, batch: int) -> None:
    """Places orders to buy 100 EURUSD; each batch of them at the same moment."""
    for start in range(0, count, batch):
        place_many(world, min(batch, count - start))


@given("{count:Count} orders in {symbol:Symbol} are placed at the same time")
def place_many_in(world: World, count: int, symbol: str) -> None:
    """Places orders to buy 100 of the currency pair, all at the same moment."""
    world.place(*(draft(symbol=world.symbol(symbol)) for _ in range(count)))


@given("a {status:Status} order")
@given("an {status:Status} order")
def an_order_with_status(world: World, status: OrderStatus) -> None:
    """Places an order to buy 100 EURUSD and brings it to this status, which is announced."""
    bring_to(world, [draft()], status)


@given("{orders:Orders} is EXECUTED")
@given("{orders:Orders} are EXECUTED")
def are_executed(world: World, orders: Selection) -> None:
    """Waits until the execution of the orders has been announced."""
    for placement in world.select(orders):
        world.await_status(placement, OrderStatus.EXECUTED)


@given("the trader placed an order to {side:Side} {quantity:Quantity} {symbol:Symbol}")
@when("the trader places an order to {side:Side} {quantity:Quantity} {symbol:Symbol}")
def place(world: World, side: Side, quantity: str, symbol: str) -> None:
    """Places one order, right or wrong."""
    world.place(draft(side, quantity, symbol))


@when("the trader places an order whose {field:Field} is {value:Value}")
def place_with(world: World, field: str, value: object) -> None:
    """Places an order to buy 100 EURUSD, but for one field that has this value."""
    world.place(draft_with({field: value}))


@when("the trader places an order with:")
@table(required={"field": "Field", "value": "Value"})
def place_with_all(world: World, datatable: list[dict[str, object]]) -> None:
    """Places an order to buy 100 EURUSD, but for the fields that have these values."""
    world.place(draft_with({str(row["field"]): row["value"] for row in datatable}))


@when("the trader places another order with the same reference")
def reuse_reference(world: World) -> None:
    """Places a right order with the reference of the latest order, whatever became of that."""
    world.place(draft_with({REFERENCE: world.placements[-1].draft[REFERENCE]}))


@when("the trader places {count:Count} orders with one reference at the same time")
def place_many_with_one_reference(world: World, count: int) -> None:
    """Places orders that share a reference, all at the same moment."""
    reference = unique_reference()
    world.place(*(draft_with({REFERENCE: reference}) for _ in range(count)))


@then("{orders:Orders} is accepted as PENDING")
def is_accepted(world: World, orders: Selection) -> None:
    """The answer shows a new order that is PENDING, and has an identity of its own."""
    for placement in world.select(orders):
        require_newly_pending(placement.order)
    require_own_identities([each.order for each in world.select(orders)])


@then("{orders:Orders} shows what was ordered")
def shows_what_was_ordered(world: World, orders: Selection) -> None:
    """The latest answers show the symbol, side, quantity and reference that the trader gave."""
    for placement in world.select(orders):
        for order in world.sightings(placement):
            require_shown(order, placement)


@then("no trace of the order is left")
def no_trace_is_left(world: World) -> None:
    """The refused order is not listed, and no event speaks of it."""
    require_no_trace(world, world.placements[-1])


@then("no trace of the order is left for {duration:Duration}")
def no_trace_is_left_for(world: World, duration: float) -> None:
    """In all this time no event speaks of the refused order, and then it is not listed."""
    require_never_announced(world, world.placements[-1], world.promise.scaled(duration))
    require_no_trace(world, world.placements[-1])
