"""Requests of any kind, and messages in place of an order, by their names in the features."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial

from bdd import Thing
from driver import Document, Malformed, Order, Unsupported
from step_defs.phrases.reading import THE_REST, choice
from step_defs.phrases.things import order
from step_defs.world.answers import AnyAnswer, accepted
from step_defs.world.drafts import REFERENCE, draft, draft_with
from step_defs.world.world import World

Request = Callable[[World], Callable[[], AnyAnswer]]
"""Prepares a request in a scenario; what it returns makes it."""


def _place(world: World) -> Callable[[], AnyAnswer]:
    return partial(world.port.place, draft())


def _reuse(world: World) -> Callable[[], AnyAnswer]:
    return partial(world.port.place, draft_with({REFERENCE: world.latest.reference}))


def _cancel_new_order(world: World) -> Callable[[], AnyAnswer]:
    # Placed on the way: only the cancel itself is timed.
    def place_and_cancel() -> AnyAnswer:
        placed: Order = accepted(world.port.place(draft()))
        return world.port.cancel(placed.order_id)

    return place_and_cancel


def _unsupported(what: Unsupported) -> Request:
    return lambda world: partial(world.wire.request_unsupported, what)


def _described(what: Document) -> Request:
    return lambda world: partial(world.wire.read_document, what)


MESSAGES = {
    "a truncated order": Malformed.TRUNCATED,
    "an empty message": Malformed.EMPTY,
    "plain text": Malformed.PLAIN_TEXT,
    "invalid characters": Malformed.INVALID_CHARACTERS,
    "a list of orders": Malformed.LIST,
    "a bare number": Malformed.NUMBER,
    "a bare null": Malformed.NULL,
    "a thousand opening brackets": Malformed.BRACKETS,
    "an order of exactly 64 KiB": Malformed.LONGEST,
    "an order over 64 KiB": Malformed.TOO_LONG,
}

REQUESTS: dict[str, Request] = {
    "place an order": _place,
    "place an invalid order": lambda world: partial(world.port.place, draft(quantity="0")),
    "place a truncated order": lambda world: partial(
        world.wire.place_malformed, Malformed.TRUNCATED, draft()
    ),
    "place an oversized order": lambda world: partial(
        world.wire.place_malformed, Malformed.TOO_LONG, draft()
    ),
    "reuse a reference": _reuse,
    "view the order": lambda world: partial(world.port.view, world.latest.order.order_id),
    "cancel the order": lambda world: partial(world.port.cancel, world.latest.order.order_id),
    "view an unknown order": lambda world: partial(world.port.view, world.port.unused_order_id()),
    "list orders": lambda world: partial(world.port.list, limit="1"),
    "list orders with an invalid page size": lambda world: partial(world.port.list, limit="0"),
    "cancel a new order": _cancel_new_order,
    "cancel an unknown order": lambda world: partial(
        world.port.cancel, world.port.unused_order_id()
    ),
    "list trades": _unsupported(Unsupported.UNKNOWN_PATH),
    "read an unknown explanation": _unsupported(Unsupported.UNKNOWN_EXPLANATION),
    "replace all orders": _unsupported(Unsupported.REPLACE_ALL),
    "delete all orders": _unsupported(Unsupported.DELETE_ALL),
    "read the description of its requests": _described(Document.REQUESTS),
    "read the description of its events": _described(Document.EVENTS),
    "check the server's health": lambda world: world.port.check_health,
}

_ABOUT_THE_ORDER = [
    REQUESTS[each] for each in ("reuse a reference", "view the order", "cancel the order")
]


def _orders_of(request: Request) -> list[Thing]:
    return [order()] if request in _ABOUT_THE_ORDER else []


TYPES = (
    choice("Message", MESSAGES, THE_REST, "a truncated order"),
    replace(choice("Request", REQUESTS, THE_REST, "view the order"), needs=_orders_of),
)
