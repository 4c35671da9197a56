"""Which orders a trader lists, such as `the EXECUTED orders in EURUSD, 2 per page`."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

from bdd import PlaceholderType
from driver import OrderStatus
from step_defs.phrases.names import pair
from step_defs.phrases.numbers import count
from step_defs.phrases.orders import ORDERS, STATUSES, selection
from step_defs.phrases.reading import one_of, quoted, without_names
from step_defs.phrases.things import selected
from step_defs.world.answers import AnyAnswer
from step_defs.world.drafts import draft
from step_defs.world.mismatches import ScenarioWrong
from step_defs.world.selection import Selection
from step_defs.world.world import World

_FORM = (
    r"(?:all|the(?: (?P<status>\S+))?) orders"
    r"(?: in (?P<symbol>[^\s,]+))?"
    rf"(?: with the reference of (?P<same>{ORDERS})"
    r'| with the (?P<parameter>page size|\S+) (?P<value>"[^"]*")'
    r'(?: and the (?P<again>page size|\S+) (?P<other>"[^"]*"))?)?'
    r"(?:, (?P<limit>\S+) per page)?"
)
_PATTERN = without_names(_FORM)
_TWICE = '`the orders with the symbol "EURUSD" and the symbol "GBPUSD"`'
_MEANING = (
    "`all orders`, of the whole server; `the EXECUTED orders`; `the orders in EURUSD`; `the "
    "PENDING orders in EURUSD`; `the orders with the reference of order A`; `the EXECUTED orders "
    'in EURUSD with the reference of order A`; `the orders with the page size "0"`, valid or not; '
    f"{_TWICE}, one filter twice; "
    "each may end with `, 2 per page`"
)
PARAMETERS = {
    "status": "status",
    "symbol": "symbol",
    "reference": "reference",
    "page size": "limit",
    "cursor": "cursor",
    "colour": "colour",
}


@dataclass(frozen=True, slots=True)
class Query:
    """The orders that match all of these filters, and the size of a page.

    The `parameter` is given as often as it has `values`.
    """

    status: OrderStatus | None = None
    symbol: str | None = None
    same: Selection | None = None
    parameter: str | None = None
    values: tuple[str, ...] = ()
    limit: int | None = None

    def filters(self, world: World) -> dict[str, object]:
        """The filters as the server is asked for them."""
        told = {
            "status": self.status,
            "symbol": self.symbol and world.symbol(self.symbol),
            "reference": self.same and _shared_reference(world, self.same),
            "limit": self.limit,
        }
        filters = {name: value for name, value in told.items() if value is not None}
        if self.parameter:
            filters[self.parameter] = self.values if len(self.values) > 1 else self.values[0]
        return filters


def _shared_reference(world: World, orders: Selection) -> object:
    references = {placement.reference for placement in world.select(orders)}
    if len(references) > 1:
        raise ScenarioWrong(
            "A list can be filtered by one reference only",
            expected="one order",
            got=f"{len(references)} orders with a reference each",
        )
    return references.pop()


def read_query(text: str) -> Query:
    """The orders that the text refers to. Raises ValueError for an unknown word."""
    match = re.fullmatch(_FORM, text)
    if match is None:
        raise ValueError(f"write {_MEANING}")
    name = match["parameter"]
    parameter = one_of(PARAMETERS)(name) if name else None
    if parameter in ("status", "limit") and match[parameter]:
        raise ValueError(f"it gives the {name} twice")
    if match["again"] not in (None, name):
        raise ValueError(f"two values in quotes are of one filter, as {_TWICE}")
    return Query(
        status=one_of(STATUSES)(match["status"]) if match["status"] else None,
        symbol=pair(match["symbol"]) if match["symbol"] else None,
        same=selection(match["same"]) if match["same"] else None,
        parameter=parameter,
        values=tuple(quoted(each) for each in match.group("value", "other") if each),
        limit=count(match["limit"]) if match["limit"] else None,
    )


_CHANGE_PATTERN = rf"(?:\S+ new orders arrive|{ORDERS} are cancelled)"
_CHANGE_MEANING = (
    "`6 new orders arrive`, in the currency pair that is listed; `all orders are cancelled`"
)

Change = Callable[[World, str], Sequence[Callable[[], AnyAnswer]]]
"""What happens to the orders of a currency pair, as calls to be made."""


def _read_change(text: str) -> Change:
    """What the text says that happens. Raises ValueError for an unknown word."""
    if text.endswith(" are cancelled"):
        cancelled = selection(text.removesuffix(" are cancelled"))
        return lambda world, _: [
            partial(world.port.cancel, order_id) for order_id in world.order_ids(cancelled)
        ]
    arriving = count(text.split(maxsplit=1)[0])
    return lambda world, symbol: [
        partial(world.port.place, draft(symbol=symbol)) for _ in range(arriving)
    ]


TYPES = (
    PlaceholderType(
        "Query",
        read_query,
        _PATTERN,
        "the orders in EURUSD, 2 per page",
        _MEANING,
        needs=lambda query: selected(query.same) if query.same else [],
    ),
    PlaceholderType(
        "Change", _read_change, _CHANGE_PATTERN, "6 new orders arrive", _CHANGE_MEANING
    ),
)
