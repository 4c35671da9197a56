"""Steps about listing orders."""

from functools import partial

from driver import OrderStatus
from step_defs.checks.listings import (
    require_filtered,
    require_page_sizes,
    require_pages,
    walk_while,
)
from step_defs.checks.orders import require_listed
from step_defs.phrases.queries import Change, Query
from step_defs.phrases.vocabulary import given, then, when
from step_defs.world.drafts import unique_symbol
from step_defs.world.selection import Selection
from step_defs.world.world import World


@given("{symbol:Symbol} stands for a currency pair that nobody else trades")
def stands_for_own_symbol(world: World, symbol: str) -> None:
    """From now on the scenario's word means a random currency pair."""
    world.let_stand_for(symbol, unique_symbol())


@when("the trader lists {query:Query}")
def list_orders(world: World, query: Query) -> None:
    """Walks through the pages of the list to its end; with a value in quotes, asks once."""
    if query.parameter:
        world.act([partial(world.client.list, **query.filters(world))])
    else:
        world.walk(**query.filters(world))


@when("the trader lists {query:Query} {count:Count} times at once")
def list_many_times(world: World, query: Query, count: int) -> None:
    """Asks for the first page so often, all at the same moment."""
    world.act([partial(world.client.list, **query.filters(world))] * count)


@when("the trader lists {query:Query}, while {change:Change}")
def list_while(world: World, query: Query, change: Change) -> None:
    """Walks through the pages of the list; after the first page, the orders change."""
    filters = query.filters(world)
    walk_while(world, filters, change(world, filters.get("symbol", "EURUSD")))


@then("the list shows {orders:Orders} and nothing else")
def list_shows(world: World, orders: Selection) -> None:
    """The pages of the list, taken together, show these orders, oldest first."""
    require_listed(world.listed, world.select(orders), world.name_of)


@then("each list shows the orders that were {status:Status} meanwhile and no others")
def lists_show_status(world: World, status: OrderStatus) -> None:
    """An order whose status changed while the server was asked may be shown or not."""
    require_filtered(world, status)


@then("the pages show {counts:Counts} orders")
def pages_show(world: World, counts: list[int]) -> None:
    """Page by page, so many orders are shown."""
    require_page_sizes([len(page.orders) for page in world.pages], counts)


@then("the pages show {orders:Orders} exactly once, oldest first")
def pages_show_once(world: World, orders: Selection) -> None:
    """A walk meets each of the orders once; orders that arrived meanwhile may come at the end."""
    require_pages(world.listed, world.select(orders))
