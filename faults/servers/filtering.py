"""Servers whose lists compare or combine their filters in another way than promised."""

from dataclasses import replace

from app.domain import Order
from app.exchange import InMemoryOrderStore, OrderFilter, Page
from app.wiring import Parts
from faults.altering import Parameters, Query, altering_parameters, altering_queries
from faults.fault import LISTED, Fault

_ALL = 10_000


class _ReferenceLoosely(InMemoryOrderStore):
    """Finds more references than the one that is asked for."""

    async def page(self, wanted: OrderFilter, after: int, limit: int) -> Page:
        if wanted.client_order_id is None:
            return await super().page(wanted, after, limit)
        page = await super().page(replace(wanted, client_order_id=None), after, _ALL)
        found = [each for each in page.orders if self.matches(each, wanted.client_order_id)]
        return Page(tuple(found[:limit]), None)

    def matches(self, order: Order, reference: str) -> bool:
        raise NotImplementedError


class _ReferenceInAnyCase(_ReferenceLoosely):
    def matches(self, order: Order, reference: str) -> bool:
        return (order.client_order_id or "").lower() == reference.lower()


class _ReferenceInPart(_ReferenceLoosely):
    def matches(self, order: Order, reference: str) -> bool:
        return (order.client_order_id or "").startswith(reference)


def _without_beside_reference(name: str) -> Fault:
    def amend(query: Query) -> Query:
        left_out = name if "clientOrderId" in query else ""
        return {each: value for each, value in query.items() if each != left_out}

    return Fault(
        f"{name}-filter-ignored-beside-reference",
        breaks=f"All filters must hold: a reference and a {name}.",
        about=(f"listing_orders: Filters are combined in a list of <orders> … {_ROWS[name]}",),
        rule="Listing orders: Orders can be filtered",
        wrap=altering_queries(amend),
        selection=LISTED,
    )


def _known_only(query: Query) -> Query:
    return {name: value for name, value in query.items() if name != "colour"}


def _last_one_counts(given: Parameters) -> Parameters:
    return list(dict(given).items())


_ROWS = {
    "status": "the EXECUTED orders with the reference of order B",
    "symbol": "the orders in EURUSD with the reference of order B",
}

FAULTS = (
    _without_beside_reference("status"),
    _without_beside_reference("symbol"),
    Fault(
        "unknown-filter-ignored",
        breaks="An unknown query parameter is rejected.",
        about=("listing_orders: A filter that does not exist is rejected",),
        rule="Listing orders: Invalid list filters and page sizes are rejected",
        wrap=altering_queries(_known_only),
        selection=LISTED,
    ),
    Fault(
        "filter-given-twice-counts-once",
        breaks="A query parameter that is given twice is rejected.",
        about=("listing_orders: A <filter> that is given twice is rejected",),
        rule="Listing orders: Invalid list filters and page sizes are rejected",
        wrap=altering_parameters(_last_one_counts),
        selection=LISTED,
    ),
    Fault(
        "reference-filter-in-any-case",
        breaks="A filter compares whole values, and capital letters differ from small ones.",
        about=("listing_orders: A reference in capital letters is another reference",),
        rule="Listing orders: Orders can be filtered",
        parts=Parts(store=_ReferenceInAnyCase),
        selection=LISTED,
    ),
    Fault(
        "reference-filter-finds-beginnings",
        breaks="A filter compares whole values, not their beginnings.",
        about=("listing_orders: A longer reference is another reference",),
        rule="Listing orders: Orders can be filtered",
        parts=Parts(store=_ReferenceInPart),
        selection=LISTED,
    ),
)
