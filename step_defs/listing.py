"""Steps about listing orders."""

from functools import partial

from bdd import story
from driver import Means, OrderStatus
from step_defs.checks.listings import (
    require_filtered,
    require_list,
    require_listed_as_viewed,
    require_page_sizes,
    require_pages,
    require_same_pages,
)
from step_defs.checks.orders import require_named_oldest_first
from step_defs.phrases import given, then, things, when
from step_defs.phrases.queries import Change, Query
from step_defs.world.paging import page_through, page_twice
from step_defs.world.selection import Selection
from step_defs.world.world import World


@given("{symbol:Symbol} stands for a currency pair that only this scenario trades")
def stands_for_own_symbol(world: World, symbol: str) -> None:
    """From now on this name means a random currency pair."""
    world.name_symbol(symbol, world.own_symbol())


@when("the trader lists {query:Query}")
@story(gives=things.answers("list"))
def list_orders(world: World, query: Query) -> None:
    """Pages through the whole list; with a value in quotes, makes a single request."""
    if query.parameter:
        world.act([partial(world.port.list, **query.filters(world))])
    else:
        page_through(world, query.filters(world))


@when("the trader lists {query:Query} {count:Count} times simultaneously")
@story(gives=things.answers("list"))
def list_many_times(world: World, query: Query, count: int) -> None:
    """Requests the first page this many times, all at the same moment."""
    world.act([partial(world.port.list, **query.filters(world))] * count)


@when("the trader lists {query:Query}, while {change:Change}")
@story(gives=things.answers("list"))
def list_while(world: World, query: Query, change: Change) -> None:
    """Pages through the list; the orders change after the first page."""
    filters = query.filters(world)
    page_through(world, filters, *change(world, str(filters.get("symbol", "EURUSD"))))


@when("the trader lists {query:Query}, requesting each page twice")
@story(gives=things.answers("list"))
def list_twice(world: World, query: Query) -> None:
    """Pages through the list, and then requests each page once more with the same cursor."""
    page_twice(world, query.filters(world))


@then("each page has the same orders both times")
@story(needs=things.latest("list"))
def pages_are_the_same(world: World) -> None:
    """A cursor may be used again, and goes on from the same place."""
    half = len(world.pages) // 2
    require_same_pages(world.pages[:half], world.pages[half:])


@then("{orders:Orders} is/are listed as it/they is/are shown when viewed")
@story(needs=things.latest("list"))
def is_listed_whole(world: World, orders: Selection) -> None:
    """Views the orders; the list shows the same in each field, their times included."""
    for placement in world.select(orders):
        require_listed_as_viewed(world, placement)


@then("the list has {orders:Orders} and nothing else")
@story(needs=things.latest("list"))
def list_shows(world: World, orders: Selection) -> None:
    """The pages of the list together have exactly these orders, in this sequence: oldest first."""
    expected = world.select(orders)
    if orders.names:
        require_named_oldest_first(expected, world.name_of, world.age)
    require_list(world, expected)


@then("the list is empty")
@story(needs=things.latest("list"))
def list_is_empty(world: World) -> None:
    """The list has no order at all."""
    require_page_sizes([len(page.orders) for page in world.pages], [0])


@then("each list has exactly the orders that were {status:Status} at that time")
@story(needs=things.latest("list"))
def lists_show_status(world: World, status: OrderStatus) -> None:
    """An order whose status changed between request and response may be listed or not."""
    require_filtered(world, status)


@then("the page/pages has/have {counts:Counts} orders")
@story(needs=things.latest("list"))
def pages_show(world: World, counts: list[int]) -> None:
    """The number of orders on each page."""
    world.need(Means.PAGES)
    require_page_sizes([len(page.orders) for page in world.pages], counts)


@then("paging returns {orders:Orders} exactly once, oldest first")
@story(needs=things.latest("list"))
def pages_show_once(world: World, orders: Selection) -> None:
    """Each order is on one page only; orders that arrived meanwhile may be at the end."""
    require_pages(world.listed, world.select(orders), world.age)
