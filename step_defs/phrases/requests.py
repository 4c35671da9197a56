"""Requests of any kind, by their names in the features."""

from collections.abc import Callable
from functools import partial

from driver import Order
from driver.wire import ORDERS
from step_defs.phrases.messages import MESSAGES
from step_defs.world.answers import AnyAnswer, accepted
from step_defs.world.drafts import REFERENCE, draft, draft_with, never_existed
from step_defs.world.world import World

Request = Callable[[World], Callable[[], AnyAnswer]]
"""Prepares a request in a scenario; what it returns makes it."""


def _place(world: World) -> Callable[[], AnyAnswer]:
    return partial(world.client.place, draft())


def _reuse(world: World) -> Callable[[], AnyAnswer]:
    return partial(world.client.place, draft_with({REFERENCE: world.latest.reference}))


def _cancel_new_order(world: World) -> Callable[[], AnyAnswer]:
    # Placed on the way: only the cancel itself is timed.
    def place_and_cancel() -> AnyAnswer:
        placed: Order = accepted(world.client.place(draft()))
        return world.client.cancel(placed.order_id)

    return place_and_cancel


REQUESTS: dict[str, Request] = {
    "place an order": _place,
    "place an invalid order": lambda world: partial(world.client.place, draft(quantity="0")),
    "place a truncated order": lambda world: partial(
        world.client.place_text, MESSAGES["a truncated order"]()
    ),
    "place an oversized order": lambda world: partial(
        world.client.place_text, MESSAGES["an order over 64 KiB"]()
    ),
    "reuse a reference": _reuse,
    "view the order": lambda world: partial(world.client.view, world.latest.order.order_id),
    "cancel the order": lambda world: partial(world.client.cancel, world.latest.order.order_id),
    "view an unknown order": lambda world: partial(world.client.view, never_existed()),
    "list orders": lambda world: partial(world.client.list, limit="1"),
    "list orders with an invalid page size": lambda world: partial(world.client.list, limit="0"),
    "cancel a new order": _cancel_new_order,
    "cancel an unknown order": lambda world: partial(world.client.cancel, never_existed()),
    "list trades": lambda world: partial(world.client.request, "GET", "/trades"),
    "replace all orders": lambda world: partial(world.client.request, "PUT", ORDERS),
    "delete all orders": lambda world: partial(world.client.request, "DELETE", ORDERS),
    "check the server's health": lambda world: world.client.check_health,
}
