"""What steps bring into a scenario and count on, told before anything runs.

A thing that is latest, such as the answers to an action, is replaced by the next one.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace

from bdd import ANY_NAME, UNCOUNTED, Thing
from driver import OrderStatus
from step_defs.world.selection import Selection, Subject, Target

Rows = Sequence[dict[str, object]]

_ACTIONS = {
    "": "sends a request",
    ANY_NAME: "sends a request",
    str(Subject.ORDER): "places an order",
    str(Subject.CANCEL): "cancels an order",
    "list": "lists orders",
    "view": "views an order",
}
_SERVER = Thing("server", "starts a dedicated server")
_BURST = Thing("burst", "places a burst of orders")


def order(name: str = "", count: int = 1) -> Thing:
    """Orders, or the one with a name."""
    return Thing("order", f"introduces order {name}" if name else "places an order", name, count)


def subscriber(name: str = "") -> Thing:
    """A subscriber to order events, or the one with a name."""
    return Thing("subscriber", f"subscribes {name or 'anybody'} to order events", name)


def answer(to: str = ANY_NAME, count: int = UNCOUNTED) -> Thing:
    """So many answers to the latest action."""
    return Thing("answer", _ACTIONS[to], to, count, latest=True)


def _executions(count: int) -> Thing:
    return Thing("execution", "places an order", count=count)


def selected(orders: Target) -> list[Thing]:
    """What a step counts on that refers to orders of the scenario."""
    if not isinstance(orders, Selection):
        return []
    return [order(name) for name in orders.names] or [order()] * (orders.which is not None)


def traders(names: Sequence[str]) -> list[Thing]:
    """What a step counts on that speaks of these subscribers, or else of all."""
    return [subscriber(name) for name in names or ("",)]


def subject(of: Subject) -> list[Thing]:
    """What a step counts on that speaks of the outcome of the latest action."""
    return [answer("" if of is Subject.REQUEST else str(of), 1)]


Things = Callable[..., Iterable[Thing]]


def latest(to: str, count: int = 1) -> Things:
    """Needs answers to the latest action, which is of this kind."""
    return lambda **_: [answer(to, count)]


def answers(to: str = ANY_NAME) -> Things:
    """Brings answers, as many as the step says, if it says so."""
    return lambda count=UNCOUNTED, **_: [answer(to, count)]


def cancels(**_: object) -> Iterable[Thing]:
    """Brings answers to cancels of orders that are there."""
    return [answer(str(Subject.CANCEL))]


def new_orders(to: str = str(Subject.ORDER)) -> Things:
    """Brings orders, as many as the step says: one unless it says more."""

    def brought(
        orders: object = None, status: OrderStatus | None = None, **_: object
    ) -> Iterable[Thing]:
        count = getattr(orders, "count", 1)
        return [order(count=count), _executions(count), answer(_last(to, status), count)]

    return brought


def named_orders(to: str = str(Subject.ORDER)) -> Things:
    """Brings the orders of the table."""

    def brought(datatable: Rows, **_: object) -> Iterable[Thing]:
        named = [replace(order(str(row["order"])), unique=True) for row in datatable]
        last = _last(to, datatable[-1].get("status"))
        return [*named, _executions(len(named)), answer(last, len(named))]

    return brought


def _last(to: str, status: object) -> str:
    """What was asked last: who brings orders to CANCELLED has cancelled them."""
    return str(Subject.CANCEL) if status is OrderStatus.CANCELLED else to


def burst(count: int, **_: object) -> Iterable[Thing]:
    """Brings a burst of orders."""
    return [_BURST, _executions(count), answer()]


def subscribed(name: str = "", traders: Sequence[str] = (), **_: object) -> Iterable[Thing]:
    """Brings the subscribers that the step speaks of."""
    return map(subscriber, (name, *traders) if name else traders)


def an_order(**_: object) -> Iterable[Thing]:
    """Needs an order."""
    return [order()]


def server(**_: object) -> Iterable[Thing]:
    """A server of the scenario's own."""
    return [_SERVER]


def a_burst(**_: object) -> Iterable[Thing]:
    """Needs a burst."""
    return [_BURST]


def executions(count: int) -> Things:
    """Needs so many orders that are executed, or as many as the step says in `total`."""
    return lambda total=count, **_: [_executions(total)]
