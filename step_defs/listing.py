"""Steps about listing orders."""

from functools import partial

from driver import OrderStatus
from step_defs.world.drafts import draft, unique_symbol
from step_defs.world.listings import (
    require_filtered,
    require_page_sizes,
    require_pages,
    walk_while,
)
from step_defs.world.order_checks import require_listed
from step_defs.world.selection import Selection
from step_defs.world.vocabulary import given, then, when
from step_defs.world.world import World, accepted


@given("{symbol:Symbol} stands for a currency pair that nobody else trades")
def stands_for_own_symbol(world: World, symbol: str) -> None:
    """From now on the scenario's word means a random currency pair."""
    world.let_stand_for(symbol, unique_symbol())


@when("the trader lists the orders in {symbol:Symbol}")
def list_symbol(world: World, symbol: str) -> None:
    """Lists all orders of a currency pair."""
    world.walk(symbol=world.symbol(symbol))


@when("the trader lists the {status:Status} orders in {symbol:Symbol}")
def list_status(world: World, status: OrderStatus, symbol: str) -> None:
    """Lists those orders of a currency pair that have this status."""
    world.walk(symbol=world.symbol(symbol), status=str(status))


@when("the trader lists the {status:Status} orders in {symbol:Symbol} {count:Count} times at once")
def list_status_many_times(world: World, status: OrderStatus, symbol: str, count: int) -> None:
    """Lists those orders of a currency pair that have this status, all at the same moment."""
    filters = {"symbol": world.symbol(symbol), "status": str(status)}
    world.act([partial(world.client.list, **filters)] * count)


@when("the trader lists the orders with the reference of {orders:Orders}")
def list_reference(world: World, orders: Selection) -> None:
    """Lists the orders that have the order's reference."""
    (placement,) = world.select(orders)
    world.walk(reference=str(placement.order.reference))


@when("the trader lists the orders with the {parameter:Parameter} {text:Text}")
def list_with(world: World, parameter: str, text: str) -> None:
    """Lists orders with one question put in this way, right or wrong."""
    world.act([partial(world.client.list, **{parameter: text})])


@when("the trader lists the orders in {symbol:Symbol}, {count:Count} at a time")
def list_pages(world: World, symbol: str, count: int) -> None:
    """Walks through the orders of a currency pair, so many at most on each page."""
    world.walk(symbol=world.symbol(symbol), limit=str(count))


@when("the trader lists all orders, {count:Count} at a time")
def list_all(world: World, count: int) -> None:
    """Walks through all orders of the server: a long way, unless it is a server of our own."""
    world.walk(limit=str(count))


@when(
    "the trader lists the orders in {symbol:Symbol}, {count:Count} at a time, "
    + "while {arriving:Count} new ones arrive"
)
def list_while_arriving(world: World, symbol: str, count: int, arriving: int) -> None:
    """Walks through the pages; new orders of the pair are placed after the first page."""
    own = world.symbol(symbol)
    place = [partial(world.client.place, draft(symbol=own)) for _ in range(arriving)]
    walk_while(world, own, count, place)


@when(
    "the trader lists the orders in {symbol:Symbol}, {count:Count} at a time, "
    + "while {orders:Orders} are cancelled"
)
def list_while_cancelled(world: World, symbol: str, count: int, orders: Selection) -> None:
    """Walks through the pages; the orders are cancelled after the first page."""
    cancel = [partial(world.client.cancel, each.order.order_id) for each in world.select(orders)]
    walk_while(world, world.symbol(symbol), count, cancel)


@then("the list shows {orders:Orders} and nothing else")
def list_shows(world: World, orders: Selection) -> None:
    """The pages of the list, taken together, show these orders, oldest first."""
    require_listed(world.listed, world.select(orders))


@then("the list is empty")
def list_is_empty(world: World) -> None:
    """The list shows no order."""
    require_listed(world.listed, [])


@then("each list shows the orders that were {status:Status} meanwhile and no others")
def lists_show_status(world: World, status: OrderStatus) -> None:
    """An order whose status changed while the server was asked may be shown or not."""
    require_filtered(world, status)


@then("the pages show {counts:Counts} orders")
def pages_show(world: World, counts: list[int]) -> None:
    """Page by page, so many orders are shown."""
    require_page_sizes([len(accepted(answer).orders) for answer in world.answers], counts)


@then("the pages show {orders:Orders} exactly once, oldest first")
def pages_show_once(world: World, orders: Selection) -> None:
    """A walk meets each of the orders once; orders that arrived meanwhile may come at the end."""
    require_pages(world.listed, world.select(orders))
