"""Steps about the page that people use, for scenarios tagged @page."""

from bdd import story
from driver import OrderStatus
from step_defs.checks.trading_page import (
    page_of,
    require_marked,
    require_nothing_missed,
    require_offer_taken_back,
    require_rows,
    require_shown,
    require_text,
)
from step_defs.phrases import table, then, things, when
from step_defs.phrases.new_orders import NewOrders
from step_defs.placing import ORDER_COLUMNS, place_rows
from step_defs.world.selection import Selection
from step_defs.world.world import World


@when("the trader places {orders:NewOrders} with the keyboard alone")
@story(gives=things.new_orders())
def place_by_keyboard(world: World, orders: NewOrders) -> None:
    """Fills in the ticket and places the order without touching a mouse."""
    with page_of(world).by_keyboard():
        world.place(*orders.batches(world))


@when("the trader places {orders:NewOrders} and immediately cancels it with the keyboard alone")
@story(gives=things.new_orders("cancel"))
def cancel_by_keyboard(world: World, orders: NewOrders) -> None:
    """Goes on from the ticket to the cancel button of the answer, without touching a mouse."""
    with page_of(world).by_keyboard():
        world.place_and_cancel(*orders.batches(world))


@when("another trader places {orders:NewOrders}")
@story(gives=things.new_orders())
def another_places(world: World, orders: NewOrders) -> None:
    """Places orders by the API, while the trader looks at the page."""
    with page_of(world).by_api():
        world.place(*orders.batches(world))


@when("another trader places these orders:")
@table(required=ORDER_COLUMNS, named_by="order")
@story(gives=things.named_orders())
def another_places_these(world: World, datatable: list[dict[str, object]]) -> None:
    """Places orders by the API, named from then on, while the trader looks at the page."""
    with page_of(world).by_api():
        place_rows(world, datatable)


@when("the page loses its connection")
def loses_connection(world: World) -> None:
    """The page's connection to the events breaks, and no new one can be made."""
    page_of(world).at_desk(lambda desk: desk.lose_connection())


@when("the page can connect again")
def can_connect_again(world: World) -> None:
    """The way to the server is open again."""
    page_of(world).at_desk(lambda desk: desk.mend_connection())


@when("the trader's machine falls asleep")
def falls_asleep(world: World) -> None:
    """Nothing arrives any more on the page's connection, and nobody says so."""
    page_of(world).at_desk(lambda desk: desk.sleep())


@when("the trader's machine wakes up")
def wakes_up(world: World) -> None:
    """A minute has passed; the page's connection is dead."""
    page_of(world).at_desk(lambda desk: desk.wake_up())


@then("the page shows {orders:Orders} as {status:Status}")
def page_shows(world: World, orders: Selection, status: OrderStatus) -> None:
    """A search by its reference finds one row for each order, which shows this status."""
    require_shown(world, world.select(orders), status)


@then("the filtered list has {orders:Orders} and nothing else")
def filtered_list_has(world: World, orders: Selection) -> None:
    """The rows that the page shows now, from the newest to the oldest, are these orders."""
    require_rows(world, world.select(orders))


@then("the page offers to cancel the order, and no longer when it is EXECUTED")
def offers_cancel_in_time(world: World) -> None:
    """There was a button to cancel the order, and it is gone after the order's execution."""
    require_offer_taken_back(world, world.latest)


@then("the ticket marks its symbol and quantity as invalid")
def marks_fields(world: World) -> None:
    """The two fields are marked, each with its reason, and no other is."""
    require_marked(world, {"symbol", "quantity"})


@then("the page shows that reference as it was typed")
def shows_reference(world: World) -> None:
    """The answer shows the reference character by character: markup in it has no effect."""
    require_text(world, str(world.latest.reference))


@then("the page says that nothing was missed")
def says_nothing_missed(world: World) -> None:
    """The page is connected again and has resumed after the last event that it had."""
    require_nothing_missed(world)
